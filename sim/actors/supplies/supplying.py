"""Supplies that are ordered: who is asked in which order, what comes of it, and the trucks that carry it."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from sim.actors.departments.convoy import drive
from sim.actors.supplies.sources import Sources
from sim.comms.message import Message
from sim.county.stores import Stores
from sim.engine import Process
from sim.spec.base import Text
from sim.spec.helpers import HOSTED
from sim.spec.orders import Send, Supply, TaskKind
from sim.spec.supplies import Need, Upkeep

if TYPE_CHECKING:
    from sim.actors.departments.department import Department
    from sim.actors.departments.unit import Unit
    from sim.actors.organization import Organization
    from sim.actors.scene import Scene

PATIENCE_S = 60 * 60
"""How long, in seconds, somebody waits until his order for supplies is read before he goes on without. A guess."""
LOOK_AGAIN_S = 5 * 60
"""How often a driver who cannot get to where he loads looks again, in seconds. A guess."""
MOST_TRUCKS = 50
"""Trucks that one consignment is sent with at most; none needs more where depots are those of a county."""
Mandate = Callable[[str, int, Callable[[int], object]], None]
"""Asks for the mandate to requisition: name, cause, and what is done with the number of the event that gives it."""


class Consignment(NamedTuple):
    """Something that was issued: what, where it is loaded, and the order by which it goes."""

    id: str
    item: str
    at: str
    order: Supply


class Supplies:
    """The supplies of one run.

    Attributes:
        kg: Mass of one piece of each item, in kg.
        logistics: Who sees to supplies, as the county file says; None where nobody does.
        sources: Whom supplies can be had from.
        stores: How much of what is where.
    """

    def __init__(self, scene: Scene, stores: Stores) -> None:
        self._scene, self._world = scene, scene.world
        county = scene.world.exercise.county
        self.stores = stores
        self.kg = {item.id: item.kg for item in county.items}
        self.logistics = county.logistics
        self.sources = Sources(scene, stores)
        self._consignments: dict[str, Consignment] = {}
        self._hosted = [one.id for one in county.helpers if one.kind in HOSTED]
        self._needs: dict[TaskKind, tuple[Need, ...]] = {}
        for need in scene.world.exercise.plan.needs:
            self._needs[need.task] = (*self._needs.get(need.task, ()), need)

    def needs(self, unit: Unit, task: TaskKind) -> tuple[Need, ...]:
        """Return what a unit uses up in a kind of work."""
        return tuple(one for one in self._needs.get(task, ()) if not one.units or unit.crew.kind in one.units)

    def upkeep(self, unit: Unit) -> tuple[Upkeep, ...]:
        """Return what a unit must be given because it comes from outside."""
        return self.logistics.upkeep if unit.crew.helper in self._hosted and self.logistics is not None else ()

    def lasts_s(self, unit: Unit, task: TaskKind) -> int | None:
        """Return after how many seconds a unit at work must look after its supplies; None where nothing runs out."""
        every = [need.every for need in self.needs(unit, task) if need.every is not None]
        return min([*every, *(one.every for one in self.upkeep(unit))], default=None)

    # --- an order ------------------------------------------------------------------------------------------------

    def fill(self, organization: Organization, order: Supply, name: str, cause: int, mandate: Mandate) -> Process:
        """Process: have supplies brought, from one source after another, or by one view from several at once."""
        log, clock = self._world.log, self._world.clock
        ends = {"item": order.item, "to": order.at}
        last = log.emit(
            "supplies.asked", organization.id, name, cause, amount=order.amount, source=order.source, **ends
        )
        missing, left = order.amount, self.sources.in_turn(order)
        also: tuple[int, ...] = ()
        while missing > 0 and left:
            batch = self.sources.batch(left, order.item, missing)
            left = left[len(batch) :]
            under_way = [
                clock.start(self._get(organization, order, source, some, f"{name}@{source}", last, also, mandate))
                for source, some in batch
            ]
            for one in under_way:
                got, seq = yield one
                missing -= got
                also = (*also, seq)
        if missing > 0:
            log.emit("supplies.short", organization.id, name, last, also, amount=missing, **ends)

    def _get(
        self, organization: Organization, order: Supply, source: str, amount: int, name: str, cause: int,
        also: tuple[int, ...], mandate: Mandate,
    ) -> Process:  # fmt: skip
        """Process: get as much as there is from a source; returns how much, and the last event of it."""
        log, stores, item = self._world.log, self.stores, order.item
        supplier, sender = self.sources.supplier(source), organization
        if supplier is None:
            assert self.logistics is not None
            sender = self._scene.organizations[self.logistics.desk]
            ready = yield from self._issued(organization, sender, name, cause)
            by, at, yuan = "issue", source, 0.0
        else:
            ready = yield from self.sources.ready(organization, supplier, amount, name, cause, mandate)
            by, at, yuan = supplier.by, supplier.at, supplier.yuan
        some = 0 if ready is None else min(amount, stores.held(source, item))
        also += stores.since(source, item=item)
        if not some:
            said = {"item": item, "source": source, "reached": ready is not None}
            return 0, log.emit("supplies.refused", sender.id, name, cause if ready is None else ready, also, **said)
        said = {"item": item, "amount": some, "source": source, "by": by, "at": at, "to": order.at}
        issued = log.emit("supplies.issued", sender.id, name, ready, also, yuan=round(yuan * some), **said)
        stores.move(item, some, source, name, issued)
        self._consignments[name] = Consignment(name, item, at, order)
        self._world.clock.start(self._carry(sender, self._consignments[name], some, issued))
        return some, issued

    def _issued(self, organization: Organization, desk: Organization, name: str, cause: int) -> Process:
        """Process: let the desk that runs the depots issue something; returns the number of the event, or None."""
        assert self.logistics is not None
        read = yield from self._tell(organization, desk.id, name, Text(zh="请调拨物资", en="Issue supplies"), cause)
        if read is None:
            return None
        issue = self.logistics.issue.scaled(self._world.parameters["supply.load_factor"])
        seconds = self._world.luck.seconds(issue, "issue", name)
        return (yield from desk.attend(seconds, name, read))

    def _tell(self, sender: Organization, to: str, name: str, text: Text, cause: int) -> Process:
        """Process: order something and wait until it is read; returns the number of the event, None if it is not."""
        if sender.id == to:
            return cause
        exchange, clock = self._scene.exchange, self._world.clock
        ident = exchange.unique(f"{name}>{to}")
        read = self._scene.requests[ident] = clock.occurrence()
        exchange.send(Message(ident, sender.id, to, "order", text=text.marked().model_dump()), cause)
        yield read | clock.wait(PATIENCE_S)
        return read.value if read.triggered else None

    # --- on the road ---------------------------------------------------------------------------------------------

    def _carry(self, sender: Organization, consignment: Consignment, amount: int, cause: int) -> Process:
        """Process: have as many trucks sent as the consignment needs, and ask until somebody reads it."""
        assert self.logistics is not None
        carrier, read = self._scene.organizations[self.logistics.carrier], None
        while read is None:
            text = Text(zh="请派车运送物资", en="Send trucks for supplies")
            read = yield from self._tell(sender, carrier.id, f"{consignment.id}/trucks", text, cause)
        units = [one for one in self._world.exercise.county.units if one.department == carrier.id]
        trucks = [one for one in units if TaskKind.CARRY in one.skills]
        each = min(math.floor(one.kg / self.kg[consignment.item]) for one in trucks)
        count = min(MOST_TRUCKS, math.ceil(amount / each))
        kinds = tuple(dict.fromkeys(one.kind for one in trucks))
        escort = consignment.order.escort
        send = Send(do="send", task=TaskKind.CARRY, at=consignment.at, units=kinds, count=count, escort=escort)
        carrier.dispatch(send, consignment.id, read)

    def order_of(self, name: str) -> Supply:
        """Return the order by which a consignment is brought, by the consignment's id."""
        return self._consignments[name].order

    def haul(self, department: Department, unit: Unit, name: str, ident: str, cause: int) -> Process:
        """Process: load what is left of a consignment, drive, unload; returns the number of the last event, or None.

        A truck that must stop outside a danger hands over there, to those for whom it is.
        """
        consignment, log, stores = self._consignments.get(name), self._world.log, self.stores
        if consignment is None or not stores.held(name, consignment.item):
            return cause
        item = consignment.item
        last = yield from self._drive_to_load(department, unit, consignment, ident, cause)
        if last is None:
            return None
        some = min(stores.held(name, item), math.floor(unit.crew.kg / self.kg[item]))
        if not some:
            return last
        also, said = stores.since(name, item=item), {"unit": unit.id, "item": item, "amount": some}
        working = log.emit("task.working", department.id, ident, last, also, unit=unit.id)
        loaded = log.emit("supplies.loaded", department.id, name, working, also, place=unit.place, **said)
        stores.move(item, some, name, unit.id, loaded)
        yield self._world.clock.wait(self._handling_s("load", ident))
        order = consignment.order
        there = yield from drive(unit, order, name, ident, loaded)
        if there is not None:
            seconds = self._handling_s("unload", ident)
            yield self._world.clock.wait(seconds)
            there = there if unit.meet_danger(seconds / 60, there) else None
        if there is None:
            fallen = unit.down.value if unit.down.triggered else loaded
            stores.move(item, some, unit.id, None, log.emit("supplies.lost", department.id, name, fallen, **said))
            return None
        handed = log.emit("supplies.handed_over", department.id, name, there, place=order.at, at=unit.place, **said)
        stores.move(item, some, unit.id, order.at, handed)
        return handed

    def _drive_to_load(
        self, department: Department, unit: Unit, consignment: Consignment, ident: str, cause: int
    ) -> Process:
        """Process: drive to where the load is, waiting outside danger."""
        order = consignment.order
        while True:
            there = yield from unit.go(
                consignment.at, ident, cause, avoid_danger=order.avoid_danger, wait_outside=order.wait_outside
            )
            if there is None or unit.place == consignment.at:
                return there
            said = {"on": "public", "what": "danger on the way"}
            cause = self._world.log.emit("task.waiting", department.id, ident, there, **said)
            yield self._world.clock.wait(LOOK_AGAIN_S)

    def _handling_s(self, what: str, ident: str) -> int:
        length = getattr(self.logistics, what).scaled(self._world.parameters["supply.load_factor"])
        return self._world.luck.seconds(length, what, ident)
