"""The models of all pages of a room, each made anew only when something has changed."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from sim.canon import canonical, digest
from sim.serve.access import OBSERVER_PAGE, SCREEN_PAGE, TRAINER_PAGE
from sim.serve.group_model import group_model
from sim.serve.observer_model import observer_model
from sim.serve.screen_model import screen_model
from sim.serve.seat_model import seat_model
from sim.serve.trainer_model import trainer_model

if TYPE_CHECKING:
    from sim.serve.room import Room


class Models:
    """What the pages of a room show.

    Args:
        room: The room; whoever asks has its turn.
    """

    def __init__(self, room: Room) -> None:
        self._room = room
        self._seats: dict[tuple[str, str], tuple[int, dict[str, Any]]] = {}
        self._common: dict[tuple[str, str], tuple[int, bytes]] = {}
        self._texts: dict[tuple[str, str, int, str], tuple[tuple[int, int], bytes, str]] = {}

    def model(self, page: str, lang: str, number: int, of: str) -> dict[str, Any]:
        """Return what a page shows now, as plain data.

        Args:
            page: The page.
            lang: ``zh`` or ``en``.
            number: Which of the page's devices shows it.
            of: On an observer's page, the seat that is looked at; the first that may be seen if it may not.
        """
        room, names = self._room, self._room.names(lang)
        if page == TRAINER_PAGE:
            return trainer_model(room, names)
        if page == SCREEN_PAGE:
            return screen_model(room, names)
        if page == OBSERVER_PAGE:
            return observer_model(room, names, number, of)
        seat = page.partition("/")[2]
        group = room.group(seat)
        return {**self.seat(seat, lang), "group": group and group_model(group, str(number), names)}

    def seat(self, seat: str, lang: str) -> dict[str, Any]:
        """Return what all devices of a seat show; made once for all of them, and not to be changed."""
        room = self._room
        version, found = self._seats.get((seat, lang), (-1, {}))
        if version != room.version:
            seen, own, names = room.session.view(seat), room.own(seat), room.names(lang)
            found = seat_model(names, seen, own, charged=room.charged_words(lang), over=room.finished)
            found["alarm"] = room.alarm(lang)
            self._seats[seat, lang] = (room.version, found)
        return found

    def text(self, page: str, lang: str, number: int, of: str) -> tuple[bytes, str]:
        """Return a page's model as JSON, and the digest of it; arguments as those of :meth:`model`."""
        room = self._room
        if page != OBSERVER_PAGE:
            number, of = (number if room.kept.rule else 1), ""
        # who is there and how long a code lasts changes by itself
        now = (room.version, int(time.monotonic() / 5) if page == TRAINER_PAGE else 0)
        version, found, tag = self._texts.get((page, lang, number, of), ((-1, 0), b"", ""))
        if version != now:
            found = self._made(page, lang, number, of)
            tag = digest(found.decode())[:32]
            self._texts[page, lang, number, of] = (now, found, tag)
        return found, tag

    def _made(self, page: str, lang: str, number: int, of: str) -> bytes:
        """Return a page's model as JSON; what all devices of a seat show is written once for all of them."""
        room, seat = self._room, page.partition("/")[2]
        group = room.group(seat) if seat else None
        if group is None:
            return canonical(self.model(page, lang, number, of)).encode()
        version, common = self._common.get((seat, lang), (-1, b""))
        if version != room.version:
            common = canonical(self.seat(seat, lang)).encode()
            self._common[seat, lang] = (room.version, common)
        own = canonical({"group": group_model(group, str(number), room.names(lang))}).encode()
        return common[:-1] + b"," + own[1:]
