from __future__ import annotations

import dataclasses
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sim.record.events import Event
from sim.record.folder import RunRecord
from sim.show.names import SEATS, Names
from sim.show.timeline import staggered
from sim.show.timeline_legend import letter
from sim.show.timeline_rows import folded, in_order, lanes_of
from sim.show.tracks import Stretch, between, end_of, marks, unit_stretches


def with_events(run: RunRecord, rows: list[tuple[int, str, str, str, dict[str, object]]]) -> RunRecord:
    events = [
        Event(seq, at, kind, actor, subject, None, (), data)
        for seq, (at, kind, actor, subject, data) in enumerate(rows)
    ]
    return dataclasses.replace(run, events=events)


def test_a_unit_turns_out_travels_waits_works_and_is_free(run: RunRecord) -> None:
    task = "health/treat.0:1"
    made = with_events(
        run,
        [
            (10, "task.identified", "health", task, {"task": "treat", "at": "park-school"}),
            (20, "task.assigned", "health", task, {"unit": "ambulance-1", "at": "park-school", "task": "treat"}),
            (50, "unit.left", "health", "ambulance-1", {"to": "park-school", "task": task}),
            (90, "unit.arrived", "health", "ambulance-1", {"place": "park-school", "task": task}),
            (90, "task.waiting", "health", task, {"on": "emergency"}),
            (200, "task.working", "health", task, {"unit": "ambulance-1"}),
            (300, "task.working", "health", task, {"unit": "ambulance-1"}),
            (400, "task.done", "health", task, {"unit": "ambulance-1"}),
            (500, "run.ended", "", "x", {}),
        ],
    )
    assert unit_stretches(made) == {
        "ambulance-1": [
            Stretch("ready", 20, 50, "treat"),
            Stretch("travel", 50, 90, "treat"),
            Stretch("waiting", 90, 200, "treat"),
            Stretch("work", 200, 400, "treat"),
        ]
    }


def test_what_has_not_ended_lasts_to_the_end(run: RunRecord) -> None:
    made = with_events(
        run,
        [
            (5, "hazard.started", "", "hall", {}),
            (30, "hazard.stopped", "", "hall", {}),
            (40, "hazard.started", "", "hall", {}),
            (99, "run.ended", "", "x", {}),
        ],
    )
    assert between(made, "hazard.started", "hazard.stopped", "hall") == [Stretch("on", 5, 30), Stretch("on", 40, 99)]
    assert end_of(made) == 99


def test_stretches_of_a_unit_never_overlap(run: RunRecord) -> None:
    for stretches in unit_stretches(run).values():
        assert all(one.start_s < one.end_s for one in stretches)
        assert all(one.end_s <= two.start_s for one, two in pairwise(stretches))


def test_lanes_are_the_hazard_and_the_seven_desks(run: RunRecord, idle_run: RunRecord) -> None:
    for record in (run, idle_run):
        lanes = lanes_of(record, Names(record.exercise, "en"), dict.fromkeys(SEATS, 1))
        assert [lane.organization for lane in lanes] == ["hazard", *SEATS]
        assert all(lane.rows for lane in lanes)
    drawn = {
        row.ident for lane in lanes_of(run, Names(run.exercise, "zh"), dict.fromkeys(SEATS, 1)) for row in lane.rows
    }
    assert set(unit_stretches(run)) <= drawn


def test_every_answer_and_every_order_is_a_mark(run: RunRecord) -> None:
    found = marks(run, Names(run.exercise, "zh"))
    assert sum(mark.kind == "decision" for mark in found) == len(run.journal)
    assert any("柳湾村" in mark.label for mark in found)
    assert [mark.at_s for mark in found] == sorted(mark.at_s for mark in found)


@given(st.lists(st.integers(0, 100_000)).map(sorted), st.integers(1, 5000))
def test_staggered_marks_keep_their_distance(times: list[int], apart: int) -> None:
    last: dict[int, int] = {}
    for at_s, level in zip(times, staggered(times, apart), strict=True):
        assert at_s - last.get(level, -(10**9)) >= apart
        last[level] = at_s


def test_letters_go_on_after_z() -> None:
    assert [letter(index) for index in (0, 25, 26, 27, 52)] == ["A", "Z", "AA", "AB", "BA"]


def test_long_names_are_folded() -> None:
    assert folded("county duty office", "en") == "county\nduty office"
    assert folded("县委县政府总值班室", "zh") == "县委县政府\n总值班室"
    assert folded("Headquartersandmore", "en") == "Headquartersandmore"


def test_milestones_are_numbered_by_time_and_the_missed_come_last() -> None:
    rows = [
        {"id": "a", "at_s": None, "limit_s": None},
        {"id": "b", "at_s": None, "limit_s": 5},
        {"id": "c", "at_s": 9, "limit_s": 5},
        {"id": "d", "at_s": 3, "limit_s": None},
    ]
    assert [row["id"] for row in in_order(rows)] == ["d", "c", "b", "a"]
