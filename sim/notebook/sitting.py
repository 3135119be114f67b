"""An exercise that is held inside a notebook's kernel, beside whatever the kernel does."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import ipywidgets

from sim.cli.terminal.refusals import refusal
from sim.errors import AnswerRefused, NotFinished, TabletopError, bad_input
from sim.notebook.panel import Panel
from sim.play.session import Session
from sim.record.folder import RunRecord
from sim.serve.access import TRAINER_PAGE, page_of
from sim.serve.doors import seat_act, trainer_act
from sim.serve.kept import new_room
from sim.serve.room import Motion, Room
from sim.serve.start import resumed
from sim.serve.words import say
from sim.spec.load import load

LEAST_APART_S = 0.3
"""Least time between two models that a panel is sent, in real seconds."""
RUNS = Path("reports") / "runs"
"""Where run folders go by default, below the folder of the notebook."""


def opened(
    scenario: str | Path, seats: Sequence[str], folder: str | Path | None, lang: str, settings: Mapping[str, Any]
) -> Exercise:
    """Return a new exercise, or an interrupted one from its run folder; see :func:`sim.notebook.exercise`."""
    for given in (folder, scenario):
        if given and (Path(given) / "run.json").is_file():
            return Exercise(resumed(Path(given), lang, ""), lang)
    if not scenario:
        raise bad_input("scenario", "nothing to begin and nothing to go on with", "a scenario, or a run folder")
    exercise = load(scenario)
    place = Path(folder) if folder else _free(exercise.scenario.id)
    taken = tuple(seats) or tuple(one.id for one in exercise.county.organizations if one.seat)
    session = Session(exercise, seats=taken, folder=place, **settings)
    room = Room(session, place, new_room(), lang=lang)
    room.keep()
    return Exercise(room, lang)


def _free(stem: str) -> Path:
    """Return the first folder of a name that is not there yet."""
    number = 1
    while (RUNS / f"{stem}-notebook-{number}").exists():
        number += 1
    return RUNS / f"{stem}-notebook-{number}"


class Exercise:
    """An exercise in a notebook; shown as one tab for the control room and one for each seat.

    Args:
        room: The room.
        lang: ``zh`` or ``en``.

    Attributes:
        room: The room: session, clock, score.
        panels: The panels by page: ``trainer``, ``seat/duty`` and so on.
    """

    def __init__(self, room: Room, lang: str) -> None:
        self.room = room
        self._news = threading.Event()
        self._closed = False
        pages = (TRAINER_PAGE, *(page_of(seat) for seat in room.session.settings.seats))
        self.panels = {page: Panel(self._door(page), lang) for page in pages}
        for panel in self.panels.values():
            panel.observe(lambda _: self._news.set(), names="lang")
        names = room.names(lang)
        titles = [say("trainer", lang), *(names.thing(seat) for seat in room.session.settings.seats)]
        self.tabs = ipywidgets.Tab(children=list(self.panels.values()), titles=titles)
        self._deaf = room.listen(self._news.set)
        self._send()
        self._thread = threading.Thread(target=self._publish, name="panels", daemon=True)
        self._thread.start()

    def _door(self, page: str) -> Any:
        def act(given: object, lang: str) -> dict[str, Any]:
            try:
                if page == TRAINER_PAGE:
                    return {"ok": True, **trainer_act(self.room, given, lang)}
                return {"ok": True, **seat_act(self.room, page.partition("/")[2], given, lang)}
            except AnswerRefused as refused:
                return {"ok": False, "said": refusal(refused, self.room.names(lang))}
            except (TabletopError, OSError) as error:
                return {"ok": False, "said": str(error)}

        return act

    def _send(self) -> None:
        for page, panel in self.panels.items():
            model = self.room.model(page, panel.lang)
            if model != panel.state:
                panel.state = model

    def _publish(self) -> None:
        """Bring every panel what is new; the body of a thread."""
        while not self._closed:
            self._news.wait()
            self._news.clear()
            if not self._closed:
                self._send()
            threading.Event().wait(LEAST_APART_S)

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """Show the panels where a cell ends with the exercise."""
        return self.tabs._repr_mimebundle_(**kwargs)

    @property
    def folder(self) -> Path | None:
        """The run folder."""
        return self.room.folder

    @property
    def over(self) -> bool:
        """Whether the exercise has ended."""
        return self.room.finished

    def hold(self) -> None:
        """Hold the clock, as the control room does; the kernel's own interrupt does not reach it."""
        self.room.move(None)

    def run(self) -> None:
        """Let the exercise go on as fast as it can; it stops wherever somebody must decide."""
        self.room.move(Motion(keep_on=True))

    def rehearse(self, answers: Mapping[str, str]) -> bool:
        """Play on with answers that were written beforehand, until a question has none, or to the end.

        Args:
            answers: Options by question key.

        Returns:
            Whether the exercise is over.

        Raises:
            AnswerRefused: If an answer does not stand.
        """
        with self.room.turn:
            self.room.motion = None
            session = self.room.session
            while waiting := session.advance():
                if any(asked.key not in answers for asked in waiting):
                    break
                session.decide({asked.key: answers[asked.key] for asked in waiting}, reason="rehearsed")
            self.room.keep()
            self.room.changed()
            return self.over

    def record(self) -> RunRecord:
        """Return the record, once the exercise is over.

        Raises:
            NotFinished: If it is not over; says who is still to answer.
        """
        with self.room.turn:
            if not self.over:
                raise NotFinished(self.room.session.now_s, tuple(one.key for one in self.room.session.waiting()))
            return self.room.session.finish()

    def close(self) -> None:
        """Close the exercise; it can be gone on with from its run folder."""
        self._closed = True
        self._deaf()
        self._news.set()
        self._thread.join(timeout=10)
        self.room.close()
