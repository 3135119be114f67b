"""The names that a script may use: ids, or the Chinese and English names of the base scenario's files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sim.spec.load import Exercise
from sim.spec.script.cells import folded
from sim.spec.script.columns import KIND_NAMES, TRIGGERS, Said

MOST_SHOWN = 12
"""Names that a message lists; the rest it counts."""

_BETWEEN = re.compile(r"[;,、/\n；，]")
_KINDS = {
    "report": "报警 情况报告 上报 call alarm",
    "request": "请示 求援 部门来函 指令请求",
    "notice": "情况通报 通知 舆情 指令 命令 notification information inform order update",
    "question": "提问 媒体提问 上级问询 问询 询问函 query enquiry inquiry mediaquestion",
}
_TRIGGERS = {
    "timed": "时间 定时触发 按时 time scheduled contextual contextualinject inject",
    "condition": "条件触发 conditional",
    "contingency": "备用消息 应变 应变消息 contingencyinject",
    "by_hand": "手动 导调 人工 manual byhand controller",
}
_CHANNELS = {
    "phone": "电话 座机 固定电话 telephone call phonecall",
    "mobile": "手机 移动电话 cell cellphone",
    "radio": "对讲机 无线电 电台 tworadio",
    "chat": "微信 微信群 工作群 wechat messenger",
    "written": "书面 传真 公文 文件 明传电报 邮件 fax email letter",
    "hotline": "热线 110 119 120 12345 来电",
    "loudspeaker": "广播 喇叭 短信 sms broadcast",
}
"""Words for channels that a county may have; each counts only where the county has the channel."""


class Names(NamedTuple):
    """Ids of one kind with the names by which people call them.

    Attributes:
        what: What they name, for messages.
        shown: Names in both languages by id.
        by_name: Id by folded name; None where two things share it.
    """

    what: Said
    shown: Mapping[str, Said]
    by_name: Mapping[str, str | None]

    def read(self, text: str) -> str | None:
        """Return the id that a text names, if it names one."""
        return self.by_name.get(_key(text))

    def split(self, text: str) -> list[str]:
        """Return the names in a cell that may hold several."""
        if self.read(text):
            return [text]
        return [part.strip() for part in _BETWEEN.split(text) if part.strip()]

    def write(self, ident: str, lang: str, one: bool = True) -> str:
        """Return the name of an id in a language, or the id where its name could be mistaken, alone or among others."""
        name = self.shown[ident].in_language(lang) if ident in self.shown else ident
        return name if self.read(name) == ident and (one or not _BETWEEN.search(name)) else ident

    @property
    def allowed(self) -> Said:
        """What may be written, for messages: ids, each with its name in the language of the reader."""
        first, left = list(self.shown.items())[:MOST_SHOWN], len(self.shown) - MOST_SHOWN
        zh = "可用：" + "、".join(f"{said.zh} {ident}" for ident, said in first)
        en = ", ".join(f"{ident} ({said.en})" for ident, said in first)
        if left <= 0:
            return Said(zh, en)
        return Said(
            f"{zh} ……另有 {left} 个，见导出表的“名称”页",
            f"{en}, … ({left} more; see the sheet Names of an exported table)",
        )


def names_of(exercise: Exercise) -> dict[str, Names]:
    """Return the names of organizations, channels, objectives, milestones, message types and triggers."""
    county = exercise.county
    return {
        "organization": _names(
            Said("单位", "organization"), [(one.id, Said(one.name.zh, one.name.en)) for one in county.organizations]
        ),
        "channel": _names(
            Said("渠道", "channel"), [(one.id, Said(one.name.zh, one.name.en)) for one in county.channels], _CHANNELS
        ),
        "objective": _names(
            Said("训练目标", "objective"),
            [(one.id, Said(one.text.zh, one.text.en)) for one in exercise.scenario.objectives],
        ),
        "milestone": _names(
            Said("节点", "milestone"), [(one.id, Said(one.name.zh, one.name.en)) for one in exercise.rubric.milestones]
        ),
        "kind": _names(Said("消息类型", "message type"), KIND_NAMES.items(), _KINDS),
        "trigger": _names(Said("触发方式", "trigger"), TRIGGERS.items(), _TRIGGERS),
    }


def _names(what: Said, shown: Iterable[tuple[str, Said]], more: Mapping[str, str] | None = None) -> Names:
    listed = dict(shown)
    by_name: dict[str, str | None] = {}
    for ident, said in listed.items():
        for name in said:
            key = _key(name)
            by_name[key] = ident if by_name.get(key, ident) == ident else None
    for ident, words in (more or {}).items():
        for word in words.split() if ident in listed else ():
            by_name.setdefault(word, ident)
    by_name.update({_key(ident): ident for ident in listed})  # an id always names its own
    return Names(what, listed, by_name)


def _key(text: str) -> str:
    return folded(text).replace(" ", "")
