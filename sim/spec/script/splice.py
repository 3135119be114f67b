"""A scenario file with other injects: the rest of its text stays as it is, comments too."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import yaml

from sim.spec.load import Source
from sim.spec.yamlread import MAX_BYTES, Document, parse

_BREAKS = "\x85\u2028\u2029"
"""What YAML takes for the end of a line, besides the usual ones."""


class _Dumper(yaml.SafeDumper):
    """Writes plain values so that our reader, which is stricter than YAML, reads the same back."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - every value is written out
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        """Indent lists below their key, as the bundled files do."""
        super().increase_indent(flow, False)


def _float(dumper: yaml.SafeDumper, value: float) -> yaml.Node:
    text = format(Decimal(repr(value)), "f")  # never with an exponent
    return dumper.represent_scalar("tag:yaml.org,2002:float", text if "." in text else f"{text}.0")


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.Node:
    breaks = any(sign in value for sign in _BREAKS)  # in any style but this they come back as a space
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style='"' if breaks else None)


_Dumper.add_representer(float, _float)
_Dumper.add_representer(str, _text)


def with_injects(scenario: Source, injects: Sequence[dict[str, Any]]) -> str:
    """Return the text of a scenario file in which these injects stand instead of its own.

    Raises:
        BadInput: If the scenario's text is no YAML.
    """
    document = parse(scenario.text, scenario.name)
    block = _dump({"injects": list(injects)})
    text = _spliced(scenario.text, document, block)
    if text is not None and _rest(parse(text, scenario.name).data) == _rest(document.data):
        return text
    return _dump({**document.data, "injects": list(injects)})


def _dump(data: dict[str, Any]) -> str:
    return yaml.dump(
        data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=MAX_BYTES, default_flow_style=None
    )


def _rest(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key != "injects"}


def _spliced(text: str, document: Document, block: str) -> str | None:
    """Return the text with the lines of the injects exchanged, or None where keys do not start their lines."""
    marks = sorted(document.marks[(key,)] for key in document.data)
    if any(column != 1 for _, column in marks) or ("injects",) not in document.marks:
        return None
    lines = text.split("\n")
    first = document.marks[("injects",)][0] - 1
    last = next((line - 1 for line, _ in marks if line - 1 > first), len(lines))
    while last < len(lines) and last > first + 1 and (lines[last - 1].startswith("#") or not lines[last - 1].strip()):
        last -= 1  # comments and empty lines before the next key belong to it
    tail = "\n".join(lines[last:])
    return "\n".join([*lines[:first], block.rstrip("\n"), tail]) if tail else "\n".join([*lines[:first], block])
