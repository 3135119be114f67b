"""The exercise room: one session, a thread that moves it, and everything that several pages need at the same time.

All that touches the session happens under one lock, in slices short enough that nobody waits long; a page's model is
made anew only when something has changed.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from sim.errors import AnswerRefused, Refusal, TabletopError
from sim.play.group import Group, is_proposal
from sim.play.runs import go_back, keep_score, read_references
from sim.play.seats import Seat, Watcher
from sim.play.session import Session
from sim.record.journal import Entry
from sim.serve.access import OBSERVER_PAGE, SCREEN_PAGE, TRAINER_PAGE, Access, page_of
from sim.serve.kept import Kept, keep
from sim.serve.models import Models
from sim.serve.results import results, write_results
from sim.serve.trainer_model import EVALUATOR
from sim.serve.words import say
from sim.show.names import Names

TICK_S = 0.5
"""How often a running exercise moves on, in real seconds."""
SLICE_S = 60
"""How far it moves at once where nothing holds it back, in seconds of the exercise."""
KEEP_EVERY_S = 5.0
"""How often it is written down how far the exercise has run, in real seconds."""


class Motion(NamedTuple):
    """How the clock moves.

    Attributes:
        until_s: To when; None for no time.
        keep_on: Whether it goes on by itself after a question was answered.
        paced: Whether it moves at the pace of the room, or as fast as it can.
    """

    until_s: int | None = None
    keep_on: bool = False
    paced: bool = False


class Room:
    """An exercise with its pages.

    Args:
        session: The session; persons take some of its seats.
        folder: Its run folder; None keeps the exercise in memory.
        kept: How the room is held.
        lang: Language of the report, and of pages that name none.
        address: Where the room can be reached, for the big screen.

    Attributes:
        session: The session; another one after something was taken back.
        turn: The lock under which the session is touched.
        access: Codes and tokens.
        motion: How the clock moves; None when it stands.
        result: The score card when there is one, and
        groups: what each seat and its members did.
        scoring: Whether the score is being worked out.
        trouble: What went wrong in the room's own thread; empty if nothing.
    """

    def __init__(
        self, session: Session, folder: Path | None, kept: Kept, *, lang: str = "en", address: str = ""
    ) -> None:
        self.session = session
        self.folder = folder
        self.kept = kept
        self.lang = lang
        self.address = address
        pages = (TRAINER_PAGE, SCREEN_PAGE, OBSERVER_PAGE, *(page_of(seat) for seat in session.settings.seats))
        self.access = Access(pages, kept.devices, dict(kept.joined))
        self.turn = threading.Condition()
        self.motion: Motion | None = None
        self.result: dict[str, Any] | None = None
        self.groups: list[dict[str, Any]] = []
        self.scoring = False
        self.trouble = ""
        self.version = 0
        self._listeners: list[Callable[[], None]] = []
        self._models = Models(self)
        self._names = {lang: Names(session.exercise, lang) for lang in ("zh", "en")}
        self._asked_at: dict[tuple[str, int], float] = {}
        self._kept_at = 0.0
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._drive, name="exercise", daemon=True)
        self._thread.start()

    # --- pages ---------------------------------------------------------------------------------------------------

    def names(self, lang: str) -> Names:
        """Return the names of the exercise in a language."""
        return self._names["zh" if lang == "zh" else "en"]

    def model(self, page: str, lang: str, number: int = 1, of: str = "") -> dict[str, Any]:
        """Return what a page shows now, as plain data; see :meth:`sim.serve.models.Models.model`."""
        with self.turn:
            return self._models.model(page, lang, number, of)

    def text(self, page: str, lang: str, number: int = 1, of: str = "") -> tuple[bytes, str]:
        """Return a page's model as JSON, and the digest of it."""
        with self.turn:
            return self._models.text(page, lang, number, of)

    def seat_model(self, seat: str, lang: str) -> dict[str, Any]:
        """Return what all devices of a seat show; not to be changed. The caller has the turn."""
        return self._models.seat(seat, lang)

    def own(self, seat: str) -> list[Entry]:
        """Return the lines of the journal that a seat gave, without what its members proposed."""
        return [entry for entry in self.session.entries if entry.seat == seat and not is_proposal(entry)]

    def group(self, seat: str) -> Group | None:
        """Return the group of those who joined a seat; None where they do not decide together, or nobody has joined."""
        members = [str(number) for number in self.access.devices(page_of(seat))]
        return Group(Seat(self.session, seat), members, self.kept.rule) if members and self.kept.rule else None

    def watcher(self, number: int) -> Watcher:
        """Return the door of an observer."""
        return Watcher(self.session, f"{EVALUATOR}-{number}", self.seen_by_observers)

    @property
    def seen_by_observers(self) -> tuple[str, ...]:
        """The seats of persons that observers may see."""
        seats = self.session.settings.seats
        return seats if self.kept.sees is None else tuple(seat for seat in seats if seat in self.kept.sees)

    @property
    def finished(self) -> bool:
        """Whether the exercise is over."""
        return self.session.finished

    def alarm(self, lang: str) -> str:
        """Return what everybody is told if a real event stopped the exercise."""
        real = any(entry.choice == "real_event" for entry in self.session.entries)
        return say("real_done", lang) if real else ""

    def charged_words(self, lang: str) -> str:
        """Return how thinking time is charged, in words."""
        if self.kept.think is not None:
            return say("charged_real", lang, pace=f"{self.kept.think:g}")
        return say("charged", lang, time=self.names(lang).length(self.session.settings.thinking_s))

    # --- changes -------------------------------------------------------------------------------------------------

    def listen(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Let something be called after every change, from any thread; returns what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def changed(self) -> None:
        """Tell everybody that something is different."""
        with self.turn:
            self.version += 1
            now = time.monotonic()
            for asked in self.session.waiting():
                self._asked_at.setdefault((asked.key, asked.opened_s), now)
            self.turn.notify_all()
        for listener in tuple(self._listeners):
            listener()

    def keep(self, **fields: Any) -> None:
        """Write down how the room is held, with some of it changed.

        Raises:
            OSError: If it cannot be written.
        """
        with self.turn:
            reached_s = self.session.now_s
            joined = tuple(sorted(self.access.joined().items()))
            now = {"devices": tuple(self.access.kept()), "joined": joined, "reached_s": reached_s}
            self.kept = self.kept._replace(**{**now, **fields})
            self._kept_at = time.monotonic()
            if self.folder is not None:
                keep(self.folder, self.kept)

    def charged_s(self, key: str) -> int | None:
        """Return the thinking time to charge for an answer, in seconds; None for the session's fixed time."""
        if self.kept.think is None:
            return None
        times = [at for (asked, _), at in self._asked_at.items() if asked == key]
        return round((time.monotonic() - max(times, default=time.monotonic())) * self.kept.think)

    # --- the clock -----------------------------------------------------------------------------------------------

    def move(self, motion: Motion | None) -> None:
        """Let the clock move, or hold it.

        Raises:
            AnswerRefused: If the exercise is over.
        """
        with self.turn:
            if motion is not None and self.finished:
                raise AnswerRefused(Refusal.EXERCISE_OVER, "clock", "", "notes")
            self.motion = motion
            if motion is None:
                self.keep()
            self.changed()

    def _drive(self) -> None:
        """Move the session on while it is to move; the body of the room's thread."""
        while not self._closed.is_set():
            with self.turn:
                moving = self.motion is not None and not self.session.waiting()
                try:
                    if moving:
                        self._slice()
                    elif self._overrun():
                        self.changed()
                except (TabletopError, OSError) as error:
                    self.trouble, self.motion = str(error), None
                    self.changed()
                if not moving:
                    self.turn.wait(TICK_S)
                    continue
                paced = self.motion is not None and self.motion.paced and self.kept.pace is not None
            self._closed.wait(TICK_S if paced else 0.005)

    def _slice(self) -> None:
        session, motion = self.session, self.motion
        assert motion is not None
        pace = self.kept.pace if motion.paced else None
        goal_s = session.now_s + (SLICE_S if pace is None else max(1, round(pace * TICK_S)))
        waiting = session.advance(goal_s if motion.until_s is None else min(goal_s, motion.until_s))
        there = motion.until_s is not None and session.now_s >= motion.until_s
        if session.finished or there or (waiting and not motion.keep_on):
            self.motion = None
        if self.motion is None or waiting or time.monotonic() - self._kept_at > KEEP_EVERY_S:
            self.keep()
        self.changed()

    def _overrun(self) -> bool:
        """Where real time counts, let questions whose time has run out be answered with none."""
        if self.kept.think is None or self.finished:
            return False
        late: dict[str, str | None] = {}
        for asked in self.session.waiting():
            charged_s = self.charged_s(asked.key) or 0
            if charged_s >= asked.opened_s + asked.limit_s - self.session.now_s:
                late[asked.key] = None
        if late:
            self.session.decide(late)
        return bool(late)

    # --- the end -------------------------------------------------------------------------------------------------

    def take_back(self, line: int) -> None:
        """Take back a line of the journal and what followed it.

        Raises:
            AnswerRefused: If it cannot be taken back.
        """
        with self.turn:
            self.motion = None
            self.session = go_back(self.session, line, "undo by the trainer")
            self._asked_at.clear()
            self.keep()
            self.changed()

    def score(self) -> None:
        """Score the exercise and write its report; takes seconds, during which pages still answer.

        Raises:
            AnswerRefused: If the exercise is not over, or it is kept in memory only.
        """
        with self.turn:
            if not self.finished or self.folder is None:
                raise AnswerRefused(Refusal.NOT_ALLOWED, "finish", "", "notes")
            if self.scoring or self.result is not None:
                return
            self.scoring = True
            record = self.session.finish()
            self.changed()
        try:
            from sim.cli.exercise import write_report

            card = keep_score(self.folder, record)
            write_report(self.folder, record, card, read_references(self.folder), self.lang)
            seats = self.session.settings.seats
            joined = {seat: self.access.joined().get(page_of(seat), 0) for seat in seats} if self.kept.rule else {}
            self.groups = results(record, card, seats, joined)
            write_results(self.folder, self.groups, self.names(self.lang))
            self.result = card
        finally:
            self.scoring = False
            self.changed()

    def close(self) -> None:
        """Stop the thread and let another session go on with the folder."""
        self._closed.set()
        with self.turn:
            self.turn.notify_all()
        self._thread.join(timeout=30)
        with self.turn:
            if self.folder is not None:
                self.keep()
            self.session.close()
