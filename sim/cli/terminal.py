"""Playing in the terminal: the seat's messages, what it knows and how old that is, the question, the options."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.cli.exercise import finish, folder_for, overrides_from
from sim.clocktext import after_start, length, wall_time
from sim.errors import AnswerRefused

if TYPE_CHECKING:
    from sim.play.questions import Asked
    from sim.play.session import Session
    from sim.record.view import View
    from sim.show.names import Names

WORDS = {
    "mark": {"en": "[EXERCISE]", "zh": "【演练】"},
    "seat": {"en": "Seat", "zh": "席位"},
    "news": {"en": "New messages", "zh": "新收到的消息"},
    "known": {"en": "What this seat holds", "zh": "本席位掌握的情况"},
    "units": {"en": "Own units", "zh": "本部门力量"},
    "none": {"en": "nothing yet", "zh": "暂无"},
    "ago": {"en": "ago", "zh": "前"},
    "verified": {"en": "verified", "zh": "已核实"},
    "unverified": {"en": "not verified", "zh": "未核实"},
    "conflict": {"en": "but also reported", "zh": "另有说法"},
    "limit": {"en": "answer within", "zh": "答复时限"},
    "noanswer": {"en": "give no answer", "zh": "不作答复"},
    "prompt": {"en": "number, h = help, q = stop here", "zh": "输入编号，h 帮助，q 暂停退出"},
    "help": {
        "en": "Type the number of an option, then if you like a reason after it: 2 because the wind turns.\n"
        "Your answer is on disk before it counts. Stop any time with q; go on with: tabletop resume",
        "zh": "输入选项编号，后面可写理由：2 因为风向将转。\n"
        "答复先写入磁盘再生效。可随时输入 q 停止，之后用 tabletop resume 继续。",
    },
    "bad": {"en": "please type one of the numbers", "zh": "请输入列出的编号"},
    "stopped": {"en": "stopped; go on with: tabletop resume", "zh": "已暂停，继续请运行：tabletop resume"},
    "torn": {
        "en": "the journal's last line was unfinished and did not count; it is kept in journal.torn",
        "zh": "日志最后一行未写完，不计入，已存入 journal.torn",
    },
}

UNIT_STATUS = {
    "idle": {"en": "free at", "zh": "待命于"},
    "travelling": {"en": "on the way to", "zh": "正在前往"},
    "on scene": {"en": "on scene at", "zh": "在现场"},
    "hurt": {"en": "crew hurt at", "zh": "人员受伤"},
}


class _StopHere(Exception):
    """The person wants to stop here."""


def play(arguments: argparse.Namespace) -> int:
    """Play an exercise from the start."""
    from sim.play.session import Session
    from sim.spec.load import load

    exercise = load(arguments.scenario)
    everybody = [one.id for one in exercise.county.organizations if one.seat]
    seats = [name.strip() for name in arguments.seats.split(",") if name.strip()] or everybody
    folder = folder_for(arguments, exercise.scenario.id)
    session = Session(
        exercise,
        seed=arguments.seed,
        policy=arguments.policy,
        seats=seats,
        overrides=overrides_from(arguments.set),
        folder=folder,
        thinking_s=arguments.thinking,
    )
    print(f"{WORDS['mark'][arguments.lang]} {exercise.scenario.name.in_language(arguments.lang)}")
    print(exercise.scenario.summary.in_language(arguments.lang))
    return _sit(session, folder, arguments.lang, with_report=not arguments.no_report)


def resume(arguments: argparse.Namespace) -> int:
    """Go on with an interrupted run; what was decided is not asked again."""
    from sim.play.runs import session_from

    folder = Path(arguments.folder)
    session, torn = session_from(folder, replay=False)
    if torn:
        print(WORDS["torn"][arguments.lang], file=sys.stderr)
    return _sit(session, folder, arguments.lang, with_report=True)


def _sit(session: Session, folder: Path, lang: str, *, with_report: bool) -> int:
    seen: dict[str, int] = {}
    try:
        while waiting := session.advance():
            for asked in waiting:
                _show(session, asked, seen, lang)
                _decide(session, asked, lang)
    except (_StopHere, EOFError, KeyboardInterrupt):
        print(f"\n{WORDS['stopped'][lang]} {folder}")
        return 0
    finish(folder, session.finish(), lang, with_report=with_report)
    return 0


def _show(session: Session, asked: Asked, seen: dict[str, int], lang: str) -> None:
    from sim.show.names import Names

    view, names = session.view(asked.seat), Names(session.exercise, lang)
    clock = wall_time(session.exercise.scenario.starts_at, view.at_s)
    seat = f"{WORDS['seat'][lang]}: {names.thing(asked.seat)}"
    print(f"\n{'─' * 72}\n{WORDS['mark'][lang]} {seat}   {after_start(view.at_s)}  {clock}")
    print(f"\n{WORDS['news'][lang]}")
    news = view.messages[seen.get(asked.seat, 0) :]
    for message in news:
        text = message["text"][lang] if message["text"] else _facts(message["facts"], names)
        print(f"  {after_start(message['at_s'])}  {names.thing(message['sender'])}: {text}")
    if not news:
        print(f"  {WORDS['none'][lang]}")
    seen[asked.seat] = len(view.messages)
    _show_picture(view, names)
    if view.units:
        print(f"\n{WORDS['units'][lang]}")
    for unit in view.units:
        status = UNIT_STATUS.get(unit["status"], {}).get(lang, unit["status"])
        print(f"  {names.thing(unit['unit'])}: {status} {names.thing(unit['place'])}")


def _facts(facts: list[dict[str, Any]], names: Names) -> str:
    return ", ".join(f"{names.fact(fact['fact'])} = {names.value(fact['value'])}" for fact in facts) or "—"


def _show_picture(view: View, names: Names) -> None:
    lang = names.lang
    print(f"\n{WORDS['known'][lang]}")
    for row in view.picture:
        age = f"{length(view.at_s - row['as_of_s'], lang)} {WORDS['ago'][lang]}"
        sure = WORDS["verified" if row["verified"] else "unverified"][lang]
        source = f"{names.thing(row['source'])}, {age}, {sure}"
        print(f"  {names.fact(row['fact'])} = {names.value(row['value'])}   ({source})")
        for other in row["conflicts"]:
            told = f"{names.value(other['value'])} ({names.thing(other['source'])})"
            print(f"      {WORDS['conflict'][lang]}: {told}")
    if not view.picture:
        print(f"  {WORDS['none'][lang]}")


def _decide(session: Session, asked: Asked, lang: str) -> None:
    options = list(asked.options)
    print(f"\n{asked.question.in_language(lang)}   ({WORDS['limit'][lang]} {length(asked.limit_s, lang)})")
    for number, option in enumerate(options, 1):
        print(f"  {number}. {asked.options[option].in_language(lang)}")
    print(f"  0. {WORDS['noanswer'][lang]}")
    while True:
        given, _, reason = input(f"{WORDS['prompt'][lang]} > ").strip().partition(" ")
        if given in ("q", "Q"):
            raise _StopHere
        if given in ("h", "H", "?"):
            print(WORDS["help"][lang])
        elif given in [str(number) for number in range(len(options) + 1)]:
            choice = options[int(given) - 1] if int(given) else None
            try:
                session.decide({asked.key: choice}, reason=reason)
            except AnswerRefused as refused:
                print(refused)
            return
        else:
            print(f"{WORDS['bad'][lang]}: 0-{len(options)}")
