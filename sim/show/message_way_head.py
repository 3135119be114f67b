"""What stands above the figure of the way of one thing: its title, its caption in plain words, and its key."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from sim.assess.bottlenecks import REASONS
from sim.assess.fact_way import Share, Way, lives_by_id, share, told_by
from sim.record.folder import RunRecord
from sim.show import style
from sim.show.fonts import width_in
from sim.show.names import Names

TITLE_IN, LINE_IN, KEY_IN = 0.42, 0.215, 0.24
"""Heights in inches: the title, a line of the caption, and a line of the key."""
CAPTION = 10.0
"""Size of the caption in points."""
BADGE = 6.4
"""Size of the marks of failed attempts in points."""
EDGE_IN = 0.16
OUTAGE, OUTAGE_LINES = "#E3E7EB", "#B9C2CC"
"""Ground and lines of a time in which channels are down."""


def thing_of(way: Way, names: Names) -> str:
    """Return what became so, in words."""
    label = names.fact(way.episode.key)
    if way.episode.value is True:
        return label
    return f"{label}{'：' if names.lang == 'zh' else ': '}{names.value(way.episode.value)}"


def badge(reason: str, count: int, names: Names) -> str:
    """Return the mark of attempts that failed: a letter for the reason, and how many where there are several."""
    return names.coded("lost_mark", reason) + (f"×{count}" if count > 1 else "")


def wrapped(text: str, size: float, room_in: float) -> list[str]:
    """Return a text on lines that fit; it breaks at spaces, and where Chinese may break.

    Args:
        text: The text.
        size: Size of its letters in points.
        room_in: Width of a line in inches.
    """
    lines, line, word = [], "", ""
    for char in text + "\n":
        ends_word = char in " \n" or (word and ord(char) >= 0x3000 and char not in "，。、；：）》”！？")
        if not ends_word:
            word += char
            continue
        if line and width_in(line + word, size) > room_in:
            lines.append(line.rstrip())
            line = ""
        line += word + (char if char == " " else "")
        word = "" if char in " \n" else char
    return [*lines, line.rstrip()] if line.strip() else lines


def caption(record: RunRecord, way: Way, names: Names) -> str:
    """Return in plain words who knew the thing last and why not earlier, and who never knew."""
    thing = thing_of(way, names)
    needed = {role: cell for role, cell in way.cells.items() if cell.needed}
    told = [role for role in needed if told_by(way, role) is not None]
    never = [role for role, cell in needed.items() if cell.known_s is None]
    told.sort(key=lambda role: (needed[role].delay_s, role))
    parts = []
    if told:
        cell = needed[told[-1]]
        at = names.moment(cell.known_s)
        who = names.capital(names.thing(told[-1]))
        parts.append(names.word("way_last", who=who, thing=thing, at=at, minutes=cell.delay_s // 60))
        parts.append(_shares(share(way, told[-1], lives_by_id(record)), names))
    if never:
        parts.append(_never(way, never, names))
    if way.repeated:
        parts.append(names.word("way_repeated", count=way.repeated))
    return ("" if names.lang == "zh" else " ").join(parts)


def _never(way: Way, never: list[str], names: Names) -> str:
    unread = [hop for hop in way.hops if hop.at("read") is None]
    lost = sum(step.kind == "lost" for hop in unread for step in hop.steps)
    who = names.capital(_listed([names.thing(role) for role in never], names))
    thing = thing_of(way, names)
    if unread:
        return names.word("way_never", who=who, thing=thing, messages=len(unread), lost=lost)
    garbled = sum(hop.garbled for hop in way.hops)
    return names.word("way_never_held", who=who, thing=thing, messages=len(way.hops), garbled=garbled)


def _shares(found: Share, names: Names) -> str:
    seconds = {"unseen": found.unseen_s, "passing": found.passing_s, **found.parts_s}
    shown = sorted((key for key in seconds if seconds[key] >= 30), key=lambda key: (-seconds[key], key))
    said = [names.word(f"way_share_{key}", minutes=_minutes(seconds[key])) for key in shown]
    return names.word("way_of_these", parts=("；" if names.lang == "zh" else "; ").join(said), hops=found.hops)


def _minutes(seconds: int) -> str:
    return f"{seconds / 60:.0f}" if seconds >= 570 else f"{seconds / 60:.1f}".removesuffix(".0")


def _listed(items: list[str], names: Names) -> str:
    if names.lang == "zh":
        return "、".join(items)
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"


def _lines(record: RunRecord, way: Way, names: Names) -> list[str]:
    return wrapped(caption(record, way, names), CAPTION, style.WIDTH_IN - 2 * EDGE_IN - 0.4)


def head_height(record: RunRecord, way: Way, names: Names) -> float:
    """Return the height of all that stands above the lanes, in inches."""
    return TITLE_IN + LINE_IN * len(_lines(record, way, names)) + 2 * KEY_IN + 0.12


def draw_head(figure: Figure, record: RunRecord, way: Way, names: Names, total_in: float) -> None:
    """Draw title, caption and key."""
    head_in = head_height(record, way, names)
    axes = style.sheet(figure, 0, 1 - head_in / total_in, 1, head_in / total_in)
    axes.set_xlim(0, style.WIDTH_IN)
    axes.set_ylim(head_in, 0)
    axes.axis("off")
    since = names.word("way_since", at=names.moment(way.episode.start_s))
    title = f"{names.word('fig_way')}　{names.capital(thing_of(way, names))}　{since}"
    axes.text(EDGE_IN, 0.2, title, fontsize=style.TITLE, va="center")
    y = TITLE_IN + LINE_IN / 2
    for line in _lines(record, way, names):
        axes.text(EDGE_IN, y, line, fontsize=CAPTION, va="center_baseline")
        y += LINE_IN
    y += 0.08
    _message_key(axes, names, y)
    _other_key(axes, names, y + KEY_IN)


def _key(axes: Axes, text: str, x: float, y: float) -> float:
    axes.text(x, y, text, fontsize=style.SMALL, va="center_baseline", color=style.SOFT)
    return x + 0.19 + width_in(text, style.SMALL)


def _message_key(axes: Axes, names: Names, y: float) -> None:
    ink, x = style.SOFT, EDGE_IN
    axes.plot([x + 0.05], [y], marker="o", markersize=4.6, color=ink, markerfacecolor="white")
    x = _key(axes, names.word("way_key_composed"), x + 0.14, y)
    axes.hlines([y], x, x + 0.28, color=ink, linewidth=0.8)
    x = _key(axes, names.word("way_key_before"), x + 0.33, y)
    axes.hlines([y], x, x + 0.28, color=ink, linewidth=2.4, linestyle=(0, (0.9, 0.9)))
    x = _key(axes, names.word("way_key_queue"), x + 0.33, y)
    axes.add_patch(Rectangle((x, y - 0.045), 0.28, 0.09, facecolor="white", edgecolor=ink, hatch="||||", linewidth=0.7))
    x = _key(axes, names.word("way_key_held"), x + 0.33, y)
    axes.hlines([y], x, x + 0.28, color=ink, linewidth=1.7)
    x = _key(axes, names.word("way_key_air"), x + 0.33, y)
    axes.annotate(
        "",
        (x + 0.28, y + 0.06),
        (x, y - 0.06),
        arrowprops={"arrowstyle": "-|>", "color": ink, "shrinkA": 0, "shrinkB": 0, "mutation_scale": 8},
    )
    x = _key(axes, names.word("way_key_way"), x + 0.34, y)
    axes.hlines([y], x, x + 0.28, color=ink, linewidth=1.3, linestyle=(0, (3.5, 2)))
    x = _key(axes, names.word("way_key_desk"), x + 0.33, y)
    axes.plot([x + 0.05], [y], marker="o", markersize=5.2, color=ink)
    x = _key(axes, names.word("way_key_read"), x + 0.14, y)
    axes.plot([x + 0.05], [y], marker="D", markersize=5.2, color=style.BAD)
    _key(axes, names.word("way_key_garbled"), x + 0.14, y)


def _other_key(axes: Axes, names: Names, y: float) -> None:
    ink, x = style.SOFT, EDGE_IN
    axes.plot([x + 0.05], [y], marker=">", markersize=5.4, color=ink, markerfacecolor="white")
    x = _key(axes, names.word("way_key_switched"), x + 0.14, y)
    for reason in REASONS:
        mark = badge(reason, 1, names)
        wide = width_in(mark, BADGE)
        axes.text(
            x + 0.05 + wide / 2,
            y,
            mark,
            fontsize=BADGE,
            color="white",
            ha="center",
            va="center_baseline",
            bbox={"boxstyle": "square,pad=0.16", "facecolor": style.BAD, "linewidth": 0},
        )
        x = _key(axes, names.coded("lost", reason), x + 0.12 + wide, y)
    axes.plot([x + 0.05], [y], marker="X", markersize=6.4, color=style.INK, markeredgecolor="white")
    x = _key(axes, names.word("way_key_expired"), x + 0.14, y)
    axes.hlines([y], x, x + 0.26, color=style.BAD, linewidth=3.2)
    x = _key(axes, names.word("way_key_overdue"), x + 0.31, y)
    axes.add_patch(Rectangle((x, y - 0.06), 0.26, 0.12, color=ink, alpha=0.22, linewidth=0))
    axes.vlines([x], y - 0.06, y + 0.06, color=ink, linewidth=2.2)
    x = _key(axes, names.word("way_key_knows"), x + 0.31, y)
    look: dict[str, Any] = {"facecolor": OUTAGE, "edgecolor": OUTAGE_LINES, "hatch": "//", "linewidth": 0}
    axes.add_patch(Rectangle((x, y - 0.06), 0.26, 0.12, **look))
    _key(axes, names.word("way_key_outage"), x + 0.31, y)
