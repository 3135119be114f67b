"""The orders that a seat can give: one small type each, shared by plans, pause points and free orders."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, TypeAdapter, model_validator

from sim.spec.base import Clause, FactKey, FactValue, Id, Spec, Text
from sim.spec.help_orders import AlertKeyUnits, Mobilize, RegisterHelpers, RequestAid
from sim.spec.statements import Conference as Conference
from sim.spec.statements import Publish as Publish
from sim.spec.supply_order import Supply as Supply


class TaskKind(StrEnum):
    """What a unit can be sent to do."""

    FIND_OUT = "find_out"
    CORDON = "cordon"
    CONTAIN = "contain"
    RESCUE = "rescue"
    TREAT = "treat"
    EVACUATE = "evacuate"
    MONITOR = "monitor"
    PUT_OUT = "put_out"
    SEARCH = "search"
    PUMP = "pump"
    CLEAR_ROAD = "clear_road"
    RESTORE = "restore"
    CONTROL_FLOW = "control_flow"
    CLOSE_DOWN = "close_down"
    WARN = "warn"
    TRANSFER = "transfer"
    CARRY = "carry"
    KEEP_ORDER = "keep_order"
    IDENTIFY = "identify"
    PSYCHOLOGICAL_AID = "psychological_aid"
    DIRECT_TRAFFIC = "direct_traffic"


class Send(Spec):
    """Send idle units of the given kinds to a place, to do a task; which ones go says the rule of dispatch."""

    do: Literal["send"]
    task: TaskKind
    at: Id
    units: tuple[Id, ...] = Field(min_length=1, description="kinds of unit, in order of preference")
    count: int = Field(default=1, ge=1, le=50)
    prefer: tuple[Id, ...] = Field(default=(), description="units tried before others of their kind, in this order")
    wait_outside: bool = Field(default=True, description="unprotected crews stop short of places known to be in danger")
    avoid_danger: bool = Field(default=True, description="route around places known to be in danger")
    escort: bool | None = Field(default=None, description="buses meet and drive behind a police escort")

    @model_validator(mode="after")
    def _drives_in_a_convoy(self) -> Self:
        if self.escort and self.task not in (TaskKind.EVACUATE, TaskKind.CARRY):
            raise ValueError("only buses and trucks drive behind an escort: task evacuate or carry")
        return self


class Tell(Spec):
    """Pass on what one holds of some facts, each addressee by its own message."""

    do: Literal["tell"]
    to: tuple[Id, ...] = Field(min_length=1)
    facts: tuple[FactKey, ...] = Field(min_length=1)
    kind: Literal["notice", "report", "order"] = "notice"
    channel: Id | None = None


class Ask(Spec):
    """Ask somebody for facts; the answer comes as a reply."""

    do: Literal["ask"]
    to: Id
    facts: tuple[FactKey, ...] = Field(min_length=1)
    channel: Id | None = None


class Claim(Spec):
    """A fact as a report states it, whatever its sender holds."""

    fact: FactKey
    value: FactValue


class Report(Spec):
    """Report up under a rule of the rule table: what one holds of some facts, except where it states another value."""

    do: Literal["report"]
    rule: Id
    facts: tuple[FactKey, ...] = ()
    states: tuple[Claim, ...] = Field(default=(), description="stated instead of what the sender holds")

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.facts and not self.states:
            raise ValueError("a report needs facts, or what it states")
        return self


class Withhold(Spec):
    """Decide not to report under a rule of the rule table, until the report is ordered after all."""

    do: Literal["withhold"]
    rule: Id


class Grade(Spec):
    """Judge the grade of the incident (harm done): 1 is the gravest, 4 ordinary."""

    do: Literal["grade"]
    grade: int = Field(ge=1, le=4)


class Activate(Spec):
    """Activate a response level (what is switched on): 1 is the highest, 4 the lowest.

    The law asks for four statements: matter, level, expected period and measures. An order that lacks one is returned.

    Attributes:
        matter: The fact that is the matter.
        lasts_h: Expected period in hours; when it is over and nobody has prolonged or ended the response, it lapses.
        measures: Tasks of the plan that it sets going; their owners hear of it.
        plan: Plan under which it is activated; None for the one that the county has for such an incident. Under
            another one, desks think less surely of what is due.
    """

    do: Literal["activate"]
    level: int = Field(ge=1, le=4)
    tell: tuple[Id, ...] = ()
    matter: FactKey | None = None
    lasts_h: int | None = Field(default=None, ge=1, le=8760)
    measures: tuple[Id, ...] = ()
    plan: Id | None = None

    def missing(self) -> tuple[str, ...]:
        """Return which of the statements that the law asks for it lacks."""
        return tuple(name for name in ("matter", "lasts_h", "measures") if not getattr(self, name))


class WorkGroup(Spec):
    """A work group at the command post; once all of its members are there, they speak face to face."""

    id: Id
    name: Text
    members: tuple[Id, ...] = Field(min_length=2, description="who belongs to it, the lead first")


class SetUpPost(Spec):
    """Set up the on-scene command post; those who join send a liaison officer there when they learn that it stands."""

    do: Literal["set_up_post"]
    at: Id
    joins: tuple[Id, ...] = ()
    groups: tuple[WorkGroup, ...] = Field(default=(), description="work groups of those who join")


class Protect(Spec):
    """Order the people of a place to stay where they are sheltered, or to leave.

    Attributes:
        ways: Ways of the county by which they are told, all at once; none: by a message to the public, as the
            scenario says how fast people hear it.
    """

    do: Literal["protect"]
    place: Id
    by: Literal["shelter", "evacuate"]
    ways: tuple[Id, ...] = ()


class Follow(Spec):
    """Follow a task of the plan that was left to this decision, if wanted with changes to its orders."""

    do: Literal["follow"]
    task: Id
    wait_outside: bool | None = None
    avoid_danger: bool | None = None
    count: int | None = Field(default=None, ge=1, le=50)
    path: Literal["chain", "delegated", "direct"] | None = None

    def changes(self) -> dict[str, object]:
        """Return the fields of orders that are to be changed, with their new values."""
        given = self.model_dump(exclude={"do", "task"})
        return {name: value for name, value in given.items() if value is not None}


class Direct(Spec):
    """Order another body to carry out a task of the plan that is its own, with the facts that it needs to know."""

    do: Literal["direct"]
    to: Id
    task: Id


IN_PERSON = "in_person"
"""Channel by which people talk who are at one place."""


class Consult(Spec):
    """Hold a joint consultation: those who attend put together what each of them holds."""

    do: Literal["consult"]
    to: tuple[Id, ...] = Field(min_length=1, description="who is invited")
    channel: Id | None = Field(default=None, description="such as video; in person at the command post if not given")


class AssessImpact(Spec):
    """Find out what a measure would mean for the people, roads and hospitals of some places, before it is ordered."""

    do: Literal["assess_impact"]
    places: tuple[Id, ...] = Field(min_length=1)


class ReturnHome(Spec):
    """Lift the order that protects the people of a place, and let them go home."""

    do: Literal["return_home"]
    place: Id


class EndResponse(Spec):
    """Declare the end of the response; what it still lacks, by what the giver holds, sends the order back.

    Attributes:
        needs: Facts that must be held to be so, besides that the hazard is over and nobody is in danger.
        when_met: Wait until nothing is lacking, instead of giving the order up.
    """

    do: Literal["end_response"]
    needs: tuple[FactKey, ...] = ()
    when_met: bool = False


class Aftermath(Spec):
    """Do one of the works that remain after the hazard is over."""

    do: Literal["aftermath"]
    work: Literal["families", "remains", "environment", "psychology", "services"]


class SendLiaison(Spec):
    """Send a duty officer to somebody else's desk for the rest of the incident, so that the two speak face to face."""

    do: Literal["send_liaison"]
    to: Id


class OpenBeds(Spec):
    """Let a hospital call its staff in and open more treatment bays and beds, in the steps of the county file."""

    do: Literal["open_beds"]
    at: Id
    steps: int = Field(default=1, ge=1, le=9)


class CallExpert(Spec):
    """Call an expert of a field and tell him what one holds of some facts; the answer comes as a reply."""

    do: Literal["call_expert"]
    field: Id
    facts: tuple[FactKey, ...] = ()


class CheckAdvice(Spec):
    """Let an officer check what the adviser says to a question: whether it follows from what the seat holds."""

    do: Literal["check_advice"]
    question: Id


Order = Annotated[
    Send
    | Tell
    | Ask
    | Report
    | Withhold
    | Grade
    | Activate
    | SetUpPost
    | Protect
    | Publish
    | Conference
    | Follow
    | Direct
    | Consult
    | SendLiaison
    | RequestAid
    | RegisterHelpers
    | Mobilize
    | OpenBeds
    | CheckAdvice
    | AssessImpact
    | ReturnHome
    | EndResponse
    | Aftermath
    | CallExpert
    | Supply
    | AlertKeyUnits,
    Field(discriminator="do"),
]
ORDER: TypeAdapter[Order] = TypeAdapter(Order)
"""Checks the fields of an order of any kind."""


class StatedFact(Spec):
    """A fact as a script states it, true or not; without a value it is stated as it truly is."""

    fact: FactKey
    value: FactValue | None = None


class Choice(Spec):
    """One line of a rule that picks an option: the first line whose conditions hold is taken."""

    if_: tuple[Clause, ...] = Field(default=(), alias="if")
    choose: Id


class Option(Spec):
    """One way to answer a pause point."""

    id: Id
    text: Text
    orders: tuple[Order, ...] = ()
