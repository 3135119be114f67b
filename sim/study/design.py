"""The design of a sweep: in which exercises which parameters take which values, who plays, and how often."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import product
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

from pydantic import BeforeValidator, Field

from sim.errors import BadInput, Problem, bad_input
from sim.play.mail import Files
from sim.play.many import Task, replication_seed
from sim.spec import yamlread
from sim.spec.base import Id, Spec, Text
from sim.spec.load import Exercise, data_folder, validate
from sim.spec.parameters import Parameters, parse_overrides
from sim.study.design_checks import file_problems, player_problems
from sim.study.exercises import AS_WRITTEN, Setting, settings_of
from sim.study.factors import Crew, Drawn, Levels, Player, Precision, Sampling, at, by_number, grid
from sim.study.sampling import sample

FORMAT = "tabletop-sweep/1"
"""What the ``format`` line of a sweep file says."""


class Design(Spec):
    """A sweep file: every combination of exercises, difficulties, crews and points of the parameters is a setting.

    Attributes:
        scenario: Id of a bundled scenario, or path of a scenario file, seen from the sweep file.
        scenarios: Several of them, in place of one.
        drawn: Scenarios that are drawn, besides those that are named.
        counties: Ids of counties, each of which takes the place of the scenario's own; empty for the scenario's own.
        difficulties: Difficulties that every scenario has; ``as_written`` for none.
        parameters: Values by parameter name: lists, or ranges with ``low``, ``high`` and ``steps``.
        sampling: How points are chosen; without it every combination is one.
        policies: Who plays: policies, or crews with other policies in single seats.
        replications: Runs of each setting, each with its own luck, shared by all settings.
        precision: When replications may end earlier.
        seed: Root of the replications' seeds.
        yardsticks: Whether to run the policies none and perfect beside each run, so that there is an outcome.
    """

    format: Literal["tabletop-sweep/1"]
    id: Id
    name: Text
    scenario: str = Field(default="", max_length=400)
    scenarios: tuple[Annotated[str, Field(min_length=1, max_length=400)], ...] = Field(default=(), max_length=1000)
    drawn: Drawn | None = None
    counties: tuple[Id, ...] = Field(default=(), max_length=1000)
    difficulties: tuple[Id, ...] = Field(default=(AS_WRITTEN,), min_length=1, max_length=10)
    parameters: Annotated[dict[str, Levels], BeforeValidator(by_number), Field(min_length=1)]
    sampling: Sampling | None = None
    policies: tuple[Player, ...] = Field(default=("plan",), min_length=1)
    replications: int = Field(strict=True, ge=1, le=100_000)
    precision: Precision | None = None
    seed: int = Field(default=0, strict=True, ge=0, lt=2**63)
    yardsticks: bool = False

    @property
    def sampled(self) -> tuple[str, ...]:
        """Parameters that a sample varies: those with more than one value."""
        return tuple(name for name, levels in self.parameters.items() if len(grid(name, levels)) > 1)


class Point(NamedTuple):
    """A setting of the sweep.

    Attributes:
        number: Number of the point, from 0; the first one is what others are compared with.
        row: Row of the sample or of the grid, from 0; the same in all blocks.
        block: Number of the block: exercise, difficulty and crew.
        setting: Number of the exercise.
        difficulty: Id of the scenario's difficulty.
        policy: Who plays, as the tables name it.
        values: Value of every parameter of the design, in its order.
        overrides: All parameters that differ from the defaults.
    """

    number: int
    row: int
    block: int
    setting: int
    difficulty: str
    policy: str
    values: dict[str, float]
    overrides: Parameters


@dataclass(frozen=True)
class Sweep:
    """A checked design with the exercises that it runs.

    Attributes:
        design: The design.
        settings: Its exercises, scenarios outermost.
        source: Text of the sweep file.
    """

    design: Design
    settings: tuple[Setting, ...]
    source: str

    @property
    def exercise(self) -> Exercise:
        """The first exercise."""
        return self.settings[0].exercise

    @cached_property
    def files(self) -> Files:
        """The files of each exercise by its digest."""
        return {setting.digest: setting.exercise.sources for setting in self.settings}

    @cached_property
    def cube(self) -> tuple[tuple[float, ...], ...]:
        """The sample of the unit cube, a coordinate for each parameter that is sampled; empty for a full design."""
        return () if self.design.sampling is None else sample(self.design.sampled, self.design.sampling)

    @cached_property
    def rows(self) -> tuple[dict[str, float], ...]:
        """Values of the parameters, row by row; in a full design the last parameter varies fastest."""
        levels = self.design.parameters
        if self.design.sampling is None:
            grids = (grid(name, own) for name, own in levels.items())
            return tuple(dict(zip(levels, numbers, strict=True)) for numbers in product(*grids))
        rows = []
        for shares in self.cube:
            by_name = dict(zip(self.design.sampled, shares, strict=True))
            rows.append({name: at(name, own, by_name.get(name, 0.0)) for name, own in levels.items()})
        return tuple(rows)

    @cached_property
    def points(self) -> list[Point]:
        """All points: exercises outermost, then difficulties, crews, rows."""
        points: list[Point] = []
        blocks = product(range(len(self.settings)), self.design.difficulties, self.design.policies)
        for block, (setting, difficulty, player) in enumerate(blocks):
            name = player.id if isinstance(player, Crew) else player
            base = self._difficulty(setting, difficulty)
            for row, values in enumerate(self.rows):
                overrides = parse_overrides({**base, **values})
                points.append(Point(len(points), row, block, setting, difficulty, name, values, overrides))
        return points

    def _difficulty(self, setting: int, ident: str) -> dict[str, float | str]:
        known = {one.id: one.parameters for one in self.settings[setting].exercise.scenario.difficulties}
        return {} if ident == AS_WRITTEN else dict(known[ident])

    @cached_property
    def tasks(self) -> list[Task]:
        """All runs: one exercise after the other; in each, one replication of every point before the next."""
        root, crews = self.design.seed, {one.id: one for one in self.design.policies if isinstance(one, Crew)}
        digests = [setting.digest for setting in self.settings]
        own: dict[int, list[Point]] = {}
        for point in self.points:
            own.setdefault(point.setting, []).append(point)
        return [
            Task(
                point.number,
                again,
                replication_seed(root, again),
                crews[point.policy].policy if point.policy in crews else point.policy,
                point.overrides.overrides,
                digest=digests[setting],
                players=tuple(sorted(crews[point.policy].seats.items())) if point.policy in crews else (),
            )
            for setting, points in own.items()
            for again in range(self.design.replications)
            for point in points
        ]


def bundled_designs() -> list[str]:
    """Return the ids of the bundled sweeps, sorted."""
    return sorted(path.stem for path in (data_folder() / "sweeps").glob("*.yaml"))


def find_design(design: str | Path) -> Sweep:
    """Read a bundled sweep by its id, or a sweep file by its path.

    Raises:
        BadInput: With one problem for each thing to mend.
    """
    path = Path(design)
    if path.suffix not in (".yaml", ".yml"):
        if str(design) not in bundled_designs():
            raise bad_input(str(design), "no such sweep", f"a .yaml file, or one of: {', '.join(bundled_designs())}")
        path = data_folder() / "sweeps" / f"{design}.yaml"
    return read_design(path)


def read_design(path: Path) -> Sweep:
    """Read a sweep file and the exercises that it names.

    Raises:
        BadInput: With one problem for each thing to mend.
    """
    text = yamlread.read_text(path)
    document = yamlread.parse(text, path.name)
    problems: list[Problem] = []
    checked = None
    try:
        checked = validate(Design, document)
    except BadInput as error:
        problems.extend(error.problems)
    problems += file_problems(document)
    settings, more = settings_of(document, path.parent)
    problems += more
    if checked is not None and not problems:
        problems += player_problems(document, checked, settings)
    if problems or checked is None or not settings:
        raise BadInput(tuple(dict.fromkeys(problems)))
    return Sweep(checked, tuple(settings), text)
