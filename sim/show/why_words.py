"""Why something happened, in lines for people: each step with its time and its wait, and which wait was longest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sim.assess.why import Account, Step, Strand
from sim.record.events import Event
from sim.show.act_words import order_words, plan_task
from sim.show.event_words import kind_in_words
from sim.show.names import Names, clock

PARTS: dict[str, tuple[str, str]] = {
    "writing": ("撰写、准备", "writing it down"),
    "line_busy": ("线路占线", "all lines were busy"),
    "sender_busy": ("发送方无人手", "no officer of the sender was free"),
    "officer_busy": ("接收方无人手", "no officer of the addressee was free"),
    "on_the_way": ("传递", "on its way"),
    "channel_down": ("渠道中断", "the channel was down"),
    "retry": ("未接通，再试", "trying again"),
    "reading": ("阅办", "reading it"),
    "receipt": ("等待签收", "until the receipt"),
    "desk_busy": ("席位无人手", "nobody at the desk had time"),
    "thinking": ("研判", "thinking it over"),
    "forgotten": ("遗漏未办", "nobody thought of it"),
    "deciding": ("席位决策", "the seat decided"),
    "leader_away": ("联系决策人", "somebody who may decide was sought"),
    "approval": ("等待批准", "waiting for approval"),
    "drafting": ("拟稿", "drafting"),
    "carrying_out": ("执行", "carrying it out"),
    "consulting": ("会商", "the consultation"),
    "no_unit": ("无可派力量", "no unit was free"),
    "waiting_on": ("等待其他单位", "waiting for others"),
    "turnout": ("集结出动", "turnout"),
    "travel": ("行进", "on the road"),
    "work": ("作业", "work"),
    "warning": ("通知到群众", "until people heard it"),
    "unseen": ("未被发现或未上报", "until somebody noticed or told it"),
    "exposed": ("暴露于危险", "exposed to the danger"),
    "untreated": ("未获救治", "without care"),
    "no_bay": ("等待床位", "waiting for a bay or bed"),
    "help_asked": ("等待支援", "waiting for help"),
    "hazard": ("险情发展", "the hazard took its course"),
    "script": ("按脚本时间", "by the script's time"),
    "start": ("开始", "beginning"),
}
"""What the time before a step was spent on."""
STRANDS: dict[str, tuple[str, str]] = {
    "cause": ("经过", "How it came"),
    "warning": ("群众避险通知", "When its people were told what to do"),
    "help": ("救援到达", "When help came"),
}
TEXTS: dict[str, tuple[str, str]] = {
    "never": ("始终没有发生", "never came"),
    "owed": ("最迟应于 {at}", "owed at {at} at the latest"),
    "waited": ("等 {length}：{part}", "after {length}: {part}"),
    "for": ("，其间被占用：{what}", "; held up by: {what}"),
    "binding": ("◀ 最长的等待", "◀ the longest wait"),
    "late": ("晚于该后果 {length}", "{length} after it"),
    "early": ("早于该后果 {length}", "{length} before it"),
    "no_strand": ("始终没有", "never"),
    "knew": ("应知者何时得知当地危险", "When those who need to know learned of the danger there"),
    "gaps": ("涉及的协同缺口", "Gaps on these chains"),
    "verdict": (
        "最长的等待：{length}，{part}（{at} {what}）",
        "longest wait: {length}, {part} ({at} {what})",
    ),
}
BUSY = ("line_busy", "sender_busy", "officer_busy", "desk_busy", "no_unit")
"""Parts at which a line says who had what was waited for."""


class Subjects:
    """What events are about, in words: messages by sender and addressee, work by its kind and place.

    Args:
        events: All events of the record.
        names: Names of the exercise in a language.
    """

    def __init__(self, events: Iterable[Event], names: Names) -> None:
        self._names = names
        self._known: dict[str, str] = {}
        for event in events:
            if event.kind == "message.composed":
                way = f"{names.thing(event.actor)} → {names.thing(event.data['to'])}"
                self._known[event.subject] = f"{way} ({names.coded('kind', event.data['kind'])})"
            elif event.kind == "task.identified":
                work = names.coded("task", event.data["task"])
                self._known[event.subject] = f"{work} ({names.thing(event.data['at'])})"
            elif event.kind in ("plan.triggered", "plan.forgotten"):
                task, _, place = event.data["task"].partition("@")
                self._known[event.subject] = plan_task(task, names) + (f" ({names.thing(place)})" if place else "")

    def words(self, event: Event) -> str:
        """Return an event in a few words: who, what, about what."""
        names, data = self._names, event.data
        who = names.thing(event.actor) if event.actor else ""
        about = self._known.get(event.subject) or names.thing(event.subject)
        if event.kind in ("fact.learned", "truth.changed"):
            about = f"{names.fact(event.subject)} = {names.value(data['value'])}"
        elif event.kind.startswith("question."):
            chosen = names.options(event.subject).get(data.get("choice", ""), "")
            about = names.question(event.subject).in_language(names.lang) + (f" → {chosen}" if chosen else "")
        elif event.kind == "order.given":
            about = order_words(data, names)
        elif event.kind == "message.sent":
            about += f" [{names.channel(data['channel'])}]"
        elif event.kind == "message.lost":
            about += f" [{names.channel(data['channel'])}, {names.coded('lost', data['reason'])}]"
        return " ".join(part for part in (who, kind_in_words(event.kind, names.lang), about) if part)


def _in(pair: tuple[str, str], lang: str, **fields: str) -> str:
    return pair[0 if lang == "zh" else 1].format(**fields)


def why_lines(account: Account, names: Names, events: list[Event]) -> list[str]:
    """Return the whole account as lines of text.

    Args:
        account: What was found.
        names: Names of the exercise in a language.
        events: All events of the record.
    """
    lang, subjects = names.lang, Subjects(events, names)
    lines = [account.asked if account.event is None else f"{account.asked}: {_at(account.event, subjects)}"]
    if account.event is None:
        lines[0] += f": {_in(TEXTS['never'], lang)}"
    if account.owed_s is not None:
        lines.append(_in(TEXTS["owed"], lang, at=clock(account.owed_s)))
    for one in account.strands:
        lines += ["", *_strand_lines(one, names, subjects, events)]
    if account.knew:
        lines += ["", _in(TEXTS["knew"], lang)]
        for who, at_s in account.knew:
            lines.append(f"  {names.thing(who)}: {_in(TEXTS['no_strand'], lang) if at_s is None else clock(at_s)}")
    if account.gaps:
        lines += ["", _in(TEXTS["gaps"], lang), *(f"  {ident}" for ident in account.gaps)]
    return lines


def verdict(found: Strand, names: Names, subjects: Subjects) -> str:
    """Return the longest wait of a chain in one line; empty if nobody waited."""
    if found.binding is None:
        return ""
    step = found.steps[found.binding]
    part, what = _in(PARTS[step.part], names.lang), subjects.words(step.event)
    length = names.length(step.waited_s)
    return _in(TEXTS["verdict"], names.lang, length=length, part=part, at=clock(step.event.at_s), what=what)


def _at(event: Event, subjects: Subjects) -> str:
    return f"{clock(event.at_s)} {subjects.words(event)}"


def _strand_lines(found: Strand, names: Names, subjects: Subjects, events: list[Event]) -> Iterator[str]:
    lang = names.lang
    title = _in(STRANDS[found.name], lang)
    if not found.steps:
        yield f"{title}: {_in(TEXTS['no_strand'], lang)}"
        return
    if found.late_s is not None:
        key = "late" if found.late_s > 0 else "early"
        title += f": {_in(TEXTS[key], lang, length=names.length(abs(found.late_s)))}"
    yield title
    for number, step in enumerate(found.steps):
        mark = f"  {_in(TEXTS['binding'], lang)}" if number == found.binding else ""
        yield f"  {step.event.seq:>6}  {_at(step.event, subjects)}{_waited(step, names, subjects, events)}{mark}"
    if line := verdict(found, names, subjects):
        yield f"  {line}"


def _waited(step: Step, names: Names, subjects: Subjects, events: list[Event]) -> str:
    if not step.waited_s:
        return ""
    text = _in(TEXTS["waited"], names.lang, length=names.length(step.waited_s), part=_in(PARTS[step.part], names.lang))
    if step.holders and step.part in BUSY:
        held = ("；" if names.lang == "zh" else "; ").join(subjects.words(events[seq]) for seq in step.holders)
        text += _in(TEXTS["for"], names.lang, what=held)
    return f"  [{text}]"
