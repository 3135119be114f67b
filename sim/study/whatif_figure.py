"""The figure of a what-if: a dot and an interval for each way to act, its loss and what it differs by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.assess.intervals import Interval
from sim.clocktext import after_start
from sim.play.forward import Pause, Way
from sim.play.questions import NO_ANSWER
from sim.spec.base import Text

if TYPE_CHECKING:
    from sim.study.whatif import WhatIf

LOSS = Text(zh="平均损失（折合死亡人数）", en="Mean loss (equivalents of one death)")
DIFFERENCE = Text(zh="与“{way}”之差（同一运气配对）", en="Difference from '{way}' (same luck)")
TAKEN, COMPARED = Text(zh="实际选择", en="taken"), Text(zh="参照策略的选择", en="reference policy")
BEST = Text(zh="损失最小", en="least loss")
WAIT = Text(zh="等{minutes}分钟，再按届时掌握的情况决定", en="wait {minutes} min, decide on what is known then")
NOTHING = Text(zh="不作答复", en="give no answer")
TITLE = Text(
    zh="{at} {question}  各选项向前推演 {n} 次，点为均值，线为 95% 区间",
    en="{at} {question}  {n} futures of each option; dots are means, lines 95 % intervals",
)
MARKED, PLAIN = "#D55E00", "#0072B2"
ROOM_IN = 3.4
"""Room for the words of an option, in inches."""


def way_text(pause: Pause, way: Way, lang: str) -> str:
    """Return the words of a way to act.

    Args:
        pause: The pause point.
        way: One of its ways.
        lang: ``zh`` or ``en``.
    """
    if way.wait_s:
        return WAIT.in_language(lang).format(minutes=way.wait_s // 60)
    if way.choice:
        return pause.asked.options[way.choice].in_language(lang)
    return NOTHING.in_language(lang) if way.id == NO_ANSWER else way.id


def draw(found: WhatIf, lang: str = "en") -> bytes:
    """Draw the mean loss of each way and its paired difference, with 95 % intervals, as PNG.

    Args:
        found: The what-if.
        lang: ``zh`` or ``en``.

    Raises:
        MissingGlyph: If a character cannot be drawn.
    """
    from sim.show.fonts import shortened
    from sim.show.style import LARGE, NORMAL, SOFT, WIDTH_IN, look, new_figure, to_png

    pause, standings = found.pause, found.regret.standings
    ways = {way.id: way_text(pause, way, lang) for way in pause.ways}
    with look():
        height = 1.45 + 0.62 * len(standings)
        figure = new_figure(height)
        question = TITLE.in_language(lang).format(
            at=after_start(pause.at_s), question=pause.asked.question.in_language(lang), n=found.regret.replications
        )
        figure.text(0.16 / WIDTH_IN, 1 - 0.24 / height, shortened(question, LARGE, 11.6), fontsize=LARGE, va="center")
        bottom, tall = 0.5 / height, 0.62 * len(standings) / height
        left = figure.add_axes(((ROOM_IN + 0.3) / WIDTH_IN, bottom, 3.8 / WIDTH_IN, tall))
        right = figure.add_axes(((ROOM_IN + 4.5) / WIDTH_IN, bottom, 3.8 / WIDTH_IN, tall))
        for number, one in enumerate(standings):
            color = MARKED if one.way == found.regret.compared_with else PLAIN
            _dot(left, number, one.loss, color)
            _dot(right, number, one.difference, color)
            words = [shortened(ways[one.way], LARGE, ROOM_IN), *_notes(found, one.way, lang)]
            x = ROOM_IN / WIDTH_IN
            y = bottom + tall * (1 - (number + 0.5) / len(standings))
            figure.text(x, y + 0.09 / height * (len(words) - 1), words[0], fontsize=LARGE, ha="right", va="center")
            figure.text(x, y - 0.13 / height, "".join(words[1:]), fontsize=NORMAL, ha="right", va="center", color=SOFT)
        compared = shortened(ways[found.regret.compared_with], NORMAL, 1.5)
        right.axvline(0, color="0.6", linewidth=0.9, zorder=0)
        difference = DIFFERENCE.in_language(lang).format(way=compared)
        for plot, title in ((left, LOSS.in_language(lang)), (right, difference)):
            plot.set_title(title, loc="left", fontsize=NORMAL + 0.7, color=SOFT)
            plot.set_ylim(len(standings) - 0.5, -0.5)
            plot.set_yticks([])
            plot.spines["left"].set_visible(False)
            plot.grid(axis="x", color="0.92")
            plot.margins(x=0.12)
        return to_png(figure, 110)


def _dot(plot: Any, number: int, found: Interval, color: str) -> None:
    if found.mean is None:
        return
    if found.low is not None and found.high is not None:
        plot.plot([found.low, found.high], [number, number], color=color, linewidth=2.2, solid_capstyle="butt")
    plot.plot([found.mean], [number], "o", color=color, markersize=8)


def _notes(found: WhatIf, way: str, lang: str) -> list[str]:
    """Return what is to be said of a way, as one text in a list; an empty list if nothing is."""
    notes = []
    if way == found.pause.taken:
        notes.append(TAKEN.in_language(lang))
    if way == found.regret.reference:
        notes.append(COMPARED.in_language(lang))
    if way == found.regret.best:
        sure = found.regret.confidence
        notes.append(BEST.in_language(lang) + ("" if sure is None else f" ({sure:.0%})"))
    return [("、" if lang == "zh" else ", ").join(notes)] if notes else []
