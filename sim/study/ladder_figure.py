"""The figure of the crew ladder: every simulated crew as a dot, the run as a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.spec.base import Text

if TYPE_CHECKING:
    from sim.study.ladder import Ladder

NAMES = {
    "novice": Text(zh="新手班组", en="novice crews"),
    "plan": Text(zh="按预案班组", en="crews by the plan"),
    "trained": Text(zh="受训班组", en="trained crews"),
    "expert": Text(zh="专家班组", en="expert crews"),
}
AXES = {
    "total_loss": Text(zh="损失（折合死亡人数，越左越好）", en="loss (equivalents of one death; left is better)"),
    "total": Text(zh="总分（0–100，越右越好）", en="total score (0–100; right is better)"),
}
BETTER = Text(zh="优于 {share}", en="better than {share}")
OWN = Text(zh="本次演练", en="this run")
TITLE = Text(zh="同一情景、同一运气下，每档 {n} 个模拟班组", en="{n} simulated crews a rung, same scenario, same luck")


def sentence(found: Ladder, rung: str, quantity: str, lang: str) -> str:
    """Return where the run stands among the crews of a rung, with the interval."""
    (own,) = (one for one in found.places if (one.rung, one.quantity) == (rung, quantity))
    share = f"{own.better_than:.0%} ({own.low:.0%}–{own.high:.0%})"
    if lang == "zh":
        return f"优于 {share} 的{NAMES[rung].zh}"
    return f"better than {share} of {own.crews} {NAMES[rung].en}"


def draw_ladder(found: Ladder, lang: str) -> bytes:
    """Return the figure as PNG.

    Raises:
        MissingGlyph: If a character cannot be drawn.
    """
    from sim.show.style import BAD, GOOD, LINE, look, new_figure, to_small_png

    with look():
        figure = new_figure(4.4)
        figure.set_layout_engine("constrained", w_pad=0.12)
        for number, (quantity, axis) in enumerate(AXES.items(), 1):
            plot = figure.add_subplot(1, len(AXES), number)
            for height, rung in enumerate(NAMES):
                values = sorted(row[quantity] for row in found.table if row["rung"] == rung and not row["failed"])
                steps = [height + 0.28 * (2 * ((index * 0.618034) % 1) - 1) for index in range(len(values))]
                plot.scatter(values, steps, s=16, color=GOOD, alpha=0.6, linewidths=0, zorder=2)
                (own,) = (one for one in found.places if (one.rung, one.quantity) == (rung, quantity))
                text = BETTER.in_language(lang).format(share=f"{own.better_than:.0%}")
                plot.text(1.0, height + 0.36, text, transform=plot.get_yaxis_transform(), ha="right", fontsize=8.8)
            plot.axvline(found.own[quantity], color=BAD, linewidth=1.6, zorder=3, label=OWN.in_language(lang))
            plot.set_yticks(range(len(NAMES)), [name.in_language(lang) for name in NAMES.values()])
            plot.set_ylim(-0.6, len(NAMES) - 0.3)
            plot.grid(axis="y", color=LINE, zorder=0)
            plot.set_xlabel(axis.in_language(lang))
        figure.axes[0].legend(loc="lower right", frameon=False)
        crews = max(place.crews for place in found.places)
        figure.suptitle(TITLE.in_language(lang).format(n=crews), x=0.01, ha="left")
        return to_small_png(figure, 110)
