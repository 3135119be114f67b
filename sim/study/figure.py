"""The figure of a sweep: what matters against the first parameter, one line for each value of the second."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from sim.spec.base import Text
from sim.spec.registry import BY_NAME
from sim.study.design import Sweep
from sim.study.factors import grid
from sim.study.measures import milestone_column
from sim.study.tables import keys_of

PANELS = (
    ("total_loss", Text(zh="损失（折合死亡人数）", en="Loss (equivalents of one death)")),
    (milestone_column("first_release"), Text(zh="首次信息发布（事发后分钟）", en="First release to the public (min)")),
    (milestone_column("city_phone"), Text(zh="值班室电话报市（事发后分钟）", en="Duty office tells the city (min)")),
)
"""Quantity and title of each column of panels."""

ROWS = (("", Text(zh="均值", en="mean")), (".minus_first", Text(zh="与首个设定之差", en="minus the first setting")))
"""Which columns of the summary each row of panels shows, and its name."""

COLORS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#1D252C")
"""Okabe and Ito's colors, which people with any color vision tell apart; markers differ too."""

MARKERS = "osD^vP*"
FACTORS = {
    "policy": Text(zh="策略", en="policy"),
    "scenario": Text(zh="情景", en="scenario"),
    "difficulty": Text(zh="难度", en="difficulty"),
    "county": Text(zh="县", en="county"),
}
"""What may vary besides parameters, and its name."""
_TITLE = Text(
    zh="{name}：每个设定 {n} 次推演的均值与 95% 区间；下排按同一运气配对。{held}",
    en="{name}: {n} runs a setting, 95 % intervals; the lower row pairs runs with the same luck. {held}",
)


class Axes(NamedTuple):
    """Which columns of the summary make the figure.

    Attributes:
        across: Column on the horizontal axis.
        lines: Column with one line for each value, or None.
        fixed: Columns held at their first value.
    """

    across: str
    lines: str | None
    fixed: dict[str, Any]


def choose_axes(sweep: Sweep) -> Axes:
    """Return the axes: the first two columns that vary; what else varies is held at its first value."""
    design = sweep.design
    grids = {name: grid(name, levels) for name, levels in design.parameters.items()}
    varied = [name for name, values in grids.items() if len(values) > 1]
    across = varied[0] if varied else next(iter(design.parameters))
    keys = [keys_of(sweep, point) for point in sweep.points]
    factors = {name: {row[name] for row in keys} for name in FACTORS}
    others = [name for name in varied if name != across] + [name for name in FACTORS if len(factors[name]) > 1]
    held = [name for name in FACTORS if name == "policy" or len(factors[name]) > 1]
    first = {name: keys[0][name] for name in (*held, *grids)}
    fixed = {name: value for name, value in first.items() if name not in (across, *others[:1])}
    return Axes(across, others[0] if others else None, fixed)


def draw(sweep: Sweep, summary: list[dict[str, Any]], path: Path, lang: str = "en") -> None:
    """Draw the means and the paired differences from the first point, with 95 % intervals, as a PNG file.

    Args:
        sweep: What was run.
        summary: Its rows, one a point.
        path: Where to write the figure.
        lang: ``zh`` or ``en``.
    """
    from sim.show.style import look, new_figure, to_png

    axes = choose_axes(sweep)
    shown = [row for row in summary if all(row[name] == value for name, value in axes.fixed.items())]
    lines = list(dict.fromkeys(row[axes.lines] for row in shown)) if axes.lines else [None]
    with look():
        figure = new_figure(6.6)
        figure.set_layout_engine("constrained", w_pad=0.12, h_pad=0.1)
        for number, (kind, row_name) in enumerate(ROWS):
            for column, (quantity, title) in enumerate(PANELS, 1):
                plot = figure.add_subplot(len(ROWS), len(PANELS), number * len(PANELS) + column)
                for index, value in enumerate(lines):
                    own = [row for row in shown if axes.lines is None or row[axes.lines] == value]
                    _draw_line(plot, own, axes.across, quantity + kind, index, len(lines))
                if kind:
                    plot.axhline(0, color="0.6", linewidth=0.8, zorder=0)
                else:
                    plot.set_title(title.in_language(lang), loc="left", fontsize=10.5)
                ticks = sorted({row[axes.across] for row in shown})
                plot.set_xticks(ticks, [_shown(axes.across, tick) for tick in ticks])
                plot.grid(axis="y", color="0.92")
                if column == 1:
                    plot.set_ylabel(row_name.in_language(lang), fontsize=10.5)
        figure.axes[-2].set_xlabel(_label(axes.across, lang), fontsize=10.5)
        figure.suptitle(_title(sweep, axes, shown, lang), fontsize=9.5, x=0.01, ha="left")
        if axes.lines:
            handles, _ = figure.axes[0].get_legend_handles_labels()
            labels = [_shown(axes.lines, value) for value in lines]
            title_text = _label(axes.lines, lang)
            where = "outside lower center"
            figure.legend(handles, labels, title=title_text, loc=where, ncols=min(7, len(lines)), frameon=False)
        path.write_bytes(to_png(figure, 110))


def _draw_line(plot: Any, rows: list[dict[str, Any]], across: str, name: str, index: int, lines: int) -> None:
    """Draw one line, moved a little to the side so that intervals do not hide each other."""
    span = max(row[across] for row in rows) - min(row[across] for row in rows) or 1.0
    rows = sorted((row for row in rows if row[f"{name}.mean"] is not None), key=lambda row: float(row[across]))
    if not rows:
        return
    moved = [row[across] + span * 0.022 * (index - (lines - 1) / 2) for row in rows]
    means = [row[f"{name}.mean"] for row in rows]
    ends = [(row[f"{name}.low"], row[f"{name}.high"]) for row in rows]
    below = [0.0 if low is None else mean - low for mean, (low, _) in zip(means, ends, strict=True)]
    above = [0.0 if high is None else high - mean for mean, (_, high) in zip(means, ends, strict=True)]
    plot.errorbar(
        moved,
        means,
        yerr=[below, above],
        color=COLORS[index % len(COLORS)],
        marker=MARKERS[index % len(MARKERS)],
        markersize=5,
        linewidth=1.4,
        capsize=2.5,
        label=str(index),
    )


def _shown(name: str, value: Any) -> str:
    """Return a value of a parameter as people read it."""
    if not isinstance(value, float):
        return str(value)
    return BY_NAME[name].shown(value) if name in BY_NAME else f"{value:g}"


def _label(name: str, lang: str) -> str:
    if name in FACTORS:
        return FACTORS[name].in_language(lang)
    parameter = BY_NAME[name]
    return f"{parameter.meaning.in_language(lang)} ({parameter.unit})"


def _title(sweep: Sweep, axes: Axes, shown: list[dict[str, Any]], lang: str) -> str:
    counts = [row["n"] for row in shown]
    runs = f"{max(counts)}" if min(counts) == max(counts) else f"{min(counts)}–{max(counts)}"
    held = "; ".join(
        f"{name} = {_shown(name, value)}" if isinstance(value, float) else f"{_label(name, lang)}: {value}"
        for name, value in axes.fixed.items()
    )
    name = sweep.exercise.scenario.name.in_language(lang)
    return _TITLE.in_language(lang).format(name=name, n=runs, held=held).strip()
