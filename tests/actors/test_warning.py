"""Warnings: the spread of Bass in exact values, people who are told in groups that add up, calls that are answered."""

import math
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.actors.warning.callout import cells_of
from sim.assess.warnings import confirmed_share, issued, onset_s, summary, watched
from sim.assess.warnings import reached as reached_by_place
from sim.comms.answering import watch_at
from sim.county.reach import Begun, bass, bass_peak, reached, share, waves, when
from sim.play.session import Session
from sim.record.folder import RunRecord
from sim.spec.base import Text
from sim.spec.channels import Contact
from sim.spec.checks.monitors import find_in_colors, find_in_monitors
from sim.spec.checks.names import Names
from sim.spec.places import GridCell
from sim.spec.plan import FactKind
from sim.spec.warnings import COLOR, DEFAULT_WAYS, WAYS, Broadcast
from tests.actors.watching import GAS, NAME, Run, descends, monitor
from tests.engine.worlds import changed, fixed, whole_exercise

USUAL = {way.id: way for way in DEFAULT_WAYS}
HOUR = 3600
STARTS = whole_exercise().scenario.starts_at
SURE = Contact(id="sure", name=NAME, day=1.0, night=1.0, handover=1.0, holiday=1.0)
NOBODY = SURE.model_copy(update=dict.fromkeys(("day", "night", "handover", "holiday"), 0.0))


def way(ident, **given):
    return USUAL[ident].model_copy(update={"starts": fixed(0), "channel": None, **given})


def county(*ways, people=1000):
    places = tuple(
        place.model_copy(update={"people": people}) if place.id in ("liuwan", "shiqiao") else place
        for place in whole_exercise().county.places
    )
    return {"ways": ways, "places": places, "cells": ()}


# --- formulas ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("p", "q"), [(0.03, 0.38), (0.01, 0.5), (0.2, 0.3)])
def test_bass_is_steepest_at_its_published_peak_and_solves_its_equation(p, q):
    peak, h = bass_peak(p, q), 1e-4

    def rate(t):
        return (bass(p, q, t + h) - bass(p, q, t - h)) / (2 * h)

    assert peak == pytest.approx(math.log(q / p) / (p + q))
    assert rate(peak) > max(rate(peak - 0.1), rate(peak + 0.1))
    assert rate(peak) == pytest.approx((p + q) ** 2 / (4 * q), rel=1e-6)  # Bass (1969): the height of the peak
    assert bass(p, q, peak) == pytest.approx(0.5 - p / (2 * q))
    for t in (0.5, 3.0, 12.0):
        told = bass(p, q, t)
        assert rate(t) == pytest.approx((p + q * told) * (1 - told), rel=1e-6)


def test_bass_at_the_ends_and_without_contagion():
    assert bass(0.1, 0.4, 0) == bass(0.1, 0.4, -5) == 0
    assert bass(0.1, 0.4, 1e5) == 1
    assert bass_peak(0.4, 0.1) == 0
    assert bass(0.1, 0.0, 7) == pytest.approx(1 - math.exp(-0.7))


def test_the_usual_ways_agree_with_what_is_published_of_them():
    cell = Begun(USUAL["cell-broadcast"], 0)
    assert 0.45 < share(cell, 1000, 120) / 0.9 < 1, "most phones within two minutes"
    assert reached(10_000, [cell], 600) == pytest.approx(9000, abs=5), "about 90 % in the end"
    together = [Begun(USUAL[one], 0) for one in ("cell-broadcast", "sirens")]
    assert reached(10_000, together, 600) > 8200, "the public receives within ten minutes, more than 82 %"
    ring, sirens = (share(Begun(USUAL[one], 0), 1000, 1800) for one in ("ring-down", "sirens"))
    assert ring == pytest.approx(sirens, abs=0.1), "automatic calls take about half an hour to the same coverage"
    assert share(Begun(USUAL["ring-down"], 0), 1000, 300) < share(Begun(USUAL["sirens"], 0), 1000, 300) / 1.5


def test_doors_are_knocked_at_one_after_another():
    door = way("door", people_per_team=250, per_household=60, household=2.5, reach=0.9)
    assert [reached(1000, [Begun(door, 100)], t) for t in (100, 159, 160, 220, 99_999)] == [0, 0, 10, 20, 900]
    assert reached(1000, [Begun(door, 0), Begun(door, 0, teams=2)], 60) == 15
    assert reached(1000, [Begun(door, 0, until_s=70)], 9999) == 10


def test_different_ways_are_independent_and_the_cells_of_one_add_up():
    one, other = way("sirens", reach=0.5), way("fm-radio", reach=0.4)
    far = 20 * HOUR
    assert reached(1000, [Begun(one, 0), Begun(other, 0)], far) == 700
    call = way("call-out", reach=0.9)
    cells = [Begun(call, 0, of=250), Begun(call, 0, of=500)]
    assert reached(1000, cells, far) == 675
    assert reached(1000, [*cells, Begun(call, 0, of=500)], far) == 900, "a way never reaches more than its ceiling"


BEGUN = st.builds(
    Begun,
    st.sampled_from(DEFAULT_WAYS),
    st.integers(0, HOUR),
    st.none() | st.integers(0, 3000),
    st.none() | st.integers(0, 9),
    st.none() | st.integers(0, 3 * HOUR),
)


@settings(max_examples=50)
@given(st.integers(0, 5000), st.lists(BEGUN, max_size=5), BEGUN, st.integers(0, 30 * HOUR), st.integers(0, HOUR))
def test_reach_never_falls_with_time_nor_with_one_way_more_and_is_never_more_than_all(people, ways, more, t_s, later_s):
    now = reached(people, ways, t_s)
    assert 0 <= now <= reached(people, ways, t_s + later_s) <= people
    assert now <= reached(people, [*ways, more], t_s)


@settings(max_examples=50)
@given(st.integers(0, 5000), st.lists(BEGUN, max_size=4), st.floats(0, 1), st.integers(1, 12))
def test_waves_conserve_people_and_come_in_order(people, ways, comply, number):
    told = list(waves(people, ways, comply, number))
    delays = [delay for delay, _ in told]
    assert sum(moved for _, moved in told) == round(reached(people, ways, 24 * HOUR) * round(comply, 9))
    assert len(told) <= number
    assert delays == sorted(delays)
    assert all(moved > 0 for _, moved in told)
    assert told == list(waves(people, ways, comply, number))


@settings(max_examples=50)
@given(st.lists(BEGUN, min_size=1, max_size=3), st.integers(1, 1000))
def test_the_moment_of_a_number_is_the_first_at_which_it_is_reached(ways, number):
    at_s = when(1000, ways, number, 0, 24 * HOUR)
    assert at_s == 0 or reached(1000, ways, at_s - 1) < number
    assert at_s == 24 * HOUR or reached(1000, ways, at_s) >= number


# --- warnings in a run ------------------------------------------------------------------------------------------------


def test_people_hear_in_groups_that_add_up_to_what_the_formula_says():
    siren = way("sirens", starts=fixed(90))
    run = Run(county=county(siren)).warn(10, ["sirens"]).run()
    begun = run.of("warning.begun")[0]
    assert (begun.at_s, begun.data) == (100, {"way": "sirens", "of": 1000})
    assert sum(people for *_, people in run.reached) == 700 == run.warnings.told("liuwan")
    for at_s, _, _, _ in run.reached:
        so_far = sum(people for then_s, _, _, people in run.reached if then_s <= at_s)
        assert so_far == reached(1000, [Begun(siren, 100)], at_s)
    assert len(run.reached) <= 10
    assert descends(run.world.log.events)


def test_a_way_that_joins_reaches_people_sooner_and_more_of_them():
    ways = way("sirens"), way("door")
    alone = Run(county=county(*ways)).warn(0, ["door"]).run(9 * HOUR).reached
    both = Run(county=county(*ways)).warn(0, ["door"]).warn(600, ["sirens"], name="second").run(9 * HOUR).reached
    assert sum(one[3] for one in alone) == 970
    assert sum(one[3] for one in both) == 991
    for t_s in range(0, 9 * HOUR, 300):
        assert sum(one[3] for one in alone if one[0] <= t_s) <= sum(one[3] for one in both if one[0] <= t_s) + 100


def test_teams_that_come_to_a_place_knock_at_more_doors():
    run = Run(county=county(way("door")))
    run.warn(0, ["door"]).at(300, run.warnings.knock, run.scene.organizations["police"], "liuwan", 6, run.start)
    done = run.run(9 * HOUR).reached[-1][0]
    assert done < Run(county=county(way("door"))).warn(0, ["door"]).run(9 * HOUR).reached[-1][0] * 0.6
    assert [event.data.get("teams") for event in run.of("warning.begun")] == [6, 6]


def test_a_way_that_needs_power_stands_still_without_it_and_goes_on():
    run = Run(county=county(way("ring-down", needs=("substation",)), way("door"))).cut(600, 1200)
    run.warn(0, ["ring-down"]).run()
    free = Run(county=county(way("ring-down"), way("door"))).warn(0, ["ring-down"]).run()
    assert [(event.at_s, event.kind) for event in run.of("warning.blocked", "warning.resumed")] == [
        (600, "warning.blocked"),
        (1800, "warning.resumed"),
    ]
    assert not [one for one in run.reached if 600 < one[0] < 1800]
    assert run.reached[-1][0] == free.reached[-1][0] + 1200
    assert sum(one[3] for one in run.reached) == sum(one[3] for one in free.reached) == 800
    never = Run(county=county(way("ring-down", needs=("substation",)))).cut(0, 9 * HOUR).warn(5, ["ring-down"]).run()
    assert not never.reached
    assert descends(run.world.log.events)


def test_a_channel_that_is_cut_stops_its_way_and_knocking_goes_on():
    run = Run(county=county(way("cell-broadcast", channel="broadcast"), way("door")))
    run.at(5, run.scene.exchange.outages.cut, "broadcast", "storm", run.start)
    run.warn(10, ["cell-broadcast", "door"]).run(9 * HOUR)
    assert [event.data["way"] for event in run.of("warning.blocked")] == ["cell-broadcast"]
    assert sum(one[3] for one in run.reached) == 970


# --- call and answer --------------------------------------------------------------------------------------------------


GRID = GridCell(id="a", place="liuwan", households=3, people=10, wardens=4, reachable=0.6)


@settings(max_examples=50)
@given(st.integers(0, 5000), st.integers(1, 900), st.lists(st.integers(0, 300), max_size=5))
def test_the_cells_of_a_place_hold_all_its_people(people, per_cell, residents):
    cells = [GRID.model_copy(update={"id": f"c{n}", "people": of}) for n, of in enumerate(residents)]
    parts = cells_of(cells, "liuwan", people, per_cell)
    assert sum(part.of for part in parts) == people
    assert len({part.id for part in parts}) == len(parts)
    if any(residents):
        assert all(part.teams == 5 and part.reachable == 0.6 for part in parts)
        assert all(abs(part.of - people * cells[int(part.id[1:])].people / sum(residents)) < 1 for part in parts)
    else:
        assert all(0 < part.of <= per_cell and part.teams is None for part in parts)


def calls(seed=0, instant=False, until_s=3 * HOUR, cut=None, **given):
    usual = {"dial": fixed(60), "chase_after": 300, "attempts": 3, "people_per_cell": 250, "callers": 1}
    run = Run(county=county(way("call-out", **{**usual, **given})), seed=seed, instant=instant)
    if cut:
        run.cut(*cut)
    return run.warn(0, ["call-out"], places=("liuwan", "shiqiao")).run(until_s)


def test_one_who_calls_takes_one_cell_after_another():
    run = calls(contacts=(SURE,))
    assert [(event.at_s, event.subject) for event in run.of("callout.confirmed")] == [
        (60 * number, f"{place}/{cell}")
        for number, (place, cell) in enumerate([(p, c) for p in ("liuwan", "shiqiao") for c in range(1, 5)], 1)
    ]
    assert not run.of("callout.unanswered")
    two = calls(contacts=(SURE,), callers=2).of("callout.confirmed")
    assert [event.at_s for event in two] == [60, 60, 120, 120, 180, 180, 240, 240]
    assert sum(one[3] for one in run.reached) == 1800, "nine in ten of both places"
    assert descends(run.world.log.events)


def test_who_does_not_answer_is_chased_and_given_up_in_the_end():
    run = calls(contacts=(NOBODY,))
    assert len(run.of("callout.called")) == len(run.of("callout.unanswered")) == 3 * 8
    assert len(run.of("callout.given_up")) == 8
    assert not run.reached
    second = calls(contacts=(NOBODY, SURE))
    assert len(second.of("callout.confirmed")) == 8
    assert {event.data["attempt"] for event in second.of("callout.called")} == {1, 2}
    for event in second.of("callout.called"):
        unanswered = [e.at_s for e in second.of("callout.unanswered") if e.subject == event.subject]
        assert event.data["attempt"] == 1 or event.at_s >= unanswered[0] + 300


def test_the_cells_of_the_county_are_called_and_their_wardens_knock():
    cells = (GRID, GRID.model_copy(update={"id": "b", "people": 30, "reachable": 0.0, "wardens": 1}))
    given = county(way("call-out", people_per_cell=250, dial=fixed(60), contacts=(SURE,), chase_after=300, attempts=2))
    run = Run(county={**given, "cells": cells}, instant=False).warn(0, ["call-out"]).run()
    assert "night" == watch_at(run.world.exercise.county.duty_hours, datetime.fromisoformat(STARTS))
    assert [(event.subject, event.data["of"]) for event in run.of("callout.confirmed")] == [("a", 250)]
    assert [event.data["teams"] for event in run.of("warning.begun")] == [5]
    assert [event.subject for event in run.of("callout.given_up")] == ["b"]


def test_calls_fail_while_the_network_is_down():
    run = calls(contacts=(SURE,), needs=("station",), cut=(0, 400, "network"))
    confirmed = run.of("callout.confirmed")
    assert len(confirmed) == 8
    assert min(event.at_s for event in confirmed) > 400
    missing = run.of("lifeline.failed")[0].seq
    assert all(missing in event.also for event in run.of("callout.unanswered"))


def test_calls_keep_an_officer_of_the_desk_busy():
    busy = calls(contacts=(SURE,), until_s=100)
    officers = busy.scene.exchange.desks.officers["duty"]
    assert officers.busy == 1


def test_without_loss_of_time_all_confirm_at_once():
    run = calls(instant=True, contacts=(NOBODY,))
    assert [event.at_s for event in run.of("callout.confirmed")] == [0] * 8


def record(run):
    return RunRecord(run.world.exercise, {}, run.world.log.events, [])


def test_the_share_that_confirmed_in_time_counts_from_the_order_and_all_cells():
    run = calls(contacts=(SURE,))
    assert [confirmed_share(record(run), minutes * 60) for minutes in (0, 1, 4, 8)] == [0, 1 / 8, 1 / 2, 1]
    cut_short = calls(contacts=(SURE,), until_s=200)
    assert confirmed_share(record(cut_short), HOUR) == 3 / 8, "cells that were never called count too"
    assert confirmed_share(record(calls(contacts=(NOBODY, SURE))), 8 * 60) == 0
    assert confirmed_share(record(calls(instant=True)), 0) == 1
    assert confirmed_share(record(Run()), 60) is None
    assert summary(record(cut_short), GAS)[4:6] == (8, 3)


@settings(max_examples=10)
@given(st.integers(0, 99))
def test_the_more_surely_they_answer_the_more_confirm(seed):
    def confirmed(chance):
        contact = SURE.model_copy(update=dict.fromkeys(("day", "night", "handover", "holiday"), chance))
        return {event.subject for event in calls(seed, contacts=(contact,), attempts=1).of("callout.confirmed")}

    assert confirmed(0.3) <= confirmed(0.7) <= confirmed(1.0)


# --- weather warnings -------------------------------------------------------------------------------------------------


def with_colors(**given):
    plan = whole_exercise().plan
    fact = FactKind(
        key=COLOR, name=NAME, values=("blue", "yellow", "orange", "red", "none"), need_to_know=("duty", "weather")
    )
    fact = fact.model_copy(update=given)
    return plan.model_copy(update={"facts": (*plan.facts, fact)})


def weather_run(*changes):
    run = Run(instant=False, plan=with_colors())
    for at_s, color in changes:
        run.true(at_s, color, COLOR)
    return run.run()


def test_a_weather_warning_is_issued_after_thinking_and_told_to_those_who_need_it():
    run = weather_run((100, "orange"), (2000, "red"), (9000, "none"))
    events = run.of("warning.issued")
    assert [event.data["color"] for event in events] == ["orange", "red", "none"]
    assert all(event.at_s > at_s for event, at_s in zip(events, (100, 2000, 9000), strict=True))
    learned = [event for event in run.of("fact.learned") if event.actor == "duty"]
    assert [(event.subject, event.data["value"], event.data["verified"]) for event in learned] == [
        (COLOR, color, True) for color in ("orange", "red", "none")
    ]
    assert {event.actor for event in run.of("fact.learned")} == {"weather", "duty"}
    assert descends(run.world.log.events)


def test_a_color_is_no_grade_and_no_level():
    run = weather_run((100, "red"))
    assert {event.subject for event in run.of("truth.changed")} == {COLOR}
    assert {event.subject for event in run.of("fact.learned")} == {COLOR}
    assert not run.of("grade.judged", "level.activated", "protect.ordered")
    exercise = changed()
    for values in ((), (1, 2, 3, 4), ("red", "purple")):
        plan = with_colors(values=values)
        found = list(find_in_colors(replace(exercise, plan=plan)))
        assert [path[0] for path, *_ in found] == ["facts"]


# --- what is measured -------------------------------------------------------------------------------------------------


def test_lead_times_false_alarms_and_who_acted():
    run = Run(monitor("early", tells=("duty",), false_per_day=0.0, watches="liuwan/hurt", above=0))
    run.true(100, 5, "liuwan/hurt").true(1000, True)
    run.at(
        400,
        lambda: run.world.log.emit(
            "plan.triggered", "duty", "t", run.scene.organizations["duty"].learned["liuwan/hurt"]
        ),
    )
    rows = issued(record(run.run()), GAS)
    assert onset_s(record(run), GAS) == 1000
    assert [(row.by, row.at_s, row.value, row.false, row.lead_s, row.acted_s) for row in rows] == [
        ("early", 160, 5, False, 840, 400)
    ]
    assert summary(record(run), GAS)[:4] == (1, 1, 0, 840)
    assert summary(record(run), "liuwan/nothing")[:4] == (1, 1, 0, None)


def test_what_became_of_each_monitor():
    sees = monitor("sees", needs=("substation",))
    misses = monitor("misses", miss=1.0)
    lies = monitor("lies", false_per_day=24.0, owner="duty", watches="liuwan/hurt", above=0)
    run = Run(sees, misses, lies, monitor("idle")).true(10, True).cut(500, 1000).run(2 * HOUR - 1)
    rows = {row.monitor: row for row in watched(record(run))}
    assert rows["sees"][1:] == (1, 0, 0, 1000)
    assert rows["misses"][1:] == (0, 0, 1, 0)
    assert rows["lies"][1:] == (0, 2, 0, 0)
    assert summary(record(run), GAS).false == 2


def test_people_reached_and_addressed():
    run = Run(county=county(way("sirens"))).warn(0, ["sirens"], places=("liuwan", "shiqiao")).run()
    assert reached_by_place(record(run)) == {"liuwan": (700, 1000), "shiqiao": (700, 1000)}
    assert summary(record(run), GAS)[-2:] == (1400, 2000)


# --- checks -----------------------------------------------------------------------------------------------------------


def problems(*monitors, ways=DEFAULT_WAYS):
    exercise = changed(county={"monitors": monitors, "ways": ways})
    return [".".join(map(str, path)) for path, *_ in find_in_monitors(exercise, Names(exercise))]


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"at": "nowhere"}, "at"),
        ({"owner": "nobody"}, "owner"),
        ({"tells": ("enterprise",)}, "tells.0"),
        ({"tells": ("duty", "duty")}, "tells.1"),
        ({"tells": ("public",)}, "tells.0"),
        ({"channel": "smoke"}, "channel"),
        ({"needs": ("magic",)}, "needs.0"),
        ({"connected": {"needs": ("magic",)}}, "connected.needs.0"),
        ({"is": "red"}, "is"),
    ],
)
def test_names_of_monitors_that_lead_nowhere_are_found(wrong, where):
    assert problems(monitor()) == []
    assert problems(monitor(watches="reservoir/level", above=3)) == [], "for other incidents"
    assert f"monitors.0.{where}" in problems(monitor(**wrong))


def test_ids_that_stand_twice_and_channels_of_ways_that_do_not_exist_are_found():
    assert problems(monitor(), monitor()) == ["monitors.1.id"]
    assert problems(monitor("duty")) == ["monitors.0.id"]
    assert problems(ways=(way("sirens", channel="smoke"), way("door", needs=("magic",)))) == [
        "ways.0.channel",
        "ways.1.needs.0",
    ]


def test_ways_are_read_from_plain_data():
    name = Text(zh="号", en="horn")
    given = {"id": "horn", "name": name, "kind": "broadcast", "reach": 0.5, "starts": {"fixed": "9s"}, "source": "x"}
    (read,) = WAYS.validate_python([given | {"tells_per_min": 0.5}])
    assert isinstance(read, Broadcast)
    with pytest.raises(ValueError, match="tells_per_min"):
        WAYS.validate_python([given])


def test_nobody_is_called_about_a_color_that_a_newer_warning_has_overtaken():
    events = Session("flash-flood", seed=0).finish().events
    issued = [event.seq for event in events if event.kind == "warning.issued"]
    called_off = [event for event in events if event.data.get("reason") == "superseded"]
    assert called_off
    for off in called_off:
        life = [event for event in events if event.subject == off.subject]
        (newer,) = off.also
        assert off.kind == "message.expired"
        assert off.subject.startswith("weather/")
        assert newer in issued
        assert life[0].seq < newer
        assert all(event.seq < newer for event in life if event.kind == "message.sent")
