"""Closing gaps of what somebody should have been told, asked or given to do; each docstring says what it means."""

from __future__ import annotations

from functools import partial

from sim.actors.command.protecting import protect
from sim.assess.index import Index
from sim.assess.plan_tasks import taken_up
from sim.comms.message import Message, Stated
from sim.play.closing.base import Closer, Gap
from sim.record.events import Event
from sim.record.folder import RunRecord
from sim.spec.base import FactValue, all_hold, facts_of
from sim.spec.orders import Protect


def unacknowledged(closer: Closer, gap: Gap) -> None:
    """The message is read and acknowledged when the limit for its receipt runs out."""
    ident = gap.about

    def composed(event: Event) -> None:
        def owed() -> bool:
            return closer.last(ident, "message.acknowledged") is None

        closer.opens(gap, owed, partial(closer.hand_over, event))

    closer.on("message.composed", ident, composed)


def open_loop(closer: Closer, gap: Gap) -> None:
    """Whoever asked knows, when the limit for the answer runs out, what the other holds of it."""
    ident = gap.about

    def composed(event: Event) -> None:
        def owed() -> bool:
            return closer.last(f"{ident}/reply>{event.actor}", "message.read") is None

        def act(cause: int) -> None:
            asker, asked = (closer.scene.organizations[one] for one in (event.actor, event.data["to"]))
            for stated in asked.held(event.data["asks"]):
                asker.learn(stated, cause, "message")

        closer.opens(gap, owed, act)

    closer.on("message.composed", ident, composed)


def no_fallback(closer: Closer, gap: Gap) -> None:
    """The message is read and acknowledged when the limit for changing the channel runs out."""
    ident, begun = gap.about, dict[str, None]()

    def failed(event: Event) -> None:
        down = event.kind == "message.held" or event.data["reason"] in ("down", "did_not_switch")
        composed = closer.last(ident, "message.composed")
        if down and composed is not None and not begun:
            begun[ident] = None

            def owed() -> bool:
                return closer.last(ident, "message.delivered", "message.switched", "message.let_go") is None

            closer.opens(gap, owed, partial(closer.hand_over, composed))

    for kind in ("message.held", "message.lost", "message.expired"):
        closer.on(kind, ident, failed)


def stale_fact(closer: Closer, gap: Gap) -> None:
    """Whoever needs to know the fact holds it as it truly is when the limit of the plan runs out."""
    key, _, role = gap.about.rpartition("/")
    who, any_count, begun = closer.scene.organizations[role], key.endswith("/hurt"), dict[str, None]()

    def so(event: Event) -> None:
        value = event.data["value"]
        if value is False or begun:
            return
        begun[key] = None

        def right(one: FactValue | None) -> bool:
            return bool(one) if any_count else one == value

        def owed() -> bool:
            return right(closer.world.truth.value(key)) and not right(who.picture.value(key))

        closer.opens(gap, owed, lambda cause: closer.tell(who, [key], cause))

    closer.on("truth.changed", key, so)


def missed_notification(closer: Closer, gap: Gap) -> None:
    """The people of the place hear what to do when the limit for that runs out; by the plan, if nothing was ordered."""
    place, begun = gap.about, dict[str, None]()
    exercise, people = closer.world.exercise, closer.world.exercise.county.people
    by = next(
        (
            order.by
            for task in exercise.plan_tasks
            for order in task.orders
            if isinstance(order, Protect) and order.place == place
        ),
        "shelter",
    )

    def owed() -> bool:
        heard = closer.last(place, "protect.heard")
        return closer.world.truth.value(f"{place}/danger") is True and heard is None

    def act(cause: int) -> None:
        command = closer.scene.organizations[exercise.county.desk("command")]
        ordered = closer.world.truth.value(f"{place}/ordered")
        if ordered is None:
            protect(command, Protect(do="protect", place=place, by=by), f"close/{place}", cause)
            sent = closer.last(f"close/{place}/{place}>{people}", "message.composed")
            if sent is not None:
                closer.hand_over(sent, cause)
                return
        stated = Stated(f"{place}/ordered", str(ordered or by), closer.world.clock.now, command.id, True)
        told = _order_to(closer, command.id, people, stated, place)
        closer.scene.public.receive(told, cause)

    def so(event: Event) -> None:
        if event.data["value"] is True and not begun:
            begun[place] = None
            closer.opens(gap, owed, act)

    closer.on("truth.changed", f"{place}/danger", so)


def _order_to(closer: Closer, sender: str, people: str, stated: Stated, place: str) -> Message:
    ident = closer.scene.exchange.unique(f"close/{place}/again>{people}")
    return Message(ident, sender, people, "order", (stated,), to_at=place)


def notice(closer: Closer, gap: Gap) -> None:
    """Whoever must be notified under a rule knows what it is about when the limit of the rule runs out."""
    rule = next(one for one in closer.world.exercise.rules.rules if one.id == gap.about.rpartition("/")[0])
    who, begun = closer.scene.organizations[rule.to], dict[str, None]()

    def so(event: Event) -> None:
        opens = event.kind == "truth.changed" or event.actor == rule.sender
        if not opens or event.data["value"] is False or begun:
            return
        begun[rule.id] = None
        closer.opens(
            gap, lambda: bool(closer.true(who, [rule.fact])), lambda cause: closer.tell(who, [rule.fact], cause)
        )

    closer.on("fact.learned" if rule.starts == "known" else "truth.changed", rule.fact, so)


def orphan_task(closer: Closer, gap: Gap) -> None:
    """The owner knows what makes the task due, and takes it up, when the limit of the plan runs out."""
    exercise = closer.world.exercise
    task = next(one for one in exercise.plan_tasks if one.id == gap.about)
    owner, begun = closer.scene.organizations[task.owner], dict[str, None]()

    def owed() -> bool:
        so_far = RunRecord(exercise, {}, closer.events, [])
        return taken_up(Index(so_far), task) is None

    def act(cause: int) -> None:
        closer.scene.staff[task.owner].take_up(task.id, closer.true(owner, facts_of(task.when)), cause)

    def so(_: Event) -> None:
        if not begun and all_hold(task.when, closer.world.truth.value):
            begun[task.id] = None
            closer.opens(gap, owed, act)

    for key in facts_of(task.when):
        closer.on("truth.changed", key, so)
