"""What a session is given: checked before anything starts; and the versions it runs with."""

from __future__ import annotations

import platform
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from sim.errors import bad_input
from sim.spec.load import Exercise


@cache
def versions() -> dict[str, str]:
    """Return the versions of Python and of the packages that a run depends on; ``not installed`` in a bare checkout."""
    versions = {"python": platform.python_version()}
    for name in ("tabletop-sim", "simpy", "mesa", "networkx"):
        try:
            versions[name] = version(name)
        except PackageNotFoundError:
            versions[name] = "not installed"
    return versions


def checked_seed(seed: object) -> int:
    """Return a seed.

    Raises:
        BadInput: If it is no whole number from 0 to 2^63 - 1.
    """
    if isinstance(seed, bool) or not isinstance(seed, int) or not 0 <= seed < 2**63:
        raise bad_input("seed", f"{seed!r} cannot be a seed", "a whole number from 0 to 2^63 - 1")
    return int(seed)


def checked_seconds(seconds: object) -> int:
    """Return a thinking time.

    Raises:
        BadInput: If it is no whole number of seconds from 0 to a day.
    """
    if isinstance(seconds, bool) or not isinstance(seconds, int) or not 0 <= seconds <= 86_400:
        raise bad_input("thinking", f"{seconds!r} cannot be a thinking time", "whole seconds from 0 to 86400")
    return int(seconds)


def checked_seats(exercise: Exercise, seats: Sequence[str]) -> tuple[str, ...]:
    """Return the seats that persons take, in the order of the county file.

    Raises:
        BadInput: If one is no seat.
    """
    known = [one.id for one in exercise.county.organizations if one.seat]
    for seat in seats:
        if seat not in known:
            raise bad_input("seats", f"no seat {seat!r}", ", ".join(known))
    return tuple(seat for seat in known if seat in seats)


def check_decisions(exercise: Exercise, decisions: Mapping[str, str]) -> None:
    """Check options decided beforehand.

    Raises:
        BadInput: If a question or option does not exist.
    """
    points = {point.id: [option.id for option in point.options] for point in exercise.scenario.pause_points}
    for key, choice in decisions.items():
        if key not in points:
            raise bad_input("decisions", f"no question {key!r}", ", ".join(points))
        if choice not in points[key]:
            raise bad_input("decisions", f"{key}: no option {choice!r}", ", ".join(points[key]))
