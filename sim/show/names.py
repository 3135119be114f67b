"""What organizations, units, places, facts and values are called in a language."""

from __future__ import annotations

from functools import cached_property

from sim.clocktext import after_start, length, wall_time
from sim.show.words import WORDS, word, word_or
from sim.spec.base import FactValue, Text
from sim.spec.county import DEPARTMENTS
from sim.spec.load import Exercise

SEATS = ("duty", "command", *DEPARTMENTS)
"""The seven desks, in the order in which every list and figure shows them."""


class Names:
    """Names of one exercise in one language; an id without a name stands for itself.

    Args:
        exercise: The specification files of the run.
        lang: ``zh`` or ``en``.
    """

    def __init__(self, exercise: Exercise, lang: str) -> None:
        self.exercise = exercise
        self.lang = "zh" if lang == "zh" else "en"

    @cached_property
    def _county(self) -> dict[str, Text]:
        county, scenario = self.exercise.county, self.exercise.scenario
        table = {scenario.id: scenario.name, **{place.id: place.name for place in county.places}}
        table.update((unit.id, unit.name) for unit in county.units)
        table.update((helper.id, helper.name) for helper in county.helpers)
        table.update((expert.id, expert.name) for expert in county.experts)
        table.update((monitor.id, monitor.name) for monitor in county.monitors)
        table.update((way.id, way.name) for way in county.ways)
        table.update((channel.id, channel.name) for channel in county.channels)
        table.update((lifeline.id, lifeline.name) for lifeline in county.lifelines)
        table.update((item.id, item.name) for item in county.items)
        table.update((supplier.id, supplier.name) for supplier in county.suppliers)
        table.update((organization.id, organization.name) for organization in county.organizations)
        return table

    @cached_property
    def _facts(self) -> dict[str, Text]:
        return {fact.key: fact.name for fact in self.exercise.plan.facts}

    @cached_property
    def _rubric(self) -> dict[str, Text]:
        rubric = self.exercise.rubric
        table = {dimension.id: dimension.name for dimension in rubric.dimensions}
        table.update((band.id, band.name) for band in rubric.bands)
        table.update((veto.id, veto.name) for veto in rubric.vetoes)
        return table

    @cached_property
    def _milestones(self) -> dict[str, Text]:
        return {milestone.id: milestone.name for milestone in self.exercise.rubric.milestones}

    def _of(self, table: dict[str, Text], ident: str) -> str:
        text = table.get(ident)
        return ident if text is None else text.in_language(self.lang)

    def word(self, key: str, **fields: object) -> str:
        """Return a word of the table of words."""
        return word(key, self.lang, **fields)

    def titled(self, key: str) -> str:
        """Return a word as the title of a figure, with the name of the scenario after it."""
        return f"{self.word(key)}　{self.capital(self.exercise.scenario.name.in_language(self.lang))}"

    def capital(self, text: str) -> str:
        """Return a text as it stands at the beginning of a line."""
        return text[:1].upper() + text[1:]

    def coded(self, group: str, ident: str) -> str:
        """Return the word for an id of a group, such as ``gap`` or ``cause``; the id where there is none."""
        return word_or(f"{group}_{ident}", self.lang, ident)

    def thing(self, ident: str) -> str:
        """Return the name of an organization, unit, place, channel or installation."""
        return self._of(self._county, ident)

    def things(self, idents: list[str] | tuple[str, ...]) -> str:
        """Return several such names in a row."""
        return ("、" if self.lang == "zh" else ", ").join(self.thing(ident) for ident in idents)

    def channel(self, ident: str) -> str:
        """Return the name of a channel."""
        return self.coded("channel", ident) if f"channel_{ident}" in WORDS else self.thing(ident)

    def fact(self, key: str) -> str:
        """Return the name of a fact, with its place where it is about one."""
        if key in self._facts:
            return self._of(self._facts, key)
        subject, _, attribute = key.partition("/")
        general = f"place/{attribute}"
        if general not in self._facts:
            return key
        return f"{self.thing(subject)}{': ' if self.lang == 'en' else '：'}{self._of(self._facts, general)}"

    def value(self, value: FactValue | None) -> str:
        """Return what a fact says."""
        return "?" if value is None else word_or(f"value_{value}", self.lang, self.thing(str(value)))

    def rubric(self, ident: str) -> str:
        """Return the name of a dimension, band or veto."""
        return self._of(self._rubric, ident)

    def milestone(self, ident: str) -> str:
        """Return the name of a milestone."""
        return self._of(self._milestones, ident)

    def question(self, key: str) -> Text:
        """Return the words of a pause point; its key where the scenario has none."""
        for point in self.exercise.scenario.pause_points:
            if point.id == key.partition("#")[0]:
                return point.question
        return Text(zh=key or "?", en=key or "?")

    def options(self, key: str) -> dict[str, str]:
        """Return the words of the options of a pause point, by id."""
        for point in self.exercise.scenario.pause_points:
            if point.id == key.partition("#")[0]:
                return {option.id: option.text.in_language(self.lang) for option in point.options}
        return {}

    def moment(self, at_s: int | None) -> str:
        """Return an instant as ``T+0:25``; a dash where there is none."""
        return "—" if at_s is None else after_start(at_s)

    def local(self, at_s: int) -> str:
        """Return an instant in local time."""
        return wall_time(self.exercise.scenario.starts_at, at_s)

    def length(self, seconds: int) -> str:
        """Return a duration."""
        return length(seconds, self.lang)


def clock(at_s: int) -> str:
    """Return an instant to the second, as ``0:17:05`` since the start."""
    return f"{at_s // 3600}:{at_s // 60 % 60:02d}:{at_s % 60:02d}"
