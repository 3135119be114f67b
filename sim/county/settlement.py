"""People at a place: where they are, what they have met of gas, smoke or water, and who of them is hurt."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cached_property, partial

from sim.county.casualties import Casualties
from sim.county.cohorts import SEVERITIES, Cell, Cohort, Dose, Field, Passers, Where, cells_of, hurt_more, look_anew
from sim.county.dose_response import Severity
from sim.engine import Process, World
from sim.spec.county import Place

_UNHURT = (0.0,) * len(SEVERITIES)


class Settlement:
    """The people of one place, in cells and cohorts. Every resident is in exactly one cohort at all times.

    Attributes:
        place: How the county file describes it.
        people: How many people are of it when the exercise begins.
        fields: What hazards can spread over it.
        danger: Whether there is so much of any of it that people notice.
        danger_seq: Number of the event by which that is as it is.
        cordoned: Whether the police let nobody in.
        moved_seq: Number of the event by which its people last moved.
        counts: How many people are where.
        unhoused: How many of those outside have no house that they dare to go back to.
    """

    def __init__(
        self, world: World, place: Place, people: int, fields: Sequence[Field], casualties: Casualties
    ) -> None:
        self.place = place
        self.people = people
        self.fields = tuple(fields)
        self.danger = False
        self.danger_seq: int | None = None
        self.cordoned = False
        self.moved_seq: int | None = None
        self.unhoused = 0
        self._world = world
        self._casualties = casualties
        self._made: dict[tuple[int, Where, str], int] = {}
        self._quiet_until_s = 0.0
        self.counts = dict.fromkeys(Where, 0) | {Where.INDOORS: people}

    @cached_property
    def cells(self) -> list[Cell]:
        """Its cells, with everybody at home at first; most places of a county are never asked for them."""
        cells = cells_of(self.place, len(self.fields))
        share, rest = divmod(self.people, len(cells))
        for index, cell in enumerate(cells):
            if some := share + (1 if index < rest else 0):
                cell.cohorts.append(self._cohort(index, some, Where.INDOORS, (0.0,) * len(self.fields)))
        return cells

    @cached_property
    def _passers(self) -> list[Passers]:
        return [Passers(self._world, self.place.id, field) for field in self.fields]

    def count(self, where: Where) -> int:
        """Return how many people are there."""
        return self.counts[where]

    def levels(self) -> list[float]:
        """Return the outdoor intensity of each field at the center."""
        return self.cells[0].levels

    # --- what comes over the place ---------------------------------------------------------------------------------

    def expose(self, number: int, values: Sequence[float], cause: int) -> None:
        """Set the outdoor intensity of a field in each cell, from now on.

        Args:
            number: Which of the fields.
            values: Intensity in each cell, in the unit of the field's dose-response.
            cause: Number of the event that brings it.
        """
        log, field = self._world.log, self.fields[number]
        before = max(cell.levels[number] for cell in self.cells)
        self._quiet_until_s = 0.0
        for cell, value in zip(self.cells, values, strict=True):
            self._gather(cell)
            cell.levels[number] = value
        strongest, noticed = max(values), field.response.noticed_from
        if strongest >= noticed:
            self.danger_seq = log.emit(
                "danger.reached",
                "",
                self.place.id,
                cause,
                of=field.of,
                level_milli=round(strongest * 1000),
                unit=field.response.unit,
            )
        elif before >= noticed:
            self.danger_seq = log.emit("danger.left", "", self.place.id, cause, of=field.of)
        self._set_danger()

    def _set_danger(self) -> None:
        danger = any(self._noticed(number) for number in range(len(self.fields)))
        if danger == self.danger:
            return
        self.danger = danger
        self._world.truth.change(f"{self.place.id}/danger", danger, self.danger_seq)
        if danger:
            self._world.clock.start(self._watch())
        else:
            self._look()
            self._casualties.changed(self.place.id)

    def _noticed(self, number: int) -> bool:
        return max(cell.levels[number] for cell in self.cells) >= self.fields[number].response.noticed_from

    # --- where people are ------------------------------------------------------------------------------------------

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
        self._quiet_until_s = 0.0
        moved, total, cumulated = 0, sum(stock), 0
        for (index, cell, cohort), fit in zip(able, stock, strict=True):
            cumulated += fit
            take = people * cumulated // total - moved
            if take:
                self._gather(cell)
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
        loads = tuple(dose.load for dose in cohort.doses)
        same = [c for c in cell.cohorts if c.where is where and tuple(dose.load for dose in c.doses) == loads]
        if same and not light and not any(same[0].hurt):
            same[0].people += people
            look_anew(same[0])
        else:
            moved = self._cohort(index, people, where, loads, reason)
            moved.hurt[Severity.LIGHT] = light
            for dose, old in zip(moved.doses, cohort.doses, strict=True):
                dose.made[Severity.LIGHT] = min(light, old.made[Severity.LIGHT])
                old.made[Severity.LIGHT] -= dose.made[Severity.LIGHT]
                dose.base = (old.base[Severity.LIGHT], *dose.base[1:])
            cell.cohorts.append(moved)
        look_anew(cohort)
        if not cohort.people:
            cell.cohorts.remove(cohort)

    def _cohort(self, index: int, people: int, where: Where, loads: Sequence[float], reason: str = "home") -> Cohort:
        name = self.place.id
        made = self._made[index, where, reason] = self._made.get((index, where, reason), 0) + 1
        why = reason if made == 1 else f"{reason}#{made}"  # people of several cohorts can move for one reason
        doses = []
        for field, load in zip(self.fields, loads, strict=True):
            names = ("tolerance", *field.luck, name, str(index), where, why)
            base = tuple(field.response.share_hurt(load, severity) for severity in SEVERITIES) if load else _UNHURT
            doses.append(Dose(load, base, partial(self._tolerance, names)))
        return Cohort(people, where, tuple(doses))

    def _tolerance(self, names: tuple[str, ...], severity: Severity) -> float:
        return self._world.luck.uniform(*names, severity.name)

    # --- whom it hurts ---------------------------------------------------------------------------------------------

    def _gather(self, cell: Cell) -> None:
        """Let the people of a cell gather what they met since it was last looked at."""
        now = self._world.clock.now
        minutes = (now - cell.since_s) / 60
        cell.since_s = now
        if not minutes:
            return
        for number, level in enumerate(cell.levels):
            if level <= 0:
                continue
            after, shield = self.fields[number].response.after, self.fields[number].shield
            for cohort in cell.cohorts:
                if share := shield[cohort.where]:
                    dose = cohort.doses[number]
                    dose.load = after(dose.load, level * share, minutes)

    def _watch(self) -> Process:
        """Process: while there is danger, look now and then whom it has hurt, and whom of those who drive through."""
        while self.danger:
            noticed = (number for number in range(len(self.fields)) if self._noticed(number))
            every_s = min(self.fields[number].response.looked_at_s for number in noticed)
            yield self._world.clock.wait(every_s)
            self._look()
            if self.place.passing_per_min and not self.cordoned and self.danger:
                self.pass_through(self.place.passing_per_min * every_s / 60, 1.0, self.danger_seq)

    def _look(self) -> None:
        if self._world.clock.now < self._quiet_until_s:
            return
        for cell in self.cells:
            self._gather(cell)
        for number, field in enumerate(self.fields):
            newly = [0, 0, 0]
            for cell in self.cells:
                for cohort in cell.cohorts:
                    if (dose := cohort.doses[number]).load >= dose.due:
                        hurt_more(cohort, dose, field.response, newly)
            self._say_hurt(newly, field.response.injury, self.danger_seq)
        self._quiet_until_s = self._world.clock.now + self._nobody_hurt_for_s()

    def _nobody_hurt_for_s(self) -> float:
        """Return for how many seconds nobody is hurt as long as nothing changes, if all is gathered up to now."""
        least = math.inf
        for cell in self.cells:
            for number, level in enumerate(cell.levels):
                field = self.fields[number]
                for cohort in cell.cohorts if level > 0 else ():
                    dose = cohort.doses[number]
                    met = level * field.shield[cohort.where]
                    least = min(least, field.response.minutes_until(dose.due, dose.load, met))
        return least * 60 - 1  # a second early, whatever the rounding

    def pass_through(self, people: float, minutes: float, cause: int | None) -> None:
        """Let a number of travellers meet what is at the center for some minutes in a vehicle."""
        for field, level, passers in zip(self.fields, self.levels(), self._passers, strict=True):
            dose = field.response.after(0.0, level * field.shield[Where.INDOORS], minutes)
            newly = passers.hurt(people, dose)
            if any(newly):
                self._patients(newly, field.response.injury, cause, ())

    def strike(
        self, light: int, serious: int, critical: int, injury: str, cause: int, *, trapped: int = 0, killed: int = 0
    ) -> None:
        """Hurt people of the place at once, such as by a collapse: as many as are there and not seriously hurt yet.

        Args:
            light: How many lightly.
            serious: How many seriously.
            critical: How many critically.
            injury: Kind of injury.
            cause: Number of the event that does it.
            trapped: How many of the serious and critical are trapped.
            killed: How many are dead at once; they count among the critically hurt, but are no patients.
        """
        newly = [0, 0, 0]
        critical += killed
        wanted = (light + serious + critical, serious + critical, critical)
        elsewhere = (Where.AWAY, Where.CAUGHT)
        here = [cohort for cell in self.cells for cohort in cell.cohorts if cohort.where not in elsewhere]
        for severity in Severity:
            left = wanted[severity]
            for cohort in here:
                able = cohort.people - cohort.hurt[severity]
                some = min(able, left)
                cohort.hurt[severity] += some
                newly[severity] += some
                left -= some
        if any(newly):
            also = () if self.moved_seq is None else (self.moved_seq,)
            self._patients(newly, injury, cause, also, trapped, min(killed, newly[Severity.CRITICAL]))

    def _say_hurt(self, newly: list[int], injury: str, cause: int | None) -> None:
        if any(newly):
            self._patients(newly, injury, cause, () if self.moved_seq is None else (self.moved_seq,))

    def _patients(
        self, newly: Sequence[int], injury: str, cause: int | None, also: tuple[int, ...], trapped: int = 0,
        killed: int = 0,
    ) -> None:  # fmt: skip
        light, serious, critical = newly
        data = {"killed": killed} if killed else {}
        seq = self._world.log.emit(
            "people.hurt", "", self.place.id, cause, also, light=light, serious=serious, critical=critical, **data
        )
        self._casualties.kill(self.place.id, killed, seq)
        alive = serious - killed
        self._casualties.within(self.place.id).add(alive, critical - killed, seq, injury, min(trapped, alive))
