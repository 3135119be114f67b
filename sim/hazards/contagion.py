"""Who has eaten, incubates, is ill or well again: one group of whole persons, by uniform numbers for each step."""

from __future__ import annotations

from collections.abc import Callable

from sim.hazards.formulas import epidemic
from sim.spec.hazards.outbreak import Outbreak

Draw = Callable[..., float]
"""Gives the uniform number that belongs to some names."""


class _Meal:
    """Those whom one meal makes ill.

    Attributes:
        name: Id of the meal.
        since_s: When they ate, in seconds; negative before the beginning.
        incubating: How many incubate still.
    """

    __slots__ = ("incubating", "name", "since_s")

    def __init__(self, name: str, since_s: int, incubating: int) -> None:
        self.name, self.since_s, self.incubating = name, since_s, incubating


class Group:
    """Persons of one group in an outbreak. Everybody is in exactly one state.

    Attributes:
        state: Persons by state, without those who incubate what they ate.
        cases: How many have fallen ill since the beginning.
    """

    def __init__(self, spec: Outbreak, persons: int, draw: Draw) -> None:
        self.state = epidemic.Outbreak(persons, 0, 0, 0)
        self.cases = 0
        self._draw = draw
        self._disease = epidemic.Disease(1.0, spec.latent_h, spec.infectious_h)
        self._incubation = epidemic.INCUBATION[spec.agent]
        self._meals: list[_Meal] = []

    @property
    def incubating(self) -> int:
        """How many incubate what they ate."""
        return sum(meal.incubating for meal in self._meals)

    @property
    def persons(self) -> int:
        """All persons of the group."""
        return self.state.persons + self.incubating

    def eat(self, name: str, since_s: int, attack: float) -> int:
        """Let those who can still fall ill eat; returns how many are ill of it at the beginning already.

        Args:
            name: Name of the meal.
            since_s: When it is eaten, in s since the beginning.
            attack: Share of them who will fall ill of it.
        """
        infected = epidemic.binomial(self.state.susceptible, attack, self._draw("meal", name))
        already = epidemic.share_ill(self._incubation, -since_s)
        ill = epidemic.binomial(infected, already, self._draw("onset", name, "before"))
        self._meals.append(_Meal(name, since_s, infected - ill))
        state = self.state
        self.state = epidemic.Outbreak(
            state.susceptible - infected, state.exposed, state.infectious + ill, state.removed
        )
        self.cases += ill
        return ill

    def join(self, persons: int) -> None:
        """Let persons come who can fall ill."""
        state = self.state
        self.state = epidemic.Outbreak(state.susceptible + persons, state.exposed, state.infectious, state.removed)

    def go_on(self, slot: int, seconds: int, catching_per_h: float) -> int:
        """Let some time pass; returns how many fall ill in it.

        Args:
            slot: Number of the step, part of the names of its luck.
            seconds: Length of the step in s.
            catching_per_h: Rate per h at which somebody who can fall ill is infected by others.
        """
        from_food = sum(self._sicken(meal, slot, seconds) for meal in self._meals)
        before = self.state
        draws = tuple(self._draw("spread", which, str(slot)) for which in ("catch", "turn", "end"))
        after = epidemic.step(self._disease, before, catching_per_h, seconds / 3600, (draws[0], draws[1], draws[2]))
        turned = after.infectious - before.infectious + after.removed - before.removed
        self.state = epidemic.Outbreak(after.susceptible, after.exposed, after.infectious + from_food, after.removed)
        self.cases += turned + from_food
        return turned + from_food

    def _sicken(self, meal: _Meal, slot: int, seconds: int) -> int:
        """Return how many fall ill of a meal in a step."""
        if not meal.incubating:
            return 0
        start_s = slot * seconds - meal.since_s
        before, after = (epidemic.share_ill(self._incubation, at_s) for at_s in (start_s, start_s + seconds))
        chance = round((after - before) / (1 - before), 12) if before < 1 else 1.0
        ill = epidemic.binomial(meal.incubating, chance, self._draw("onset", meal.name, str(slot)))
        meal.incubating -= ill
        return ill
