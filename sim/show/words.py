"""Every word of figures and reports that is not in a specification file, in Chinese and English."""

from __future__ import annotations

from sim.show.coded_words import CODED
from sim.show.counsel_words import COUNSEL
from sim.show.document_words import DOCUMENT
from sim.show.figure_words import FIGURE
from sim.show.information_words import INFORMATION
from sim.show.map_words import MAP
from sim.show.reporting_words import REPORTING
from sim.show.resource_words import RESOURCES
from sim.show.site_words import SITES
from sim.show.supplies_words import SUPPLIES
from sim.show.working_words import WORKING

WORDS: dict[str, tuple[str, str]] = {
    # --- the exercise and its report
    "mark": ("【演练】", "EXERCISE"),
    "mark_long": ("【演练】本报告内容均为演练虚构", "EXERCISE · everything in this report is fictitious"),
    "report": ("演练评估报告", "Exercise evaluation report"),
    "facts_of_run": ("演练基本情况", "The exercise"),
    "name": ("名称", "name"),
    "summary": ("情景概要", "scenario"),
    "county": ("演练地点", "place"),
    "plan_used": ("依据预案", "plan"),
    "starts": ("情景起始时间", "scenario starts"),
    "duration": ("情景时长", "duration"),
    "seed": ("随机种子", "seed"),
    "policy": ("席位决策方式", "seats played by"),
    "seats": ("真人席位", "seats held by persons"),
    "no_seats": ("无（全部由程序代演）", "none (all played by the program)"),
    "overrides": ("改动的协同参数", "changed parameters"),
    "no_overrides": ("无（均为默认值）", "none (all at their defaults)"),
    "seal": ("封存情景校验码", "commitment of the sealed scenario"),
    "digests": ("文件校验码（SHA-256 前 16 位）", "digests (first 16 digits of SHA-256)"),
    "versions": ("软件版本", "versions"),
    "events_digest": ("事件记录", "event record"),
    "references_digest": ("对照运行", "reference runs"),
    "scenario": ("情景", "scenario"),
    "county_file": ("县情", "county"),
    "plan": ("预案", "plan"),
    "rules": ("时限规则", "rules"),
    "rubric": ("评分表", "rubric"),
    "trace": ("轨迹数据", "trace"),
    "yes": ("是", "yes"),
    "no": ("否", "no"),
    "none": ("无", "none"),
    "all_places": ("各村点", "every place"),
    # --- headline
    "headline": ("总体结论", "In short"),
    "total": ("总分", "total"),
    "of_100": ("满分 100", "of 100"),
    "response_speed": ("响应速度", "response speed"),
    "coordination": ("统筹协调", "coordination"),
    "outcome_ratio": ("处置成效", "outcome"),
    "outcome_how": ("0 = 无人指挥，1 = 理想标尺", "0 = nobody acts, 1 = ideal yardstick"),
    "outcome_missing": ("缺少对照运行，或两把标尺相距过近", "no reference runs, or the yardsticks lie too close"),
    "vetoes": ("一票限分", "caps"),
    "veto_cap": ("总分上限 {cap}", "total capped at {cap}"),
    "no_vetoes": ("未触发一票限分项", "no cap applied"),
    "gap_count": ("协同缺口", "coordination gaps"),
    "gap_sum": ("缺口 {count} 处，合计 {minutes} 分钟", "{count} gaps, {minutes} minutes in all"),
    "deaths": ("死亡", "deaths"),
    "late_count": ("关键节点", "milestones"),
    "late_sum": (
        "节点：按时 {good}，超时 {late}，未达到 {never}",
        "milestones: {good} in time, {late} late, {never} never",
    ),
    # --- sections
    "sec_timeline": ("过程回顾：时间线", "What happened: timeline"),
    "sec_milestones": ("关键节点与时限", "Milestones against their limits"),
    "sec_knowledge": ("谁在何时知道什么", "Who knew what, and when"),
    "gaps_prices": (
        "补上缺口可减少的损失（折合死亡人数，括号内为 95% 区间）",
        "What closing a gap saves (equivalents of one death, with 95 % intervals)",
    ),
    "sec_gaps": ("协同缺口及成因", "Coordination gaps and their causes"),
    "sec_decisions": ("席位决策", "Decisions"),
    "sec_notes": ("评估与观察记录", "Notes of evaluators and observers"),
    "sec_acts": ("导调操作与席位自主指令", "What the trainer did, and orders besides the questions"),
    "sec_harm": ("损失与标尺对照", "Harm against the yardsticks"),
    "sec_ladder": ("与模拟班组比较", "Among simulated crews"),
    "ladder_how": (
        "各班组由程序扮演，情景、运气和导调操作与本次相同，只有班组人员不同；括号内为 95% 区间，只反映班组抽样。",
        "The program played the crews: the scenario, the luck and what the trainer did are those of this run, only the "
        "staff differ. In brackets 95 % intervals, which tell the chance of sampling crews alone.",
    ),
    "sec_objectives": ("演练目标与各维度得分", "Objectives and dimensions"),
    "sec_series": ("伤员与舆情过程", "Patients and rumor over time"),
    "annex_gaps": ("附件1　全部协同缺口", "Annex 1 · all coordination gaps"),
    "annex_injects": ("附件2　注入信息执行情况", "Annex 2 · injects as run"),
    "annex_messages": ("附件3　信息传递日志", "Annex 3 · message log"),
    "annex_maps": ("附件4　危险初现时和演练结束时的态势图", "Annex 4 · the county when danger began and at the end"),
    "annex_how": ("附件5　阅读说明与局限", "Annex 5 · how to read this report"),
    "sec_bodies": ("各单位情况", "Organizations"),
    "sec_practice": ("主要做法和亮点", "What was done well"),
    # --- table heads
    "no_dot": ("序号", "no."),
    "milestone": ("节点", "milestone"),
    "limit": ("时限", "limit"),
    "actual": ("实际", "actual"),
    "late": ("超时", "late by"),
    "points": ("得分", "points"),
    "source": ("依据", "source"),
    "never": ("未达到", "never"),
    "not_due": ("未触发", "did not arise"),
    "no_limit": ("不设时限", "no limit"),
    "in_time": ("按时", "in time"),
    "dimension": ("维度", "dimension"),
    "objective": ("目标", "objective"),
    "rating": ("评定", "rating"),
    "type": ("类型", "type"),
    "count": ("处数", "number"),
    "minutes": ("分钟", "minutes"),
    "units": ("涉及单位", "who"),
    "from_to": ("起止", "from · to"),
    "root_cause": ("根因", "root cause"),
    "evidence": ("证据", "evidence"),
    "price": ("代价", "price"),
    "gaps_by_type": ("按类型汇总", "By type"),
    "gaps_top": ("按分钟排序的前 {count} 处（全部见附件1）", "The {count} longest (all of them in annex 1)"),
    "gaps_all": ("共 {count} 处", "{count} in all"),
    "no_gaps": ("未发现协同缺口。", "No coordination gap was found."),
    "no_decisions": ("本次演练未向任何席位提问。", "No seat was asked anything in this run."),
    "question": ("问题", "question"),
    "asked_at": ("提问", "asked"),
    "given_at": ("时间", "time"),
    "trainer": ("导调", "the trainer"),
    "undone": ("已撤回", "taken back"),
    "by_hand": ("导调手动", "by hand"),
    "on_condition": ("条件触发", "on a condition"),
    "after_inject": ("{inject} 之后 {delay}", "{delay} after {inject}"),
    "ad_hoc": ("临时", "ad hoc"),
    "chosen": ("选择", "chosen"),
    "not_chosen": ("未选", "not chosen"),
    "no_answer": ("限时内未作答", "no answer within the limit"),
    "thinking": ("用时", "thinking time"),
    "reason": ("理由", "reason"),
    "held_then": ("当时该席位掌握的情况", "What the seat held at that time"),
    "held_nothing": ("当时该席位不掌握任何情况。", "The seat held nothing at that time."),
    "fact": ("事项", "fact"),
    "held": ("掌握的说法", "as held"),
    "truth": ("实际", "truth"),
    "age": ("信息新旧", "age"),
    "from_whom": ("来源", "source"),
    "verified": ("已核实", "verified"),
    "unverified": ("未核实", "unverified"),
    "conflict": ("矛盾说法：{what}", "conflicting: {what}"),
    "wrong": ("与实际不符", "differs"),
    "unit": ("单位", "who"),
    "loss": ("损失", "loss"),
    "loss_unit": ("损失（折合死亡人数）", "loss in equivalents of one death"),
    "part": ("损失构成", "part"),
    "run_none": ("无人指挥", "nobody acts"),
    "run_actual": ("本次演练", "this run"),
    "run_perfect": ("理想标尺", "ideal"),
    "inject": ("注入", "inject"),
    "planned": ("计划", "planned"),
    "sent": ("发出", "sent"),
    "delivered": ("送达", "delivered"),
    "read": ("阅知", "read"),
    "acknowledged": ("签收", "acknowledged"),
    "composed": ("拟发", "composed"),
    "not_delivered": ("未送达", "not delivered"),
    "skipped": (
        "未注入（条件已不成立、应有行动已到位，或被导调取消）",
        "not sent (no longer true, no longer needed, or skipped)",
    ),
    "not_reached": ("演练结束前未到", "not reached before the end"),
    "expected": ("期望行动", "expected action"),
    "text": ("内容", "content"),
    "from": ("发出", "from"),
    "to": ("接收", "to"),
    "kind": ("类别", "kind"),
    "channel": ("渠道", "channel"),
    "attempts": ("尝试", "tries"),
    "content": ("内容", "says"),
    "message_count": (
        "共 {count} 条，送达 {delivered} 条，从拟发到阅知中位数 {median}",
        "{count} messages, {delivered} delivered; median from composing to reading {median}",
    ),
    "more_facts": ("另有 {count} 项，未见与实际不符，从略", "{count} more, none of them wrong, are left out"),
    "more_than": ("等 {count} 项", "{count} in all"),
    "approves": ("审批：{what}", "approval: {what}"),
    "asks": ("询问：{what}", "asks: {what}"),
    "numbers_as_figure": ("序号与时间线图中的编号一致", "numbers are those of the timeline"),
    "decided_by": ("代演", "played by the program"),
    "table_of": ("共 {count} 条", "{count} rows"),
    # --- how to read
    "how_1": (
        "本软件用于训练和研究，不得用于真实突发事件的指挥调度。地名、单位、人物均为虚构。",
        "For training and research. Not for live dispatch or command. Places, bodies and people are fictional.",
    ),
    "how_2": (
        "时间以 T+时:分 表示，T 为情景起始时刻；括号内为当地时间。未发生的节点按演练结束时刻截尾计分，不作删除。",
        "Times read T+hours:minutes from the scenario's start. What never came is counted as late until the end of "
        "the exercise; it is not left out.",
    ),
    "how_3": (
        "协同缺口是未按时履行的义务：该知道的不知道，该答复、决定、发布、保护的未做到。沉默不得分。",
        "A coordination gap is a duty not met in time: to know, answer, decide, publish or protect. "
        "Silence earns nothing.",
    ),
    "how_4": (
        "损失以“折合死亡人数”为单位，权重见评分表；多数工作时间、行为参数和未注明出处的时限为可修改的推测值，"
        "表中依据一栏写有“默认”“估计”的即为推测。",
        "Loss is in equivalents of one death, weighted by the rubric. Most work times, behavior and limits are "
        "editable guesses; a source of “default” or “guess” says so.",
    ),
    "how_5": (
        "一次运行带有偶然性。比较两种做法，应在相同随机种子下重复多次，而不是只看一次的分数。",
        "One run carries luck. To compare two ways of acting, repeat both with the same seeds; one score says little.",
    ),
    "how_6": (
        "本报告评的是处置流程和信息流转，用于改进工作，不作为追究个人责任的依据。",
        "The report judges procedures and the flow of information, so that they can be mended; it is no ground for "
        "blaming persons.",
    ),
    # --- figures
    "fig_timeline": ("谁在何时做了什么", "Who did what, when"),
    "fig_knowledge": ("谁在何时知道什么", "Who knew what, when"),
    "fig_regrets": ("每个决策的代价", "What each decision cost"),
    "fig_loss": ("损失与标尺对照", "Loss against the yardsticks"),
    "fig_ladder": ("与模拟班组比较", "The run among simulated crews"),
    "fig_dimensions": ("各维度得分", "Score by dimension"),
    "fig_series": ("伤员与舆情过程", "Patients and rumor over time"),
    "lane_hazard": ("灾情与群众", "hazard, public"),
    "lane_milestones": ("关键节点", "milestones"),
    "row_hazard": ("灾情持续", "hazard"),
    "row_danger": ("{place}处于危险", "danger: {place}"),
    "row_enterprise": ("企业自行处置", "enterprise crew"),
    "row_desk": ("决策与信息", "decisions, messages"),
    "row_rumor": ("谣言流传", "rumor"),
    "wind_turns": ("风向转{toward}", "wind turns {toward}"),
    "leak_stops": ("险情解除", "hazard over"),
    "state_ready": ("准备出动", "turning out"),
    "state_travel": ("途中", "travelling"),
    "state_waiting": ("等待", "waiting"),
    "state_work": ("作业", "working"),
    "key_message_in": ("收到信息", "message read"),
    "key_message_out": ("发出信息", "message sent"),
    "key_decision": ("席位决策", "seat decides"),
    "key_action": ("命令、发布等", "order, release"),
    "key_on_time": ("按时达到", "in time"),
    "key_late": ("超时达到", "late"),
    "key_never": ("未达到", "never"),
    "key_hurt": ("人员受伤", "crew hurt"),
    "time_axis": ("演练时间（下行：当地时间）", "time since the start (below: local time)"),
    "rest_empty": ("至 {end} 结束再无动作", "nothing more until the end, {end}"),
    "legend_milestones": ("关键节点（实际 / 时限）", "milestones (actual / limit)"),
    "legend_marks": ("决策与行动", "decisions and actions"),
    "act_protect_shelter": ("指令：{place}关窗避险", "order: shelter in {place}"),
    "act_protect_evacuate": ("指令：疏散{place}", "order: evacuate {place}"),
    "act_level": ("启动 {level} 级响应", "level {level} activated"),
    "act_grade": ("研判为 {grade} 级事件", "graded {grade}"),
    "act_post": ("现场指挥部到位", "command post stands"),
    "act_inform": ("发布信息", "release: inform"),
    "act_rebut": ("发布辟谣", "release: correct rumor"),
    "act_deny": ("发布否认", "release: deny"),
    "act_report_phone": ("电话报告{to}", "phoned {to}"),
    "act_report_written": ("书面报告{to}", "wrote to {to}"),
    "act_report_any": ("通报{to}", "told {to}"),
    "true_since": ("成真时刻", "true since"),
    "known_in_time": ("规定时间内知道", "knew in time"),
    "known_late": ("迟知（不超过时限两倍）", "late (up to twice the limit)"),
    "known_very_late": ("严重迟知", "very late"),
    "known_never": ("该知而始终不知", "had to know, never did"),
    "known_open": ("未到时限演练即结束", "limit not reached before the end"),
    "known_optional": ("知道（预案未要求）", "knew (not required)"),
    "known_false": ("曾持错误信息的分钟数", "minutes with a wrong value"),
    "knowledge_note": (
        "格内为知道的时刻及自成真起的分钟数；灰色横线：预案未要求其知道且未知道",
        "each cell: when it knew, and minutes since it became true; –: not required and never knew",
    ),
    "patients_axis": ("伤亡人数", "people hurt"),
    "series_patients": ("累计重伤员", "seriously hurt so far"),
    "series_deaths": ("累计死亡", "deaths so far"),
    "series_away": ("已转移", "people away"),
    "series_sealed": ("关窗避险", "people sheltering"),
    "protected_axis": ("避险人数", "people protected"),
    "rumor_axis": ("信谣比例（‰）", "believe the rumor (‰)"),
    "no_series": ("本记录没有采样数据", "this record holds no samples"),
    "points_of": ("{points} / {out_of}", "{points} of {out_of}"),
    **CODED,
    **COUNSEL,
    **DOCUMENT,
    **FIGURE,
    **INFORMATION,
    **MAP,
    **REPORTING,
    **RESOURCES,
    **SITES,
    **SUPPLIES,
    **WORKING,
}
"""Chinese and English by key; braces are filled in by name."""


def word(key: str, lang: str, **fields: object) -> str:
    """Return a word or sentence of the table, with its braces filled.

    Raises:
        KeyError: If the table has no such key.
    """
    return filled(WORDS[key], lang, **fields)


def filled(texts: tuple[str, str], lang: str, **fields: object) -> str:
    """Return the Chinese or the English one of two texts, with its braces filled."""
    text = texts[0 if lang == "zh" else 1]
    for name, value in fields.items():
        text = text.replace("{" + name + "}", str(value))
    return text


def word_or(key: str, lang: str, other: str) -> str:
    """Return a word of the table, or ``other`` where the table has none."""
    return word(key, lang) if key in WORDS else other
