"""Outages: which channels and installations were down, when, and which desks a channel could not reach meanwhile.

All of it is computed from the record and the county file. Times are seconds since the start.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from sim.assess.beliefs import end_of
from sim.record.folder import RunRecord
from sim.spec.channels import Channel
from sim.spec.county import County, Organization

_FAILS = {"channel.cut": True, "channel.restored": False, "lifeline.failed": True, "lifeline.restored": False}


class Stretch(NamedTuple):
    """A time in which a desk had none of some channels.

    Attributes:
        start_s: Since when.
        end_s: Until when; the end of the run if they did not come back.
        channels: Ids of the channels that were down for it, in the order of the county file.
    """

    start_s: int
    end_s: int
    channels: tuple[str, ...]


class ChannelDown(NamedTuple):
    """How long a channel was down.

    Attributes:
        channel: Its id.
        first_s: Since when it was down for anybody.
        last_s: When it was last back for all, or the end of the run.
        down_s: How long it was down for at least one desk.
        desks: For how many desks it was down at any time.
        of: How many desks have it.
        desk_s: Time in which it was down, summed over desks.
    """

    channel: str
    first_s: int
    last_s: int
    down_s: int
    desks: int
    of: int
    desk_s: int


class InstallationsDown(NamedTuple):
    """How many installations of a kind failed, and for how long.

    Attributes:
        kind: Their kind, such as ``base_station``.
        failed: How many failed at any time.
        of: How many there are.
        first_s: When the first failed.
        last_s: When the last was back, or the end of the run.
        down_s: Time in which they were down, summed over installations.
    """

    kind: str
    failed: int
    of: int
    first_s: int
    last_s: int
    down_s: int


def down_times(record: RunRecord) -> dict[str, list[tuple[int, int]]]:
    """Return when each channel was cut and each installation had failed: start and end of each time, by id."""
    since: dict[str, int] = {}
    found: dict[str, list[tuple[int, int]]] = {}
    for event in record.events:
        fails = _FAILS.get(event.kind)
        if fails is True:
            since.setdefault(event.subject, event.at_s)
        elif fails is False and event.subject in since:
            found.setdefault(event.subject, []).append((since.pop(event.subject), event.at_s))
    for ident, start_s in since.items():
        found.setdefault(ident, []).append((start_s, end_of(record)))
    return found


def without(record: RunRecord, organization: Organization) -> list[Stretch]:
    """Return when an organization could not be reached by channels that it has, because of its own end or the channel.

    A channel is down for it while it is cut, or while no installation of a kind that the channel needs works among
    those that serve the organization's place.
    """
    return _without(record.exercise.county, organization, down_times(record))


def _without(county: County, organization: Organization, times: dict[str, list[tuple[int, int]]]) -> list[Stretch]:
    channels = [one for one in county.channels if one.id in organization.channels]
    moments = sorted({at_s for spans in times.values() for span in spans for at_s in span})
    found: list[Stretch] = []
    for start_s, end_s in pairwise(moments):
        down = {ident for ident, spans in times.items() if any(a <= start_s < b for a, b in spans)}
        lacking = tuple(one.id for one in channels if _is_down(county, one, organization.at, down))
        if not lacking:
            continue
        if found and found[-1].end_s == start_s and found[-1].channels == lacking:
            found[-1] = found[-1]._replace(end_s=end_s)
        else:
            found.append(Stretch(start_s, end_s, lacking))
    return found


def _is_down(county: County, channel: Channel, place: str | None, down: set[str]) -> bool:
    if channel.id in down:
        return True
    if place is None:
        return False
    serving = [
        [one.id for one in county.lifelines if one.kind == kind and place in one.serves] for kind in channel.needs
    ]
    return any(all(ident in down for ident in idents) for idents in serving)


def channels_down(record: RunRecord) -> list[ChannelDown]:
    """Return the channels that were down for at least one desk, in the order of the county file."""
    county, times = record.exercise.county, down_times(record)
    desks = [one for one in county.organizations if not one.public]
    by_desk = {one.id: _without(county, one, times) for one in desks}
    rows = []
    for channel in county.channels:
        spans = {
            ident: [row for row in stretches if channel.id in row.channels] for ident, stretches in by_desk.items()
        }
        hit = [row for row in spans.values() if row]
        if hit:
            every = [(row.start_s, row.end_s) for own in hit for row in own]
            rows.append(
                ChannelDown(
                    channel.id,
                    min(start_s for start_s, _ in every),
                    max(end_s for _, end_s in every),
                    union_s(every),
                    len(hit),
                    sum(channel.id in one.channels for one in desks),
                    sum(end_s - start_s for start_s, end_s in every),
                )
            )
    return rows


def installations_down(record: RunRecord) -> list[InstallationsDown]:
    """Return the kinds of installation of which any failed, in the order of the county file."""
    county, times = record.exercise.county, down_times(record)
    rows = []
    for kind in dict.fromkeys(one.kind for one in county.lifelines):
        idents = [one.id for one in county.lifelines if one.kind == kind]
        every = [span for ident in idents for span in times.get(ident, [])]
        if every:
            failed = sum(ident in times for ident in idents)
            first_s, last_s = min(start for start, _ in every), max(end for _, end in every)
            rows.append(
                InstallationsDown(kind, failed, len(idents), first_s, last_s, sum(end - start for start, end in every))
            )
    return rows


def union_s(spans: list[tuple[int, int]]) -> int:
    """Return how long at least one of some spans lasted, in seconds."""
    total, reached = 0, None
    for start_s, end_s in sorted(spans):
        start_s = start_s if reached is None else max(start_s, reached)
        if end_s > start_s:
            total += end_s - start_s
            reached = end_s
    return total
