"""Rules of dispatch: who goes, and who is served next."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.actors.departments.dispatch import QUEUE_RULES, UNIT_RULES, Line, Ready, choose
from sim.engine import Clock
from sim.errors import BadInput
from sim.play.session import Session
from sim.spec.registry import BY_NAME
from tests.play.made import changed, short

READY = [Ready("a", 0, 1, 300, 60), Ready("b", 0, 1, 90, 200), Ready("c", 0, 0, 500, 500), Ready("d", 1, 0, 1, 1)]
ready = st.lists(st.builds(Ready, st.sampled_from("abcdef"), *(st.integers(0, 9) for _ in range(4))), max_size=6)


def test_the_parameters_name_the_rules():
    assert BY_NAME["dispatch.units"].names == tuple(UNIT_RULES)
    assert BY_NAME["dispatch.queue"].names == tuple(QUEUE_RULES)


@pytest.mark.parametrize(("rule", "chosen"), [("nearest", "b"), ("run_card", "a")])
def test_kinds_come_first_then_the_list_then_the_rule(rule, chosen):
    assert choose(rule, READY) == "c"
    assert choose(rule, [one for one in READY if one.id != "c"]) == chosen
    assert choose(rule, [READY[3]]) == "d"
    assert choose(rule, []) is None


@given(ready, st.sampled_from(list(UNIT_RULES)))
def test_who_goes_does_not_depend_on_the_order_of_units(units, rule):
    assert len({choose(rule, order) for order in permutations(units[:4])}) == 1


@pytest.mark.parametrize(("rule", "order"), [("first_come", [3, 1, 2]), ("severity", [2, 3, 1])])
def test_who_waits_is_served_by_the_rule(rule, order):
    clock, served = Clock(), []
    line = Line(clock)
    grave = {3: 5, 1: 0, 2: 9}
    for task in grave:
        line.wait(task).callbacks.append(lambda turn: served.append(turn.value))
    assert line.serve("unit", (7,), rule, lambda _: False, grave.get) is None
    assert [line.serve("unit", (7,), rule, lambda _: True, grave.get) for _ in grave] == order
    clock.step()
    assert (served, len(line)) == ([("unit", (7,))] * 3, 0)


def test_a_plan_can_name_the_units_that_go_first():
    def prefer(*units):
        def change(data):
            for task in data["tasks"]:
                for order in task["orders"]:
                    if order["do"] == "send" and order["units"][0] == "ambulance":
                        order["prefer"] = list(units)

        return changed(short(), change, "plan")

    def first_sent(exercise):
        events = Session(exercise, seed=1).finish().events
        return next(e.data["unit"] for e in events if e.kind == "task.assigned" and e.actor == "health")

    last = max(
        ("ambulance-1", "ambulance-2", "ambulance-3", "ambulance-4"), key=lambda u: (u != first_sent(short()), u)
    )
    assert first_sent(prefer(last)) == last != first_sent(short())
    with pytest.raises(BadInput, match="no prefer 'nobody'"):
        prefer("nobody")
