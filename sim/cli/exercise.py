"""Commands about one run: run, replay, score."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.canon import pretty
from sim.clocktext import after_start
from sim.errors import BadInput, bad_input
from sim.record.disk import write_atomic
from sim.record.folder import RunRecord, read_folder
from sim.record.journal import Entry, read_journal
from sim.spec import yamlread
from sim.spec.checks import check_rubric
from sim.spec.load import validate
from sim.spec.rubric import Rubric
from sim.spec.supplied import TracedLuck

if TYPE_CHECKING:
    from sim.play.session import Session
    from sim.spec.load import Exercise

WORDS = {
    "total": {"en": "total", "zh": "总分"},
    "speed": {"en": "response speed", "zh": "响应速度"},
    "coordination": {"en": "coordination", "zh": "统筹协调"},
    "loss": {"en": "loss", "zh": "损失"},
    "gaps": {"en": "gaps", "zh": "协同缺口"},
    "minutes": {"en": "min", "zh": "分钟"},
    "kept": {"en": "run folder", "zh": "演练文件夹"},
    "report": {"en": "report", "zh": "评估报告"},
    "equal": {"en": "equal, event by event", "zh": "逐条一致"},
    "differs": {"en": "DIFFERS at event", "zh": "不一致，事件"},
}

LEFT = {
    "en": "the trace supplied {drawn} of the {values} values of this row; see the names drawn with --write-trace",
    "zh": "轨迹数据的这一行共 {values} 个值，用了 {drawn} 个；用 --write-trace 可列出演练中抽取的全部名称",
}
MORE_LEFT = {"en": "... and {count} more rows that were not used up", "zh": "……另有 {count} 行没有用完"}


def overrides_from(pairs: list[str]) -> dict[str, str]:
    """Return parameter values by name from ``NAME=VALUE`` texts.

    Raises:
        BadInput: If one is not of that form.
    """
    found = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals:
            raise bad_input("--set", f"{pair!r} is not of the form NAME=VALUE", "release.approval_delay=30")
        found[name.strip()] = value.strip()
    return found


def players_from(pairs: list[str]) -> tuple[dict[str, str], list[Entry]]:
    """Return who plays which seat, and the journal of the run as which some act.

    Raises:
        BadInput: If a pair is not of the form ``SEAT=WHO``, or two run folders are named.
        RecordBroken: If the journal was altered.
    """
    players: dict[str, str] = {}
    folders: dict[Path, None] = {}
    for pair in pairs:
        seat, equals, who = pair.partition("=")
        if not equals or not who:
            raise bad_input("--player", f"{pair!r} is not of the form SEAT=WHO", "police=none")
        path = Path(who) / "journal.jsonl"
        if path.is_file():
            folders[path] = None
        players[seat.strip()] = "journal" if path.is_file() else who.strip()
    if len(folders) > 1:
        raise bad_input("--player", "seats act as in several runs", "one run folder for all of them")
    return players, [entry for path in folders for entry in read_journal(path)[0]]


def folder_for(arguments: argparse.Namespace, scenario_id: str) -> Path:
    """Return the run folder to make: the one that was named, or the first free one under ``reports/runs``."""
    if arguments.out:
        return Path(arguments.out)
    stem = f"{scenario_id}-{arguments.policy}-{arguments.seed}"
    for number in range(1, 10_000):
        folder = Path("reports") / "runs" / (stem if number == 1 else f"{stem}-{number}")
        if not folder.exists():
            return folder
    raise bad_input("--out", "too many run folders of this name", "another folder")


def with_difficulty(exercise: Exercise, ident: str, given: dict[str, str]) -> dict[str, str | float]:
    """Return the parameter values of one of the scenario's difficulties, with those that are given in their place.

    Raises:
        BadInput: If the scenario has no such difficulty.
    """
    if not ident:
        return {**given}
    known = {difficulty.id: difficulty for difficulty in exercise.scenario.difficulties}
    if ident not in known:
        allowed = ", ".join(known) or "the scenario has none"
        raise bad_input("--difficulty", f"no difficulty {ident!r}", allowed)
    return {**known[ident].parameters, **given}


def run(arguments: argparse.Namespace) -> int:
    """Run unattended."""
    from sim.play.session import Session
    from sim.spec.load import load
    from sim.spec.supplied import Draws, Trace
    from sim.spec.trace import write_text

    out = Path(arguments.write_trace) if arguments.write_trace else None
    draws = Draws() if out is not None else None
    if out is not None:
        write_text(Trace(), out.suffix)  # a kind of file that cannot be written is told before the run
    exercise = load(arguments.scenario)
    decisions = _decisions(Path(arguments.decisions)) if arguments.decisions else {}
    folder = folder_for(arguments, exercise.scenario.id)
    players, recorded = players_from(arguments.player)
    session = Session(
        exercise,
        seed=arguments.seed,
        policy=arguments.policy,
        players=players,
        recorded=recorded,
        overrides=with_difficulty(exercise, arguments.difficulty, overrides_from(arguments.set)),
        decisions=decisions,
        folder=folder,
        trace=arguments.trace,
        draws=draws,
    )
    record = session.finish()
    if out is not None and draws is not None:
        write_atomic(out, write_text(draws.trace(), out.suffix))
    say_left(session, arguments.lang)
    finish(folder, record, arguments.lang, with_report=not arguments.no_report)
    return 0


def say_left(session: Session, lang: str) -> None:
    """Say which rows of the trace a run did not use up: a name in them may be wrong."""
    luck = session.world.luck
    left = list(luck.left()) if isinstance(luck, TracedLuck) else []
    for one in left[:5]:
        values = LEFT[lang].format(drawn=one.drawn, values=one.values)
        print(f"{one.row.purpose} {one.row.of}: {values}", file=sys.stderr)
    if len(left) > 5:
        print(MORE_LEFT[lang].format(count=len(left) - 5), file=sys.stderr)


def _decisions(path: Path) -> dict[str, str]:
    document = yamlread.parse(yamlread.read_text(path), path.name)
    if not isinstance(document.data, dict) or not all(isinstance(one, str) for one in document.data.values()):
        raise bad_input(path.name, "must map questions to options", "first-call: alert-and-verify")
    return document.data


def finish(folder: Path, record: RunRecord, lang: str, *, with_report: bool) -> None:
    """Score a run, write its report, and say in a few lines how it went."""
    from sim.play.runs import keep_score, read_references

    card = keep_score(folder, record)
    print_card(card, record, lang)
    if with_report:
        write_report(folder, record, card, read_references(folder), lang)
        print(f"{WORDS['report'][lang]}: {folder / 'report.html'}")
    print(f"{WORDS['kept'][lang]}: {folder}")


def write_report(folder: Path, record: RunRecord, card: dict[str, Any], found: dict[str, Any], lang: str) -> None:
    """Write ``report.html``."""
    from sim.show.report import report_html

    write_atomic(folder / "report.html", report_html(record, card, found, lang))


def print_card(card: dict[str, Any], record: RunRecord, lang: str) -> None:
    """Print the score in a few lines."""
    from sim.show.names import Names

    band = next(band.name.in_language(lang) for band in record.exercise.rubric.bands if band.id == card["band"])
    print(f"{WORDS['total'][lang]} {card['total']:.1f} ({band})")
    coordination = f"{WORDS['coordination'][lang]} {card['coordination']:.1f}"
    print(f"  {WORDS['speed'][lang]} {card['response_speed']:.1f}   {coordination}")
    harm = card["harm"]
    names = Names(record.exercise, lang)
    known = [name for name in ("none", "perfect") if harm[name] is not None]
    yardsticks = "".join(f", {names.coded('policy', name)} {harm[name]:.2f}" for name in known)
    print(f"  {WORDS['loss'][lang]} {harm['actual']:.2f}{yardsticks}")
    print(f"  {WORDS['gaps'][lang]} {len(card['gaps'])}")
    for gap in card["gaps"][:5]:
        minutes = f"{gap['minutes']:.0f} {WORDS['minutes'][lang]}"
        kind = names.coded("gap", gap["type"])
        print(f"    {after_start(gap['start_s'])}  {minutes:>8}  {kind}: {gap['evidence'][lang]}")


def replay(arguments: argparse.Namespace) -> int:
    """Run again and compare."""
    from sim.play.runs import replay as run_again

    record, difference = run_again(Path(arguments.folder))
    if difference is None:
        print(f"{WORDS['equal'][arguments.lang]}: {len(record.events)}  {record.digest[:16]}")
        return 0
    print(f"{WORDS['differs'][arguments.lang]} {difference.seq}: {', '.join(difference.fields)}", file=sys.stderr)
    for name, event in (("recorded", difference.recorded), ("again", difference.again)):
        print(f"  {name}: {'nothing' if event is None else event.line()}", file=sys.stderr)
    return 1


def score(arguments: argparse.Namespace) -> int:
    """Score a run again and print the score card as JSON."""
    from sim.assess.score import score as score_record
    from sim.play.runs import read_references
    from sim.study.price import read_prices
    from sim.study.whatif import read_whatifs

    folder = Path(arguments.folder)
    record = read_folder(folder)
    found = read_references(folder) if (folder / "references.json").exists() else None
    rubric = None
    if arguments.rubric:
        path = Path(arguments.rubric)
        document = yamlread.parse(yamlread.read_text(path), path.name)
        rubric = validate(Rubric, document)
        if problems := check_rubric(replace(record.exercise, rubric=rubric), document):
            raise BadInput(tuple(problems))
    print(
        pretty(score_record(record, found, rubric, read_prices(folder, record), read_whatifs(folder, record))), end=""
    )
    return 0
