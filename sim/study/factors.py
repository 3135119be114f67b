"""The factors of a design: which values a parameter takes, who plays, and how points are chosen among them."""

from __future__ import annotations

from math import exp, isfinite, log
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from sim.spec.base import Id, Spec
from sim.spec.registry import BY_NAME

DIGITS = 6
"""Significant digits of values that are sampled; more would be noise in tables."""

Value = Annotated[float, Field(strict=True, allow_inf_nan=False)]


class Range(Spec):
    """Values of a parameter between two ends, in its unit.

    Attributes:
        low: Least value.
        high: Largest value.
        steps: Values of a grid, both ends among them; sampled designs take any value in between.
        scale: ``log`` spaces values by their ratio, for ends above 0.
    """

    low: Value
    high: Value
    steps: int = Field(default=2, strict=True, ge=2, le=1000)
    scale: Literal["linear", "log"] = "linear"


def _kind(given: object) -> str:
    return "range" if isinstance(given, dict | Range) else "values"


Values = Annotated[tuple[Value, ...], Field(min_length=1)]
Levels = Annotated[Annotated[Values, Tag("values")] | Annotated[Range, Tag("range")], Discriminator(_kind)]
"""A list of values, or a range."""


class Crew(Spec):
    """Who plays: a policy, and seats that are played by another one.

    Attributes:
        id: Its name in the tables.
        policy: Who plays all seats that are not named.
        seats: Policies by seat.
    """

    id: Id
    policy: str = "plan"
    seats: dict[str, str] = Field(min_length=1)


Player = Annotated[
    Annotated[str, Tag("name")] | Annotated[Crew, Tag("crew")],
    Discriminator(lambda given: "crew" if isinstance(given, dict | Crew) else "name"),
]
"""A policy by its name, or a crew."""


class Sampling(Spec):
    """How the points of a design are chosen where not every combination is run.

    Attributes:
        method: ``latin``: a Latin hypercube of ``points`` points. ``sobol``: Saltelli's scheme for first-order and
            total indices, ``points`` × (factors + 2) points; a power of two. ``morris``: ``points`` trajectories
            of factors + 1 points, for screening.
        points: Base samples, or trajectories.
        levels: Levels of a trajectory; even.
        seed: Seed of the sample; the luck of runs does not depend on it.
    """

    method: Literal["latin", "sobol", "morris"]
    points: int = Field(strict=True, ge=2, le=100_000)
    levels: int = Field(default=4, strict=True, ge=4, le=20)
    seed: int = Field(default=0, strict=True, ge=0, lt=2**32)


class Drawn(Spec):
    """Scenarios that nobody wrote, drawn from a risk register, as a factor of the design.

    Attributes:
        county: The register: an id, or a file beside the design.
        count: How many.
        seed: Seed of the first; each further one has the next seed.
        kind: Kind of hazard; empty for any.
    """

    county: str = Field(default="anlan", min_length=1, max_length=400)
    count: int = Field(strict=True, ge=1, le=1000)
    seed: int = Field(default=0, strict=True, ge=0, lt=2**62)
    kind: str = Field(default="", max_length=48)


class Precision(Spec):
    """How sure a mean must be before replications end.

    Attributes:
        of: Column of the table.
        half_width: Half the 95 % interval of its mean at every point, at most, in the column's unit.
        first: Replications before the first look; a guess at what the variance needs to be known.
        look_every: Replications between two looks.
    """

    of: str = Field(default="total_loss", min_length=1, max_length=80)
    half_width: Annotated[float, Field(strict=True, gt=0, allow_inf_nan=False)]
    first: int = Field(default=10, strict=True, ge=3, le=100_000)
    look_every: int = Field(default=10, strict=True, ge=1, le=100_000)


def by_number(given: object) -> object:
    """Return parameters with the names of values, such as ``three_outage``, turned into their numbers."""
    if not isinstance(given, dict):
        return given
    return {name: _numbers(name, levels) for name, levels in given.items()}


def _numbers(name: object, levels: object) -> object:
    if isinstance(levels, dict):
        return {key: number_of(name, one) if key in ("low", "high") else one for key, one in levels.items()}
    return [number_of(name, one) for one in levels] if isinstance(levels, list | tuple) else levels


def number_of(name: object, value: object) -> object:
    """Return the number of a named value; what is none stays."""
    names = BY_NAME[name].names if isinstance(name, str) and name in BY_NAME else ()
    return float(names.index(value)) if isinstance(value, str) and value in names else value


def grid(name: str, levels: tuple[float, ...] | Range) -> tuple[float, ...]:
    """Return the values of a parameter in a full design, each once."""
    if not isinstance(levels, Range):
        return levels
    return tuple(dict.fromkeys(at(name, levels, step / (levels.steps - 1)) for step in range(levels.steps)))


def at(name: str, levels: tuple[float, ...] | Range, share: float) -> float:
    """Return the value of a parameter at a share (0 to 1) of its range, whole where the parameter is."""
    if not isinstance(levels, Range):
        return levels[min(int(share * len(levels)), len(levels) - 1)]
    low, high = levels.low, levels.high
    if BY_NAME[name].whole:
        return low + min(int(share * (high - low + 1)), int(high - low))
    by_ratio = levels.scale == "log"
    value = exp(log(low) + share * log(high / low)) if by_ratio else low + share * (high - low)
    return min(max(float(f"{value:.{DIGITS}g}"), low), high)


def ends(levels: Any) -> list[tuple[str | int, Any]]:
    """Return the values of raw levels with their places in the file."""
    if isinstance(levels, dict):
        return [(key, levels[key]) for key in ("low", "high") if key in levels]
    return list(enumerate(levels)) if isinstance(levels, list) else []


def is_number(value: object) -> bool:
    """Return whether a raw value is a plain number."""
    return not isinstance(value, bool) and isinstance(value, int | float) and isfinite(value)
