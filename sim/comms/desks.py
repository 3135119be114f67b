"""Desks: what messages and people compete for - phone lines, radio nets, circuits, and the officers on duty."""

from __future__ import annotations

from sim.engine import Line, World
from sim.spec.channels import Channel
from sim.spec.county import Organization


class Desks:
    """Everything in a run that can be busy.

    Attributes:
        lines: Phone lines by organization.
        nets: Radio net by talk group; one talks at a time.
        officers: Officers on duty by organization.
        pools: Circuits, terminals or messengers by channel.
    """

    def __init__(self, world: World) -> None:
        county, line = world.exercise.county, world.clock.line
        self._world = world
        self._organizations = county.organizations
        self._liaisons: dict[str, int] = {}
        self.lines = {one.id: line(self._phone_lines(one)) for one in county.organizations}
        self._groups = {one.id: one.group or one.id for one in county.organizations}
        self.nets = {group: line(1) for group in dict.fromkeys(self._groups.values())}
        self.officers = {one.id: line(self._officers(one)) for one in county.organizations}
        self.pools = {one.id: line(one.capacity) for one in county.channels if one.capacity is not None}

    def line(self, channel: Channel, to: str) -> Line | None:
        """Return what a message to somebody occupies while it is under way, if anything."""
        match channel.holds:
            case "desk":
                return self.lines[to]
            case "net":
                return self.nets[self._groups[to]]
            case "pool":
                return self.pools[channel.id]
            case _:
                return None

    def listening(self, to: str) -> tuple[str, ...]:
        """Return the others who hear what is said to somebody on the radio."""
        group = self._groups[to]
        return tuple(one for one, other in self._groups.items() if other == group and one != to)

    def tune(self) -> None:
        """Man the desks by the parameters as they are now."""
        for one in self._organizations:
            self.lines[one.id].widen(self._phone_lines(one))
            self.officers[one.id].widen(self._officers(one))

    def second(self, organization: str) -> bool:
        """Send one officer away for good, as a liaison; returns False, and sends nobody, if only one is left."""
        officers = self.officers[organization]
        if officers.capacity <= 1:
            return False
        self._liaisons[organization] = self._liaisons.get(organization, 0) + 1
        officers.widen(officers.capacity - 1)
        return True

    def _phone_lines(self, organization: Organization) -> int:
        wanted = int(self._world.parameters["duty.phone_lines"])
        return wanted if wanted and organization.kind == "duty" else organization.phone_lines

    def _officers(self, organization: Organization) -> int:
        wanted = int(self._world.parameters["desk.officers"])
        manned = wanted if wanted and organization.seat else organization.officers
        return max(1, manned - self._liaisons.get(organization.id, 0))
