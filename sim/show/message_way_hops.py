"""The messages in the figure of the way of one thing: what each went through, drawn step by step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch, Rectangle

from sim.assess.fact_way import Hop
from sim.show import style
from sim.show.fonts import shortened
from sim.show.message_way_head import BADGE, badge
from sim.show.message_way_layout import SOURCES, Badge, Lane, Part, Span, badges_of, wide_in
from sim.show.names import Names

_LOOKS: dict[str, dict[str, object]] = {
    "before": {"linewidth": 0.8, "alpha": 0.75},
    "queue": {"linewidth": 2.4, "linestyle": (0, (0.9, 0.9))},
    "air": {"linewidth": 1.7},
}
_AFTER = {"queued": "queue", "held": "held", "sent": "air"}
"""How the time after a step is drawn; ``before`` where it is not named."""


def draw_hop(axes: Axes, part: Part, lane: Lane, lanes: Sequence[Lane], names: Names, span: Span) -> None:
    """Draw a message from its sender's lane to its addressee's, or to where it was given up."""
    hop, y = part.hop, lane.y(part.level)
    color = style.organization_color(hop.sender) if lane.role else style.SOFT
    if lane.role == SOURCES:
        label = shortened(names.thing(hop.sender), style.SMALL, 1.2)
        axes.text(
            hop.composed_s - span.of_inches(0.08),
            y,
            label,
            ha="right",
            va="center_baseline",
            fontsize=style.SMALL,
            color=style.SOFT,
            zorder=5,
        )
    departed_s = hop.departed_s
    own = [step for step in hop.steps if departed_s is None or step.at_s <= departed_s]
    for step, after in pairwise(own):
        _draw_step(axes, _AFTER.get(step.kind, "before"), step.at_s, after.at_s, y, color)
    axes.plot([hop.composed_s], [y], marker="o", markersize=4.6, color=color, markerfacecolor="white", zorder=4)
    for step in own:
        if step.kind == "switched":
            axes.plot([step.at_s], [y], marker=">", markersize=5.4, color=color, markerfacecolor="white", zorder=4)
    end_s = float(hop.composed_s)
    for one in badges_of(hop, names, span):
        _draw_badge(axes, one, y, names)
        end_s = one.x_s + span.of_inches(wide_in(one, names) + 0.06)
    expired_s = hop.at("expired")
    if expired_s is not None:
        x = max(float(expired_s), end_s + span.of_inches(0.04))
        axes.plot([x], [y], marker="X", markersize=6.4, color=style.INK, markeredgecolor="white", zorder=6)
    if departed_s is not None:
        _draw_flight(axes, hop, departed_s, y, lanes, color)


def _draw_step(axes: Axes, look: str, start_s: float, end_s: float, y: float, color: str) -> None:
    if end_s <= start_s:
        return
    if look == "held":
        axes.add_patch(
            Rectangle(
                (start_s, y - 0.045),
                end_s - start_s,
                0.09,
                facecolor="white",
                edgecolor=color,
                hatch="||||",
                linewidth=0.7,
                zorder=3,
            )
        )
    else:
        axes.hlines([y], start_s, end_s, color=color, zorder=3, **_LOOKS[look])  # type: ignore[arg-type]


def _draw_badge(axes: Axes, one: Badge, y: float, names: Names) -> None:
    """Draw the mark of attempts that failed."""
    axes.text(
        one.x_s,
        y,
        badge(one.reason, one.number, names),
        ha="left",
        va="center_baseline",
        fontsize=BADGE,
        color="white",
        zorder=6,
        bbox={"boxstyle": "square,pad=0.16", "facecolor": style.BAD, "linewidth": 0},
    )


def _draw_flight(axes: Axes, hop: Hop, departed_s: int, y: float, lanes: Sequence[Lane], color: str) -> None:
    delivered_s = hop.at("delivered")
    goal = {
        (lane.role, part.hop.id): lane.y(part.level) for lane in lanes for part in lane.parts if not part.is_outgoing
    }
    end_y = goal.get((hop.to, hop.id))
    if delivered_s is None or end_y is None:
        return
    if departed_s > hop.composed_s:
        axes.plot([departed_s], [y], marker="|", markersize=6, color=color, zorder=4)
    axes.add_patch(
        FancyArrowPatch(
            (departed_s, y),
            (delivered_s, end_y),
            arrowstyle="-|>",
            mutation_scale=8,
            shrinkA=0,
            shrinkB=0,
            color=color,
            linewidth=1.2,
            zorder=3.5,
        )
    )
    read_s = hop.at("read")
    if read_s is None:
        return
    if read_s > delivered_s:
        axes.hlines([end_y], delivered_s, read_s, color=color, linewidth=1.3, linestyle=(0, (3.5, 2)), zorder=3)
    looks: Mapping[str, object] = {"marker": "o", "color": color}
    if hop.garbled:
        looks = {"marker": "D", "color": style.BAD}
    axes.plot([read_s], [end_y], markersize=5.2, markeredgecolor="white", zorder=5, **looks)  # type: ignore[arg-type]
