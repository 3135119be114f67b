"""What work does to a hazard: a job that teams finish together, or a stand whose amounts add up while it lasts."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from sim.engine import Occurrence


class Job(NamedTuple):
    """Work that ends with its effect, such as plugging a leak.

    Attributes:
        seconds: How long as many teams as were ordered take together.
        done: Has the effect; called with the number of the event by which they worked.
        pending: Whether there is anything to do still.
        must_know: Fact that a team has to find out first, if its department does not know it.
        tells: Fact that the team reports when it is done; empty for none.
    """

    seconds: int
    done: Callable[[int], object]
    pending: Callable[[], bool]
    must_know: str = ""
    tells: str = ""


class Stand(NamedTuple):
    """Work that has its effect while teams are at it, such as pumping.

    Attributes:
        join: Adds a team's amount; called with the unit, the amount and the number of the event.
        leave: Takes it away again; called with the unit and the number of the event.
        until: Occurs with the number of the event by which there is nothing to do any more.
        pending: Whether there is anything to do still.
        tells: Fact that the team reports when it is over; empty for none.
    """

    join: Callable[[str, float, int], None]
    leave: Callable[[str, int], None]
    until: Occurrence
    pending: Callable[[], bool]
    tells: str = ""


Effort = Job | Stand
