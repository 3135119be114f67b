"""Who sits at the desks, how long they think, and whom they must ask."""

from __future__ import annotations

from sim.spec.registry.base import count, factor, number

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
