"""The kinds of work that are done on a past, many times over: what workers do with the lines that they are sent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

from sim.play.forward import Item, Way, forward, past_from, stand
from sim.play.pricing import Future, Standing, course_from, price


class Past(Protocol):
    """A run up to some moment, on which work is done."""

    @property
    def work(self) -> str:
        """Which of :data:`WORKS`."""

    def text(self) -> str:
        """Return it as one line of JSON."""


class Work(NamedTuple):
    """A kind of work.

    Attributes:
        past_from: Returns the past that a text says.
        stand: Comes to where the past ends; what it returns is used up by one item, unless the process forks before.
        afresh: The same in a process that cannot fork.
        act: Does an item.
        item_from: Returns the item that was sent as lists.
    """

    past_from: Callable[[str], Any]
    stand: Callable[[Any], Any]
    afresh: Callable[[Any], Any]
    act: Callable[[Any, Any, Any], dict[str, Any]]
    item_from: Callable[[Sequence[Any]], Any]


def _way_and_number(sent: Sequence[Any]) -> Item:
    way, replication = sent
    return Item(Way(*way), replication)


def _number(sent: Sequence[Any]) -> Future:
    return Future(*sent)


WORKS = MappingProxyType(
    {
        "whatif": Work(past_from, stand, stand, forward, _way_and_number),
        "price": Work(course_from, Standing, partial(Standing, fork=False), price, _number),
    }
)
"""Every kind of work, by name."""


def again(work: str, text: str, item: Any) -> dict[str, Any]:
    """Run the past again and then do an item, for processes that cannot be forked."""
    past = _read(work, text)
    return WORKS[work].act(WORKS[work].afresh(past), past, item)


@lru_cache(maxsize=2)
def _read(work: str, text: str) -> Any:
    return WORKS[work].past_from(text)
