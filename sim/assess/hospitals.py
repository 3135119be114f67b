"""Hospitals from the record: how long patients waited before a treatment bay, and how room was made for them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sim.record.events import Event

LEFT = ("patient.admitted", "patient.loaded", "patient.died")
"""What ends a wait at the door of a hospital: a bay, an ambulance to another hospital, or death."""


class Room(NamedTuple):
    """What one hospital had to do with.

    Attributes:
        hospital: Place of the hospital.
        admitted: Patients who got a treatment bay.
        waited: Patients who had to wait for one.
        waited_s: For how long they waited together, in seconds; who still waits at the end waits until then.
        longest_s: Longest of these waits, in seconds.
        moved: Patients who were taken away to another hospital.
        bays: Treatment bays that were opened besides the ordinary ones.
        beds: Beds that were opened besides the ordinary ones.
        refused: How often it could not open more.
    """

    hospital: str
    admitted: int
    waited: int
    waited_s: int
    longest_s: int
    moved: int
    bays: int
    beds: int
    refused: int


class _Book:
    def __init__(self) -> None:
        self.admitted = self.moved = self.bays = self.beds = self.refused = 0
        self.waits_s: list[int] = []


def rooms(events: Iterable[Event]) -> list[Room]:
    """Return every hospital that had a patient or opened something, in the order in which they first did."""
    books: dict[str, _Book] = {}
    waiting: dict[str, tuple[str, int]] = {}
    lies_at: dict[str, str] = {}
    end_s = 0
    for event in events:
        kind, subject, end_s = event.kind, event.subject, event.at_s
        if subject in waiting and kind in LEFT:
            hospital, since_s = waiting.pop(subject)
            books[hospital].waits_s.append(event.at_s - since_s)
        if kind == "patient.waiting" and event.data.get("what") != "bed":
            waiting[subject] = (event.data["hospital"], event.at_s)
            lies_at[subject] = event.data["hospital"]
            books.setdefault(event.data["hospital"], _Book())
        elif kind == "patient.admitted":
            lies_at[subject] = event.data["hospital"]
            books.setdefault(event.data["hospital"], _Book()).admitted += 1
        elif kind == "patient.loaded" and subject in lies_at:
            books[lies_at.pop(subject)].moved += 1
        elif kind == "hospital.opened":
            book = books.setdefault(subject, _Book())
            book.bays, book.beds = book.bays + event.data["bays"], book.beds + event.data["beds"]
        elif kind == "hospital.surge_refused":
            books.setdefault(subject, _Book()).refused += 1
    for hospital, since_s in waiting.values():
        books[hospital].waits_s.append(end_s - since_s)
    return [_room(hospital, book) for hospital, book in books.items()]


def _room(hospital: str, book: _Book) -> Room:
    waits = book.waits_s
    return Room(
        hospital,
        book.admitted,
        len(waits),
        sum(waits),
        max(waits, default=0),
        book.moved,
        book.bays,
        book.beds,
        book.refused,
    )
