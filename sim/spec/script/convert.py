"""A table to a scenario: rows to injects, the base scenario around them, every problem back to its row."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from pydantic import ValidationError

from sim.errors import BadInput, Problem
from sim.spec.load import Exercise, Source, build
from sim.spec.scenario import Inject
from sim.spec.script.cells import MARK, Row, Table, all_of
from sim.spec.script.columns import Said
from sim.spec.script.headers import Header, check_asked, find_header
from sim.spec.script.names import names_of
from sim.spec.script.problems import choice_of, in_both, problem_of, refused
from sim.spec.script.rows import Around, Draft, made_id, read_row, short_title
from sim.spec.script.splice import with_injects
from sim.spec.script.table_read import Tables, find_mark
from sim.spec.script.times import Start
from sim.spec.yamlread import MAX_BYTES


class Script(NamedTuple):
    """What a table says.

    Attributes:
        above: Title rows above the header, which say nothing to the program.
        drafts: One for each row that is no heading and not empty.
        sections: Rows that have only a heading.
        empty: Number of empty rows between others.
        own: Whether the table was exported from a scenario.
    """

    table: Table
    header: Header
    above: int
    drafts: tuple[Draft, ...]
    sections: tuple[tuple[int, str], ...]
    empty: int
    own: bool

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the rows by themselves."""
        return tuple(problem for draft in self.drafts for problem in draft.problems)


def read_script(tables: Tables, base: Exercise, asked: Sequence[tuple[str, str]] = (), sheet: str = "") -> Script:
    """Read the script among the sheets of a file.

    Args:
        tables: The file's sheets.
        base: The exercise whose names and defaults count.
        asked: Pairs of column and field that the user gave.
        sheet: The sheet that the user gave; else the one whose titles say most.

    Raises:
        BadInput: If no sheet has a header row, or what the user gave is not there.
    """
    table, header = _choose(tables, asked, sheet)
    all_of(check_asked(header, asked, table))
    around = Around(
        table,
        header,
        names_of(base),
        base.county,
        base.scenario.objectives[0].id,
        Start(datetime.fromisoformat(base.scenario.starts_at), base.scenario.duration),
    )
    own = find_mark(tables) is not None
    drafts: list[Draft] = []
    sections: list[tuple[int, str]] = []
    empty, phase = 0, None
    for row in table.rows:
        if row.number <= header.row.number:
            continue
        heading = _heading(row, header)
        if all(cell is None for cell in row.cells):
            empty += 1
        elif heading is not None:
            sections.append((row.number, heading))
            phase = heading
        else:
            drafts.append(read_row(row, around, phase))
            if not own and "phase" in drafts[-1].data:  # others merge the cells of a phase: only the first one has it
                phase = drafts[-1].data["phase"]["zh"]
    above = sum(row.number < header.row.number and row.cell(0) != MARK and bool(row.cells) for row in table.rows)
    return Script(table, header, above, tuple(drafts), tuple(sections), empty, own)


def scenario_text(script: Script, base: Exercise, name: str) -> tuple[str, Exercise]:
    """Return the text of the base scenario with the script's injects, and the exercise that it makes.

    Args:
        script: The script.
        base: The exercise around it.
        name: File name of the new scenario, for messages.

    Raises:
        BadInput: With everything that is wrong, by row.
    """
    problems = list(script.problems)
    good: list[Draft] = []
    for draft in script.drafts:
        if not draft.problems:
            found = _of_itself(draft, script)
            problems.extend(found)
            if not found:
                good.append(draft)
    if not script.drafts:
        where, what = script.table.where(script.header.row.number), Said("表头以下没有内容", "no rows below the header")
        problems.append(problem_of(where, what, Said("至少写一行", "a row")))
    text, exercise = "", base
    if good:
        text = with_injects(base.sources[0], [draft.data for draft in good])
        try:
            exercise = build((Source("scenario", name, text), *base.sources[1:]))
        except BadInput as error:
            incomplete = len(good) < len(script.drafts)
            problems.extend(
                _mapped(problem, good, script) for problem in error.problems if _counts(problem, incomplete)
            )
    all_of(problems)
    if len(text.encode()) > MAX_BYTES:
        what = Said("情景文件会超过上限 4 MiB", "would be larger than 4 MiB, the most that a scenario file may have")
        raise refused(name, what, Said("请缩短文字", "shorter texts"))
    return text, exercise


def _choose(tables: Tables, asked: Sequence[tuple[str, str]], sheet: str) -> tuple[Table, Header]:
    names = [table.sheet for table in tables.sheets]
    file = Said(*[tables.sheets[0].file] * 2) if names else Said("表格", "table")
    if sheet and sheet not in names:
        raise refused(file, Said(f"没有工作表“{sheet}”", f"no sheet {sheet!r}"), choice_of(", ".join(names)))
    found = [
        (table, header)
        for table in tables.sheets
        if sheet in ("", table.sheet) and (header := find_header(table, asked)) is not None
    ]
    if not found:
        raise refused(
            file,
            Said(
                "没有找到表头：开头各行都没有“消息内容”和另外一列的标题",
                "no header row found: none of the first rows names a column for the message and one more",
            ),
            Said(
                "标题如 编号、计划时间、消息内容；或用 --map 列=text 指明",
                "titles such as ID, Time, Message; or --map COLUMN=text",
            ),
        )
    return max(found, key=lambda pair: len(pair[1].fields))  # the first of equals


def _heading(row: Row, header: Header) -> str | None:
    """Return the text of a row that has nothing but a heading: in the first column or in that of the phases."""
    filled = [(index, cell) for index, cell in enumerate(row.cells) if cell is not None]
    if len(filled) != 1 or not isinstance(filled[0][1], str):
        return None
    index, text = filled[0][0], filled[0][1].strip()
    field = next((column.field for column in header.columns if column.place == index), "")
    is_word = sum(sign.isalpha() for sign in text) >= 2 and not (field == "id" and made_id(text) == text)
    first = min((column.place for column in header.columns), default=0)
    return text if is_word and field not in ("text", "expected") and (index in (0, first) or field == "phase") else None


def _of_itself(draft: Draft, script: Script) -> list[Problem]:
    """Return why a row makes no inject although each of its cells can be read."""
    try:
        Inject.model_validate(draft.data)
    except ValidationError as error:
        found = [
            _placed(draft, script, [str(part) for part in item["loc"]], item["msg"].removeprefix("Value error, "), "")
            for item in error.errors(include_url=False)
        ]
        return list({(problem.where, problem.what): problem for problem in reversed(found)}.values())[::-1]
    return []


def _counts(problem: Problem, incomplete: bool) -> bool:
    """Return whether a problem is one of its own where bad rows were left out: what counts from those is not."""
    return not (incomplete and problem.path.endswith(".after"))


def _mapped(problem: Problem, drafts: Sequence[Draft], script: Script) -> Problem:
    parts = problem.path.split(".")
    if parts[0] != "injects":
        return problem
    if len(parts) < 2 or not parts[1].isdigit():
        return problem_of(
            script.table.where(script.header.row.number), *in_both(problem.what, problem.allowed), problem.path
        )
    return _placed(drafts[int(parts[1])], script, parts[2:], problem.what, problem.allowed)


def _placed(draft: Draft, script: Script, path: Sequence[Any], what: str, allowed: str) -> Problem:
    field = path[0] if path else ""
    column = next((column for column in script.header.columns if column.field == field), None)
    title = short_title(field, column)
    where = script.table.where(draft.row.number, column.place if column else None, title)
    return problem_of(where, *in_both(what, allowed), ".".join(path))
