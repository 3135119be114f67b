"""The files of bands are whole, and a record is held to a band as its words say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from sim.record.events import KINDS, Event
from sim.record.folder import RunRecord
from sim.spec.load import load as load_exercise
from tests.analogues.bands import HERE, Band, Moment, Verdict, load, load_all, measure

END_S = 21600
EXERCISE = load_exercise("chlorine-leak")

SCENARIOS = (
    "s01-chlorine-leak",
    "s02-flash-flood",
    "s03-earthquake",
    "s04-mine-accident",
    "s05-hazmat-tanker",
    "s06-school-outbreak",
    "s07-crowd-crush",
    "s08-outage",
    "s09-rumor",
    "s10-fire",
)
GIVEN = {
    "id": "there",
    "since": {"words": "sent", "match": [{"kind": "unit.left"}]},
    "until": {"words": "there", "match": [{"kind": "unit.arrived", "actor": "police"}]},
    "low": "5min",
    "high": "10min",
    "run": "plan",
    "place": "somewhere",
    "year": 2020,
    "source": "a test",
    "status": "weak",
    "why": "made up for the test of the loader",
}


def made(*rows):
    """Return a record of rows (at_s, kind, actor, subject, data), which stand in the order of time."""
    known = [(0, "run.started", "", "chlorine-leak", {}), *rows, (END_S, "run.ended", "", "chlorine-leak", {})]
    return RunRecord(EXERCISE, {}, [Event(seq, *row[:4], None, (), row[4]) for seq, row in enumerate(known)], [])


def learned(at_s, actor, key, value=True):
    return at_s, "fact.learned", actor, key, {"value": value, "result": "new", "as_of_s": at_s}


def band(**changed):
    return Band.model_validate(GIVEN | changed)


def left(at_s):
    return at_s, "unit.left", "police", "patrol-1", {}


def arrived(at_s, actor="police"):
    return at_s, "unit.arrived", actor, "patrol-1", {}


def test_every_scenario_has_its_file_and_every_file_its_scenario():
    found = load_all()
    assert tuple(found) == SCENARIOS == tuple(one.scenario for one in found.values())
    assert all(any(one.run == "plan" for one in bands.bands) for bands in found.values())


def test_what_bands_look_for_can_be_in_a_record():
    bands = [one for bands in load_all().values() for one in bands.bands]
    moments = [moment for one in bands for moment in (one.since, one.until) if moment is not None]
    assert {match.kind for moment in moments for match in moment.match} <= set(KINDS)
    named = {one.id for one in EXERCISE.rubric.milestones}
    assert {moment.milestone for moment in moments} - {None} <= named
    assert sum(one.measurable for one in bands) >= 30


def test_bands_come_from_somewhere_and_failures_are_not_for_the_plan():
    for bands in load_all().values():
        for one in bands.bands:
            assert one.source and one.place and one.why.endswith(".")
            assert one.run == "plan" or not one.why_not
            assert ("none at hand" in one.source[0]) == (one.status == "recalled"), one.id


def test_each_file_says_what_it_is():
    for name in SCENARIOS:
        text = (HERE / f"{name}.yaml").read_text(encoding="utf-8")
        assert text.startswith("# Bands for the timings of a run")


@given(st.integers(0, 2000), st.integers(0, 2000), st.integers(0, 2000))
def test_ends_are_inside_and_each_duration_has_one_verdict(low, wide, seconds):
    one = band(low=f"{low}s", high=f"{low + wide}s")
    expected = Verdict.BELOW if seconds < low else Verdict.ABOVE if seconds > low + wide else Verdict.INSIDE
    assert one.says(seconds) is expected
    assert band(low=None, high=f"{low + wide}s").says(seconds) is not Verdict.BELOW
    assert band(low=f"{low}s", high=None).says(seconds) is not Verdict.ABOVE


@pytest.mark.parametrize(
    ("seconds", "verdict"),
    [(299, Verdict.BELOW), (300, Verdict.INSIDE), (600, Verdict.INSIDE), (601, Verdict.ABOVE)],
)
def test_the_time_runs_from_one_event_to_the_other(seconds, verdict):
    record = made(left(60), arrived(60 + seconds), arrived(9000))
    assert measure(record, band()) == (verdict, 60, 60 + seconds, seconds)


def test_who_acts_must_fit_and_events_before_the_beginning_are_passed_over():
    record = made(arrived(10), left(60), arrived(100, "health"), arrived(460))
    assert measure(record, band()) == (Verdict.INSIDE, 60, 460, 400)


def test_what_came_only_before_the_beginning_was_too_soon():
    record = made(arrived(10), arrived(20), left(60))
    assert measure(record, band()) == (Verdict.BELOW, 60, 20, -40)
    assert measure(record, band(low=None)).verdict is Verdict.INSIDE


def test_what_never_came_is_said():
    assert measure(made(left(60)), band()) == (Verdict.NEVER, 60, None, None)
    assert measure(made(arrived(60)), band()) == (Verdict.NEVER, None, None, None)


def test_without_a_beginning_the_run_counts_and_milestones_are_those_of_the_score_card():
    one = band(since=None, until={"words": "command knows", "milestone": "command_knows"})
    fact = next(
        match.subject
        for milestone in EXERCISE.rubric.milestones
        if milestone.id == "command_knows"
        for match in milestone.match
    )
    record = made(learned(120, "police", fact), learned(400, "command", fact), learned(500, "command", fact, False))
    assert measure(record, one) == (Verdict.INSIDE, 0, 400, 400)
    assert measure(made(), one).verdict is Verdict.NEVER


def test_words_alone_cannot_be_measured_and_neither_can_a_milestone_that_is_not_there():
    with pytest.raises(ValueError, match="only in words"):
        measure(made(), band(until={"words": "something else"}))
    with pytest.raises(ValueError, match="no milestone 'nowhere'"):
        measure(made(), band(until={"words": "nowhere", "milestone": "nowhere"}))


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"low": None, "high": None}, "low or a high end"),
        ({"low": "11min"}, "above the high"),
        ({"low": 300}, "unit"),
        ({"run": "failure"}, "which failure"),
        ({"failure": "a failure"}, "which failure"),
        ({"status": "sure"}, "recalled"),
        ({"source": []}, "at least 1"),
        ({"why": "short"}, "at least 20"),
        ({"guess": 1}, "Extra inputs"),
    ],
)
def test_what_is_wrong_with_a_band_is_refused(changed, told):
    with pytest.raises(ValidationError, match=told):
        band(**changed)


def test_a_moment_is_found_in_one_way_and_an_id_stands_once(tmp_path):
    with pytest.raises(ValidationError, match="not both"):
        Moment.model_validate({"words": "x", "milestone": "detected", "match": [{"kind": "unit.left"}]})
    text = (HERE / "s07-crowd-crush.yaml").read_text(encoding="utf-8")
    twice = tmp_path / "s07-crowd-crush.yaml"
    twice.write_text(text.replace("id: first_help", "id: wedge"), encoding="utf-8")
    with pytest.raises(ValidationError, match="twice"):
        load(twice)
