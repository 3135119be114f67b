"""What must hold in every run, whatever happens in it: lives that end once, sums of parts, Little's law, lines kept."""

from functools import cache
from itertools import pairwise

import pytest

from sim.assess.traffic import ENDS, PARTS, lives
from sim.engine import clock as clocks
from sim.engine.line import Line
from sim.play.session import Session
from tests.engine.worlds import whole_exercise

SEED = 5
SETTINGS = {
    "default": {},
    "three_outage": {"comms.profile": "three_outage"},
    "preempt": {"comms.priority": "preempt", "public.calls_factor": 3},
    "platform": {"platform.on": "on", "comms.profile": "network_outage"},
}
CASES = [(policy, name) for policy in ("plan", "none") for name in SETTINGS]
every_run = pytest.mark.parametrize(("policy", "name"), CASES)
SERVED = {"desk": "lines", "net": "nets", "pool": "pools"}


class Watched(Line):
    """A line that notes when who wanted, got and left it."""

    def __init__(self, env, capacity):
        super().__init__(env, capacity)
        self.requests, self.wanted, self.got, self.left = [], {}, {}, {}
        self.queue_s = self.busy_s = self.seen_s = self.most = 0
        self.widest = capacity

    def _look(self):
        """Add up what has been since the last change: how many waited and how many held a line, times how long."""
        passed, self.seen_s = self._env.now - self.seen_s, self._env.now
        self.queue_s += passed * self.waiting
        self.busy_s += passed * self.busy
        self.most = max(self.most, self.busy)

    def widen(self, capacity):
        self._look()
        super().widen(capacity)
        self.widest = max(self.widest, capacity)

    def take(self, urgency=0, *, cut_in=False):
        self._look()
        request = super().take(urgency, cut_in=cut_in)
        self.requests.append(request)
        self.wanted[request] = self._env.now
        return request

    def give_up(self, request, cause=None):
        self._look()
        super().give_up(request, cause)
        self.left.setdefault(request, self._env.now)

    def give_back(self, request, cause):
        self._look()
        super().give_back(request, cause)
        self.left.setdefault(request, self._env.now)

    def add_up(self, end_s):
        """Return the sums of waits and of services, request by request."""
        self._look()
        waits = services = 0
        for request in self.requests:
            got = request.usage_since
            until = self.left.get(request, end_s)
            waits += (until if got is None else got) - self.wanted[request]
            services += 0 if got is None else until - got
        return waits, services


@cache
def run_of(policy, name):
    """Return a run with watched lines: its record, and the desks at its end."""
    before, clocks.Line = clocks.Line, Watched
    try:
        session = Session(whole_exercise(), seed=SEED, policy=policy, overrides=SETTINGS[name], audit=True)
        record = session.finish()
    finally:
        clocks.Line = before
    return record, session


def messages(record):
    found = {}
    for event in record.events:
        if event.kind.startswith("message."):
            found.setdefault(event.subject, []).append(event)
    return found


def end_s(record):
    return record.events[-1].at_s


@every_run
def test_each_message_ends_in_exactly_one_way(policy, name):
    record, _ = run_of(policy, name)
    told = {life.id: life for life in lives(record)}
    assert sorted(told) == sorted({e.subject for e in record.events if e.kind == "message.composed"})
    for ident, life in messages(record).items():
        steps = [event.kind.partition(".")[2] for event in life]
        assert "composed" == steps[0] and 1 == steps.count("composed")
        ways = {
            "acknowledged": "acknowledged" in steps,
            "read": "read" in steps and "acknowledged" not in steps,
            "delivered": "delivered" in steps and "read" not in steps,
            "expired": "expired" in steps,
            "on_the_way": not {"delivered", "expired"} & set(steps),
        }
        assert set(ENDS) == set(ways)
        assert [told[ident].end] == [way for way, holds in ways.items() if holds]
        assert all(steps.count(step) <= 1 for step in ("delivered", "read", "acknowledged", "expired"))
    assert 20 < len(told)


@every_run
def test_the_parts_of_a_life_add_up_to_the_whole(policy, name):
    found = [life for life in lives(run_of(policy, name)[0]) if life.read_s is not None]
    assert found
    for life in found:
        parts = life.parts_s()
        assert PARTS == tuple(parts)
        assert min(parts.values()) >= 0
        assert sum(parts.values()) == life.read_s - life.composed_s


@every_run
def test_time_goes_forward_and_every_step_follows_from_one_of_its_message(policy, name):
    record, _ = run_of(policy, name)
    for life in messages(record).values():
        for before, after in pairwise(life):
            assert (before.at_s, before.seq) < (after.at_s, after.seq)
        numbers = {event.seq for event in life}
        own = [event for event in life[1:] if event.kind not in ("message.approved", "message.acted")]
        assert all(event.cause in numbers for event in own)


@every_run
def test_every_loss_has_a_reason_that_the_record_shows(policy, name):
    record, _ = run_of(policy, name)
    by_seq = {event.seq: event for event in record.events}
    urgent = {e.subject: e for e in record.events if e.kind == "message.composed"}
    for lost in (event for event in record.events if event.kind == "message.lost"):
        seen = [by_seq[seq].kind for seq in lost.also]
        match lost.data["reason"]:
            case "down":
                assert {"channel.cut", "lifeline.failed"} & set(seen)
            case "busy":
                assert seen
            case "cut_off":
                assert "preempt" == name
                assert any(by_seq[seq].subject in urgent for seq in lost.also)
            case reason:
                assert reason in ("failed", "no_answer")


@every_run
def test_nothing_arrives_over_a_channel_that_is_down(policy, name):
    record, _ = run_of(policy, name)
    county = record.exercise.county
    channels = {one.id: one for one in county.channels}
    places = {one.id: one.at for one in county.organizations}
    down, lines, arrived, kept = set(), {one.id: one for one in county.lifelines}, 0, 0
    to = {e.subject: e.data["to"] for e in record.events if e.kind == "message.composed"}
    sender = {e.subject: e.actor for e in record.events if e.kind == "message.composed"}

    def serves(kind, place):
        serving = [one for one in lines.values() if one.kind == kind and place in one.serves]
        return not serving or any(one.id not in down for one in serving)

    for event in record.events:
        if event.kind in ("channel.cut", "lifeline.failed"):
            down.add(event.subject)
        elif event.kind in ("channel.restored", "lifeline.restored"):
            down.discard(event.subject)
        elif event.kind == "message.delivered":
            arrived += 1
            kept += bool(down)
            channel, ends = channels[event.data["channel"]], [to[event.subject], sender[event.subject]]
            assert channel.id not in down
            public = {one.id for one in county.organizations if one.public}
            for end in (one for one in ends if places.get(one) is not None and one not in public):
                assert all(serves(kind, places[end]) for kind in channel.needs), event
    assert arrived
    if "outage" in str(SETTINGS[name]):
        assert kept


@every_run
def test_littles_law_and_the_law_of_utilization_at_every_line_and_desk(policy, name):
    """L = lambda W and busy time = sum of service, in whole seconds: the integrals are the sums, exactly."""
    record, session = run_of(policy, name)
    desks, busy = session.scene.exchange.desks, 0
    for group in (desks.lines, desks.nets, desks.officers, desks.pools):
        for line in group.values():
            waits, services = line.add_up(end_s(record))
            assert (line.queue_s, line.busy_s) == (waits, services)
            assert line.most <= line.widest
            busy += services
    assert busy > 0


@every_run
def test_the_record_tells_how_long_every_line_was_busy(policy, name):
    """From sending to the end of the attempt: in the record as on the line itself; callers are not in the record."""
    record, session = run_of(policy, name)
    county, end = record.exercise.county, end_s(record)
    holds = {one.id: one.holds for one in county.channels}
    groups = {one.id: one.group or one.id for one in county.organizations}
    told = {}
    for life in messages(record).values():
        to, since, on = life[0].data["to"], None, None
        for event in life[1:]:
            if event.kind == "message.sent" and holds.get(event.data["channel"], "nothing") != "nothing":
                since, on = event.at_s, event.data["channel"]
            elif event.kind in ("message.delivered", "message.lost") and since is not None:
                key = (holds[on], {"pool": on, "net": groups[to]}.get(holds[on], to))
                told[key] = told.get(key, 0) + event.at_s - since
                since = None
        if since is not None:
            key = (holds[on], {"pool": on, "net": groups[to]}.get(holds[on], to))
            told[key] = told.get(key, 0) + end - since
    for hold, group in SERVED.items():
        for ident, line in getattr(session.scene.exchange.desks, group).items():
            if (hold, ident) in (("desk", "duty"), ("pool", "video")):
                assert told.get((hold, ident), 0) <= line.add_up(end)[1]  # also callers, and conferences
            else:
                assert told.get((hold, ident), 0) == line.add_up(end)[1], (hold, ident)
    assert told


@every_run
def test_littles_law_for_the_messages_that_wait_for_each_desk_from_the_record_alone(policy, name):
    """The integral of how many messages wait for a line is the sum of the waits of their lives, in whole seconds.

    While a call rings, the record does not tell the moment in which an officer picks it up; a life that rang for an
    officer has waited at least as long as before it was sent, and at most that and all its ringing.
    """
    record, _ = run_of(policy, name)
    told, waited = {life.id: life for life in lives(record)}, 0
    for desk in dict.fromkeys(life.to for life in told.values()):
        mine = {ident: life for ident, life in messages(record).items() if told[ident].to == desk}
        rings = {ident for ident in mine if ringing_s(mine[ident])}
        calm = [event for ident, life in mine.items() if ident not in rings for event in life]
        integral = integral_of_waiting(sorted(calm), end_s(record))
        on_the_way = sum(end_s(record) - life[-1].at_s for life in mine.values() if life[-1].kind == "message.queued")
        assert integral == sum(told[ident].queue_s for ident in mine if ident not in rings) + on_the_way
        waited += integral
        for ident in rings:
            before = integral_of_waiting(mine[ident], end_s(record)) - ringing_s(mine[ident])
            assert before <= told[ident].queue_s <= before + ringing_s(mine[ident])
    assert waited or policy == "none"


def integral_of_waiting(events, end):
    """Return the integral over time of how many messages wait, in seconds."""
    waiting, integral, last = set(), 0, 0
    for event in events:
        integral += len(waiting) * (event.at_s - last)
        last = event.at_s
        waiting.discard(event.subject)
        if event.kind == "message.queued":
            waiting.add(event.subject)
    return integral + len(waiting) * (end - last)


def ringing_s(life):
    """Return how long a message waited while it was under way, in seconds."""
    total, under_way = 0, False
    for event, after in pairwise(life):
        if under_way and event.kind == "message.queued":
            total += after.at_s - event.at_s
        under_way = event.kind == "message.sent" or (under_way and event.kind == "message.queued")
    return total
