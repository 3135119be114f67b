"""The small types that every specification file shares."""

from __future__ import annotations

from types import MappingProxyType
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema, model_validator

from sim.clocktext import parse_duration
from sim.rng import Distribution, Shape

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,47}$")]
"""An id: lower-case ASCII letters, digits, ``-`` and ``_``; at most 48 characters."""

FactKey = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,47}/[a-z][a-z0-9_]{0,47}$")]
"""A fact's key: ``subject/attribute``."""

FactValue = bool | int | str
"""What a fact may say. No floats: they would not print the same everywhere."""

Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Positive = Annotated[float, Field(gt=0, le=1e9, allow_inf_nan=False)]
NotNegative = Annotated[float, Field(ge=0, le=1e9, allow_inf_nan=False)]
Count = Annotated[int, Field(ge=0, le=10_000_000)]


class Spec(BaseModel):
    """Base of all specification types: immutable, and strangers among the keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_max_length=4000, allow_inf_nan=False)


class Text(Spec):
    """A text in both languages."""

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def in_language(self, lang: str) -> str:
        """Return the Chinese text for ``zh``, else the English one."""
        return self.zh if lang == "zh" else self.en

    def marked(self) -> Text:
        """Return the text with the mark that every text of an exercise carries."""
        zh = self.zh if self.zh.startswith(EXERCISE_MARK["zh"]) else EXERCISE_MARK["zh"] + self.zh
        en = self.en if self.en.startswith(EXERCISE_MARK["en"]) else f"{EXERCISE_MARK['en']} {self.en}"
        return self.model_copy(update={"zh": zh, "en": en})


def _in_both(value: Any) -> Any:
    if value == "":
        raise ValueError("is empty: name the law, the rule or whatever else it rests on")
    return {"zh": value, "en": value} if isinstance(value, str) else value


Ground = Annotated[
    Text,
    BeforeValidator(_in_both, json_schema_input_type=str | Text),
    Field(description="law, rule or other source, as readers are shown it; a plain string stands for both languages"),
]
"""A legal ground or other source in both languages; in files a plain string stands for both."""

EXERCISE_MARK = MappingProxyType({"zh": "【演练】", "en": "[EXERCISE]"})
"""How every text that leaves the exercise begins, so that nobody takes it for real."""


def _duration(value: Any) -> Any:
    if isinstance(value, bool):
        raise ValueError("expected a duration such as 90s or 25min")
    if isinstance(value, str):
        return parse_duration(value)
    if value == 0:
        return 0
    raise ValueError("a duration needs its unit, such as 90s, 25min or 1h30min")


Duration = Annotated[
    int,
    BeforeValidator(_duration),
    Field(ge=0),
    WithJsonSchema({"type": "string", "examples": ["90s", "25min", "T+1h30min"], "description": "a duration"}),
]
"""A duration, written with its unit and kept in whole seconds."""

_PARAMETERS = {
    Shape.FIXED: (),
    Shape.LOGNORMAL: ("median", "sigma"),
    Shape.EXPONENTIAL: ("mean",),
    Shape.TRIANGULAR: ("low", "mode", "high"),
    Shape.UNIFORM: ("low", "high"),
}
_FORMS = "fixed: 60s; lognormal: {median: 8s, sigma: 0.5}; exponential: {mean: 3min}; triangular: {low, mode, high}"


def _distribution(value: Any) -> Any:
    if isinstance(value, Distribution):
        return value
    if not isinstance(value, dict) or len(value) != 1:
        raise ValueError(f"expected one distribution: {_FORMS}")
    (name, given), *_ = value.items()
    if name not in [shape.value for shape in Shape]:
        raise ValueError(f"unknown distribution {name!r}: {_FORMS}")
    shape = Shape(name)
    if shape is Shape.FIXED:
        return Distribution(shape, float(_duration(given)))
    names = _PARAMETERS[shape]
    if not isinstance(given, dict) or sorted(given) != sorted(names):
        raise ValueError(f"{name} takes exactly: {', '.join(names)}")
    if "sigma" in given and (isinstance(given["sigma"], bool) or not isinstance(given["sigma"], int | float)):
        raise ValueError("lognormal needs a number as sigma, from 0 to 3")
    numbers = [float(given[key]) if key == "sigma" else float(_duration(given[key])) for key in names]
    if shape is Shape.LOGNORMAL and not (numbers[0] > 0 and 0 <= numbers[1] <= 3):
        raise ValueError("lognormal needs a median above 0 and a sigma from 0 to 3")
    if shape in (Shape.TRIANGULAR, Shape.UNIFORM) and numbers != sorted(numbers):
        raise ValueError(f"{name} needs {' <= '.join(names)}")
    return Distribution(shape, *numbers)


Delay = Annotated[
    Distribution,
    BeforeValidator(_distribution),
    WithJsonSchema({"type": "object", "description": f"a distribution of durations: {_FORMS}"}),
]
"""A distribution of durations, in seconds."""


class Clause(Spec):
    """One condition on what somebody holds to be so. Several clauses in a list must all hold.

    Exactly one of the tests is given: ``is``, ``is_not``, ``above``, ``below``, ``known`` or ``any_of``.
    A test other than ``known: false`` fails while the fact is unknown.
    """

    fact: FactKey | None = None
    is_: FactValue | None = Field(default=None, alias="is")
    is_not: FactValue | None = None
    above: int | None = None
    below: int | None = None
    known: bool | None = None
    any_of: tuple[Clause, ...] = ()

    @model_validator(mode="after")
    def _one_test(self) -> Self:
        tests = [self.is_, self.is_not, self.above, self.below, self.known]
        given = sum(test is not None for test in tests) + bool(self.any_of)
        if given != 1 or (self.fact is None) != bool(self.any_of):
            raise ValueError(
                "a condition needs a fact and one test: is, is_not, above, below or known; or any_of alone"
            )
        return self

    def facts(self) -> tuple[str, ...]:
        """Return the keys of the facts that this clause looks at."""
        own = (self.fact,) if self.fact else ()
        return own + tuple(key for clause in self.any_of for key in clause.facts())

    def holds(self, value_of: Any) -> bool:
        """Return whether the clause holds; ``value_of(key)`` gives a value, or None where nothing is known."""
        if self.any_of:
            return any(clause.holds(value_of) for clause in self.any_of)
        value = value_of(self.fact)
        if self.known is not None:
            return (value is not None) == self.known
        if value is None:
            return False
        if self.is_ is not None:
            return bool(value == self.is_)
        if self.is_not is not None:
            return bool(value != self.is_not)
        if isinstance(value, str):
            return False
        if self.above is not None:
            return bool(value > self.above)
        return bool(self.below is not None and value < self.below)


def all_hold(clauses: tuple[Clause, ...], value_of: Any) -> bool:
    """Return whether every clause holds."""
    return all(clause.holds(value_of) for clause in clauses)


def facts_of(clauses: tuple[Clause, ...]) -> tuple[str, ...]:
    """Return the keys of all facts that the clauses look at, in the order of the clauses."""
    return tuple(dict.fromkeys(key for clause in clauses for key in clause.facts()))
