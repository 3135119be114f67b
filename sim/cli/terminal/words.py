"""Every word that the terminal says, in Chinese and English."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "mark": ("【演练】", "[EXERCISE]"),
    "trains": ("演练目标：{what}", "What is trained: {what}"),
    "you_play": ("本次由真人担任的席位：{seats}", "Seats that persons take: {seats}"),
    "nobody_plays": ("全部席位由程序代演。", "The program plays every seat."),
    # --- headings of a screen
    "news": ("新收到的消息", "New messages"),
    "outbox": ("本席位发出的消息", "Your own messages"),
    "known": ("本席位掌握的情况", "What you know"),
    "units": ("本部门力量", "Your units"),
    "tasks": ("本部门任务", "Your tasks"),
    "map": ("示意图（上北下南，不按比例）", "Map (north is up, not to scale)"),
    "question": ("请决定", "Your decision"),
    "all_messages": ("全部消息", "All messages"),
    "summary": ("本席位已作的决定", "Your decisions so far"),
    "none": ("暂无", "nothing yet"),
    "no_news": ("上次以来无新消息", "nothing since the last stop"),
    "limit": ("答复时限 {left}", "answer within {left}"),
    "limit_of": ("答复时限 {left}（原 {whole}）", "answer within {left} (of {whole})"),
    # --- messages
    "repeats": ("（另 {count} 项已知）", " ({count} more known already)"),
    "only_repeats": ("无新内容（{count} 项此前已知）", "nothing new ({count} facts known already)"),
    "folded": (
        "另有 {count} 条没有新内容（编号 {numbers}），输入 m 查看",
        "{count} more say nothing new (no. {numbers}); type m to read them",
    ),
    "older": ("另有 {count} 条更早的消息，输入 m 查看", "{count} earlier ones; type m to read them"),
    "asks": ("询问：{facts}", "asks: {facts}"),
    "directs": ("要求执行：{task}", "orders: {task}"),
    "colon": ("：", ": "),
    "comma": ("、", ", "),
    "brackets": ("{text}（{inside}）", "{text} ({inside})"),
    "by": ("（{how}）", " ({how})"),
    "empty": ("（无文字）", "(no words)"),
    "no_message": ("没有编号为 {number} 的消息", "there is no message {number}"),
    "as_of": ("{at} 的情况", "as of {at}"),
    "in": ("收", "in"),
    "out": ("发", "out"),
    "to": ("发往 {to}", "to {to}"),
    "more_hint": ("m 编号：看全文；m s编号：看发出的", "m NUMBER: one in full; m sNUMBER: one that you sent"),
    "status_wanted": ("拟发", "being prepared"),
    "status_queued": ("排队中", "waiting for a line"),
    "status_sent": ("已发出", "sent"),
    "status_lost": ("未送达", "LOST"),
    "status_acknowledged": ("已签收", "acknowledged"),
    "status_expired": ("超时未签收", "NOT ACKNOWLEDGED in time"),
    # --- what is known
    "head_fact": ("事项", "what"),
    "head_value": ("说法", "is"),
    "head_age": ("多久前", "age"),
    "head_source": ("来源", "from"),
    "head_sure": ("是否核实", "verified?"),
    "verified": ("已核实", "verified"),
    "unverified": ("未核实", "not yet"),
    "self": ("本席位", "this seat"),
    "minutes": ("{count}分钟", "{count} min"),
    "now": ("刚刚", "just now"),
    "conflict": ("另有说法：{value}（{source}，{age}前）", "but {source} says: {value} ({age} old)"),
    "part_new": ("上次以来的新情况", "new since your last stop"),
    "part_old": ("此前已知", "known before"),
    "more_facts": ("另有 {count} 项未变，输入 k 查看全部", "{count} more, unchanged; type k to see all"),
    # --- units and tasks
    "free": ("待命：{units}", "free at {units}"),
    "unit_idle": ("待命", "free"),
    "unit_travelling": ("正在前往", "on the way to"),
    "unit_on scene": ("在现场", "on scene at"),
    "unit_hurt": ("人员受伤", "crew hurt at"),
    "task_identified": ("已列入", "noted"),
    "task_assigned": ("已派", "assigned"),
    "task_waiting": ("等待", "waiting"),
    "task_working": ("进行中", "under way"),
    "task_done": ("完成", "done"),
    "task_failed": ("未完成", "FAILED"),
    "no_units": ("本席位没有自己的力量", "this seat has no units of its own"),
    # --- map
    "map_key": (
        "! 有毒气  ? 说法矛盾  * 有伤员  ^ 就地避险  > 疏散  # 警戒  + 本部门力量",
        "! gas  ? contradicting  * hurt  ^ shelter  > evacuate  # cordon  + own unit",
    ),
    "map_same": ("示意图没有变化，输入 map 查看", "the map has not changed; type map to see it"),
    # --- deciding
    "noanswer": ("不作答复", "give no answer"),
    "prompt": ("输入编号作答，h 帮助，q 暂停退出", "number = answer, h = help, q = stop here"),
    "free_prompt": (
        "没有待答的问题；回车继续，o 下命令，w 5 等 5 分钟，h 帮助",
        "nothing is asked; Enter = go on, o = order, w 5 = go on for 5 minutes, h = help",
    ),
    "bad": ("请输入列出的编号：0-{most}（h 帮助）", "please type one of the numbers: 0-{most} (h = help)"),
    "bad_free": (
        "现在没有待答的问题，编号没有用处（h 帮助）",
        "nothing is asked now, so a number has no use (h = help)",
    ),
    "bad_wait": ("等多久？例如：w 5（分钟）或 w 90s", "how long? for instance: w 5 (minutes) or w 90s"),
    "bad_note": ("记什么？例如：n 电话没人接", "note what? for instance: n nobody answers the phone"),
    "bad_word": ("不认识“{given}”，输入 h 看可用的命令", "“{given}” is no command; h lists them"),
    "not_here": ("此处不能用这条命令（h 帮助）", "that command has no use here (h = help)"),
    "decided": ("已决定：{choice}（计入用时 {charged}）", "Decided: {choice} (charged {charged})"),
    "decided_none": ("不作答复，按时限到处理。", "No answer; time runs to the limit."),
    "too_late": (
        "用时 {charged}，已超过时限：按未作答处理。",
        "That took {charged}, beyond the limit: it counts as no answer.",
    ),
    "waiting": ("等待 {time}，之后再问。", "Waiting {time}; you will be asked again."),
    "wait_long": (
        "时限只剩 {left}，等那么久等于不作答复（不作答复请输入 0）",
        "only {left} is left; to wait that long is to give no answer (for that, type 0)",
    ),
    "noted": ("已记录。", "Noted."),
    "no_decisions": ("还没有作过决定", "no decision yet"),
    "nothing_to_undo": ("没有可以撤销的决定", "there is no decision to take back"),
    "undone": ("已撤销：{what}。回到 {at}。", "Taken back: {what}. It is {at} again."),
    "undo_others": (
        "其后其他席位的 {count} 项决定也会一并撤销（{seats}）：",
        "{count} later decisions of other seats go with it ({seats}):",
    ),
    "undo_trainer": ("其后导调员的 {count} 项操作也会一并撤销：", "{count} later steps of the trainer go with it:"),
    "undo_sure": ("确定请输入 y：", "Type y to do it: "),
    "the_trainer": ("导调员", "trainer"),
    "again_sure": (
        "导调员的 {count} 项操作到原定时间再做一遍吗？再做请输入 y：",
        "Give the trainer's {count} steps again, each at its time? Type y to do so: ",
    ),
    "again_not": ("导调员的操作没有再做。", "The trainer's steps are not given again."),
    "again_later": ("其余的到原定时间再做。", "What comes later is given again at its time."),
    "again_given": ("已再做一遍：{what}", "Given again: {what}"),
    "again_dropped": ("没有再做：{what}（{why}）", "Not given again: {what} ({why})"),
    "again_past": ("时间已过", "its time has passed"),
    "again_lost": (
        "退出后不再做的导调操作：{what}",
        "the trainer's step that this stop leaves undone: {what}",
    ),
    "undo_not": ("没有撤销。", "Nothing was taken back."),
    "reason": ("理由：{reason}", "reason: {reason}"),
    "handover": ("请换人：{seat}", "Hand over to: {seat}"),
    "handover_why": (
        "其他席位的人请不要看屏幕。",
        "The others, please look away.",
    ),
    "press": ("按回车继续", "press Enter"),
    "languages": ("现在用中文。", "The language is English now."),
    "stopped": ("已暂停，继续请运行：tabletop resume {folder}", "stopped; go on with: tabletop resume {folder}"),
    "over": ("演练结束。", "The exercise is over."),
    "torn": (
        "日志最后一行未写完，不计入，已存入 journal.torn",
        "the journal's last line was unfinished and did not count; it is kept in journal.torn",
    ),
    "sitting_lost": (
        "terminal.json 已损坏：按各席位自己操作继续，没有导调员，每 15 分钟停一次",
        "terminal.json is damaged: going on hands-on, without a trainer, with a stop every 15 minutes",
    ),
    "interrupted": (
        "演练已停在此刻（再按 Ctrl-C 或输入 q 退出）",
        "The exercise stands here (Ctrl-C again or q leaves)",
    ),
    "cancelled": ("已取消。", "Cancelled."),
    "ordered": ("命令已下达：{order}（{time}后生效）", "Order given: {order} (takes effect in {time})"),
    "entry_order": ("命令：{what}", "order: {what}"),
    "entry_note": ("记录：{what}", "note: {what}"),
    "refused": ("不行：{why}", "Refused: {why}"),
    "allowed": ("可以用：{allowed}", "allowed: {allowed}"),
    # --- a real event
    "real_title": ("真实情况 —— 演练已中止", "REAL EVENT - THE EXERCISE IS STOPPED"),
    "real_text": (
        "这不是演练。所有演练活动立即停止，演练中的命令一律作废。请按真实的指挥和预案行动。",
        "This is not an exercise. All exercise play stops now, and no order of the exercise stands. "
        "Follow your real chain of command and your real plans.",
    ),
    "real_record": ("演练记录保存在 {folder}", "the record of the exercise is kept in {folder}"),
    "stop_word": (
        "任何人任何时候单独输入“真实情况”或 REAL EVENT，演练立即中止。",
        "Anybody, at any prompt: type REAL EVENT (or 真实情况) alone and the exercise stops at once.",
    ),
    # --- group
    "propose": (
        "{member}，你的意见（编号和理由，回车表示不表态）",
        "{member}, your proposal (number and reason; Enter to pass)",
    ),
    "tally": ("意见汇总：{votes}", "proposals: {votes}"),
    "tally_none": ("不作答复", "no answer"),
    "rule_majority": ("按多数", "by majority"),
    "rule_leader": ("由组长定", "by the leader"),
    "group_decided": ("小组决定（{rule}）：{choice}", "the group decides {rule}: {choice}"),
    "nobody": ("还没有人表态，请再来一次。", "Nobody has proposed anything; once more, please."),
    # --- observe and lecture
    "watching": ("观摩：{seat}", "watching: {seat}"),
    "lecture": ("讲解：{seat}", "lecture: {seat}"),
    "since": ("上次以来的席位决定", "Decided since the last stop"),
    "watch_prompt": (
        "回车继续，v 换席位，n 记录，h 帮助，q 暂停",
        "Enter = go on, v = other seat, n = note, h = help, q = stop",
    ),
    "lecture_prompt": (
        "回车看参考答案，编号记下全班意见，h 帮助",
        "Enter = model answer, number = what the class would do, h = help",
    ),
    "next_prompt": ("回车到下一个问题", "Enter = next question"),
    "model": ("参考答案（{policy}）", "Model answer ({policy})"),
    "model_none": ("不作答复", "no answer"),
    "because": ("因为：{why}", "because: {why}"),
    "always": ("预案的通常做法，无前提条件", "the plan's usual course, without a condition"),
    "otherwise": ("其余情况下预案的做法", "what the plan says in all other cases"),
    "class_same": ("全班意见与参考答案一致。", "The class chose the same."),
    "class_other": ("全班意见：{choice}", "The class chose: {choice}"),
    "class_note": ("全班意见", "the class"),
    "seats_to_watch": ("看哪个席位？", "Which seat?"),
    "objectives": ("可评的目标：{names}", "objectives that can be rated: {names}"),
    "fact_is": ("{fact}为{value}", "{fact} is {value}"),
    "fact_is_not": ("{fact}不是{value}", "{fact} is not {value}"),
    "fact_above": ("{fact}多于 {value}", "{fact} is above {value}"),
    "fact_below": ("{fact}少于 {value}", "{fact} is below {value}"),
    "fact_known": ("已知{fact}", "{fact} is known"),
    "fact_unknown": ("不知{fact}", "{fact} is not known"),
    "or": ("或", " or "),
    "and": ("，且", ", and "),
}


def say(key: str, lang: str, **fields: object) -> str:
    """Return a word or sentence, with its braces filled.

    Raises:
        KeyError: If the table has no such key.
    """
    text = WORDS[key][0 if lang == "zh" else 1]
    for name, value in fields.items():
        text = text.replace("{" + name + "}", str(value))
    return text
