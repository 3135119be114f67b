"""What the ledger says of a finding: the problem, the measure and the change of the plan, in both languages."""

from __future__ import annotations

PROBLEMS: dict[str, tuple[str, str]] = {
    "unacknowledged": ("{sender}发给{to}的信息未按时签收", "{to} did not acknowledge in time what {sender} sent"),
    "open_loop": ("{sender}应由{to}办理或答复的事项未按时闭环", "what {to} owed {sender} an answer on stayed open"),
    "orphan_task": ("预案任务“{about}”未按时有人承担", "nobody took up in time a task of the plan: {about}"),
    "duplicate_task": ("同一任务被重复派出：{about}", "the same task was given out twice: {about}"),
    "conflicting_orders": ("{to}和{sender}下达了相互矛盾的命令", "{to} and {sender} gave contradicting orders"),
    "no_mandate": ("{to}未经授权、未经请示下达命令", "{to} gave orders without the mandate and without asking"),
    "stale_fact": ("{to}未按时掌握“{about}”", "{to} did not hold in time what it needed to know: {about}"),
    "inconsistent_figures": ("{to}与{sender}对外公布的数字不一致", "{to} and {sender} published different figures"),
    "release_outside_chain": ("{to}未经审批对外发布信息", "{to} published without approval"),
    "waiting_on_other": ("{sender}的任务停下等待{to}：{about}", "work of {sender} waited for {to}: {about}"),
    "waiting_on_other_alone": ("{to}的任务停下等待：{about}", "work of {to} stood still and waited for: {about}"),
    "open_loop_alone": ("{to}的值班事项未按时闭环：{about}", "{to} left a step of the duty ticket open: {about}"),
    "wrong_level": ("{to}应牵头或应发布而缺位、越权", "{to} should have led or published, and another body did"),
    "missed_notification": (
        "危险到达后群众未及时得到避险通知",
        "danger came and people were not told in time what to do",
    ),
    "missed_notification_rule": ("{to}未按时办理“{about}”", "{to} did not tell in time whom it must tell: {about}"),
    "resource_mismatch": ("外来队伍的{about}保障无人安排", "nobody arranged for teams from outside: {about}"),
    "command_gap": ("险情发生后一段时间无人指挥", "for a time nobody led the response"),
    "no_fallback": ("{sender}至{to}通信中断后未及时切换", "{sender} did not change channel to {to} in time"),
    "no_expert": ("{to}未经专家研判即开展技术处置", "technical work of {to} began before an expert was heard"),
    "unprotected_entry": ("{to}队伍无防护进入危险区", "crews of {to} entered danger without protection"),
    "milestone": ("关键节点“{about}”超时或未达到", "a milestone was late or never came: {about}"),
    "veto": ("触发一票限分：{about}", "the total was capped: {about}"),
    "other": ("{to}与{sender}之间的协同义务未按时履行", "a duty between {to} and {sender} was not met in time"),
}
"""The problem by type. ``to`` is who had to act, ``sender`` the other end, ``about`` what it is about.

Of a type with ``_alone`` after it, that is said where only one body is concerned.
"""

MEASURES: dict[str, tuple[str, str]] = {
    "channel_lost": (
        "为该信息链路指定备用渠道和切换时限，每月测试一次",
        "name a second channel for this link and when to change to it; test both every month",
    ),
    "desk_busy": (
        "高峰期增派值班人员或线路，明确急报优先接听规则",
        "add an officer or a line at peak load, and say which calls go first",
    ),
    "approval": (
        "对时限紧的事项预先授权，明确审批人不在位时的代行人",
        "delegate what cannot wait, and name who approves when the approver is away",
    ),
    "not_told": (
        "把该项信息列入掌握方的必报清单，注明接收单位和时限",
        "put the fact on the list of what its holder must report, with addressee and limit",
    ),
    "not_asked": (
        "把该项列入接报询问清单，到时未收到即主动追问",
        "put it on the checklist of questions, and ask when it has not come by its limit",
    ),
    "wrong_picture": (
        "关键情况须经第二来源核实，变化后立即更正并通报",
        "check key facts with a second source; correct and tell at once when they change",
    ),
    "decision": (
        "明确触发条件和拍板人，开展针对该决策点的桌面训练",
        "write down what triggers it and who decides; train this decision at the table",
    ),
    "no_unit": (
        "核定队伍数量，签订增援协议并明确调用程序",
        "review how many teams are needed; agree on mutual aid and how to call it",
    ),
    "other_unit": (
        "明确先后衔接和交接信号，相关单位同步出动、联合演练",
        "settle who goes first and how work is handed over; call both out together and drill it jointly",
    ),
    "not_in_plan": ("把该项任务补入预案，明确责任单位和时限", "add it to the plan, with an owner and a limit"),
    "other": ("查明原因后明确责任单位、流程和时限", "find the cause; then settle owner, steps and limit"),
}
"""What to do about it, by root cause."""

PLAN_CHANGES: dict[str, tuple[str, str]] = {
    "orphan_task": (
        "预案任务分工表：核对“{about}”的责任单位、触发条件和时限",
        "responsibility table: owner, trigger and limit of {about}",
    ),
    "stale_fact": (
        "预案信息通报表：由掌握方按时限向{to}通报“{about}”",
        "notification table: who tells {to}, and by when: {about}",
    ),
    "missed_notification": (
        "预案避险通知：预设触发条件、通知方式和回执",
        "protective orders: trigger, ways and confirmation",
    ),
    "no_mandate": (
        "预案授权条款：明确紧急情况下可先行下达的命令",
        "mandates: which orders may be given first in an emergency",
    ),
    "command_gap": ("预案指挥条款：明确首位指挥人和交接程序", "command: who leads first, and how it is handed over"),
    "wrong_level": (
        "预案指挥条款：明确上级接管和发布权限",
        "command: when the level above takes over, and who may publish",
    ),
    "conflicting_orders": (
        "预案指挥条款：明确同一地点群众避险只由一个口下令",
        "command: one body alone orders people of a place",
    ),
    "release_outside_chain": ("预案信息发布条款：统一出口和审批人", "public information: one outlet and its approver"),
    "inconsistent_figures": ("预案信息发布条款：统一数字来源和更新时间", "public information: one source of figures"),
    "no_fallback": (
        "预案通信保障：备用渠道清单和切换时限",
        "communications: list of second channels and when to change",
    ),
    "no_expert": ("预案专家支撑：技术处置前的专家会商程序", "experts: whom to hear before technical work begins"),
    "waiting_on_other": ("预案协同程序：{sender}与{to}同步出动和交接", "joint procedure of {sender} and {to}"),
    "resource_mismatch": (
        "预案保障条款：外来队伍{about}由谁安排",
        "logistics: who arranges for teams from outside: {about}",
    ),
}
"""The part of the plan to look at, by type; none for the others."""
