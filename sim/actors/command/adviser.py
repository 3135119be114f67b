"""The adviser (decision support): what a seat's picture and the county's files let one expect, and what to choose then.

It sees what the seat holds, never the truth, and so it is wrong where the picture is; and at times it slips, by luck.
Checking costs an officer of the desk time and shows whether the advice follows from what the seat holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from sim.hazards.compass import SECTORS, bearing_deg, sector
from sim.hazards.formulas.dam_break import arrival_s
from sim.record.picture import Held
from sim.spec.base import FactValue, all_hold, facts_of
from sim.spec.hazards import INCIDENT
from sim.spec.load import Exercise
from sim.spec.scenario import PausePoint

if TYPE_CHECKING:
    from sim.actors.organization import Organization
    from sim.engine import Process

REACH_KM = 3.0
"""How far from a danger that is known the adviser looks for places that it may reach within an hour. A guess."""
FRESH_S = 30 * 60
"""For how long, in seconds, the adviser trusts an observation fully. A guess."""
STALE = 0.8
"""Factor on its confidence if all that it rests on is older than that. A guess."""
DAM_SIGNS = ("failing", "failed")
"""What a dam looks like when the adviser expects its water to come."""


class Forecast(NamedTuple):
    """What one may expect within the next hour.

    Attributes:
        threatened: Places that are not known to be in danger and may be.
        load_pct: Patients who are known, in percent of the treatment bays of the county.
        water_min: Minutes from now until the water of a failing dam arrives, by place.
        wind: Where the wind will blow to; None if nothing is known of it.
        rests_on: The facts that it rests on.
    """

    threatened: tuple[str, ...]
    load_pct: int
    water_min: tuple[tuple[str, int], ...]
    wind: FactValue | None
    rests_on: tuple[str, ...]


class Advice(NamedTuple):
    """Advice on a question.

    Attributes:
        forecast: What it expects.
        option: What it would choose; None if the plan knows nothing to choose.
        confidence_pct: How sure it says it is, in percent.
        sound: Whether it follows from what the seat holds.
    """

    forecast: Forecast
    option: str | None
    confidence_pct: int
    sound: bool


class Offered:
    """Advice as it was given to a seat.

    Attributes:
        advice: What it says.
        seqs: Numbers of the events by which it was given and checked.
        checked: Whether it was checked.
    """

    def __init__(self, advice: Advice, seq: int) -> None:
        self.advice = advice
        self.seqs: tuple[int, ...] = (seq,)
        self.checked = False

    @property
    def usable(self) -> str | None:
        """What to choose by it: nothing once a check has shown that it does not follow from the picture."""
        return None if self.checked and not self.advice.sound else self.advice.option


def forecast(exercise: Exercise, held: Mapping[str, Held]) -> Forecast:
    """Return what the picture of a seat and the county's files let one expect.

    Args:
        exercise: The exercise; of its scenario only the site of the incident is used, once the incident is known.
        held: What the seat holds, by fact.
    """
    dangers = [key for key, one in held.items() if key.endswith("/danger") and one.value is True]
    wind_key = "wind/forecast" if "wind/forecast" in held else "wind/toward"
    wind = held[wind_key].value if wind_key in held else None
    there = f"{INCIDENT}/exists"
    exists = there in held and held[there].value is True
    sources = [key.partition("/")[0] for key in dangers] + ([exercise.scenario.hazard.site] if exists else [])
    hurt = [key for key, one in held.items() if key.endswith("/hurt") and isinstance(one.value, int)]
    bays = sum(place.bays for place in exercise.county.places)
    dams = [key for key, one in held.items() if key.endswith("dam") and one.value in DAM_SIGNS]
    rests = {*dangers, *hurt, *dams, *(key for key in (wind_key, there) if key in held)}
    return Forecast(
        _downwind(exercise, sources, [key.partition("/")[0] for key in dangers], wind),
        round(100 * sum(int(held[key].value) for key in hurt) / max(1, bays)),
        _water(exercise, dams),
        wind,
        tuple(sorted(rests)),
    )


def _downwind(exercise: Exercise, sources: list[str], known: list[str], wind: FactValue | None) -> tuple[str, ...]:
    """Return inhabited places near a source, in the direction of the wind; none where no wind is known."""
    at = {place.id: (place.x_km, place.y_km) for place in exercise.county.places}
    if wind not in SECTORS:
        return ()
    turns = (SECTORS.index(str(wind)) + turn for turn in (-1, 0, 1))
    toward = tuple(SECTORS[turn % len(SECTORS)] for turn in turns)
    found: dict[str, None] = {}
    for place in exercise.county.places:
        for source in sources:
            east, north = place.x_km - at[source][0], place.y_km - at[source][1]
            near = 0 < east * east + north * north <= REACH_KM * REACH_KM
            if place.people and place.id not in known and near and sector(bearing_deg(east, north)) in toward:
                found[place.id] = None
    return tuple(found)


def _water(exercise: Exercise, dams: list[str]) -> tuple[tuple[str, int], ...]:
    """Return when the water of dams that fail arrives below them; ``lower_dam`` is the second one of the county."""
    reservoirs = exercise.county.reservoirs
    failing = [index for index, name in enumerate(("dam", "lower_dam")) for key in dams if key.endswith(f"/{name}")]
    return tuple(
        (one.place, round(arrival_s(one.km * 1000) / 60))
        for index in failing
        if index < len(reservoirs)
        for one in reservoirs[index].downstream
    )


def advise(
    exercise: Exercise, point: PausePoint, held: Mapping[str, Held], now_s: int, accuracy: float, luck: float
) -> Advice:
    """Return advice on a question, from what a seat holds.

    Args:
        exercise: The exercise.
        point: The question.
        held: What the seat holds, by fact.
        now_s: When it is asked, in seconds since the start.
        accuracy: How often the adviser works out rightly what follows, from 0 to 1.
        luck: A uniform number: it slips where this lies above its accuracy, and how, by what is left of it.
    """
    expected = forecast(exercise, held)
    facts = {key: one.value for key, one in held.items()}
    if expected.wind is not None:
        facts.setdefault("wind/forecast", expected.wind)
    facts |= {f"{place}/danger": True for place in expected.threatened}
    option = next((one.choose for one in point.by_plan if all_hold(one.if_, facts.get)), None)
    rests = [held[key] for key in dict.fromkeys((*expected.rests_on, *_asked(point))) if key in held]
    fresh = sum(one.verified or now_s - one.as_of_s <= FRESH_S for one in rests) / len(rests) if rests else 0.0
    confidence = round(100 * accuracy * (STALE + (1 - STALE) * fresh))
    if luck < accuracy or option is None:
        return Advice(expected, option, confidence, sound=True)
    others = [one.id for one in point.options if one.id != option]
    slip = (luck - accuracy) / max(1e-9, 1 - accuracy)
    return Advice(_slipped(expected), others[min(int(slip * len(others)), len(others) - 1)], confidence, sound=False)


def _asked(point: PausePoint) -> tuple[str, ...]:
    return facts_of(tuple(clause for one in point.by_plan for clause in one.if_) + point.when)


def _slipped(right: Forecast) -> Forecast:
    """Return a forecast with what people get wrong: half the load, twice the time, and the places left out."""
    water = tuple((place, 2 * minutes) for place, minutes in right.water_min)
    return right._replace(threatened=(), load_pct=right.load_pct // 2, water_min=water)


def offer(organization: Organization, point: PausePoint, cause: int | None, also: tuple[int, ...]) -> Process:
    """Process: give a seat advice on a question that it is about to be asked; a policy may check it at once.

    Returns:
        Number of the event that comes before the question: ``cause`` where there is no adviser.
    """
    world, scene, seat = organization.world, organization.scene, organization.id
    policy = scene.policy_of(seat)
    person = scene.is_person(seat)
    if not world.parameters["adviser.on"] or policy.instant or not (policy.routine or person):
        return cause
    luck = world.luck.uniform("adviser", seat, point.id)
    advice = advise(
        world.exercise, point, organization.picture.held, world.clock.now, world.parameters["adviser.accuracy"], luck
    )
    known = dict.fromkeys((*advice.forecast.rests_on, *_asked(point)))
    looked = (*also, *(organization.learned[key] for key in known if key in organization.learned))
    seq = world.log.emit("advice.given", seat, point.id, cause, looked, **as_data(advice))
    scene.advice[seat, point.id] = Offered(advice, seq)
    if not person and world.luck.chance(world.parameters["adviser.checking"], "check advice", seat, point.id):
        return (yield from check(organization, point.id, seq))
    return seq


def as_data(advice: Advice) -> dict[str, FactValue | list[str] | dict[str, int]]:
    """Return advice as the record has it."""
    told = advice.forecast
    return {
        "option": advice.option or "",
        "confidence_pct": advice.confidence_pct,
        "threatened": list(told.threatened),
        "load_pct": told.load_pct,
        "water_min": dict(told.water_min),
        "sound": advice.sound,
    }


def check(organization: Organization, question: str, cause: int) -> Process:
    """Process: let an officer work through the advice on a question again; returns the number of the event."""
    world = organization.world
    offered = organization.scene.advice.get((organization.id, question))
    if offered is None:
        return cause
    seconds = round(world.parameters["adviser.check_time"] * 60)
    busy = yield from organization.attend(seconds, f"advice/{question}", cause)
    offered.checked = True
    sound = offered.advice.sound
    seq = world.log.emit("advice.checked", organization.id, question, busy, offered.seqs, sound=sound)
    offered.seqs = (*offered.seqs, seq)
    return seq


def note_followed(organization: Organization, question: str, choice: str | None, cause: int) -> None:
    """Say in the record that a seat chose what the adviser would have chosen."""
    offered = organization.scene.advice.get((organization.id, question))
    if offered is not None and choice is not None and choice == offered.advice.option:
        organization.world.log.emit(
            "advice.followed", organization.id, question, cause, offered.seqs, option=choice, checked=offered.checked
        )
