"""The small charts: loss against the yardsticks, score by dimension, patients and rumor over time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.record.folder import RunRecord
from sim.show import style
from sim.show.fonts import width_in
from sim.show.names import Names

PARTS = ("death", "critical", "serious", "light", "rescuer_hurt", "displaced", "sheltered", "closure", "requisitioned")
"""The parts of loss, in the order in which bars stack them."""
_PART_COLORS = ("#1F2D3D", "#C8451B", "#E9A820", "#F6E2A6", "#B4578F", "#2A7F9E", "#9CCBDD", "#A7B0B8", "#6B8E4E")


def _titled(height_in: float, title: str) -> Figure:
    figure = style.new_figure(height_in)
    figure.text(0.16 / style.WIDTH_IN, 1 - 0.22 / height_in, title, fontsize=style.TITLE, va="center")
    return figure


def _plot_area(figure: Figure, left_in: float, bottom_in: float, width_in: float, height_in: float) -> Axes:
    wide, tall = figure.get_size_inches()
    return figure.add_axes((left_in / wide, bottom_in / tall, width_in / wide, height_in / tall))


def loss(score: Mapping[str, Any], names: Names) -> Figure:
    """Draw the loss of this run between the two yardsticks, stacked by part; a yardstick not made is left out."""
    harm = score["harm"]
    runs = [run for run in ("none", "actual", "perfect") if harm["parts"].get(run) is not None]
    figure = _titled(1.45 + 0.52 * len(runs), names.word("fig_loss"))
    axes = _plot_area(figure, 1.75, 0.55, 9.3, 0.52 * len(runs))
    longest = max([float(harm[run]) for run in runs] + [1e-9])
    for number, run in enumerate(runs):
        left = 0.0
        for part, color in zip(PARTS, _PART_COLORS, strict=True):
            amount = float(harm["parts"][run].get(part, 0.0))
            axes.barh([number], [amount], left=left, height=0.58, color=color, edgecolor="white", linewidth=0.5)
            left += amount
        axes.text(max(left, 0) + longest * 0.008, number, f"{float(harm[run]):.2f}", va="center", fontsize=style.LARGE)
    axes.set_yticks(range(len(runs)), [names.capital(names.word(f"run_{run}")) for run in runs], fontsize=style.LARGE)
    axes.set_ylim(len(runs) - 0.45, -0.55)
    axes.set_xlim(0, longest * 1.08)
    axes.set_xlabel(names.capital(names.word("loss_unit")), fontsize=style.SMALL)
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", length=0)
    axes.tick_params(axis="x", labelsize=style.SMALL)
    axes.grid(axis="x", color=style.LINE, linewidth=0.6)
    axes.set_axisbelow(True)
    used = [part for part in PARTS if any(float(harm["parts"][run].get(part, 0.0)) > 0 for run in runs)]
    _part_key(figure, names, used)
    return figure


def _part_key(figure: Figure, names: Names, parts: Sequence[str]) -> None:
    wide, tall = figure.get_size_inches()
    x, y = 1.75, tall - 0.62
    for part, color in zip(PARTS, _PART_COLORS, strict=True):
        if part in parts:
            figure.text(x / wide, y / tall, "■", color=color, fontsize=style.LARGE, va="center_baseline")
            text = names.coded("part", part)
            figure.text((x + 0.19) / wide, y / tall, text, fontsize=style.SMALL, va="center_baseline", color=style.SOFT)
            x += 0.4 + width_in(text, style.SMALL)


def dimensions(score: Mapping[str, Any], names: Names) -> Figure:
    """Draw the points of each dimension out of those that it can give."""
    rows = score["dimensions"]
    figure = _titled(0.62 + 0.36 * max(1, len(rows)), names.word("fig_dimensions"))
    axes = _plot_area(figure, 2.75, 0.1, 7.6, 0.36 * max(1, len(rows)))
    longest = max([float(row["out_of"]) for row in rows] + [1e-9])
    for number, row in enumerate(rows):
        points, out_of = float(row["points"]), float(row["out_of"])
        share = points / out_of if out_of else 0.0
        color = style.GOOD if share >= 0.8 else style.FAIR if share >= 0.6 else style.BAD
        axes.barh([number], [out_of], height=0.5, color="#E9EDF0")
        axes.barh([number], [points], height=0.5, color=color)
        text = names.word("points_of", points=f"{points:.1f}", out_of=f"{out_of:g}")
        axes.text(out_of + longest * 0.012, number, text, va="center", fontsize=style.NORMAL, color=style.SOFT)
    labels = [names.capital(names.rubric(row["id"])) for row in rows]
    axes.set_yticks(range(len(rows)), labels, fontsize=style.NORMAL)
    axes.set_xlim(0, longest * 1.01)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_xticks([])
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)
    axes.tick_params(axis="y", length=0)
    return figure


TICKS = 3
"""Every third mark of time has its label."""
_PANELS = (
    ("patients_axis", (("patients", "series_patients", 1.0, "#E9A820"), ("deaths", "series_deaths", 1.0, "#1F2D3D"))),
    (
        "protected_axis",
        (("people_sealed", "series_sealed", 1.0, "#3AA0D8"), ("people_away", "series_away", 1.0, "#009E73")),
    ),
    ("rumor_axis", (("rumor_ppm", "rumor_axis", 1e-3, "#B4578F"),)),
    (
        "panel_mood",
        (("trust_permille", "series_trust", 0.1, "#2A7F9E"), ("anxiety_permille", "series_anxiety", 0.1, "#C8451B")),
    ),
)


def series(record: RunRecord, names: Names) -> Figure:
    """Draw patients, people protected and the rumor over time."""
    figure = _titled(3.35, names.word("fig_series"))
    if not record.series:
        figure.text(0.5, 0.45, names.word("no_series"), ha="center", color=style.SOFT)
        return figure
    hours = [row["at_s"] / 3600 for row in record.series]
    for number, (title, curves) in enumerate(_PANELS):
        axes = _plot_area(figure, 0.55 + 2.9 * number, 0.5, 2.42, 2.05)
        top = 0.0
        for field, label, factor, color in curves:
            values = [row.get(field, 0) * factor for row in record.series]
            top = max([top, *values])
            axes.step(hours, values, where="post", color=color, linewidth=2, label=names.capital(names.word(label)))
        axes.set_title(names.capital(names.word(title)), loc="left", fontsize=style.NORMAL, color=style.SOFT, pad=6)
        axes.set_xlim(0, hours[-1] or 1)
        axes.set_ylim(0, top * 1.12 or 1)
        step = 1 if hours[-1] <= 8 else 2 if hours[-1] <= 16 else 6 if hours[-1] <= 48 else 24
        ticks = list(range(0, int(hours[-1]) + 1, step))
        axes.set_xticks(
            ticks, [f"T+{tick}:00" if tick % (TICKS * step) == 0 else "" for tick in ticks], fontsize=style.SMALL
        )
        axes.tick_params(axis="y", labelsize=style.SMALL)
        axes.grid(axis="y", color=style.LINE, linewidth=0.6)
        if len(curves) > 1:
            axes.legend(frameon=False, fontsize=style.SMALL, loc="best")
    return figure
