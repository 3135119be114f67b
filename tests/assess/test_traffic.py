"""Traffic: every message ends in one way, the parts of its life add up, and the graph has its published values."""

import networkx
import pytest

from sim.assess.traffic import (
    ENDS,
    betweenness,
    contacts,
    distance_fragmentation,
    fragmentation,
    lives,
    loop_closure,
    summary,
    waits_by,
)
from sim.play.session import Session
from tests.assess.made import made


def message(at_s, step, ident="m", **data):
    actor = "command" if step in ("delivered", "read") else "duty"
    return at_s, f"message.{step}", actor, ident, data


WANTED = message(100, "composed", to="command", kind="report", facts=[])

SENT = message(190, "sent", channel="phone", attempt=1)


def test_a_life_with_a_queue_a_failure_and_a_second_try():
    record = made(
        WANTED,
        message(130, "queued", channel="phone"),
        message(190, "sent", channel="phone", attempt=1),
        message(200, "lost", channel="phone", attempt=1),
        message(260, "queued", channel="phone"),
        message(300, "sent", channel="phone", attempt=2),
        message(380, "delivered", channel="phone"),
        message(400, "read"),
        message(400, "acknowledged"),
    )
    (life,) = lives(record)
    assert (2, 1, 100, "acknowledged") == (life.attempts, life.lost, life.queue_s, life.end)
    assert {"before": 100, "queue": 100, "way": 80, "desk": 20} == life.parts_s()
    assert [("command", 1, 2.0)] == waits_by([life], "to")
    assert [("phone", 1, 3.0)] == waits_by([life], "channel")


@pytest.mark.parametrize(
    ("rows", "end"),
    [
        ([], "on_the_way"),
        (
            [message(190, "sent", channel="phone", attempt=1), message(200, "lost", channel="phone", attempt=1)],
            "on_the_way",
        ),
        ([message(900, "expired")], "expired"),
        ([SENT, message(200, "delivered", channel="phone")], "delivered"),
    ],
)
def test_a_life_that_does_not_come_to_its_end(rows, end):
    (life,) = lives(made(WANTED, *rows))
    assert end == life.end
    assert 0.0 == loop_closure([life])
    with pytest.raises(ValueError, match="was not read"):
        life.parts_s()


@pytest.mark.parametrize("size", [2, 3, 7])
def test_fragmentation_of_known_graphs(size):
    complete, empty, star = networkx.complete_graph(size), networkx.empty_graph(size), networkx.star_graph(size - 1)
    assert (0.0, 0.0) == (fragmentation(complete), distance_fragmentation(complete))
    assert (1.0, 1.0) == (fragmentation(empty), distance_fragmentation(empty))
    assert 0.0 == fragmentation(star)
    assert pytest.approx((size - 2) / (2 * size)) == distance_fragmentation(star)


def test_the_middle_of_a_star_is_the_broker_and_who_is_never_reached_is_isolated():
    rows = [
        row
        for number, (sender, to) in enumerate(
            [("police", "duty"), ("duty", "health"), ("health", "duty"), ("duty", "police")]
        )
        for row in (
            (100, "message.composed", sender, str(number), {"to": to, "kind": "notice", "facts": []}),
            (110, "message.sent", sender, str(number), {"channel": "phone", "attempt": 1}),
            (120, "message.delivered", to, str(number), {"channel": "phone"}),
            (120, "message.read", to, str(number), {}),
        )
    ]
    graph = contacts(lives(made(*rows)), ("duty", "police", "health", "city"))
    assert {"duty": pytest.approx(2 / 6), "police": 0.0, "health": 0.0, "city": 0.0} == betweenness(graph)
    assert pytest.approx(1 - 6 / 12) == fragmentation(graph)


@pytest.mark.parametrize("policy", ["none", "plan", "perfect"])
@pytest.mark.parametrize("delay", [1, 8])
def test_on_every_run_each_message_ends_once_and_its_parts_add_up(policy, delay):
    record = Session("chlorine-leak", seed=5, policy=policy, overrides={"comms.delay_factor": delay}).finish()
    found = lives(record)
    assert len(found) == sum(event.kind == "message.composed" for event in record.events)
    assert all(life.end in ENDS for life in found)
    read = [life for life in found if life.read_s is not None]
    assert len(read) > 10
    for life in read:
        parts = life.parts_s()
        assert life.read_s - life.composed_s == sum(parts.values())
        assert all(seconds >= 0 for seconds in parts.values())
    told = summary(record)
    assert sum(told["ends"].values()) == told["messages"]
