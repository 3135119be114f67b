"""Public information: outlets, monitoring, hotline, and what trust and fear do."""

from __future__ import annotations

from sim.spec.registry.base import choice, count, factor, number

PUBLIC = (
    factor(
        "public.calls_factor",
        "谣言引起的群众来电数量的倍数",
        "factor on the calls that a rumor brings to the duty office",
        "1 = as the scenario says",
    ),
    number(
        "public.trust",
        "share",
        1.0,
        0.0,
        1.0,
        "演练开始时群众对官方的信任（1 = 情景文件所设的服从与听信比例）",
        "trust of the public at the start; at 1 as many comply and heed as the scenario says",
    ),
    factor(
        "public.anxiety_effect",
        "焦虑对来电和自行撤离影响的倍数",
        "factor on what fear adds to calls and to leaving home unasked",
        "1 = the guesses of the model",
    ),
    number(
        "public.hoarding",
        "share",
        0.1,
        0.0,
        1.0,
        "人人极度恐慌时去抢购的人口比例",
        "share of the people who would buy up the shops if all were in utmost fear",
    ),
    number(
        "public.contradiction_cost",
        "share",
        0.07,
        0.0,
        1.0,
        "两家发布数字不一致时损失的信任比例",
        "share of the trust that is lost when two outlets give different figures",
    ),
)

OUTLETS = (
    number(
        "outlets.discipline",
        "share",
        0.8,
        0.0,
        1.0,
        "被记者问到时不自行发布数字、统一归口的概率",
        "chance that a body asked by journalists refers them to the one outlet and gives no figures of its own",
    ),
    number(
        "release.element_time",
        "min",
        1.0,
        0.0,
        30.0,
        "发布稿每多一项要素（举措、提示、热线、下次发布时间）多用的起草时间",
        "drafting time that each further element of a statement takes (measures, advice, hotline, next update)",
    ),
    number(
        "release.authority_delay",
        "min",
        45.0,
        0.0,
        480.0,
        "请有权机关批准发布其职权内信息的中位时长",
        "median time until the body that alone may publish something agrees to it",
    ),
    number(
        "conference.preparation",
        "min",
        60.0,
        0.0,
        720.0,
        "筹备新闻发布会的中位时长",
        "median time to prepare a press conference",
    ),
)

LISTENING = (
    count(
        "hotline.lines",
        "lines",
        4,
        100,
        "公布热线后可同时接听的线路数（0 = 无人接听，来电转总值班室）",
        "lines that are staffed once a hotline is published (0 = none, all call the duty office)",
    ),
    choice(
        "opinion.machine",
        ("off", "on"),
        "是否另用机器全天监测舆情",
        "whether a machine watches public opinion day and night besides people",
        "off = only the monitoring team that is sent; a guess",
    ),
    number(
        "opinion.false_alarms",
        "per h",
        0.25,
        0.0,
        12.0,
        "舆情监测每小时的误报次数",
        "false alarms of opinion monitoring in an hour of watching",
    ),
    number(
        "opinion.verify",
        "min",
        10.0,
        0.0,
        120.0,
        "人工核实一条舆情预警所需的时间",
        "time an officer needs to check one alarm of opinion monitoring",
    ),
)
