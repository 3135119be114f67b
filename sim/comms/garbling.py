"""Garbling: what was said and what arrived are not always the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.comms.message import Stated
from sim.rng import Luck
from sim.spec.base import FactValue
from sim.spec.plan import PLACE, FactKind

MISHEARD_COUNTS = (0.1, 0.5, 2.0, 10.0)
"""What a misheard number is multiplied by: a digit lost or gained, halved, doubled. A guess."""


def garbled(
    facts: tuple[Stated, ...], chance: float, kinds: Mapping[str, FactKind], luck: Luck, *names: str
) -> tuple[tuple[Stated, ...], dict[str, Any]]:
    """Return facts as they arrive, and those that changed: by key the value that arrived, or None if it was lost.

    A misheard number is wrong by a factor; a misheard word is another word that the plan knows for this fact; what
    can only be yes or no is not heard at all. A larger chance never spares a fact that a smaller one changes.

    Args:
        facts: What was said.
        chance: Chance that a fact is changed.
        kinds: Kinds of fact by key.
        luck: The luck of the run.
        names: What the luck belongs to: the message and the channel.
    """
    arrived, changed = [], {}
    for fact in facts:
        if not luck.chance(chance, "garbled", *names, fact.fact):
            arrived.append(fact)
            continue
        value = _misheard(fact, kinds, luck, *names)
        changed[fact.fact] = value
        if value is not None:
            arrived.append(fact._replace(value=value))
    return tuple(arrived), changed


def _misheard(fact: Stated, kinds: Mapping[str, FactKind], luck: Luck, *names: str) -> FactValue | None:
    kind = kinds.get(fact.fact) or kinds.get(f"{PLACE}/{fact.fact.partition('/')[2]}")
    others = [value for value in kind.values if value != fact.value] if kind is not None else []
    if isinstance(fact.value, bool) or (others and len(others) == 1 and isinstance(others[0], bool)):
        return None
    which = luck.uniform("misheard", *names, fact.fact)
    if others:
        return others[int(which * len(others))]
    if isinstance(fact.value, int):
        wrong = round(fact.value * MISHEARD_COUNTS[int(which * len(MISHEARD_COUNTS))])
        return wrong if wrong != fact.value else None
    return None
