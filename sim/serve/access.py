"""Who may see which page: short-lived codes to join by, long tokens to stay by; only hashes of tokens are kept."""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from collections.abc import Callable, Iterable
from typing import NamedTuple

TRAINER_PAGE = "trainer"
SCREEN_PAGE = "screen"
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
    """A device that joined: the digest of its token, and its page."""

    digest: str
    scope: str


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
        clock: Seconds that only grow.
    """

    def __init__(
        self, scopes: Iterable[str], devices: Iterable[Device] = (), clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.scopes = tuple(scopes)
        self._scope_of = {one.digest: one.scope for one in devices if one.scope in self.scopes}
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
            self._scope_of[digest_of_token(token)] = scope
            return scope, token

    def may(self, token: str, scope: str) -> bool:
        """Return whether a token opens a page."""
        found = digest_of_token(token)
        with self._lock:
            if self._scope_of.get(found) != scope:
                return False
            self._seen[found] = self._clock()
            return True

    def revoke(self, scope: str) -> None:
        """Sign out every device of a page; its code no longer counts."""
        with self._lock:
            self._scope_of = {one: held for one, held in self._scope_of.items() if held != scope}
            self._codes = {code: held for code, held in self._codes.items() if held[0] != scope}

    def devices(self, scope: str) -> tuple[int, int]:
        """Return how many devices a page has, and how many of them are there now."""
        with self._lock:
            mine = [one for one, held in self._scope_of.items() if held == scope]
            now = self._clock()
            return len(mine), sum(now - self._seen.get(one, -ONLINE_S) < ONLINE_S for one in mine)

    def kept(self) -> list[Device]:
        """Return the devices as they can be written down."""
        with self._lock:
            return [Device(one, scope) for one, scope in self._scope_of.items()]


def digest_of_token(token: str) -> str:
    """Return what is kept of a token; it has 256 bits of luck, so a plain digest cannot be turned back."""
    return hashlib.sha256(token.encode("utf-8", errors="replace")).hexdigest()
