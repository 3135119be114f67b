"""What triggers what in a plan, who answers for a task, and the blind spots that nobody would see."""

from functools import cache

import pytest

from sim.spec.blind import addressees, blind_spots
from sim.spec.functions import accountable, covered, uncovered
from sim.spec.load import bundled, load
from sim.spec.plan import NOBODY
from sim.spec.plan_flow import flow
from tests.play.made import changed


@cache
def parts(scenario="chlorine-leak"):
    exercise = load(scenario)
    return exercise.plan, exercise.county, exercise.rules


def with_tasks(change):
    """The parts of the chlorine leak with the rows of the plan's tasks, by id, changed."""

    def edit(data):
        rows = {row["id"]: row for row in data["tasks"]}
        change(rows)
        data["tasks"] = list(rows.values())

    exercise = changed(load("chlorine-leak"), edit, "plan")
    return exercise.plan, exercise.county, exercise.rules


@pytest.mark.parametrize("scenario", bundled("scenario"))
def test_bundled_plans_have_no_blind_spot_and_every_task_can_begin(scenario):
    assert () == blind_spots(*parts(scenario))
    steps = flow(*parts(scenario)).steps
    assert all(step.layer is not None for step in steps)
    layers = {step.task.id: step.layer for step in steps}
    assert all(layers[by] < step.layer for step in steps for _, by in step.because if by), "what sets off comes before"


def put(task, **fields):
    return lambda rows: rows[task].update(fields)


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (put("treat", owner=NOBODY), "no_owner"),
        (put("contain", owner="weather"), "no_seat"),
        (put("send-buses", when=[{"fact": "river/polluted", "is": True}]), "no_trigger"),
        (put("send-buses", needs=["river/polluted"]), "need"),
        (put("look", told=["garrison"]), "untold"),
        (put("consult", orders=[{"do": "tell", "to": ["duty"], "facts": ["wind/toward"]}], helps=[]), "function"),
    ],
)
def test_a_blind_spot_is_found_by_its_kind(change, kind):
    found = {spot.kind for spot in blind_spots(*with_tasks(change))}
    assert kind in found


def test_a_function_that_is_left_to_others_on_purpose_is_no_blind_spot():
    plan, county, rules = parts("rumor-panic")
    assert {function.id for function in uncovered(plan, county, rules)} == set(plan.leaves_out)


def test_a_task_can_say_that_it_serves_what_its_orders_do_not_show():
    plan, county, rules = with_tasks(put("feed-back", covers=["aftermath"]))
    task = next(task for task in plan.tasks if task.id == "feed-back")
    assert "aftermath" in covered(task, county, rules)
    assert "aftermath" not in [function.id for function in uncovered(plan, county, rules)]


def test_who_lacks_the_mandate_does_and_who_has_it_answers():
    plan, _, rules = parts()
    answers = {task.id: accountable(task, rules) for task in plan.tasks}
    assert (answers["first-notice"], answers["activate"], answers["contain"]) == ("command", "command", "emergency")


def test_addressees_are_those_whom_the_orders_of_a_task_reach():
    plan, county, rules = parts()
    tasks = {task.id: task for task in plan.tasks}
    assert addressees(tasks["report-city-phone"], plan, county, rules) == ("city",)
    assert addressees(tasks["tell-cordon"], plan, county, rules) == ("emergency", "health", "transport")
    assert "public" in addressees(tasks["first-notice"], plan, county, rules)
