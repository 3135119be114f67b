"""The flow chart of a plan: a lane for each owner, a column for each step, an arrow where one task sets off another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import networkx
from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch, Rectangle
from matplotlib.path import Path

from sim.show import style
from sim.show.plan_routes import Box, routes
from sim.show.plan_table import Paper
from sim.spec.plan_flow import Step

LANE_IN, GAP_IN = 1.35, 0.62
"""Room for the name of a lane, and between two columns, in inches."""
BOX_LINE_IN, BOX_PAD_IN, BETWEEN_IN = 0.15, 0.05, 0.1
LEAST_COLUMNS = 3
Wrap = Callable[[str, float, float], list[str]]


@dataclass(frozen=True)
class Chart:
    """A laid out chart."""

    boxes: dict[str, Box]
    lanes: tuple[tuple[str, str, float, float], ...]
    arrows: tuple[tuple[str, str, bool], ...]
    width_in: float
    height_in: float

    def draw(self, axes: Axes, left: float, top: float) -> None:
        """Draw the chart with its upper left corner at a point of axes that are in inches."""
        for number, (owner, name, y, height) in enumerate(self.lanes):
            ground = style.BAND if number % 2 == 0 else style.PAPER
            axes.add_patch(Rectangle((left, top + y), self.width_in, height, color=ground, lw=0, zorder=0))
            color = style.organization_color(owner)
            axes.add_patch(Rectangle((left, top + y + 0.03), 0.07, height - 0.06, color=color, lw=0, zorder=1))
            middle = top + y + height / 2
            axes.text(left + 0.14, middle, name, fontsize=style.SMALL, va="center", zorder=5)
        for (start, _, is_order), way in zip(self.arrows, routes(self.boxes, self.arrows), strict=True):
            color = style.organization_color(self.boxes[start].step.task.owner)
            _arrow(axes, tuple((left + x, top + y) for x, y in way), color, is_order=is_order)
        for box in self.boxes.values():
            _draw_box(axes, box, left, top)


def flow_chart(paper: Paper, wrap: Wrap) -> Chart:
    """Lay out what triggers what: columns by step, lanes by owner, boxes below each other where they share both."""
    steps = paper.worked_out().steps
    last = max((step.layer for step in steps if step.layer is not None), default=0)
    columns = {step.task.id: last + 1 if step.layer is None else step.layer for step in steps}
    count = max(LEAST_COLUMNS, max(columns.values()) + 1)
    width_in = style.WIDTH_IN - 0.7
    box_in = (width_in - LANE_IN - GAP_IN * (count - 1)) / count
    owners = list(dict.fromkeys(step.task.owner for step in steps))
    boxes: dict[str, Box] = {}
    lanes, y = [], 0.0
    for owner in owners:
        own = [step for step in steps if step.task.owner == owner]
        depth = dict.fromkeys(range(count), y + BETWEEN_IN)
        for step in own:
            column = columns[step.task.id]
            lines = tuple(wrap(step.task.name.in_language(paper.lang), style.SMALL, box_in - 2 * BOX_PAD_IN - 0.06))
            height = len(lines) * BOX_LINE_IN + 2 * BOX_PAD_IN
            x = LANE_IN + column * (box_in + GAP_IN)
            boxes[step.task.id] = Box(step, x, depth[column], box_in, height, lines)
            depth[column] += height + BETWEEN_IN
        end = max(depth.values())
        name = "\n".join(wrap(paper.who(owner), style.SMALL, LANE_IN - 0.58))
        lanes.append((owner, name, y, end - y))
        y = end
    return Chart(boxes, tuple(lanes), _arrows(steps, columns), width_in, y)


def _arrows(steps: tuple[Step, ...], columns: dict[str, int]) -> tuple[tuple[str, str, bool], ...]:
    """Return the arrows between tasks, those that another way says already left out; then what should come before."""
    graph = networkx.DiGraph()
    graph.add_nodes_from(step.task.id for step in steps)
    for step in steps:
        graph.add_edges_from((by, step.task.id) for _, by in step.because if by and by != step.task.id)
    kept = list(networkx.transitive_reduction(graph).edges)
    told = sorted(kept, key=lambda edge: (columns[edge[0]], list(columns).index(edge[0]), list(columns).index(edge[1])))
    reach = {node: networkx.descendants(graph, node) for node in graph}
    order = [(name, step.task.id) for step in steps for name in step.task.after if step.task.id not in reach[name]]
    return (*((start, end, False) for start, end in told), *((start, end, True) for start, end in order))


def _draw_box(axes: Axes, box: Box, left: float, top: float) -> None:
    color = style.organization_color(box.step.task.owner)
    ground = style.PAPER if box.step.layer is not None else "#F6D9CF"
    shape = FancyBboxPatch(
        (left + box.x, top + box.y),
        box.width,
        box.height,
        boxstyle="round,pad=0,rounding_size=0.05",
        facecolor=ground,
        edgecolor=color,
        lw=1.1,
        zorder=3,
    )
    axes.add_patch(shape)
    for number, line in enumerate(box.lines):
        y = top + box.y + BOX_PAD_IN + (number + 0.5) * BOX_LINE_IN
        x = left + box.x + box.width / 2
        axes.text(x, y, line, fontsize=style.SMALL, ha="center", va="center", zorder=4)


def _arrow(axes: Axes, points: tuple[tuple[float, float], ...], color: str, *, is_order: bool) -> None:
    """Draw an arrow along a line with corners."""
    arrow = FancyArrowPatch(
        path=Path(points),
        arrowstyle="-|>",
        mutation_scale=7,
        color=style.SOFT if is_order else color,
        lw=0.7 if is_order else 0.9,
        linestyle=(0, (3, 2)) if is_order else "solid",
        joinstyle="round",
        fill=False,
        zorder=2,
    )
    axes.add_patch(arrow)
