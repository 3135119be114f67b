"""Those who help: other governments, troops, society, the grid, the enterprise, key units."""

from __future__ import annotations

from sim.spec.registry.base import choice, count, factor, number

AID = (
    choice(
        "aid.agreement",
        ("file", "none", "all"),
        "与外部力量的互助协议：按县文件、均无、均有",
        "agreements on mutual aid: as the county file says, none, or with everybody",
        "file = as the county file says",
    ),
    factor("aid.muster_factor", "外部力量集结时间的倍数", "factor on the time that helpers take to get ready"),
    choice(
        "military.direct_request",
        ("urgent", "never"),
        "紧急险情下可否直接请求部队：可以、一律经县人武部",
        "whether troops may be asked directly: in urgent danger, or never",
        "urgent = regulations on the army in disaster relief 2005, art. 4",
    ),
)

VOLUNTEERS = (
    choice(
        "volunteers.registration",
        ("point", "none", "beforehand"),
        "社会力量登记：现场登记点、不登记、平时登记造册（不自行前往）",
        "registration of forces of society: at a point on arrival, not at all, or before (then they wait for a call)",
        "point = as the plans say",
    ),
    number(
        "volunteers.registration_time",
        "min",
        6.0,
        0.0,
        120.0,
        "每支队伍登记、安全交底所需时间",
        "time that registering and briefing a force takes",
    ),
    number(
        "volunteers.approval",
        "min",
        10.0,
        0.0,
        480.0,
        "社会力量参与救援的审批时间（简易审批为 0）",
        "time until a force of society is approved (0 = simple approval)",
    ),
    factor(
        "volunteers.spontaneous",
        "自行前来的车流量的倍数",
        "factor on the vehicles of those who come by themselves",
    ),
)

GRID = (
    number(
        "grid.coverage",
        "share",
        0.5,
        0.0,
        1.0,
        "网格长能自行发现险情并先行组织的网格比例",
        "share of grid cells whose leader notices danger by himself and acts before he is told",
    ),
    number(
        "grid.notice",
        "min",
        8.0,
        0.0,
        240.0,
        "网格长发现险情所需的中位时长",
        "median time until a grid leader notices danger in his place",
    ),
    number(
        "grid.help_time",
        "min",
        6.0,
        0.0,
        120.0,
        "一个网格小组转移一名行动不便人员所需时间",
        "time that a team of a cell takes to bring out one person who needs help to leave",
    ),
)

ENTERPRISE = (
    number(
        "enterprise.report_delay",
        "min",
        0.0,
        0.0,
        2880.0,
        "企业迟报的时间",
        "time by which the owner of the site tells the county later than the scenario says",
        "0 = as the scenario says",
    ),
    factor(
        "enterprise.team_quality",
        "企业自救队伍成功概率的倍数",
        "factor on the chance that the owner's own team succeeds",
        "1 = as the scenario says",
    ),
)

MINE_RESCUE = (
    number(
        "mine.alarm",
        "min",
        0.0,
        0.0,
        2880.0,
        "矿方推迟召请协议救护队的时间",
        "time by which a mine calls the rescue team under contract later than the scenario says",
        "0 = as the scenario says",
    ),
    number(
        "mine.gas_test",
        "min",
        10.0,
        0.0,
        240.0,
        "救护队入井前检测气体所需时间",
        "time that a mine-rescue crew tests for gas before it goes in for the first time",
    ),
)

KEY_UNITS = (
    count(
        "keyunits.within",
        "km",
        5,
        500,
        "通知险情时覆盖重点单位的半径",
        "distance from the site within which key units are told of an incident",
    ),
)
