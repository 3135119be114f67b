"""The columns of a script: which field each holds, what it is called, what people may write in it."""

from __future__ import annotations

from typing import NamedTuple


class Said(NamedTuple):
    """A text in both languages; not yet a text of a file."""

    zh: str
    en: str

    def in_language(self, lang: str) -> str:
        """Return the Chinese text for ``zh``, else the English one."""
        return self.zh if lang == "zh" else self.en


class Field(NamedTuple):
    """A field of an inject as a column.

    Attributes:
        both: Whether it is a text in two languages, which takes two columns.
        width: Width of the column, in characters.
        choices: Name of the list that its cells are chosen from, if there is one.
        one: Whether a cell holds only one of these.
    """

    id: str
    title: Said
    help: Said
    width: int
    both: bool = False
    choices: str = ""
    one: bool = True


FIELDS = (
    Field(
        "id",
        Said("编号", "ID"),
        Said("消息的编号：小写字母、数字、连字符；可写数字", "id of the inject: small letters, digits, -; or a number"),
        16,
    ),
    Field(
        "phase",
        Said("阶段", "Phase"),
        Said(
            "演练阶段；只有标题的一行为其下各行设定阶段",
            "part of the exercise; a row with a heading alone sets it for the rows below",
        ),
        14,
        both=True,
    ),
    Field(
        "at",
        Said("计划时间（T+分）", "Time (T+ min)"),
        Said(
            "T+15（分）、T+1h30min、90s、23:55、2026-05-12 23:55；"
            "带冒号的是钟点，T+ 开头的从起算点计；单写数字按表头单位",
            "T+15 (minutes), T+1h30min, 90s, 23:55, 2026-05-12 23:55; with a colon it is a time of day unless T+ "
            "stands before it; a bare number has the unit of the header",
        ),
        16,
    ),
    Field(
        "after",
        Said("起算消息", "Counted from"),
        Said(
            "计划时间从哪一条消息发出时起算（填其编号）；空为演练开始",
            "id of the inject whose sending starts the time; empty: the start of the exercise",
        ),
        14,
    ),
    Field(
        "trigger",
        Said("触发方式", "Trigger"),
        Said(
            "定时、条件、备用、导调手动；可空，由其他列推出",
            "timed, condition, contingency, by hand; may be empty, then the other columns say it",
        ),
        12,
        choices="trigger",
    ),
    Field(
        "when",
        Said("触发条件", "Condition"),
        Said(
            "事实达到条件即发（如有计划时间则不早于它）："
            "incident/over 是 真; wind/forecast 已知; 任一(a/b 高于 3 | c/d 不是 x)",
            "sent as soon as the truth meets it, not before the time: incident/over is true; wind/forecast known; "
            "any(a/b above 3 | c/d is not x)",
        ),
        26,
    ),
    Field(
        "unless",
        Said("取消条件", "Unless"),
        Said("届时条件已成立则不发，写法同触发条件", "left out if this holds by then; written like a condition"),
        24,
    ),
    Field(
        "missing",
        Said("未达成时", "If missing"),
        Said("备用消息：届时该节点仍未达成才发", "contingency: sent only if this milestone was not reached by then"),
        18,
        choices="milestone",
    ),
    Field(
        "text",
        Said("消息内容", "Message"),
        Said(
            "发给接收单位的原话；只有一种语言时两种语言都用它",
            "the words that are sent; if only one language is there, both take it",
        ),
        52,
        both=True,
    ),
    Field(
        "kind",
        Said("消息类型", "Message type"),
        Said("报告、请求、通报、询问", "report, request, notice, question"),
        12,
        choices="kind",
    ),
    Field(
        "from", Said("发出方", "From"), Said("模拟的单位", "the simulated organization"), 14, choices="organization"
    ),
    Field("channel", Said("传递渠道", "Channel"), Said("所用渠道", "how it is sent"), 14, choices="channel"),
    Field(
        "to",
        Said("接收单位", "To"),
        Said("一个或几个单位，用顿号或分号隔开", "one or several organizations, with ; between"),
        20,
        choices="organization",
        one=False,
    ),
    Field(
        "facts",
        Said("陈述事实", "States"),
        Said(
            "消息所述事实：leak/size = small; filling-hall/hurt（不写值则照实）",
            "facts that it states: leak/size = small; filling-hall/hurt (without a value: as it truly is)",
        ),
        30,
    ),
    Field("asks", Said("询问事实", "Asks"), Said("发出方想知道的事实", "facts that the sender wants to be told"), 24),
    Field(
        "expected",
        Said("期望行动", "Expected action"),
        Said("参演单位应有的行动", "what should be done about it"),
        34,
        both=True,
    ),
    Field(
        "responsible",
        Said("责任单位", "Responsible"),
        Said("一个或几个单位", "one or several organizations"),
        18,
        choices="organization",
        one=False,
    ),
    Field(
        "support",
        Said("协同单位", "Supporting"),
        Said("一个或几个单位，可空", "one or several organizations, or none"),
        18,
        choices="organization",
        one=False,
    ),
    Field(
        "within",
        Said("时限（分）", "Within (min)"),
        Said(
            "期望行动的时限：10min、90s；单写数字按表头单位",
            "how soon: 10min, 90s; a bare number has the unit of the header",
        ),
        12,
    ),
    Field("ground", Said("依据", "Ground"), Said("预案或法规条款", "article of plan or law"), 24, both=True),
    Field("look_for", Said("评估要点", "Look for"), Said("评估人员看什么", "what evaluators look for"), 30, both=True),
    Field("objective", Said("训练目标", "Objective"), Said("所练目标", "what it trains"), 24, choices="objective"),
    Field("note", Said("备注", "Notes"), Said("给导调人员看", "for those who run the exercise"), 24),
)  # fmt: skip
"""In the order of the columns."""

BY_ID = {field.id: field for field in FIELDS}

SPOKEN = {"zh": Said("中文", "Chinese"), "en": Said("英文", "English")}
"""Names of the languages, for titles of columns."""

TRIGGERS = {
    "timed": Said("定时", "timed"),
    "condition": Said("条件", "condition"),
    "contingency": Said("备用", "contingency"),
    "by_hand": Said("导调手动", "by hand"),
}
KIND_NAMES = {
    "report": Said("报告", "report"),
    "request": Said("请求", "request"),
    "notice": Said("通报", "notice"),
    "question": Said("询问", "question"),
}


class Place(NamedTuple):
    """What a column holds: a field and, for one language of a text, which; the title that it has."""

    field: str
    lang: str
    title: str


def layout(lang: str) -> tuple[Place, ...]:
    """Return the columns of an exported script, titles in ``lang``, its texts first."""
    places = []
    for field in FIELDS:
        title = field.title.in_language(lang)
        if not field.both:
            places.append(Place(field.id, "", title))
            continue
        for spoken in (lang, "en" if lang == "zh" else "zh"):
            name = SPOKEN[spoken].in_language(lang)
            places.append(Place(field.id, spoken, f"{title}（{name}）" if lang == "zh" else f"{title} ({name})"))
    return tuple(places)
