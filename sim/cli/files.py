"""Commands about files: check, schema, list."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from sim.canon import pretty
from sim.clocktext import length
from sim.errors import BadInput
from sim.spec.base import Spec
from sim.spec.load import FILE_KINDS, KINDS, TRACE, Exercise, bundled, check_file, data_folder, load, validate
from sim.spec.registry import REGISTRY
from sim.spec.trace import FORMAT as TRACE_FORMAT
from sim.spec.trace import TABLES, TraceTable, read_trace
from sim.spec.yamlread import parse, read_text


def check(arguments: argparse.Namespace) -> int:
    """Check files; each problem is one line."""
    bad = False
    for name in arguments.files:
        try:
            kind = _check_one(Path(name))
        except BadInput as error:
            print(error, file=sys.stderr)
            bad = True
        else:
            print(f"{name}: {'good' if arguments.lang == 'en' else '无误'} ({kind})")
    return 1 if bad else 0


def _check_one(path: Path) -> str:
    from sim.study.design import FORMAT, read_design

    if path.suffix in TABLES:
        read_trace(path)
        return TRACE
    document = parse(read_text(path), path.name)
    if isinstance(document.data, dict) and document.data.get("format") == FORMAT:
        read_design(path)
        return "sweep"
    if isinstance(document.data, dict) and document.data.get("format") == TRACE_FORMAT:
        read_trace(path)
        return TRACE
    kind = check_file(path)
    if kind in ("scenario", "sealed"):
        _rehearse(load(path))
    if kind == "risks":
        _draw_some(path)
    return kind


def _draw_some(path: Path) -> None:
    """Draw from a risk register: what its templates make shows only in scenarios.

    Raises:
        BadInput: With one problem for each thing to mend.
    """
    from sim.play.draw import Wishes, drafts, read_register

    register = read_register(path)
    for seed in range(5):
        next(drafts(register, Wishes(seed=seed)))


def _rehearse(exercise: Exercise) -> None:
    """Find what shows only where an exercise is put together: events that never come, a gas that is not known.

    Raises:
        BadInput: With one problem for each thing to mend.
    """
    from sim.assess.milestones import check_kinds
    from sim.play.session import Session

    if problems := check_kinds(exercise):
        raise BadInput(tuple(problems))
    Session(exercise)


def schema(arguments: argparse.Namespace) -> int:
    """Print a JSON Schema."""
    from sim.study.design import Design

    kinds: dict[str, type[Spec]] = {**FILE_KINDS, "sweep": Design, TRACE: TraceTable}
    print(pretty(kinds[arguments.kind].model_json_schema(by_alias=True)), end="")
    return 0


def show_list(arguments: argparse.Namespace) -> int:
    """List scenarios, counties, plans, parameters or kinds of gap."""
    lang = arguments.lang
    if arguments.what == "scenarios":
        for ident in bundled("scenario"):
            scenario = load(ident).scenario
            asked, seats = len(scenario.pause_points), len({point.seat for point in scenario.pause_points})
            about = {
                "en": f"{length(scenario.duration, 'en')}, {asked} questions to {seats} seats",
                "zh": f"{length(scenario.duration, 'zh')}，{seats} 个席位共 {asked} 个决策点",
            }
            print(f"{ident}  {scenario.name.in_language(lang)}  ({about[lang]})")
    elif arguments.what == "parameters":
        for parameter in REGISTRY:
            limits = f"{parameter.low:g}..{parameter.high:g} {parameter.unit}"
            allowed = ", ".join(parameter.names) or limits
            default = parameter.shown(parameter.default)
            print(f"{parameter.name} = {default}  [{allowed}]  {parameter.meaning.in_language(lang)}")
            print(f"    {parameter.source}")
    elif arguments.what == "gaps":
        _list_gaps()
    else:
        kind = {"counties": "county", "plans": "plan"}[arguments.what]
        folder = data_folder() / arguments.what
        for ident in bundled(kind):
            path = folder / f"{ident}.yaml"
            named = validate(KINDS[kind], parse(read_text(path), path.name))
            print(f"{ident}  {named.name.in_language(lang)}")  # type: ignore[attr-defined]
    return 0


def _list_gaps() -> None:
    from sim.assess.gaps import RULES

    for rule in RULES:
        module = sys.modules[rule.__module__]
        print((module.__doc__ or "").splitlines()[0].replace("``", ""))
