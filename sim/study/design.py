"""The design of a sweep: which parameters take which values, how often, under which policies."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BeforeValidator, Field

from sim.actors.policies import POLICIES
from sim.canon import digest
from sim.errors import BadInput, Problem, bad_input
from sim.play.many import Task, replication_seed
from sim.spec import yamlread
from sim.spec.base import Id, Spec, Text
from sim.spec.load import Exercise, data_folder, load, validate
from sim.spec.parameters import Parameters, parse_overrides
from sim.spec.registry import BY_NAME, REGISTRY

FORMAT = "tabletop-sweep/1"
"""What the ``format`` line of a sweep file says."""

MOST_RUNS = 1_000_000
"""More runs than this are refused: no machine at hand would finish them."""

KNOWN = frozenset(parameter.name for parameter in REGISTRY)
"""Names that may stand under ``parameters``."""

Value = Annotated[float, Field(strict=True, allow_inf_nan=False)]


def _by_number(given: object) -> object:
    """Return parameters with the names of values, such as ``three_outage``, turned into their numbers."""
    if not isinstance(given, dict):
        return given
    return {
        name: [_number_of(name, value) for value in values] if isinstance(values, list | tuple) else values
        for name, values in given.items()
    }


def _number_of(name: object, value: object) -> object:
    names = BY_NAME[name].names if isinstance(name, str) and name in BY_NAME else ()
    return float(names.index(value)) if isinstance(value, str) and value in names else value


class Design(Spec):
    """A sweep file.

    Attributes:
        scenario: Id of a bundled scenario, or path of a scenario file, seen from the sweep file.
        parameters: Values by parameter name; every combination is a point.
        policies: Who plays; each of them gets every combination.
        replications: Runs of each point, each with its own luck, shared by all points.
        seed: Root of the replications' seeds.
        yardsticks: Whether to run the policies none and perfect beside each run, so that there is an outcome.
    """

    format: Literal["tabletop-sweep/1"]
    id: Id
    name: Text
    scenario: str = Field(min_length=1, max_length=400)
    parameters: Annotated[
        dict[str, Annotated[tuple[Value, ...], Field(min_length=1)]], BeforeValidator(_by_number), Field(min_length=1)
    ]
    policies: tuple[str, ...] = Field(default=("plan",), min_length=1)
    replications: int = Field(strict=True, ge=1, le=100_000)
    seed: int = Field(default=0, strict=True, ge=0, lt=2**63)
    yardsticks: bool = False


class Point(NamedTuple):
    """A setting of the sweep.

    Attributes:
        number: Number of the point, from 0; the first one is what others are compared with.
        policy: Who plays.
        values: Value of every parameter of the design, in its order.
        overrides: The same as far as they differ from the defaults.
    """

    number: int
    policy: str
    values: dict[str, float]
    overrides: Parameters


@dataclass(frozen=True)
class Sweep:
    """A checked design with the exercise that it runs."""

    design: Design
    exercise: Exercise
    source: str

    @property
    def points(self) -> list[Point]:
        """All points: policies outermost, the last parameter varies fastest."""
        names = list(self.design.parameters)
        points: list[Point] = []
        for policy in self.design.policies:
            for numbers in product(*self.design.parameters.values()):
                values = dict(zip(names, numbers, strict=True))
                points.append(Point(len(points), policy, values, parse_overrides(values)))
        return points

    @property
    def tasks(self) -> list[Task]:
        """All runs; one replication of every point before the next replication."""
        spec, root = digest("\n".join(self.exercise.digests.values())), self.design.seed
        points = self.points
        return [
            Task(point.number, again, replication_seed(root, again), point.policy, point.overrides.overrides, (), spec)
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
    """Read a sweep file and the scenario that it names.

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
    data = document.data if isinstance(document.data, dict) else {}
    for check in (_parameter_problems, _policy_problems, _size_problems):
        problems += check(document, data)
    exercise = None
    if isinstance(named := data.get("scenario"), str):
        try:
            exercise = load(path.parent / named if named.endswith((".yaml", ".yml")) else named)
        except BadInput as error:
            problems += [_of_scenario(document, named, problem) for problem in error.problems]
    if problems or checked is None or exercise is None:
        raise BadInput(tuple(dict.fromkeys(problems)))
    return Sweep(checked, exercise, text)


def _of_scenario(document: yamlread.Document, named: str, problem: Problem) -> Problem:
    """Return a problem of the scenario; one about the whole file gets the line that names the file."""
    if problem.where not in (named, Path(named).name):
        return problem
    what = f"{named}: {problem.what}"
    return problem._replace(where=document.where(("scenario",)), path="scenario", what=what)


def _parameter_problems(document: yamlread.Document, data: dict[str, Any]) -> list[Problem]:
    """Return problems of names and ranges; values of the wrong type are told by the type's own check."""
    problems: list[Problem] = []
    given = data.get("parameters")
    for name, values in given.items() if isinstance(given, dict) else ():
        seen: set[float] = set()
        for number, value in enumerate(values if isinstance(values, list) else ()):
            value = _number_of(name, value)
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                continue
            where, path = document.where(("parameters", name, number)), f"parameters.{name}.{number}"
            try:
                parse_overrides({name: value})
            except BadInput as error:
                if name not in KNOWN:
                    where, path = document.where(("parameters", name)), f"parameters.{name}"
                problems.append(error.problems[0]._replace(where=where, path=path))
            if value in seen:
                problems.append(Problem(where, path, f"{value} stands already", "each value once"))
            seen.add(value)
    return problems


def _policy_problems(document: yamlread.Document, data: dict[str, Any]) -> list[Problem]:
    given = data.get("policies")
    names = given if isinstance(given, list) else []
    problems = []
    for number, name in enumerate(names):
        where, path = document.where(("policies", number)), f"policies.{number}"
        if isinstance(name, str) and name not in POLICIES:
            problems.append(Problem(where, path, f"no policy {name!r}", ", ".join(POLICIES)))
        if name in names[:number]:
            problems.append(Problem(where, path, f"{name} stands already", "each policy once"))
    return problems


def _size_problems(document: yamlread.Document, data: dict[str, Any]) -> list[Problem]:
    given, policies, replications = data.get("parameters"), data.get("policies", ["plan"]), data.get("replications")
    if not (isinstance(given, dict) and isinstance(policies, list) and isinstance(replications, int)):
        return []  # the type's own check says so
    runs = replications * len(policies)
    for values in given.values():
        runs *= len(values) if isinstance(values, list) else 1
    if runs <= MOST_RUNS:
        return []
    where = document.where(("replications",))
    return [Problem(where, "replications", f"the sweep asks for {runs} runs", f"at most {MOST_RUNS} runs in all")]
