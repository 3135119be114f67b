"""What each kind of gap asks for, in a sentence, as ``tabletop list gaps`` prints it."""

from __future__ import annotations

from sim.show.words import word

RULES: dict[str, tuple[str, str, str]] = {
    "stale_fact": (
        "stale_fact",
        "应知某项情况的单位，须在预案规定的时限内掌握其真实情况",
        "whoever needs to know a fact must hold its true value within the plan's limit",
    ),
    "orphan_task": (
        "orphan_task",
        "真实情况下预案要求的任务，须由责任单位承担起来",
        "what the plan asks for in the true situation must be taken up by its owner",
    ),
    "missed_notification": (
        "missed_notification",
        "受危险威胁的群众和规则指明的单位，须得到通知",
        "people whom danger reaches, and bodies that a rule names, must be told",
    ),
    "open_loop": (
        "open_loop",
        "接报单各步骤须走完，请求须得到答复",
        "the steps of the duty ticket are due, and the answer to each request",
    ),
    "command_gap": (
        "command_gap",
        "险情发生后不久直至响应结束，须始终有人指挥",
        "from soon after a hazard has begun until the response ends, somebody must lead",
    ),
    "wrong_level": (
        "wrong_level",
        "须由研判等级所对应的层级牵头指挥",
        "who leads must be of the level of government that the judged grade asks for",
    ),
    "no_fallback": (
        "no_fallback",
        "信道中断的单位，须改用其他方式联通，或在恢复前自行处置",
        "whose channel fails must get through by another way, or carry on until it is back",
    ),
    "unacknowledged": (
        "unacknowledged",
        "收到指令、报告、通报，须签收回执",
        "whoever is sent an order, a report or a notice owes its receipt",
    ),
    "waiting_on_other": (
        "waiting_on_other",
        "任务或指令不应因其他单位而停滞",
        "no task or order should stand still because of somebody else",
    ),
    "duplicate_task": (
        "duplicate_task",
        "一方已下达且正在执行的任务，另一方不得重复下达",
        "what one body has ordered, another must not order again while it is being done",
    ),
    "conflicting_orders": (
        "conflicting_orders",
        "同一地点的群众只应接到一种指令，不得前后矛盾",
        "the people of a place must have one order, not two that say different things",
    ),
    "no_mandate": (
        "no_mandate",
        "须由他人下达的指令，应先得到其同意",
        "an order that somebody else must give needs that body's word first",
    ),
    "release_outside_chain": (
        "release_outside_chain",
        "对外发布的信息，须经有权发布的单位把关",
        "a statement must pass the body that may publish",
    ),
    "inconsistent_figures": (
        "inconsistent_figures",
        "各单位对外公布的数字须一致",
        "bodies that speak to the public must give the same figures",
    ),
    "published_beyond": (
        "wrong_level",
        "应由其他机关发布的信息不得越权发布，重大以上事件须由主要领导面对媒体",
        "what another body alone may publish is left to it, and a principal leader faces the press on a grave incident",
    ),
    "resource_mismatch": (
        "resource_mismatch",
        "外来支援队伍到来，须有人安排其所需保障",
        "whoever comes to help must be given what it needs",
    ),
    "unprotected_entry": (
        "unprotected_entry",
        "未加防护不得进入危险区，受伤的队伍此后无法再用",
        "nobody may enter danger without protection; the crew is missing from then on",
    ),
    "no_expert": (
        "no_expert",
        "技术性作业开始前，须先听取相应领域专家的意见",
        "technical work must not begin before an expert of its field was heard",
    ),
}
"""By module of :mod:`sim.assess.gaps`: the type of gap that it looks for, and what it asks for in both languages."""


def gap_rules(lang: str) -> list[str]:
    """Return a line for each kind of gap: its type, its name and what it asks for."""
    colon = "：" if lang == "zh" else ": "
    return [
        f"{kind}  {word(f'gap_{kind}', lang)}{colon}{zh if lang == 'zh' else en}" for kind, zh, en in RULES.values()
    ]
