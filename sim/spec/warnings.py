"""Warnings: the four colors of weather warnings, and the ways by which a warning reaches people.

Four things are told apart everywhere: the color of a weather warning (what may come), the grade of an incident (what
harm it did), the response level (what is switched on), and the order to shelter or leave (what people shall do).
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from sim.spec.base import Delay, Duration, Id, Share, Spec, Text
from sim.spec.channels import Contact

COLOR = "warning/color"
"""The fact that says which weather warning stands."""
COLORS = ("blue", "yellow", "orange", "red")
"""Colors of weather warnings, the mildest first."""
LIFTED = "none"
"""Value of :data:`COLOR` when no warning stands any more."""

PerMinute = Annotated[float, Field(ge=0, le=60, allow_inf_nan=False)]


class _Way(Spec):
    """What all ways to warn people have in common.

    Attributes:
        reach: Largest share of the people addressed whom it reaches, however long it lasts.
        starts: Time from the order until it works: writing, approving, launching, or gathering helpers.
        channel: Channel of the county without which it does not work; None for none.
        needs: Kinds of lifeline that must serve the place and the desk that warns.
        source: Where the numbers are from.
    """

    id: Id
    name: Text
    reach: Share
    starts: Delay
    channel: Id | None = None
    needs: tuple[Id, ...] = ()
    source: str


class Broadcast(_Way):
    """One message to everybody at once: loudspeaker, radio, cell broadcast, automatic calls.

    Attributes:
        tells_per_min: Share of those not yet reached whom it reaches itself, a minute (Bass: p).
        spreads_per_min: Rate at which those reached pass it on, a minute (Bass: q).
    """

    kind: Literal["broadcast"]
    tells_per_min: Annotated[PerMinute, Field(gt=0)]
    spreads_per_min: PerMinute = 0.0


class _Knocking(_Way):
    """Helpers who knock at one door after another.

    Attributes:
        people_per_team: For so many people there is one team; at least one.
        per_household: Time at one door, the way to the next included.
        household: People in a household.
    """

    people_per_team: int = Field(ge=1, le=100_000)
    per_household: Annotated[Duration, Field(ge=1)]
    household: Annotated[float, Field(ge=1, le=20, allow_inf_nan=False)]


class DoorToDoor(_Knocking):
    """Police and township staff knock at all doors of a place; works without power and network."""

    kind: Literal["door"]


class CallOut(_Knocking):
    """Call and answer: a desk calls the person responsible for each cell, who must confirm, then warns the own cell.

    Those who do not answer are called again.

    Attributes:
        people_per_cell: People in a grid cell where the county file has none; ``people_per_team`` counts then too.
        callers: Officers of the desk who call at the same time.
        dial: Time of one call, answered or not.
        contacts: Who is called first, second ... for a cell, and how surely each of them answers.
        chase_after: Pause before somebody of the cell is called again.
        attempts: Calls until the desk gives a cell up.
    """

    kind: Literal["call"]
    people_per_cell: int = Field(ge=1, le=100_000)
    callers: int = Field(ge=1, le=20)
    dial: Delay
    contacts: tuple[Contact, ...] = Field(min_length=1, max_length=9)
    chase_after: Duration
    attempts: int = Field(ge=1, le=20)


Way = Annotated[Broadcast | DoorToDoor | CallOut, Field(discriminator="kind")]
"""A way to warn people, told apart by ``kind``."""
WAYS: TypeAdapter[tuple[Way, ...]] = TypeAdapter(tuple[Way, ...])
"""Checks the fields of a list of ways."""


def _usual(ident: str, zh: str, en: str, kind: str, source: str, **fields: object) -> dict[str, object]:
    return {"id": ident, "name": {"zh": zh, "en": en}, "kind": kind, "source": source, **fields}


def _median(text: str, sigma: float = 0.4) -> dict[str, object]:
    return {"lognormal": {"median": text, "sigma": sigma}}


def _contact(ident: str, zh: str, en: str, day: float, night: float) -> dict[str, object]:
    chances = {"day": day, "night": night, "handover": day, "holiday": night}
    return {"id": ident, "name": {"zh": zh, "en": en}, **chances}


DEFAULT_WAYS = WAYS.validate_python(
    (
        _usual(
            "cell-broadcast",
            "手机预警广播",
            "cell broadcast",
            "broadcast",
            "reach of about 90 % and most phones within 2 min: reports of FCC studies of wireless alerts, 2018-2021; "
            "writing and launching 3 min: a guess",
            reach=0.9,
            starts=_median("3min"),
            tells_per_min=1.0,
            spreads_per_min=0.2,
            channel="broadcast",
        ),
        _usual(
            "sirens",
            "大喇叭和警报器",
            "loudspeakers and sirens",
            "broadcast",
            "sirens suit rapid onset best: Rogers and Sorensen, ORNL; all numbers are guesses",
            reach=0.7,
            starts=_median("90s", 0.5),
            tells_per_min=0.25,
            spreads_per_min=0.25,
            channel="loudspeaker",
        ),
        _usual(
            "ring-down",
            "电话自动外呼",
            "automatic calls",
            "broadcast",
            "about 30 min to the coverage of sirens: Rogers and Sorensen, ORNL; rates and reach are guesses to fit",
            reach=0.8,
            starts=_median("5min"),
            tells_per_min=0.05,
            spreads_per_min=0.1,
        ),
        _usual(
            "fm-radio",
            "应急广播和电视",
            "radio and television",
            "broadcast",
            "guess; whoever listens passes it on",
            reach=0.35,
            starts=_median("6min"),
            tells_per_min=0.03,
            spreads_per_min=0.06,
        ),
        _usual(
            "call-out",
            "叫应",
            "call and answer",
            "call",
            "guess; practise it and count",
            reach=0.9,
            starts=_median("2min"),
            people_per_team=250,
            per_household="60s",
            household=2.62,
            people_per_cell=500,
            callers=2,
            dial=_median("45s"),
            contacts=(
                _contact("grid", "网格员", "grid worker", 0.9, 0.75),
                _contact("village", "村（社区）书记", "village head", 0.85, 0.75),
                _contact("township", "包村干部", "township officer", 0.85, 0.7),
            ),
            chase_after="3min",
            attempts=6,
        ),
        _usual(
            "door",
            "入户敲门",
            "door to door",
            "door",
            "guess, but for the household: 2.62 persons in the census of 2020, recalled",
            reach=0.97,
            starts=_median("15min"),
            people_per_team=150,
            per_household="90s",
            household=2.62,
        ),
    )
)
"""Ways of a county whose file names none; each says what of it is a guess."""
