"""What people did besides answering, in words: orders, the trainer's injects and controls, notes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from sim.record.journal import Entry
from sim.show.names import Names
from sim.spec.supply_order import ANY_SOURCE

ORDERS: dict[str, tuple[str, str]] = {
    "send": ("派{units}×{count}到{at}：{task}{escort}", "send {count} × {units} to {at}: {task}{escort}"),
    "tell": ("向{to}通报：{facts}", "tell {to}: {facts}"),
    "ask": ("向{to}询问：{facts}", "ask {to}: {facts}"),
    "report": ("按规定报告（{rule}）：{facts}{states}", "report under the rule “{rule}”: {facts}{states}"),
    "withhold": ("决定不按规定报告（{rule}）", "decide not to report under the rule “{rule}”"),
    "grade": ("判定事件等级：{grade} 级", "judge the incident: grade {grade}"),
    "activate": ("启动 {level} 级响应", "activate level {level}"),
    "set_up_post": ("在{at}设立现场指挥部", "set up the command post at {at}"),
    "protect": ("{place}群众：{by}", "people of {place}: {by}"),
    "publish": ("发布信息：{release}", "publish: {release}"),
    "conference": ("召开新闻发布会（{spokesperson}出面）", "hold a press conference ({spokesperson} speaks)"),
    "follow": ("执行预案任务：{task}", "carry out the plan's task: {task}"),
    "direct": ("要求{to}落实：{task}", "order {to} to carry out: {task}"),
    "consult": ("召集{to}会商（{channel}）", "consult with {to} ({channel})"),
    "call_expert": ("请{field}专家研判，告知：{facts}", "call an expert ({field}) and tell: {facts}"),
    "check_advice": ("核查对{question}的智能研判建议", "check the advice on {question}"),
    "open_beds": ("{at}扩充床位（{steps} 步）", "{at} opens more beds ({steps} steps)"),
    "assess_impact": ("评估影响：{places}", "assess the impact: {places}"),
    "return_home": ("允许{place}群众返回", "let the people of {place} go home"),
    "end_response": ("终止响应", "end the response"),
    "aftermath": ("善后：{work}", "aftermath: {work}"),
    "send_liaison": ("向{to}派联络员", "send a liaison officer to {to}"),
    "request_aid": ("请求{helper}支援（写明：{content}）{direct}", "ask {helper} for help (states {content}){direct}"),
    "register_helpers": (
        "登记接应到达的支援力量{guide}{check}",
        "register those who came to help{guide}{check}",
    ),
    "alert_key_units": ("通知周边重点单位落实防护", "tell the key units near the site to protect themselves"),
    "mobilize": ("动员社会力量：{kinds}", "mobilize {kinds}"),
    "supply": (
        "向{at}调运{item} {amount} {unit}{source}{escort}",
        "bring {amount} {unit} of {item} to {at}{source}{escort}",
    ),
}
CONTROLS: dict[str, tuple[str, str]] = {
    "start": ("开始演练", "start"),
    "pause": ("暂停", "pause"),
    "step": ("单步推进", "one step"),
    "run_to": ("推进到 {until}", "run to {until}"),
    "run_to_question": ("推进到下一个决策点", "run to the next question"),
    "hold": ("扣留注入 {inject}", "hold inject {inject}"),
    "release": ("放行注入 {inject}", "release inject {inject}"),
    "skip": ("取消注入 {inject}", "skip inject {inject}"),
    "send": ("提前注入 {inject}", "send inject {inject} now"),
    "set": ("参数 {name} 改为 {value}", "set {name} to {value}"),
    "duty_check": ("值班抽查：{organization}", "duty check: {organization}"),
    "cut": ("中断渠道：{channel}", "cut channel: {channel}"),
    "cut_lifeline": ("中断设施：{lifeline}", "take down: {lifeline}"),
    "restore": ("恢复渠道：{channel}", "restore channel: {channel}"),
    "restore_lifeline": ("恢复设施：{lifeline}", "bring back: {lifeline}"),
    "real_event": ("真实情况，演练中止", "real event: exercise stopped"),
    "allow_whatif": ("允许{seat}查看方案推演", "let {seat} see what each option leads to"),
    "undo": ("退回到日志第 {line} 行之前", "go back to before line {line} of the journal"),
    "wait": ("暂缓答复 {key}，等待 {wait}", "put {key} off for {wait}"),
    "inject": ("临时注入：{sender} → {to}：{text}", "inject: {sender} → {to}: {text}"),
}
UNIT_KINDS: dict[str, tuple[str, str]] = {
    "patrol": ("巡逻组", "patrols"),
    "engine": ("消防车", "engines"),
    "hazmat": ("危化处置队", "hazmat teams"),
    "ambulance": ("救护车", "ambulances"),
    "bus": ("客车", "buses"),
    "monitor": ("监测组", "monitoring teams"),
    "crowd_police": ("特警队", "crowd police"),
    "forensic": ("刑侦技术组", "identification teams"),
    "comfort_team": ("心理援助组", "psychological aid teams"),
    "parttime_team": ("乡镇专职消防队", "part-time fire teams"),
    "rescue_team": ("救援队", "rescue teams"),
    "pump_team": ("排涝队", "drainage teams"),
    "mine_rescue": ("矿山救护队", "mine-rescue squads"),
    "outside_team": ("市级增援队伍", "teams of the city"),
    "troops": ("部队、武警分队", "troops"),
    "social_team": ("社会救援队伍", "rescue teams of society"),
    "works_team": ("企业救援队", "teams of enterprises"),
    "repair_team": ("抢修组", "repair teams"),
    "disease_control": ("疾控队", "disease control teams"),
    "road_team": ("公路抢通队", "road-clearing teams"),
    "truck": ("货车", "trucks"),
    "warning_van": ("宣传车", "loudspeaker vans"),
    "drill_rig": ("钻机", "drill rigs"),
    "line_control": ("公交运行调度组", "bus line controllers"),
}
GROUP_RULES = {"majority": "小组按多数意见", "leader": "小组按组长意见"}
_GROUP_REASON = re.compile(r"group, by (majority|leader): (.+)")
IN_PERSON = ("当面", "in person")
OWN_CHOICE = ("（随机）", "(by lot)")


def _in(lang: str, pair: tuple[str, str]) -> str:
    return pair[0 if lang == "zh" else 1]


def unit_kinds(kinds: Sequence[str], names: Names) -> str:
    """Return kinds of unit in words, the first choice first."""
    return "/".join(_in(names.lang, UNIT_KINDS[kind]) if kind in UNIT_KINDS else kind for kind in kinds)


def plan_task(ident: str, names: Names) -> str:
    """Return the name of a task of the plan."""
    found = [task.name for task in names.exercise.plan.tasks if task.id == ident]
    return found[0].in_language(names.lang) if found else ident


def order_words(order: Mapping[str, Any], names: Names) -> str:
    """Return an order in words.

    Args:
        order: Its fields by name, as in the journal.
        names: Names of the exercise in a language.
    """
    comma = "、" if names.lang == "zh" else ", "
    to = order.get("to", ())
    rules = {rule.id: rule.name.in_language(names.lang) for rule in names.exercise.rules.rules}
    ident = str(order.get("task", ""))
    fields = {
        **order,
        "at": names.thing(str(order.get("at", ""))),
        "place": names.thing(str(order.get("place", ""))),
        "to": names.things([to] if isinstance(to, str) else list(to)),
        "facts": comma.join(names.fact(fact) for fact in order.get("facts", ())),
        "states": _claims(order.get("states", ()), names),
        "units": unit_kinds(order.get("units", ()), names),
        "count": order.get("count", 1),
        "steps": order.get("steps", 1),
        "field": names.coded("field", str(order.get("field", ""))),
        "question": names.question(str(order.get("question", ""))).in_language(names.lang),
        "task": names.coded("task", ident) if order["do"] == "send" else plan_task(ident, names),
        "rule": rules.get(order.get("rule", ""), order.get("rule", "")),
        "by": names.value(order.get("by")),
        "helper": names.thing(str(order.get("helper", ""))),
        "content": comma.join(names.coded("item", item) for item in order.get("content", ())),
        "direct": names.coded("aid", "direct") if order.get("direct") else "",
        "guide": "" if order.get("guide", True) else names.coded("aid", "no_guide"),
        "check": "" if order.get("check", True) else names.coded("aid", "no_check"),
        "escort": names.coded("aid", "escort") if order.get("escort") else "",
        "kinds": comma.join(names.coded("helper", kind) for kind in order.get("kinds", ())),
        "places": names.things(list(order.get("places", ()))),
        "work": names.coded("aftermath", str(order.get("work", ""))),
        "spokesperson": names.coded("speaks", str(order.get("spokesperson", "spokesperson"))),
        **_goods(order, names),
        "channel": names.channel(order["channel"]) if order.get("channel") else _in(names.lang, IN_PERSON),
    }
    return _in(names.lang, ORDERS[order["do"]]).format(**fields)


def _goods(order: Mapping[str, Any], names: Names) -> dict[str, str]:
    """Return the words of an order for supplies: what, in which unit, from where."""
    unit = {one.id: one.unit.in_language(names.lang) for one in names.exercise.county.items}
    item, source = str(order.get("item", "")), order.get("source", ANY_SOURCE)
    named = "" if source == ANY_SOURCE else names.thing(source)
    said = (f"（来源：{named}）" if names.lang == "zh" else f" (from {named})") if named else ""
    return {"item": names.thing(item), "unit": unit.get(item, ""), "source": said}


def _claims(states: Sequence[Mapping[str, Any]], names: Names) -> str:
    """Return what a report states instead of what its sender holds, to be put behind the rest."""
    comma = "、" if names.lang == "zh" else ", "
    said = comma.join(f"{names.fact(one['fact'])} = {names.value(one['value'])}" for one in states)
    return (f"；称：{said}" if names.lang == "zh" else f"; states: {said}") if said else ""


def act_words(entry: Entry, names: Names) -> str:
    """Return what an order, an inject, a control or a note of the journal says."""
    given = entry.arguments
    if entry.kind == "order":
        return order_words(given["order"], names)
    if entry.kind == "note" and "question" in given:
        return _proposal_words(given, names)
    if entry.kind == "note":
        about = f"[{given['about']}] " if given.get("about") else ""
        rating = f"({given['rating']}) " if given.get("rating") else ""
        return f"{about}{rating}{given['text']}"
    text = given.get("text") or {}
    fields = {
        **given,
        "key": entry.key,
        "wait": names.length(given.get("wait_s", 0)),
        "until": names.moment(given.get("until_s")),
        "channel": names.channel(str(given.get("channel", ""))),
        "lifeline": names.thing(str(given.get("lifeline", ""))),
        "seat": names.thing(str(given.get("seat", ""))),
        "organization": names.thing(given.get("organization") or "") or _in(names.lang, OWN_CHOICE),
        "sender": names.thing(str(given.get("from", ""))),
        "to": names.things(list(given.get("to", ()))),
        "text": text.get(names.lang, "") if isinstance(text, dict) else "",
    }
    said = f"{entry.choice}_lifeline" if "lifeline" in given else entry.choice
    return _in(names.lang, CONTROLS[said]).format(**fields)


def _proposal_words(given: Mapping[str, Any], names: Names) -> str:
    """Return what a member of a group proposed."""
    key = str(given["question"])
    choice = names.options(key).get(str(given["choice"]), _in(names.lang, ("不作答复", "no answer")))
    said = _in(names.lang, ("组员 {member} 建议：{asked} → {choice}", "member {member} proposes: {asked} → {choice}"))
    return said.format(member=given["member"], asked=names.question(key).in_language(names.lang), choice=choice)


def reason_words(reason: str, names: Names, options: Mapping[str, str]) -> str:
    """Return the reason of a decision, put into Chinese where the program wrote it for a group.

    Args:
        reason: As it stands in the journal.
        names: Names of the exercise in a language.
        options: The words of each option, by id.
    """
    match = _GROUP_REASON.fullmatch(reason)
    if names.lang != "zh" or match is None:
        return reason
    words = {**options, "no_answer": "不作答复"}
    votes = [one.rpartition(" ") for one in match[2].split(", ")]
    if not all(option in words and count.isdigit() for option, _, count in votes):
        return reason  # somebody typed it
    return f"{GROUP_RULES[match[1]]}：" + "；".join(f"{words[option]} {count} 票" for option, _, count in votes)
