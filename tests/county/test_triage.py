"""Triage: as many are sorted rightly as published, mistakes are near misses, and crews go by what they found."""

from collections import Counter
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.county.dose_response import Severity
from sim.county.triage import RIGHT, Category, category_of, sorted_as
from sim.play.session import Session
from tests.engine.worlds import fixed, whole_exercise

shares = st.floats(0, 1, exclude_min=True, exclude_max=True)
categories = st.sampled_from(Category)


def test_categories_follow_severity():
    found = [category_of(severity) for severity in Severity]
    assert [Category.GREEN, Category.YELLOW, Category.RED] == found
    assert all(Category.BLACK is category_of(severity, dead=True) for severity in Severity)
    assert sorted(Category) == [Category.RED, Category.YELLOW, Category.GREEN, Category.BLACK]


@pytest.mark.parametrize("true", Category)
@pytest.mark.parametrize("right", [0.0, RIGHT, 1.0])
def test_the_share_of_right_ones_is_as_given_and_mistakes_are_equally_often_each_other_thing(true, right):
    number = 10_000
    found = Counter(sorted_as(true, (index + 0.5) / number, right) for index in range(number))
    assert found[true] == round(right * number)
    mistakes = [count for category, count in found.items() if category is not true]
    assert all(abs(count - sum(mistakes) / len(mistakes)) <= 1 for count in mistakes)


@given(categories, shares, shares, shares)
def test_who_is_sorted_rightly_stays_so_with_better_crews(true, u, a, b):
    worse, better = sorted((a, b))
    if sorted_as(true, u, worse) is true:
        assert sorted_as(true, u, better) is true


@given(shares)
def test_nobody_who_can_walk_is_taken_for_dead_or_most_urgent(u):
    assert sorted_as(Category.GREEN, u) in (Category.GREEN, Category.YELLOW)
    assert sorted_as(Category.YELLOW, u) is not Category.BLACK
    assert sorted_as(Category.RED, u) is not Category.GREEN


# --- in a run


@cache
def events_of(seconds, seed):
    """Return the events of a run in which sorting a patient takes so long, or in which nobody sorts."""
    exercise = whole_exercise()
    work = exercise.plan.work.model_copy(update={"triage": None if seconds is None else fixed(seconds)})
    plan = exercise.plan.model_copy(update={"work": work})
    return tuple(Session(replace(exercise, plan=plan), seed=seed, policy="plan", audit=True).finish().events)


def first(seconds, seed, kind):
    return next(event.at_s for event in events_of(seconds, seed) if event.kind == kind)


@pytest.mark.parametrize("seed", [1, 4])
def test_crews_sort_before_they_load_and_nobody_is_sorted_twice(seed):
    assert not any(event.kind == "patient.triaged" for event in events_of(None, seed))
    events = events_of(33, seed)
    triaged = {event.subject: event for event in events if event.kind == "patient.triaged"}
    assert len(triaged) == sum(event.kind == "patient.triaged" for event in events) > 10
    for event in events:
        if event.kind == "patient.loaded":
            assert triaged[event.subject].seq < event.seq
    assert {True, False} == {event.data["right"] for event in triaged.values()}


@pytest.mark.parametrize("seed", [1, 4])
def test_a_crew_takes_the_most_urgent_of_those_who_were_sorted(seed):
    tags = {}
    for event in events_of(33, seed):
        if event.kind == "patient.triaged":
            tags[event.subject] = Category[event.data["category"].upper()]
        elif event.kind == "patient.died":
            tags.pop(event.subject, None)
        elif event.kind == "patient.loaded":
            place = event.subject.partition("/")[0]
            mine = tags.pop(event.subject)
            better = [one for one, tag in tags.items() if one.startswith(f"{place}/") and tag < mine]
            assert not better, (event.subject, mine, better)


@pytest.mark.parametrize("seed", [1, 4])
def test_sorting_takes_its_time(seed):
    loaded = [first(seconds, seed, "patient.loaded") for seconds in (None, 33, 300)]
    assert sorted(set(loaded)) == loaded
    assert loaded[2] - loaded[0] >= 300
