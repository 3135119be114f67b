"""A rubric given explicitly is used for everything, and the run's own for nothing."""

from dataclasses import replace
from functools import cache

import pytest

from sim.assess.loss import quantities
from sim.assess.score import score
from sim.play.session import Session
from tests.assess.made import made
from tests.engine.worlds import record_of, whole_exercise

RUBRIC = whole_exercise().rubric


def with_gaps(**limits):
    return {"gaps": RUBRIC.gaps.model_copy(update=limits)}


CHANGES = {
    "milestones": {"milestones": tuple(m.model_copy(update={"within": 1, "rule": None}) for m in RUBRIC.milestones)},
    "fewer milestones": {"milestones": RUBRIC.milestones[7:]},
    "late_curve": {
        "late_curve": 0.0,
        "milestones": tuple(m.model_copy(update={"within": 1200}) for m in RUBRIC.milestones),
    },
    "unacknowledged": with_gaps(unacknowledged=1),
    "open_loop": with_gaps(open_loop=1),
    "waiting_on_other": with_gaps(waiting_on_other=1),
    "missed_notification": with_gaps(missed_notification=1),
    "weights": with_gaps(weights=RUBRIC.gaps.weights[:1]),
    "no_fallback": with_gaps(no_fallback=1),
    "approval": with_gaps(approval=1),
    "longest": with_gaps(longest=1),
    "loss": {"loss": RUBRIC.loss.model_copy(update={"death": 7.0})},
    "resources_within": {"resources_within": 0},
    "bands": {"bands": tuple(band.model_copy(update={"id": band.id + "-x"}) for band in RUBRIC.bands)},
    "objectives": {
        "objective_bands": RUBRIC.objective_bands.model_copy(update={"performed": 1.0, "some_challenges": 1.0})
    },
    "dimensions": {"dimensions": tuple(d.model_copy(update={"weight": 1.0}) for d in RUBRIC.dimensions)},
    "competencies": {"competencies": RUBRIC.competencies[:1]},
    "withheld_after": {"withheld_after": 0},
    "vetoes": {"vetoes": (RUBRIC.vetoes[0].model_copy(update={"cap": 1.0}),)},
}
SERVED_LATE = made(
    (0, "task.identified", "health", "t", {"task": "treat", "at": "liuwan", "order": "o"}),
    (300, "task.assigned", "health", "t", {"unit": "ambulance-1"}),
)
SEEN_IN = {
    "milestones": "milestones", "fewer milestones": "milestones", "late_curve": "milestones",
    "weights": "obligations", "longest": "coordination", "loss": "harm", "bands": "band",
    "resources_within": "dimensions", "dimensions": "dimensions", "vetoes": "vetoes", "withheld_after": "vetoes",
    "competencies": "competencies", "objectives": "objectives",
}  # fmt: skip


@cache
def slow_run():
    """Return a run in which some objectives are met in part."""
    return Session(whole_exercise(), seed=3, overrides={"comms.delay_factor": 6}).finish()


@pytest.mark.parametrize("policy", ["none", "plan"])
@pytest.mark.parametrize("name", CHANGES)
def test_a_rubric_given_counts_as_if_the_run_had_been_made_with_it(name, policy):
    record, other = record_of(policy), RUBRIC.model_copy(update=CHANGES[name])
    as_made = replace(record, exercise=replace(record.exercise, rubric=other))
    assert score(as_made) == score(record, rubric=other)
    assert score(record) == score(as_made, rubric=RUBRIC)


@pytest.mark.parametrize("name", CHANGES)
def test_each_part_of_the_rubric_shows_in_its_part_of_the_score(name):
    part = SEEN_IN.get(name, "gaps")
    other = RUBRIC.model_copy(update=CHANGES[name])
    records = [record_of("none"), record_of("plan"), SERVED_LATE, slow_run()]
    cards = [(score(record), score(record, rubric=other)) for record in records]
    assert any(own[part] != other[part] for own, other in cards)


def test_yardsticks_are_weighed_like_the_run_when_an_old_run_is_scored_by_another_rubric():
    own = {name: {"quantities": quantities(record_of(name))} for name in ("none", "perfect")}
    doubled = {name: 2 * value for name, value in RUBRIC.loss if isinstance(value, float)}
    other = RUBRIC.model_copy(update={"loss": RUBRIC.loss.model_copy(update=doubled)})
    assert 1 == pytest.approx(score(record_of("perfect"), own, other)["harm"]["outcome"], abs=1e-4)
    assert 0 == pytest.approx(score(record_of("none"), own, other)["harm"]["outcome"], abs=1e-4)
