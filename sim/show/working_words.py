"""Words for how the work was done: command, watch, plan, warnings, and what came after the hazard."""

from __future__ import annotations

WORKING: dict[str, tuple[str, str]] = {
    "sec_working": ("指挥、值守、预案与预警", "Command, watch, plan and warnings"),
    # --- command
    "command_measures": ("现场指挥", "Command"),
    "unled": ("无人指挥时长", "without a leader"),
    "unled_how": ("险情已在而无人牵头指挥", "time in which there was a hazard and nobody led"),
    "hand_overs": ("指挥权移交", "handed over"),
    "hand_overs_how": ("移交次数；交接时共传达情况 {facts} 条", "times; {facts} facts were passed on in briefings"),
    "activated": ("首次启动响应", "first activated"),
    "activated_how": (
        "自情景起始；其后失效 {lapsed} 次",
        "after the start of the scenario; lapsed {lapsed} times since",
    ),
    "decided_below": ("越权启动", "decided below rank"),
    "decided_below_how": (
        "由无权职级决定启动响应的次数；呼叫领导无人接听：{vain} 次",
        "levels activated by a rank below the one whose right it is; calls to leaders in vain: {vain}",
    ),
    "returned_orders": ("退回指令", "orders returned"),
    "returned_orders_how": (
        "报批未准而退回；未经批准即下达 {unauthorized} 次",
        "sent back instead of approved; given without approval: {unauthorized}",
    ),
    "unmandated": ("无令行动", "without a mandate"),
    "unmandated_how": (
        "不知响应已启动即接手的先期处置以外的任务",
        "tasks beyond the first response that were taken up before the response was known to be active",
    ),
    "conflicting": ("矛盾指令", "conflicting orders"),
    "conflicting_how": (
        "对同一地点群众的相反指令；另有争议任务 {disputed} 项",
        "orders to the people of one place that said different things; tasks disputed: {disputed}",
    ),
    # --- the watch
    "watch_measures": ("应急值守", "The watch"),
    "calls": ("呼叫次数", "calls"),
    "calls_how": (
        "按值班表逐人呼叫；接通 {reached}，无人接听 {unanswered} 次",
        "attempts to reach somebody of a roster; {reached} got through, {unanswered} were not answered",
    ),
    "escalated": ("逐级呼叫占比", "passed on"),
    "escalated_how": ("打给首位值班员以外人员的呼叫", "calls to anybody but the first on duty"),
    "checks": ("值班抽查", "checks of the watch"),
    "checks_how": (
        "抽查次数；首呼即应答 {answered}，答对带班领导 {named}",
        "checks; answered at the first call {answered}, leader on shift named rightly {named}",
    ),
    # --- the plan
    "carrying_out": ("预案执行", "Carrying out the plan"),
    "execution": ("按时执行率", "in time"),
    "execution_how": (
        "真实态势下应执行的 {due} 项任务中按时开始的；从未开始 {never} 项",
        "of {due} tasks that the true situation asked for; never begun: {never}",
    ),
    "deviation": ("次序偏离", "out of order"),
    "deviation_how": (
        "有先后要求的任务对中，后一步先做或前一步未做",
        "of the pairs of steps that have an order, those with the later one first or alone",
    ),
    "informed": ("知情执行率", "informed"),
    "informed_how": (
        "开始时已掌握预案所需情况；遗忘 {forgotten} 项",
        "begun by an owner who held what the plan says he needs; tasks forgotten: {forgotten}",
    ),
    "right_plan": ("预案适用", "right plan"),
    "right_plan_how": ("启动的是针对本类事件的预案", "the response was activated under the plan for this kind"),
    "right_level": ("级别适当", "right level"),
    "right_level_how": (
        "最后级别与真实态势下预案要求一致",
        "the last level is the one that the plan asks for as things truly are",
    ),
    "improvised": ("临机补位率", "improvised"),
    "improvised_how": (
        "预案未覆盖的 {uncovered} 项功能中，临机有人承担的",
        "of {uncovered} functions that the plan does not see to, those that somebody saw to all the same",
    ),
    # --- warnings
    "warned": ("预警发布与响应", "Warnings and who acted on them"),
    "warned_hint": (
        "提前量按该地点（未指明地点的按首个村点）遇险计，负数为险情之后；"
        "责任人叫应 {confirmed}/{cells}，其中 30 分钟内 {share}。",
        "Lead: minutes before danger reached that place, or the first of all where none is named; negative after it. "
        "Of {cells} calls to people responsible for a place, {confirmed} were confirmed; within 30 minutes of the "
        "order: {share}.",
    ),
    "warned_by": ("来源", "from"),
    "warned_what": ("内容", "what"),
    "warned_at": ("时间", "at"),
    "warned_value": ("{fact}：{value}", "{fact}: {value}"),
    "warned_falsely": ("{what}（误报）", "{what} (false alarm)"),
    "warned_acted": ("首次行动", "first acted on"),
    "lead_min": ("提前量（分）", "lead, min"),
    "monitors": ("监测设备", "Monitors"),
    "monitors_hint": ("失明为断电断网而无显示。", "Blind: it showed nothing for want of power or network."),
    "monitor": ("设备", "monitor"),
    "true_alarms": ("真报警", "true alarms"),
    "false_alarms": ("误报", "false alarms"),
    "missed_alarms": ("漏报", "missed"),
    "blind_min": ("失明（分）", "blind, min"),
    "ahead": ("防护指令与险情先后", "Protective orders against the danger"),
    "ahead_hint": (
        "覆盖为预警送达人数；防护措施代价折合死亡 {measures} 人，险情所致 {harm} 人"
        "（转移 {displaced} 人时，关窗避险 {sheltered} 人时，封控 {closure} 小时）。",
        "Reached: people whom warnings reached. In equivalents of one death, measures cost {measures} and the hazard "
        "{harm} ({displaced} person-hours away from home, {sheltered} indoors, {closure} hours of closures).",
    ),
    "inhabited_place": ("村点", "place"),
    "measure_taken": ("措施", "measure"),
    "ordered_at": ("首次下令", "first ordered"),
    "danger_at": ("险情到达", "danger came"),
    "people_reached": ("覆盖", "reached"),
    "protect_shelter": ("关窗避险", "shelter"),
    "protect_evacuate": ("疏散转移", "evacuate"),
    "protect_withdraw": ("撤离", "withdraw"),
    # --- afterwards
    "afterwards": ("善后", "Afterwards"),
    "after_how": ("自险情解除起", "after the end of the hazard"),
    "after_ended": ("宣布响应结束", "response declared over"),
    "after_home": ("首批群众返回", "first people home"),
    "after_families": ("安抚家属（{people} 人）", "families cared for ({people} people)"),
    "after_remains": ("遗体处置", "remains cared for"),
    "after_environment": ("环境监测处置", "environment seen to"),
    "after_psychology": ("心理援助", "psychological care"),
    "after_services": ("恢复公共服务", "services restored"),
    "after_named": ("家属得知身份不明亲人下落（{people} 人）", "families told where theirs are ({people} nameless)"),
    "after_named_how": ("自发现该人起，平均", "after somebody was found, on the mean"),
}
"""Chinese and English by key."""
