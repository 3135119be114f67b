"""YAML written so that the strict reader reads the same values back: block style, every text quoted, stable bytes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_/+-]*", re.ASCII)
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""Characters that YAML refuses or reads as something else unless they are written as an escape."""
_WORDS = frozenset({"true", "false", "null"})
WIDTH = 110
"""Longest line, in characters, on which a small mapping or list is written in one piece."""


def to_yaml(value: dict[str, Any]) -> str:
    """Return a mapping of plain data as YAML that :func:`sim.spec.yamlread.parse` reads back equal.

    Raises:
        TypeError: If a value is no plain data.
        ValueError: If a number cannot be written without an exponent.
    """
    return "".join(line + "\n" for line in _mapping(value, ""))


def _mapping(value: dict[str, Any], indent: str) -> Iterator[str]:
    for key, item in value.items():
        yield from _item(f"{indent}{_scalar(key)}:", item, indent + "  ")


def _item(head: str, item: Any, indent: str) -> Iterator[str]:
    flow = _flow(item)
    if not item or not isinstance(item, (dict, list)) or len(head) + 1 + len(flow) <= WIDTH:
        yield f"{head} {flow}"
        return
    yield head
    if isinstance(item, dict):
        yield from _mapping(item, indent)
        return
    for one in item:
        flow = _flow(one)
        if not isinstance(one, dict) or len(indent) + 2 + len(flow) <= WIDTH:
            yield f"{indent}- {flow}"
            continue
        first, *rest = _mapping(one, indent + "  ")
        yield f"{indent}- {first.lstrip()}"
        yield from rest


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_scalar(key)}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(item) for item in value) + "]"
    return _scalar(value)


def _scalar(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        text = repr(value)
        if not re.fullmatch(r"-?[0-9]{1,18}\.[0-9]{1,18}", text):
            raise ValueError(f"{value!r} cannot be written as a plain number")
        return text
    if isinstance(value, str):
        plain = _PLAIN.fullmatch(value) and value not in _WORDS
        quoted = json.dumps(value, ensure_ascii=False)
        return value if plain else _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)
    raise TypeError(f"{type(value).__name__} is no plain data")
