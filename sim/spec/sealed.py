"""Sealed scenarios: an envelope that hides a scenario from casual eyes and proves that nobody changed it.

It is a seal, not encryption: whoever has the file and this program can open it. What it does: nothing can be read in
the file by looking at it, its size says nothing, and the commitment, once written on the board before the exercise,
shows afterwards that the scenario is the one that was drawn. The commitment is the SHA-256 of the canonical JSON of
nonce, scenario and digests of the files that it is played with. The nonce has 128 random bits, so nobody can find
the content by trying all draws against the commitment.

The file is canonical: it is refused unless writing what was read gives the same bytes, and a digest covers all of
it, so that a change of any byte is noticed, be it one that means nothing to base64, zlib or JSON.
"""

from __future__ import annotations

import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Mapping
from hashlib import shake_256
from typing import NamedTuple

from sim.canon import canonical, digest_of, pretty
from sim.errors import SealBroken

FORMAT = "tabletop-sealed/1"
SEALED_SUFFIX = ".sealed"
BLOCK = 32 * 1024
"""The payload is filled up to a multiple of so many bytes, so that its size tells nothing."""
MOST_BYTES = 8 << 20
"""Most bytes that a payload may unpack to: the largest scenario, written with escapes, with room to spare."""
KEYS = ("commitment", "digest", "format", "payload", "visibility", "window")


class Opened(NamedTuple):
    """What an envelope holds.

    Attributes:
        scenario: Text of the scenario file.
        nonce: 32 hexadecimal digits.
        files: Digests of county, plan, rule table and rubric.
        window: Agreed window of the start; empty for none.
        visibility: What participants are told beforehand.
    """

    scenario: str
    nonce: str
    files: dict[str, str]
    window: str
    visibility: str

    @property
    def commitment(self) -> str:
        """What is written on the board."""
        return digest_of({"nonce": self.nonce, "scenario": self.scenario, "files": self.files})


def is_sealed(name: str) -> bool:
    """Return whether a file is an envelope, by its name."""
    return name.endswith(SEALED_SUFFIX)


def sealed_text(opened: Opened) -> str:
    """Return the text of an envelope."""
    inside = canonical({"nonce": opened.nonce, "scenario": opened.scenario, "files": opened.files})
    packed = zlib.compress(inside.encode(), 9)
    packed += _filling(opened.nonce, -len(packed) % BLOCK)
    return _outside(opened.commitment, b64encode(packed).decode(), opened.visibility, opened.window)


def open_sealed(text: str, where: str) -> Opened:
    """Open an envelope.

    Args:
        text: The text of the file.
        where: File name for messages.

    Raises:
        SealBroken: If it is not what was sealed.
    """
    outer = _fields(text, where)
    if text != _outside(outer["commitment"], outer["payload"], outer["visibility"], outer["window"]):
        raise SealBroken(where, "the digest of the file is not that of its content")
    try:
        packed = b64decode(outer["payload"], validate=True)
        unpacker = zlib.decompressobj()
        inside = json.loads(unpacker.decompress(packed, MOST_BYTES).decode())
        texts = (inside["scenario"], inside["nonce"], *inside["files"].values())
        if not all(isinstance(text, str) for text in texts):
            raise TypeError("something inside is no text")
        opened = Opened(inside["scenario"], inside["nonce"], inside["files"], outer["window"], outer["visibility"])
    except (ValueError, zlib.error, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise SealBroken(where, "the payload cannot be unpacked") from error
    used = len(packed) - len(unpacker.unused_data)
    if not unpacker.eof or unpacker.unused_data != _filling(opened.nonce, -used % BLOCK):
        raise SealBroken(where, "the payload is too large, or not filled up as it was")
    if opened.commitment != outer["commitment"]:
        raise SealBroken(where, "the content does not match the commitment")
    return opened


def check_files(opened: Opened, found: Mapping[str, str], where: str) -> None:
    """Hold the files that are there against those that the scenario was sealed with.

    Raises:
        SealBroken: If one differs or is missing.
    """
    for kind, expected in opened.files.items():
        if found.get(kind) != expected:
            raise SealBroken(where, f"the {kind} file has changed since it was sealed, or is missing")


def check_told(opened: Opened, visibility: str, window: str, where: str) -> None:
    """Hold what stands on the envelope against what the scenario says.

    Raises:
        SealBroken: If they differ.
    """
    if (opened.visibility, opened.window) != (visibility, window):
        raise SealBroken(where, "visibility or window on the envelope are not those of the scenario")


def _filling(nonce: str, size: int) -> bytes:
    """Return bytes that look like packed data and follow from the nonce."""
    return shake_256(f"tabletop filling {nonce}".encode()).digest(size)


def _outside(commitment: str, payload: str, visibility: str, window: str) -> str:
    fields = {
        "format": FORMAT,
        "commitment": commitment,
        "payload": payload,
        "visibility": visibility,
        "window": window,
    }
    return pretty({**fields, "digest": digest_of(fields)})


def _fields(text: str, where: str) -> dict[str, str]:
    try:
        outer = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise SealBroken(where, "the file is no JSON") from error
    if not isinstance(outer, dict) or tuple(sorted(outer)) != KEYS:
        raise SealBroken(where, f"the file does not hold exactly: {', '.join(KEYS)}")
    if not all(isinstance(value, str) for value in outer.values()) or outer["format"] != FORMAT:
        raise SealBroken(where, f"the file is not of the format {FORMAT}")
    return outer
