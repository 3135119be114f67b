"""The scene: who and what an actor can reach."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sim.actors.command.adviser import Offered
from sim.actors.departments.surge import Opened
from sim.actors.policies import AS_PLANNED, Policy, Skill
from sim.comms.exchange import Exchange
from sim.comms.message import Message
from sim.comms.platform import Platform
from sim.county.lifelines import Lifelines
from sim.county.state import CountyState
from sim.engine import Occurrence, World
from sim.hazards.base import Hazard
from sim.hazards.effort import Effort
from sim.spec.orders import TaskKind

if TYPE_CHECKING:
    from sim.actors.command.commanding import Commanding
    from sim.actors.departments.convoy import Convoy
    from sim.actors.departments.department import Department
    from sim.actors.desks.staff import Staff
    from sim.actors.helpers.aid import Aid
    from sim.actors.helpers.grid import Grid
    from sim.actors.organization import Organization
    from sim.actors.public.gathering import Gatherings
    from sim.actors.public.people import Public
    from sim.actors.script import Script
    from sim.actors.supplies.supplying import Supplies
    from sim.actors.warning.monitoring import Monitoring
    from sim.actors.warning.ways import Warnings


@dataclass
class Scene:
    """World, county, channels, hazards and organizations of one run.

    Attributes:
        world: The world.
        county: Roads, places, people and patients.
        lifelines: Power, base stations and machine rooms.
        exchange: Channels and messages.
        hazards: What goes wrong, the main hazard first.
        policy: How everybody without a person or a policy of its own is played.
        own_policies: How single organizations are played instead.
        persons: Organizations whose seat a person takes.
        organizations: By id, in the order of the county file.
        departments: The organizations that have units, in the order of the county file.
        staff: The staff of each organization that has a seat.
        public: The people.
        gatherings: Those who come to the doors of hospitals and shelters.
        script: The injects.
        monitoring: Gauges, detectors and counters.
        warnings: The ways by which people are told of an order.
        commanding: Who leads, and which orders stand.
        platform: The unified information platform; None while it is not used.
        posts: Place of the on-scene command post, by who set it up.
        liaisons: By sender and addressee of a liaison officer, the number of the event by which he is where he is.
        wrong_plan: Number of the event that activated the response under a plan for something else; None if not.
        deciders_away: How far somebody who may decide is out of reach, by body, rank and spell of time.
        aid: The forces of others.
        invitations: What occurs when an invitation to a joint consultation is read, by id of the message.
        requests: What occurs when a request or order that somebody waits for is read, by id of the message; one that
            does not get through is sent again.
        fields_of_experts: Field of each expert whom the county can call.
        advice: What the adviser told a seat on a question.
        opened: How far hospitals have gone in opening more bays and beds.
        convoys: Vehicles that drive together, by the order that sent them and by that of their escort.
        supplies: What is where of supplies, and how they move.
        grid: The grid cells and who is responsible for them.
    """

    world: World
    policy: Policy
    county: CountyState
    lifelines: Lifelines
    exchange: Exchange
    hazards: tuple[Hazard, ...]
    own_policies: Mapping[str, Policy] = field(default_factory=dict)
    persons: tuple[str, ...] = ()
    organizations: dict[str, Organization] = field(default_factory=dict)
    departments: list[Department] = field(default_factory=list)
    staff: dict[str, Staff] = field(default_factory=dict)
    public: Public = field(init=False)
    gatherings: Gatherings = field(init=False)
    script: Script = field(init=False)
    monitoring: Monitoring = field(init=False)
    warnings: Warnings = field(init=False)
    aid: Aid = field(init=False)
    commanding: Commanding = field(init=False)
    supplies: Supplies = field(init=False)
    grid: Grid = field(init=False)
    platform: Platform | None = None
    posts: dict[str, str] = field(default_factory=dict)
    liaisons: dict[tuple[str, str], tuple[int, ...]] = field(default_factory=dict)
    wrong_plan: int | None = None
    deciders_away: dict[tuple[str, str, int], float] = field(default_factory=dict)
    invitations: dict[str, Occurrence] = field(default_factory=dict)
    requests: dict[str, Occurrence] = field(default_factory=dict)
    fields_of_experts: dict[str, str] = field(init=False)
    advice: dict[tuple[str, str], Offered] = field(default_factory=dict)
    opened: dict[str, Opened] = field(default_factory=dict)
    convoys: dict[str, Convoy] = field(default_factory=dict)
    _place_facts: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Look up the fields of experts once."""
        self.fields_of_experts = {one.id: one.field for one in self.world.exercise.county.experts}

    def policy_of(self, organization: str) -> Policy:
        """Return how an organization is played."""
        return self.own_policies.get(organization, self.policy)

    def skill_of(self, organization: str) -> Skill:
        """Return how well the seat of an organization is manned; a body without a seat does as is planned."""
        return self.policy_of(organization).skill if self.organizations[organization].desk.seat else AS_PLANNED

    def is_person(self, organization: str) -> bool:
        """Return whether a person takes the seat of an organization."""
        return organization in self.persons

    def await_reading(
        self, sender: Organization, to: str, kind: str, name: str, cause: int, text: dict[str, str]
    ) -> Occurrence:
        """Send a message and return what occurs, with the number of the event, when it is read."""
        ident = self.exchange.unique(f"{name}>{to}")
        self.requests[ident] = occurrence = self.world.clock.occurrence()
        self.exchange.send(Message(ident, sender.id, to, kind, text=text), cause)
        return occurrence

    def effort(self, task: TaskKind, at: str) -> Effort | None:
        """Return what a task can do at a place: to the hazard that began there, else to any; None if nothing."""
        ranked = sorted(self.hazards, key=lambda hazard: hazard.site != at)
        efforts = (hazard.effort_at(task, at) for hazard in ranked if hazard.seq is not None)
        return next((effort for effort in efforts if effort is not None), None)

    def hindered(self, task: TaskKind, at: str) -> Occurrence | None:
        """Return what must occur before a task can be done at a place; None if it can be done now."""
        found = (hazard.hinders(task, at) for hazard in self.hazards if hazard.running)
        return next((occurrence for occurrence in found if occurrence is not None), None)

    def shut_in(self, place: str) -> int:
        """Return how many people, not seriously hurt, cannot get out of a place by themselves."""
        return sum(hazard.shut_in(place) for hazard in self.hazards)

    def lead_out(self, place: str, people: int, unit: str, actor: str, cause: int) -> None:
        """Let a crew lead out some of those who are shut in at a place."""
        for hazard in self.hazards:
            hazard.lead_out(place, people, unit, actor, cause)

    def desk_at(self, organization: str) -> str | None:
        """Return where somebody is met: at the on-scene command post that he set up, else at his desk."""
        return self.posts.get(organization, self.organizations[organization].desk.at)

    def command_at(self) -> str | None:
        """Return where the command post is."""
        return self.desk_at(self.world.exercise.county.desk("command"))

    def place_facts(self, key: str) -> tuple[str, ...]:
        """Return the keys that ``place/attribute`` stands for; any other key stands for itself."""
        if not key.startswith("place/"):
            return (key,)
        if key not in self._place_facts:
            self._place_facts[key] = tuple(f"{place}{key[5:]}" for place in self.county.places)
        return self._place_facts[key]
