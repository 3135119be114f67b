"""Mesa's own batch runner over whole runs: what others use for sweeps, to be measured against."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import mesa
from mesa.datacollection import DataCollector


class WholeRun(mesa.Model):  # type: ignore[misc]
    """A Mesa model whose single step is a whole run.

    Args:
        work: Returns what is kept of a run, by name; must be importable by workers, or a partial of such.
        item: What to run.
        rng: Mesa's generators, which nothing draws from.

    Attributes:
        values: What is kept of the run; empty before it.
        datacollector: Mesa's table of these values, with one row.
    """

    def __init__(self, work: Callable[[Any], dict[str, Any]], item: Any, rng: Any = None) -> None:
        super().__init__(rng=0 if rng is None else rng)
        self._work, self._item = work, item
        self.values: dict[str, Any] = {}
        self.datacollector = DataCollector(model_reporters={"values": "values"})

    def step(self) -> None:
        """Run, keep the values, and stop."""
        self.values = self._work(self._item)
        self.datacollector.collect(self)
        self.running = False


def batch_run(work: Callable[[Any], dict[str, Any]], items: Iterable[Any], jobs: int) -> list[tuple[Any, Any]]:
    """Run items by :func:`mesa.batch_run`; return each with its values, in the order in which they end.

    Args:
        work: As for :class:`WholeRun`.
        items: What to run.
        jobs: Worker processes.
    """
    parameters = {"work": work, "item": list(items)}
    rows = mesa.batch_run(WholeRun, parameters=parameters, number_processes=jobs, display_progress=False)
    return [(row["item"], row["values"]) for row in rows]
