"""``none``: departments and command give no orders; the public, the enterprise and the villages still act."""

from __future__ import annotations

from sim.actors.policies.base import Policy, ValueOf
from sim.spec.scenario import PausePoint


def _silent(point: PausePoint, value_of: ValueOf) -> None:  # noqa: ARG001 - the signature of all policies
    return None


NONE = Policy("none", routine=False, knows_truth=False, instant=False, choose=_silent)
