"""Why something happened: chains of made records, where the longest wait is known, and chains of a whole run."""

from __future__ import annotations

import pytest

from sim.assess.why import AFTER, BETWEEN, OF_NATURE, binding_of, outcomes, strand, why
from sim.errors import BadInput
from sim.play.session import Session
from sim.record.events import KINDS, Event
from sim.show.names import Names
from sim.show.why_words import PARTS, why_lines


def chain(*rows, also=()):
    """Return events of (at_s, kind, data), each caused by the one before; the last one also by others."""
    last = len(rows) - 1
    return [
        Event(seq, at_s, kind, "duty", f"s{seq}", seq - 1 if seq else None, also if seq == last else (), data)
        for seq, (at_s, kind, data) in enumerate(rows)
    ]


@pytest.fixture(scope="module")
def record():
    return Session("chlorine-leak", seed=1, policy="plan").finish()


def test_the_longest_wait_of_people_binds_and_not_the_course_of_the_hazard():
    events = chain(
        (0, "run.started", {}),
        (900, "hazard.started", {}),
        (960, "message.composed", {}),
        (1000, "message.queued", {"awaits": "line"}),
        (1400, "message.sent", {}),
        (1460, "message.delivered", {}),
    )
    found = strand("cause", events, events[-1])
    assert [0, 900, 60, 40, 400, 60] == [step.waited_s for step in found.steps]
    assert (4, "line_busy") == (found.binding, found.steps[4].part)
    assert sum(step.waited_s for step in found.steps) == events[-1].at_s


@pytest.mark.parametrize(
    ("awaits", "part"), [("sender", "sender_busy"), ("officer", "officer_busy"), ("net", "line_busy")]
)
def test_what_a_message_waited_for_is_told(awaits, part):
    events = chain((0, "run.started", {}), (1, "message.queued", {"awaits": awaits}), (9, "message.sent", {}))
    assert strand("cause", events, events[-1]).steps[-1].part == part


def test_who_was_waited_for_came_after_the_step_before():
    events = chain(
        (0, "run.started", {}), (1, "message.delivered", {}), (2, "officer.awaited", {}), (9, "officer.free", {}),
        also=(0, 1, 2),
    )  # fmt: skip
    assert () == strand("cause", events, events[-1]).steps[-1].holders
    events = [*events, Event(4, 9, "plan.triggered", "duty", "x", 1, (0, 2, 3), {})]
    assert (2, 3) == strand("cause", events, events[-1]).steps[-1].holders


def test_nothing_that_people_do_binds_where_nobody_waited():
    assert binding_of(strand("cause", chain((0, "run.started", {})), chain((0, "run.started", {}))[0]).steps) is None


def test_every_part_has_words_and_every_kind_exists():
    assert {*AFTER.values(), *BETWEEN.values(), *OF_NATURE, "sender_busy", "officer_busy"} == {*PARTS}
    assert {*AFTER} | {kind for pair in BETWEEN for kind in pair} <= {*KINDS}


def test_every_chain_of_a_run_begins_with_the_exercise_and_never_goes_back_in_time(record):
    for event in record.events[:: max(1, len(record.events) // 200)]:
        found = strand("cause", record.events, event)
        assert found.steps[0].event.kind == "run.started"
        assert all(step.waited_s >= 0 for step in found.steps)
        assert sum(step.waited_s for step in found.steps) == event.at_s


def test_a_death_is_told_with_its_warning_and_its_help(record):
    patient = outcomes(record)["death"][-1]
    found = why(record, f"death:{patient}")
    assert ["cause", "warning", "help"] == [one.name for one in found.strands]
    assert found.event is not None
    assert found.event.subject == patient
    assert {who for who, _ in found.knew} >= {"duty", "command"}
    for one in found.strands[1:]:
        assert one.steps[-1].event.at_s - found.event.at_s == one.late_s


def test_a_milestone_that_never_came_says_so():
    silent = Session("chlorine-leak", seed=1, policy="none").finish()
    found = why(silent, "milestone:first_release")
    assert found.event is None
    assert found.owed_s is not None
    lines = why_lines(found, Names(silent.exercise, "en"), silent.events)
    assert lines[0] == "milestone:first_release: never came"


def test_both_languages_have_as_many_lines_and_no_word_is_missing(record):
    for what in ("release:first_notice", "milestone:command_knows", f"gap:{outcomes(record)['gap'][0]}", "1000"):
        found = why(record, what)
        zh, en = (why_lines(found, Names(record.exercise, lang), record.events) for lang in ("zh", "en"))
        assert len(zh) == len(en) > 5
        assert any("最长的等待" in line for line in zh) == any("the longest wait" in line for line in en)


@pytest.mark.parametrize("what", ["999999", "death:nobody", "x", "gap:", "-1", "１"])
def test_what_is_no_outcome_is_refused_with_what_there_is(record, what):
    with pytest.raises(BadInput) as caught:
        why(record, what)
    assert caught.value.problems[0].allowed
