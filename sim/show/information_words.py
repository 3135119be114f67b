"""Words for the measures of information and traffic."""

from __future__ import annotations

INFORMATION: dict[str, tuple[str, str]] = {
    "sec_information": ("信息共享与传递", "Information and messages in figures"),
    "bottlenecks": ("信息堵点", "Where messages were held up"),
    "where": ("位置", "where"),
    "messages": ("条数", "messages"),
    "minutes_unit": ("分钟", "min"),
    "held_up_to": ("等候值班台", "waiting for a desk"),
    "held_up_channel": ("渠道上的用时", "time spent on a channel"),
    "info_coverage": ("应知尽知率", "coverage"),
    "info_coverage_how": (
        "预案规定应知的单位中，在情况存续期间得知的比例",
        "share of those who needed to know something, by the plan, who learned it while it was so",
    ),
    "info_mean_awareness": ("平均共享态势", "mean shared awareness"),
    "info_mean_awareness_how": (
        "各时刻应知单位已知比例的时间平均",
        "share of those who need to know who do, averaged over facts and time",
    ),
    "info_time_to_awareness": ("平均得知用时", "time to awareness"),
    "info_time_to_awareness_how": (
        "从情况发生到应知单位得知的平均用时（未得知的不计入，见上两项）",
        "mean from when it was so until who needed it knew; those who never knew are in the two rows above",
    ),
    "info_synchrony": ("先后得知相差", "synchrony latency"),
    "info_synchrony_how": (
        "同一情况第一个与最后一个应知单位得知的时间差，平均",
        "mean time from the first of those who need a fact to the last",
    ),
    "info_deficit": ("态势缺口", "awareness deficit"),
    "info_deficit_how": (
        "各项情况中未知单位比例对时间的累计，可按单位、事项相加",
        "share that does not know, summed over time and facts; adds up over facts and organizations",
    ),
    "info_false_belief": ("错误认知", "false belief"),
    "info_false_belief_how": (
        "应知单位持有与实际不符说法的累计时间",
        "time for which those who need a fact held something else",
    ),
    "info_loop_closure": ("回路闭合率", "loop closure"),
    "info_loop_closure_how": (
        "需要回执的信息中得到签收的比例",
        "share of the messages that need an answer and were acknowledged",
    ),
    "info_fragmentation": ("网络割裂度", "fragmentation"),
    "info_fragmentation_how": (
        "没有信息通路的单位对所占比例：0 为全部连通，1 为各自孤立",
        "share of pairs of organizations that no path of messages joins: 0 all joined, 1 all isolated",
    ),
    "info_broker": ("信息枢纽", "broker"),
    "info_broker_how": (
        "其他单位之间的信息最短路径经过最多的单位，也是最容易堵的单位",
        "who lies on most of the shortest ways between others: the desk that can hold up most",
    ),
}
"""Chinese and English by key."""
