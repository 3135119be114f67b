"""Villages and townships: grid leaders who notice danger, report it, act before they are told, and clear their cells.

Village committees act at once in urgent cases (Emergency Response Law 2024, art. 77).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.actors.warning.callout import Part, cells_of
from sim.comms.message import Message, Stated
from sim.engine import Process
from sim.rng import Distribution, Shape
from sim.spec.base import FactValue, Text
from sim.spec.orders import Protect
from sim.spec.places import GridCell
from sim.spec.plan import PLACE, SITE

if TYPE_CHECKING:
    from sim.actors.organization import Organization
    from sim.actors.scene import Scene

NOTICE_SIGMA = 0.5
"""Standard deviation of the logarithm of the time until a grid leader notices danger. A guess."""
PER_CELL = 500
"""People in a cell, at most, where the county has counted none; such a place has no grid leader of its own."""
HELPED_BY = "evacuate"
"""The order on which those who cannot leave by themselves are brought out."""


class Grid:
    """The grid cells of a run.

    Args:
        scene: The run.

    Attributes:
        scene: What it can reach.
        world: The world.
    """

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.world = scene.world
        county = scene.world.exercise.county
        self._cells: dict[str, list[GridCell]] = {}
        for cell in county.cells:
            self._cells.setdefault(cell.place, []).append(cell)
        seats = {one.id: one.organization for one in county.townships}
        self._office = {place.id: seats.get(place.township or "") for place in county.places}
        self._told: dict[str, list[GridCell]] = {}
        self._reported: dict[str, None] = {}
        self._clearing: dict[str, None] = {}
        self._listening: dict[str, None] = {}
        self._measures = _measures(scene)
        scene.world.truth.watch(self._changed)

    # --- those who need help to leave ----------------------------------------------------------------------------

    def need_help(self, place: str) -> float:
        """Return which share of the people of a place cannot leave by themselves."""
        cells = self._cells.get(place, [])
        people = sum(cell.people for cell in cells)
        return sum(cell.vulnerable.helpless for cell in cells) / people if people else 0.0

    def told(self, place: str, cell: str, cause: int) -> None:
        """Let the leader of a cell know of what was ordered, because somebody reached him; he clears his cell."""
        for one in self._cells.get(place, ()):
            if one.id == cell:
                self._clear(one, cause)

    def _clear(self, cell: GridCell, cause: int) -> None:
        by = self.world.truth.value(f"{cell.place}/ordered")
        if by is None:
            self._told.setdefault(cell.place, []).append(cell)
        elif cell.id not in self._clearing:
            self._clearing[cell.id] = None
            self.world.clock.start(self._clearing_out(cell, str(by), cause))

    def _clearing_out(self, cell: GridCell, by: str, cause: int) -> Process:
        """Process: bring out those who need help, then go from house to house, and confirm that the cell is clear."""
        people = self.scene.county.places[cell.place].people
        living = sum(one.people for one in self._cells[cell.place])
        helpless = round(cell.vulnerable.helpless * people / living) if by == HELPED_BY else 0
        teams = cell.wardens + 1
        way = next((one for one in self.world.exercise.county.ways if one.kind == "door"), None)
        houses_s = 0 if way is None else -(-cell.households // teams) * way.per_household
        rounds = -(-helpless // teams)
        public = self.scene.public
        yield self.world.clock.wait(round(rounds * self.world.parameters["grid.help_time"] * 60))
        moved = public.board(cell.place, helpless, cause, f"helped/{cell.id}") if helpless else 0
        also = (*public.moved(cell.place),)
        yield self.world.clock.wait(houses_s)
        self.world.log.emit(
            "cell.cleared", self._office[cell.place] or "", cell.id, cause, also,
            place=cell.place, by=by, need_help=helpless, brought_out=moved,
        )  # fmt: skip

    # --- what leaders see ----------------------------------------------------------------------------------------

    def _changed(self, key: str, value: FactValue, seq: int) -> None:
        place, _, attribute = key.partition("/")
        if attribute == "ordered" and place in self._told:
            for cell in self._told.pop(place):
                self._clear(cell, seq)
        if attribute != "danger" or value is not True or place in self._listening:
            return
        self._listening[place] = None
        coverage, luck = self.world.parameters["grid.coverage"], self.world.luck
        for cell in self._cells.get(place, ()):
            if luck.chance(coverage, "grid leader sees", cell.id):
                self.world.clock.start(self._notice(cell, seq))

    def _notice(self, cell: GridCell, danger: int) -> Process:
        """Process: a leader notices danger in his place, reports it, and acts as the plan says for this place."""
        world, place = self.world, cell.place
        delay = Distribution(Shape.LOGNORMAL, world.parameters["grid.notice"] * 60, NOTICE_SIGMA)
        yield world.clock.wait(world.luck.seconds(delay, "grid leader notices", cell.id))
        office = self.scene.organizations.get(self._office[place] or "")
        if office is None:
            return
        seen = world.log.emit("cell.noticed", office.id, cell.id, danger, place=place)
        if place not in self._reported:
            self._reported[place] = None
            world.clock.start(self._report(office, place, seen))
        self._act(office, cell, seen)

    def _act(self, office: Organization, cell: GridCell, cause: int) -> None:
        """Let a leader warn his own cell, with the measure that the plan has for the place."""
        place, by = cell.place, self._measures.get(cell.place)
        way = next((one for one in self.world.exercise.county.ways if one.kind == "door"), None)
        if by is None or way is None:
            return
        if self.world.truth.value(f"{place}/ordered") is None:
            cause = self.world.log.emit("protect.ordered", office.id, place, cause, place=place, by=by)
            self.world.truth.change(f"{place}/ordered", by, cause)
            office.see(f"{place}/ordered", by, cause)
        part = self._part(cell)
        if part is not None:
            self.scene.warnings.begin(office, place, way, cause, of=part.of, teams=part.teams)
        self._clear(cell, cause)

    def _part(self, cell: GridCell) -> Part | None:
        """Return a cell with who is there now."""
        parts = cells_of(self._cells[cell.place], cell.place, self.scene.county.places[cell.place].people, PER_CELL)
        return next((part for part in parts if part.id == cell.id), None)

    def _report(self, office: Organization, place: str, cause: int) -> Process:
        """Process: the first leader of a place tells the township, which tells the county's duty office."""
        now, people = self.world.clock.now, self.world.exercise.county.people
        stated = (
            Stated(f"{place}/danger", True, now, people, False),
            Stated("incident/sign", True, now, people, False),
        )
        ident = self.scene.exchange.unique(f"{people}/{place}/grid>{office.id}")
        read = self.scene.requests[ident] = self.world.clock.occurrence()
        text = Text(zh="网格长报告险情", en="A grid leader reports danger").marked().model_dump()
        self.scene.exchange.send(Message(ident, people, office.id, "report", stated, text=text, from_at=place), cause)
        heard = yield read
        thinking_s = office.thinking_s("grid", place)
        last = yield from office.attend(thinking_s, f"{office.id}/{place}/grid", heard)
        duty = self.world.exercise.county.desk("duty")
        office.send(duty, "report", f"{office.id}/{place}/grid", last, facts=(f"{place}/danger", "incident/sign"))


def _measures(scene: Scene) -> dict[str, str]:
    """Return, for each place, the first measure that the plan has for it."""
    found: dict[str, str] = {}
    site = scene.world.exercise.scenario.hazard.site
    for task in scene.world.exercise.plan.tasks:
        for order in task.orders:
            if isinstance(order, Protect):
                places = task.places if order.place == PLACE else (order.place,)
                for place in places:
                    found.setdefault(site if place == SITE else place, order.by)
    return found
