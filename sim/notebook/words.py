"""Words of the debriefing, in Chinese and English."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "seat": ("席位", "Seat"),
    "time": ("时间", "Time"),
    "gap": ("协同缺口", "Gap"),
    "map": ("示意图", "Map"),
    "known": ("该席位掌握的", "what the seat knew"),
    "true": ("真实情况", "what was true"),
    "none": ("（选择一个缺口，跳到它开始的时刻）", "(choose a gap to go to where it begins)"),
    "chain": ("缺口的来龙去脉", "How the gap came about"),
    "price": ("测算代价", "What did it cost?"),
    "pricing": ("正在推演有无该缺口的多次未来……", "Running many futures without and with the gap closed ..."),
    "which": ("哪个决定能补上它", "Which decision would have closed it?"),
    "trying": ("正在逐个试别的决定……", "Trying every other decision ..."),
    "nothing": (
        "同样的运气下，没有哪一个决定能单独缩短这个缺口。",
        "Under the same luck no single decision would have made this gap shorter.",
    ),
    "tried": ("试了 {count} 个别的决定（同样的运气）：", "{count} other decisions were tried (the same luck):"),
    "would": (
        "{question} → {option}：缺口 {before} → {after} 分钟，损失 {loss}",
        "{question} → {option}: gap {before} → {after} min, loss {loss}",
    ),
    "beside": ("演这个决定，两次并排", "Run it, and lay both side by side"),
    "branching": ("正在推演另一个决定……", "Running the other decision ..."),
    "as_it_was": ("原来", "As it was"),
    "with_other": ("改为：{option}", "With: {option}"),
    "total": ("总分", "Total"),
    "response_speed": ("响应速度", "Response speed"),
    "coordination": ("统筹协调", "Coordination"),
    "loss": ("损失（折合死亡人数）", "Loss (equivalents of one death)"),
    "gaps": ("协同缺口数", "Gaps"),
    "kept": ("另一次推演存于 {folder}", "The other run is in {folder}"),
    "failed": ("没有完成：{why}", "Not done: {why}"),
}


def word(key: str, lang: str, **fields: object) -> str:
    """Return a word or sentence, with its braces filled.

    Raises:
        KeyError: If the table has no such key.
    """
    return WORDS[key][0 if lang == "zh" else 1].format(**fields)
