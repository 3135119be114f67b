"""The reporting system: reports up and across under the rule table, numbered follow-ups, and reports held back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from sim.actors.desks.slips import forgotten_s
from sim.comms.message import Message, Stated
from sim.engine import Process
from sim.spec.base import FactValue, Text
from sim.spec.orders import Order, Report, Tell, Withhold
from sim.spec.plan import Rule
from sim.spec.reporting import MEDIUM_OF, duty_of, row_of, rules_of

if TYPE_CHECKING:
    from sim.actors.organization import Organization

CarryOut = Callable[["Organization", Order, str, int], None]
NUMERALS = "一二三四五六七八九十"
GRADE = "incident/grade"


class Reporting:
    """Who must report: knows which rows of the rule table hold for it, and does by routine what the plan leaves open.

    First and final reports that a task of the plan orders are left to that task, and statements to the public to the
    orders for them; bodies without a seat are spoken for by the script. Follow-ups come by the clock, from the first
    report that arrived until the matter is over.

    Attributes:
        withheld: Number of the event by which it decided not to report, by row.
        filed: Number of each report among those for its duty, by message.
    """

    def __init__(self, organization: Organization, carry_out: CarryOut) -> None:
        self._organization = organization
        self._world = organization.world
        self._carry_out = carry_out
        self._told: dict[str, dict[str, FactValue]] = {}
        self._said: dict[str, dict[str, FactValue]] = {}
        self._ordered: dict[str, Report] = {}
        self._count: dict[tuple[str, str, str], int] = {}
        self._begun: dict[str, None] = {}
        self.withheld: dict[str, int] = {}
        self.filed: dict[str, int] = {}
        exercise = self._world.exercise
        self._orders = [order for task in exercise.plan.tasks if task.owner == organization.id for order in task.orders]
        self._elements = tuple(fact.key for fact in exercise.plan.facts if organization.id in fact.need_to_know)
        if organization.desk.seat and organization.scene.policy_of(organization.id).routine:
            organization.on_learned.append(self._learned)

    @property
    def rows(self) -> tuple[Rule, ...]:
        """Rows that hold for it, as far as it knows the grade."""
        grade = self._organization.picture.value(GRADE)
        rows = rules_of(self._world.exercise, grade if isinstance(grade, int) else None)
        return tuple(row for row in rows if row.sender == self._organization.id)

    def number(self, rule: Rule, order: Report, name: str) -> int:
        """Return the number of a report that is ordered now: the first, second ... of its stage to its addressee."""
        key = (rule.to, rule.stage, rule.by)
        self._count[key] = self._count.get(key, 0) + 1
        self._ordered[name] = order
        return self._count[key]

    def file(self, message: str, rule: Rule, number: int, facts: Sequence[Stated]) -> None:
        """Keep what is said in a report that goes out now."""
        self.filed[message] = number
        self._said[message] = {fact.fact: fact.value for fact in facts}
        self._told.setdefault(rule.to, {})

    def send_again(self, message: Message, cause: int, also: tuple[int, ...]) -> None:
        """Make a report again that did not get through: with what is known by now, unless it is held back by now."""
        rule = message.rule or ""
        if self.keeps_back(rule):
            return
        first = message.id.rpartition(">")[0]
        order, number = self._ordered[first], self.filed[message.id]
        send_report(self._organization, order, first, cause, number=number, also=also)

    def keeps_back(self, ident: str) -> bool:
        """Return whether routine makes no report under a row: held back, or the end of what was kept from somebody."""
        row = row_of(self._world.exercise, ident)
        first = [other for other in self.withheld if row_of(self._world.exercise, other).to == row.to]
        return ident in self.withheld or (row.stage != "first" and bool(first) and row.to not in self._told)

    def arrived(self, message: str, rule: Rule, made: int) -> None:
        """Hear that a report of one's own arrived; the first one sets the clock of the follow-ups going."""
        self._told.setdefault(rule.to, {}).update(self._said.pop(message, {}))
        if rule.stage != "first" or not self._organization.scene.policy_of(self._organization.id).routine:
            return
        for row in self.rows:
            if row.stage == "follow_up" and row.to == rule.to and row.id not in self._begun:
                self._begun[row.id] = None
                self._world.clock.start(self._follow_ups(row, made))

    def _learned(self, fact: str) -> None:
        people = self._world.exercise.county.people
        for row in self.rows:
            if row.to == people or row.stage == "follow_up" or row.id in self._begun or fact not in (row.fact, GRADE):
                continue
            if not self._is_so(row.fact) or any(self._does(order, row) for order in self._orders):
                continue
            if row.stage == "final" and row.to not in self._told:
                continue  # nobody was told that anything began
            self._begun[row.id] = None
            self._world.clock.start(self._report(row, f"{self._organization.id}/{row.id}", self._known(fact)))

    def _does(self, order: Order, row: Rule) -> bool:
        """Return whether an order of the plan makes the report that a row asks for."""
        if isinstance(order, Report):
            return duty_of(row_of(self._world.exercise, order.rule)) == duty_of(row)
        told = isinstance(order, Tell) and order.kind != "order" and row.to in order.to and row.fact in order.facts
        return told and row.by != "written"

    def _is_so(self, fact: str) -> bool:
        return any(stated.value for stated in self._organization.held((fact,)))

    def _known(self, fact: str) -> int | None:
        return self._organization.learned.get(fact)

    def _follow_ups(self, row: Rule, made: int) -> Process:
        """Process: report again and again, each time what is new, until the sender knows that it is over."""
        ends = [one.fact for one in self.rows if one.stage == "final" and one.to == row.to]
        number = 0
        while True:
            yield self._world.clock.wait(row.every or 0)
            if any(self._is_so(fact) for fact in ends):
                return
            number += 1
            name = f"{self._organization.id}/{row.id}#{number}"
            self._world.clock.start(self._report(row, name, made))

    def _report(self, row: Rule, name: str, cause: int | None) -> Process:
        """Process: see that a report is due, think, and order it, unless the seat holds it back."""
        if late_s := forgotten_s(self._organization, name):
            yield self._world.clock.wait(late_s)
        thinking = self._organization.thinking_s("report", name)
        why = (yield from self._organization.attend(thinking, name, cause)) if thinking else cause
        if self.keeps_back(row.id):
            return
        held = self._organization.held(tuple(dict.fromkeys((row.fact, *self._elements))))
        told = self._told.get(row.to, {})
        new = [fact.fact for fact in held if row.stage != "follow_up" or told.get(fact.fact) != fact.value]
        known = tuple(seq for fact in held if (seq := self._known(fact.fact)) is not None)
        also = known if cause is None else (cause, *known)
        due = self._world.log.emit("report.due", self._organization.id, name, why, also, rule=row.id)
        self._organization.acts_on(also, due)
        order = Report(do="report", rule=row.id, facts=tuple(new) or (row.fact,))
        self._carry_out(self._organization, order, f"{name}.0", due)


def send_report(
    organization: Organization,
    order: Report,
    name: str,
    cause: int,
    *,
    number: int | None = None,
    also: tuple[int, ...] = (),
) -> None:
    """Send a report under a rule: what the sender holds, except where the order states something else.

    Args:
        organization: Who reports.
        order: The order.
        name: Id of the order.
        cause: Number of the event of ordering it.
        number: Its number, if it is sent again.
        also: Numbers of other events that make it go out now.
    """
    world, exchange = organization.world, organization.scene.exchange
    rule = row_of(world.exercise, order.rule)
    claimed = {claim.fact: claim.value for claim in order.states}
    held = organization.held(order.facts)
    known = {fact.fact: fact for fact in (*held, *organization.held(tuple(claimed)))}
    true = tuple(fact for fact in held if fact.fact not in claimed)
    facts = true + tuple(
        Stated(fact, value, world.clock.now, organization.id, fact in known and known[fact].verified)
        for fact, value in claimed.items()
    )
    ident = exchange.unique(f"{name}>{rule.to}")
    organization.told.update({(rule.to, fact.fact): fact.value for fact in facts})
    reporting = organization.reporting
    if reporting is not None:
        if number is None:
            reporting.withheld.pop(rule.id, None)  # the last decision counts
            number = reporting.number(rule, order, name)
        reporting.file(ident, rule, number, facts)
    message = Message(
        ident,
        organization.id,
        rule.to,
        "report",
        facts,
        by=MEDIUM_OF.get(rule.by),
        rule=rule.id,
        text=title(rule, number or 1).marked().model_dump(),
    )
    also += tuple(organization.learned[fact] for fact in known if fact in organization.learned)
    exchange.send(message, cause, also)


def title(rule: Rule, number: int) -> Text:
    """Return the heading of a report: its stage, the number of a follow-up, and the name of the rule."""
    zh, en = {
        "first": ("初报", "First report"),
        "follow_up": (f"续报{numeral(number)}", f"Follow-up report {number}"),
        "final": ("终报", "Final report"),
    }[rule.stage]
    return Text(zh=f"{zh}（{rule.name.zh}）", en=f"{en} ({rule.name.en})")


def numeral(number: int) -> str:
    """Return a number from 1 to 99 in Chinese, as follow-up reports are numbered (续报一, 续报二, ...)."""
    tens, ones = divmod(number, 10)
    if number > 99:
        return str(number)
    before = ("" if tens == 1 else NUMERALS[tens - 1]) + "十" if tens else ""
    return before + (NUMERALS[ones - 1] if ones else "")


def withhold(organization: Organization, order: Withhold, name: str, cause: int) -> None:
    """Decide not to report under a rule; routine keeps silent too, until the seat orders the report after all."""
    seq = organization.world.log.emit("report.withheld", organization.id, name, cause, rule=order.rule)
    if organization.reporting is not None:
        organization.reporting.withheld[order.rule] = seq


def take_up(organization: Organization, orders: Sequence[Order]) -> None:
    """Let routine make the reports of a task again that the seat has decided to follow."""
    for order in orders:
        if kept_back(organization, order) and isinstance(order, Report) and organization.reporting is not None:
            organization.reporting.withheld.pop(order.rule, None)


def kept_back(organization: Organization, order: Order) -> bool:
    """Return whether an order of routine is a report that the seat decided not to make."""
    return (
        isinstance(order, Report)
        and organization.reporting is not None
        and organization.reporting.keeps_back(order.rule)
    )
