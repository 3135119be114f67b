"""Lines: never more held than there are, urgent first, cutting in only from below, and always a reason for waiting."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from sim.engine import Clock, Interrupted


def settle(clock):
    """Let everything of this instant happen."""
    now = clock.now
    while clock.next_at() <= now:
        clock.step()


class User:
    """Wants a line, keeps it until told otherwise, and notes what happened to it."""

    def __init__(self, clock, line, name, urgency, cut_in):
        self.name, self.urgency, self.cut_in = name, urgency, cut_in
        self.key = (urgency, clock.now, not cut_in)
        self.state, self.cut_off_by = "waits", None
        self.clock, self.line, self.leave = clock, line, clock.occurrence()
        self.activity = clock.start(self._run())

    def _run(self):
        self.request = self.line.take(self.urgency, cut_in=self.cut_in)
        try:
            yield self.request | self.leave
            if not self.request.triggered:
                self.line.give_up(self.request)
                self.state = "gave up"
                return
            self.state = "holds"
            self.line.claim(self.request, self.name)
            yield self.leave
            self.state = "left"
        except Interrupted as stop:
            self.state, self.cut_off_by = "cut off", stop.cause.by
        self.line.give_back(self.request, self.name)


@given(st.integers(1, 5), st.lists(st.integers(0, 3), min_size=1, max_size=15))
def test_the_urgent_go_first_and_then_who_came_first(capacity, urgencies):
    clock = Clock()
    line = clock.line(capacity)
    served = []

    def use(number, urgency):
        yield clock.wait(number)
        request = line.take(urgency)
        yield request
        served.append((clock.now, number))
        yield clock.wait(100 if clock.now >= 50 else 1000 - clock.now)
        line.give_back(request, None)

    for number, urgency in enumerate(urgencies):
        clock.start(use(number, urgency))
    while clock.next_at() < 10_000:
        clock.step()
    in_turn = sorted(range(capacity, len(urgencies)), key=lambda number: (urgencies[number], number))
    assert [*range(min(capacity, len(urgencies))), *in_turn] == [number for _, number in served]


def test_who_cuts_in_does_so_when_the_one_before_gives_up():
    clock = Clock()
    line = clock.line(1)
    users = []
    for number, urgency in enumerate((1, 0, 0)):
        users.append(User(clock, line, number, urgency, number == 2))
        at(clock, number + 1)
    held, before, urgent = users
    assert ["holds", "waits", "waits"] == [user.state for user in users]
    before.leave.succeed()
    settle(clock)
    assert ["cut off", "gave up", "holds"] == [user.state for user in (held, before, urgent)]


class Lines(RuleBasedStateMachine):
    """Users come, leave, give up and cut in, and lines are added and taken away, in any order."""

    users = Bundle("users")

    @initialize(capacity=st.integers(1, 3))
    def begin(self, capacity):
        self.clock = Clock()
        self.line = self.clock.line(capacity)
        self.all = []

    @rule(target=users, urgency=st.integers(0, 3), cut_in=st.booleans())
    def come(self, urgency, cut_in):
        held = [user for user in self.all if user.state == "holds"]
        waiting = [user for user in self.all if user.state == "waits"]
        needed = len(held) + 1 - self.line.capacity
        user = User(self.clock, self.line, len(self.all), urgency, cut_in)
        self.all.append(user)
        settle(self.clock)
        below = [other for other in held if other.urgency > urgency]
        before = [other for other in waiting if other.key <= user.key]
        cut_off = [other for other in held if other.state == "cut off"]
        if needed <= 0 or not cut_in or before or len(below) < needed:
            assert [] == cut_off
        else:
            least = sorted(below, key=lambda one: one.key)[-needed:]
            assert sorted(other.urgency for other in least) == sorted(other.urgency for other in cut_off)
            assert all(other.cut_off_by is user.activity for other in cut_off)
            assert "holds" == user.state
        return user

    @rule(user=users)
    def leave(self, user):
        if user.state in ("waits", "holds"):
            user.leave.succeed()
        settle(self.clock)

    @rule(one=users, other=users)
    def leave_in_one_instant(self, one, other):
        for user in (one, other):
            if user.state in ("waits", "holds") and not user.leave.triggered:
                user.leave.succeed()
        settle(self.clock)

    @rule(seconds=st.integers(1, 5))
    def let_time_pass(self, seconds):
        at(self.clock, self.clock.now + seconds)

    @rule(capacity=st.integers(1, 4))
    def widen(self, capacity):
        held = [user for user in self.all if user.state == "holds"]
        waiting = [user for user in self.all if user.state == "waits"]
        self.line.widen(capacity)
        settle(self.clock)
        if not any(user.cut_in for user in waiting):
            assert all(user.state == "holds" for user in held)
            served = [user for user in waiting if user.state == "holds"]
            assert min(len(waiting), max(0, capacity - len(held))) == len(served)

    @invariant()
    def nobody_waits_beside_a_free_line(self):
        holds = [user for user in self.all if user.state == "holds"]
        waits = [user for user in self.all if user.state == "waits"]
        assert len(holds) == self.line.busy
        assert len(waits) == self.line.waiting
        if waits:
            assert self.line.busy >= self.line.capacity
            assert {user.name for user in holds} <= set(self.line.ahead)
        for user in holds:
            assert self.line.holds(user.request)

    def teardown(self):
        for user in getattr(self, "all", []):
            if not user.leave.triggered:
                user.leave.succeed()
                settle(self.clock)
        assert not self.all or 0 == self.line.busy == self.line.waiting


TestLines = Lines.TestCase
TestLines.settings = settings(max_examples=60, stateful_step_count=30)


def user_of(clock, line, name, urgency=0, cut_in=False):
    user = User(clock, line, name, urgency, cut_in)
    settle(clock)
    return user


def at(clock, seconds):
    clock.at(seconds - clock.now, lambda: None)
    while clock.next_at() <= seconds:
        clock.step()


def test_who_waits_is_told_which_event_freed_the_line():
    clock = Clock()
    line = clock.line(2)
    first, second = user_of(clock, line, 1), user_of(clock, line, 2)
    at(clock, 5)
    third = user_of(clock, line, 3)
    assert {1, 2} <= set(line.ahead)
    at(clock, 9)
    second.leave.succeed()
    settle(clock)
    assert "holds" == third.state
    assert 2 in line.freed_by
    assert {1, 3} <= set(line.ahead)
    assert "holds" == first.state


def test_only_who_is_less_urgent_is_cut_off_and_then_the_least_urgent_who_came_last():
    clock = Clock()
    line = clock.line(3)
    users = [user_of(clock, line, number, urgency) for number, urgency in enumerate((2, 1, 2))]
    at(clock, 3)
    assert "waits" == user_of(clock, line, 7, 2, cut_in=True).state
    assert "holds" == user_of(clock, line, 8, 0, cut_in=True).state
    assert ["holds", "holds", "cut off"] == [user.state for user in users]


def test_nobody_is_cut_off_by_an_equal_of_the_same_second():
    clock = Clock()
    line = clock.line(1)
    first = user_of(clock, line, 1, 1)
    assert "waits" == user_of(clock, line, 2, 1, cut_in=True).state
    assert "holds" == first.state


def test_nobody_is_cut_off_in_vain():
    """Two lines are held and one is left: an urgent call that could take only one of them takes none."""
    clock = Clock()
    line = clock.line(2)
    urgent, other = user_of(clock, line, 1, 0), user_of(clock, line, 2, 2)
    line.widen(1)
    third = user_of(clock, line, 3, 1, cut_in=True)
    assert ["holds", "holds", "waits"] == [user.state for user in (urgent, other, third)]
    urgent.leave.succeed()
    settle(clock)
    assert ["left", "cut off", "holds"] == [user.state for user in (urgent, other, third)]


def after_some(clock, steps, action):
    """Do something in this instant, so many steps later."""
    clock.at(0, action if not steps else lambda: after_some(clock, steps - 1, action))


@pytest.mark.parametrize("steps", range(5))
def test_what_is_given_up_in_the_instant_in_which_it_comes_is_free_again(steps):
    clock = Clock()
    line = clock.line(1)
    first = user_of(clock, line, 1)
    request = line.take()
    first.leave.succeed()
    after_some(clock, steps, lambda: line.give_up(request, 5))
    settle(clock)
    assert 0 == line.busy == line.waiting
    assert "holds" == user_of(clock, line, 2).state
