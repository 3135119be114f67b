"""YAML read safely: bounded, without tags or aliases, with a line for every value.

Differences from plain YAML 1.1, on purpose: only ``true`` and ``false`` are booleans, clock times and ids stay
text, a key may stand only once, and aliases, tags, deep nesting and large files are refused.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from sim.errors import BadInput, Problem, bad_input

MAX_BYTES = 1 << 20
MAX_DEPTH = 32
MAX_EVENTS = 200_000
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
    """Return the text of a file of at most 1 MiB.

    Raises:
        BadInput: If it cannot be read, is too large, or is not UTF-8.
    """
    try:
        if not path.is_file():
            raise bad_input(path.name, "no such file", "a path to an existing YAML file")
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
        if len(raw) > MAX_BYTES:
            raise bad_input(path.name, "larger than 1 MiB", "a smaller file")
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
        _guard(text, name)
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise bad_input(f"{name}:{line}:{column}", f"not YAML: {error.problem}", "valid YAML") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise bad_input(name, f"not YAML: {str(error).splitlines()[0]}", "valid YAML") from error
    if node is None:
        raise bad_input(name, "is empty", "a mapping")
    marks: dict[Path_, tuple[int, int]] = {}
    problems: list[Problem] = []
    data = _build(node, (), name, marks, problems)
    if problems:
        raise BadInput(tuple(problems))
    return Document(name, data, marks)


def _guard(text: str, name: str) -> None:
    depth = documents = 0
    for number, event in enumerate(yaml.parse(text, Loader=_LOADER)):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            _refuse(name, event, "anchors and aliases are not allowed", "the value written out")
        tag = getattr(event, "tag", None)
        if tag and tag != "!":
            _refuse(name, event, f"the tag {tag} is not allowed", "plain values")
        if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            depth += 1
            if depth > MAX_DEPTH:
                _refuse(name, event, "nested too deeply", f"at most {MAX_DEPTH} levels")
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            depth -= 1
        elif isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                _refuse(name, event, "a second document in the file", "one document")
        if number > MAX_EVENTS:
            _refuse(name, event, "too many values", f"at most {MAX_EVENTS}")


def _refuse(name: str, event: yaml.Event, what: str, allowed: str) -> None:
    mark = event.start_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    raise bad_input(f"{name}:{line}:{column}", what, allowed)


def _build(node: yaml.Node, path: Path_, name: str, marks: dict[Path_, tuple[int, int]], out: list[Problem]) -> Any:
    marks[path] = (node.start_mark.line + 1, node.start_mark.column + 1)
    if isinstance(node, yaml.SequenceNode):
        return [_build(child, (*path, i), name, marks, out) for i, child in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        result: dict[str, Any] = {}
        for key_node, child in node.value:
            where = f"{name}:{key_node.start_mark.line + 1}:{key_node.start_mark.column + 1}"
            if not isinstance(key_node, yaml.ScalarNode):
                out.append(Problem(where, "", "a key must be a word", "a plain word"))
                continue
            key = key_node.value
            if key in result:
                first = marks[(*path, key)][0]
                shown = ".".join(map(str, (*path, key)))
                out.append(Problem(where, shown, f"the key stands already in line {first}", "each key once"))
                _build(child, (*path, key), name, {}, out)  # for the problems inside
                continue
            result[key] = _build(child, (*path, key), name, marks, out)
            marks[(*path, key)] = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
        return result
    assert isinstance(node, yaml.ScalarNode)
    return _scalar(node)


def _scalar(node: yaml.ScalarNode) -> Any:
    value = str(node.value)
    if node.style in ("'", '"', "|", ">"):  # quoted or block text is text
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
