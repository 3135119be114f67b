"""People at a place: where they are, how much gas they have breathed, who of them is hurt."""

from __future__ import annotations

import math
from enum import StrEnum

from sim.county.casualties import Casualties
from sim.county.toxicity import Severity, Substance
from sim.engine import Process, World
from sim.spec.county import Place

CHECK_EVERY_S = 120
"""How often, in seconds, a place with gas is looked at for newly hurt people."""


class Where(StrEnum):
    """Where people are; it decides which share of the outdoor concentration they breathe."""

    INDOORS = "indoors"
    SEALED = "sealed"
    OUTSIDE = "outside"
    AWAY = "away"


class Cohort:
    """People of one cell who are in the same situation and have breathed the same load."""

    __slots__ = ("base", "hurt", "load", "next", "people", "u", "where")

    def __init__(self, people: int, where: Where, load: float, base: tuple[float, ...], u: tuple[float, ...]) -> None:
        self.people = people
        self.where = where
        self.load = load
        self.base = base
        self.u = u
        self.hurt = [0, 0, 0]
        self.next = [0.0, 0.0, 0.0]

    def threshold(self, substance: Substance, severity: Severity) -> float:
        """Return the load at which one more person is hurt at least so badly."""
        if self.hurt[severity] >= self.people:
            return math.inf
        share = (self.hurt[severity] + 1 - self.u[severity]) / self.people
        return substance.load_for(self.base[severity] + (1 - self.base[severity]) * share, severity)


class Cell:
    """A part of a place that is small against the width of a plume."""

    __slots__ = ("cohorts", "mg_m3", "since_s", "x_m", "y_m")

    def __init__(self, x_m: float, y_m: float) -> None:
        self.x_m, self.y_m = x_m, y_m
        self.mg_m3 = 0.0
        self.since_s = 0
        self.cohorts: list[Cohort] = []


def cells_of(place: Place) -> list[Cell]:
    """Return the cells of a place: its center, and six around it at two thirds of its radius."""
    x, y, r = place.x_km * 1000, place.y_km * 1000, place.radius_m * 2 / 3
    if r == 0:
        return [Cell(x, y)]
    ring = [(math.cos(math.pi * k / 3), math.sin(math.pi * k / 3)) for k in range(6)]
    return [Cell(x, y), *(Cell(x + r * east, y + r * north) for east, north in ring)]


class Settlement:
    """The people of one place, in cells and cohorts. Every resident is in exactly one cohort at all times."""

    def __init__(self, world: World, place: Place, substance: Substance, casualties: Casualties) -> None:
        self.place = place
        self.cells = cells_of(place)
        self.gas = False
        self.gas_seq: int | None = None
        self.cordoned = False
        self.moved_seq: int | None = None
        self._world = world
        self._substance = substance
        self._casualties = casualties
        self._passed_expected = [world.luck.uniform("travellers", place.id, severity.name) for severity in Severity]
        self._passed_hurt = [0, 0, 0]
        self._made: dict[tuple[int, Where, str], int] = {}
        behavior = world.exercise.scenario.population
        self.breathes = {Where.INDOORS: behavior.indoors, Where.SEALED: behavior.sealed, Where.OUTSIDE: 1.0}
        self.breathes[Where.AWAY] = 0.0
        self.counts = dict.fromkeys(Where, 0) | {Where.INDOORS: place.people}
        share, rest = divmod(place.people, len(self.cells))
        for index, cell in enumerate(self.cells):
            people = share + (1 if index < rest else 0)
            if people:
                cell.cohorts.append(self._cohort(index, people, Where.INDOORS, 0.0))

    def count(self, where: Where) -> int:
        """Return how many people are there."""
        return self.counts[where]

    def mg_m3(self) -> float:
        """Return the concentration at the center, in mg/m³."""
        return self.cells[0].mg_m3

    def set_gas(self, mg_m3: list[float], cause: int) -> None:
        """Set the outdoor concentration of each cell, in mg/m³, from now on."""
        log = self._world.log
        for cell, value in zip(self.cells, mg_m3, strict=True):
            self._breathe(cell)
            cell.mg_m3 = value
        strongest = max(mg_m3)
        gas = strongest >= self._substance.smell_mg_m3
        if gas:
            self.gas_seq = log.emit("plume.reached", "", self.place.id, cause, ug_m3=round(strongest * 1000))
        elif self.gas:
            self.gas_seq = log.emit("plume.left", "", self.place.id, cause)
        started = gas and not self.gas
        if gas != self.gas:
            self.gas = gas
            self._world.truth.change(f"{self.place.id}/gas", gas, self.gas_seq)
            if not gas:
                self._look()
                self._casualties.changed(self.place.id)
        if started:
            self._world.clock.start(self._watch())

    def move(self, people: int, start: Where, end: Where, cause: int, reason: str) -> int:
        """Move unhurt people from one situation to another, evenly over the cells; return how many moved.

        Args:
            people: How many at most.
            start: Where they are.
            end: Where they go.
            cause: Number of the event that makes them move.
            reason: Name of this move, unique at the place; part of the key of its luck.
        """
        able = [(i, cell, c) for i, cell in enumerate(self.cells) for c in cell.cohorts if c.where is start]
        stock = [max(0, cohort.people - cohort.hurt[Severity.SERIOUS]) for _, _, cohort in able]
        people = min(people, sum(stock))
        if not people:
            return 0
        moved, total, cumulated = 0, sum(stock), 0
        for (index, cell, cohort), fit in zip(able, stock, strict=True):
            cumulated += fit
            take = people * cumulated // total - moved
            if take:
                self._breathe(cell)
                moved += take
                self._take(index, cell, cohort, take, end, reason)
        self.counts[start] -= people
        self.counts[end] += people
        self.moved_seq = self._world.log.emit(
            "people.moved", "", self.place.id, cause, (), into=end.value, people=moved, out_of=start.value
        )
        return moved

    def _take(self, index: int, cell: Cell, cohort: Cohort, people: int, where: Where, reason: str) -> None:
        light = cohort.hurt[Severity.LIGHT] * people // cohort.people  # those lightly hurt leave like the others
        cohort.people -= people
        cohort.hurt[Severity.LIGHT] -= light
        same = [c for c in cell.cohorts if c.where is where and c.load == cohort.load]
        if same and not light and not any(same[0].hurt):
            same[0].people += people
            same[0].next = [0.0, 0.0, 0.0]
        else:
            moved = self._cohort(index, people, where, cohort.load, reason)
            moved.hurt[Severity.LIGHT] = light
            moved.base = (cohort.base[Severity.LIGHT], *moved.base[1:])
            cell.cohorts.append(moved)
        cohort.next = [0.0, 0.0, 0.0]
        if not cohort.people:
            cell.cohorts.remove(cohort)

    def _cohort(self, index: int, people: int, where: Where, load: float, reason: str = "home") -> Cohort:
        luck, name = self._world.luck, self.place.id
        made = self._made[index, where, reason] = self._made.get((index, where, reason), 0) + 1
        why = reason if made == 1 else f"{reason}#{made}"  # people of several cohorts can move for one reason
        draws = tuple(luck.uniform("tolerance", name, str(index), where, why, kind.name) for kind in Severity)
        base = tuple(self._substance.share_hurt(load, severity) for severity in Severity)
        return Cohort(people, where, load, base, draws)

    def _breathe(self, cell: Cell) -> None:
        now = self._world.clock.now
        minutes = (now - cell.since_s) / 60
        cell.since_s = now
        if minutes and cell.mg_m3 > 0:
            for cohort in cell.cohorts:
                share = self.breathes[cohort.where]
                if share:
                    cohort.load += self._substance.load_rate(cell.mg_m3 * share) * minutes

    def _watch(self) -> Process:
        while self.gas:
            yield self._world.clock.wait(CHECK_EVERY_S)
            self._look()
            if self.place.passing_per_min and not self.cordoned and self.gas:
                people = self.place.passing_per_min * CHECK_EVERY_S / 60
                self.pass_through(people, 1.0, self.gas_seq)

    def _look(self) -> None:
        newly = [0, 0, 0]
        people = self._casualties.within(self.place.id)
        for cell in self.cells:
            self._breathe(cell)
            for cohort in cell.cohorts:
                for severity in Severity:
                    while cohort.load >= cohort.next[severity]:
                        cohort.next[severity] = cohort.threshold(self._substance, severity)
                        if cohort.load >= cohort.next[severity]:
                            cohort.hurt[severity] += 1
                            newly[severity] += 1
                            cohort.next[severity] = 0.0
        if any(newly):
            also = () if self.moved_seq is None else (self.moved_seq,)
            light = newly[Severity.LIGHT]
            serious, critical = newly[Severity.SERIOUS], newly[Severity.CRITICAL]
            seq = self._world.log.emit(
                "people.hurt", "", self.place.id, self.gas_seq, also, light=light, serious=serious, critical=critical
            )
            people.add(serious, critical, seq)

    def pass_through(self, people: float, minutes: float, cause: int | None) -> None:
        """Let a number of travellers breathe the air of the center for some minutes in a vehicle."""
        load = self._substance.load_rate(self.mg_m3() * self.breathes[Where.INDOORS]) * minutes
        newly = [0, 0, 0]
        for severity in Severity:
            self._passed_expected[severity] += people * self._substance.share_hurt(load, severity)
            hurt = math.floor(self._passed_expected[severity])
            newly[severity] = hurt - self._passed_hurt[severity]
            self._passed_hurt[severity] = hurt
        if any(newly):
            light, serious, critical = newly
            seq = self._world.log.emit(
                "people.hurt", "", self.place.id, cause, (), light=light, serious=serious, critical=critical
            )
            self._casualties.within(self.place.id).add(serious, critical, seq)
