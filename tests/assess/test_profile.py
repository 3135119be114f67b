"""Responses in parts, competencies, who did what, and caps."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.assess.index import Index
from sim.assess.responses import PARTS, percentile, responses, summary
from sim.assess.score import score
from sim.record.events import Event
from sim.record.folder import RunRecord
from tests.assess.made import END_S, learned, made, true
from tests.engine.worlds import record_of, whole_exercise

# at, kind, actor, subject, data: each the cause of the next; the part to which the step before it belongs
LIFE = [
    (100, "hazard.started", "", "leak", {}, None),
    (400, "message.composed", "public", "c", {"to": "duty", "kind": "report", "facts": []}, "detection"),
    (430, "message.sent", "public", "c", {}, "answering"),
    (500, "message.read", "duty", "c", {}, "answering"),
    (600, "message.composed", "duty", "n", {"to": "police", "kind": "order", "facts": []}, "processing"),
    (700, "message.read", "police", "n", {}, "notification"),
    (720, "plan.triggered", "police", "p", {"task": "look"}, "processing"),
    (730, "task.identified", "police", "t", {"task": "find_out", "at": "park-gate", "order": "o"}, "processing"),
    (800, "task.assigned", "police", "t", {"unit": "patrol-1", "at": "park-gate", "task": "find_out"}, "waiting"),
    (860, "unit.left", "police", "patrol-1", {"task": "t", "to": "park-gate"}, "turnout"),
    (1500, "unit.arrived", "police", "patrol-1", {"task": "t", "place": "park-gate"}, "travel"),
    (1520, "task.waiting", "police", "t", {"on": "command", "what": "commander"}, "set_up"),
    (1700, "task.working", "police", "t", {"unit": "patrol-1"}, "waiting"),
    (2000, "task.done", "police", "t", {"unit": "patrol-1"}, "on_scene"),
]


def lived(number):
    """Return the record of the first events of the life of a task."""
    rows = LIFE[:number]
    events = [Event(0, 0, "run.started", "", "x", None, (), {})]
    events += [Event(n, row[0], *row[1:4], n - 1, (), row[4]) for n, row in enumerate(rows, 1)]
    events.append(Event(len(events), END_S, "run.ended", "", "x", 0, (), {}))
    return RunRecord(whole_exercise(), {}, events, [])


@pytest.mark.parametrize("number", range(8, len(LIFE) + 1))
def test_each_step_of_a_response_belongs_to_its_part_and_what_has_not_ended_is_censored(number):
    (found,) = responses(Index(lived(number)))
    expected = dict.fromkeys(PARTS, 0)
    for before, row in pairwise(LIFE[:number]):
        expected[row[5]] += row[0] - before[0]
    done = number == len(LIFE)
    if not done:
        expected[LIFE[number][5]] += END_S - LIFE[number - 1][0]
    assert (expected, not done) == (found.parts, found.censored)
    assert (100, 2000 if done else END_S) == (found.start_s, found.end_s)


@pytest.mark.parametrize("policy", ["none", "plan", "perfect"])
def test_parts_of_every_response_add_up_to_its_total(policy):
    card = score(record_of(policy))
    assert (policy == "none") == (not card["responses"])
    for row in card["responses"]:
        assert sum(row["parts"].values()) == row["total_s"] == row["end_s"] - row["start_s"]
        assert min(row["parts"].values()) >= 0
    every, *rest = card["response_parts"]
    assert every["responses"] == len(card["responses"]) == sum(row["responses"] for row in rest)
    assert every["censored"] == sum(row["censored"] for row in card["responses"])


def test_quicker_messages_make_shorter_parts_of_telling():
    def told(policy):
        found = summary(responses(Index(record_of(policy))))
        return sum(found[0]["p90_s"][part] for part in ("answering", "notification"))

    assert told("perfect") < told("plan")


@given(st.lists(st.integers(0, 100), min_size=1), st.integers(1, 100))
def test_a_percentile_is_a_value_that_so_many_do_not_exceed(values, percent):
    found = percentile(values, percent)
    assert found in values
    assert sum(value <= found for value in values) * 100 >= percent * len(values)
    assert sum(value < found for value in values) * 100 < percent * len(values)


def test_competencies_follow_from_milestones_and_gaps_and_silence_has_none():
    cards = {policy: score(record_of(policy)) for policy in ("none", "plan")}
    rubric = whole_exercise().rubric
    for card in cards.values():
        assert [one.id for one in rubric.competencies] == [row["id"] for row in card["competencies"]]
    for worse, better in zip(cards["none"]["competencies"], cards["plan"]["competencies"], strict=True):
        assert worse["points"] < better["points"] <= 100, worse["id"]


def test_where_nothing_arose_nobody_is_rated():
    rows = {row["id"]: row for row in score(made())["competencies"]}
    assert rows["decision"]["items"] < len(whole_exercise().rubric.milestones)
    assert all(row["points"] is None for row in rows.values() if not row["items"])


@pytest.mark.parametrize("policy", ["none", "plan"])
def test_what_bodies_did_adds_up_to_what_was_done(policy):
    card = score(record_of(policy))
    for rows in (card["bodies"], card["groups"]):
        for name in ("points", "out_of"):
            assert sum(row[name] for row in rows) == pytest.approx(sum(row[name] for row in card["milestones"]))
        assert sum(row["answered"] for row in rows) <= sum(row["asked"] for row in rows)
    assert set(Index(record_of(policy)).seats) <= {row["id"] for row in card["bodies"] if row["seat"]}


def ids(record):
    return [row["id"] for row in score(record)["vetoes"]]


def test_an_order_that_is_withheld_although_danger_is_known_caps_the_total():
    after = whole_exercise().rubric.withheld_after
    known = [true(0, "liuwan/danger"), learned(600, "command", "liuwan/danger")]
    ordered = lambda at_s: (at_s, "protect.ordered", "command", "liuwan", {"place": "liuwan", "by": "shelter"})  # noqa: E731
    assert "order_withheld" in ids(made(*known))
    assert "order_withheld" in ids(made(*known, ordered(601 + after)))
    assert "order_withheld" not in ids(made(*known, ordered(600 + after)))
    assert "order_withheld" not in ids(made(known[0]))  # who does not know withholds nothing
    warned = learned(600, "command", "warning/color", "red")
    assert "order_withheld" in ids(made(warned))
    assert "order_withheld" not in ids(made(warned, ordered(700)))
    over = learned(600 + after, "command", "warning/color", "yellow")
    assert "order_withheld" not in ids(made(warned, over))


def test_a_crew_sent_into_danger_that_was_known_caps_the_total_and_one_overtaken_by_it_does_not():
    sent = (1000, "task.assigned", "health", "t", {"unit": "ambulance-1", "at": "liuwan", "task": "treat"})
    hurt = (2000, "unit.hurt", "health", "ambulance-1", {"place": "liuwan", "crew": 3})
    for knows_s, capped in ((900, True), (1100, False)):
        known = learned(knows_s, "health", "liuwan/danger")
        assert capped == ("unprotected_entry" in ids(made(known, sent, hurt)))


def test_what_was_prevented_need_not_be_answered():
    calm = {row["id"]: row for row in score(made(true(0, "incident/exists")))["milestones"]}
    struck = made(true(0, "incident/exists"), (60, "danger.reached", "", "liuwan", {"of": "leak", "level_milli": 1}))
    hit = {row["id"]: row for row in score(struck)["milestones"]}
    assert (0, None) == (calm["protection_ordered"]["out_of"], calm["protection_ordered"]["limit_s"])
    assert hit["protection_ordered"]["out_of"] > 0 == hit["first_patient_in_hospital"]["out_of"]


def test_danger_that_came_unheard_to_one_place_caps_nothing_if_another_was_protected():
    struck = [true(0, "liuwan/danger"), true(0, "shiqiao/danger")]
    ordered = (300, "protect.ordered", "command", "shiqiao", {"place": "shiqiao", "by": "shelter"})
    assert "never_protected" in ids(made(*struck))
    assert "never_protected" not in ids(made(*struck, ordered))
    nobody = next(place.id for place in whole_exercise().county.places if not place.people)
    assert "never_protected" not in ids(made(true(0, f"{nobody}/danger")))
