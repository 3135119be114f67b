"""M78: who has the right to decide; was the right level reached, and did it decide; what the law asks to be stated."""

from hypothesis import given
from hypothesis import strategies as st

from sim.actors.command.deciding import who_may
from sim.assess.command import orders, summary
from sim.play.session import Session
from sim.spec.command import RANKS
from tests.mechanisms.paired import SEEDS, falls
from tests.play.made import changed, short


@SEEDS
def test_deputies_decide_sooner_and_from_below(seeds):
    """Where nobody who may decide can be reached at first, those below do it at once, or it is waited for."""
    others, nobody = (
        [
            summary(
                Session(short(60), seed=seed, overrides={"command.absence": 2.5, "command.deputies": n}).finish().events
            )
            for seed in range(seeds)
        ]
        for n in (2, 0)
    )
    falls([one["decided_below"] for one in others], [one["decided_below"] for one in nobody])
    late = 60.0
    falls([one["activated_min"] or late for one in nobody], [one["activated_min"] or late for one in others])


def test_an_activation_that_lacks_what_the_law_asks_for_is_returned():
    def spoil(data):
        for task in data["tasks"]:
            for order in task["orders"]:
                order.pop("measures", None) if order["do"] == "activate" else None

    events = Session(changed(short(60), spoil, "plan"), seed=1).finish().events
    assert [event.data["missing"] for event in events if event.kind == "order.returned"] == [["measures"]]
    assert not any(event.kind == "level.activated" for event in events)
    assert {one.status for one in orders(events) if one.what == "activate"} == {"returned"}


@given(st.sampled_from(RANKS), st.integers(0, 2))
def test_whoever_has_the_right_is_called_first_and_nobody_twice(wanted, others):
    called = who_may(wanted, RANKS, others)
    assert called[0] == wanted
    assert len(called) == len(set(called)) == 1 + others
