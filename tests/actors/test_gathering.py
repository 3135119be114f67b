"""Those who gather at doors: who comes and who stays at home, what order is worth, and who is told of it."""

import pytest

from sim.actors.command.ending import NAMELESS_S, WORKS, _takes_s
from sim.actors.public.gathering import AN_OFFICER, ASK, COME_S, FULL, STAY
from sim.assess.aftermath import in_the_dark
from sim.assess.index import Index
from sim.county.dose_response import Severity
from sim.play.free_orders import kinds_for, known_order
from sim.play.session import Session
from sim.record.events import Event
from sim.record.folder import RunRecord
from sim.record.picture import TRUTH
from tests.mechanisms.helping import shortened
from tests.play.made import changed

HOSPITAL = "county-hospital"


def opened(**overrides):
    """Return the beginning of an exercise in which nobody is hurt but by the test."""
    named = {name.replace("__", "."): value for name, value in overrides.items()}
    return Session(shortened("rumor-panic", 75), seed=1, overrides=named)


def brought(session, severity, number):
    """Bring patients to the hospital, and wait until their relatives have come."""
    casualties = session.scene.county.casualties
    for _ in range(number):
        casualties.hurt(casualties.within("liuwan"), severity, 0, "toxic")
    patients = casualties.within("liuwan").all[-number:]
    for patient in patients:
        patient.gone = True
    session.scene.gatherings.brought(HOSPITAL, patients, "health", 0)
    session.advance(session.now_s + COME_S)


def people(session):
    return session.scene.gatherings.people(HOSPITAL)


def test_relatives_follow_their_own_and_more_come_for_those_without_a_name():
    calm = opened()
    calm.scene.gatherings.brought(HOSPITAL, [], "health", 0)
    assert not people(calm)
    brought(calm, Severity.SERIOUS, 8)
    named = people(calm)
    assert named == round(3 * 8 * calm.scene.public.mood.calling)
    brought(calm, Severity.CRITICAL, 8)
    assert named < people(calm)
    assert 8 == len(calm.scene.county.casualties.unnamed.at(HOSPITAL))


def test_fear_brings_more():
    session = opened()
    brought(session, Severity.SERIOUS, 20)
    before = people(session)
    session.scene.public.mood.anxiety += 0.2
    assert before < people(session)


def test_who_can_ask_by_telephone_stays_at_home_but_not_who_looks_for_somebody_without_a_name():
    session = opened()
    brought(session, Severity.SERIOUS, 20)
    before = people(session)
    session.scene.gatherings.can_ask(1.0, 0)
    session.scene.gatherings.can_ask(0.2, 0)  # what people know they do not forget
    assert people(session) == pytest.approx(before * (1 - STAY), abs=1)
    lost = opened()
    brought(lost, Severity.CRITICAL, 20)
    before = people(lost)
    lost.scene.gatherings.can_ask(1.0, 0)
    assert before == people(lost)


def test_nobody_comes_where_no_relatives_do():
    session = opened(relatives__per_patient=0)
    brought(session, Severity.CRITICAL, 20)
    assert not people(session)
    assert session.scene.gatherings.slowed(HOSPITAL) == 1


def test_officers_hold_as_many_as_they_can_and_no_more():
    session = opened(hospital__crowding=2, relatives__per_patient=10)
    brought(session, Severity.SERIOUS, 20)
    gatherings = session.scene.gatherings
    patrol = next(u for d in session.scene.departments for u in d.units if u.id == "patrol-1")
    crowd = people(session)
    assert AN_OFFICER * patrol.crew.crew < crowd
    assert gatherings.slowed(HOSPITAL) == 2
    patrol.place = HOSPITAL
    gatherings.keep_order(patrol, 0)
    left = max(0, crowd - AN_OFFICER * patrol.crew.crew)
    assert gatherings.slowed(HOSPITAL) == pytest.approx(1 + min(1, left / FULL))
    gatherings.leave(patrol, 0)
    assert gatherings.slowed(HOSPITAL) == 2


def test_the_shelter_registers_as_many_a_minute_as_its_clerks_can():
    record = Session(shortened("factory-fire", 120), seed=1, overrides={"shelter.registration": 1000}).finish()
    slow = Session(shortened("factory-fire", 120), seed=1, overrides={"shelter.registration": 0.1}).finish()
    assert any(event.kind == "shelter.registered" for event in record.events)
    assert sum(row["at_doors"] for row in record.series) < sum(row["at_doors"] for row in slow.series)


def test_families_already_told_need_no_visit_and_the_nameless_take_longer():
    casualties = opened().scene.county.casualties
    each = WORKS["families"].each_s
    assert _takes_s("families", 4, casualties) == 4 * each
    casualties.unnamed.find(["a", "b"], "liuwan", "", 0)
    assert _takes_s("families", 4, casualties) == 4 * each + 2 * NAMELESS_S
    assert _takes_s("remains", 1, casualties) == WORKS["remains"].each_s + 2 * NAMELESS_S
    assert _takes_s("psychology", 4, casualties) == 4 * WORKS["psychology"].each_s
    casualties.unnamed.name("a", "police", "police", 0)
    assert _takes_s("families", 4, casualties) == 3 * each + NAMELESS_S


def test_a_department_knows_of_a_crowd_only_from_its_crews_and_messages():
    """Police hear of it from health, whose ambulance crews stood at the door."""
    events = Session(shortened("earthquake", 150), seed=1).finish().events
    learned = [e for e in events if e.kind == "fact.learned" and e.subject.endswith(("/crowded", "/unnamed"))]
    assert any(e.actor == "police" and e.subject.endswith("/crowded") for e in learned)
    assert all(e.data["source"] != TRUTH for e in learned)
    sent = [e for e in events if e.kind == "task.identified" and e.data["task"] == "keep_order"]
    knew = {
        e.subject.partition("/")[0]: e.at_s
        for e in reversed(learned)
        if e.actor == "police" and e.subject.endswith("/crowded")
    }
    assert sent
    assert all(knew[e.data["at"]] <= e.at_s for e in sent)


@pytest.mark.parametrize(("task", "unit"), [("keep_order", "patrol"), ("identify", "forensic")])
def test_police_of_any_seat_can_be_sent_by_a_free_order(task, unit):
    exercise = opened().exercise
    order = {"do": "send", "task": task, "at": HOSPITAL, "units": [unit], "count": 1}
    assert "send" in kinds_for(exercise, "police")
    assert known_order(exercise, "police", order).task == task


def test_a_list_of_patients_in_a_statement_lets_families_ask():
    def listed(data):
        for task in data["tasks"]:
            for order in task["orders"]:
                if order["do"] == "publish":
                    order["contains"] = ["patients"]

    exercise = shortened("factory-fire", 120)
    hotline, reached = (Session(way, seed=2) for way in (exercise, changed(exercise, listed, "plan")))
    for session in (hotline, reached):
        session.finish()
    assert hotline.scene.gatherings.informed == ASK
    events = reached.scene.world.log.events
    share = max(e.data["people"] / e.data["of"] for e in events if e.kind == "release.reached")
    assert reached.scene.gatherings.informed == pytest.approx(share)


def test_the_record_says_for_how_long_families_did_not_know():
    kinds = [
        ("run.started", "chlorine-leak", {}),
        ("person.unnamed", HOSPITAL, {"persons": ["a", "b"]}),
        ("person.named", "a", {"by": "police", "place": HOSPITAL}),
        ("run.ended", "chlorine-leak", {}),
    ]
    events = [Event(n, 600 * n, kind, "", subject, None, (), data) for n, (kind, subject, data) in enumerate(kinds)]
    assert [10.0, 20.0] == in_the_dark(Index(RunRecord(opened().exercise, {}, events, [])))
