"""From a gap to how it came about, what it cost, the decision that would have closed it, and that decision's run."""

from __future__ import annotations

import html
import json
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import ipywidgets

from sim.assess.why import why
from sim.canon import digest
from sim.errors import TabletopError
from sim.notebook.choices import Tried, others, that_help, tried
from sim.notebook.words import word
from sim.play.branch import Other, branch
from sim.play.runs import keep_score
from sim.record.folder import RunRecord, read_folder
from sim.show.names import Names
from sim.show.price_words import price_head, price_line, price_word, signed
from sim.show.why_words import why_lines
from sim.study.price import PART, price, read_prices

REPLICATIONS = 20
"""Futures by which the price of a gap is measured."""
POLL_S = 0.3
"""How often it is looked how far the pricing has come, in real seconds."""
WIDE = "60em"

Opens = Callable[[RunRecord | None, str], None]
"""Lays another run beside the first, with its title; None takes it away."""


class GapTalk:
    """What can be asked about a gap of a run; long work goes on beside the kernel and shows how far it has come.

    Args:
        folder: Run folder with its score.
        record: What it holds.
        card: The score card.
        names: Names of the exercise in a language.
        opens: Called with the run of another decision.

    Attributes:
        box: The widgets.
        price, which, beside: The buttons.
        found: The choice among the decisions that would have helped.
        said: What was found out, as HTML.
        bar: How far the work has come.
    """

    def __init__(self, folder: Path, record: RunRecord, card: dict[str, Any], names: Names, opens: Opens) -> None:
        self._folder, self._record, self._card, self._names, self._opens = folder, record, card, names, opens
        self._gap: dict[str, Any] | None = None
        self._work: threading.Thread | None = None
        self.chain = ipywidgets.HTML()
        self.said = ipywidgets.HTML()
        self.bar = ipywidgets.IntProgress(min=0, layout=ipywidgets.Layout(width=WIDE, display="none"))
        self.price = ipywidgets.Button(description=self._word("price"), icon="balance-scale")
        self.which = ipywidgets.Button(description=self._word("which"), layout=ipywidgets.Layout(width="18em"))
        self.beside = ipywidgets.Button(description=self._word("beside"), layout=ipywidgets.Layout(width="18em"))
        self.found = ipywidgets.Select(options=[], rows=4, layout=ipywidgets.Layout(width=WIDE))
        self.price.on_click(lambda _: self._start(self._price))
        self.which.on_click(lambda _: self._start(self._which))
        self.beside.on_click(lambda _: self._start(lambda _: self._beside()))
        self._choice = ipywidgets.VBox([self.found, self.beside], layout=ipywidgets.Layout(display="none"))
        asks = ipywidgets.HBox([self.price, self.which])
        self.box = ipywidgets.VBox(
            [self.chain, asks, self.bar, self.said, self._choice], layout=ipywidgets.Layout(display="none")
        )

    def about(self, gap: dict[str, Any] | None) -> None:
        """Talk about a gap, a row of the score card; None for none."""
        self._gap = gap
        self.box.layout.display = "none" if gap is None else ""
        self._choice.layout.display = "none"
        self.said.value = ""
        self._opens(None, "")
        if gap is not None:
            lines = why_lines(why(self._record, f"gap:{gap['id']}"), self._names, self._record.events)
            text = "\n".join(html.escape(line) for line in lines)
            self.chain.value = f"<b>{self._word('chain')}</b><pre style='white-space: pre-wrap'>{text}</pre>"

    def wait(self) -> None:
        """Wait until the work that was asked for is done."""
        if self._work is not None:
            self._work.join()

    def _word(self, key: str, **fields: object) -> str:
        return word(key, self._names.lang, **fields)

    def _start(self, work: Callable[[dict[str, Any]], None]) -> None:
        """Do something long, one thing at a time."""
        gap = self._gap
        if gap is None or (self._work is not None and self._work.is_alive()):
            return
        for button in (self.price, self.which, self.beside):
            button.disabled = True

        def run() -> None:
            try:
                work(gap)
            except (TabletopError, OSError) as error:
                self.said.value = html.escape(self._word("failed", why=error))
            finally:
                self.bar.layout.display = "none"
                for button in (self.price, self.which, self.beside):
                    button.disabled = False

        self._work = threading.Thread(target=run, name="debriefing", daemon=True)
        self._work.start()

    def _shown(self, most: int, key: str) -> None:
        self.bar.max, self.bar.value, self.bar.layout.display = most, 0, ""
        self.said.value = self._word(key)

    # --- what it cost ---------------------------------------------------------------------------------------------

    def _price(self, gap: dict[str, Any]) -> None:
        """Say what a gap cost; it is measured with the gaps that were priced before, so that none gets lost."""
        lang = self._names.lang
        known = read_prices(self._folder, self._record)
        if known is None or gap["id"] not in [row["id"] for row in known["gaps"]]:
            self._shown(REPLICATIONS + 1, "pricing")
            over = threading.Event()
            watch = threading.Thread(target=self._watch, args=(over,), daemon=True)
            watch.start()
            ids = dict.fromkeys([*(row["id"] for row in (known or {"gaps": ()})["gaps"]), gap["id"]])
            try:
                known = price(self._folder, tuple(ids), replications=REPLICATIONS)
            finally:
                over.set()
                watch.join()
        row = next(one for one in known["gaps"] if one["id"] == gap["id"])
        head = price_head(lang, arose=False)[1:]
        cells = [f"{row['minutes']:.1f}", *price_line(row, lang)]
        unit = price_word("unit", lang, n=known["replications"]["counted"], at=self._names.moment(known["from_s"]))
        self.said.value = _table([head, cells]) + f"<p>{html.escape(unit)}</p>"

    def _watch(self, over: threading.Event) -> None:
        """Show how many futures are done, from the file in which they are kept; the body of a thread."""
        path = self._folder / PART
        while not over.wait(POLL_S):
            try:
                self.bar.value = max(0, path.read_bytes().count(b"\n") - 1)
            except OSError:  # not there yet, or not any more
                continue

    # --- which decision -------------------------------------------------------------------------------------------

    def _which(self, gap: dict[str, Any]) -> None:
        """Try every other decision that was taken before the gap ended."""
        self._shown(len(others(self._record, gap["end_s"])), "trying")
        found: list[Tried] = []
        for one in tried(self._folder, self._record, gap):
            self.bar.value += 1
            found += [one] if one is not None else []
        helps = that_help(found, gap)
        told = self._word("tried", count=len(found)) if helps else self._word("nothing")
        self.said.value = f"<p>{html.escape(told)}</p>"
        self.found.options = [(self._would(one, gap), (one.key, one.option)) for one in helps]
        self._choice.layout.display = "" if helps else "none"

    def _would(self, one: Tried, gap: dict[str, Any]) -> str:
        names, actual = self._names, self._card["harm"]["actual"]
        return self._word(
            "would",
            question=names.question(one.key).in_language(names.lang),
            option=names.options(one.key).get(one.option, one.option),
            before=f"{gap['minutes']:.0f}",
            after=f"{one.minutes:.0f}",
            loss=signed(one.loss - actual, 2),
        )

    def _beside(self) -> None:
        """Run the decision that is chosen, and lay both runs side by side."""
        if self.found.value is None:
            return
        key, option = self.found.value
        self._shown(2, "branching")
        stem, number = f"{self._folder.name}-{digest(f'{key}:{option}')[:8]}", 1
        while (out := self._folder.with_name(f"{stem}-{number}")).exists() and not (out / "score.json").is_file():
            number += 1  # somebody stopped it half way
        if not out.exists():
            other = branch(self._folder, Other(at=key, choice=option), out).session
            keep_score(out, other.finish())
        self.bar.value = 1
        record, card = read_folder(out), json.loads((out / "score.json").read_text(encoding="utf-8"))
        title = self._word("with_other", option=self._names.options(key).get(option, option))
        self.said.value = _table([["", self._word("as_it_was"), title], *self._rows(card)]) + (
            f"<p>{html.escape(self._word('kept', folder=out))}</p>"
        )
        self._opens(record, title)

    def _rows(self, other: dict[str, Any]) -> list[list[str]]:
        """Return the scores of both runs, a row each."""
        both = (self._card, other)
        return [
            *(
                [self._word(name), *(f"{one[name]:.1f}" for one in both)]
                for name in ("total", "response_speed", "coordination")
            ),
            [self._word("loss"), *(f"{one['harm']['actual']:.2f}" for one in both)],
            [self._word("gaps"), *(str(len(one["gaps"])) for one in both)],
        ]


def _table(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as an HTML table, the first as its head."""
    lines = [
        "<tr>"
        + "".join(f"<{tag} style='padding: 0 1em 0 0; text-align: left'>{html.escape(cell)}</{tag}>" for cell in row)
        for row, tag in zip(rows, ["th", *["td"] * (len(rows) - 1)], strict=True)
    ]
    return "<table>" + "".join(f"{line}</tr>" for line in lines) + "</table>"
