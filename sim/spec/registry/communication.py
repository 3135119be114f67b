"""How people reach each other."""

from __future__ import annotations

from sim.spec.registry.base import choice, count, factor, number

PROFILES = ("full", "strained", "surge", "network_outage", "three_outage")
"""Named states of a county's communications; what each means stands in the county file."""

COMMUNICATION = (
    choice(
        "comms.profile",
        PROFILES,
        "通信保障状况",
        "state of the county's communications",
        "full = the county file without its profiles",
    ),
    factor(
        "comms.delay_factor",
        "各通信渠道接通、通话和撰写时间的倍数",
        "factor on set-up, talk and writing times of all channels",
    ),
    factor(
        "comms.loss_factor", "各通信渠道失败概率的倍数", "factor on the chance that an attempt to reach somebody fails"
    ),
    factor(
        "comms.garbled_factor", "听错、抄错概率的倍数", "factor on the chance that a fact is misheard or miswritten"
    ),
    choice(
        "comms.read_back",
        ("off", "on"),
        "口头通信是否复诵确认",
        "whether what is said by voice is read back",
        "off = as in most routine calls; a guess",
    ),
    number(
        "comms.fallback",
        "share",
        0.9,
        0.0,
        1.0,
        "渠道不通时改用下一渠道的概率",
        "chance that a sender who cannot get through changes to its next channel",
    ),
    factor(
        "comms.switch_factor", "切换渠道所需时间的倍数", "factor on the time that changing to another channel takes"
    ),
    choice(
        "comms.priority",
        ("none", "queue", "preempt"),
        "紧急信息优先方式：无、排队优先、强拆",
        "whether urgent messages go first: not at all, at the head of the queue, or by cutting others off",
        "none = first come, first served",
    ),
    count(
        "comms.chases",
        "times",
        1,
        5,
        "未签收时催问的次数",
        "how often a sender asks again whether a message was taken in",
    ),
    number(
        "comms.chase_after",
        "min",
        10.0,
        0.0,
        120.0,
        "催问前等待的时长",
        "time that a sender waits for the receipt before it asks",
    ),
)
