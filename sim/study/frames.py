"""Sweeps for people who work with pandas, and the simulator as a plain function for optimizers and workbenches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.assess.intervals import interval
from sim.errors import TabletopError, bad_input
from sim.play.many import Measure, Task, replication_seed, run_one
from sim.spec.load import Exercise, load
from sim.spec.parameters import parse_overrides
from sim.study.design import Sweep, find_design
from sim.study.measures import measure as measure_all
from sim.study.running import How, Model
from sim.study.sweep import about
from sim.study.sweep import sweep as run_sweep

if TYPE_CHECKING:
    import pandas


def sweep(
    design: Sweep | str | Path,
    out: Path | str | None = None,
    jobs: int = 1,
    progress: bool = False,
    lang: str = "en",
    *,
    dask: str = "",
    records: str | int = "none",
    limit_s: float = 600.0,
    measure: Measure = measure_all,
    model: Model | None = None,
) -> pandas.DataFrame:
    """Run a sweep and return its table as a data frame: one row a run, one column a factor or an outcome.

    Args:
        design: A loaded design, the id of a bundled one, or the path of a sweep file.
        out: Folder for the store, the tables, the answers and the report; None keeps everything in memory.
        jobs: Worker processes.
        progress: Whether to show a progress bar on standard error.
        lang: Language of figure and report, ``zh`` or ``en``.
        dask: Address of a Dask scheduler, or ``local``; empty for processes of this machine.
        records: Which runs are kept as run folders: ``none``, ``all``, ``failed``, or how many.
        limit_s: Seconds of wall time after which a run counts as failed.
        measure: What is kept of a run: a function of record and task that workers can import.
        model: What is run in place of the simulator: a function of the task.

    Returns:
        The table; ``attrs["design"]`` holds the design with digests and versions.

    Raises:
        BadInput: If the design cannot be used.
    """
    import pandas

    plan = design if isinstance(design, Sweep) else find_design(design)
    how = How(jobs, dask, progress, limit_s, records)
    folder = None if out is None else Path(out)
    frame = pandas.DataFrame(run_sweep(plan, folder, lang=lang, how=how, measure=measure, model=model))
    frame.attrs["design"] = about(plan)
    return frame


def outcomes(
    parameters: Mapping[str, float | str] | None = None,
    *,
    scenario: Exercise | str | Path = "chlorine-leak",
    policy: str = "plan",
    seeds: Sequence[int] | int = 1,
    names: Sequence[str] = (),
    **given: float | str,
) -> dict[str, float]:
    """Run the simulator as a function: parameters in, mean outcomes out. Same arguments, same result.

    Calls with the same seeds share their luck, so an optimizer sees what its parameters do, not what luck does.

    Args:
        parameters: Values by name of the registry.
        scenario: A loaded exercise, the id of a bundled scenario, or a scenario file.
        policy: Who plays all seats.
        seeds: Seeds to take the mean over; or how many, which follow from 0.
        names: Outcomes to return; empty for all that are numbers.
        given: More parameters, with ``__`` in place of the dot, for tools that pass keywords.

    Raises:
        BadInput: If something cannot be used.
        TabletopError: If a run fails.
    """
    wanted = {**(parameters or {}), **{name.replace("__", "."): value for name, value in given.items()}}
    overrides = parse_overrides(wanted, "parameters").overrides
    exercise = scenario if isinstance(scenario, Exercise) else load(scenario)
    runs = [replication_seed(0, number) for number in range(seeds)] if isinstance(seeds, int) else list(seeds)
    if not runs:
        raise bad_input("seeds", "there are none", "at least one")
    found: list[dict[str, Any]] = []
    for number, seed in enumerate(runs):
        row = run_one(Task(0, number, seed, policy, overrides), exercise.sources, measure_all)
        if row.failed:
            raise TabletopError(row.failed)
        found.append({name: _number(name, row.values) for name in row.values})
    unknown = [name for name in names if name not in found[0]]
    if unknown:
        raise bad_input("names", f"nothing is measured as {unknown[0]!r}", ", ".join(found[0]))
    made = {}
    for name in names or found[0]:
        values = [row[name] for row in found if row[name] is not None]
        mean = interval(values).mean if len(values) == len(found) else None
        if mean is not None or names:
            made[name] = float("nan") if mean is None else mean
    return made


def _number(name: str, values: Mapping[str, Any]) -> Any:
    """Return an outcome as a number; what never came counts as the end of the exercise."""
    return values["end_min"] if values[name] is None and name.startswith("at_min.") else values[name]
