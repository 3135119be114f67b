"""The registry of coordination parameters: what a run, a scenario or a sweep may set, with unit and range."""

from __future__ import annotations

from typing import NamedTuple

from sim.spec.base import Text

PROFILES = ("full", "strained", "surge", "network_outage", "three_outage")
"""Named states of a county's communications; what each means stands in the county file."""
GUESS = "guess; set it to what your county measures"
AS_FILE = "1 = as the county file says"


class Parameter(NamedTuple):
    """One parameter: what it stands for, its unit, default, range and the source of the default.

    Attributes:
        whole: Whether only whole numbers are allowed.
        names: Names of the values 0, 1, 2 ..., which may be given instead of the number; empty for a plain number.
    """

    name: str
    unit: str
    default: float
    low: float
    high: float
    whole: bool
    meaning: Text
    source: str
    names: tuple[str, ...] = ()

    def shown(self, value: float) -> str:
        """Return a value as people read it."""
        return self.names[int(value)] if self.names else f"{value:g}"


def _number(
    name: str, unit: str, default: float, low: float, high: float, zh: str, en: str, source: str = GUESS
) -> Parameter:
    return Parameter(name, unit, default, low, high, False, Text(zh=zh, en=en), source)


def _factor(name: str, zh: str, en: str, source: str = AS_FILE) -> Parameter:
    return _number(name, "x", 1.0, 0.0, 20.0, zh, en, source)


def _count(name: str, unit: str, default: int, high: int, zh: str, en: str, source: str = GUESS) -> Parameter:
    return Parameter(name, unit, float(default), 0.0, float(high), True, Text(zh=zh, en=en), source)


def _choice(name: str, names: tuple[str, ...], zh: str, en: str, source: str) -> Parameter:
    return Parameter(name, "choice", 0.0, 0.0, len(names) - 1.0, True, Text(zh=zh, en=en), source, names)


_COMMUNICATION = (
    _choice(
        "comms.profile",
        PROFILES,
        "通信保障状况",
        "state of the county's communications",
        "full = the county file without its profiles",
    ),
    _factor(
        "comms.delay_factor",
        "各通信渠道接通、通话和撰写时间的倍数",
        "factor on set-up, talk and writing times of all channels",
    ),
    _factor(
        "comms.loss_factor", "各通信渠道失败概率的倍数", "factor on the chance that an attempt to reach somebody fails"
    ),
    _factor(
        "comms.garbled_factor", "听错、抄错概率的倍数", "factor on the chance that a fact is misheard or miswritten"
    ),
    _choice(
        "comms.read_back",
        ("off", "on"),
        "口头通信是否复诵确认",
        "whether what is said by voice is read back",
        "off = as in most routine calls; a guess",
    ),
    _number(
        "comms.fallback",
        "share",
        0.9,
        0.0,
        1.0,
        "渠道不通时改用下一渠道的概率",
        "chance that a sender who cannot get through changes to its next channel",
    ),
    _factor(
        "comms.switch_factor", "切换渠道所需时间的倍数", "factor on the time that changing to another channel takes"
    ),
    _choice(
        "comms.priority",
        ("none", "queue", "preempt"),
        "紧急信息优先方式：无、排队优先、强拆",
        "whether urgent messages go first: not at all, at the head of the queue, or by cutting others off",
        "none = first come, first served",
    ),
    _count(
        "comms.chases",
        "times",
        1,
        5,
        "未签收时催问的次数",
        "how often a sender asks again whether a message was taken in",
    ),
    _number(
        "comms.chase_after",
        "min",
        10.0,
        0.0,
        120.0,
        "催问前等待的时长",
        "time that a sender waits for the receipt before it asks",
    ),
)
_DESKS = (
    _count(
        "duty.phone_lines",
        "lines",
        0,
        50,
        "县值班室电话线路数（0 = 按县文件）",
        "phone lines of the duty office (0 = as the county file says)",
        "the county file",
    ),
    _count(
        "desk.officers",
        "officers",
        0,
        20,
        "各值班席人数（0 = 按县文件）",
        "duty officers at each desk of the county (0 = as the county file says)",
        "the county file",
    ),
    _factor("desk.unanswered_factor", "无人接听概率的倍数", "factor on the chance that nobody answers a call"),
    _number(
        "desk.overload",
        "share per min",
        0.02,
        0.0,
        1.0,
        "信息每在值班席积压一分钟，阅办时间增加的比例",
        "share by which each minute that an item has lain unread lengthens its reading",
    ),
    _factor("staff.thinking_factor", "值班人员处置思考时间的倍数", "factor on the time that duty staff take to decide"),
    _number(
        "seat.thinking",
        "min",
        2.0,
        0.0,
        60.0,
        "策略席位回答提问所需的中位时长",
        "median time that a seat played by a policy takes to answer a question",
    ),
)
_APPROVALS = (
    _number(
        "release.approval_delay",
        "min",
        12.0,
        0.0,
        240.0,
        "信息发布在指挥部审批的中位时长",
        "median time a statement waits for approval at the command post",
    ),
    _number(
        "orders.approval_delay",
        "min",
        4.0,
        0.0,
        120.0,
        "无权单位请示指挥部的中位审批时长",
        "median time the command post takes to approve an order of a unit without mandate",
    ),
)
_MEASURES = (
    _number(
        "plan.key_delay",
        "min",
        0.0,
        0.0,
        720.0,
        "关键措施人为推迟的时间",
        "time by which the measure on which most depends is put off once it is decided",
        "0 = as decided",
    ),
)
_LIFELINES = (
    _factor("lifelines.battery_factor", "备用电池续航的倍数", "factor on how long batteries last"),
    _factor("lifelines.repair_factor", "抢修时间的倍数", "factor on the time that repair crews take"),
)
_INFORMATION = (
    _choice(
        "platform.on",
        ("off", "on"),
        "是否使用统一信息平台",
        "whether the unified information platform is used",
        "off; the plan says who enters and reads what",
    ),
    _number(
        "platform.sync_delay",
        "min",
        5.0,
        0.0,
        120.0,
        "平台同步间隔",
        "time between two synchronizations of the platform",
    ),
    _number(
        "platform.coverage",
        "share",
        1.0,
        0.0,
        1.0,
        "接入平台的席位比例（按县文件顺序）",
        "share of the desks that are on the platform, in the order of the county file",
    ),
    _number(
        "platform.entry",
        "s",
        30.0,
        0.0,
        600.0,
        "每条信息录入平台所需时间",
        "time that an officer takes to enter one fact",
    ),
    _count(
        "info.sources",
        "sources",
        0,
        5,
        "视为核实所需的独立来源数（0 = 仅现场核实）",
        "independent sources that must agree for a fact to count as verified (0 = only eyes on the spot)",
    ),
    _number("consultation.length", "min", 15.0, 0.0, 180.0, "一次会商的时长", "length of a joint consultation"),
)
_MONITORING = (
    Parameter(
        "monitoring.level",
        "choice",
        1.0,
        0.0,
        2.0,
        True,
        Text(
            zh="监测预警网络：无、按县文件、联网（联网后更快、漏报更少，但断电断网即失效）",
            en="monitors: none, as the county file says, or connected (faster, surer, blind without power and network)",
        ),
        "file = as the county file says",
        ("none", "file", "connected"),
    ),
)
_PUBLIC = (
    _factor(
        "public.calls_factor",
        "谣言引起的群众来电数量的倍数",
        "factor on the calls that a rumor brings to the duty office",
        "1 = as the scenario says",
    ),
)
REGISTRY: tuple[Parameter, ...] = (
    *_APPROVALS,
    *_MEASURES,
    *_COMMUNICATION,
    *_DESKS,
    *_LIFELINES,
    *_INFORMATION,
    *_MONITORING,
    *_PUBLIC,
)
BY_NAME = {parameter.name: parameter for parameter in REGISTRY}
