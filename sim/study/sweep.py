"""Sweeps: every run of a design, resumable, to tables and a figure."""

from __future__ import annotations

import platform
from contextlib import closing
from importlib.metadata import version
from pathlib import Path
from typing import Any

from sim.canon import canonical, digest, pretty
from sim.play.many import Measure, Row, Task, run_many
from sim.play.references import YARDSTICKS
from sim.record.disk import write_atomic
from sim.record.folder import to_csv
from sim.study.design import Sweep, find_design
from sim.study.measures import measure, measure_loss
from sim.study.progress import progress_bar
from sim.study.results import Results, code_digest, program_version
from sim.study.tables import summarize, tidy


def sweep(
    design: Sweep | str | Path, out: Path | None = None, jobs: int = 1, progress: bool = False, lang: str = "en"
) -> list[dict[str, Any]]:
    """Run a sweep and return its table, one row a run.

    Args:
        design: A loaded design, the id of a bundled one, or the path of a sweep file.
        out: Folder for ``results.sqlite``, ``table.csv``, ``summary.csv``, ``design.json`` and ``figure.png``.
            Runs that are finished there are not repeated; failed ones are.
        jobs: Worker processes.
        progress: Whether to show a progress bar on standard error.
        lang: Language of the figure, ``zh`` or ``en``.

    Raises:
        BadInput: If the design cannot be used.
        RecordBroken: If the folder's store of results is none.
        OSError: If the folder cannot be written.
    """
    plan = design if isinstance(design, Sweep) else find_design(design)
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        write_atomic(out / "design.json", pretty(_about(plan)))
    tasks = plan.tasks
    if plan.design.yardsticks:
        tasks = _with_yardsticks(plan, tasks, out, jobs, progress)
    table = tidy(plan, _finished(plan, tasks, measure, out, jobs, progress))
    if out is not None:
        write(plan, table, out, lang)
    return table


def write(plan: Sweep, table: list[dict[str, Any]], out: Path, lang: str = "en") -> None:
    """Write the tables and the figure of a sweep."""
    from sim.study.figure import draw

    summary = summarize(plan, table)
    write_atomic(out / "table.csv", to_csv(table))
    write_atomic(out / "summary.csv", to_csv(summary))
    draw(plan, summary, out / "figure.png", lang)


def _finished(plan: Sweep, tasks: list[Task], what: Measure, out: Path | None, jobs: int, progress: bool) -> list[Row]:
    """Return a row for every task, from the store where it is there."""
    store = None if out is None else out / "results.sqlite"
    with Results(store, plan.exercise, what.__name__) as results:
        rows = [Row(task, values, "") for task in tasks if (values := results.get(task)) is not None]
        known = {row.task for row in rows}
        todo = [task for task in tasks if task not in known]

        def keep(row: Row) -> None:
            if not row.failed:
                results.put(row.task, row.values)

        label = {"measure": "runs", "measure_loss": "yardsticks"}.get(what.__name__, what.__name__)
        with progress_bar(len(tasks), "run", label, shown=progress, initial=len(rows)) as advance:
            running = run_many(todo, plan.exercise.sources, what, jobs=jobs, on_done=keep)
            with closing(running):
                for row in running:
                    rows.append(row)
                    advance()
    return rows


def _with_yardsticks(plan: Sweep, tasks: list[Task], out: Path | None, jobs: int, progress: bool) -> list[Task]:
    """Give each task the losses of its yardsticks, which depend on luck and parameters but not on who plays."""
    wanted: dict[tuple[Any, ...], list[Task]] = {}
    for task in tasks:
        wanted.setdefault((task.seed, task.overrides), []).append(task)
    yardsticks = [own[0]._replace(policy=policy) for own in wanted.values() for policy in YARDSTICKS]
    losses: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in _finished(plan, yardsticks, measure_loss, out, jobs, progress):
        if not row.failed:
            losses.setdefault((row.task.seed, row.task.overrides), {})[row.task.policy] = {
                "quantities": row.values["quantities"]
            }
    given = []
    for task in tasks:
        found = losses.get((task.seed, task.overrides), {})
        given.append(task._replace(references=canonical(found)) if len(found) == len(YARDSTICKS) else task)
    return given


def _about(plan: Sweep) -> dict[str, Any]:
    names = ("simpy", "mesa", "networkx", "joblib")
    return {
        "format": "tabletop-sweep-run/1",
        "design": plan.design.model_dump(mode="json"),
        "digests": {**plan.exercise.digests, "sweep": digest(plan.source)},
        "points": [{"policy": point.policy, **point.values} for point in plan.points],
        "versions": {
            "python": platform.python_version(),
            "tabletop-sim": program_version(),
            **{name: version(name) for name in names},
        },
        "code": code_digest(),
    }
