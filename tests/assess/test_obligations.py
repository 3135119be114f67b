"""What obligations earn: silence nothing, lateness less, each one once, and words alone neither more nor less."""

import sys
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.assess.gaps import obligations
from sim.assess.gaps.base import COORDINATION, By, Obligation, Root
from sim.assess.index import Index
from sim.assess.obligations import merged, weigh, without
from sim.assess.score import score
from tests.assess.made import END_S, made
from tests.engine.worlds import record_of, whole_exercise

INDEX = Index(made())
LONGEST = INDEX.rubric.gaps.longest
OWED_TYPES = [row.type for row in INDEX.rubric.gaps.weights if row.owed]
ACT_TYPES = [row.type for row in INDEX.rubric.gaps.weights if row.takes]
INFORMATION = ("stale_fact", "unacknowledged", "open_loop", "missed_notification", "no_fallback")


def owed(ident, kind, body, opened_s, due_s, met_s, until_s=END_S, by=By.TRUTH, chain=(0,)):
    return Obligation(
        ident, kind, by, (body,), None, opened_s, due_s, met_s, until_s, Root.NOT_TOLD, chain, {"zh": "", "en": ""}
    )


@st.composite
def some_owed(draw):
    """Obligations of truth, plan and rule: when each was owed, and when it was met if ever."""
    found = []
    for ident in range(draw(st.integers(1, 8))):
        opened_s = draw(st.sampled_from([0, 600, 3600]))
        due_s = opened_s + draw(st.sampled_from([0, 300, 1800]))
        met_s = draw(st.none() | st.integers(opened_s, END_S))
        kind, body = draw(st.sampled_from(OWED_TYPES)), draw(st.sampled_from(INDEX.seats))
        found.append(owed(str(ident), kind, body, opened_s, due_s, met_s))
    return found


@given(some_owed(), st.data())
def test_what_is_met_later_never_earns_more(found, data):
    number = data.draw(st.integers(0, len(found) - 1))
    one = found[number]
    sooner = data.draw(st.integers(one.opened_s, END_S if one.met_s is None else one.met_s))
    better = [*found[:number], one._replace(met_s=sooner), *found[number + 1 :]]
    assert weigh(better, INDEX).share >= weigh(found, INDEX).share - 1e-9


@given(some_owed())
def test_all_met_in_time_earns_all_and_none_met_earns_nothing(found):
    assert weigh([one._replace(met_s=one.opened_s) for one in found], INDEX).share == pytest.approx(1)
    assert weigh([one._replace(met_s=None) for one in found], INDEX).share == pytest.approx(0)


@given(some_owed())
def test_no_second_of_a_body_counts_more_than_once_on_a_chain(found):
    counted = weigh(found, INDEX).counted_s
    chains = {}
    for one in found:
        chains.setdefault((one.units, one.opened_s), []).append(one)
    for chain in chains.values():
        late = merged((one.due_s, min(one.end_s, one.due_s + LONGEST)) for one in chain if one.late_s)
        assert sum(counted.get(one.id, 0) for one in chain) <= sum(end - start for start, end in late) + 1e-6


def act(ident, kind, body, due_s, end_s, chain):
    return owed(ident, kind, body, due_s, due_s, end_s, by=By.ACT, chain=chain)


acts = st.builds(
    lambda ident, kind, body, due_s, lasts_s: act(str(ident), kind, body, due_s, due_s + lasts_s, (ident + 100,)),
    st.integers(0, 10**6),
    st.sampled_from(ACT_TYPES),
    st.sampled_from(INDEX.seats),
    st.integers(0, 9000),
    st.integers(1, 9000),
)
BASE = [owed("base", "stale_fact", "police", 0, 300, 300)]


@given(st.lists(acts, max_size=12, unique_by=lambda one: one.id))
def test_own_acts_take_no_more_than_the_rubric_lets_each_type_take(found):
    weighed = weigh([*BASE, *found], INDEX)
    for row in weighed.types:
        assert 0 <= row["taken"] <= row["takes"]
    most = sum(row.takes for row in INDEX.rubric.gaps.weights if row.type in {one.type for one in found})
    assert 1 - most - 1e-9 <= weighed.share <= 1


@given(st.lists(acts, max_size=6, unique_by=lambda one: one.id), st.integers(1, 50), st.sampled_from(ACT_TYPES))
def test_messages_met_in_time_neither_earn_nor_cost(found, number, kind):
    more = [act(f"more{n}", kind, "duty", 0, 0, (10**7 + n,)) for n in range(number)]
    assert weigh([*BASE, *found, *more], INDEX).share == weigh([*BASE, *found], INDEX).share


@given(acts, st.integers(1, 30))
def test_twenty_messages_that_lie_for_the_same_time_take_as_much_as_one(one, number):
    more = [one._replace(id=f"again{n}", chain=(10**7 + n,)) for n in range(number)]
    assert weigh([*BASE, one, *more], INDEX).share == weigh([*BASE, one], INDEX).share


def test_a_receipt_that_is_late_with_a_fact_that_is_owed_counts_once():
    """The message that brings the fact too late is the same failure as not knowing the fact in time."""
    fact = owed("fact", "stale_fact", "police", 0, 600, 1800, chain=(5, 7))
    receipt = act("receipt", "unacknowledged", "police", 900, 2100, (7, 8))
    counted = weigh([fact, receipt], INDEX).counted_s
    assert {"fact": 1200, "receipt": 300} == counted
    assert {"fact": 1200, "receipt": 1200} == weigh([fact, receipt._replace(chain=(8, 9))], INDEX).counted_s


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), max_size=6), st.integers(0, 50), st.integers(0, 50))
def test_times_are_sets_of_seconds(times, start, end):
    times, start, end = [(min(t), max(t)) for t in times], min(start, end), max(start, end)
    taken = {second for one, other in times for second in range(one, other)}
    assert taken == {second for one, other in merged(times) for second in range(one, other)}
    left = {second for one, other in without((start, end), merged(times)) for second in range(one, other)}
    assert set(range(start, end)) - taken == left


@pytest.mark.parametrize("policy", ["none", "plan", "perfect"])
def test_obligations_of_a_run_stand_once_and_the_card_counts_them(policy):
    record = record_of(policy)
    found = obligations(Index(record))
    assert len(found) == len({one.id for one in found})
    card = score(record)
    gaps = [one for one in found if one.late_s]
    assert sorted(one.id for one in gaps) == sorted(row["id"] for row in card["gaps"])
    here = [one for one in found if one.dimension == COORDINATION]
    for row in card["obligations"]:
        own = [one for one in here if one.type == row["type"]]
        assert (len(own), row["owed"]) == (row["in_time"] + row["late"] + row["never"], len(own))
    assert sum(row["gaps"] for row in card["sides"]) == len(card["gaps"])
    assert sum(row["minutes"] for row in card["sides"]) == pytest.approx(sum(row["minutes"] for row in card["gaps"]))
    assert all(row["ground"] for row in card["gaps"])


def test_the_yardstick_has_no_gap_of_information():
    late = [one.id for one in obligations(Index(record_of("perfect"))) if one.late_s and one.type in INFORMATION]
    assert [] == late


def renamed(record):
    """Return the record with every unit of a department under another name, in county file and events alike."""
    county = record.exercise.county
    names = {unit.id: f"x-{number}" for number, unit in enumerate(reversed(county.units))}

    def told(value):
        if isinstance(value, str):
            return names.get(value, value)
        if isinstance(value, list):
            return [told(one) for one in value]
        return {key: told(one) for key, one in value.items()} if isinstance(value, dict) else value

    events = [one._replace(subject=names.get(one.subject, one.subject), data=told(one.data)) for one in record.events]
    units = tuple(unit.model_copy(update={"id": names[unit.id]}) for unit in county.units)
    exercise = replace(record.exercise, county=county.model_copy(update={"units": units}))
    return replace(record, exercise=exercise, events=events)


def test_other_names_for_units_change_no_score():
    record = record_of("plan")
    card, other = score(record), score(renamed(record))
    for name in ("total", "coordination", "response_speed", "dimensions", "obligations", "competencies", "milestones"):
        assert card[name] == other[name]
    assert [row["minutes"] for row in card["gaps"]] == [row["minutes"] for row in other["gaps"]]


def test_a_rubric_without_weights_for_acts_lets_them_take_nothing():
    found = [*BASE, act("m", "unacknowledged", "duty", 0, 3600, (3,))]
    free = tuple(row.model_copy(update={"takes": 0.0}) for row in INDEX.rubric.gaps.weights)
    gaps = INDEX.rubric.gaps.model_copy(update={"weights": free})
    rubric = whole_exercise().rubric.model_copy(update={"gaps": gaps})
    assert weigh(found, Index(made(), rubric)).share == 1 > weigh(found, INDEX).share


def repeated(times):
    """Return a record in which the same few things happen over and over, each time about something else."""
    rows = []
    for number in range(times):
        at_s, told = number % 20_000, {"to": "health", "kind": "order", "facts": []}
        rows.append((at_s, "message.composed", "police", f"m{number}", told))
        rows.append((at_s + 700 + number % 400, "message.acknowledged", "police", f"m{number}", {}))
        task = {"task": "treat", "at": "liuwan", "order": f"o{number}"}
        rows.append((at_s, "task.identified", "health", f"t{number}", task))
        rows.append((at_s, "task.waiting", "health", f"t{number}", {"on": "emergency", "what": "rescue"}))
        rows.append((at_s + 900, "task.working", "health", f"t{number}", {"unit": "ambulance-1"}))
        rows.append((at_s + 950, "task.done", "health", f"t{number}", {"unit": "ambulance-1"}))
    return made(*rows)


def steps_of_scoring(record):
    """Return how many lines of the program are passed to score a record."""
    counted = 0

    def line(_, event, __):
        nonlocal counted
        counted += event == "line"
        return line

    before = sys.gettrace()
    sys.settrace(line)
    try:
        score(record)
    finally:
        sys.settrace(before)
    return counted


def test_twice_the_events_cost_at_most_twice_the_steps():
    score(repeated(5))  # what follows from the files alone is made once
    few, more, most = (steps_of_scoring(repeated(times)) for times in (100, 200, 400))
    assert most - more <= 2.2 * (more - few)


def test_an_old_run_scored_by_its_old_rubric_has_its_old_score():
    record = record_of("plan")
    own = score(record)
    other = record.exercise.rubric.model_copy(update={"late_curve": 0.9})
    newer = replace(record, exercise=replace(record.exercise, rubric=other))
    assert score(newer) != own == score(newer, rubric=record.exercise.rubric)
