"""Sealing: the one place of the program where luck must not be repeatable.

Everything else follows from seeds, so that it can be done again. A seal must not: if its nonce followed from a seed,
or the seed of a sealed draw had a default, anybody could draw the same scenario and read it before the exercise, or
try seeds until one gives the commitment on the board. So both come from the system's source of secrets.
"""

from __future__ import annotations

import secrets

from sim.errors import bad_input
from sim.spec.load import Exercise
from sim.spec.sealed import Opened


def secret_seed() -> int:
    """Return a seed, from 0 to 2^63 - 1, that nobody can guess."""
    return secrets.randbits(63)


def seal(exercise: Exercise) -> Opened:
    """Return an exercise's scenario as it goes into an envelope, with a fresh nonce.

    Raises:
        BadInput: If participants shall be told all about it, which leaves nothing to seal.
    """
    scenario = exercise.scenario
    if scenario.visibility == "open":
        raise bad_input("--visibility", "an open exercise has nothing to seal", "single-blind, double-blind")
    files = {source.kind: source.digest for source in exercise.sources if source.kind != "scenario"}
    window = scenario.drawn.window if scenario.drawn else ""
    return Opened(exercise.sources[0].text, secrets.token_hex(16), files, window, scenario.visibility)
