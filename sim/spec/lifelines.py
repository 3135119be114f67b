"""Lifelines: power, base stations and machine rooms that channels depend on, where they stand and whom they serve."""

from __future__ import annotations

from pydantic import Field

from sim.spec.base import Delay, Id, Spec, Text


class Lifeline(Spec):
    """One installation, such as a base station.

    Attributes:
        kind: What it is, such as ``substation``, ``base_station``, ``machine_room`` or ``repeater``.
        at: Place where it stands.
        serves: Places that it serves.
        needs: Installations that must all work; while one does not, this one runs on its battery.
        battery: How long it runs without them; it goes down at once if this is not given.
        repair: How long a repair crew takes once it has begun.
        source: Where battery and repair time are from.
    """

    id: Id
    name: Text
    kind: Id
    at: Id
    serves: tuple[Id, ...] = Field(min_length=1)
    needs: tuple[Id, ...] = ()
    battery: Delay | None = None
    repair: Delay
    source: str
