"""The command that writes the report of a run, in the forms that are asked for."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from sim.cli.exercise import WORDS
from sim.cli.studies import place_among_crews
from sim.errors import bad_input
from sim.record.disk import write_atomic
from sim.record.folder import read_folder

FORMATS = ("html", "docx", "brief", "xlsx", "csv")
"""The page for a browser, the Word document, the one-page brief, the workbook, and ledger and messages as text."""


def formats_from(text: str) -> tuple[str, ...]:
    """Return the forms that a text such as ``html,docx`` names, each once.

    Raises:
        BadInput: If it names one that there is not.
    """
    asked = tuple(dict.fromkeys(part.strip().lower() for part in text.split(",") if part.strip()))
    for one in asked:
        if one not in FORMATS:
            raise bad_input("--format", f"no format {one[:40]!r}", ", ".join(FORMATS))
    if not asked:
        raise bad_input("--format", "names no format", ", ".join(FORMATS))
    return asked


def report(arguments: argparse.Namespace) -> int:
    """Write the report of a run again; the score is computed from the record, never read."""
    asked = formats_from(arguments.format)
    from sim.assess.score import score as score_record
    from sim.play.runs import keep_score, read_references
    from sim.study.ladder import read_ladder
    from sim.study.price import read_prices
    from sim.study.whatif import read_whatifs

    folder, lang = Path(arguments.folder), arguments.lang
    record = read_folder(folder)
    if arguments.ladder:
        place_among_crews(folder, arguments.ladder, lang)
    crews = read_ladder(folder, record)
    if not (folder / "references.json").exists():  # interrupted before its yardsticks were run
        keep_score(folder, record)
    found = read_references(folder)
    card = score_record(record, found, None, read_prices(folder, record), read_whatifs(folder, record))
    figures = None
    if {"html", "docx"} & set(asked):
        from sim.show.figures import drawn

        figures = drawn(record, lang, card)  # once for both

    def page() -> dict[str, str | bytes]:
        from sim.show.report import report_html

        return {"report.html": report_html(record, card, found, lang, figures, crews)}

    def document() -> dict[str, str | bytes]:
        from sim.show.word_report import report_docx

        return {"report.docx": report_docx(record, card, found, lang, figures, crews)}

    def brief() -> dict[str, str | bytes]:
        from sim.show.word_report import brief_docx

        return {"brief.docx": brief_docx(record, card, lang)}

    def workbook() -> dict[str, str | bytes]:
        from sim.show.sheets import report_xlsx

        return {"report.xlsx": report_xlsx(record, card, lang)}

    def tables() -> dict[str, str | bytes]:
        from sim.show.sheets import report_csv

        return {f"{name}.csv": data for name, data in report_csv(record, card, lang).items()}

    makers: tuple[Callable[[], dict[str, str | bytes]], ...] = (page, document, brief, workbook, tables)
    for name, make in zip(FORMATS, makers, strict=True):
        if name in asked:
            for file, data in make().items():
                write_atomic(folder / file, data)
                print(f"{WORDS['report'][lang]}: {folder / file}")
    return 0
