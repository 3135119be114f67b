"""How wide texts are where every character has the same room: Chinese and other wide ones take two columns."""

from __future__ import annotations

from unicodedata import combining, east_asian_width


def width(text: str) -> int:
    """Return how many columns a text takes."""
    return sum(0 if combining(one) else 2 if east_asian_width(one) in "WF" else 1 for one in text)


def padded(text: str, columns: int, *, right: bool = False) -> str:
    """Return a text filled with spaces to a width, or set at its right."""
    room = " " * max(0, columns - width(text))
    return room + text if right else text + room
