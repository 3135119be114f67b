"""The tables of ``sim/MODEL.md`` that follow from the code, and their places in the text."""

import ast
import re
from collections.abc import Callable, Mapping

from sim.record.events import KINDS
from sim.spec.registry import REGISTRY
from tests.model.found import ROOT, processes, trees, variables

DOCUMENT = ROOT / "sim" / "MODEL.md"
_MARK = re.compile(r"(<!-- made: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def with_tables(text: str) -> str:
    """Return the text of the document with its tables made anew.

    Raises:
        KeyError: If it asks for a table that there is not.
    """
    return _MARK.sub(lambda found: f"{found[1]}\n{TABLES[found[2]]()}\n{found[3]}", text)


def asked(text: str) -> list[str]:
    """Return the names of the tables that a text asks for."""
    return [found[2] for found in _MARK.finditer(text)]


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |\n" for line in lines)


def _variables() -> str:
    rows = [(f"`{one.file}`", f"`{one.owner}.{one.name}`", one.meaning) for one in variables()]
    return _table(("File", "State variable", "Meaning, unit"), rows)


def _processes() -> str:
    named = [(one.file, f"{one.owner}.{one.name}".lstrip("."), one.meaning) for one in processes()]
    return _table(("File", "Process", "What it does"), [(f"`{file}`", f"`{name}`", said) for file, name, said in named])


def _parameters() -> str:
    rows = [
        (
            f"`{one.name}`",
            one.unit,
            one.shown(one.default),
            ", ".join(one.names) or f"{one.low:g} to {one.high:g}",
            f"{one.meaning.en} ({one.meaning.zh})",
            one.source,
        )
        for one in REGISTRY
    ]
    return _table(("Parameter", "Unit", "Default", "Range", "Meaning", "Source"), rows)


def _events() -> str:
    return _table(("Event", "What it says"), [(f"`{kind}`", said) for kind, said in KINDS.items()])


def _formulas() -> str:
    """Return what the files of textbook formulas say of themselves, with their sources."""
    files = sorted((ROOT / "sim" / "hazards" / "formulas").glob("[a-z]*.py"))
    return "".join(
        _item(path.relative_to(ROOT / "sim").as_posix(), ast.parse(path.read_text(encoding="utf-8"))) for path in files
    )


def _submodels() -> str:
    """Return what the files of the model say of themselves."""
    return "".join(_item(file, tree) for file, tree in trees() if not file.endswith("__init__.py"))


def _item(file: str, tree: ast.Module) -> str:
    return f"- `{file}`: " + re.sub(r"\s*\n\s*", " ", ast.get_docstring(tree) or "") + "\n"


TABLES: Mapping[str, Callable[[], str]] = {
    "variables": _variables,
    "processes": _processes,
    "parameters": _parameters,
    "events": _events,
    "formulas": _formulas,
    "submodels": _submodels,
}
"""Makers of the tables, by the name that stands in the document's marks."""
