"""Problems of a table, told in both languages; what the checks of scenario files find is put into Chinese here."""

from __future__ import annotations

import re

from sim.errors import BadInput, InChinese, Problem, ProblemInBoth
from sim.spec.script.columns import Said

NO_ADVICE = Said("", "")


class Misread(ValueError):
    """A cell that cannot be read, told in both languages; as text it is English."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh, en)
        self.said = Said(zh, en)

    def __str__(self) -> str:
        return self.said.en


def problem_of(where: Said | str, what: Said, allowed: Said = NO_ADVICE, path: str = "") -> Problem:
    """Return a problem with its Chinese; in Chinese ``allowed`` says by itself what to do."""
    place = Said(where, where) if isinstance(where, str) else where
    return ProblemInBoth(place.en, path, what.en, allowed.en, InChinese(place.zh, what.zh, allowed.zh))


def refused(where: Said | str, what: Said, allowed: Said = NO_ADVICE, path: str = "") -> BadInput:
    """Return an error with a single problem in both languages."""
    return BadInput((problem_of(where, what, allowed, path),))


def choice_of(listed: str) -> Said:
    """Return what may be chosen, from a list with commas between."""
    return Said(f"可用：{listed.replace(', ', '、')}", listed) if listed else NO_ADVICE


def limit_of(seconds: int) -> Said:
    """Return the end of an exercise as the latest time that a cell may name."""
    end = f"T+{seconds // 3600}h{seconds // 60 % 60:02d}min" + (f"{seconds % 60}s" if seconds % 60 else "")
    return Said(f"演练在 {end} 结束", f"at most {end}, the end")


_TOLD = (
    (r"the id '(?P<name>.*)' stands twice", "编号“{name}”重复", "每个编号只用一次"),
    (r"no after '(?P<name>.*)'", "没有编号为“{name}”的消息", ""),
    (r"waits for itself, by way of others", "这条消息与别的消息互为起算，永远发不出", "请断开循环"),
    (r"no fact '(?P<name>.*)' in the plan", "预案里没有“{name}”这个事实", ""),
    (r"(?P<name>\S+/\S+) cannot be (?P<value>.*)", "事实 {name} 不能取值 {value}", ""),
    (r"no \w+ '(?P<name>.*)'", "没有“{name}”", ""),
    (r"String should have at most (?P<name>\d+) characters?", "文字太长", "最多 {name} 个字"),
    (r"String should match pattern .*", "编号写法不对", "小写字母开头，只用小写字母、数字、- 和 _，最多 48 个"),
    (r"an inject that is sent by hand .*", "导调手动发的消息不能有计划时间和条件", "请清空计划时间、触发条件等列"),
    (r"an inject needs a time .*", "既没有计划时间，也没有触发条件", "请填其一，或把触发方式写为“导调手动”"),
    (r"after and missing need a time .*", "填了起算消息或未达成的节点，却没有计划时间", "请填计划时间"),
)
"""What the checks of scenario files say of an inject, what that is in Chinese, and what to do about it."""


def in_both(what: str, allowed: str) -> tuple[Said, Said]:
    """Return what a check of scenario files found, and what it allows, in both languages where they are known."""
    if what == "comes after the end of the exercise" and (found := re.fullmatch(r"at most (\d+) s", allowed)):
        return Said("晚于演练结束", what), limit_of(int(found[1]))
    for pattern, zh, advice in _TOLD:
        if found := re.fullmatch(pattern, what, re.DOTALL):
            advised = advice.format(**found.groupdict()) or choice_of(allowed).zh
            return Said(zh.format(**found.groupdict()), what), Said(advised, allowed)
    return Said(what, what), choice_of(allowed)
