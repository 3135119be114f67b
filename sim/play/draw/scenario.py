"""The scenario file of a drawn release of toxic gas."""

from __future__ import annotations

from typing import Any

from sim.clocktext import parse_duration
from sim.play.draw.fill import needs_met, stand_ins, taken, written
from sim.play.draw.lot import Lot
from sim.play.draw.register import Register
from sim.play.draw.toxic import Course, minutes_text
from sim.spec.risks import ToxicRisks


def toxic_scenario(
    register: Register, number: int, course: Course, lot: Lot, head: dict[str, Any], drawn: dict[str, Any]
) -> dict[str, Any]:
    """Return a whole scenario as plain data, in the order in which files are written.

    Args:
        register: The register.
        number: Which of the register's risks it is.
        course: What happens.
        lot: The luck of the attempt.
        head: Format, id and visibility.
        drawn: Where it comes from.
    """
    risk, raw = register.spec.risks[number], register.raw["risks"][number]
    county = register.county
    _, texts = stand_ins(risk, course, county)
    met = needs_met(risk, course, county)
    sentences = [
        written(plain["text"], texts)
        for sentence, plain in zip(risk.summary, raw["summary"], strict=True)
        if all(need in met for need in sentence.needs)
    ]
    summary = {"zh": "".join(one["zh"] for one in sentences), "en": " ".join(one["en"] for one in sentences)}
    injects = sorted(taken(risk.injects, raw["injects"], risk, course, county, lot), key=_when)
    scenario = {
        "format": head["format"],
        "id": head["id"],
        "name": written(raw["name"], texts),
        "summary": summary,
        "county": register.spec.county,
        "plan": risk.plan,
        "rules": register.spec.rules,
        "rubric": register.spec.rubric,
        "starts_at": course.starts_at,
        "duration": f"{course.duration_s // 60}min",
        "visibility": head["visibility"],
        "drawn": drawn,
        "public_people": register.spec.public_people,
        "objectives": raw["objectives"],
        "hazard": hazard(risk, course),
        "population": raw["population"],
        "rumor": {"starts": minutes_text(course.rumor_s), **course.rumor, **raw["rumor"]},
    }
    if course.runoff_s is not None:
        scenario["truths"] = [{"at": minutes_text(course.runoff_s), "fact": "river/polluted", "value": True}]
    if course.outage is not None:
        scenario["outages"] = [outage(course)]
    scenario["injects"] = injects
    scenario["pause_points"] = list(taken(risk.questions, raw["questions"], risk, course, county, lot))
    return scenario


def hazard(risk: ToxicRisks, course: Course) -> dict[str, Any]:
    """Return the hazard of a scenario as plain data."""
    air = course.air
    found: dict[str, Any] = {
        "kind": risk.kind,
        "site": course.site.place,
        "substance": course.site.substance,
        "rate_g_s": course.rate_g_s,
        "inventory_kg": course.inventory_kg,
        "wind_m_s": air.wind_m_s,
        "wind_toward_deg": air.toward_deg,
        "stability": air.stability,
    }
    if course.turn is not None:
        turn = course.turn
        found["turns"] = [
            {
                "at": minutes_text(turn.at_s),
                "forecast_at": minutes_text(turn.known_s),
                "toward_deg": list(turn.toward_deg),
                "spread_deg": risk.turns.spread_deg,
            }
        ]
    found["hurt_at_once"] = course.hurt
    if course.attempt is not None:
        found["attempt"] = course.attempt
    if course.escalation is not None:
        found["escalation"] = course.escalation
    return found


def outage(course: Course) -> dict[str, Any]:
    """Return the failing channel of a scenario as plain data."""
    assert course.outage is not None
    return {
        "channel": course.outage.channel,
        "at": minutes_text(course.outage.at_s),
        "lasts": f"{course.outage.lasts_s // 60}min",
        "source": "drawn from the risk register; guess",
    }


def _when(inject: dict[str, Any]) -> tuple[int, str]:
    return parse_duration(inject["at"]), inject["id"]
