"""Traffic: every message ends in one way, the parts of its life add up, and the graph has its published values."""

import networkx
import pytest

from sim.assess.bottlenecks import GaveUp, Load, Tried, Wait, gave_up, loads, spent_of, tried, waits
from sim.assess.fact_way import chain, lives_by_id, share, ways
from sim.assess.outages import Stretch, channels_down, down_times, installations_down, union_s, without
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
from sim.show.names import SEATS
from tests.assess.made import END_S, learned, made, true


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
    assert {"before": 100, "held": 0, "queue": 100, "way": 80, "desk": 20} == life.parts_s()
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


def at(at_s, step, actor, ident, **data):
    return at_s, f"message.{step}", actor, ident, data


CALL = (
    at(100, "composed", "duty", "m", to="command", kind="report", facts=[]),
    at(100, "queued", "duty", "m", channel="phone", awaits="line"),
    at(150, "sent", "duty", "m", channel="phone", attempt=1),
    at(160, "queued", "duty", "m", channel="phone", awaits="officer"),
    at(190, "answered", "command", "m", channel="phone"),
    at(300, "delivered", "command", "m", channel="phone"),
    at(300, "read", "command", "m"),
)


def test_a_call_that_rings_waits_until_it_is_picked_up_and_then_it_is_talked():
    record = made(*CALL)
    (life,) = lives(record)
    assert {"before": 0, "held": 0, "queue": 50 + 30, "way": 10 + 110, "desk": 0} == life.parts_s()
    line, officer = waits(record)
    assert Wait("m", "command", "line", 100, 150) == line
    assert Wait("m", "command", "officer", 160, 190) == officer


def test_a_question_is_answered_when_its_reply_was_read_and_a_request_approved_when_the_word_is_given():
    record = made(
        at(0, "composed", "duty", "ask>police", to="police", kind="request", facts=[]),
        at(60, "sent", "duty", "ask>police", channel="phone", attempt=1),
        at(120, "delivered", "police", "ask>police", channel="phone"),
        at(120, "read", "police", "ask>police"),
        at(300, "approved", "police", "ask>police", by="police"),
        at(300, "composed", "police", "ask>police/reply>duty", to="duty", kind="reply", facts=[]),
        at(310, "sent", "police", "ask>police/reply>duty", channel="phone", attempt=1),
        at(420, "delivered", "duty", "ask>police/reply>duty", channel="phone"),
        at(480, "read", "duty", "ask>police/reply>duty"),
        at(500, "composed", "duty", "more>police", to="police", kind="request", facts=[]),
    )
    asked, reply, more = lives(record)
    assert (300, 480) == (asked.approved_s, asked.answered_s)
    assert (None, None) == (more.approved_s, more.answered_s) == (reply.approved_s, reply.answered_s)
    told = summary(record)
    assert (8.0, 3.0) == (told["answer_min"], told["approval_min"])


def test_the_time_of_messages_by_channel_and_what_was_never_read():
    record = made(
        *CALL,
        at(500, "composed", "duty", "gone", to="command", kind="report", facts=[]),
        at(560, "lost", "duty", "gone", channel="chat", attempt=1, reason="down"),
        at(680, "expired", "duty", "gone", reason="did_not_switch"),
        at(END_S - 60, "composed", "duty", "late", to="command", kind="report", facts=[]),
        at(END_S - 60, "composed", "duty", "said", to="public", kind="release", facts=[]),
    )
    phone, unread = spent_of(record)
    assert ("phone", 1, 200) == (phone.channel, phone.messages, phone.total_s)
    assert ("", 2, 180 + 60) == (unread.channel, unread.messages, unread.total_s)
    assert [Tried("chat", 0, {"down": 1}), Tried("phone", 1, {})] == tried(record)
    assert [GaveUp("duty", "did_not_switch", "chat", ("command",))] == gave_up(record)


def test_the_load_of_a_desk_counts_overlapping_waits_once_as_busy():
    record = made(
        (1000, "officer.awaited", "police", "police/look", {}),
        (1060, "officer.free", "police", "police/look", {}),
        at(1000, "composed", "duty", "m", to="police", kind="notice", facts=[]),
        at(1010, "sent", "duty", "m", channel="chat", attempt=1),
        at(1030, "delivered", "police", "m", channel="chat"),
        at(1030, "laid_aside", "police", "m"),
        at(1120, "taken_up", "police", "m"),
        at(1150, "read", "police", "m"),
    )
    assert [Load("police", 1, 2, 60 + 90, 90, 120, 120 / END_S)] == loads(record)


def test_work_that_waits_for_an_officer_until_the_end_counts_until_then():
    record = made((END_S - 300, "officer.awaited", "health", "health/treat", {}))
    assert [Wait("health/treat", "health", "officer", END_S - 300, END_S)] == waits(record)


def test_a_call_may_wait_for_an_officer_of_its_sender_and_then_for_a_line():
    record = made(
        at(50, "composed", "city", "other", to="health", kind="notice", facts=[]),
        at(100, "composed", "duty", "m", to="command", kind="report", facts=[]),
        at(100, "queued", "duty", "m", channel="phone", awaits="sender"),
        at(130, "queued", "duty", "m", channel="phone", awaits="line"),
        at(150, "sent", "duty", "m", channel="phone", attempt=1),
    )
    assert [Wait("m", "duty", "officer", 100, 130), Wait("m", "command", "line", 130, 150)] == waits(record)


def test_an_installation_takes_down_channels_where_it_serves_and_a_cut_takes_one_down_for_all():
    record = made(
        (600, "lifeline.failed", "", "room-town", {}),
        (1200, "lifeline.restored", "", "room-town", {}),
        (900, "channel.cut", "", "satellite", {}),
    )
    county = record.exercise.county
    desks = {one.id: one for one in county.organizations}
    needing = tuple(
        one.id for one in county.channels if "machine_room" in one.needs and one.id in desks["duty"].channels
    )
    assert "phone" in needing
    order = [one.id for one in county.channels]
    both = tuple(sorted((*needing, "satellite"), key=order.index))
    stretches = [Stretch(600, 900, needing), Stretch(900, 1200, both), Stretch(1200, END_S, ("satellite",))]
    assert stretches == without(record, desks["duty"])
    assert [Stretch(900, END_S, ("satellite",))] == without(record, desks["city"])
    assert {"room-town": [(600, 1200)], "satellite": [(900, END_S)]} == down_times(record)
    rows = {row.channel: row for row in channels_down(record)}
    have = sum("satellite" in one.channels for one in county.organizations if not one.public)
    assert (have, have, END_S - 900) == (rows["satellite"].desks, rows["satellite"].of, rows["satellite"].down_s)
    assert have * (END_S - 900) == rows["satellite"].desk_s
    assert (600, 1200, 600) == (rows["phone"].first_s, rows["phone"].last_s, rows["phone"].down_s)
    (rooms,) = installations_down(record)
    assert ("machine_room", 1, 600) == (rooms.kind, rooms.failed, rooms.down_s)


@pytest.mark.parametrize(
    ("spans", "length"), [([], 0), ([(0, 10), (5, 20)], 20), ([(0, 10), (10, 12), (40, 41)], 13), ([(0, 9), (2, 3)], 9)]
)
def test_the_union_of_spans(spans, length):
    assert length == union_s(spans)


LEAK = [{"fact": "incident/exists", "value": True}]


def test_what_the_time_until_somebody_knew_was_made_of_adds_up_over_the_chain():
    record = made(
        true(0, "incident/exists"),
        at(300, "composed", "public", "first", to="duty", kind="notice", facts=LEAK),
        at(310, "sent", "public", "first", channel="hotline", attempt=1),
        at(400, "delivered", "duty", "first", channel="hotline"),
        at(400, "read", "duty", "first"),
        learned(400, "duty", "incident/exists"),
        at(460, "composed", "duty", "second", to="command", kind="report", facts=LEAK),
        at(470, "sent", "duty", "second", channel="phone", attempt=1),
        at(500, "lost", "duty", "second", channel="phone", attempt=1, reason="no_answer"),
        at(560, "queued", "duty", "second", channel="phone"),
        at(600, "sent", "duty", "second", channel="phone", attempt=2),
        at(660, "delivered", "command", "second", channel="phone"),
        at(690, "read", "command", "second"),
        learned(690, "command", "incident/exists"),
        at(900, "composed", "duty", "again", to="command", kind="report", facts=LEAK),
        at(100, "composed", "duty", "other", to="health", kind="report", facts=[]),
    )
    (way,) = ways(record, SEATS, 2)
    assert ["first", "second"] == [hop.id for hop in way.hops]
    assert 1 == way.repeated
    assert ["first", "second"] == [hop.id for hop in chain(way, "command")]
    found = share(way, "command", lives_by_id(record))
    assert (300, 60) == (found.unseen_s, found.passing_s)
    assert {"before": 10 + 100, "held": 0, "queue": 40, "way": 90 + 60, "desk": 30} == found.parts_s
    assert 690 == found.unseen_s + found.passing_s + sum(found.parts_s.values())
    with pytest.raises(ValueError, match="no message brought"):
        share(way, "health", lives_by_id(record))


def test_on_a_run_the_shares_add_up_for_everybody_who_was_told_of_anything():
    record = Session("chlorine-leak", seed=5, policy="plan", overrides={"comms.profile": "three_outage"}).finish()
    by_id = lives_by_id(record)
    told = 0
    for way in ways(record, SEATS, 99):
        for role, cell in way.cells.items():
            if chain(way, role):
                found = share(way, role, by_id)
                assert cell.delay_s == found.unseen_s + found.passing_s + sum(found.parts_s.values())
                assert min(found.unseen_s, found.passing_s, *found.parts_s.values()) >= 0
                told += 1
    assert told > 10
