"""Make the tables of the description of the model anew: ``python -m tests.model``."""

from tests.model.tables import DOCUMENT, with_tables

DOCUMENT.write_text(with_tables(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
print(DOCUMENT.name)
