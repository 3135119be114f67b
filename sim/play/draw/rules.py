"""Rules of plausibility: a draw that breaks one is drawn again. Each has a name and a reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from sim.county.dose_response import GASES, Severity
from sim.hazards.compass import sector
from sim.play.draw.conditions import can_be_met
from sim.play.draw.fill import GAP
from sim.play.draw.register import Register
from sim.play.draw.toxic import Course, hurt_indoors, threatened
from sim.play.draw.weather import classes, is_night, season_of
from sim.play.draw.window import Window
from sim.spec.load import Exercise
from sim.spec.risks import ToxicRisks

LAST_FIRST_INJECT_S = 30 * 60
"""How long after the leak the exercise may stay silent, in seconds. A guess."""

BEFORE_OUTAGE_S = 5 * 60
"""How long before an outage an inject on that channel must have been sent to be heard, in seconds. A guess."""


class Case(NamedTuple):
    """What the rules on a course look at."""

    register: Register
    risk: ToxicRisks
    course: Course
    window: Window | None


class CourseRule(NamedTuple):
    """A rule that can be told before a scenario is written."""

    name: str
    reason: str
    holds: Callable[[Case], bool]


class ScenarioRule(NamedTuple):
    """A rule on the scenario that was written."""

    name: str
    reason: str
    holds: Callable[[ToxicRisks, Exercise], bool]


def _stability(case: Case) -> bool:
    air, starts_at = case.course.air, case.course.starts_at
    return air.stability in classes(case.register.spec.weather, starts_at, air.sky, air.wind_m_s)


def _night(case: Case) -> bool:
    air, season = case.course.air, season_of(case.register.spec.weather, case.course.starts_at)
    night = is_night(season, case.course.starts_at)
    return night == air.night and air.stability not in (("A", "B", "C") if night else ("E", "F"))


def _wind(case: Case) -> bool:
    season = season_of(case.register.spec.weather, case.course.starts_at)
    low, _, high = season.wind_by_night_m_s if case.course.air.night else season.wind_by_day_m_s
    return max(0.5, low) <= case.course.air.wind_m_s <= min(30.0, high)


def _inventory(case: Case) -> bool:
    limits = [one.within for one in case.register.rubric.milestones if one.within is not None and one.since is None]
    return case.course.rate_g_s * min(limits) <= case.course.inventory_kg * 1000


def _within_reach(case: Case) -> bool:
    course, county = case.course, case.register.county
    return any(
        threatened(case.risk, county, course.site.place, bearing, course.rate_g_s, course.air)
        for bearing in course.bearings
    )


def _hurts(case: Case) -> bool:
    found = hurt_indoors(case.risk, case.course, case.register.county, Severity.SERIOUS)
    return any(people >= case.risk.limits.serious_people for _, people in found)


def _lasts(case: Case) -> bool:
    return case.course.rate_g_s * case.risk.limits.lasts <= case.course.inventory_kg * 1000


def _bounded(case: Case) -> bool:
    most = case.risk.limits.most_serious_share
    found = hurt_indoors(case.risk, case.course, case.register.county, Severity.SERIOUS)
    return all(share <= most for share, _ in found)


def _turn(case: Case) -> bool:
    turn = case.course.turn
    return turn is None or (0 < turn.known_s < turn.at_s and bool(case.course.further))


def _sectors(case: Case) -> bool:
    turn = case.course.turn
    return turn is None or sector(turn.toward_deg[0]) != sector(turn.toward_deg[1])


COURSE_RULES = (
    CourseRule(
        "window",
        "the exercise begins inside the agreed window",
        lambda case: case.window is None or case.window.holds(case.course.starts_at),
    ),
    CourseRule("stability", "Pasquill's table gives the stability class for hour, sky and wind", _stability),
    CourseRule("night", "stable air only by night, unstable air only by day", _night),
    CourseRule("wind-speed", "the wind is one that the season has", _wind),
    CourseRule("inventory", "the vessel holds what leaks before the first milestone is due", _inventory),
    CourseRule("people-near", "somebody lives within reach", _within_reach),
    CourseRule("wind-to-people", "at the start people downwind smell the gas", lambda case: bool(case.course.first)),
    CourseRule("harm", "an hour in the gas gravely hurts people somewhere, so that protecting them matters", _hurts),
    CourseRule("lasting", "the leak does not end before a team could plug it, so that plugging matters", _lasts),
    CourseRule("bounded", "the harm is not beyond what any county could answer", _bounded),
    CourseRule("turn", "the bureau knows of a turn before it comes, and it may threaten people who were safe", _turn),
    CourseRule("two-turns", "a forecast tells the two turns apart", _sectors),
    CourseRule(
        "substance",
        "the model knows how the substance harms",
        lambda case: case.course.site.substance in GASES,
    ),
)  # fmt: skip


def _first_inject(_risk: ToxicRisks, exercise: Exercise) -> bool:
    times = [inject.at for inject in exercise.scenario.injects if inject.at is not None]
    return bool(times) and 0 < min(times) <= LAST_FIRST_INJECT_S


def _in_time(_risk: ToxicRisks, exercise: Exercise) -> bool:
    scenario = exercise.scenario
    ends = [outage.until for outage in scenario.outages]
    return all(at_s < scenario.duration for at_s in (*ends, *(inject.at or 0 for inject in scenario.injects)))


def _heard(_risk: ToxicRisks, exercise: Exercise) -> bool:
    scenario = exercise.scenario
    return not any(
        inject.channel == outage.channel and outage.at - BEFORE_OUTAGE_S <= (inject.at or 0) < outage.until
        for outage in scenario.outages
        for inject in scenario.injects
    )


def _seats(risk: ToxicRisks, exercise: Exercise) -> bool:
    return len({point.seat for point in exercise.scenario.pause_points}) >= risk.limits.seats_asked


def _injects(risk: ToxicRisks, exercise: Exercise) -> bool:
    wanted = risk.limits.injects
    return wanted.low <= len(exercise.scenario.injects) <= wanted.high


def _objectives(_risk: ToxicRisks, exercise: Exercise) -> bool:
    scenario = exercise.scenario
    trained = {inject.objective for inject in scenario.injects}
    trained |= {objective for point in scenario.pause_points for objective in point.objectives}
    return all(objective.id in trained for objective in scenario.objectives)


def _marked(_risk: ToxicRisks, exercise: Exercise) -> bool:
    texts = [inject.text for inject in exercise.scenario.injects]
    return all(text.marked() == text for text in texts)


def _no_gap(_risk: ToxicRisks, exercise: Exercise) -> bool:
    return GAP.search(exercise.scenario.model_dump_json(include={"name", "summary", "injects", "pause_points"})) is None


def _conditions(_risk: ToxicRisks, exercise: Exercise) -> bool:
    return all(can_be_met(exercise, point) for point in exercise.scenario.pause_points)


SCENARIO_RULES = (
    ScenarioRule("first-inject", "the first inject comes after the leak, and not half an hour later", _first_inject),
    ScenarioRule("in-time", "injects and outages lie inside the exercise", _in_time),
    ScenarioRule("heard", "no inject is sent into a channel that is down, where it would be lost", _heard),
    ScenarioRule("seats", "enough seats are asked something", _seats),
    ScenarioRule("inject-count", "neither silence nor a flood of injects", _injects),
    ScenarioRule("objectives", "every objective is trained by an inject or a question", _objectives),
    ScenarioRule("marked", "every inject says that this is an exercise", _marked),
    ScenarioRule("no-gap", "no text has a stand-in left in it", _no_gap),
    ScenarioRule("conditions", "the condition of every question can be met", _conditions),
)
