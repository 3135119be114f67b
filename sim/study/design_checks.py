"""What can be wrong with a sweep file besides types: names, ranges, sizes, and who plays in which exercise."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from sim.actors.policies import POLICIES
from sim.errors import BadInput, Problem
from sim.play.settings import checked as checked_settings
from sim.spec import yamlread
from sim.spec.parameters import parse_overrides
from sim.spec.registry import BY_NAME, REGISTRY
from sim.study.exercises import AS_WRITTEN, Place, Setting, problem_at
from sim.study.factors import Crew, Range, Sampling, ends, grid, is_number, number_of
from sim.study.sampling import points_of

if TYPE_CHECKING:
    from sim.study.design import Design

MOST_RUNS = 1_000_000
"""More runs than this are refused: no machine at hand would finish them."""

KNOWN = frozenset(parameter.name for parameter in REGISTRY)
"""Names that may stand under ``parameters``."""


def file_problems(document: yamlread.Document) -> list[Problem]:
    """Return the problems that the file shows by itself; values of the wrong type are told by the type's own check."""
    data = document.data if isinstance(document.data, dict) else {}
    problems: list[Problem] = []
    for check in (_parameter_problems, _range_problems, _policy_problems, _sampling_problems, _scenario_problems):
        problems += check(document, data)
    return problems or _size_problems(document, data)


def _given(data: dict[str, Any]) -> dict[str, Any]:
    given = data.get("parameters")
    return given if isinstance(given, dict) else {}


def _parameter_problems(document: yamlread.Document, data: dict[str, Any]) -> Iterator[Problem]:
    for name, levels in _given(data).items():
        seen: set[float] = set()
        for key, raw in ends(levels):
            value = number_of(name, raw)
            if not is_number(value):
                continue
            place: Place = ("parameters", name, key)
            try:
                parse_overrides({name: value})  # type: ignore[dict-item]  # a number, as is_number says
            except BadInput as error:
                place = ("parameters", name) if name not in KNOWN else place
                shown = ".".join(map(str, place))
                yield error.problems[0]._replace(where=document.where(place), path=shown)
            if value in seen:
                yield problem_at(document, place, f"{value} stands already", "each value once")
            seen.add(value)  # type: ignore[arg-type]


def _range_problems(document: yamlread.Document, data: dict[str, Any]) -> Iterator[Problem]:
    for name, levels in _given(data).items():
        try:
            own = Range.model_validate({key: number_of(name, one) for key, one in levels.items()})
        except (ValidationError, AttributeError, TypeError):
            continue  # no range, or one whose types are told elsewhere
        if own.low >= own.high:
            yield problem_at(document, ("parameters", name, "low"), "low is not below high", "two different ends")
        if own.scale == "log" and (own.low <= 0 or (name in BY_NAME and BY_NAME[name].whole)):
            allowed = "a number above 0 as low, of a parameter that is not whole; or scale: linear"
            yield problem_at(document, ("parameters", name, "scale"), "cannot be spaced by ratio", allowed)


def _policy_problems(document: yamlread.Document, data: dict[str, Any]) -> Iterator[Problem]:
    given = data.get("policies")
    names = [one.get("id") if isinstance(one, dict) else one for one in (given if isinstance(given, list) else [])]
    for number, name in enumerate(names):
        place: Place = ("policies", number)
        if isinstance(name, str) and isinstance(given, list) and not isinstance(given[number], dict):
            if name not in POLICIES:
                yield problem_at(document, place, f"no policy {name!r}", ", ".join(POLICIES))
        elif name in POLICIES:
            yield problem_at(document, place, f"{name!r} is the name of a policy", "a name of its own")
        if name in names[:number]:
            yield problem_at(document, place, f"{name} stands already", "each policy once")


def _sampling_problems(document: yamlread.Document, data: dict[str, Any]) -> Iterator[Problem]:
    own = _sampling(data)
    if own is None:
        return
    if own.method == "sobol" and own.points & (own.points - 1):
        yield problem_at(document, ("sampling", "points"), f"{own.points} is no power of two", "2, 4, 8, 16, ...")
    if own.method == "morris" and own.levels % 2:
        yield problem_at(document, ("sampling", "levels"), f"{own.levels} is odd", "an even number from 4 to 20")
    if _varied(data) < 2 and own.method != "latin":
        allowed = "at least 2 parameters with several values"
        yield problem_at(document, ("parameters",), f"nothing to tell apart by {own.method}", allowed)


def _scenario_problems(document: yamlread.Document, data: dict[str, Any]) -> Iterator[Problem]:
    if not any(data.get(name) for name in ("scenario", "scenarios", "drawn")):
        yield problem_at(document, (), "'scenario' is missing", "scenario, scenarios or drawn")
    if data.get("scenario") and data.get("scenarios"):
        yield problem_at(document, ("scenarios",), "stands beside scenario", "one of the two")
    for name in ("scenarios", "counties", "difficulties"):
        own = data.get(name) if isinstance(data.get(name), list) else []
        for number, one in enumerate(own or []):
            if one in (own or [])[:number]:
                yield problem_at(document, (name, number), f"{one} stands already", "each once")


def _sampling(data: dict[str, Any]) -> Sampling | None:
    try:
        return Sampling.model_validate(data.get("sampling"))
    except ValidationError:
        return None  # none, or its own check says what is wrong


def _varied(data: dict[str, Any]) -> int:
    return sum(
        isinstance(levels, dict) or (isinstance(levels, list) and len(levels) > 1) for levels in _given(data).values()
    )


def _size_problems(document: yamlread.Document, data: dict[str, Any]) -> list[Problem]:
    replications = data.get("replications")
    if not isinstance(replications, int):
        return []  # the type's own check says so
    drawn = data.get("drawn")
    count = drawn.get("count") if isinstance(drawn, dict) else 0
    scenarios = _listed(data, "scenarios") + bool(data.get("scenario")) + (count if isinstance(count, int) else 0)
    runs = replications * max(1, scenarios)
    for name in ("counties", "difficulties", "policies"):
        runs *= max(1, _listed(data, name))
    sampling = _sampling(data)
    if sampling is not None:
        runs *= points_of(sampling, _varied(data))
    else:
        for levels in _given(data).values():
            steps = levels.get("steps", 2) if isinstance(levels, dict) else len(ends(levels))
            runs *= steps if isinstance(steps, int) else 1
    if runs <= MOST_RUNS:
        return []
    what = f"the sweep asks for {runs} runs"
    return [problem_at(document, ("replications",), what, f"at most {MOST_RUNS} runs in all")]


def _listed(data: dict[str, Any], name: str) -> int:
    """Return how many stand in a list of the file; 0 where there is none."""
    given = data.get(name)
    return len(given) if isinstance(given, list) else 0


def player_problems(document: yamlread.Document, design: Design, settings: list[Setting]) -> list[Problem]:
    """Return problems of difficulties, crews and values that only the exercises tell."""
    problems: list[Problem] = []
    for number, ident in enumerate(design.difficulties):
        for setting in settings:
            known = [one.id for one in setting.exercise.scenario.difficulties]
            if ident not in (AS_WRITTEN, *known):
                what = f"{setting.scenario} has no difficulty {ident!r}"
                problems.append(problem_at(document, ("difficulties", number), what, ", ".join((AS_WRITTEN, *known))))
    for number, player in enumerate(design.policies):
        policy, seats = (player.policy, player.seats) if isinstance(player, Crew) else (player, {})
        problems += _refused(document, ("policies", number), settings, policy=policy, players=seats)
    for name, levels in design.parameters.items():
        for value in grid(name, levels):
            problems += _refused(document, ("parameters", name), settings, overrides={name: value})
    return list(dict.fromkeys(problems))


def _refused(document: yamlread.Document, place: Place, settings: list[Setting], **given: Any) -> Iterator[Problem]:
    for setting in settings:
        try:
            checked_settings(setting.exercise, **given)
        except BadInput as error:
            for problem in error.problems:
                yield problem_at(document, place, f"{setting.scenario}: {problem.what}", problem.allowed)
