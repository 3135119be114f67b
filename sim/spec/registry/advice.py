"""Counsel and care: how fast hospitals make room, what experts and the adviser are worth."""

from __future__ import annotations

from sim.spec.registry.base import choice, factor, number

HOSPITALS = (
    factor(
        "hospital.surge_staff",
        "医院能召回的待班人员数的倍数（决定能扩充几步床位）",
        "factor on the staff whom a hospital can call in, which limits the steps in which it opens bays and beds",
    ),
    factor(
        "hospital.surge_time",
        "医院每步扩充床位所需时间的倍数",
        "factor on the time that a hospital takes for each step of opening bays and beds",
    ),
)

EXPERTS = (
    factor(
        "experts.callout_factor", "专家响应（到位研判）时间的倍数", "factor on the time until an expert has an answer"
    ),
    number(
        "experts.without",
        "x",
        1.2,
        1.0,
        5.0,
        "未经专家研判即开展技术处置时，作业时间的倍数",
        "factor on the time of technical work that begins before an expert of its field was heard",
    ),
)

ADVISER = (
    choice(
        "adviser.on",
        ("off", "on"),
        "决策点是否提供智能研判建议（按该席位掌握的情况推演）",
        "whether an adviser tells seats at their questions what to expect and to choose, by what the seat holds",
        "off",
    ),
    number(
        "adviser.accuracy",
        "share",
        0.8,
        0.0,
        1.0,
        "智能研判由所掌握情况正确推出结论的比例",
        "how often the adviser works out rightly what follows from what the seat holds",
    ),
    number(
        "adviser.checking",
        "share",
        0.5,
        0.0,
        1.0,
        "程序代演的席位采纳建议前先行核查的比例",
        "share of advice that seats played by a policy check before they follow it",
    ),
    number(
        "adviser.check_time",
        "min",
        5.0,
        0.0,
        60.0,
        "核查一条建议所需时间",
        "time that an officer takes to check advice",
    ),
)
