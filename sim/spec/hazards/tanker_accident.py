"""An accident of a road tanker with a dangerous load, in a scenario file."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sim.spec.base import Id, Positive, Share, Spec
from sim.spec.hazards.toxic_release import GasRelease


class Jam(Spec):
    """Cars that come to a halt before the wreck, in one direction.

    Attributes:
        at: Place where they stand.
        fed_by: Exit at which the police can turn them off; while it is open, more come.
        people_per_min: Travellers who come to it, in persons a minute.
        most: How many have room on the stretch that the place stands for; those behind stand farther off.
        walk_share: Share of those who notice something in each minute that leave their cars and walk off. A guess.
    """

    at: Id
    fed_by: Id
    people_per_min: Positive
    most: Annotated[int, Field(ge=1, le=5000)]
    walk_share: Share = 0.01


class TankerAccident(GasRelease):
    """A tanker that leaks on a road; nobody there says what it holds.

    Attributes:
        look_within_m: From how near, in m, a crew sees that something leaks.
        on_file: Organizations that can look up what it holds: permits, waybills.
        jams: The traffic before and behind it.
        turned_per_min: How many travellers a crew gets out of a jam in a minute, in persons. A guess.
    """

    kind: Literal["tanker_accident"]
    owner: Id | None = None
    look_within_m: Positive = 1200.0
    on_file: tuple[Id, ...] = ()
    jams: tuple[Jam, ...] = Field(default=(), max_length=9)
    turned_per_min: Positive = 20.0
