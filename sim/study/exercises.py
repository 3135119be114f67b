"""The exercises of a design: scenarios that are named or drawn, in the counties that it names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from sim.canon import digest
from sim.errors import BadInput, Problem, TabletopError
from sim.play.draw import Wishes, drafts, read_register
from sim.spec import yamlread
from sim.spec.load import Exercise, Source, build, bundled, find, load
from sim.study.factors import Drawn

AS_WRITTEN = "as_written"
"""The difficulty that leaves a scenario as it is."""

Place = tuple[str | int, ...]
"""Where something stands in a file: keys and numbers."""


class Setting(NamedTuple):
    """An exercise of a design.

    Attributes:
        exercise: The files, checked.
        scenario: Its name in the tables.
        county: Id of its county.
    """

    exercise: Exercise
    scenario: str
    county: str

    @property
    def digest(self) -> str:
        """Digest of all its files."""
        return digest("\n".join(self.exercise.digests.values()))


def problem_at(document: yamlread.Document, place: Place, what: str, allowed: str) -> Problem:
    """Return a problem with the line of its place in the file."""
    return Problem(document.where(place), ".".join(map(str, place)), what, allowed)


def settings_of(document: yamlread.Document, folder: Path) -> tuple[list[Setting], list[Problem]]:
    """Load the exercises that a sweep file names, and return them with what is wrong with them."""
    data = document.data if isinstance(document.data, dict) else {}
    problems: list[Problem] = []
    found: list[tuple[str, Place, Exercise]] = []
    for named, place in _named(data):
        try:
            path = folder / named if named.endswith((".yaml", ".yml", ".sealed")) else named
            found.append((Path(named).stem, place, load(path)))
        except BadInput as error:
            problems += [_of_scenario(document, place, named, problem) for problem in error.problems]
    if isinstance(data.get("drawn"), dict):
        try:
            found += _drawn(Drawn.model_validate(data["drawn"]), folder)
        except ValidationError:
            found = found[:]  # the type's own check says so
        except TabletopError as error:
            problems.append(problem_at(document, ("drawn",), " ".join(str(error).split()), "a kind of the register"))
    given = data.get("counties")
    counties = [one for one in given if isinstance(one, str)] if isinstance(given, list) else []
    settings: list[Setting] = []
    for name, place, exercise in found:
        for number, county in enumerate(counties or [""]):
            at = ("counties", number) if county else place
            settings += _in_county(document, at, name, exercise, folder, county, problems)
    return settings, problems


def _named(data: dict[str, Any]) -> Iterator[tuple[str, Place]]:
    if isinstance(data.get("scenario"), str) and data["scenario"]:
        yield data["scenario"], ("scenario",)
    given = data.get("scenarios")
    for number, named in enumerate(given if isinstance(given, list) else []):
        if isinstance(named, str) and named:
            yield named, ("scenarios", number)


def _drawn(wanted: Drawn, folder: Path) -> Iterator[tuple[str, Place, Exercise]]:
    named = wanted.county
    register = read_register(folder / named if named.endswith((".yaml", ".yml")) else named)
    for seed in range(wanted.seed, wanted.seed + wanted.count):
        draft = next(drafts(register, Wishes(seed=seed, kind=wanted.kind)))
        yield f"drawn-{seed}", ("drawn",), draft.exercise


def _in_county(
    document: yamlread.Document,
    place: Place,
    name: str,
    exercise: Exercise,
    folder: Path,
    county: str,
    problems: list[Problem],
) -> Iterator[Setting]:
    """Yield the exercise, moved to another county if one is named; notes what is wrong with that."""
    if not county:
        yield Setting(exercise, name, exercise.county.id)
        return
    path = find(folder, "county", county)
    if path is None:
        problems.append(problem_at(document, place, f"no county {county!r}", ", ".join(bundled("county"))))
        return
    other = Source("county", path.name, yamlread.read_text(path))
    try:
        moved = build(tuple(other if source.kind == "county" else source for source in exercise.sources))
    except BadInput as error:
        first = error.problems[0]
        what = f"{name} cannot take place in {county}: {first.where}: {first.what}"
        problems.append(problem_at(document, place, what, "a county with the places and bodies of the scenario"))
        return
    yield Setting(moved, name, county)


def _of_scenario(document: yamlread.Document, place: Place, named: str, problem: Problem) -> Problem:
    """Return a problem of the scenario; one about the whole file gets the line that names the file."""
    if problem.where not in (named, Path(named).name):
        return problem
    shown = ".".join(map(str, place))
    return problem._replace(where=document.where(place), path=shown, what=f"{named}: {problem.what}")
