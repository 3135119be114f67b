"""M07: one command post; orders have issuer, time, addressee and status, and do not contradict each other."""

from sim.assess import traffic
from sim.assess.command import conflicts, orders, summary
from sim.assess.gaps import conflicting_orders, no_mandate
from sim.assess.gaps.base import late
from sim.assess.index import Index
from sim.play.session import Session
from tests.mechanisms.paired import SEEDS, falls
from tests.play.made import changed, short

SHELTER = {"villages": "shelter-both"}


def with_other_order(owner):
    """An exercise in which somebody else orders a village to leave once the command post stands."""

    def add(data):
        data["tasks"].append(
            {
                "id": "other-order",
                "name": {"zh": "另行疏散", "en": "evacuate all the same"},
                "owner": owner,
                "when": [{"fact": "post/stands", "is": True}],
                "orders": [{"do": "protect", "place": "liuwan", "by": "evacuate"}],
                "within": "6h",
                "ground": "for the test",
            }
        )

    return changed(short(), add, "plan")


@SEEDS
def test_a_post_that_looks_at_orders_lets_no_two_contradict_each_other(seeds):
    exercise = with_other_order("emergency")
    runs = [
        [Session(exercise, seed=seed, decisions=SHELTER, overrides={"command.unified": way}).finish() for way in both]
        for seed in range(seeds)
        for both in [("on", "off")]
    ]
    checked, free = ([len(conflicts(run[number].events)) for run in runs] for number in (0, 1))
    falls(free, checked)
    assert not any(checked)
    assert all(late(conflicting_orders.owed(Index(run[1]))) for run, some in zip(runs, free, strict=True) if some)


@SEEDS
def test_who_does_not_ask_gives_orders_that_are_not_his(seeds):
    exercise = with_other_order("police")
    often, never = (
        [Session(exercise, seed=seed, overrides={"conduct.bypass": share}).finish() for seed in range(seeds)]
        for share in (1, 0)
    )
    falls(
        [summary(run.events)["unauthorized"] for run in often], [summary(run.events)["unauthorized"] for run in never]
    )
    assert any(late(no_mandate.owed(Index(run))) for run in often)


@SEEDS
def test_rounds_of_reports_and_orders_keep_desks_busy(seeds):
    often, never = (
        [Session(short(), seed=seed, overrides={"command.cycle": minutes}).finish() for seed in range(seeds)]
        for minutes in (15, 0)
    )
    falls(*([traffic.summary(run)["messages"] for run in runs] for runs in (often, never)))


def test_the_register_holds_every_order_with_issuer_addressee_and_status():
    record = Session(short(), seed=1).finish()
    register = orders(record.events)
    assert len(register) == sum(event.kind == "order.given" for event in record.events)
    assert all(one.issuer and one.addressees and one.at_s >= 0 for one in register)
    status = {one.what: one.status for one in register}
    assert status["activate"] == status["protect"] == "in force"
    groups = [event for event in record.events if event.kind == "group.formed"]
    assert [event.data["members"] for event in groups] == [["emergency", "police", "health"]]
