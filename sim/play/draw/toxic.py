"""Drawing a release of toxic gas: where, what, how much, into which wind, and what follows from it."""

from __future__ import annotations

from math import hypot
from typing import Any, NamedTuple

from sim.county.dose_response import RESPONSES, Severity
from sim.hazards.formulas.plume import per_unit_rate
from sim.play.draw.lot import Lot, rounded
from sim.play.draw.weather import Air
from sim.spec.county import County, Place
from sim.spec.risks import Failure, ToxicRisks, ToxicSite

EXPOSED_MIN = 60.0
"""For how long people are taken to breathe the gas when a draw is judged, in minutes. A guess."""


class Turn(NamedTuple):
    """The wind turns at a time to one of two bearings; the bureau knows at ``known_s``."""

    at_s: int
    known_s: int
    toward_deg: tuple[int, int]


class Outage(NamedTuple):
    """A channel that fails."""

    channel: str
    at_s: int
    lasts_s: int


class Course(NamedTuple):
    """What happens in a drawn release. Times are in seconds after the leak, None where the thing does not happen.

    Attributes:
        first: The inhabited place where the gas is strongest at the start; None if it reaches nobody.
        turned: The same for each bearing that the wind may turn to, in their order.
    """

    site: ToxicSite
    failure: Failure
    starts_at: str
    duration_s: int
    air: Air
    rate_g_s: float
    inventory_kg: float
    hurt: dict[str, int]
    turn: Turn | None
    attempt: dict[str, Any] | None
    escalation: dict[str, Any] | None
    escalation_s: int | None
    runoff_s: int | None
    rumor_s: int
    rumor: dict[str, Any]
    outage: Outage | None
    first: str | None
    turned: tuple[str | None, ...]

    @property
    def bearings(self) -> tuple[int, ...]:
        """Every bearing that the wind may blow toward."""
        return (self.air.toward_deg, *(self.turn.toward_deg if self.turn else ()))

    @property
    def further(self) -> tuple[tuple[str, int], ...]:
        """Places that the wind may turn to besides the first, each with the bearing."""
        found: dict[str, int] = {}
        for place, bearing in zip(self.turned, self.bearings[1:], strict=True):
            if place is not None and place != self.first:
                found.setdefault(place, bearing)
        return tuple(found.items())


def draw_course(risk: ToxicRisks, county: County, starts_at: str, air: Air, lot: Lot) -> Course:
    """Draw the course of a release."""
    site = lot.among(risk.sites, [site.weight for site in risk.sites], "site")
    failure = lot.among(site.failures, [one.weight for one in site.failures], "failure", site.place)
    cascade = risk.cascade
    rate_g_s = lot.amount(failure.rate_g_s, "rate")
    escalation_s = lot.minutes(cascade.escalation_at, "escalation", "at")
    likely = cascade.escalation_likely
    escalation = {
        "at": minutes_text(escalation_s),
        "chance": rounded(likely[0] + lot.uniform("escalation", "likely") * (likely[1] - likely[0])),
        "rate_factor": lot.amount(cascade.escalation_factor, "escalation", "factor"),
    }
    grows = lot.chance(cascade.escalation_chance, "escalation")
    runs_off = lot.chance(cascade.runoff_chance, "runoff")
    turn = _turn(risk, air, lot)
    rumor = {
        "growth_per_h": lot.amount(cascade.rumor_growth_per_h, "rumor", "growth"),
        "seed_share": lot.amount(cascade.rumor_seed_share, "rumor", "seed"),
    }
    strongest = [
        strongest_place(risk, county, site, bearing, rate_g_s, air)
        for bearing in (air.toward_deg, *(turn.toward_deg if turn else ()))
    ]
    return Course(
        site=site,
        failure=failure,
        starts_at=starts_at,
        duration_s=lot.among(risk.durations, [1.0] * len(risk.durations), "duration"),
        air=air,
        rate_g_s=rate_g_s,
        inventory_kg=lot.amount(failure.inventory_kg, "inventory"),
        hurt={name: lot.whole(numbers, "hurt", name) for name, numbers in risk.hurt_at_once.items()},
        turn=turn,
        attempt=_attempt(risk, lot),
        escalation=escalation if grows else None,
        escalation_s=escalation_s if grows else None,
        runoff_s=lot.minutes(cascade.runoff_at, "runoff", "at") if runs_off else None,
        rumor_s=lot.minutes(cascade.rumor_at, "rumor", "at"),
        rumor=rumor,
        outage=draw_outage(risk, lot),
        first=strongest[0],
        turned=tuple(strongest[1:]),
    )


def _turn(risk: ToxicRisks, air: Air, lot: Lot) -> Turn | None:
    turns = risk.turns
    if not lot.chance(turns.chance, "turn"):
        return None
    at_s = lot.minutes(turns.at, "turn", "at")
    bearings = []
    for way in ("one way", "other way"):
        by_deg = lot.whole(turns.by_deg, "turn", way)
        bearings.append((air.toward_deg + (by_deg if lot.chance(0.5, "turn", way, "right") else -by_deg)) % 360)
    return Turn(at_s, at_s - lot.minutes(turns.warning, "turn", "warning"), (bearings[0], bearings[1]))


def _attempt(risk: ToxicRisks, lot: Lot) -> dict[str, Any] | None:
    own = risk.self_help
    if not lot.chance(own.chance, "attempt"):
        return None
    return {
        "at": minutes_text(lot.minutes(own.at, "attempt", "at")),
        "work": own.work,
        "success": own.success,
        "crew": lot.whole(own.crew, "attempt", "crew"),
    }


def draw_outage(risk: ToxicRisks, lot: Lot) -> Outage | None:
    """Draw a channel that fails for a time, or none."""
    cascade = risk.cascade
    if not lot.chance(cascade.outage_chance, "outage"):
        return None
    channel = lot.keyed(cascade.outage_channels, "outage", "channel")
    at_s = lot.minutes(cascade.outage_at, "outage", "at")
    return Outage(channel, at_s, lot.minutes(cascade.outage_lasts, "outage", "lasts"))


def minutes_text(at_s: int) -> str:
    """Return a time after the leak as files write it."""
    return f"T+{at_s // 60}min"


def away_m(county: County, site: str, place: Place) -> tuple[float, float]:
    """Return how far a place lies east and north of a site, in m."""
    origin = next(one for one in county.places if one.id == site)
    return (place.x_km - origin.x_km) * 1000, (place.y_km - origin.y_km) * 1000


def mg_m3(county: County, site: str, place: Place, toward_deg: float, rate_g_s: float, air: Air) -> float:
    """Return the concentration outdoors at the center of a place, in mg/m³."""
    east_m, north_m = away_m(county, site, place)
    return rate_g_s * per_unit_rate(east_m, north_m, toward_deg, air.wind_m_s, air.stability)


def threatened(
    risk: ToxicRisks, county: County, site: str, toward_deg: float, rate_g_s: float, air: Air
) -> list[tuple[float, Place]]:
    """Return the inhabited places within reach that lie in the gas, with its mg/m³, the strongest first."""
    found = []
    for place in county.places:
        if place.people and hypot(*away_m(county, site, place)) <= risk.limits.reach_m:
            strength = mg_m3(county, site, place, toward_deg, rate_g_s, air)
            if strength > 0:
                found.append((strength, place))
    return sorted(found, key=lambda pair: (-pair[0], pair[1].id))


def strongest_place(
    risk: ToxicRisks, county: County, site: ToxicSite, toward_deg: float, rate_g_s: float, air: Air
) -> str | None:
    """Return the inhabited place where the gas is strongest, if people there can smell it."""
    found = threatened(risk, county, site.place, toward_deg, rate_g_s, air)
    return found[0][1].id if found and found[0][0] >= RESPONSES[site.substance].noticed_from else None


def hurt_indoors(risk: ToxicRisks, course: Course, county: County, severity: Severity) -> list[tuple[float, int]]:
    """Return for each place that the gas may reach the share of its people hurt at least so badly, and their number."""
    empty_min = course.inventory_kg * 1000 / course.rate_g_s / 60
    minutes = min(EXPOSED_MIN, empty_min)
    substance = RESPONSES[course.site.substance]
    found = []
    for bearing in course.bearings:
        for strength, place in threatened(risk, county, course.site.place, bearing, course.rate_g_s, course.air):
            load = substance.dose_rate(strength * risk.population.indoors) * minutes
            share = substance.share_hurt(load, severity)
            found.append((share, round(share * place.people)))
    return found
