"""One sitting at the terminal: the session, who is served, in which language; and how it is gone on with."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

from sim.canon import pretty
from sim.cli.terminal.console import Console
from sim.cli.terminal.layout import wrap
from sim.cli.terminal.turns import Turns
from sim.cli.terminal.undone import given_again
from sim.errors import bad_input
from sim.play.session import Session
from sim.record.disk import write_atomic
from sim.record.journal import Entry
from sim.record.view import View, view
from sim.show.names import Names

Mode = Literal["hands-on", "group", "observe", "lecture"]
Rule = Literal["majority", "leader"]
FILE = "terminal.json"
"""How a run is played in the terminal; beside the record and no part of it."""
EVERY_S = 900
"""How often seats with news get a stop where nothing else was said, in seconds."""
WATCHER = "observer"
"""Who notes in the modes in which nobody takes a seat."""


class Sitting(NamedTuple):
    """How an exercise is played in the terminal.

    Attributes:
        mode: Who decides: the persons in their seats, a group, or nobody.
        seats: Seats that are watched; empty for all. Which seats are taken stands in ``run.json``.
        members: Members of the group, the leader first.
        rule: The group's rule.
        pace: Times the real time that an answer took; None charges the session's fixed time.
        trainer: Whether the trainer's menu is there.
        every_s: How often seats with news may look and act though nothing is asked, in seconds; 0 for never.
    """

    mode: Mode = "hands-on"
    seats: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    rule: Rule = "majority"
    pace: float | None = None
    trainer: bool = False
    every_s: int = EVERY_S

    def keep(self, folder: Path) -> None:
        """Write it beside the record."""
        write_atomic(folder / FILE, pretty(self._asdict()))


def checked_sitting(given: dict[str, Any], known_seats: Sequence[str]) -> Sitting:
    """Return a sitting if it can be.

    Raises:
        BadInput: If a mode, a member, a seat or the pace cannot be used.
    """
    sitting = Sitting(**{**given, "seats": tuple(given["seats"]), "members": tuple(given["members"])})
    if sitting.mode not in get_args(Mode):
        raise bad_input("--mode", f"no mode {sitting.mode!r}", ", ".join(get_args(Mode)))
    if sitting.rule not in get_args(Rule):
        raise bad_input("--group-rule", f"no rule {sitting.rule!r}", ", ".join(get_args(Rule)))
    if sitting.mode == "group" and (len(set(sitting.members)) < 2 or len(set(sitting.members)) != len(sitting.members)):
        raise bad_input("--members", "a group has two members or more, each once", "a,b,c with the leader first")
    for seat in sitting.seats:
        if seat not in known_seats:
            raise bad_input("--seats", f"no seat {seat!r}", ", ".join(known_seats))
    if not 0 <= sitting.every_s <= 86_400:
        raise bad_input("--every", f"{sitting.every_s // 60} minutes cannot be", "0 to 1440 minutes")
    if sitting.pace is not None and not 0 < sitting.pace <= 1000:
        raise bad_input("--pace", f"{sitting.pace} cannot be a pace", "a number above 0, up to 1000")
    return sitting


def read_sitting(folder: Path, known_seats: Sequence[str]) -> tuple[Sitting, bool]:
    """Return how a run was played before, and whether its file is damaged; hands-on where nothing usable says so."""
    try:
        found = json.loads((folder / FILE).read_text(encoding="utf-8"))
        given = {name: found[name] for name in Sitting._fields}
        return checked_sitting(given, known_seats), False
    except FileNotFoundError:  # a branch was never sat down to
        return Sitting(), False
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return Sitting(), True


class Table:
    """What changes while people sit at the terminal.

    Args:
        session: The session.
        folder: Its run folder.
        lang: Language at the start.
        sitting: How it is played.
        console: The terminal.

    Attributes:
        session: The session; another one after an undo.
        lang: The language now.
        seat: The seat that sits before the screen.
        turns: When the seats get their stops.
        interrupted: Whether somebody pressed Ctrl-C while the exercise ran, and wants the prompt.
        again: Steps of the trainer that were taken back and are given again when their time comes.
    """

    def __init__(self, session: Session, folder: Path, lang: str, sitting: Sitting, console: Console) -> None:
        self.session = session
        self.folder = folder
        self.lang = lang
        self.sitting = sitting
        self.console = console
        self.seat = ""
        self.turns = Turns(sitting.every_s)
        self.interrupted = False
        self.again: list[Entry] = []
        self._before: dict[str, View] = {}
        self._thought_s: dict[str, float] = {}
        self._mark = time.monotonic()

    @property
    def names(self) -> Names:
        """Names of the exercise in the language of now."""
        return Names(self.session.exercise, self.lang)

    @property
    def columns(self) -> int:
        """Width of the terminal."""
        return self.console.paper().columns

    def before(self, seat: str) -> View | None:
        """Return what a seat was shown at its last stop; after a resume, what it saw when it last acted."""
        if seat in self._before:
            return self._before[seat]
        acted = [entry.at_s for entry in self.session.entries if entry.seat == seat and entry.kind != "note"]
        return view(self.session.events, seat, acted[-1]) if acted else None

    def shown(self, seen: View) -> None:
        """Remember what a seat was shown."""
        self._before[seen.seat] = seen

    def went_back(self, session: Session) -> None:
        """Go on with a session that stands at an earlier time."""
        self.session = session
        self._before.clear()
        self._thought_s.clear()
        self.turns.begin(session.settings.seats, session.now_s)

    def next_again_s(self) -> int | None:
        """Return when the next step of the trainer is given again, or None."""
        return min((entry.at_s for entry in self.again), default=None)

    def give_due(self) -> None:
        """Give the steps of the trainer again whose time has come, and say what could not be given."""
        now_s = self.session.now_s
        due = [entry for entry in self.again if entry.at_s <= now_s]
        self.again = [entry for entry in self.again if entry.at_s > now_s]
        for line in given_again(self.session, due, self.names):
            self.console.show(wrap(line, self.columns, "  "))

    def start_thinking(self, key: str = "") -> None:
        """Start the person's clock; a question that was put off brings the time that it had before."""
        self._mark = time.monotonic() - self._thought_s.pop(key, 0)

    def keep_thinking(self, key: str) -> None:
        """Keep the time that a question has had until it is asked again."""
        self._thought_s[key] = time.monotonic() - self._mark

    @contextmanager
    def watch_stopped(self) -> Iterator[None]:
        """Stop the person's clock meanwhile."""
        since = time.monotonic()
        try:
            yield
        finally:
            self._mark += time.monotonic() - since

    def charged_s(self) -> int:
        """Return the thinking time to charge now, in seconds."""
        if self.sitting.pace is None:
            return self.session.settings.thinking_s
        return min(86_400, round((time.monotonic() - self._mark) * self.sitting.pace))
