"""Ways: over which channels a message can go, first choice first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sim.comms.message import Message
from sim.spec.channels import Channel, Medium
from sim.spec.county import County, Organization

ROUTINE: tuple[Medium, ...] = ("voice", "radio", "text", "public")
"""Media that suit a message which nobody asked to have in writing."""


class Ways:
    """The channels between any two of a county.

    Args:
        county: The county.
    """

    def __init__(self, county: County) -> None:
        self._channels = {channel.id: channel for channel in county.channels}
        self._organizations = {organization.id: organization for organization in county.organizations}
        self._unit_channels = county.unit_channels
        self._known: dict[tuple[str, str, Medium | None], tuple[Channel, ...]] = {}

    def of(self, message: Message, links: Mapping[tuple[str, str], str]) -> tuple[Channel, ...]:
        """Return the channels for a message, first choice first.

        Args:
            message: The message.
            links: Channel that a pair of organizations uses first, such as a liaison officer.
        """
        key = (message.sender, message.to, message.by)
        if key not in self._known:
            self._known[key] = self._usual(*key)
        usual = self._known[key]
        first = message.channel or (links.get(key[:2]) if links and message.by != "written" else None)
        if first is None:
            return usual
        return (self._channels[first], *(channel for channel in usual if channel.id != first))

    def _usual(self, sender: str, to: str, by: Medium | None) -> tuple[Channel, ...]:
        own = self._organizations.get(sender)
        common = in_order(self._unit_channels if own is None else own.sends, self._organizations[to])
        media = ROUTINE if by is None else (by,)
        found = tuple(channel for name in common if (channel := self._channels[name]).medium in media)
        return found or tuple(self._channels[name] for name in common)


def in_order(sends: Sequence[str], addressee: Organization) -> tuple[str, ...]:
    """Return the ids of the channels that a sender and an addressee share, in the sender's order.

    Where they share none, as when the public is warned, the addressee's own order holds.
    """
    return tuple(name for name in sends if name in addressee.channels) or addressee.channels
