"""Who may see which page: short-lived codes to join by, long tokens to stay by; only hashes of tokens are kept."""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

TRAINER_PAGE = "trainer"
SCREEN_PAGE = "screen"
OBSERVER_PAGE = "observer"
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Letters and digits of codes, without those that are taken for one another."""
CODE_LETTERS = 6
CODE_LASTS_S = 600.0
"""How long a code can be used, in seconds."""
TOKEN_BYTES = 32
"""Luck in a token, in bytes: 256 bits."""
TRIES = 8
"""Wrong codes that one address may try a minute, and"""
ALL_TRIES = 300
"""all addresses together: at six letters of 31 a stranger needs years."""
ONLINE_S = 45.0
"""A page that has not asked for so long counts as gone, in seconds."""


class Device(NamedTuple):
    """A device that joined: the digest of its token, its page, and its number there, from 1; none is given twice."""

    digest: str
    scope: str
    number: int


class TooOften(Exception):
    """Too many wrong codes were tried."""


def page_of(seat: str) -> str:
    """Return the scope of a seat's page."""
    return f"seat/{seat}"


class Access:
    """Codes and tokens of a room; may be used by several threads.

    Args:
        scopes: The pages that there are.
        devices: Devices that joined before.
        joined: How many had joined each page before, also those that have left.
        clock: Seconds that only grow.
    """

    def __init__(
        self,
        scopes: Iterable[str],
        devices: Iterable[Device] = (),
        joined: Mapping[str, int] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.scopes = tuple(scopes)
        self._devices = {one.digest: one for one in devices if one.scope in self.scopes}
        self._joined = dict(joined or {})
        self._codes: dict[str, tuple[str, float]] = {}
        self._wrong: dict[str, list[float]] = {}
        self._seen: dict[str, float] = {}
        self._clock = clock
        self._lock = threading.Lock()

    def new_code(self, scope: str) -> str:
        """Return a new code for a page; codes made for it before no longer count.

        Raises:
            KeyError: If there is no such page.
        """
        if scope not in self.scopes:
            raise KeyError(scope)
        with self._lock:
            self._codes = {code: held for code, held in self._codes.items() if held[0] != scope}
            code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LETTERS))
            self._codes[code] = (scope, self._clock() + CODE_LASTS_S)
            return code

    def code(self, scope: str) -> tuple[str, int] | None:
        """Return the code of a page that can be used now, and for how many seconds."""
        with self._lock:
            now = self._clock()
            return next(
                ((code, round(end - now)) for code, (held, end) in self._codes.items() if held == scope and end > now),
                None,
            )

    def join(self, code: str, address: str) -> tuple[str, str] | None:
        """Return a page and a new token for it, or None if the code is wrong or has run out.

        Raises:
            TooOften: If this address, or all together, tried too many wrong ones.
        """
        with self._lock:
            now = self._clock()
            self._wrong = {
                who: kept for who, times in self._wrong.items() if (kept := [t for t in times if now - t < 60])
            }
            if len(self._wrong.get(address, ())) >= TRIES or sum(map(len, self._wrong.values())) >= ALL_TRIES:
                raise TooOften
            typed = "".join(letter for letter in code.upper() if letter.isalnum())[: 4 * CODE_LETTERS]
            scope, end = self._codes.get(typed, ("", 0.0))
            if not scope or end <= now:
                self._wrong.setdefault(address, []).append(now)
                return None
            token = secrets.token_urlsafe(TOKEN_BYTES)
            found = digest_of_token(token)
            self._joined[scope] = self._joined.get(scope, 0) + 1
            self._devices[found] = Device(found, scope, self._joined[scope])
            return scope, token

    def number(self, token: str, scope: str) -> int:
        """Return which device of a page brings a token, from 1; 0 if the token does not open the page."""
        found = digest_of_token(token)
        with self._lock:
            device = self._devices.get(found)
            if device is None or device.scope != scope:
                return 0
            self._seen[found] = self._clock()
            return device.number

    def revoke(self, scope: str, number: int | None = None) -> None:
        """Sign out every device of a page, after which its code no longer counts; or the one with a number."""
        with self._lock:
            self._devices = {
                digest: one
                for digest, one in self._devices.items()
                if one.scope != scope or number not in (None, one.number)
            }
            if number is None:
                self._codes = {code: held for code, held in self._codes.items() if held[0] != scope}

    def devices(self, scope: str) -> dict[int, bool]:
        """Return the numbers of the devices of a page, ascending, each with whether it is there now."""
        with self._lock:
            now = self._clock()
            mine = sorted((one.number, digest) for digest, one in self._devices.items() if one.scope == scope)
            return {number: now - self._seen.get(digest, -ONLINE_S) < ONLINE_S for number, digest in mine}

    def joined(self) -> dict[str, int]:
        """Return how many devices have joined each page, also those that have left."""
        with self._lock:
            return dict(self._joined)

    def kept(self) -> list[Device]:
        """Return the devices as they can be written down."""
        with self._lock:
            return list(self._devices.values())


def digest_of_token(token: str) -> str:
    """Return what is kept of a token; it has 256 bits of luck, so a plain digest cannot be turned back."""
    return hashlib.sha256(token.encode("utf-8", errors="replace")).hexdigest()
