"""Sweeps: every run of a design, resumable, to tables and a figure."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from sim.canon import canonical, digest, pretty
from sim.errors import bad_input
from sim.play.many import Measure, Row, Task
from sim.play.references import YARDSTICKS
from sim.record.disk import write_atomic
from sim.record.folder import to_csv
from sim.study.design import Sweep, find_design
from sim.study.measures import measure as measure_all
from sim.study.measures import measured_names
from sim.study.results import code_digest, program_version
from sim.study.running import How, Model, Runs, checked, failed_again, finished, kept, losses
from sim.study.tables import half_widths, summarize, tidy

PACKAGES = ("simpy", "mesa", "numpy", "scipy", "joblib", "SALib", "pyarrow", "distributed")
"""Packages whose versions are kept with the table."""


def sweep(
    design: Sweep | str | Path,
    out: Path | None = None,
    jobs: int = 1,
    progress: bool = False,
    lang: str = "en",
    *,
    how: How | None = None,
    measure: Measure = measure_all,
    model: Model | None = None,
) -> list[dict[str, Any]]:
    """Run a sweep and return its table, one row a run.

    Args:
        design: A loaded design, the id of a bundled one, or the path of a sweep file.
        out: Folder for ``results.sqlite``, ``table.csv``, ``summary.csv``, ``design.json`` and ``figure.png``.
            Runs that are finished there are not repeated; failed ones are.
        jobs: Worker processes.
        progress: Whether to show a progress bar on standard error.
        lang: Language of the figure, ``zh`` or ``en``.
        how: All terms of the runs at once, in place of jobs and progress.
        measure: What is kept of a run: a function of record and task. For processes, it must be importable by them.
        model: What is run in place of the simulator: a function of the task.

    Raises:
        BadInput: If the design cannot be used.
        RecordBroken: If the folder's store of results is none.
        OSError: If the folder cannot be written.
    """
    plan = design if isinstance(design, Sweep) else find_design(design)
    terms = checked(How(jobs=jobs, progress=progress) if how is None else how, out)
    runs = Runs(plan.files, measure, model)
    _check_precision(plan, runs)
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        write_atomic(out / "design.json", pretty(about(plan)))
    table = tidy(plan, _rows(plan, runs, out, terms))
    if out is not None:
        write(plan, table, out, lang)
    return table


def write(plan: Sweep, table: list[dict[str, Any]], out: Path, lang: str = "en") -> None:
    """Write tables, figure, answers and report of a sweep."""
    from sim.study.answers import answers, write_answers
    from sim.study.answers_report import write_report
    from sim.study.figure import PANELS, draw

    summary = summarize(plan, table)
    write_atomic(out / "table.csv", to_csv(table))
    write_atomic(out / "summary.csv", to_csv(summary))
    if plan.design.sampling is None and all(name in table[0] for name, _ in PANELS):
        draw(plan, summary, out / "figure.png", lang)
    found = answers(plan, table)
    write_answers(found, out)
    write_report(plan, table, found, out, lang)


def _rows(plan: Sweep, runs: Runs, out: Path | None, how: How) -> list[Row]:
    """Return the rows of all runs; with a wanted precision, in rounds, as far as needed."""
    precision = plan.design.precision
    if precision is None:
        return _round(plan, runs, plan.tasks, out, how)
    rows: list[Row] = []
    begin, end = 0, precision.first
    unsure = {point.number for point in plan.points}
    while unsure and begin < plan.design.replications:
        tasks = [task for task in plan.tasks if begin <= task.replication < end and task.point in unsure]
        rows += _round(plan, runs, tasks, out, how)
        widths = half_widths(plan, rows, precision.of)
        unsure = {point for point, width in widths.items() if width is None or width > precision.half_width}
        begin, end = end, end + precision.look_every
    return rows


def _round(plan: Sweep, runs: Runs, tasks: list[Task], out: Path | None, how: How) -> list[Row]:
    if plan.design.yardsticks and runs.model is None:
        tasks = _with_yardsticks(runs, tasks, out, how)
    rows = finished(runs, kept(tasks, out, how), out, how)
    if how.records == "failed" and out is not None and any(row.failed for row in rows):
        rows = failed_again(runs, rows, out, how)
    return rows


def _check_precision(plan: Sweep, runs: Runs) -> None:
    """Refuse a wanted precision of what is not measured.

    Raises:
        BadInput: If the column is none of the simulator's.
    """
    precision, own = plan.design.precision, runs.model is not None or runs.measure is not measure_all
    if precision is not None and not own and precision.of not in (names := measured_names(plan.exercise)):
        raise bad_input("precision", f"nothing is measured as {precision.of!r}", ", ".join(names), "precision.of")


def _with_yardsticks(runs: Runs, tasks: list[Task], out: Path | None, how: How) -> list[Task]:
    """Give each task the losses of its yardsticks, which depend on luck and parameters but not on who plays."""
    wanted: dict[tuple[Any, ...], list[Task]] = {}
    for task in tasks:
        wanted.setdefault((task.digest, task.seed, task.overrides), []).append(task)
    yardsticks = [own[0]._replace(policy=policy, players=()) for own in wanted.values() for policy in YARDSTICKS]
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in finished(losses(runs), yardsticks, out, how):
        if not row.failed:
            luck = (row.task.digest, row.task.seed, row.task.overrides)
            found.setdefault(luck, {})[row.task.policy] = {"quantities": row.values["quantities"]}
    given = []
    for task in tasks:
        both = found.get((task.digest, task.seed, task.overrides), {})
        given.append(task._replace(references=canonical(both)) if len(both) == len(YARDSTICKS) else task)
    return given


def about(plan: Sweep) -> dict[str, Any]:
    """Return what is kept beside a table: design, digests of all files, versions; the points stand in the table."""
    names = [name for name in PACKAGES if _version(name)]
    return {
        "format": "tabletop-sweep-run/1",
        "design": plan.design.model_dump(mode="json"),
        "digests": {**plan.exercise.digests, "sweep": digest(plan.source)},
        "settings": [
            {"scenario": one.scenario, "county": one.county, "digests": one.exercise.digests} for one in plan.settings
        ],
        "versions": {
            "python": platform.python_version(),
            "tabletop-sim": program_version(),
            **{name: _version(name) for name in names},
        },
        "code": code_digest(),
    }


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
