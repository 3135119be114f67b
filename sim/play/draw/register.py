"""The risk register with the files that its scenarios use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.canon import digest
from sim.county.dose_response import GASES
from sim.errors import BadInput, Problem, bad_input
from sim.spec.county import County
from sim.spec.load import Source, bundled, data_folder, find, validate
from sim.spec.plan import Plan, RuleTable
from sim.spec.risks import Risks
from sim.spec.rubric import Rubric
from sim.spec.yamlread import parse, read_text


@dataclass(frozen=True)
class Register:
    """A risk register.

    Attributes:
        spec: The register.
        raw: The same as plain data, with durations as written.
        digest: SHA-256 of its text.
        county: The county that it is about.
        rubric: The rubric that its scenarios are scored by.
        sources: Files of county, rule table, rubric and plans, by kind and id.
    """

    spec: Risks
    raw: dict[str, Any]
    digest: str
    county: County
    rubric: Rubric
    sources: dict[tuple[str, str], Source]

    def files(self, plan: str) -> tuple[Source, ...]:
        """Return the files of an exercise by a plan, all but the scenario."""
        spec = self.spec
        named = (("county", spec.county), ("plan", plan), ("rules", spec.rules), ("rubric", spec.rubric))
        return tuple(self.sources[name] for name in named)


def read_register(name: str | Path) -> Register:
    """Read the register of a county: a bundled one by its id, or a file.

    Raises:
        BadInput: With one problem for each thing to mend.
    """
    path = Path(name)
    if path.suffix not in (".yaml", ".yml"):
        if str(name) not in bundled("risks"):
            raise bad_input(str(name), "no risk register", f"a .yaml file, or one of: {', '.join(bundled('risks'))}")
        path = data_folder() / "risks" / f"{name}.yaml"
    document = parse(read_text(path), path.name)
    spec = validate(Risks, document)
    folder = path.parent.parent if path.parent.name == "risks" else path.parent
    sources: dict[tuple[str, str], Source] = {}
    plans = [("plan", risk.plan) for risk in spec.risks]
    for kind, ident in (("county", spec.county), ("rules", spec.rules), ("rubric", spec.rubric), *plans):
        found = find(folder, kind, ident)
        if found is None:
            raise bad_input(document.where((kind,)), f"no {kind} {ident!r}", ", ".join(bundled(kind)), kind)
        sources[kind, ident] = Source(kind, found.name, read_text(found))
    county = _made(County, sources["county", spec.county])
    problems = [
        Problem(document.where(place), ".".join(map(str, place)), what, allowed)
        for place, what, allowed in _between(spec, county)
    ]
    if problems:
        raise BadInput(tuple(problems))
    rubric = _made(Rubric, sources["rubric", spec.rubric])
    for kind_of, source in ((Plan, plan) for (kind, _), plan in sources.items() if kind == "plan"):
        _made(kind_of, source)
    _made(RuleTable, sources["rules", spec.rules])
    return Register(spec, document.data, digest(read_text(path)), county, rubric, sources)


def _made(model: Any, source: Source) -> Any:
    return validate(model, parse(source.text, source.name))


def _between(spec: Risks, county: County) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """Find what the register names and nothing defines; facts, tasks and so on are checked in what is drawn."""
    places = [place.id for place in county.places]
    channels = [channel.id for channel in county.channels]
    for number, risk in enumerate(spec.risks):
        for index, site in enumerate(risk.sites):
            at = ("risks", number, "sites", index)
            if site.place not in places:
                yield (*at, "place"), f"no place {site.place!r}", ", ".join(places)
            if site.substance not in GASES:
                yield (*at, "substance"), f"no substance {site.substance!r}", ", ".join(GASES)
        for channel in risk.cascade.outage_channels:
            if channel not in channels:
                yield ("risks", number, "cascade", "outage_channels"), f"no channel {channel!r}", ", ".join(channels)
        for part in ("injects", "questions"):
            idents = [template.id for template in getattr(risk, part)]
            for index, ident in enumerate(idents):
                if ident in idents[:index]:
                    yield ("risks", number, part, index, "id"), f"the id {ident!r} stands twice", "each id once"
