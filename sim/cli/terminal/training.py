"""The trainer's menu: the clock, and steps into the script and the run while people sit at the same terminal."""

from __future__ import annotations

from collections.abc import Callable

from sim.cli.terminal.console import RealEventCalled
from sim.cli.terminal.dialog import Cancelled, choose, typed_text
from sim.cli.terminal.injects import STATES, inject_id, inject_rows, is_hidden
from sim.cli.terminal.layout import heading, wrap
from sim.cli.terminal.prompt import parse_moment
from sim.cli.terminal.refusals import refusal
from sim.cli.terminal.table import Table
from sim.cli.terminal.turns import run
from sim.cli.terminal.words import say
from sim.clocktext import after_start
from sim.errors import AnswerRefused, BadInput, Refusal
from sim.play.seats import seat_ids
from sim.play.trainer import Trainer
from sim.spec.controls import TRAINER
from sim.spec.parameters import parse_overrides
from sim.spec.registry import REGISTRY

CLOCK: dict[str, tuple[str, str]] = {
    "start": ("开始演练", "begin the exercise"),
    "run_to_question": ("推进到下一个问题（中间不停）", "run on to the next question (without stops)"),
    "run_to": ("推进到某一时间", "run to a time"),
    "step": ("单步：推进到下一件事", "one step: run until the next thing happens"),
}
"""What moves the clock; only where nothing is asked."""

ITEMS: dict[str, tuple[str, str]] = {
    "pause": (
        "记录暂停及原因（演练本来就停在提示符处）",
        "note a pause and why (at a prompt the exercise stands still anyway)",
    ),
    "list": ("注入一览", "list the injects"),
    "hold": ("扣留一条注入", "hold an inject back"),
    "release": ("放行扣留的注入", "let a held inject go"),
    "skip": ("取消一条注入", "leave an inject out"),
    "send": ("提前发出一条注入", "send an inject now"),
    "inject": ("临时注入", "make up an inject"),
    "duty_check": ("值班抽查", "duty check"),
    "set": ("改协同参数", "change a parameter"),
    "cut": ("中断渠道或设施", "cut a channel or an installation"),
    "restore": ("恢复渠道或设施", "restore a channel or an installation"),
    "allow_whatif": ("允许席位查看方案推演", "let a seat look at what-if"),
    "real_event": ("真实情况，中止演练", "REAL EVENT: stop the exercise"),
}
TITLES: dict[str, tuple[str, str]] = {
    "menu": ("导调", "Trainer"),
    "which": ("选一项", "What do you do?"),
    "inject": ("哪一条注入？", "Which inject?"),
    "channel": ("哪个渠道或设施？", "Which channel or installation?"),
    "seat": ("哪个席位？", "Which seat?"),
    "desk": ("抽查谁？（回车为随机）", "Which desk? (Enter: luck picks)"),
    "parameter": ("哪个参数？", "Which parameter?"),
    "value": ("改为多少？（现为 {now}，单位 {unit}）", "To which value? (now {now} {unit})"),
    "from": ("谁说的？", "From whom?"),
    "to": ("对谁说？（可多选）", "To whom? (several are possible)"),
    "kind": ("哪一类？", "Of which kind?"),
    "text": ("说什么？（前面会自动加演练标识）", "What do they say? (the mark of the exercise is put before it)"),
    "done": ("已记录，从下一秒起生效。", "On the record; it takes effect from the next second on."),
    "when": ("推进到什么时间？（如 T+35min、T+0:35）", "Run to when? (such as T+35min or T+0:35)"),
    "why": ("为什么暂停？（回车为不写）", "Why? (Enter for no reason)"),
    "paused": (
        "暂停已记入日志。演练时间停在此刻，用时不计。回车继续",
        "The pause is on the record. The exercise stands still and nobody's time is charged. Enter goes on",
    ),
    "asked_first": (
        "有问题在等答复：先作答或暂缓，演练才能往前走。",
        "a question waits: answer it or put it off first; only then can the exercise move on.",
    ),
    "moved": ("现在是 {now}。", "It is {now} now."),
    "ctrl_c": ("Ctrl-C：停在 {now}。", "Ctrl-C: stopped at {now}."),
    "on_record": ("已记录。", "On the record."),
}


def trainer_menu(table: Table, *, clock: bool = True) -> bool:
    """Let the trainer do one thing; nobody's thinking time is charged meanwhile.

    Args:
        table: The table.
        clock: Whether the trainer may move the clock here.

    Returns:
        Whether the exercise has moved on, or is to begin.

    Raises:
        StopHere, RealEventCalled: If somebody ends the exercise.
    """
    with table.watch_stopped():
        return _menu(table, clock=clock)


def _menu(table: Table, *, clock: bool) -> bool:
    at, session, console = 0 if table.lang == "zh" else 1, table.session, table.console
    begun = session.now_s > 0 or any(entry.choice == "start" for entry in session.entries)
    moves = {key: words for key, words in CLOCK.items() if clock and (key != "start" or not begun)}
    console.show([heading(TITLES["menu"][at], table.columns)])
    try:
        items = [(key, words[at]) for key, words in {**moves, **ITEMS}.items()]
        (item,) = choose(console, TITLES["which"][at], items, table.lang)
        if item == "real_event":
            raise RealEventCalled
        if item == "list":
            _list(table)
        elif item in CLOCK:
            return _move(table, item)
        else:
            _do(table, Trainer(session), item)
            told = "on_record" if item in ("pause", "allow_whatif") else "done"
            console.show([f"  {TITLES[told][at]}"])
    except Cancelled:
        console.show([f"  {say('cancelled', table.lang)}"])
    except AnswerRefused as refused:
        console.show(wrap(f"  {refusal(refused, table.names)}", table.columns, "  "))
    return False


def _move(table: Table, item: str) -> bool:
    """Move the clock and write down that the trainer did; return whether it moved."""
    at, session = 0 if table.lang == "zh" else 1, table.session
    if session.waiting():
        table.console.show(wrap(f"  {TITLES['asked_first'][at]}", table.columns, "  "))
        return False
    if item == "start":
        session.act("control", TRAINER, {"do": "start"}, choice="start")
        table.turns.begin(session.settings.seats, session.now_s)
        return True
    until_s = _until(table) if item == "run_to" else None
    if item == "step":
        waiting = Trainer(session).step()
    else:
        data = {"do": item} if until_s is None else {"do": item, "until_s": until_s}
        session.act("control", TRAINER, data, choice=item)
        waiting = run(table, until_s)
    table.turns.begin(session.settings.seats, session.now_s)
    if not waiting and not session.finished and not table.interrupted:
        table.turns.stop_at(table.seat, session.now_s)
    told = TITLES["ctrl_c" if table.interrupted else "moved"][at]
    table.console.show([f"  {told.format(now=after_start(session.now_s))}"])
    return True


def _until(table: Table) -> int:
    at, session = 0 if table.lang == "zh" else 1, table.session
    typed = typed_text(table.console, TITLES["when"][at], table.lang)
    until_s = parse_moment(typed)
    if until_s is None or not session.now_s < until_s <= session.world.horizon_s:
        allowed = f"{after_start(session.now_s + 60)} .. {after_start(session.world.horizon_s)}"
        raise AnswerRefused(Refusal.MALFORMED, "run_to", typed[:60], allowed)
    return until_s


def _list(table: Table) -> None:
    at, session = 0 if table.lang == "zh" else 1, table.session
    for ident, words in inject_rows(session, table.lang):
        table.console.show(wrap(f"  {ident:<24} {words}", table.columns, " " * 27))
    if is_hidden(session):
        table.console.show(wrap(f"  {STATES['sealed'][at]}", table.columns, "  "))


def _do(table: Table, trainer: Trainer, item: str) -> None:
    lang, at, console, names = table.lang, 0 if table.lang == "zh" else 1, table.console, table.names
    county = table.session.exercise.county

    def pick(title: str, idents: list[tuple[str, str]], *, optional: bool = False) -> str:
        chosen = choose(console, TITLES[title][at], idents, lang, optional=optional)
        return chosen[0] if chosen else ""

    seats = [(seat, names.thing(seat)) for seat in seat_ids(table.session.exercise)]
    connections = [(one.id, names.channel(one.id)) for one in county.channels]
    connections += [(one.id, names.thing(one.id)) for one in county.lifelines]
    if item == "cut":
        trainer.cut(pick("channel", connections))
    elif item == "restore":
        trainer.restore(pick("channel", connections))
    elif item in ("hold", "release", "skip", "send"):
        _on_inject(table, trainer, item, pick)
    elif item == "pause":
        trainer.pause(console.read(f"  {TITLES['why'][at]} > "))
        console.read(f"  {TITLES['paused'][at]} > ")
    elif item == "duty_check":
        trainer.duty_check(pick("desk", seats, optional=True) or None)
    elif item == "allow_whatif":
        trainer.allow_whatif(pick("seat", seats))
    elif item == "set":
        _set(table, trainer, pick)
    else:
        _make_up(table, trainer, pick)


def _on_inject(table: Table, trainer: Trainer, item: str, pick: Callable[..., str]) -> None:
    """Hold, release, skip or send an inject; of a sealed exercise nothing but its number is named."""
    rows, hidden = inject_rows(table.session, table.lang), is_hidden(table.session)
    if hidden:
        table.console.show(wrap(f"  {STATES['sealed'][0 if table.lang == 'zh' else 1]}", table.columns, "  "))
    shown = pick("inject", [(ident, words if hidden else f"{ident}: {words}") for ident, words in rows])
    on_inject: dict[str, Callable[[str], object]] = {
        "hold": trainer.hold,
        "release": trainer.release,
        "skip": trainer.skip,
        "send": trainer.send,
    }
    try:
        on_inject[item](inject_id(table.session, shown))
    except AnswerRefused as refused:
        if not hidden:
            raise
        raise AnswerRefused(refused.reason, item, shown, f"1 to {len(rows)}") from refused


def _set(table: Table, trainer: Trainer, pick: Callable[..., str]) -> None:
    at = 0 if table.lang == "zh" else 1
    known = {one.name: one for one in REGISTRY}
    name = pick("parameter", [(one.name, f"{one.name}: {one.meaning.in_language(table.lang)}") for one in REGISTRY])
    title = TITLES["value"][at].format(now=table.session.parameters[name], unit=known[name].unit)
    text = typed_text(table.console, title, table.lang)
    try:
        value = parse_overrides({name: text}, "set")[name]
    except BadInput as error:
        raise AnswerRefused(Refusal.MALFORMED, name, text[:60], error.problems[0].allowed) from error
    trainer.set(name, value)


def _make_up(table: Table, trainer: Trainer, pick: Callable[..., str]) -> None:
    at, names = 0 if table.lang == "zh" else 1, table.names
    organizations = table.session.exercise.county.organizations
    outside = [(one.id, names.thing(one.id)) for one in organizations if not one.seat]
    sender = pick("from", outside)
    desks = [(one.id, names.thing(one.id)) for one in organizations if one.id != sender and one.seat]
    to = choose(table.console, TITLES["to"][at], desks, table.lang, many=True)
    kind = pick("kind", [(one, names.coded("kind", one)) for one in ("report", "request", "notice", "question")])
    trainer.inject(sender, tuple(to), typed_text(table.console, TITLES["text"][at], table.lang), kind=kind)
