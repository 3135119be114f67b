"""Canonical JSON and digests: the same value gives the same bytes in any process."""

from __future__ import annotations

import hashlib
import json
from typing import Any

_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)


def canonical(value: Any) -> str:
    """Return ``value`` as canonical JSON: sorted keys, no spaces, ASCII only, no NaN.

    Raises:
        ValueError: If a float is NaN or infinite.
        TypeError: If a value is not plain JSON data.
    """
    return _ENCODER.encode(value)


def pretty(value: Any) -> str:
    """Return ``value`` as readable JSON with a stable order, ending in a newline."""
    return json.dumps(value, sort_keys=True, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def digest(data: bytes | str) -> str:
    """Return the SHA-256 of bytes, or of the UTF-8 of a text, as 64 hexadecimal digits."""
    return hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()


def digest_of(value: Any) -> str:
    """Return the digest of the canonical JSON of ``value``."""
    return digest(canonical(value))
