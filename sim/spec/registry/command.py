"""Command: who leads and decides, how orders are checked, and how bodies conduct themselves."""

from __future__ import annotations

from sim.spec.registry.base import choice, count, factor, number

LEADING = (
    choice(
        "command.first_on_scene",
        ("on", "off"),
        "首到力量是否先行指挥",
        "whether the crew that is first on the scene leads until somebody takes over",
        "on: the unit concerned and those who come first act at once (Emergency Response Law 2024 arts. 77 and 78)",
    ),
    number(
        "command.unled_delay",
        "min",
        8.0,
        0.0,
        120.0,
        "现场无人指挥时，各队自行商定分工所需的时间",
        "time that crews at a hazard take to agree on who does what while nobody leads",
    ),
    number(
        "command.briefing",
        "min",
        4.0,
        0.0,
        60.0,
        "指挥权交接时当面或电话交底的时长（0 = 不交底）",
        "length of the briefing at a hand-over of command (0 = none, and nothing is passed on)",
    ),
    count(
        "command.deputies",
        "persons",
        1,
        2,
        "决策人联系不上时可依次代行的人数（AB 岗）",
        "how many others may decide, one after another, where the one who decides cannot be reached",
    ),
    factor(
        "command.absence", "决策人联系不上的概率倍数", "factor on the chance that whoever decides cannot be reached"
    ),
    number(
        "command.call",
        "min",
        2.0,
        0.0,
        60.0,
        "每次联系决策人未果所费时间",
        "time that each vain attempt to reach whoever decides takes",
    ),
    number(
        "command.superior_arrival",
        "min",
        90.0,
        0.0,
        1440.0,
        "上级工作组从得知事件等级到抵达的时间",
        "time from when the level above knows the grade until its working group is there",
    ),
)

ORDERS = (
    choice(
        "command.unified",
        ("on", "off"),
        "指挥部是否核对并退回相互冲突的命令",
        "whether an order that conflicts with a standing one of another body is returned",
        "on: one post commands all who enter the scene (Emergency Response Law 2024 art. 72)",
    ),
    choice(
        "command.mandate_first",
        ("off", "on"),
        "跨部门调用资源是否须待启动响应（先有令后行动）",
        "whether departments wait for the response to be activated before they spend resources beyond the first "
        "response",
        "off; a guess",
    ),
    number(
        "command.cycle",
        "min",
        0.0,
        0.0,
        720.0,
        "启动响应后指挥部收集情况并下达部署的周期（0 = 不定期）",
        "period in which the command post gathers reports and passes the situation on (0 = none)",
        "0; a guess",
    ),
    number(
        "conduct.bypass",
        "share",
        0.0,
        0.0,
        1.0,
        "无权单位不经请示直接下令的概率",
        "chance that a body without the mandate gives an order without asking",
        "0 = nobody does; a guess",
    ),
    number(
        "conduct.shirking",
        "share",
        0.0,
        0.0,
        1.0,
        "部门对预案任务推诿、须指挥部明确后才办理的概率",
        "chance that a department says a task of the plan is not its own, until the command post has said it is",
        "0 = nobody does; a guess",
    ),
)

AFTERMATH = (
    count(
        "aftermath.teams",
        "teams",
        4,
        100,
        "善后工作组的小组数（家属接待、遗体处理、心理援助）",
        "teams that look after families, remains and people in need of help",
    ),
)

IMPACT = (
    choice(
        "impact.first",
        ("off", "on"),
        "下令疏散前是否先做影响评估",
        "whether an order to evacuate waits for an impact assessment",
        "off; a guess",
    ),
    number(
        "impact.length",
        "min",
        15.0,
        0.0,
        240.0,
        "一次影响评估的时长",
        "length of an impact assessment",
    ),
    number(
        "impact.left_behind",
        "share",
        0.5,
        0.0,
        1.0,
        "未经评估即疏散时，无自行转移能力者被遗漏的比例",
        "share of those who cannot leave by themselves who are forgotten in an evacuation that was not assessed",
    ),
    number(
        "impact.shadow",
        "share",
        0.03,
        0.0,
        1.0,
        "未经评估即疏散时，相邻地点未被要求而自行撤离的人口比例",
        "share of the people of neighboring places who leave without being asked, in an evacuation that was not "
        "assessed",
        "guess; shadow evacuation was far larger in published cases of the 1970s, and smaller where orders said "
        "exactly who was meant",
    ),
)
