"""Whatever is clicked, in whatever order, and however often it is interrupted: no decision is lost, and the record
is a function of the files, the settings and what counts of the journal."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from sim.errors import AnswerRefused, BadInput
from sim.play.answerers import nothing_new
from sim.play.runs import go_back, replay, session_from
from sim.play.seats import Seat, Watcher
from sim.play.session import Session
from sim.play.trainer import Trainer
from sim.record.journal import effective, read_journal
from tests.play.made import SEATS, in_memory, orders, play_on, short

EXERCISE = short()
INJECTS = [inject.id for inject in EXERCISE.scenario.injects]
CHANNELS = [channel.id for channel in EXERCISE.county.channels]
WRONG_ORDERS = [
    {"do": "dance"},
    {"do": "send", "task": "cordon", "at": "moon", "units": ["patrol"]},
    {"do": "tell", "to": [], "facts": ["incident/sign"]},
    {"do": "tell", "to": ["command"], "facts": ["leak/nothing"]},
    {},
    "send",
    None,
]
charges = st.sampled_from([0, 1, 59, 120, 400]) | st.integers(0, 2000)
CONTROLS = st.one_of(
    st.tuples(st.sampled_from(["hold", "release", "skip", "send"]), st.sampled_from([*INJECTS, "nothing"])),
    st.tuples(st.sampled_from(["cut", "restore"]), st.sampled_from([*CHANNELS, "room-town", "pigeon"])),
    st.tuples(st.just("duty_check"), st.sampled_from([None, "police", "nobody"])),
    st.tuples(st.just("set"), st.just("comms.delay_factor"), st.sampled_from([0, 0.5, 3, -1])),
    st.tuples(st.just("set"), st.just("duty.phone_lines"), st.sampled_from([1, 9, 1.5])),
    st.tuples(
        st.just("inject"),
        st.sampled_from(["city", "public", "nobody"]),
        st.sampled_from(["duty", "command", ("police", "health"), ()]),
        st.just("news"),
    ),
    st.tuples(st.sampled_from(["pause", "allow_whatif"]), st.sampled_from(["police", "nobody"])),
)


class Play(RuleBasedStateMachine):
    """A session in a folder; ``promised`` is what was acknowledged and not taken back since."""

    def __init__(self):
        super().__init__()
        self.place = tempfile.TemporaryDirectory()
        self.folder = Path(self.place.name) / "run"
        self.session = Session(EXERCISE, seed=3, seats=SEATS, folder=self.folder)
        self.promised = []

    @property
    def journal(self):
        return self.folder / "journal.jsonl"

    def attempt(self, act, *what):
        """Do something that may be refused; a refusal changes nothing."""
        before = (self.journal.read_bytes() if self.journal.exists() else b"", len(self.session.events))
        try:
            act()
        except (AnswerRefused, BadInput):
            assert before == (self.journal.read_bytes() if self.journal.exists() else b"", len(self.session.events))
        else:
            self.promised.append(what)

    @rule(ahead=st.integers(-5, 1500))
    def advance(self, ahead):
        self.session.advance(self.session.now_s + ahead)

    @rule(times=st.integers(1, 8))
    def step(self, times):
        for _ in range(times):
            self.session.step()

    @rule(data=st.data(), charged_s=charges, late=st.integers(0, 600))
    @precondition(lambda self: self.session.waiting())
    def answer(self, data, charged_s, late):
        asked = data.draw(st.sampled_from(self.session.waiting()))
        choice = data.draw(st.sampled_from([*asked.options, None, "nothing"]))
        seat, at_s = Seat(self.session, asked.seat), self.session.now_s
        if late:
            self.attempt(lambda: seat.wait(asked.key, late), asked.key, at_s)
        else:
            self.attempt(lambda: seat.answer(asked.key, choice, charged_s=charged_s), asked.key, at_s)

    @rule(data=st.data(), seat=st.sampled_from(SEATS), charged_s=charges, wrong=st.booleans())
    def order(self, data, seat, charged_s, wrong):
        order = data.draw(st.sampled_from(WRONG_ORDERS) if wrong else orders(EXERCISE, seat))
        key = f"{seat}/order/{self.session.now_s}"
        self.attempt(lambda: Seat(self.session, seat).order(order, charged_s=charged_s), key, self.session.now_s)

    @rule(control=CONTROLS, again=st.booleans())
    def control(self, control, again):
        name, *arguments = control
        kind = "inject" if name == "inject" else "control"
        what = (f"trainer/{kind}/{self.session.now_s}", self.session.now_s)
        for _ in range(1 + again):  # a second click in the same second
            self.attempt(lambda: getattr(Trainer(self.session), name)(*arguments), *what)

    @rule(text=st.sampled_from(["seen", " ", "half \ud800"]))
    def note(self, text):
        what = (f"evaluator/note/{self.session.now_s}", self.session.now_s)
        self.attempt(lambda: Watcher(self.session, "evaluator").note(text), *what)

    @rule(torn=st.sampled_from([b"", b"{", b'{"arguments":{', b"\xe5\xae"]))
    @precondition(lambda self: not self.session.finished)
    def resume(self, torn):
        self.session.close()
        with self.journal.open("ab") as stream:  # a write that was never acknowledged
            stream.write(torn)
        before = effective(self.session.journal)
        self.session, left_out = session_from(self.folder, replay=False)
        assert torn.decode(errors="replace") == left_out
        assert before == effective(self.session.journal)[: len(before)]

    @rule(data=st.data())
    @precondition(lambda self: not self.session.finished and self.session.journal)
    def undo(self, data):
        line = data.draw(st.integers(0, len(self.session.journal)))
        given = {entry.seq: entry for entry in self.session.entries}.get(line)
        try:
            self.session = go_back(self.session, line)
        except AnswerRefused:
            return
        kept = [(entry.key.partition(".")[0], entry.at_s) for entry in self.session.entries]
        assert given not in self.session.entries
        self.promised = [what for what in self.promised if what in kept]

    @rule()
    @precondition(lambda self: self.session.now_s > 3000)
    def real_event(self):
        what = (f"trainer/control/{self.session.now_s}", self.session.now_s)
        self.attempt(lambda: Trainer(self.session).real_event(), *what)

    @invariant()
    def what_was_acknowledged_is_on_disk(self):
        entries, torn = read_journal(self.journal)
        assert (list(self.session.journal), "") == (entries, torn)
        given = [(entry.key.partition(".")[0], entry.at_s) for entry in effective(entries)]
        assert [] == [what for what in self.promised if what not in given]

    def teardown(self):
        try:
            record = play_on(self.session)
            assert replay(self.folder)[1] is None
            counted = effective(record.journal)
            assert record.digest == in_memory(self.session, counted, answerer=nothing_new).finish().digest
            chopped = in_memory(self.session, counted, answerer=nothing_new)
            while not chopped.finished:
                chopped.step()
                chopped.advance(chopped.now_s + 7)
            assert record.digest == chopped.finish().digest
            for event in record.events[1:]:  # whatever was ordered, everything that happens has an earlier cause
                assert event.cause is not None
                assert all(number < event.seq for number in (event.cause, *event.also))
        finally:
            self.session.close()
            self.place.cleanup()


def examine(examples, steps):
    run_state_machine_as_test(
        Play,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            derandomize=True,  # a test that fails on one day fails on every day
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_no_decision_is_lost_and_no_pause_shows():
    examine(5, 20)


@pytest.mark.slow
def test_no_decision_is_lost_and_no_pause_shows_in_many_exercises():
    examine(30, 40)
