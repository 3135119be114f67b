"""How many people come, stand on a square and its stairs, and go, minute by minute, in whole persons."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from sim.hazards.formulas import crowd_flow
from sim.spec.hazards.crowd import Arriving, Crowd, Ground

STEP_S = 60
"""Length of a step in seconds."""


class Measures(NamedTuple):
    """What is done about the crowd at a moment.

    Attributes:
        holding: Police who hold people back at the square, in patrols of three.
        regulating: Police at the foot of the stairs, in patrols of three.
        buses_skip: Whether the buses do not stop there.
        informed: Whether the public was told.
        told_to_leave: Share of those in the square who follow an order to leave.
        told_to_stay: Share who follow an order to stay where they are.
    """

    holding: float = 0.0
    regulating: float = 0.0
    buses_skip: bool = False
    informed: bool = False
    told_to_leave: float = 0.0
    told_to_stay: float = 0.0

    def acting(self) -> tuple[bool, ...]:
        """Return which measures act."""
        return tuple(bool(one) for one in self)


class Now(NamedTuple):
    """What a step depends on besides the measures.

    Attributes:
        since_s: Seconds since the hazard began.
        piled: Persons who lie on the stairs.
        known: Whether those behind know that people fell.
    """

    since_s: int
    piled: int = 0
    known: bool = False


def per_min_at(arriving: Sequence[Arriving], at_s: float) -> float:
    """Return how many people a minute come at a time; before the first and after the last time nobody does."""
    for before, after in pairwise(arriving):
        if before.at <= at_s < after.at:
            part = (at_s - before.at) / (after.at - before.at)
            return before.per_min + part * (after.per_min - before.per_min)
    return 0.0


class Flows:
    """Where those are who come: nobody is lost, and nobody is in two places.

    Attributes:
        square: Those on the square.
        stairs: Those on the stairs who can still move.
        piled: Those who lie there.
        nobody_comes: Whether the time has passed up to which people come.
        stayed_away: Who did not come, or turned round before the square.
        held_back: Whom police let no further.
        turned_back: Who found no room on the square.
        gone: Who has left.
        came: Who would have come up to now, with those who were there at the beginning.
    """

    def __init__(self, spec: Crowd, there: int, turnout: float = 1.0) -> None:
        self._spec = spec
        self._turnout = turnout
        self._square_m2 = spec.square.size_m2
        self._stairs_m2 = spec.steps.size_m2
        self.square = crowd_flow.Crowd(there)
        self.stairs = crowd_flow.Crowd(0)
        self.came = there
        self.stayed_away = self.held_back = self.turned_back = self.gone = 0
        self.piled = 0
        self._owed = {"come": 0.0, "away": 0.0, "held": 0.0, "up": 0.0}
        self.nobody_comes = False

    @property
    def on_stairs(self) -> int:
        """How many are on the stairs, with those who lie there."""
        return self.stairs.persons + self.piled

    @property
    def square_per_m2(self) -> float:
        """Persons/m² on the square."""
        return round(self.square.persons / self._square_m2, 9)

    @property
    def stairs_per_m2(self) -> float:
        """Persons/m² on the stairs, where they can still move."""
        return round(self.stairs.persons / self._stairs_m2, 9)

    def fall(self) -> tuple[int, float]:
        """Let those fall who are where it is worst; returns how many they are, and their density in persons/m²."""
        falls = self._spec.falls
        per_m2 = self.stairs_per_m2 * falls.pile_factor
        self.piled = min(self.stairs.persons, round(per_m2 * falls.pile_m2))
        self.stairs = crowd_flow.Crowd(self.stairs.persons - self.piled)
        self._stairs_m2 = max(1.0, self._stairs_m2 - falls.pile_m2)
        return self.piled, per_m2

    def one_way(self, measures: Measures) -> bool:
        """Return whether all walk one way on the stairs."""
        return measures.regulating >= self._spec.one_way_needs

    def go_on(self, now: Now, measures: Measures) -> None:
        """Let a minute pass."""
        arrived = self._arrive(now, measures)
        going = self._going(now, measures)
        self._free(now.piled)
        up = self._climb(now, measures, going)
        one_way = self.one_way(measures)
        ground = self._spec.steps
        factor = self._spec.one_way_factor if one_way else ground.exit_factor
        factor *= self._spec.falls.blocked if now.piled else 1.0
        leaving = max(self._spec.stairs_leaving, going, self._spec.leaving_after if now.known else 0.0)
        area = crowd_flow.Area(self._stairs_m2, ground.exit_m, factor)
        self.stairs = crowd_flow.step(area, self.stairs, up / STEP_S, leaving, STEP_S)
        back = 0 if one_way else self.stairs.left  # one way leads on along the river
        self.gone += self.stairs.left - back
        self._pass(self._spec.square, arrived, back - self.stairs.entered, going)

    def _pass(self, ground: Ground, arrived: int, back: int, going: float) -> None:
        """Let people come to the square and go from it."""
        area = crowd_flow.Area(self._square_m2, ground.exit_m, ground.exit_factor)
        there = crowd_flow.Crowd(self.square.persons + back, self.square.owed_in, self.square.owed_out)
        self.square = crowd_flow.step(area, there, arrived / STEP_S, going, STEP_S)
        self.gone += self.square.left
        self.turned_back += self.square.turned_back

    def _free(self, piled: int) -> None:
        """Let those go who were taken off the pile."""
        self.gone += self.piled - piled
        self.piled = piled
        if not piled:
            self._stairs_m2 = self._spec.steps.size_m2

    def _whole(self, what: str, number: float) -> int:
        """Return a number as whole persons; what is over counts the next time."""
        self._owed[what] = round(self._owed[what] + number, 9)
        whole = math.floor(self._owed[what])
        self._owed[what] = round(self._owed[what] - whole, 9)
        return whole

    def _arrive(self, now: Now, measures: Measures) -> int:
        """Return how many come to the square and are let in."""
        spec = self._spec
        coming = self._whole("come", self._turnout * per_min_at(spec.arriving, now.since_s) * STEP_S / 60)
        self.nobody_comes = now.since_s >= spec.arriving[-1].at
        self.came += coming
        share = 1 - spec.bus_share * (1 - spec.walk_anyway) if measures.buses_skip else 1.0
        share *= (1 - spec.stay_home if measures.informed else 1.0) * (1 - measures.told_to_leave)
        away = min(coming, self._whole("away", coming * (1 - share)))
        held = min(coming - away, self._whole("held", measures.holding * spec.held_per_team * STEP_S / 60))
        self.stayed_away += away
        self.held_back += held
        return coming - away - held

    def _going(self, now: Now, measures: Measures) -> float:
        """Return the share of those in the square who want to leave."""
        spec = self._spec
        after = min(1.0, max(0.0, (now.since_s - spec.ends) / spec.leaves_within))
        of_itself = spec.leaving + (spec.leaving_after - spec.leaving) * after
        return round(max(of_itself, measures.told_to_leave), 9)

    def _climb(self, now: Now, measures: Measures, going: float) -> int:
        """Return how many go up the stairs, as far as police let them."""
        if now.known or now.since_s >= self._spec.ends:
            return 0
        share = self._spec.climb_per_min * max(0.0, 1 - going - measures.told_to_stay * self._spec.stays_off)
        wanted = share * self.square.persons
        allowed = max(0.0, wanted - measures.regulating * self._spec.closed_per_team)
        return min(self.square.persons, self._whole("up", allowed * STEP_S / 60))
