"""Traces as people give them: tables in CSV and YAML, rows from Python, and the copy that a run keeps.

A table has the columns ``purpose``, ``of``, ``seconds`` or ``happens``, and ``then``; see :class:`TraceRow`.
"""

from __future__ import annotations

import csv
import io
import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Literal, Self, TypeAlias

from pydantic import BeforeValidator, Field, ValidationError, WithJsonSchema, model_validator

from sim.canon import canonical
from sim.errors import BadInput, Problem, bad_input
from sim.spec.base import Spec
from sim.spec.load import TRACE, Exercise, Source, validate
from sim.spec.supplied import EVERYTHING, Row, Trace, names_of
from sim.spec.yamlread import parse, read_text

FORMAT = "tabletop-trace/1"
TABLES = (".csv", ".jsonl")
"""Suffixes of the files that are traces and nothing else."""
COLUMNS = ("purpose", "of", "seconds", "happens", "then")
MOST = 1e9
"""The largest supplied amount, as for all amounts in files."""
MAX_CSV_BYTES = 64 << 20
_NUMBER = re.compile(r"[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)(e[-+]?[0-9]{1,3})?", re.ASCII | re.IGNORECASE)
_TRUTH = {"yes": True, "no": False, "true": True, "false": False}
Supplies: TypeAlias = "Trace | str | Path | Mapping[Any, Any] | Sequence[Mapping[str, Any]]"
"""A trace as a program gives it; see :func:`read_trace`."""


def _amounts(value: Any) -> Any:
    listed = value if isinstance(value, list | tuple) else [value]
    found = [float(one) if isinstance(one, str) and _NUMBER.fullmatch(one) else one for one in listed]
    for one in found:
        if isinstance(one, bool) or not isinstance(one, int | float):
            raise ValueError("expected a number of seconds, or a list of them")
        if not math.isfinite(one):
            raise ValueError("an amount must be finite")
        if not 0 <= one <= MOST:
            raise ValueError("an amount must be from 0 to 1000000000")
    return found if listed is value else found[0]


def _truths(value: Any) -> Any:
    given = value if isinstance(value, list | tuple) else [value]
    found = [_TRUTH.get(one, one) if isinstance(one, str) else one for one in given]
    if not all(isinstance(one, bool) for one in found):
        raise ValueError("expected yes or no, or a list of them")
    return found if isinstance(value, list | tuple) else found[0]


def _one_text(value: Any) -> Any:
    if isinstance(value, list | tuple) and value and all(isinstance(one, str) for one in value):
        *first, last = value
        exact = last != EVERYTHING
        return Row("", tuple(value) if exact else tuple(first), exact, (0,), "again").of
    if not isinstance(value, str) or not value:
        raise ValueError("expected names such as m1|phone|1 or m1|*, or * for every draw of the purpose")
    return value


class TraceRow(Spec):
    r"""One row of a trace: what is drawn, and what is supplied instead.

    Attributes:
        purpose: First name of the draw, such as ``talk``, ``set_up``, ``reading``, ``thinking``, ``turnout``, ``work``,
            ``approval``, or for a chance ``lost``, ``garbled``, ``unanswered``. A run lists them by ``--write-trace``.
        of: Its further names, joined by ``|``, with a ``\`` before a ``|``, a ``\`` or a name ``*`` that is meant
            literally. With ``*`` at the end: whatever begins so. ``*`` alone: every draw of the purpose. The exact row
            comes before others, a longer beginning before a shorter one.
        seconds: Seconds (for another amount, its unit) for every draw; or a list, used up in the order of drawing.
        happens: Instead, for a chance: whether it happens, for every draw or as a list.
        then: What comes after the last value: ``luck``, or ``error``, which ends the run. A single value with it
            counts as a list of one; without it a list is followed by luck.
    """

    purpose: str = Field(min_length=1)
    of: Annotated[str, BeforeValidator(_one_text), WithJsonSchema({"type": "string"})] = EVERYTHING
    seconds: Annotated[float | tuple[float, ...] | None, BeforeValidator(_amounts)] = None
    happens: Annotated[bool | tuple[bool, ...] | None, BeforeValidator(_truths)] = None
    then: Literal["luck", "error"] | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        if (self.seconds is None) == (self.happens is None):
            raise ValueError("a row needs seconds, or for a chance happens, and not both")
        if () in (self.seconds, self.happens):
            raise ValueError("a list needs a value")
        return self

    def row(self) -> Row:
        """Return the row that a run goes by."""
        given: Any = self.seconds if self.happens is None else self.happens
        listed = isinstance(given, tuple)
        names, exact = names_of(self.of)
        values = tuple(_plain(one) for one in (given if listed else (given,)))
        return Row(self.purpose, names, exact, values, self.then or ("luck" if listed else "again"))


class TraceTable(Spec):
    """A trace in a YAML file."""

    format: Literal["tabletop-trace/1"]
    rows: tuple[TraceRow, ...]


def _plain(value: float) -> float:
    """Return whole amounts as whole numbers, so that a trace has one text."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def read_trace(given: Supplies) -> Trace:
    """Return a checked trace.

    Args:
        given: A file (``.csv``, ``.yaml``, or the ``.jsonl`` that a run keeps); or rows, mappings with the columns of
            :class:`TraceRow`; or a mapping from names, ``("talk", "m1", "*")``, to seconds, truth or a list of them.

    Raises:
        BadInput: With one problem for each thing to mend.
    """
    if isinstance(given, Trace):
        return given
    if isinstance(given, str | Path):
        return _from_file(Path(given))
    if isinstance(given, Mapping):
        given = [_row_from(names, value) for names, value in given.items()]
    if not isinstance(given, Sequence):
        raise bad_input("trace", f"{type(given).__name__} is no trace", "a file, rows, or a mapping")
    return _checked((f"row {number}", row) for number, row in enumerate(given))


def _row_from(names: Any, value: Any) -> dict[str, Any]:
    if not isinstance(names, tuple) or not all(isinstance(name, str) for name in names) or not names:
        raise bad_input("trace", f"{names!r} are no names", '("talk", "m1", "*")')
    listed = value if isinstance(value, list | tuple) and value else [value]
    kind = "happens" if isinstance(listed[0], bool) else "seconds"
    return {"purpose": names[0], "of": names[1:] or EVERYTHING, kind: value}


def _from_file(path: Path) -> Trace:
    if path.suffix == ".csv":
        return _from_csv(_bounded(path), path.name)
    if path.suffix == ".jsonl":
        return trace_from(_bounded(path), path.name)
    if path.suffix not in (".yaml", ".yml"):
        raise bad_input(path.name, "is no trace", "a .csv or .yaml file")
    document = parse(read_text(path), path.name)
    table = validate(TraceTable, document)
    rows = [(document.where(("rows", number)), row) for number, row in enumerate(table.rows)]
    return _without_repeats(rows)


def _bounded(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_CSV_BYTES + 1)
        if len(raw) > MAX_CSV_BYTES:
            raise bad_input(path.name, "larger than 64 MiB", "a smaller file")
        return raw.decode("utf-8-sig")
    except OSError as error:
        raise bad_input(path.name, f"cannot be read: {error.strerror}", "a readable file") from error
    except ValueError as error:
        raise bad_input(path.name, "is not a readable UTF-8 file", "UTF-8") from error


def _from_csv(text: str, name: str) -> Trace:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[tuple[str, Any]] = []
    try:
        header = [cell.strip() for cell in next(reader, [])]
        _check_header(header, f"{name}:1")
        line = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((f"{name}:{line}", _from_cells(header, cells)))
            line = reader.line_num + 1
    except csv.Error as error:
        raise bad_input(f"{name}:{reader.line_num}", f"not CSV: {error}", "CSV; long lists fit in YAML") from error
    return _checked(rows)


def _check_header(header: Sequence[str], where: str) -> None:
    problems = [Problem(where, cell, "unknown column", ", ".join(COLUMNS)) for cell in header if cell not in COLUMNS]
    if len(set(header)) < len(header):
        problems.append(Problem(where, "", "a column stands twice", ", ".join(COLUMNS)))
    if not {"purpose", "of"} <= {*header} or not {"seconds", "happens"} & {*header}:
        problems.append(Problem(where, "", "a column is missing", "purpose, of, and seconds or happens"))
    if problems:
        raise BadInput(tuple(problems))


def _from_cells(header: Sequence[str], cells: Sequence[str]) -> dict[str, Any]:
    """Return a row with its cells as values; what cannot be one stays text, and the check says so."""
    found: dict[str, Any] = {"more cells than columns": None} if len(cells) > len(header) else {}
    for column, cell in zip(header, cells, strict=False):
        if column == "of":
            found[column] = cell
        elif text := cell.strip():
            found[column] = text if column in ("purpose", "then") else _listed(text)
    return found


def _listed(text: str) -> Any:
    values = text.replace(";", " ").split()
    return values[0] if len(values) == 1 and ";" not in text else values


def _checked(given: Iterable[tuple[str, Any]]) -> Trace:
    rows, problems = [], []
    for where, raw in given:
        try:
            rows.append((where, TraceRow.model_validate(raw)))
        except ValidationError as error:
            problems += [_problem(where, item) for item in error.errors(include_url=False)]
    if problems:
        raise BadInput(tuple(problems))
    return _without_repeats(rows)


def _problem(where: str, item: Any) -> Problem:
    field = str(item["loc"][0]) if item["loc"] else ""
    what = {"missing": "is missing", "extra_forbidden": "unknown column"}.get(item["type"])
    given = item.get("input")
    shown = f": got {str(given)[:60]!r}" if isinstance(given, str | int | float) else ""
    allowed = str(item.get("ctx", {}).get("expected", "")) if what is None else ", ".join(COLUMNS)
    return Problem(where, field, what or item["msg"].removeprefix("Value error, ") + shown, allowed)


def _without_repeats(given: Iterable[tuple[str, TraceRow]]) -> Trace:
    first: dict[tuple[Any, ...], str] = {}
    rows, problems = [], []
    for where, one in given:
        row = one.row()
        key = (row.is_chance, row.purpose, row.names, row.exact)
        if key in first:
            what = f"the same draws stand already in {first[key]}"
            problems.append(Problem(where, f"{row.purpose} {row.of}", what, "each purpose and names once"))
        first.setdefault(key, where)
        rows.append(row)
    if problems:
        raise BadInput(tuple(problems))
    return Trace(tuple(rows))


def _data(row: Row) -> dict[str, Any]:
    bare = row.then == "again"
    kind = "happens" if row.is_chance else "seconds"
    data = {"purpose": row.purpose, "of": row.of, kind: row.values[0] if bare else list(row.values)}
    return data if bare else {**data, "then": row.then}


def trace_text(trace: Trace) -> str:
    """Return the text that a run keeps of a trace: one row a line, in canonical JSON."""
    return "".join(canonical(_data(row)) + "\n" for row in trace.rows)


def trace_from(text: str, name: str = "trace.jsonl") -> Trace:
    """Return the trace of a text made by :func:`trace_text`.

    Raises:
        BadInput: If it is not such a text.
    """
    rows = []
    for number, line in enumerate(text.splitlines(), start=1):
        try:
            rows.append((f"{name}:{number}", json.loads(line)))
        except (ValueError, RecursionError) as error:
            raise bad_input(f"{name}:{number}", "not JSON", "a row in each line") from error
    return _checked(rows)


def write_text(trace: Trace, suffix: str) -> str:
    """Return a trace as the text of a file of a kind: ``.csv``, ``.yaml`` or ``.jsonl``.

    Raises:
        BadInput: If there is no such kind.
    """
    data = [_data(row) for row in trace.rows]
    if suffix == ".jsonl":
        return trace_text(trace)
    if suffix in (".yaml", ".yml"):  # JSON is YAML
        lines = "".join(f"  - {_flow(row)}\n" for row in data)
        return f"format: {FORMAT}\nrows:\n{lines}" if lines else f"format: {FORMAT}\nrows: []\n"
    if suffix != ".csv":
        raise bad_input("trace", f"no trace is written as {suffix!r}", ".csv, .yaml or .jsonl")
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS)  # ends lines as the CSV standard says, so that any name survives
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in row.items()} for row in data)
    return out.getvalue()


def _flow(row: dict[str, Any]) -> str:
    """Return JSON in which YAML does not take any character for the end of a line or for damage."""
    text = json.dumps(row, ensure_ascii=False)
    return re.sub("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]", lambda found: f"\\u{ord(found[0]):04x}", text)


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return " ".join(map(_cell, value)) + (";" if len(value) == 1 else "")
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def with_trace(exercise: Exercise, given: Supplies | None) -> Exercise:
    """Return the exercise with a trace among its files, in place of one that it had; as it is if nothing is given.

    Raises:
        BadInput: If what is given is no trace.
    """
    if given is None:
        return exercise
    trace = read_trace(given)
    sources = tuple(source for source in exercise.sources if source.kind != TRACE)
    made = replace(exercise, sources=(*sources, Source(TRACE, "trace.jsonl", trace_text(trace))), trace=trace)
    made._derived.update(exercise._derived)  # follows from the other files alone
    return made
