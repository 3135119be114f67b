"""Write the notebooks anew from their text files."""

import nbformat

from tests.notebooks import TEXTS, from_text

for text in TEXTS:
    notebook = text.with_suffix(".ipynb")
    notebook.write_text(nbformat.writes(from_text(text)) + "\n", encoding="utf-8", newline="\n")
    print(notebook.name)
