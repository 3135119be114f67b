"""YAML read safely: bounded, without tags or aliases, with a line for every value.

Differences from plain YAML 1.1, on purpose: only ``true`` and ``false`` are booleans, clock times and ids stay
text, a key may stand only once, and aliases, tags, deep nesting and large files are refused.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

import yaml

from sim.errors import BadInput, Problem, bad_input

MAX_BYTES = 4 << 20
MAX_DEPTH = 32
MAX_EVENTS = 1_000_000
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})", re.ASCII)
_NUMBER = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})\.[0-9]{1,18}", re.ASCII)
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Path_ = tuple[str | int, ...]


class Document(NamedTuple):
    """A parsed file.

    Attributes:
        name: File name for messages.
        data: Plain dictionaries, lists and scalars.
        marks: ``(line, column)`` of each value by its path, both counted from 1.
    """

    name: str
    data: Any
    marks: dict[Path_, tuple[int, int]]

    def where(self, path: Path_) -> str:
        """Return ``name:line:column`` of the deepest known part of ``path``."""
        while path and path not in self.marks:
            path = path[:-1]
        line, column = self.marks.get(path, (1, 1))
        return f"{self.name}:{line}:{column}"


def read_text(path: Path) -> str:
    """Return the text of a file of at most 4 MiB.

    Raises:
        BadInput: If it cannot be read, is too large, or is not UTF-8.
    """
    try:
        if not path.is_file():
            raise bad_input(path.name, "no such file", "a path to an existing YAML file")
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
        if len(raw) > MAX_BYTES:
            raise bad_input(path.name, "larger than 4 MiB", "a smaller file")
        return raw.decode("utf-8")
    except OSError as error:
        raise bad_input(path.name, f"cannot be read: {error.strerror}", "a readable file") from error
    except ValueError as error:
        raise bad_input(path.name, "is not a readable UTF-8 file", "UTF-8") from error


def parse(text: str, name: str) -> Document:
    """Parse YAML text.

    Args:
        text: The text of the file.
        name: File name for messages.

    Raises:
        BadInput: If it is no YAML, breaks a bound, or repeats a key; all repeated keys are reported at once.
    """
    try:
        return _Reader(text, name).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise bad_input(f"{name}:{line}:{column}", f"not YAML: {error.problem}", "valid YAML") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise bad_input(name, f"not YAML: {str(error).splitlines()[0]}", "valid YAML") from error


class _Reader:
    """Builds plain data from the events of YAML text in one pass, and refuses what breaks a bound at once."""

    def __init__(self, text: str, name: str) -> None:
        self._events = yaml.parse(text, Loader=_LOADER)
        self._name = name
        self._number = 0
        self._problems: list[Problem] = []
        self._marks: dict[Path_, tuple[int, int]] = {}

    def document(self) -> Document:
        self._next()  # the stream begins
        event = self._next()
        if isinstance(event, yaml.StreamEndEvent):
            raise bad_input(self._name, "is empty", "a mapping")
        data = self._build(self._next(), (), self._marks, 0)
        self._next()  # the document ends
        event = self._next()
        if not isinstance(event, yaml.StreamEndEvent):
            self._refuse(event, "a second document in the file", "one document")
        if self._problems:
            raise BadInput(tuple(self._problems))
        return Document(self._name, data, self._marks)

    def _next(self) -> yaml.Event:
        event = next(self._events)
        self._number += 1
        if self._number > MAX_EVENTS:
            self._refuse(event, "too many values", f"at most {MAX_EVENTS}")
        if isinstance(event, yaml.NodeEvent):
            if isinstance(event, yaml.AliasEvent) or event.anchor:
                self._refuse(event, "anchors and aliases are not allowed", "the value written out")
            tag = getattr(event, "tag", None)
            if tag and tag != "!":
                self._refuse(event, f"the tag {tag} is not allowed", "plain values")
        return event

    def _refuse(self, event: yaml.Event, what: str, allowed: str) -> NoReturn:
        raise bad_input(self._at(event), what, allowed)

    def _at(self, event: yaml.Event) -> str:
        line, column = _mark(event)
        return f"{self._name}:{line}:{column}"

    def _build(self, event: yaml.Event, path: Path_, marks: dict[Path_, tuple[int, int]], depth: int) -> Any:
        marks[path] = _mark(event)
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event)
        if depth >= MAX_DEPTH:
            self._refuse(event, "nested too deeply", f"at most {MAX_DEPTH} levels")
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path, marks, depth + 1)
        items: list[Any] = []
        while not isinstance(item := self._next(), yaml.SequenceEndEvent):
            items.append(self._build(item, (*path, len(items)), marks, depth + 1))
        return items

    def _mapping(self, path: Path_, marks: dict[Path_, tuple[int, int]], depth: int) -> dict[str, Any]:
        result: dict[str, Any] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                self._problems.append(Problem(self._at(event), "", "a key must be a word", "a plain word"))
                self._skip(event, depth)
                self._skip(self._next(), depth)
                continue
            key, here = str(event.value), (*path, str(event.value))
            if key in result:
                what = f"the key stands already in line {marks[here][0]}"
                self._problems.append(Problem(self._at(event), ".".join(map(str, here)), what, "each key once"))
                self._skip(self._next(), depth, here)  # for the problems inside
                continue
            result[key] = self._build(self._next(), here, marks, depth)
            marks[here] = _mark(event)
        return result

    def _skip(self, event: yaml.Event, depth: int, path: Path_ = ()) -> None:
        """Read on past a value that is not kept."""
        self._build(event, path, {}, depth)


def _mark(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _scalar(event: yaml.ScalarEvent) -> Any:
    value = str(event.value)
    if event.style in ("'", '"', "|", ">"):  # quoted or block text is text
        return value
    if value in ("", "~", "null"):
        return None
    if value in ("true", "false"):
        return value == "true"
    if _INTEGER.fullmatch(value):
        return int(value)
    if _NUMBER.fullmatch(value):
        return float(value)
    return value
