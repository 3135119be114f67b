"""Which rows of a rule table hold: by region, kind of incident and grade; the nearest row fills each duty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from sim.spec.channels import Medium
from sim.spec.load import Exercise
from sim.spec.plan import Rule, RuleTable

DEFAULT, NATIONAL = "default", "national"
"""Regions whose rows hold in every county; rows of a county's own regions go before ``default``, this before
``national``."""

MEDIUM_OF: Mapping[str, Medium] = MappingProxyType({"phone": "voice", "written": "written"})
"""Medium of the channels by which a report goes, by what its rule asks for; any channel where it asks for none."""


class Duty(NamedTuple):
    """What several rows can fill: somebody's duty to report to somebody, in a way, at a stage."""

    sender: str
    to: str
    by: str
    stage: str


def duty_of(rule: Rule) -> Duty:
    """Return the duty that a row fills."""
    return Duty(rule.sender, rule.to, rule.by, rule.stage)


def rules_for(table: RuleTable, region: Sequence[str], kind: str, grade: int | None) -> tuple[Rule, ...]:
    """Return the rows that hold, one for each duty, in the order of the table.

    Among rows for one duty, the county's own region beats ``default``, and that ``national``; in one region, a row for
    certain grades beats one for all, then a row for certain kinds of incident beats one for all.

    Args:
        table: The rule table.
        region: The county's own regions, the nearest first.
        kind: Kind of the incident.
        grade: Grade of the incident, 1 the gravest; None before it is judged: rows for certain grades do not hold yet.
    """
    nearest: dict[str, int] = {}
    for number, name in enumerate((*region, DEFAULT, NATIONAL)):
        nearest.setdefault(name, number)
    best: dict[Duty, Rule] = {}
    for rule in table.rules:
        if rule.region in nearest and _holds(rule, kind, grade):
            other = best.get(duty_of(rule))
            if other is None or _rank(rule, nearest) < _rank(other, nearest):
                best[duty_of(rule)] = rule
    kept = {rule.id for rule in best.values()}
    return tuple(rule for rule in table.rules if rule.id in kept)


def _holds(rule: Rule, kind: str, grade: int | None) -> bool:
    return (not rule.kinds or kind in rule.kinds) and (not rule.grades or grade in rule.grades)


def _rank(rule: Rule, nearest: dict[str, int]) -> tuple[int, bool, bool]:
    return nearest[rule.region], not rule.grades, not rule.kinds


def clash(one: Rule, other: Rule) -> bool:
    """Return whether two rows of one region fill the same duty for the same incident, and neither is the nearer."""
    return (
        one.region == other.region
        and duty_of(one) == duty_of(other)
        and bool(one.kinds) == bool(other.kinds)
        and bool(one.grades) == bool(other.grades)
        and (not one.kinds or any(kind in other.kinds for kind in one.kinds))
        and (not one.grades or any(grade in other.grades for grade in one.grades))
    )


def rules_of(exercise: Exercise, grade: int | None) -> tuple[Rule, ...]:
    """Return the rows that hold in an exercise's county for its kind of incident, at a grade."""
    return exercise.derived(
        f"rules {grade}",
        lambda: rules_for(exercise.rules, exercise.county.region, exercise.plan.kind, grade),
    )


def row_of(exercise: Exercise, ident: str) -> Rule:
    """Return a row of an exercise's rule table by its id.

    Raises:
        KeyError: If there is none.
    """
    rows: dict[str, Rule] = exercise.derived("rows", lambda: {rule.id: rule for rule in exercise.rules.rules})
    return rows[ident]


def same_duty(exercise: Exercise, one: str, other: str) -> bool:
    """Return whether two ids name rows of the table for the same duty."""
    duties = [duty_of(rule) for rule in exercise.rules.rules if rule.id in (one, other)]
    return one == other or (len(duties) == 2 and duties[0] == duties[1])


def in_force(exercise: Exercise, ident: str, grade: int | None = None) -> Rule:
    """Return the row that fills the duty of a row: itself, unless that of another region or grade goes before it."""
    rule = row_of(exercise, ident)
    return next((one for one in rules_of(exercise, grade) if duty_of(one) == duty_of(rule)), rule)


def rows_for(exercise: Exercise, sender: str) -> tuple[Rule, ...]:
    """Return the rows under which somebody may have to report, at whatever grade, in the order of the table.

    Statements to the people of the county are not reports; orders to publish are for them.
    """
    people = exercise.county.people
    holds = {rule.id for grade in (None, 1, 2, 3, 4) for rule in rules_of(exercise, grade)}
    return tuple(
        rule for rule in exercise.rules.rules if rule.sender == sender and rule.id in holds and rule.to != people
    )
