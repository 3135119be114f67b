"""Reading specification files: find, fill defaults, check, build; every problem is reported, none hides another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, TypeVar, cast, get_args

from pydantic import ValidationError

from sim.canon import digest
from sim.clocktext import hour_of_day, is_rest_day
from sim.errors import BadInput, Problem, bad_input
from sim.spec import yamlread
from sim.spec.base import Spec
from sim.spec.county import County
from sim.spec.plan import Plan, PlanTask, RuleTable, instances
from sim.spec.resources import AS_LISTED
from sim.spec.risks import Risks
from sim.spec.rubric import Rubric
from sim.spec.scenario import Scenario
from sim.spec.sealed import SEALED_SUFFIX, check_files, check_told, is_sealed, open_sealed
from sim.spec.supplied import Trace

KINDS: dict[str, type[Spec]] = {
    "scenario": Scenario,
    "county": County,
    "plan": Plan,
    "rules": RuleTable,
    "rubric": Rubric,
}
"""Kinds of the files of an exercise, by the word in their ``format`` line."""

TRACE = "trace"
"""Kind of the file that an exercise may have besides: values supplied in place of luck."""

FILE_KINDS: dict[str, type[Spec]] = {**KINDS, "risks": Risks}
"""Kinds of specification file that stand by themselves: those of an exercise, and the risk register."""

_FOLDERS = {
    "scenario": "",
    "county": "counties",
    "plan": "plans",
    "rules": "rules",
    "rubric": "rubrics",
    "risks": "risks",
}
_S = TypeVar("_S", bound=Spec)
_T = TypeVar("_T")


@dataclass(frozen=True)
class Source:
    """A specification file as read: its kind, name and exact text."""

    kind: str
    name: str
    text: str

    @property
    def digest(self) -> str:
        """SHA-256 of the text."""
        return digest(self.text)


@dataclass(frozen=True)
class Exercise:
    """Everything that an exercise is made of, checked.

    Attributes:
        sources: The files it was read from, scenario first.
        seal: Commitment of the sealed file that the scenario came in; empty for an open one.
        envelope: The sealed file itself, while its content is not to be seen.
        trace: Values supplied in place of luck; None for luck alone.
    """

    scenario: Scenario
    county: County
    plan: Plan
    rules: RuleTable
    rubric: Rubric
    sources: tuple[Source, ...]
    seal: str = ""
    envelope: str = ""
    trace: Trace | None = None
    _derived: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def derived(self, name: str, make: Callable[[], _T]) -> _T:
        """Return something that follows from the files alone; it is made once for all runs."""
        if name not in self._derived:
            self._derived[name] = make()
        return cast("_T", self._derived[name])

    @cached_property
    def plan_tasks(self) -> tuple[PlanTask, ...]:
        """The plan's tasks for this hazard's site, those for several places written out."""
        return instances(self.plan, self.scenario.hazard.site)

    @cached_property
    def present(self) -> dict[str, int]:
        """How many people are at each place when the exercise begins; that they come and go later is left out."""
        starts_at, county = self.scenario.starts_at, self.county
        rest_day = is_rest_day(starts_at, county.duty_hours.holidays)
        return county.presence(hour_of_day(starts_at, 0), rest_day=rest_day)

    @property
    def digests(self) -> dict[str, str]:
        """Digest of each file by kind."""
        return {source.kind: source.digest for source in self.sources}


def data_folder() -> Path:
    """Return the folder with the bundled scenarios: inside the wheel, or beside ``sim/`` in a checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "data"
    return inside if inside.is_dir() else package.parent / "scenarios"


def bundled(kind: str) -> list[str]:
    """Return the ids of the bundled files of a kind, sorted."""
    return sorted(path.stem for path in (data_folder() / _FOLDERS[kind]).glob("*.yaml"))


def load(scenario: str | Path) -> Exercise:
    """Load a scenario with its county, plan, rule table and rubric.

    Args:
        scenario: The id of a bundled scenario, or the path of a scenario file, open or sealed. The files it names are
            looked for beside it (``counties/``, ``plans/``, ``rules/``, ``rubrics/``), then among the bundled ones.

    Raises:
        SealBroken: If a sealed file is not what was sealed, or the files it was sealed with have changed.
        BadInput: With one problem for each thing to mend.
    """
    path = _scenario_path(scenario)
    text = yamlread.read_text(path)
    opened = open_sealed(text, path.name) if is_sealed(path.name) else None
    sources = [Source("scenario", path.name, text if opened is None else opened.scenario)]
    document = yamlread.parse(sources[0].text, sources[0].name)
    named = document.data if isinstance(document.data, dict) else {}
    problems: list[Problem] = []
    for kind in ("county", "plan", "rules", "rubric"):
        ident = named.get(kind)
        if not isinstance(ident, str):
            continue  # the scenario's own check says so
        found = find(path.parent, kind, ident)
        if found is None:
            problems.append(Problem(document.where((kind,)), kind, f"no {kind} {ident!r}", ", ".join(bundled(kind))))
        else:
            sources.append(Source(kind, found.name, yamlread.read_text(found)))
    if opened is None:
        return build(tuple(sources), problems)
    check_files(opened, {source.kind: source.digest for source in sources[1:]}, path.name)
    exercise = build(tuple(sources), problems, opened.commitment, text)
    drawn = exercise.scenario.drawn
    check_told(opened, exercise.scenario.visibility, drawn.window if drawn else "", path.name)
    return exercise


def build(
    sources: tuple[Source, ...], problems: list[Problem] | None = None, seal: str = "", envelope: str = ""
) -> Exercise:
    """Check the files of one exercise and join them; the same files give the same exercise, for it never changes.

    Args:
        sources: The files.
        problems: What is wrong already.
        seal: Commitment of the sealed file that the scenario came in.
        envelope: The sealed file itself, while its content is not to be seen.

    Raises:
        BadInput: With all problems of all files, and those between the files if each is well by itself.
    """
    return _joined(sources, tuple(problems or ()), seal, envelope)


@lru_cache(maxsize=8)
def _joined(sources: tuple[Source, ...], known: tuple[Problem, ...], seal: str, envelope: str) -> Exercise:
    from sim.spec.checks import check_exercise
    from sim.spec.trace import trace_from

    problems = list(known)
    parts: dict[str, Any] = {}
    documents: dict[str, yamlread.Document] = {}
    trace = None
    for source in sources:
        try:
            if source.kind == TRACE:
                trace = trace_from(source.text, source.name)
                continue
            documents[source.kind], parts[source.kind] = _part(source)
        except BadInput as error:
            problems.extend(error.problems)
    if problems or len(parts) < len(KINDS):
        raise BadInput(tuple(problems))
    county, resources = parts["county"], parts["scenario"].resources
    levels = [AS_LISTED, *(preset.id for preset in county.presets)]
    if resources not in levels:
        where = documents["scenario"].where(("resources",))
        raise bad_input(where, f"the county has no resources {resources!r}", ", ".join(levels), "resources")
    parts["county"] = county.with_resources(resources)
    exercise = Exercise(**parts, sources=sources, seal=seal, envelope=envelope, trace=trace)
    problems = check_exercise(exercise, documents)
    if problems:
        raise BadInput(tuple(problems))
    return exercise


@lru_cache(maxsize=32)
def _part(source: Source) -> tuple[yamlread.Document, Spec]:
    """Read and validate one file; many exercises of one process share the county, and its text is long."""
    document = yamlread.parse(source.text, source.name)
    return document, validate(KINDS[source.kind], document)


def check_file(path: Path) -> str:
    """Check one file of any kind by itself (a scenario: with the files it names) and return its kind.

    Raises:
        BadInput: With one problem for each thing to mend.
    """
    if is_sealed(path.name):
        load(path)
        return "sealed"
    document = yamlread.parse(yamlread.read_text(path), path.name)
    head = document.data.get("format") if isinstance(document.data, dict) else None
    formats = {get_args(model.model_fields["format"].annotation)[0]: kind for kind, model in FILE_KINDS.items()}
    if head not in formats:
        raise bad_input(document.where(("format",)), f"format is {head!r}", ", ".join(formats), "format")
    if formats[head] == "scenario":
        load(path)
    else:
        validate(FILE_KINDS[formats[head]], document)
    return formats[head]


def validate(model: type[_S], document: yamlread.Document) -> _S:
    """Build a specification type from a parsed file.

    Raises:
        BadInput: With one problem for each value that does not fit, with its line.
    """
    if not isinstance(document.data, dict):
        raise bad_input(document.where(()), "the file is no mapping", "keys and values")
    try:
        return model.model_validate(document.data)
    except ValidationError as error:
        raise BadInput(tuple(_problem(document, item) for item in error.errors(include_url=False))) from error


def _problem(document: yamlread.Document, item: Any) -> Problem:
    path: tuple[str | int, ...] = ()
    for part in item["loc"]:  # tags of unions are part of pydantic's path, not of the file's
        if (*path, part) in document.marks:
            path = (*path, part)
    shown = ".".join(str(part) for part in path)
    last = item["loc"][-1] if item["loc"] else ""
    if item["type"] == "missing":
        return Problem(document.where(path), shown, f"{last!r} is missing", f"the key {last!r}")
    if item["type"] == "extra_forbidden":
        return Problem(document.where(path), shown, "unknown key", "a key of this type; see `tabletop schema`")
    message = item["msg"].removeprefix("Value error, ")
    expected = item.get("ctx", {}).get("expected") or item.get("ctx", {}).get("expected_tags") or ""
    given = item.get("input")
    shown_input = f": got {str(given)[:60]!r}" if isinstance(given, (str, int, float, bool)) else ""
    return Problem(document.where(path), shown, f"{message}{shown_input}", str(expected))


def _scenario_path(scenario: str | Path) -> Path:
    path = Path(scenario)
    if path.suffix in (".yaml", ".yml", SEALED_SUFFIX):
        return path
    if str(scenario) in bundled("scenario"):
        return data_folder() / f"{scenario}.yaml"
    raise bad_input(str(scenario), "no such scenario", f"a .yaml file, or one of: {', '.join(bundled('scenario'))}")


def find(folder: Path, kind: str, ident: str) -> Path | None:
    """Return the file of a kind that an id names, beside a folder's files or among the bundled ones; None for none."""
    if not ident.replace("-", "").replace("_", "").isalnum() or not ident.isascii():
        return None  # an id, never a path
    for base in (folder, data_folder()):
        candidate = base / _FOLDERS[kind] / f"{ident}.yaml"
        if candidate.is_file():
            return candidate
    return None
