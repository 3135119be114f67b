"""The values of the coordination parameters in one run, and the check of what is given."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from sim.errors import BadInput, Problem
from sim.spec.registry import BY_NAME, Parameter

_NUMBER = re.compile(r"[-+]?[0-9]+(\.[0-9]*)?(e[-+]?[0-9]+)?", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True)
class Parameters:
    """The values of all parameters in one run.

    Attributes:
        overrides: What differs from the defaults, by name, sorted.
    """

    overrides: tuple[tuple[str, float], ...] = ()

    def __getitem__(self, name: str) -> float:
        """Return the value of a parameter in its unit."""
        for given, value in self.overrides:
            if given == name:
                return value
        return BY_NAME[name].default


def _shown(raw: object) -> str:
    """Return a given value for a message, short whatever it is."""
    return "a huge integer" if isinstance(raw, int) and raw.bit_length() > 1024 else repr(raw)[:60]


def _allowed(parameter: Parameter) -> str:
    kind = "a whole number" if parameter.whole else "a number"
    numbers = f"{kind} from {parameter.low:g} to {parameter.high:g}"
    return f"{', '.join(parameter.names)}, or {numbers}" if parameter.names else f"{numbers} {parameter.unit}"


def parse_overrides(given: Mapping[str, str | float | int], where: str = "--set") -> Parameters:
    """Check overrides against the registry.

    Args:
        given: Values by parameter name, as text or numbers.
        where: What to name in messages.

    Raises:
        BadInput: One problem for each unknown name, unreadable value or value out of range.
    """
    problems, values = [], {}
    for name, raw in sorted(given.items()):
        parameter = BY_NAME.get(name)
        if parameter is None:
            problems.append(Problem(where, name, "no such parameter", ", ".join(BY_NAME)))
            continue
        allowed = _allowed(parameter)
        try:
            if isinstance(raw, bool):
                raise ValueError
            named = isinstance(raw, str) and raw in parameter.names
            if isinstance(raw, str) and not named and not _NUMBER.fullmatch(raw):
                raise ValueError
            value = float(parameter.names.index(str(raw)) if named else raw) + 0.0  # + 0.0: there is one zero
        except (ValueError, TypeError, OverflowError):
            what = "is none of its values" if parameter.names else "is no number"
            problems.append(Problem(where, name, f"{_shown(raw)} {what}", allowed))
            continue
        if not parameter.low <= value <= parameter.high or (parameter.whole and value != int(value)):
            problems.append(Problem(where, name, f"{_shown(raw)} is out of range", allowed))
            continue
        values[name] = value
    if problems:
        raise BadInput(tuple(problems))
    changed = [(name, value) for name, value in values.items() if value != BY_NAME[name].default]
    return Parameters(tuple(changed))
