"""Attempts: draw, hold against the rules, and draw again until one is plausible."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from sim.canon import digest_of
from sim.errors import NothingFits, bad_input
from sim.play.draw.lot import Lot
from sim.play.draw.register import Register
from sim.play.draw.rules import COURSE_RULES, SCENARIO_RULES, Case
from sim.play.draw.scenario import toxic_scenario
from sim.play.draw.toxic import draw_course
from sim.play.draw.weather import Air, draw_air
from sim.play.draw.window import Window, parse_window
from sim.spec.load import Exercise, Source, build
from sim.spec.yamlwrite import to_yaml

MOST_ATTEMPTS = 20_000
"""Attempts after which a draw is given up."""
HEADER = "# Drawn from the risk register {register}; the field drawn says how. Nobody wrote this scenario.\n"


class Wishes(NamedTuple):
    """What is asked of a draw.

    Attributes:
        seed: Seed of the draw.
        kind: Kind of hazard; empty for any.
        window: Agreed window of the start.
        visibility: open, single-blind or double-blind.
    """

    seed: int = 0
    kind: str = ""
    window: Window | None = None
    visibility: str = "open"


class Draft(NamedTuple):
    """A plausible draw: the attempt, the text of the scenario file, and the exercise that it makes."""

    attempt: int
    text: str
    exercise: Exercise


class Trial(NamedTuple):
    """An attempt: the exercise if it is plausible, else the rule that it breaks."""

    draft: Draft | None
    broken: str


class Terms(NamedTuple):
    """What a scenario is drawn from.

    Attributes:
        register: The risk register.
        number: Which of its hazards was drawn.
        wishes: What was asked for.
        lot: The luck of the attempt.
        starts_at: Start of the exercise.
        air: The weather then.
        head: The first fields of the scenario.
        drawn: Its field that says how it was drawn.
    """

    register: Register
    number: int
    wishes: Wishes
    lot: Lot
    starts_at: str
    air: Air
    head: dict[str, Any]
    drawn: dict[str, Any]


Drawer = Callable[[Terms], "dict[str, Any] | str"]
"""Draws a scenario of one kind, or returns the name of the rule that the course breaks."""


def drafts(register: Register, wishes: Wishes, start: int = 0) -> Iterator[Draft]:
    """Yield plausible draws, attempt by attempt.

    Raises:
        BadInput: If the register has no hazard of the wanted kind.
        NothingFits: After :data:`MOST_ATTEMPTS` attempts.
    """
    broken: Counter[str] = Counter()
    for attempt in range(start, MOST_ATTEMPTS):
        trial = try_once(register, wishes, attempt)
        if trial.draft is not None:
            yield trial.draft
        broken[trial.broken] += 1
    most = ", ".join(f"{name} {count}" for name, count in broken.most_common(4) if name)
    raise NothingFits(MOST_ATTEMPTS, f"rules that were broken most: {most}")


def try_once(register: Register, wishes: Wishes, attempt: int) -> Trial:
    """Draw one attempt and hold it against the rules.

    Raises:
        BadInput: If the register has no hazard of the wanted kind, or its templates make no valid scenario.
    """
    lot = Lot(wishes.seed, attempt)
    risks = [risk for risk in register.spec.risks if wishes.kind in ("", risk.kind)]
    if not risks:
        raise bad_input("--kind", f"no hazard {wishes.kind!r}", ", ".join(one.kind for one in register.spec.risks))
    risk = lot.among(risks, [one.weight for one in risks], "kind")
    number = register.spec.risks.index(risk)
    calendar = register.spec.calendar
    window = wishes.window or parse_window(f"{calendar.from_}/{calendar.to}")
    starts_at = window.draw(lot)
    air = draw_air(register.spec.weather, starts_at, lot)
    drawn = {"seed": wishes.seed, "attempt": attempt, "register_digest": register.digest}
    drawn |= {"window": str(wishes.window)} if wishes.window else {}
    ident = f"drawn-{digest_of({**drawn, 'visibility': wishes.visibility, 'kind': wishes.kind})[:8]}"
    head = {"format": "tabletop-scenario/1", "id": ident, "visibility": wishes.visibility}
    made = DRAWERS[risk.kind](Terms(register, number, wishes, lot, starts_at, air, head, drawn))
    if isinstance(made, str):
        return Trial(None, made)
    text = HEADER.format(register=register.spec.id) + to_yaml(made)
    exercise = build((Source("scenario", f"{ident}.yaml", text), *register.files(risk.plan)))
    for rule in SCENARIO_RULES:
        if not rule.holds(risk, exercise):
            return Trial(None, rule.name)
    return Trial(Draft(attempt, text, exercise), "")


def draw_toxic(terms: Terms) -> dict[str, Any] | str:
    """Draw a release of toxic gas."""
    register = terms.register
    risk = register.spec.risks[terms.number]
    course = draw_course(risk, register.county, terms.starts_at, terms.air, terms.lot)
    case = Case(register, risk, course, terms.wishes.window)
    for rule in COURSE_RULES:
        if not rule.holds(case):
            return rule.name
    return toxic_scenario(register, terms.number, course, terms.lot, terms.head, terms.drawn)


DRAWERS: dict[str, Drawer] = {"toxic_release": draw_toxic}
"""One function for each kind of hazard."""
