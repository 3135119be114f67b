"""The debriefing of a run folder: what every seat saw, decided and was told at any moment, moved by one slider.

A gap leads to how it came about, to its price, and to the run of another decision, which then stands beside the first.
"""

from __future__ import annotations

import html
import json
from functools import partial
from pathlib import Path
from typing import Any

import ipywidgets

from sim.clocktext import after_start
from sim.errors import bad_input
from sim.notebook.panel import Panel
from sim.notebook.talk import GapTalk
from sim.notebook.words import word
from sim.record.folder import RunRecord, read_folder
from sim.record.journal import effective
from sim.record.view import view
from sim.serve.maps import county_map, marks_true
from sim.serve.seat_model import seat_model
from sim.serve.words import say
from sim.show.map_state import situation_at
from sim.show.names import Names
from sim.spec.controls import TRAINER

STEP_S = 60
"""How far the slider moves at once, in seconds of the exercise."""
INTERVAL_MS = 1000
"""How long the lecture mode stays at a moment, in milliseconds."""


class Debriefing:
    """A run that is looked back at.

    Args:
        folder: Run folder with its score.
        lang: ``zh`` or ``en``.

    Attributes:
        record: The run.
        card: The score card.
        panel: The panel of the seat that is chosen, at the moment that is chosen.
        slider: The moment, in seconds since the start.
        seat: The choice of the seat.
        gap: The choice of a gap, which moves the slider to where it begins and shows a seat that it concerns.
        map_of: The choice between what the seat knew and what was true.
        talk: What can be asked about the gap that is chosen.
        other: The panel of another decision's run beside the first; hidden while there is none.

    Raises:
        BadInput: If the run has not been scored.
    """

    def __init__(self, folder: Path, lang: str = "zh") -> None:
        self.record = read_folder(folder)
        self.names = Names(self.record.exercise, lang)
        self._beside: RunRecord | None = None
        try:
            self.card: dict[str, Any] = json.loads((folder / "score.json").read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise bad_input(
                str(folder), "holds no score", "tabletop score FOLDER, or score it in the exercise"
            ) from error
        seats = [one.id for one in self.record.exercise.county.organizations if one.seat]
        last_s = self.record.events[-1].at_s if self.record.events else 0
        name = partial(word, lang=self.names.lang)
        self.panel, self.other = Panel(lang=lang), Panel(lang=lang)
        self._titles = [ipywidgets.HTML(), ipywidgets.HTML()]
        self.slider = ipywidgets.IntSlider(
            min=0,
            max=last_s,
            step=STEP_S,
            value=min(last_s, 1800),
            description=name("time"),
            readout=False,
            continuous_update=False,
            layout=ipywidgets.Layout(width="45em"),
        )
        self._play = ipywidgets.Play(min=0, max=last_s, step=STEP_S, interval=INTERVAL_MS, value=self.slider.value)
        ipywidgets.jslink((self._play, "value"), (self.slider, "value"))
        self.clock = ipywidgets.Label()
        self.seat = ipywidgets.Dropdown(
            options=[(self.names.thing(one), one) for one in seats], value=seats[0], description=name("seat")
        )
        self.map_of = ipywidgets.Dropdown(
            options=[(name("known"), "known"), (name("true"), "true")], description=name("map")
        )
        rows = [(gap_words(gap, self.names), number) for number, gap in enumerate(self.card["gaps"])]
        wide, choices = ipywidgets.Layout(width="45em"), [(name("none"), -1), *rows]
        self.gap = ipywidgets.Dropdown(options=choices, value=-1, description=name("gap"), layout=wide)
        self.talk = GapTalk(folder, self.record, self.card, self.names, self._lay_beside)
        half = ipywidgets.Layout(flex="1 1 0", min_width="0")
        self._sides = [
            ipywidgets.VBox([title, panel], layout=half)
            for title, panel in zip(self._titles, (self.panel, self.other), strict=True)
        ]
        for control in (self.slider, self.seat, self.map_of):
            control.observe(lambda _: self.show(), names="value")
        for panel in (self.panel, self.other):
            panel.observe(lambda _: self.show(), names="lang")
        self.gap.observe(self._go, names="value")
        self.box = ipywidgets.VBox(
            [
                ipywidgets.HBox([self._play, self.slider, self.clock]),
                ipywidgets.HBox([self.seat, self.map_of]),
                self.gap,
                self.talk.box,
                ipywidgets.HBox(self._sides),
            ]
        )
        self._lay_beside(None, "")

    def show(self) -> None:
        """Show the seat at the moment."""
        at_s = int(self.slider.value)
        self.clock.value = f"{after_start(at_s)}  {self.names.local(at_s)}"
        for record, panel in ((self.record, self.panel), (self._beside, self.other)):
            if record is not None:
                names = Names(record.exercise, panel.lang)
                panel.state = model_at(record, str(self.seat.value), at_s, names, truth=self.map_of.value == "true")

    def _lay_beside(self, record: RunRecord | None, title: str) -> None:
        """Lay another run beside this one, under the same slider; None takes it away."""
        self._beside = record
        self._sides[1].layout.display = "none" if record is None else ""
        told = ("", "") if record is None else (word("as_it_was", self.names.lang), title)
        for shown, text in zip(self._titles, told, strict=True):
            shown.value = f"<b>{html.escape(text)}</b>"
        self.show()

    def _go(self, change: Any) -> None:
        if change["new"] < 0:
            self.talk.about(None)
            return
        gap = self.card["gaps"][change["new"]]
        concerned = [unit for unit in gap["units"] if unit in [ident for _, ident in self.seat.options]]
        if concerned:
            self.seat.value = concerned[0]
        self.slider.value = int(gap["start_s"])
        self.talk.about(gap)

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """Show everything where a cell ends with the debriefing."""
        return self.box._repr_mimebundle_(**kwargs)


def model_at(record: RunRecord, seat: str, at_s: int, names: Names, *, truth: bool = False) -> dict[str, Any]:
    """Return what a seat's panel showed at a moment of a run, from its record alone.

    Args:
        record: The run.
        seat: The seat.
        at_s: The moment, in seconds since the exercise began.
        names: Names of the exercise in a language.
        truth: Whether the map shows what was true in place of what the seat knew.
    """
    own = [entry for entry in effective(record.journal) if entry.seat == seat and entry.at_s < at_s]
    model = seat_model(names, view(record.events, seat, at_s), own)
    real = any(one.choice == "real_event" and one.seat == TRAINER and one.at_s <= at_s for one in record.journal)
    if truth:
        drawn = county_map(names, marks_true(situation_at(record, at_s)))
        model["map"] = {**drawn, "of": word("true", names.lang)}
    return {**model, "orders": [], "alarm": say("real_done", names.lang) if real else ""}


def gap_words(gap: dict[str, Any], names: Names) -> str:
    """Return a gap in one line."""
    kind = names.coded("gap", gap["type"])
    minutes = say("minutes", names.lang, count=round(gap["minutes"]))
    return f"{after_start(gap['start_s'])}  {kind} · {minutes} · {gap['evidence'][names.lang]}"
