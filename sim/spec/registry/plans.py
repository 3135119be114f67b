"""How well the plan is followed: as a paper and by those who own its tasks."""

from __future__ import annotations

from sim.spec.base import Text
from sim.spec.registry.base import Parameter, choice, number

AS_PLAN = "as the plan's file says"

PLANS = (
    number(
        "plan.follow",
        "share",
        1.0,
        0.0,
        1.0,
        "对合格预案，责任单位到时即想起任务的概率",
        "chance that an owner thinks of a due task at once, with a good plan",
        "1 = everybody knows the plan; lower it for desks that never trained with it; a guess",
    ),
    Parameter(
        "plan.review",
        "choice",
        0.0,
        0.0,
        2.0,
        True,
        Text(zh="预案是否经专家评审：按预案文件、已评审、未评审", en="whether experts reviewed the plan"),
        f"file = {AS_PLAN}",
        ("file", "reviewed", "unreviewed"),
    ),
    number(
        "plan.age",
        "years",
        0.0,
        0.0,
        30.0,
        "在预案文件所载修订日期之外再加的年数",
        "years by which the last revision lies further back than the plan's file says",
        f"0 = {AS_PLAN}",
    ),
    number(
        "plan.fitness",
        "x",
        1.0,
        0.0,
        1.0,
        "预案与本县现状相符程度的倍数",
        "factor on how well the plan fits the county as it is",
        f"1 = {AS_PLAN}",
    ),
    number(
        "plan.recall",
        "min",
        30.0,
        0.0,
        720.0,
        "未及时想起的任务，平均多久后才想起",
        "mean time until an owner thinks of a task that was not remembered at once",
    ),
    choice(
        "plan.tell",
        ("as_ordered", "all"),
        "是否主动告知任务的协助单位和应知单位：仅按指令、全部告知",
        "whom owners tell that a task is being done: those whom its orders reach, or all who help or must be told",
        "as_ordered = helpers are expected to know the plan",
    ),
)
