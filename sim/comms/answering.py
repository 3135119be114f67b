"""Answering: who picks up at a desk, and how surely by day and night, at shift change and on holidays."""

from __future__ import annotations

from datetime import datetime, timedelta

from sim.spec.channels import Contact, DutyHours, Watch
from sim.spec.county import County, Organization


def watch_at(hours: DutyHours, moment: datetime) -> Watch:
    """Return how desks are manned at a moment of local time: shift change before holiday before night."""
    since_midnight = timedelta(hours=moment.hour, minutes=moment.minute, seconds=moment.second)
    for change in (hours.day_from, hours.night_from):
        if timedelta(0) <= since_midnight - timedelta(hours=change) < timedelta(seconds=hours.handover_lasts):
            return "handover"
    if moment.date().isoformat() in hours.holidays:
        return "holiday"
    by_day = hours.day_from <= moment.hour < hours.night_from
    if hours.day_from > hours.night_from:
        by_day = not hours.night_from <= moment.hour < hours.day_from
    return "day" if by_day else "night"


class Answering:
    """Who picks up in one run.

    Args:
        county: The county.
        starts_at: Local time of the start, as in the scenario.
    """

    def __init__(self, county: County, starts_at: str) -> None:
        self._hours = county.duty_hours
        self._start = datetime.fromisoformat(starts_at)
        self._rosters = {roster.id: roster.contacts for roster in county.rosters}

    def contact(self, organization: Organization, attempt: int) -> Contact | None:
        """Return who is called at an attempt, from 1; after the last of the roster the last is called again."""
        if organization.roster is None:
            return None
        contacts = self._rosters[organization.roster]
        return contacts[min(attempt, len(contacts)) - 1]

    def chance(self, contact: Contact, now_s: int) -> float:
        """Return the chance that a contact picks up, ``now_s`` seconds after the start."""
        return contact.answers(watch_at(self._hours, self._start + timedelta(seconds=now_s)))
