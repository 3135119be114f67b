"""Refusals in words: which rule, of what, and what would be allowed."""

from __future__ import annotations

import re

from sim.cli.terminal.orders import KIND_WORDS
from sim.cli.terminal.words import say
from sim.errors import AnswerRefused, Refusal
from sim.show.names import Names

RULES: dict[Refusal, tuple[str, str]] = {
    Refusal.NO_SUCH_QUESTION: ("这个问题现在没有等待答复", "that question does not wait for an answer"),
    Refusal.ALREADY_ANSWERED: ("已经答复过了", "it has been answered"),
    Refusal.NO_SUCH_OPTION: ("没有这个选项", "there is no such option"),
    Refusal.NOT_A_PERSON: ("该席位没有真人", "no person takes that seat"),
    Refusal.EXERCISE_OVER: ("演练已结束", "the exercise is over"),
    Refusal.NEGATIVE_TIME: ("时间不对", "that is no time"),
    Refusal.BEYOND_THE_LIMIT: ("超过时限", "that is beyond the limit"),
    Refusal.MALFORMED: ("写法不对", "it is not written as it should be"),
    Refusal.NOT_YOUR_ORDER: ("这不属于本席位的职责", "that does not belong to this seat's role"),
    Refusal.UNKNOWN_NAME: ("没有这个名称", "there is no such name"),
    Refusal.NO_UNIT_ABLE: ("本部门没有能做这件事的力量", "this seat has no unit that can do it"),
    Refusal.TOO_MANY: ("没有这么多力量", "there are not so many"),
    Refusal.NOTHING_HELD: ("本席位不掌握这个情况", "this seat holds nothing of the kind"),
    Refusal.ALREADY_DONE: ("已经做过了", "it has been done"),
    Refusal.ONLY_WATCHES: ("观摩人员不能行动", "who watches does not act"),
    Refusal.NO_SUCH_INJECT: ("没有这条注入", "there is no such inject"),
    Refusal.ALREADY_SENT: ("这条注入已经发出或取消", "that inject has been sent or skipped"),
    Refusal.NOT_HELD: ("这条注入没有被扣留", "that inject is not held"),
    Refusal.NOT_ALLOWED: ("不允许", "that is not allowed"),
    Refusal.NOTHING_TO_UNDO: ("没有可以撤销的", "there is nothing to take back"),
}
PHRASES: dict[str, str] = {
    "nothing": "无",
    "nothing yet": "目前没有",
    "nothing was given yet": "还没有作过决定",
    "another task": "其他任务",
    "one answer": "一次答复",
    "notes": "记录",
    "only what the trainer lets this seat see": "导调允许本席位查看的内容",
    "notes, and going back": "记录和撤销",
    "an answer in a running exercise": "进行中的演练",
    "a branch of this run": "从本次演练另开分支",
    "hold one first": "先扣留一条",
    "none is left": "没有了",
    "whole seconds from 0 up": "0 以上的整秒数",
    "whole seconds from 1 up": "1 以上的整秒数",
    "whole characters": "完整的文字",
    "the leader of the group": "由组长提出",
    "members, each once": "先有组员加入",
    "P, S, M or U": "P、S、M 或 U",
}
MOST_ALLOWED = 12
"""Most names that a refusal lists."""


def refusal(refused: AnswerRefused, names: Names) -> str:
    """Return a refusal in words."""
    lang = names.lang
    rule = RULES[refused.reason][0 if lang == "zh" else 1]
    given = refused.given
    about = f" ({refused.key}{': ' if given else ''}{given})" if refused.key else ""
    told = say("refused", lang, why=f"{rule}{about}")
    return f"{told}{'。' if lang == 'zh' else '; '}{say('allowed', lang, allowed=_allowed(refused.allowed, names))}"


def _allowed(text: str, names: Names) -> str:
    zh = names.lang == "zh"
    if text in PHRASES:
        return PHRASES[text] if zh else text
    if zh and (found := re.fullmatch(r"(\d+) to (\d+)( characters)?", text)):
        return f"{found[1]} 至 {found[2]}{' 个字符' if found[3] else ''}"
    if zh and (found := re.fullmatch(r"a proposal of (.+) first", text)):
        return f"先由 {found[1]} 表态"
    items = text.split(", ")
    more = len(items) - MOST_ALLOWED
    told = [_named(item, names) for item in items[:MOST_ALLOWED]]
    return ", ".join(told) + (f" ... (+{more})" if more > 0 else "")


def _named(ident: str, names: Names) -> str:
    if ident in KIND_WORDS:
        return f"{ident} ({KIND_WORDS[ident][0 if names.lang == 'zh' else 1]})"
    called = names.fact(ident) if "/" in ident else names.thing(ident)
    return ident if called == ident else f"{ident} ({called})"
