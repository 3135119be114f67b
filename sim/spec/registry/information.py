"""How what is known comes together: platform, sources, consultation, monitors."""

from __future__ import annotations

from sim.spec.base import Text
from sim.spec.registry.base import Parameter, choice, count, number

INFORMATION = (
    choice(
        "platform.on",
        ("off", "on"),
        "是否使用统一信息平台",
        "whether the unified information platform is used",
        "off; the plan says who enters and reads what",
    ),
    number(
        "platform.sync_delay",
        "min",
        5.0,
        0.0,
        120.0,
        "平台同步间隔",
        "time between two synchronizations of the platform",
    ),
    number(
        "platform.coverage",
        "share",
        1.0,
        0.0,
        1.0,
        "接入平台的席位比例（按县文件顺序）",
        "share of the desks that are on the platform, in the order of the county file",
    ),
    number(
        "platform.entry",
        "s",
        30.0,
        0.0,
        600.0,
        "每条信息录入平台所需时间",
        "time that an officer takes to enter one fact",
    ),
    count(
        "info.sources",
        "sources",
        0,
        5,
        "视为核实所需的独立来源数（0 = 仅现场核实）",
        "independent sources that must agree for a fact to count as verified (0 = only eyes on the spot)",
    ),
    number("consultation.length", "min", 15.0, 0.0, 180.0, "一次会商的时长", "length of a joint consultation"),
)

MONITORING = (
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
