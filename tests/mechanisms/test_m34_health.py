"""M34: hospitals make room in steps, patients are moved to where there is room, who asks the ill finds the source, and
psychological aid lowers fear."""

from collections import Counter

import pytest

from sim.assess.hospitals import rooms
from sim.county.hospitals import Stage
from sim.play.session import Session
from sim.spec.load import load
from tests.mechanisms.paired import SEEDS, falls
from tests.mechanisms.public_information import fear
from tests.play.made import changed

HOSPITALS = ("county-hospital", "tcm-hospital", "fengbu-hospital", "huaiping-hospital")


def short(hours, scenario, **plan):
    """Return a scenario that ends early, with tasks of its plan taken away by name."""
    last_s = hours * 3600

    def cut(data):
        data["duration"] = f"{hours}h"
        late = [one.id for one in load(scenario).scenario.injects if (one.at or 0) > last_s]
        data["injects"] = [one for one in data["injects"] if one["id"] not in late]

    def without(data):
        gone = plan.get("without", ())
        data["tasks"] = [task for task in data["tasks"] if task["id"] not in gone]
        for task in data["tasks"]:
            task["after"] = [before for before in task.get("after", ()) if before not in gone]

    return changed(changed(load(scenario), cut), without, kind="plan")


def cramped(exercise, **bays):
    """Return an exercise in which hospitals have so many treatment bays."""

    def change(data):
        for place in data["places"]:
            if place.get("bays"):
                place["bays"] = bays[place["id"].partition("-")[0]]

    return changed(exercise, change, kind="county")


def waits(exercise, seeds, overrides=None):
    """Return for how long all patients together waited for a treatment bay, in seconds, by seed."""
    runs = [rooms(Session(exercise, seed=seed, overrides=overrides).finish().events) for seed in range(seeds)]
    return [sum(room.waited_s for room in run) for run in runs]


@SEEDS
def test_a_hospital_that_opens_more_bays_lets_patients_wait_less(seeds):
    exercise = cramped(short(5, "chlorine-leak", without=("transfer-full",)), county=2, tcm=1, fengbu=1, huaiping=1)
    without, slow, file = (
        waits(exercise, seeds, overrides) for overrides in ({"hospital.surge_staff": 0}, {"hospital.surge_time": 4}, {})
    )
    falls(without, file)
    falls(slow, file)


@SEEDS
def test_moving_patients_to_where_there_is_room_lets_them_wait_less(seeds):
    bays, nobody_else = {"county": 2, "tcm": 12, "fengbu": 1, "huaiping": 1}, {"hospital.surge_staff": 0}
    moved, stay = (
        waits(cramped(short(5, "chlorine-leak", without=without), **bays), seeds, nobody_else)
        for without in ((), ("transfer-full",))
    )
    falls(stay, moved)


def source_known_s(exercise, seed):
    events = Session(exercise, seed=seed).finish().events
    known = [e.at_s for e in events if e.kind == "fact.learned" and e.subject == "outbreak/source"]
    return min(known, default=events[-1].at_s)


@SEEDS
def test_disease_control_that_asks_the_ill_finds_the_source_sooner(seeds):
    """Without it the source is known when the canteen is sealed, or when the regulator has read the books."""
    with_it, without = short(8, "school-outbreak"), short(8, "school-outbreak", without=("investigate",))
    falls(*([float(source_known_s(exercise, seed)) for seed in range(seeds)] for exercise in (without, with_it)))


@SEEDS
def test_psychological_aid_lowers_fear_by_as_much_as_is_assumed(seeds):
    """How much it calms is an assumption of the model; that teams have to be sent for it is not."""

    def feared(exercise, calming):
        overrides = {"aid.calming": calming}
        return [fear(Session(exercise, seed=seed, overrides=overrides).finish()) for seed in range(seeds)]

    given, nobody = short(6, "earthquake"), short(6, "earthquake", without=("psychological-aid",))
    falls(feared(nobody, 0.2), feared(given, 0.2))
    falls(feared(given, 0.05), feared(given, 0.2))


@pytest.mark.parametrize("seed", [1])
def test_patients_bays_and_beds_are_conserved(seed):
    session = Session(short(2, "earthquake"), seed=seed, audit=True)
    while not session.finished:
        session.advance(min(session.now_s + 900, session.world.horizon_s))
        hospitals = session.scene.county.hospitals
        inside = [one.id for hospital in HOSPITALS for one in hospitals.at(hospital)]
        assert len(inside) == len(dict.fromkeys(inside)), "in two hospitals at once"
        for hospital in HOSPITALS:
            bays = hospitals.bays[hospital]
            assert len(hospitals.at(hospital, Stage.IN_BAY)) <= bays.busy
            assert len(hospitals.at(hospital, Stage.AT_DOOR)) <= bays.waiting
            assert bays.waiting == 0 or bays.busy >= bays.capacity, "a bay stands free while somebody waits"
    events = session.finish().events
    opened = Counter()
    for event in events:
        if event.kind == "hospital.opened":
            opened[event.subject] += event.data["bays"]
    listed = {place.id: place.bays for place in session.exercise.county.places if place.bays}
    damaged = {e.subject: e.data["bays"] for e in events if e.kind == "hospital.damaged"}
    for hospital, line in session.scene.county.hospitals.bays.items():
        assert line.capacity == max(0, listed[hospital] - damaged.get(hospital, 0)) + opened[hospital]
    told = {room.hospital: room.bays for room in rooms(events)}
    assert dict(opened) == {hospital: bays for hospital, bays in told.items() if bays}


@pytest.mark.parametrize(("staff", "opened"), [(0, 0), (0.3, 1), (1, 3)])
def test_a_hospital_opens_the_steps_for_which_it_has_staff(staff, opened):
    def order(data):
        health = [task for task in data["tasks"] if task["id"] in ("surge", "treat")]
        surge = next(task for task in health if task["id"] == "surge")
        surge.update(when=[{"fact": "incident/sign", "is": True}], places=["county-hospital"])
        surge["orders"] = [{"do": "open_beds", "at": "county-hospital", "steps": 9}]
        surge["owner"] = "duty"

    exercise = changed(short(7, "rumor-panic"), order, kind="plan")
    session = Session(exercise, seed=2, overrides={"hospital.surge_staff": staff}, audit=True)
    events = session.finish().events
    assert [1, 2, 3][:opened] == [e.data["step"] for e in events if e.kind == "hospital.opened"]
    refused = [e.data["reason"] for e in events if e.kind == "hospital.surge_refused"]
    assert ["no_step_left" if opened == 3 else "no_staff_left"] == refused
    times = [e.at_s for e in events if e.kind == "hospital.opened"]
    assert times == sorted(times), "one after another"
