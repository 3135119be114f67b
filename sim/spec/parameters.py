"""The coordination parameters that a run, a scenario or a sweep may set, in one registry."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sim.errors import BadInput, Problem
from sim.spec.base import Text


class Parameter(NamedTuple):
    """One parameter: what it stands for, its unit, default, range and the source of the default."""

    name: str
    unit: str
    default: float
    low: float
    high: float
    whole: bool
    meaning: Text
    source: str


_NUMBER = re.compile(r"[-+]?[0-9]+(\.[0-9]*)?(e[-+]?[0-9]+)?", re.ASCII | re.IGNORECASE)
_GUESS = "guess; set it to what your county measures"

REGISTRY: tuple[Parameter, ...] = (
    Parameter(
        "release.approval_delay",
        "min",
        12.0,
        0.0,
        240.0,
        False,
        Text(zh="信息发布在指挥部审批的中位时长", en="median time a statement waits for approval at the command post"),
        _GUESS,
    ),
    Parameter(
        "orders.approval_delay",
        "min",
        4.0,
        0.0,
        120.0,
        False,
        Text(
            zh="无权单位请示指挥部的中位审批时长",
            en="median time the command post takes to approve an order of a unit without mandate",
        ),
        _GUESS,
    ),
    Parameter(
        "duty.phone_lines",
        "lines",
        0.0,
        0.0,
        50.0,
        True,
        Text(
            zh="县值班室电话线路数（0 = 按县文件）", en="phone lines of the duty office (0 = as the county file says)"
        ),
        "the county file",
    ),
    Parameter(
        "comms.delay_factor",
        "x",
        1.0,
        0.0,
        20.0,
        False,
        Text(zh="各通信渠道接通、通话和撰写时间的倍数", en="factor on set-up, talk and writing times of all channels"),
        "1 = as the county file says",
    ),
    Parameter(
        "comms.loss_factor",
        "x",
        1.0,
        0.0,
        20.0,
        False,
        Text(zh="各通信渠道失败概率的倍数", en="factor on the chance that an attempt to reach somebody fails"),
        "1 = as the county file says",
    ),
    Parameter(
        "staff.thinking_factor",
        "x",
        1.0,
        0.0,
        20.0,
        False,
        Text(zh="值班人员处置思考时间的倍数", en="factor on the time that duty staff take to decide"),
        "1 = as the county file says",
    ),
    Parameter(
        "seat.thinking",
        "min",
        2.0,
        0.0,
        60.0,
        False,
        Text(
            zh="策略席位回答提问所需的中位时长",
            en="median time that a seat played by a policy takes to answer a question",
        ),
        _GUESS,
    ),
    Parameter(
        "public.calls_factor",
        "x",
        1.0,
        0.0,
        20.0,
        False,
        Text(zh="谣言引起的群众来电数量的倍数", en="factor on the calls that a rumor brings to the duty office"),
        "1 = as the scenario says",
    ),
)

_BY_NAME = {parameter.name: parameter for parameter in REGISTRY}


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
        return _BY_NAME[name].default


def _shown(raw: object) -> str:
    """Return a given value for a message, short whatever it is."""
    return "a huge integer" if isinstance(raw, int) and raw.bit_length() > 1024 else repr(raw)[:60]


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
        parameter = _BY_NAME.get(name)
        if parameter is None:
            problems.append(Problem(where, name, "no such parameter", ", ".join(_BY_NAME)))
            continue
        allowed = f"{'a whole number' if parameter.whole else 'a number'} from {parameter.low:g} to {parameter.high:g}"
        try:
            if isinstance(raw, bool):
                raise ValueError
            if isinstance(raw, str) and not _NUMBER.fullmatch(raw):
                raise ValueError
            value = float(raw) + 0.0  # + 0.0: there is one zero
        except (ValueError, TypeError, OverflowError):
            problems.append(Problem(where, name, f"{_shown(raw)} is no number", f"{allowed} {parameter.unit}"))
            continue
        if not parameter.low <= value <= parameter.high or (parameter.whole and value != int(value)):
            problems.append(Problem(where, name, f"{_shown(raw)} is out of range", f"{allowed} {parameter.unit}"))
            continue
        values[name] = value
    if problems:
        raise BadInput(tuple(problems))
    changed = [(name, value) for name, value in values.items() if value != _BY_NAME[name].default]
    return Parameters(tuple(changed))
