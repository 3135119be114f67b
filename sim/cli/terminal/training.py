"""The trainer's menu: steps into the script and the run while people sit at the same terminal."""

from __future__ import annotations

from collections.abc import Callable

from sim.cli.terminal.console import RealEventCalled
from sim.cli.terminal.dialog import Cancelled, choose, typed_text
from sim.cli.terminal.layout import heading
from sim.cli.terminal.refusals import refusal
from sim.cli.terminal.table import Table
from sim.cli.terminal.words import say
from sim.clocktext import after_start
from sim.errors import AnswerRefused
from sim.play.seats import seat_ids
from sim.play.trainer import Trainer
from sim.spec.parameters import REGISTRY

ITEMS: dict[str, tuple[str, str]] = {
    "pause": ("暂停，休息一下", "pause"),
    "list": ("注入一览", "list the injects"),
    "hold": ("扣留一条注入", "hold an inject back"),
    "release": ("放行扣留的注入", "let a held inject go"),
    "skip": ("取消一条注入", "leave an inject out"),
    "send": ("提前发出一条注入", "send an inject now"),
    "inject": ("临时注入", "make up an inject"),
    "duty_check": ("值班抽查", "duty check"),
    "set": ("改协同参数", "change a parameter"),
    "cut": ("中断渠道", "cut a channel"),
    "restore": ("恢复渠道", "restore a channel"),
    "allow_whatif": ("允许席位查看方案推演", "let a seat look at what-if"),
    "real_event": ("真实情况，中止演练", "REAL EVENT: stop the exercise"),
}
TITLES: dict[str, tuple[str, str]] = {
    "menu": ("导调", "Trainer"),
    "which": ("选一项", "What do you do?"),
    "inject": ("哪一条注入？", "Which inject?"),
    "channel": ("哪个渠道？", "Which channel?"),
    "seat": ("哪个席位？", "Which seat?"),
    "desk": ("抽查谁？（回车为随机）", "Which desk? (Enter: luck picks)"),
    "parameter": ("哪个参数？", "Which parameter?"),
    "value": ("改为多少？（现为 {now}，单位 {unit}）", "To which value? (now {now} {unit})"),
    "from": ("谁说的？", "From whom?"),
    "to": ("对谁说？（可多选）", "To whom? (several are possible)"),
    "kind": ("哪一类？", "Of which kind?"),
    "text": ("说什么？（前面会自动加演练标识）", "What do they say? (the mark of the exercise is put before it)"),
    "done": ("已记录，从下一秒起生效。", "On the record; it takes effect from the next second on."),
    "paused": ("已暂停。回车继续", "Paused. Enter goes on"),
    "settled": ("已发出或取消", "sent or skipped"),
    "held": ("扣留", "held"),
    "hand": ("由导调员发出", "by hand"),
    "waits": ("等条件", "on a condition"),
}


def trainer_menu(table: Table) -> None:
    """Let the trainer do one thing.

    Raises:
        StopHere, RealEventCalled: If somebody ends the exercise.
    """
    at = 0 if table.lang == "zh" else 1
    table.console.show([heading(TITLES["menu"][at], table.columns)])
    try:
        (item,) = choose(
            table.console, TITLES["which"][at], [(key, words[at]) for key, words in ITEMS.items()], table.lang
        )
        if item == "real_event":
            raise RealEventCalled
        if item == "list":
            table.console.show([f"  {ident:<24} {words}" for ident, words in _injects(table)])
            return
        _do(table, Trainer(table.session), item)
        table.console.show([f"  {TITLES['done'][at]}"])
    except Cancelled:
        table.console.show([f"  {say('cancelled', table.lang)}"])
    except AnswerRefused as refused:
        table.console.show([f"  {refusal(refused, table.names)}"])


def _do(table: Table, trainer: Trainer, item: str) -> None:
    lang, at, console, names = table.lang, 0 if table.lang == "zh" else 1, table.console, table.names
    county = table.session.exercise.county

    def pick(title: str, idents: list[tuple[str, str]], *, optional: bool = False) -> str:
        chosen = choose(console, TITLES[title][at], idents, lang, optional=optional)
        return chosen[0] if chosen else ""

    seats = [(seat, names.thing(seat)) for seat in seat_ids(table.session.exercise)]
    on_inject: dict[str, Callable[[str], object]] = {
        "hold": trainer.hold,
        "release": trainer.release,
        "skip": trainer.skip,
        "send": trainer.send,
        "cut": trainer.cut,
        "restore": trainer.restore,
    }
    if item in ("cut", "restore"):
        on_inject[item](pick("channel", [(one.id, names.channel(one.id)) for one in county.channels]))
    elif item in on_inject:
        on_inject[item](pick("inject", [(ident, f"{ident}: {words}") for ident, words in _injects(table)]))
    elif item == "pause":
        trainer.pause()
        console.read(f"  {TITLES['paused'][at]} > ")
        table.start_thinking()
    elif item == "duty_check":
        trainer.duty_check(pick("desk", seats, optional=True) or None)
    elif item == "allow_whatif":
        trainer.allow_whatif(pick("seat", seats))
    elif item == "set":
        _set(table, trainer, pick)
    else:
        _make_up(table, trainer, pick)


def _set(table: Table, trainer: Trainer, pick: Callable[..., str]) -> None:
    at = 0 if table.lang == "zh" else 1
    known = {one.name: one for one in REGISTRY}
    name = pick("parameter", [(one.name, f"{one.name}: {one.meaning.in_language(table.lang)}") for one in REGISTRY])
    title = TITLES["value"][at].format(now=table.session.parameters[name], unit=known[name].unit)
    text = typed_text(table.console, title, table.lang)
    try:
        value = float(text)
    except ValueError as error:
        raise Cancelled from error
    trainer.set(name, value)


def _make_up(table: Table, trainer: Trainer, pick: Callable[..., str]) -> None:
    at, names = 0 if table.lang == "zh" else 1, table.names
    organizations = table.session.exercise.county.organizations
    outside = [(one.id, names.thing(one.id)) for one in organizations]
    sender = pick("from", outside)
    desks = [(one.id, names.thing(one.id)) for one in organizations if one.id != sender and one.seat]
    to = choose(table.console, TITLES["to"][at], desks, table.lang, many=True)
    kind = pick("kind", [(one, names.coded("kind", one)) for one in ("report", "request", "notice", "question")])
    trainer.inject(sender, tuple(to), typed_text(table.console, TITLES["text"][at], table.lang), kind=kind)


def _injects(table: Table) -> list[tuple[str, str]]:
    """Return the injects of the script: when each comes or what became of it, and its words."""
    at, script = 0 if table.lang == "zh" else 1, table.session.scene.script
    found = []
    for inject in table.session.exercise.scenario.injects:
        when = after_start(inject.at) if inject.at is not None else TITLES["hand" if inject.by_hand else "waits"][at]
        if inject.id in script.settled:
            when = TITLES["settled"][at]
        elif script.is_held(inject.id):
            when = TITLES["held"][at]
        found.append((inject.id, f"{when}  {inject.text.in_language(table.lang)}"))
    return found
