"""Orders that a seat gives by itself: which fields each kind has, what can stand in them, and orders in one line.

All of it is computed from the files of the exercise and from the seat's own view; whether an order stands, the seat's
door decides.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sim.cli.terminal.counsel import FIELDS as COUNSEL
from sim.cli.terminal.counsel import counsel_choices
from sim.cli.terminal.fixed_choices import CHOICES, TONES
from sim.cli.terminal.order_choices import choices_of_files, releases, spoken_channels
from sim.errors import AnswerRefused, Refusal
from sim.record.view import View
from sim.show.act_words import plan_task, unit_kinds
from sim.show.names import Names
from sim.spec.reporting import rows_for

FIELDS: dict[str, tuple[str, ...]] = {
    "send": ("task", "at", "units", "count", "escort"),
    "tell": ("to", "facts"),
    "ask": ("to", "facts"),
    "report": ("rule", "facts", "states"),
    "withhold": ("rule",),
    "grade": ("grade",),
    "activate": ("level", "matter", "lasts_h", "measures", "tell"),
    "set_up_post": ("at",),
    "protect": ("place", "by"),
    "publish": ("release", "tone", "path", "contains", "says"),
    "conference": ("spokesperson",),
    "follow": ("task",),
    "direct": ("to", "task"),
    "consult": ("to", "channel"),
    "send_liaison": ("to",),
    "request_aid": ("helper", "content"),
    "register_helpers": (),
    "alert_key_units": (),
    "mobilize": ("kinds",),
    "open_beds": ("at", "steps"),
    "check_advice": ("question",),
    "assess_impact": ("places",),
    "return_home": ("place",),
    "end_response": (),
    "aftermath": ("work",),
    "call_expert": ("field", "facts"),
    "supply": ("item", "amount", "at", "source"),
}
"""The fields of each kind of order, in the order in which they are asked and typed."""
MANY = {
    ("send", "units"),
    ("tell", "to"),
    ("tell", "facts"),
    ("ask", "facts"),
    ("report", "facts"),
    ("consult", "to"),
    ("request_aid", "content"),
    ("mobilize", "kinds"),
    ("activate", "measures"),
    ("assess_impact", "places"),
}
MANY_OR_NONE = {
    ("activate", "tell"),
    ("call_expert", "facts"),
    ("report", "states"),
    ("publish", "says"),
    ("publish", "contains"),
}
HAVE_DEFAULTS = ("count", "escort", "steps", "tone", "path", "channel", "source")
NUMBERS = ("count", "amount", "grade", "level", "steps", "lasts_h")
KIND_WORDS: dict[str, tuple[str, str]] = {
    "send": ("派力量", "send units"),
    "tell": ("通报情况", "tell somebody what you know"),
    "ask": ("询问情况", "ask somebody"),
    "report": ("按规定报告", "report up under a rule"),
    "withhold": ("决定不按规定报告", "decide not to report under a rule"),
    "grade": ("判定事件等级", "judge the grade of the incident"),
    "activate": ("启动响应", "activate a response level"),
    "set_up_post": ("设立现场指挥部", "set up the on-scene command post"),
    "protect": ("群众避险", "order people to shelter or leave"),
    "publish": ("发布信息", "publish a statement"),
    "conference": ("召开新闻发布会", "hold a press conference"),
    "follow": ("执行预案任务", "carry out a task of the plan"),
    "direct": ("要求其他部门落实", "order another body to carry out its task"),
    "consult": ("召集会商", "call a joint consultation"),
    "send_liaison": ("派联络员", "send a liaison officer"),
    "request_aid": ("请求支援", "ask somebody for help"),
    "register_helpers": ("登记接应支援力量", "receive and register those who came to help"),
    "alert_key_units": ("通知重点单位", "tell the key units near the site"),
    "mobilize": ("动员社会力量", "mobilize forces of society"),
    "open_beds": ("医院扩充床位", "let a hospital open more beds"),
    "check_advice": ("核查智能研判建议", "check the adviser's advice"),
    "assess_impact": ("评估影响", "assess the impact of a measure"),
    "return_home": ("允许群众返回", "let people go home"),
    "end_response": ("终止响应", "end the response"),
    "aftermath": ("善后工作", "a work of the aftermath"),
    "call_expert": ("请专家研判", "call an expert"),
    "supply": ("调运物资", "have supplies brought"),
}
FIELD_WORDS: dict[str, tuple[str, str]] = {
    "do": ("下什么命令？", "Which order?"),
    "task": ("做什么？", "To do what?"),
    "at": ("在哪里？", "Where?"),
    "units": ("派哪类力量？（可多选，先选先派）", "Which kind of unit? (several: in order of preference)"),
    "count": ("派几支？", "How many?"),
    "escort": ("警车护送？", "Behind a police escort?"),
    "field": ("哪个专业的专家？", "An expert of which field?"),
    "question": ("哪个问题的建议？", "The advice on which question?"),
    "steps": ("开几步？", "How many steps?"),
    "to": ("对谁？", "To whom?"),
    "channel": ("以什么方式？", "By what?"),
    "facts": ("哪些情况？（可多选）", "Which facts? (several are possible)"),
    "says": ("写明哪些情况？（可多选，回车为不写）", "Which facts does it state? (several; Enter for none)"),
    "states": (
        "另有说法？（与掌握情况不符即为谎报；回车为如实）",
        "Does it state anything else than what you hold? (a false report; Enter for no)",
    ),
    "rule": ("按哪条规定？", "Under which rule?"),
    "grade": ("几级事件？（1 最重）", "Which grade? (1 is the gravest)"),
    "level": ("几级响应？（1 最高）", "Which level? (1 is the highest)"),
    "matter": ("什么事项？", "For which matter?"),
    "lasts_h": ("预计多少小时？", "For how many hours, as expected?"),
    "measures": ("采取哪些措施？（预案任务，可多选）", "Which measures? (tasks of the plan; several)"),
    "places": ("哪些地点？（可多选）", "Which places? (several)"),
    "work": ("哪项善后工作？", "Which work?"),
    "tell": ("同时通知谁？（可多选，回车为不通知）", "Whom to tell? (several; Enter for nobody)"),
    "place": ("哪里的群众？", "The people of which place?"),
    "by": ("怎样避险？", "How?"),
    "release": ("发布什么？", "Which statement?"),
    "tone": ("什么口径？", "In which tone?"),
    "helper": ("请求谁支援？", "Whom do you ask?"),
    "content": (
        "请求写明哪些内容？（可多选，缺项会被退回）",
        "What does it state? (several; incomplete, it comes back)",
    ),
    "kinds": ("动员哪些力量？（可多选）", "Which forces? (several are possible)"),
    "contains": ("还写明什么？（可多选，回车为不写）", "What else does it hold? (several; Enter for nothing)"),
    "path": ("怎样报批？", "Who approves it?"),
    "spokesperson": ("由谁出面？", "Who speaks?"),
    "item": ("什么物资？", "Which supplies?"),
    "amount": ("多少？", "How much?"),
    "source": ("从哪里？", "From where?"),
}


class Field(NamedTuple):
    """A field to be chosen: its name, what can stand in it with its words, and how many."""

    name: str
    choices: tuple[tuple[str, str], ...]
    many: bool
    optional: bool


def next_field(given: Mapping[str, Any], seat: str, view: View, names: Names) -> Field | None:
    """Return the next field of an order to be chosen, or None when it is complete.

    Args:
        given: The fields that were chosen, ``do`` first.
        seat: Who gives the order.
        view: The seat's view.
        names: Names of the exercise in a language.
    """
    kind = str(given["do"])
    for name in FIELDS[kind]:
        if name not in given and (name != "escort" or given.get("task") == "evacuate"):
            choices = tuple(_choices(kind, name, given, seat, view, names))
            optional = (kind, name) in MANY_OR_NONE
            return Field(name, choices, (kind, name) in MANY or optional, optional)
    return None


def _choices(
    kind: str, name: str, given: Mapping[str, Any], seat: str, view: View, names: Names
) -> Sequence[tuple[str, str]]:
    exercise, at = names.exercise, 0 if names.lang == "zh" else 1
    county = exercise.county
    own = [unit for unit in county.units if unit.department == seat]
    able = [unit for unit in own if given.get("task") in unit.skills]
    if name in ("task", "to") and kind in ("follow", "direct"):
        return _plan_choices(name, kind, given, seat, names)
    if (listed := choices_of_files(name, given, names)) is not None:
        return listed
    if name == "task":
        kinds = dict.fromkeys(skill.value for unit in own for skill in unit.skills)
        return [(one, names.coded("task", one)) for one in kinds]
    if (asked := "hospital" if (kind, name) == ("open_beds", "at") else name) in COUNSEL:
        return counsel_choices(asked, given, view, names)
    if name in ("at", "place", "places"):
        return [(one.id, names.thing(one.id)) for one in county.places if name == "at" or one.people]
    if name == "units":
        return [(one, unit_kinds([one], names)) for one in dict.fromkeys(unit.kind for unit in able)]
    if name == "count":
        most = sum(unit.kind in given.get("units", ()) for unit in able)
        return [(str(count), "") for count in range(1, most + 1)]
    if name in ("to", "tell"):
        others = [
            one for one in county.organizations if one.id != seat and (name == "to" or one.seat) and not one.public
        ]
        return [(one.id, names.thing(one.id)) for one in others]
    if name == "channel":
        return spoken_channels(names)
    if name == "states":
        return _claim_choices(given, view, names)
    if name in ("facts", "says"):
        return _fact_choices(kind, view, names)
    if name == "rule":
        return [(one.id, one.name.in_language(names.lang)) for one in rows_for(exercise, seat)]
    if name in ("grade", "level"):
        return [(str(one), "") for one in range(1, 5)]
    if name == "by":
        return [(one, names.value(one)) for one in ("shelter", "evacuate")]
    if name in CHOICES:
        return [(one, words[at]) for one, words in CHOICES[name].items()]
    return releases(names)


def _plan_choices(name: str, kind: str, given: Mapping[str, Any], seat: str, names: Names) -> list[tuple[str, str]]:
    tasks = names.exercise.plan.tasks
    if name == "to":
        owners = dict.fromkeys(task.owner for task in tasks if task.owner != seat)
        return [(one, names.thing(one)) for one in owners]
    owner = seat if kind == "follow" else given["to"]
    return [(task.id, plan_task(task.id, names)) for task in tasks if task.owner == owner]


def _fact_choices(kind: str, view: View, names: Names) -> list[tuple[str, str]]:
    if kind == "ask":
        general = [fact.key for fact in names.exercise.plan.facts if not fact.key.startswith("place/")]
        about = [row["fact"] for row in view.picture if row["fact"] not in general]
        return [(key, names.fact(key)) for key in (*general, *about)]
    return [(row["fact"], f"{names.fact(row['fact'])} = {names.value(row['value'])}") for row in view.picture]


def _claim_choices(given: Mapping[str, Any], view: View, names: Names) -> list[tuple[str, str]]:
    held = {row["fact"]: row["value"] for row in view.picture}
    kinds = {fact.key: fact.values for fact in names.exercise.plan.facts}
    about = [key for key in given.get("facts", ()) if key in kinds]
    return [
        (claim_text({"fact": key, "value": value}), f"{names.fact(key)} = {names.value(value)}")
        for key in about
        for value in kinds[key]
        if held.get(key) != value
    ]


def claim_text(claim: Mapping[str, Any]) -> str:
    """Return what a report states, as it is typed: ``leak/size=small``."""
    value = claim["value"]
    return f"{claim['fact']}={str(value).lower() if isinstance(value, bool) else value}"


def claim(typed: str) -> dict[str, Any]:
    """Return what a report states, from ``leak/size=small``."""
    fact, _, value = typed.partition("=")
    if re.fullmatch("[0-9]{1,8}", value):
        return {"fact": fact, "value": int(value)}
    return {"fact": fact, "value": {"true": True, "false": False}.get(value, value)}


def in_one_line(order: Mapping[str, Any]) -> str:
    """Return an order as it can be typed behind ``o``."""
    words = [str(order["do"])]
    for name in FIELDS[words[0]]:
        value = order.get(name, ())
        if name == "states":
            value = [claim_text(one) for one in value]
        if isinstance(value, (list, tuple)):
            last = name == FIELDS[words[0]][-1]
            words += [str(one) for one in value] if last else [",".join(map(str, value))]
        else:
            words.append(str(value))
    return " ".join(word for word in words if word)


def from_one_line(words: Sequence[str], names: Names) -> dict[str, Any]:
    """Return the fields of an order that was typed in one line; ids or names, in either language.

    Raises:
        AnswerRefused: If there is no such kind of order, or it lacks a field.
    """
    other = "en" if names.lang == "zh" else "zh"
    known = {**_ids(Names(names.exercise, other)), **_ids(names)}
    kind = next((do for do, (zh, _) in KIND_WORDS.items() if words[0].lower() in (do, zh)), "")
    if not kind:
        raise AnswerRefused(Refusal.MALFORMED, "do", words[0][:60], ", ".join(FIELDS))
    order: dict[str, Any] = {"do": kind}
    rest = [known.get(word, word) for word in words[1:]]
    fields = FIELDS[kind]
    if kind == "report":
        fields = fields[:-1]
        if states := [claim(word) for word in rest if "=" in word]:
            order["states"], rest = states, [word for word in rest if "=" not in word]
    for name in fields:
        last, many = name == fields[-1], (kind, name) in MANY | MANY_OR_NONE
        if (
            name in CHOICES
            and kind == "publish"
            and (not rest or any(x not in CHOICES[name] for x in rest[0].split(",")))
        ):
            continue
        if many:
            taken = rest if last else rest[:1]
            order[name] = [known.get(one, one) for word in taken for one in word.replace("，", ",").split(",") if one]
        elif rest:
            order[name] = int(rest[0]) if name in NUMBERS and re.fullmatch("[0-9]{1,8}", rest[0]) else rest[0]
        rest = [] if last and many else rest[1:]
        if name not in HAVE_DEFAULTS and (kind, name) not in MANY_OR_NONE and not order.get(name):
            raise AnswerRefused(Refusal.MALFORMED, name, "", usage(kind))
    if rest:
        raise AnswerRefused(Refusal.MALFORMED, kind, " ".join(rest)[:60], usage(kind))
    return order


def usage(kind: str) -> str:
    """Return how an order of a kind is typed in one line."""
    return " ".join(["o", kind, *(name.upper() for name in FIELDS[kind])])


def _ids(names: Names) -> dict[str, str]:
    """Return ids by name without spaces, in the language of the names."""
    county, plan = names.exercise.county, names.exercise.plan
    idents = [*(place.id for place in county.places), *(one.id for one in county.organizations)]
    idents += [*(item.id for item in county.items), *(one.id for one in county.suppliers)]
    found = {names.thing(one).replace(" ", ""): one for one in idents}
    found.update((names.fact(fact.key).replace(" ", ""), fact.key) for fact in plan.facts)
    found.update((names.coded("task", skill.value), skill.value) for unit in county.units for skill in unit.skills)
    found.update((unit_kinds([unit.kind], names), unit.kind) for unit in county.units)
    found.update((words[0 if names.lang == "zh" else 1], tone) for tone, words in TONES.items())
    found.update((names.value(one), one) for one in ("shelter", "evacuate"))
    found.update((names.channel(one.id).replace(" ", ""), one.id) for one in county.channels)
    return found
