"""Drawing injects and outages from the library into a scenario that somebody wrote; all else stays as it is."""

from __future__ import annotations

from typing import Any

from sim.canon import digest_of
from sim.errors import NothingFits, bad_input
from sim.play.draw.attempts import Draft, Wishes
from sim.play.draw.fill import taken
from sim.play.draw.lot import Lot
from sim.play.draw.register import Register
from sim.play.draw.rules import SCENARIO_RULES
from sim.play.draw.scenario import outage
from sim.play.draw.toxic import Course, Turn, draw_outage, strongest_place
from sim.play.draw.weather import Air
from sim.spec.base import Text
from sim.spec.hazards import ToxicRelease
from sim.spec.load import Exercise, Source, build
from sim.spec.risks import Failure, Range, ToxicRisks, ToxicSite
from sim.spec.yamlread import parse
from sim.spec.yamlwrite import to_yaml

INTO_HEADER = "# The scenario {scenario}, with injects and outages drawn from the risk register {register}.\n"
MOST_ATTEMPTS = 50
"""Attempts after which drawing into a scenario is given up."""
RULES = ("in-time", "heard", "marked", "no-gap")
"""Rules of plausibility that what is drawn in can break; the others judge the scenario's own story."""


def draw_into(register: Register, exercise: Exercise, wishes: Wishes) -> Draft:
    """Return a scenario with injects and outages of the library drawn into it.

    Templates that every drawn exercise has (their chance is 1) tell the story itself, which the scenario tells in
    its own way; they are left out, and so is an inject whose id is taken.

    Raises:
        BadInput: If the register has nothing for this scenario, or its templates do not go with the scenario's files.
        NothingFits: If no attempt was plausible.
    """
    scenario = exercise.scenario
    numbers = [
        number for number, risk in enumerate(register.spec.risks) if risk.kind == scenario.hazard.kind
    ] if register.spec.county == scenario.county else []  # fmt: skip
    if not numbers:
        raise bad_input("--into", f"the register has nothing for {scenario.id!r}", "a scenario of its county and kind")
    risk = register.spec.risks[numbers[0]]
    for attempt in range(MOST_ATTEMPTS):
        text = _text(register, numbers[0], exercise, wishes, attempt)
        ident = str(parse(text, "drawn").data["id"])
        made = build((Source("scenario", f"{ident}.yaml", text), *exercise.sources[1:]))
        if all(rule.holds(risk, made) for rule in SCENARIO_RULES if rule.name in RULES):
            return Draft(attempt, text, made)
    raise NothingFits(MOST_ATTEMPTS, f"what was drawn into {scenario.id} broke one of: {', '.join(RULES)}")


def _text(register: Register, number: int, exercise: Exercise, wishes: Wishes, attempt: int) -> str:
    """Return the scenario file with what one attempt draws into it."""
    scenario, lot = exercise.scenario, Lot(wishes.seed, attempt)
    risk, raw = register.spec.risks[number], register.raw["risks"][number]
    course = _course_of(risk, exercise, lot)
    data = parse(exercise.sources[0].text, exercise.sources[0].name).data
    known = {inject["id"] for inject in data["injects"]}
    objectives = [objective.id for objective in scenario.objectives]
    pairs = [
        (template, plain)
        for template, plain in zip(risk.injects, raw["injects"], strict=True)
        if template.chance < 1 and template.id not in known and template.objective in objectives
    ]
    templates, plains = [template for template, _ in pairs], [plain for _, plain in pairs]
    found = list(taken(templates, plains, risk, course, exercise.county, lot))
    added: dict[str, Any] = {"injects": [*data["injects"], *found], "visibility": wishes.visibility}
    if course.outage is not None:
        added["outages"] = [*data.get("outages", []), outage(course)]
    drawn = {"seed": wishes.seed, "attempt": attempt, "register_digest": register.digest}
    suffix = f"drawn-{digest_of({**drawn, 'into': exercise.sources[0].digest})[:8]}"
    ident = f"{scenario.id[:33]}-{suffix}" if wishes.visibility == "open" else suffix  # ids show in folder names
    head = INTO_HEADER.format(scenario=scenario.id, register=register.spec.id)
    return head + to_yaml({**data, **added, "id": ident, "drawn": drawn})


def _course_of(risk: ToxicRisks, exercise: Exercise, lot: Lot) -> Course:
    """Return the course of a written scenario, with an outage drawn for it."""
    scenario, county = exercise.scenario, exercise.county
    hazard = scenario.hazard
    assert isinstance(hazard, ToxicRelease), "a register of toxic releases goes with scenarios of that kind"
    site = next((one for one in risk.sites if one.place == hazard.site and one.substance == hazard.substance), None)
    if site is None:
        place = next(place for place in county.places if place.id == hazard.site)
        amount = Range(low=hazard.rate_g_s, high=hazard.rate_g_s)
        name = Text(zh="有毒气体", en="toxic gas")
        failure = Failure(id="as-written", weight=1, what=name, rate_g_s=amount, inventory_kg=amount, source="")
        site = ToxicSite(
            place=place.id, weight=1, substance=hazard.substance, substance_name=name, holds=name,
            failures=(failure,), source="",
        )  # fmt: skip
    night = not 6 <= int(scenario.starts_at[11:13]) < 20
    air = Air(night, "clear", hazard.wind_m_s, hazard.wind_toward_deg, hazard.stability)
    turn = None
    if hazard.turns:
        first = hazard.turns[0]
        turn = Turn(first.at, first.forecast_at, (first.toward_deg[0], first.toward_deg[-1]))
    reached = [
        strongest_place(risk, county, site, bearing, hazard.rate_g_s, air)
        for bearing in (hazard.wind_toward_deg, *(turn.toward_deg if turn else ()))
    ]
    return Course(
        site=site, failure=site.failures[0], starts_at=scenario.starts_at, duration_s=scenario.duration, air=air,
        rate_g_s=hazard.rate_g_s, inventory_kg=hazard.inventory_kg, hurt={}, turn=turn, attempt=None, escalation=None,
        escalation_s=hazard.escalation.at if hazard.escalation else None,
        runoff_s=next((truth.at for truth in scenario.truths if truth.fact == "river/polluted"), None),
        rumor_s=scenario.rumor.starts, rumor={}, outage=draw_outage(risk, lot),
        first=reached[0], turned=tuple(reached[1:]),
    )  # fmt: skip
