"""Evidence in words: what was owed, in both languages, by the names of the county and the plan."""

from __future__ import annotations

from sim.spec.base import Text
from sim.spec.county import Organization, Place, Unit
from sim.spec.load import Exercise
from sim.spec.monitors import Monitor
from sim.spec.plan import Rule
from sim.spec.reporting import DEFAULT, NATIONAL
from sim.spec.supplies import Item

KINDS = {
    "report": Text(zh="报告", en="report"),
    "order": Text(zh="指令", en="order"),
    "request": Text(zh="请求", en="request"),
    "reply": Text(zh="答复", en="reply"),
    "notice": Text(zh="通报", en="notice"),
    "question": Text(zh="询问", en="question"),
    "find_out": Text(zh="侦察", en="find out"),
    "cordon": Text(zh="警戒", en="cordon"),
    "contain": Text(zh="堵漏", en="plug the leak"),
    "rescue": Text(zh="搜救", en="rescue"),
    "treat": Text(zh="救治转运", en="treat and move patients"),
    "evacuate": Text(zh="疏散", en="evacuate"),
    "monitor": Text(zh="监测", en="monitor"),
    "put_out": Text(zh="灭火", en="put out"),
    "search": Text(zh="搜救被困人员", en="search for the trapped"),
    "pump": Text(zh="排水", en="pump"),
    "clear_road": Text(zh="抢通道路", en="clear a road"),
    "restore": Text(zh="抢修恢复", en="restore"),
    "control_flow": Text(zh="人流管控", en="control the crowd"),
    "direct_traffic": Text(zh="疏导交通", en="direct traffic"),
    "close_down": Text(zh="封控停用", en="close down"),
    "warn": Text(zh="入户预警", en="warn door to door"),
    "keep_order": Text(zh="维持秩序", en="keep order"),
    "identify": Text(zh="查明身份", en="identify the nameless"),
    "psychological_aid": Text(zh="心理援助", en="give psychological aid"),
    "carry": Text(zh="运送物资", en="carry supplies"),
    "supplies": Text(zh="物资", en="supplies"),
    "road": Text(zh="抢通道路", en="a road to be cleared"),
    "way in": Text(zh="打开进入通道", en="a way in"),
    "unit": Text(zh="可派力量", en="a unit"),
    "commander": Text(zh="现场指挥", en="somebody to lead"),
    "mandate": Text(zh="启动响应的命令", en="the order to respond"),
    "approval": Text(zh="审批", en="approval"),
    "escort": Text(zh="警车护送", en="an escort"),
    "standby": Text(zh="待机小队", en="a crew that stands by"),
    "partner": Text(zh="协同队伍", en="its partner team"),
    "followed_up": Text(zh="跟踪查询", en="follow up"),
    "danger on the way": Text(zh="途中危险解除", en="danger on the way to end"),
}
"""Words for kinds of message, task and wait."""

REGIONS = {
    NATIONAL: Text(zh="全国", en="national"),
    DEFAULT: Text(zh="默认", en="default"),
}
"""Words for the regions that every rule table has."""

STATUSES = {
    "verified": Text(zh="已核对原文", en="text read"),
    "recalled": Text(zh="凭记忆，待核对", en="from memory, to be checked"),
    "design": Text(zh="建议值", en="a proposal"),
}
"""Words for how surely a row of the rule table says what its source says."""


class Wording:
    """Names of the things of an exercise, as texts in both languages; an id without a name stands for itself."""

    def __init__(self, exercise: Exercise) -> None:
        county = exercise.county
        people: tuple[Place | Organization | Unit, ...] = (*county.places, *county.organizations, *county.units)
        named: tuple[Place | Organization | Unit | Monitor | Item, ...] = (*people, *county.monitors, *county.items)
        self._names = {thing.id: thing.name for thing in named}
        self._facts = {fact.key: fact.name for fact in exercise.plan.facts}
        self._regions = {**REGIONS, **exercise.rules.regions}

    def thing(self, ident: str) -> Text:
        """Return the name of a place, organization or unit."""
        return self._names.get(ident) or Text(zh=ident, en=ident)

    def kind(self, ident: str) -> Text:
        """Return the word for a kind of message, task or wait."""
        return KINDS.get(ident) or Text(zh=ident, en=ident)

    def fact(self, key: str) -> Text:
        """Return the name of a fact, with its place where it is about one."""
        if key in self._facts:
            return self._facts[key]
        subject, _, attribute = key.partition("/")
        about = self._facts.get(f"place/{attribute}") or Text(zh=key, en=key)
        place = self.thing(subject)
        return Text(zh=f"{place.zh}{about.zh}", en=f"{place.en}: {about.en}")

    def cited(self, rule: Rule) -> Text:
        """Return the source of a row of the rule table, with where it holds and how sure it is."""
        region = self._regions.get(rule.region) or Text(zh=rule.region, en=rule.region)
        status = STATUSES[rule.status]
        return Text(
            zh=f"{rule.source.zh}［{region.zh}；{status.zh}］", en=f"{rule.source.en} [{region.en}; {status.en}]"
        )


def say(zh: str, en: str, **names: Text) -> dict[str, str]:
    """Return a sentence in both languages with names put in where it has ``{name}``."""
    return {
        "zh": zh.format(**{key: text.zh for key, text in names.items()}),
        "en": en.format(**{key: text.en for key, text in names.items()}),
    }
