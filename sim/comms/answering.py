"""Answering: who picks up at a desk, and how surely by day and night, at shift change and on holidays."""

from __future__ import annotations

from datetime import datetime, timedelta

from sim.spec.channels import Contact, DutyHours, Watch
from sim.spec.county import County, Organization
from sim.spec.parameters import Parameters
from sim.spec.registry.desks import ROSTERS

FRESH_H = 6.0
"""Hours on watch after which people begin to tire. A guess."""
MISSING = {"full": (), "no_deputy": ("deputy",), "no_leader": ("leader",), "officer_only": ("deputy", "leader")}
"""Who of a roster is not there, by the value of ``duty.roster``."""


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


def hours_on_watch(hours: DutyHours, moment: datetime) -> float:
    """Return how long, in hours, those who are on duty at a moment of local time have been on their watch."""
    of_day = moment.hour + moment.minute / 60 + moment.second / 3600
    return min((of_day - change) % 24 for change in (hours.day_from, hours.night_from))


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

    def contact(self, organization: Organization, attempt: int, parameters: Parameters) -> Contact | None:
        """Return who is called at an attempt, from 1; after the last of the roster the last is called again.

        Args:
            organization: Who is called.
            attempt: Which attempt, from 1.
            parameters: The parameters as they are now: who of a roster is not there.
        """
        if organization.roster is None:
            return None
        contacts = self._rosters[organization.roster]
        missing = MISSING[ROSTERS[int(parameters["duty.roster"])]]
        there = [contact for contact in contacts if contact.id not in missing] or [contacts[0]]
        return there[min(attempt, len(there)) - 1]

    def chance(self, contact: Contact, now_s: int, parameters: Parameters) -> float:
        """Return the chance that a contact picks up, ``now_s`` seconds after the start.

        It falls by ``duty.fatigue`` for each hour on watch after the sixth.
        """
        moment = self._start + timedelta(seconds=now_s)
        over = max(0.0, hours_on_watch(self._hours, moment) - FRESH_H)
        awake = max(0.0, 1 - parameters["duty.fatigue"] * over)
        return contact.answers(watch_at(self._hours, moment)) * awake
