"""Who sits at the desks, how long they think, and whom they must ask."""

from __future__ import annotations

from sim.spec.registry.base import choice, count, factor, number

ROSTERS = ("full", "no_deputy", "no_leader", "officer_only")
"""Who of the roster of a desk is there: all, or without deputy, leader on shift, or both."""

DESKS = (
    count(
        "duty.phone_lines",
        "lines",
        0,
        50,
        "县值班室电话线路数（0 = 按县文件）",
        "phone lines of the duty office (0 = as the county file says)",
        "the county file",
    ),
    count(
        "desk.officers",
        "officers",
        0,
        20,
        "各值班席人数（0 = 按县文件）",
        "duty officers at each desk of the county (0 = as the county file says)",
        "the county file",
    ),
    choice(
        "duty.roster",
        ROSTERS,
        "各值班席带班与副班到岗情况：全员、缺副班、缺带班领导、仅值班员",
        "who of each desk's roster is there: all, no deputy, no leader on shift, or the duty officer only",
        "full = the county file's rosters",
    ),
    number(
        "duty.fatigue",
        "share per h",
        0.0,
        0.0,
        0.2,
        "值班满 6 小时后，每多一小时接听概率下降的比例",
        "share by which each hour on watch after the sixth lowers the chance that a call is picked up",
        "0 = nobody tires; a guess",
    ),
    count(
        "duty.spot_checks",
        "checks",
        0,
        50,
        "演练期间上级随机电话抽查值班的次数",
        "calls by which the body above the county checks desks at moments and desks drawn by luck",
        "0 = none; set it to train the watch",
    ),
    number(
        "duty.list_known",
        "share",
        0.95,
        0.0,
        1.0,
        "接听人员能答出当日带班领导的概率",
        "chance that whoever picks up can name the leader on shift of the day",
    ),
    factor("desk.unanswered_factor", "无人接听概率的倍数", "factor on the chance that nobody answers a call"),
    number(
        "desk.overload",
        "share per min",
        0.02,
        0.0,
        1.0,
        "信息每在值班席积压一分钟，阅办时间增加的比例",
        "share by which each minute that an item has lain unread lengthens its reading",
    ),
    factor("staff.thinking_factor", "值班人员处置思考时间的倍数", "factor on the time that duty staff take to decide"),
    number(
        "seat.thinking",
        "min",
        2.0,
        0.0,
        60.0,
        "策略席位回答提问所需的中位时长",
        "median time that a seat played by a policy takes to answer a question",
    ),
)

APPROVALS = (
    number(
        "release.approval_delay",
        "min",
        12.0,
        0.0,
        240.0,
        "信息发布在指挥部审批的中位时长",
        "median time a statement waits for approval at the command post",
    ),
    number(
        "orders.approval_delay",
        "min",
        4.0,
        0.0,
        120.0,
        "无权单位请示指挥部的中位审批时长",
        "median time the command post takes to approve an order of a unit without mandate",
    ),
)
