"""The help of the terminal: what can be typed, in Chinese and English."""

from __future__ import annotations

from sim.cli.terminal.layout import Heading, pad, wrap
from sim.cli.terminal.words import say

ROWS: dict[str, tuple[str, str, str, str]] = {
    "answer": (
        "2 理由",
        "选第 2 项作答，后面可写理由：2 因为风向将转",
        "2 REASON",
        "answer with option 2; a reason is welcome: 2 because the wind turns",
    ),
    "none": ("0", "不作答复", "0", "give no answer"),
    "propose": (
        "2 理由",
        "提出意见；全组表态后按规则决定",
        "2 REASON",
        "propose option 2; when all have spoken, the group's rule decides",
    ),
    "next": ("回车", "继续", "Enter", "go on"),
    "class": ("2", "记下全班的意见，再看参考答案", "2", "note what the class would do, then see the model answer"),
    "wait": (
        "w 5",
        "暂缓作答，先等 5 分钟（等 5；w 90s；w 1h）",
        "w 5",
        "put the question off for 5 minutes (also: w 90s, wait 1h)",
    ),
    "messages": (
        "m, m 7, m s3",
        "全部消息；第 7 条全文；本席位发出的第 3 条",
        "m, m 7, m s3",
        "all messages; number 7 in full; the third that you sent",
    ),
    "known": ("k", "掌握的全部情况", "k", "everything you know"),
    "map": ("map", "示意图", "map", "the map"),
    "units": ("u", "本部门力量和任务", "u", "your units and tasks"),
    "again": ("r", "重新显示本画面", "r", "show this screen again"),
    "order": (
        "o",
        "另下命令，一步一步选（也可写成一行，见提示）",
        "o",
        "give an order of your own, step by step (or in one line, as it shows)",
    ),
    "note": ("n 文字", "记一笔，不影响演练", "n TEXT", "write a note; it changes nothing"),
    "rate": (
        "n @目标 S 文字",
        "对某目标、席位或问题记一笔并评定 P/S/M/U",
        "n @ABOUT S TEXT",
        "a note on an objective, seat or question, with a rating P, S, M or U",
    ),
    "whatif": (
        "x",
        "看各选项推演的结果（须导调允许）",
        "x",
        "see what each option would lead to, if the trainer lets you",
    ),
    "look": ("v 席位", "看另一个席位", "v SEAT", "look at another seat"),
    "undo": ("undo", "撤销本席位最近一次决定", "undo", "take back this seat's last decision"),
    "summary": ("s", "本席位已作的决定", "s", "your decisions so far"),
    "lang": ("lang", "切换到英文", "lang", "switch to Chinese"),
    "trainer": ("t", "导调员菜单", "t", "the trainer's menu"),
    "interrupt": (
        "Ctrl-C",
        "演练推进中按下：停在此刻，回到提示符",
        "Ctrl-C",
        "while the exercise runs: stop it where it is and get a prompt",
    ),
    "quit": ("q", "暂停退出，之后用 tabletop resume 继续", "q", "stop here; go on later with tabletop resume"),
}
FIRST = {
    "en": "Type the number of an option, then if you like a reason. Your answer is on disk before it counts.",
    "zh": "输入选项编号，后面可写理由。答复先写入磁盘再生效。",
}
HANDS_ON = (
    "answer",
    "none",
    "wait",
    "messages",
    "known",
    "map",
    "units",
    "again",
    "order",
    "note",
    "undo",
    "summary",
    "whatif",
    "lang",
    "trainer",
    "interrupt",
    "quit",
)
GROUP = ("propose", *HANDS_ON[1:])
OBSERVE = ("next", "look", "messages", "known", "map", "units", "note", "rate", "lang", "trainer", "quit")
LECTURE = ("next", "class", "messages", "known", "map", "units", "note", "rate", "lang", "trainer", "quit")


def help_lines(rows: tuple[str, ...], lang: str, columns: int, *, trainer: bool) -> list[str]:
    """Return the help: one line for each command that has a use here."""
    lines = [Heading(line) for line in wrap(FIRST[lang], columns)] if "answer" in rows or "propose" in rows else []
    out: list[str] = [*lines]
    for name in rows:
        if name == "trainer" and not trainer:
            continue
        at = 0 if lang == "zh" else 2
        what, why = ROWS[name][at], ROWS[name][at + 1]
        out += wrap(f"  {pad(what, 18)}{why}", columns, " " * 20)
    return [*out, *wrap(f"  {say('stop_word', lang)}", columns, "  ")]
