"""Forces of others that can help a county: whom to ask, what a request must state, how they come."""

from __future__ import annotations

from types import MappingProxyType
from typing import Literal

from pydantic import Field

from sim.spec.base import Count, Delay, Id, Spec, Text
from sim.spec.sites import HazardKind

HelperKind = Literal[
    "mutual_aid", "mine_rescue", "garrison", "armed_police", "social", "volunteers", "red_cross", "enterprise"
]  # fmt: skip
"""Who helps: other governments, mine rescue, the army, armed police, rescue teams of society, volunteers, the Red
Cross, teams of enterprises."""
MILITARY = ("garrison", "armed_police")
"""Those who are asked through the military office, and stay under their own command."""
HOSTED = ("mutual_aid", *MILITARY)
"""Those whom the county must give fuel and food (regulations on the army in disaster relief 2005, arts. 10, 12)."""
OF_SOCIETY = ("social", "volunteers", "red_cross", "enterprise")
"""Those who may come by themselves, and whom a mobilization calls."""
RequestItem = Literal["type", "time", "area", "danger", "measures", "forces"]
"""What a request can state: what happened, when, where, how dangerous it is, what is done, and what is asked for."""
ITEMS: tuple[RequestItem, ...] = ("type", "time", "area", "danger", "measures", "forces")
"""All of them, which a request for troops must state (regulations on the army in disaster relief 2005, art. 5)."""
ABOUT = MappingProxyType(
    {
        "type": ("incident/exists", "incident/sign"),
        "area": ("/danger", "/hurt", "/trapped", "incident/exists"),
        "danger": ("incident/grade", "/hurt", "/trapped", "/danger"),
        "measures": ("response/level", "post/stands", "cordon/closed", "/ordered"),
    }
)
"""Facts of which one must be held to state an item, whole keys or attributes of places; others can always be stated."""


class ByItself(Spec):
    """How a force comes to the site that nobody has called.

    Attributes:
        to: Kinds of hazard to which it comes.
        after: How long after the county has heard of the incident it is there; by then word has gone round.
        vehicles_per_h: Vehicles that fill the roads at the site until somebody has registered the force, in each
            direction, in vehicles an hour.
    """

    to: tuple[HazardKind, ...] = Field(min_length=1)
    after: Delay
    vehicles_per_h: Count


class Helper(Spec):
    """A force of somebody else; its teams are the units of the county file that name it.

    Attributes:
        desk: Organization that answers for it.
        through: Organization through which it is ordinarily asked; None if it is asked directly.
        needs: What a request must state.
        agreement: Whether an agreement on file says who asks whom for what, and who pays.
        negotiation: How long it takes to agree on that where nothing is on file.
        chain: How long its own chain of command takes to order it out; nothing after a direct request in urgent danger.
        muster: How long it takes to get ready.
        travel: Way from its own base to where its teams enter the county (the base of the units).
        registers: Whether it must be received and registered before it can be given tasks.
        guide: Whether it does not know the roads and needs somebody who guides it.
        by_itself: How it comes uncalled; None if it does not.
        source: Where the figures come from.
    """

    id: Id
    name: Text
    kind: HelperKind
    desk: Id
    through: Id | None = None
    needs: tuple[RequestItem, ...] = ()
    agreement: bool = False
    negotiation: Delay | None = None
    chain: Delay | None = None
    muster: Delay
    travel: Delay
    registers: bool = True
    guide: bool = False
    by_itself: ByItself | None = None
    source: str
