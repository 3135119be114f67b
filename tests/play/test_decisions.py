"""Options matter: over 50 paired seeds each question has two options that differ for certain."""

import math
import os

import pytest

from sim.assess.intervals import paired
from sim.play.many import Task, replication_seed, run_many
from sim.study.measures import measure

SEEDS = 50


@pytest.fixture(scope="module")
def results(exercise):
    """Loss and total of every option of every question, by replication."""
    choices = [(point.id, option.id) for point in exercise.scenario.pause_points for option in point.options]
    tasks = [
        Task(number, replication, replication_seed(1, replication), decisions=(choice,))
        for number, choice in enumerate(choices)
        for replication in range(SEEDS)
    ]
    found = {choice: {} for choice in choices}
    for row in run_many(tasks, exercise.sources, measure, jobs=os.cpu_count() or 1):
        assert not row.failed
        found[choices[row.task.point]][row.task.replication] = row.values
    return found


def certain(one, other, name, replications=range(SEEDS)):
    """Return -1 or 1 if the paired difference of two options surely has that sign, else 0."""
    interval = paired({r: one[r][name] for r in replications}, {r: other[r][name] for r in replications})
    if interval.low > 0 or interval.high < 0:
        return int(math.copysign(1, interval.mean))
    return 0


@pytest.mark.loop
def test_each_question_has_two_options_that_differ_for_certain(results):
    keys = dict.fromkeys(key for key, _ in results)
    for key in keys:
        own = [values for (question, _), values in results.items() if question == key]
        pairs = [(a, b) for number, a in enumerate(own) for b in own[number + 1 :]]
        assert any(certain(a, b, "total_loss") or certain(a, b, "total") for a, b in pairs), key


@pytest.mark.loop
def test_which_village_to_evacuate_depends_on_the_forecast_that_the_command_post_holds(results, exercise):
    """Where the forecast says southeast Liuwan is the better one, where it says north Shiqiao is."""
    from sim.play.session import Session

    told = {}
    for replication in range(SEEDS):
        session = Session(exercise, seed=replication_seed(1, replication), seats=("command",))
        waiting = session.advance()
        assert ["villages"] == [asked.key for asked in waiting]
        told.setdefault(session.picture_of("command")["wind/forecast"], []).append(replication)
    liuwan, shiqiao = results["villages", "evacuate-liuwan"], results["villages", "evacuate-shiqiao"]
    assert {"north", "southeast"} == set(told)
    assert -1 == certain(liuwan, shiqiao, "total_loss", told["southeast"])
    assert 1 == certain(liuwan, shiqiao, "total_loss", told["north"])
