"""Supplies in whole runs: nothing comes out of nothing, trucks carry what they can, and orders do what they say."""

import pytest

from sim.actors.desks.orders import carry_out
from sim.assess.supplies import deliveries, summary
from sim.play.session import Session
from sim.spec.load import bundled
from sim.spec.orders import Supply
from tests.mechanisms.supplied import early, with_stock
from tests.play.balanced import balance

SCENARIOS = bundled("scenario")
SHORT = ("factory-fire", 150)


def at_once(exercise, seed=1, **order):
    """Play with one order for supplies that the emergency seat gives at the start; return the record and the stores."""
    session = Session(exercise, seed=seed, policy="none", overrides=order.pop("overrides", {}), audit=True)
    emergency = session.scene.organizations["emergency"]
    carry_out(emergency, Supply(do="supply", **order), "test/order", 0)
    return session.finish(), session


def kinds(record, *wanted):
    return [event for event in record.events if event.kind in wanted]


def holds(record, session=None):
    found = balance(record)
    assert all(least >= 0 for least in found.least.values())
    items = {*found.start, *found.held, *found.gone}
    assert {item: found.start.get(item, 0) for item in items} == {
        item: found.held.get(item, 0) + found.gone.get(item, 0) for item in items
    }
    if session is not None:
        held = {}
        for (_, item), amount in session.scene.supplies.stores.everything().items():
            held[item] = held.get(item, 0) + amount
        assert held == {item: found.held.get(item, 0) for item in held}
    moved = {kind: {} for kind in ("supplies.issued", "supplies.loaded", "supplies.handed_over", "supplies.lost")}
    for event in kinds(record, *moved):
        of = moved[event.kind]
        of[event.subject] = of.get(event.subject, 0) + event.data["amount"]
    for consignment, issued in moved["supplies.issued"].items():
        loaded = moved["supplies.loaded"].get(consignment, 0)
        arrived = moved["supplies.handed_over"].get(consignment, 0) + moved["supplies.lost"].get(consignment, 0)
        assert issued >= loaded >= arrived


def test_nothing_comes_out_of_nothing_in_a_run():
    session = Session(early(*SHORT), seed=1)
    record = session.finish()
    assert kinds(record, "supplies.handed_over")
    assert kinds(record, "supplies.used")
    holds(record, session)


@pytest.mark.slow
@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.parametrize("policy", ["none", "plan", "perfect"])
def test_nothing_comes_out_of_nothing_in_any_scenario(scenario, policy):
    holds(Session(scenario, seed=2, policy=policy).finish())


def test_a_consignment_takes_as_many_trucks_as_it_weighs():
    record, session = at_once(early(*SHORT), item="tent", amount=200, at="west-assembly", source="relief-warehouse")
    loaded = kinds(record, "supplies.loaded")
    assert [90, 90, 20] == sorted((event.data["amount"] for event in loaded), reverse=True)  # 5,000 kg at 55 kg each
    assert sum(one.amount for one in deliveries(record)) == 200
    holds(record, session)


def test_what_depots_do_not_have_comes_from_others_or_stays_short():
    fire = with_stock(early(*SHORT), "oxygen", 0)
    record, session = at_once(fire, item="oxygen", amount=85, at="west-assembly")
    refused = [event.data["source"] for event in kinds(record, "supplies.refused")]
    assert ["county-hospital", "tcm-hospital"] == sorted(refused)
    (issued,) = kinds(record, "supplies.issued")
    made = sum(event.data["amount"] for event in kinds(record, "supplies.made"))
    assert ("gas-works", "contract", 85) == (issued.data["source"], issued.data["by"], issued.data["amount"])
    assert made == 5  # 80 lay ready
    holds(record, session)


def test_a_dead_number_is_tried_in_vain_and_found_in_another_way():
    record, _ = at_once(early(*SHORT), item="tent", amount=50, at="west-assembly", source="tent-dealer")
    assert [False] * 3 == [event.data["answered"] for event in kinds(record, "supplier.called")]
    assert len(kinds(record, "supplier.found")) == 1
    assert summary(record)["calls_in_vain"] == 3


def test_a_requisition_needs_the_word_of_who_may_and_costs_money():
    order = {"item": "fuel", "amount": 1000, "at": "west-assembly", "source": "oil-company"}
    record, session = at_once(early(*SHORT), **order)
    (asked,) = kinds(record, "order.approval_asked")
    assert asked.data["by"] == "command"
    (issued,) = kinds(record, "supplies.issued")
    assert (issued.data["by"], issued.data["yuan"]) == ("requisition", 8000)
    holds(record, session)
    refused, _ = at_once(early(*SHORT), **order, overrides={"supply.requisition": "off"})
    assert not kinds(refused, "supplies.issued")
    assert [1000] == [event.data["amount"] for event in kinds(refused, "supplies.short")]
