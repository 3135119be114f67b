"""Commands about files: check, schema, list."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from sim.canon import pretty
from sim.clocktext import length
from sim.errors import BadInput, InChinese, Problem, bad_input, problem_text
from sim.spec.base import Spec
from sim.spec.county import County
from sim.spec.load import FILE_KINDS, KINDS, TRACE, Exercise, bundled, check_file, data_folder, find, load, validate
from sim.spec.plan import Plan, RuleTable
from sim.spec.registry import REGISTRY
from sim.spec.trace import FORMAT as TRACE_FORMAT
from sim.spec.trace import TABLES, TraceTable, read_trace
from sim.spec.yamlread import parse, read_text

USUAL = ("anlan", "county-default")
"""County and rule table with which a plan is looked at where nothing else is said."""


def check(arguments: argparse.Namespace) -> int:
    """Check files; each problem is one line."""
    bad = False
    for name in arguments.files:
        try:
            kind = _check_one(Path(name))
        except BadInput as error:
            print("\n".join(problem_text(problem, arguments.lang) for problem in error.problems), file=sys.stderr)
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
        exercise = load(path)
        _rehearse(exercise)
        if kind == "scenario":  # of a sealed one nothing is told
            named = next(source.name for source in exercise.sources if source.kind == "plan")
            _look_for_blind_spots(exercise.plan, exercise.county, exercise.rules, named)
    if kind == "plan":
        plan, county, rules = plan_with(path)
        _look_for_blind_spots(plan, county, rules, path.name)
    if kind == "risks":
        _draw_some(path)
    return kind


def plan_with(path: Path, county: str = USUAL[0], rules: str = USUAL[1]) -> tuple[Plan, County, RuleTable]:
    """Return a plan file with a county and a rule table, looked for beside its folder and among the bundled ones.

    Raises:
        BadInput: With one problem for each thing to mend, or each name of the plan that the other two do not have.
    """
    from sim.spec.checks.plan import strangers

    document = parse(read_text(path), path.name)
    plan = validate(Plan, document)
    found: list[Spec] = []
    for kind, ident in (("county", county), ("rules", rules)):
        where = find(path.resolve().parent.parent, kind, ident)
        if where is None:
            raise bad_input(f"--{kind}", f"no {kind} {ident!r}", ", ".join(bundled(kind)))
        found.append(validate(KINDS[kind], parse(read_text(where), where.name)))
    there, table = found
    assert isinstance(there, County)
    assert isinstance(table, RuleTable)
    wrong = [
        Problem(document.where(at), ".".join(str(part) for part in at), what, allowed)
        for at, what, allowed in strangers(plan, [one.id for one in there.organizations], table)
    ]
    if wrong:
        raise BadInput(tuple(wrong))
    return plan, there, table


def _look_for_blind_spots(plan: Plan, county: County, rules: RuleTable, where: str) -> None:
    """Find what would fall between two desks.

    Raises:
        BadInput: With one problem for each blind spot.
    """
    from sim.spec.blind import as_problems, blind_spots

    if spots := blind_spots(plan, county, rules):
        raise BadInput(as_problems(spots, where))


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


def _county(ident: str) -> County:
    """Return a county whose file lies in ``counties`` here, or is bundled.

    Raises:
        BadInput: If there is none, or with one problem for each thing to mend.
    """
    path = find(Path(), "county", ident)
    if path is None:
        allowed = ", ".join(bundled("county"))
        zh = InChinese("--county", f"没有县情文件 {ident!r}", allowed)
        raise bad_input("--county", f"no county {ident!r}", allowed, zh=zh)
    return validate(County, parse(read_text(path), path.name))


def show_list(arguments: argparse.Namespace) -> int:
    """List scenarios, counties, what a county holds, plans, parameters or kinds of gap."""
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
        from sim.show.gap_words import gap_rules

        print("\n".join(gap_rules(lang)))
    elif arguments.what == "sites":
        from sim.show.county_sites import site_lines

        print("\n".join(site_lines(_county(arguments.county), lang)))
    else:
        kind = {"counties": "county", "plans": "plan"}[arguments.what]
        folder = data_folder() / arguments.what
        for ident in bundled(kind):
            path = folder / f"{ident}.yaml"
            named = validate(KINDS[kind], parse(read_text(path), path.name))
            print(f"{ident}  {named.name.in_language(lang)}")  # type: ignore[attr-defined]
    return 0
