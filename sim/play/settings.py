"""What a run is given besides its files and its journal: checked before anything starts, kept in ``run.json``."""

from __future__ import annotations

import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from sim.actors.policies import POLICIES, Policy
from sim.errors import bad_input
from sim.spec.load import Exercise
from sim.spec.parameters import Parameters, parse_overrides
from sim.spec.profiles import check_has

PERSON = "person"
"""The player of a seat that a person takes."""
JOURNAL = "journal"
"""The player of a seat that acts as in another run."""


@dataclass(frozen=True)
class Settings:
    """The settings of a run.

    Attributes:
        seed: Seed of all luck.
        policy: How everybody is played who has no player of his own.
        players: Seats with a player of their own, ``person``, ``journal`` or a policy, in the order of the county file.
        parameters: The coordination parameters at the start.
        decisions: Options decided beforehand, by question, sorted.
        thinking_s: Thinking time charged to a person who names none, in seconds.
    """

    seed: int
    policy: str
    players: tuple[tuple[str, str], ...]
    parameters: Parameters
    decisions: tuple[tuple[str, str], ...]
    thinking_s: int

    @property
    def seats(self) -> tuple[str, ...]:
        """Seats that persons take."""
        return tuple(seat for seat, player in self.players if player == PERSON)

    @property
    def by_journal(self) -> tuple[str, ...]:
        """Seats that act as in another run."""
        return tuple(seat for seat, player in self.players if player == JOURNAL)

    def own_policies(self) -> dict[str, Policy]:
        """Return the policies of seats that are played by another one than the rest."""
        return {seat: POLICIES[player] for seat, player in self.players if player in POLICIES}

    def meta(self) -> dict[str, Any]:
        """Return what ``run.json`` says of the settings."""
        return {
            "seed": self.seed,
            "policy": self.policy,
            "players": dict(self.players),
            "thinking_s": self.thinking_s,
            "overrides": {name: repr(value) for name, value in self.parameters.overrides},
            "decisions": dict(self.decisions),
        }


def settings_from(exercise: Exercise, meta: Mapping[str, Any]) -> Settings:
    """Return the settings that ``run.json`` holds.

    Raises:
        BadInput: If they cannot be used with the exercise.
    """
    return checked(
        exercise,
        seed=meta["seed"],
        policy=meta["policy"],
        players=meta["players"],
        overrides=parse_overrides(meta["overrides"], "run.json"),
        decisions=meta["decisions"],
        thinking_s=meta["thinking_s"],
    )


def checked(
    exercise: Exercise,
    seed: object = 0,
    policy: str = "plan",
    seats: Sequence[str] = (),
    players: Mapping[str, str] | None = None,
    overrides: Mapping[str, str | float | int] | Parameters | None = None,
    decisions: Mapping[str, str] | None = None,
    thinking_s: object = 120,
) -> Settings:
    """Check what a session is given.

    Raises:
        BadInput: If something cannot be used.
    """
    if policy not in POLICIES:
        raise bad_input("policy", f"no policy {policy!r}", ", ".join(POLICIES))
    _check_decisions(exercise, decisions or {})
    parameters = overrides if isinstance(overrides, Parameters) else parse_overrides(overrides or {})
    check_has(exercise.county, parameters)
    return Settings(
        _checked_seed(seed),
        policy,
        _checked_players(exercise, policy, {**(players or {}), **dict.fromkeys(seats, PERSON)}),
        parameters,
        tuple(sorted((decisions or {}).items())),
        _checked_seconds(thinking_s),
    )


@cache
def versions() -> dict[str, str]:
    """Return the versions of Python and of the packages that a run depends on; ``not installed`` in a bare checkout."""
    versions = {"python": platform.python_version()}
    for name in ("tabletop-sim", "simpy", "mesa", "scipy"):
        try:
            versions[name] = version(name)
        except PackageNotFoundError:
            versions[name] = "not installed"
    return versions


def _checked_seed(seed: object) -> int:
    if isinstance(seed, bool) or not isinstance(seed, int) or not 0 <= seed < 2**63:
        raise bad_input("seed", f"{seed!r} cannot be a seed", "a whole number from 0 to 2^63 - 1")
    return int(seed)


def _checked_seconds(seconds: object) -> int:
    if isinstance(seconds, bool) or not isinstance(seconds, int) or not 0 <= seconds <= 86_400:
        raise bad_input("thinking", f"{seconds!r} cannot be a thinking time", "whole seconds from 0 to 86400")
    return int(seconds)


def _checked_players(exercise: Exercise, policy: str, players: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    known = [one.id for one in exercise.county.organizations if one.seat]
    mixed = [name for name, one in POLICIES.items() if not one.instant]
    for seat, player in players.items():
        if seat not in known:
            raise bad_input("seats", f"no seat {seat!r}", ", ".join(known))
        if player not in (PERSON, JOURNAL, policy) and (player not in mixed or POLICIES[policy].instant):
            raise bad_input("players", f"{seat} cannot be played by {player!r}", ", ".join((PERSON, JOURNAL, *mixed)))
    return tuple((seat, players[seat]) for seat in known if seat in players and players[seat] != policy)


def _check_decisions(exercise: Exercise, decisions: Mapping[str, str]) -> None:
    points = {point.id: [option.id for option in point.options] for point in exercise.scenario.pause_points}
    for key, choice in decisions.items():
        if key not in points:
            raise bad_input("decisions", f"no question {key!r}", ", ".join(points))
        if choice not in points[key]:
            raise bad_input("decisions", f"{key}: no option {choice!r}", ", ".join(points[key]))
