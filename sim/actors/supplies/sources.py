"""Where supplies can come from: in which order sources are tried, and how each of them is made to give."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.county.stores import Stores
from sim.engine import Process
from sim.spec.base import Text
from sim.spec.supplies import Supplier
from sim.spec.supply_order import ANY_SOURCE, Supply

if TYPE_CHECKING:
    from sim.actors.organization import Organization
    from sim.actors.scene import Scene

KINDS = ("issue", "contract", "request", "requisition")
"""Ways to get supplies, in the order in which they are tried without one view over all of them."""
NEVER, ANY = 1, 2
"""Values of the parameter ``supply.requisition``: not at all, and whenever nothing else is left."""
DAY_S = 86_400
"""Seconds of a day."""


class Sources:
    """Depots and suppliers of one run."""

    def __init__(self, scene: Scene, stores: Stores) -> None:
        self._scene, self._world, self._stores = scene, scene.world, stores
        self._suppliers = {one.id: one for one in scene.world.exercise.county.suppliers}
        self._busy_s: dict[str, int] = {}  # until when a supplier makes what was ordered before

    def supplier(self, source: str) -> Supplier | None:
        """Return a supplier; None for a depot of the county's own."""
        return self._suppliers.get(source)

    # --- which ---------------------------------------------------------------------------------------------------

    @property
    def _one_view(self) -> bool:
        return bool(self._world.parameters["supply.one_view"])

    def in_turn(self, order: Supply) -> list[str]:
        """Return the sources of an order in the order in which they are tried.

        Without one view over all, depots come first, the nearest of them first, whether they hold anything or not,
        and others only when these were found empty. With it, whoever is expected to deliver soonest comes first.
        What lies at the destination is there already.
        """
        if order.source != ANY_SOURCE:
            return [order.source]
        county, any_time = self._world.exercise.county, self._world.parameters["supply.requisition"] == ANY
        found = [one.place for one in county.stocks if one.item == order.item and one.place != order.at]
        found += [
            one.id
            for one in county.suppliers
            if one.item == order.item and (one.by != "requisition" or any_time)
        ]  # fmt: skip
        if self._one_view:
            found = [one for one in found if self._promises(one, order.item)]
            return sorted(found, key=lambda one: (self._expected_s(one, order.at), one))
        return sorted(found, key=lambda one: (KINDS.index(self._by(one)), self._way_s(one, order.at), one))

    def batch(self, sources: list[str], item: str, missing: int) -> list[tuple[str, int]]:
        """Return the next sources to be asked at once, and for how much: one, or by one view as many as it takes."""
        if not self._one_view:
            return [(sources[0], missing)]
        batch: list[tuple[str, int]] = []
        for source in sources:
            if missing > 0:
                some = min(missing, max(1, self._promises(source, item)))
                batch.append((source, some))
                missing -= some
        return batch

    def _by(self, source: str) -> str:
        return self._suppliers[source].by if source in self._suppliers else "issue"

    def _promises(self, source: str, item: str) -> int:
        """Return what a source has, and what it can make in a day."""
        daily = self._suppliers[source].daily if source in self._suppliers else 0
        return self._stores.held(source, item) + daily

    def _way_s(self, source: str, to: str) -> int:
        at = self._suppliers[source].at if source in self._suppliers else source
        return self._scene.county.roads.seconds(at, to, siren=False)

    def _expected_s(self, source: str, to: str) -> int:
        """Return how long it is expected to take from a source, by what the files say."""
        way_s, supplier, parameters = self._way_s(source, to), self._suppliers.get(source), self._world.parameters
        if supplier is None:
            return way_s
        approval_s = parameters["reserve.approval_delay"] * 60 if supplier.by == "request" else 0.0
        return round(way_s + approval_s + supplier.lead.quantile(0.5) * parameters["contract.lead_factor"])

    # --- how -----------------------------------------------------------------------------------------------------

    def ready(
        self, organization: Organization, supplier: Supplier, amount: int, name: str, cause: int, mandate: Any
    ) -> Process:
        """Process: have a supplier make goods ready; returns the number of the event, or None if he cannot be had."""
        if supplier.by == "contract":
            last = yield from self._call(organization, supplier, name, cause)
        elif supplier.by == "request":
            last = yield from self._request(organization, supplier, name, cause)
        else:
            last = yield from self._requisition(name, cause, mandate)
        if last is None:
            return None
        lead = supplier.lead.scaled(self._world.parameters["contract.lead_factor"])
        yield self._world.clock.wait(self._world.luck.seconds(lead, "lead", name))
        return (yield from self._make(supplier, amount, name, last))

    def _call(self, organization: Organization, supplier: Supplier, name: str, cause: int) -> Process:
        """Process: ring a supplier up; where nobody answers, find him in another way."""
        world, logistics = self._world, self._world.exercise.county.logistics
        assert logistics is not None
        instant = self._scene.policy_of(organization.id).instant
        share = world.parameters["contract.dead_contacts"]
        dead = supplier.contact == "dead" or world.luck.chance(share, "contact", supplier.id)
        last = cause
        for attempt in range(1, (logistics.calls if dead else 1) + 1):
            if not instant:
                seconds = world.luck.seconds(logistics.call, "call supplier", name, str(attempt))
                last = yield from organization.attend(seconds, f"{name}/call {attempt}", last)
            said = {"answered": not dead, "attempt": attempt}
            last = world.log.emit("supplier.called", organization.id, supplier.id, last, **said)
        if not dead:
            return last
        yield world.clock.wait(world.luck.seconds(logistics.find_contact, "find contact", name))
        return world.log.emit("supplier.found", organization.id, supplier.id, last)

    def _request(self, organization: Organization, supplier: Supplier, name: str, cause: int) -> Process:
        """Process: ask the holder of a shared reserve, and wait for its word."""
        if self._scene.policy.instant or organization.id == supplier.holder:
            return cause
        word = organization.await_word(name)
        asked = Text(zh=f"请求调用：{supplier.name.zh}", en=f"Request for: {supplier.name.en}").marked().model_dump()
        organization.send(supplier.holder or "", "request", name, cause, approves=name, matter="reserve", text=asked)
        return (yield word)

    def _requisition(self, name: str, cause: int, mandate: Any) -> Process:
        """Process: get the mandate to requisition; returns None where it is not allowed."""
        mandates, allowed = self._world.exercise.rules.mandates, self._world.parameters["supply.requisition"]
        if not mandates.requisition or allowed == NEVER:
            return None
        given = self._world.clock.occurrence()
        mandate(name, cause, given.succeed)
        return (yield given)

    def _make(self, supplier: Supplier, amount: int, name: str, cause: int) -> Process:
        """Process: make what is missing, at most the output of a day, after what was ordered before."""
        clock, stores = self._world.clock, self._stores
        missing = min(supplier.daily, amount - stores.held(supplier.id, supplier.item))
        if missing <= 0:
            return cause
        begin_s = max(clock.now, self._busy_s.get(supplier.id, 0))
        self._busy_s[supplier.id] = end_s = begin_s + missing * DAY_S // supplier.daily
        yield clock.wait(end_s - clock.now)
        made = self._world.log.emit(
            "supplies.made", "", supplier.id, cause, item=supplier.item, amount=missing, order=name
        )
        stores.move(supplier.item, missing, None, supplier.id, made)
        return made
