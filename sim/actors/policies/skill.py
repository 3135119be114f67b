"""Skill: what a seat and the staff of its desk check, ask, tell and foresee, and how long they think.

No published measurement of county duty desks is at hand. The directions are those of studies of decisions in the field:
experienced people recognize a situation and act on the first workable course, look ahead for what comes next, and ask
for what they miss, where beginners are slower, wait, and lose single steps and addressees (G. Klein, Sources of Power,
1998; E. Salas and others on shared mental models; recalled). Every number is a guess.
"""

from __future__ import annotations

from typing import NamedTuple


class Skill(NamedTuple):
    """How well a seat is manned. What is given here as default is exactly to follow the plan.

    Attributes:
        thinking: Factor on the time that desk, approval and answers of the seat take to think.
        remembers: Share of routine tasks and reports that somebody thinks of as soon as they are due.
        reminded_after_min: Median time until the others are thought of, in minutes.
        hesitates: Share of questions answered by what commits to the least.
        addresses: Share of the addressees of a routine message who are not forgotten.
        protects: Share of orders to units at which it is checked that unprotected crews stay out of known danger.
        chases: Whether the desk reads acknowledgments and asks after those that do not come.
        says_again: Whether what did not get through is said again, with what is known by then.
        verifies: Whether a second source is asked about what is unverified or contradicted, and only what nobody
            contradicts is passed on of one's own accord.
        asks_after_min: How long after the alarm, and from then on how often, the desk asks for facts that its tasks
            wait for; None if it asks only what the plan orders. In minutes.
        stale_after_min: After what time a fact that tasks of the desk wait for is asked for again; None for never.
        passes_on: Whether what the desk learns at first hand is passed on at once to all who need to know it by the
            plan, besides what the plan's own tasks tell.
        foresees: Whether forecasts count as what they forecast where people must be protected, what needs no more
            than asking is done on the first sign, and crews are made ready on the first alarm.
        weighs: Whether the answer is the one that is best by what is known where the plan's is not, and crews that
            become free go where by what is known most people need them.
    """

    thinking: float = 1.0
    remembers: float = 1.0
    reminded_after_min: float = 0.0
    hesitates: float = 0.0
    addresses: float = 1.0
    protects: float = 1.0
    chases: bool = True
    says_again: bool = False
    verifies: bool = False
    asks_after_min: float | None = None
    stale_after_min: float | None = None
    passes_on: bool = False
    foresees: bool = False
    weighs: bool = False


AS_PLANNED = Skill()
"""Follows the plan, no more and no less; bodies without a seat, such as a hospital's desk, are manned like this."""
