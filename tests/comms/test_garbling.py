"""Garbling: what arrives is what was said, or another thing that could have been said, or nothing."""

from hypothesis import given
from hypothesis import strategies as st

from sim.comms.garbling import garbled
from sim.comms.message import Message, Stated
from sim.record.view import view
from sim.rng import Luck
from tests.comms.posts import Post
from tests.engine.worlds import record_of, whole_exercise

KINDS = {kind.key: kind for kind in whole_exercise().plan.facts}
SAID = (
    Stated("incident/exists", True, 60, "police", True),
    Stated("leak/substance", "chlorine", 60, "police", True),
    Stated("wind/toward", "north", 60, "weather", True),
    Stated("liuwan/hurt", 12, 60, "health", True),
    Stated("response/level", 3, 60, "command", True),
)


@given(st.integers(0, 10_000), st.floats(0, 1), st.floats(0, 1))
def test_a_larger_chance_changes_no_less(seed, one, other):
    low, high = sorted((one, other))
    few, many = (garbled(SAID, chance, KINDS, Luck(seed), "m", "phone")[1] for chance in (low, high))
    assert all(many[key] == few[key] for key in few)


@given(st.integers(0, 10_000), st.floats(0, 1))
def test_what_arrives_is_possible_and_keeps_its_order(seed, chance):
    arrived, changed = garbled(SAID, chance, KINDS, Luck(seed), "m", "phone")
    said = {fact.fact: fact for fact in SAID}
    assert [fact.fact for fact in SAID if changed.get(fact.fact, 0) is not None] == [fact.fact for fact in arrived]
    for fact in arrived:
        before = said[fact.fact]
        if fact.fact not in changed:
            assert before == fact
            continue
        assert (changed[fact.fact], True) == (fact.value, fact.value != before.value)
        assert before._replace(value=fact.value) == fact
        kind = KINDS.get(fact.fact)
        assert kind is None or not kind.values or fact.value in kind.values
    assert changed.get("incident/exists") is None, "a yes can be lost, not turned into a no"


def test_extremes():
    assert (SAID, {}) == garbled(SAID, 0.0, KINDS, Luck(1), "m", "phone")
    assert len(SAID) == len(garbled(SAID, 1.0, KINDS, Luck(1), "m", "phone")[1])


def test_the_desk_hears_what_arrived_and_the_record_says_so():
    heard = []
    post = Post({"garbled": 1.0})
    post.desks["duty"].receive = lambda message, _: heard.append(message)
    post.exchange.send(Message("m0>duty", "police", "duty", "report", SAID), None)
    post.run()
    (delivered,) = post.life_kinds("delivered")
    wrong = delivered.data["garbled"]
    assert {fact.fact: wrong[fact.fact] for fact in heard[0].facts} == {
        fact.fact: fact.value for fact in heard[0].facts
    }
    shown = view(post.world.log.events, "duty", 10**9).messages[0]["facts"]
    assert [(fact.fact, fact.value) for fact in heard[0].facts] == [(row["fact"], row["value"]) for row in shown]


def test_reading_back_leaves_a_tenth_of_the_errors_and_takes_longer():
    channel = {"garbled": 0.5, "medium": "voice"}
    plain, checked = (
        [event for event in _sent(channel, back).life_kinds("delivered") if "garbled" in event.data] for back in (0, 1)
    )
    assert 0 < len(checked) < 0.25 * len(plain)
    assert {event.subject for event in checked} <= {event.subject for event in plain}


def _sent(channel, back):
    post = Post(channel, comms__read_back=back)
    for number in range(400):
        post.exchange.send(Message(f"m{number}>duty", "police", "duty", "report", SAID[:1]), None)
    return post.run()


def test_in_a_run_some_facts_arrive_wrong_and_are_then_held_so():
    events = record_of("plan").events
    wrong = [(event, key, value) for event in events for key, value in event.data.get("garbled", {}).items()]
    assert wrong
    for delivered, key, value in wrong:
        learned = [
            event.data["value"]
            for event in events
            if event.kind == "fact.learned" and event.subject == key and event.actor == delivered.actor
            and events[event.cause].subject == delivered.subject
        ]  # fmt: skip
        assert learned in ([], [value])
