"""What every bundled scenario must do, whatever its hazard: it is whole, nobody is lost, and acting early helps."""

from functools import cache
from itertools import combinations
from statistics import fmean, stdev

import pytest

from sim.assess.loss import loss_parts, total_loss
from sim.play.session import Session
from sim.spec.load import bundled, load
from tests.analogues.bands import Verdict, load_all, measure
from tests.play.census import census, residents_hurt
from tests.play.made import changed

SCENARIOS = bundled("scenario")
LONG = ("earthquake", "flash-flood", "mine-explosion", "three-outages")
"""Scenarios whose runs take longest: what plays them dozens of times is for the loop."""
ANALOGUES = {
    "chlorine-leak": "s01-chlorine-leak",
    "flash-flood": "s02-flash-flood",
    "earthquake": "s03-earthquake",
    "mine-explosion": "s04-mine-accident",
    "expressway-tanker": "s05-hazmat-tanker",
    "school-outbreak": "s06-school-outbreak",
    "crowd-crush": "s07-crowd-crush",
    "three-outages": "s08-outage",
    "rumor-panic": "s09-rumor",
    "factory-fire": "s10-fire",
}
"""The bands that each scenario is held to."""

every_scenario = pytest.mark.parametrize("scenario", SCENARIOS)


def loss(exercise, seed, policy="plan", **given):
    record = Session(exercise, seed=seed, policy=policy, **given).finish()
    return total_loss(loss_parts(record, exercise.rubric.loss))


def interval(values):
    """Return mean and half the width of its 95 % interval."""
    return fmean(values), 1.96 * stdev(values) / len(values) ** 0.5


@every_scenario
def test_a_scenario_is_whole(scenario):
    found = load(scenario).scenario
    assert len(found.pause_points) >= 5
    assert len({point.seat for point in found.pause_points}) >= 3
    assert all(len(point.options) >= 3 for point in found.pause_points)
    assert len(found.injects) >= 10
    assert len(found.difficulties) == 2
    one, other = found.difficulties
    assert one.parameters != other.parameters
    assert found.key_measures
    trained = {name for objective in found.objectives for name in objective.milestones}
    assert len(trained) >= 5


@every_scenario
@pytest.mark.parametrize("policy", ["none", pytest.param("plan", marks=pytest.mark.slow)])
def test_everybody_is_in_one_state_at_every_sample(scenario, policy):
    session = Session(scenario, seed=2, policy=policy, audit=True)
    county, present = session.scene.county, session.exercise.present
    seen = []
    while not session.finished:
        session.advance(min(session.now_s + 300, session.world.horizon_s))
        assert present == {place: sum(settlement.counts.values()) for place, settlement in county.places.items()}
        states, patients = census(county), county.casualties.everybody()
        outsiders = len(patients) + county.casualties.killed - residents_hurt(county)
        assert min(outsiders, *states.values()) >= 0
        assert sum(states.values()) == sum(present.values()) + outsiders
        seen.append(states)
    assert any(one != seen[0] for one in seen), "nothing happens to anybody"


def slow_or_loop(scenario):
    return pytest.mark.loop if scenario in LONG else pytest.mark.slow


@pytest.mark.slow
@every_scenario
def test_who_knows_and_acts_saves_more_than_who_does_nothing(scenario):
    exercise = load(scenario)
    saved = [loss(exercise, seed, "none") - loss(exercise, seed, "perfect") for seed in range(3)]
    assert min(saved) > exercise.rubric.outcome_margin


@pytest.mark.parametrize(
    ("scenario", "seeds"),
    [
        *(pytest.param(one, 8, marks=slow_or_loop(one)) for one in SCENARIOS),
        *(pytest.param(one, 30, marks=pytest.mark.loop) for one in SCENARIOS),
    ],
)
def test_the_later_the_key_measure_the_greater_the_loss(scenario, seeds):
    exercise = load(scenario)
    delays = (0, 15, 30, 60)
    losses = [[loss(exercise, seed, overrides={"plan.key_delay": delay}) for seed in range(seeds)] for delay in delays]
    for delay, sooner, later in zip(delays[1:], losses, losses[1:], strict=False):
        mean, half = interval([b - a for a, b in zip(sooner, later, strict=True)])
        assert mean + half >= 0, f"{delay} min: {mean:.3f} +- {half:.3f}"
    mean, half = interval([b - a for a, b in zip(losses[0], losses[-1], strict=True)])
    assert mean + half > 0, f"an hour: {mean:.3f} +- {half:.3f}"
    assert losses[0] != losses[-1], "an hour changes nothing"


LINKS = [(scenario, link.id) for scenario in SCENARIOS for link in load(scenario).scenario.cascade]


@pytest.mark.slow
@pytest.mark.parametrize(("scenario", "link"), LINKS)
def test_every_link_of_a_cascade_changes_something(scenario, link):
    """Where its condition ever comes true: under doing nothing, or under the plan."""

    def with_chance(chance):
        def change(data):
            row = next(row for row in data["cascade"] if row["id"] == link)
            row["chance"] = chance
            row.pop("unless", None)

        return changed(load(scenario), change)

    never, always = with_chance(0), with_chance(1)
    assert any(
        [event.kind for event in Session(never, seed=seed, policy=policy).finish().events]
        != [event.kind for event in Session(always, seed=seed, policy=policy).finish().events]
        for seed in range(10)
        for policy in ("none", "plan")
    )


QUESTIONS = [
    pytest.param(scenario, point.id, marks=slow_or_loop(scenario))
    for scenario in SCENARIOS
    for point in load(scenario).scenario.pause_points
]


@pytest.mark.parametrize(("scenario", "question"), QUESTIONS)
def test_every_option_can_be_chosen_and_leads_somewhere_of_its_own(scenario, question):
    """Under one luck or another: whether a question comes, and whether gas lies on the shortest way, is luck."""
    exercise = load(scenario)
    options = [one.id for point in exercise.scenario.pause_points if point.id == question for one in point.options]

    @cache
    def after(option, seed):
        """Return what happens after the question was asked; None if it never was."""
        events = Session(exercise, seed=seed, decisions={question: option}).finish().events
        asked = [e.seq for e in events if e.kind == "question.opened" and e.subject == question]
        return [(e.kind, e.subject, e.actor, e.at_s) for e in events[asked[0] :]] if asked else None

    alike = set(combinations(options, 2))
    for seed in range(12):
        if not alike or after(options[0], seed) is None:
            continue
        left = {option: after(option, seed) for option in options if any(option in pair for pair in alike)}
        alike = {(one, other) for one, other in alike if left[one] == left[other]}
    assert not alike, "never asked, or these make no difference"


@pytest.mark.slow
@pytest.mark.parametrize("scenario", [name for name in SCENARIOS if name in ANALOGUES])
def test_a_run_by_the_plan_lies_in_the_bands_of_real_cases_or_the_file_says_why_not(scenario):
    bands = load_all()[ANALOGUES[scenario]].bands
    record = Session(scenario, seed=1).finish()
    outside = []
    for band in bands:
        if band.run == "plan" and band.measurable:
            found = measure(record, band)
            if found.verdict is not Verdict.INSIDE and not band.why_not:
                outside.append(f"{band.id}: {found.verdict.value} ({found.seconds} s)")
    assert not outside
