"""The files of exercises on their way to workers of this machine: written once as JSON, read once by each worker."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from sim.canon import canonical, digest
from sim.errors import RecordBroken
from sim.record.disk import write_atomic
from sim.spec.load import Source

Sources = tuple[Source, ...]
"""The specification files of one exercise."""
Files = Mapping[str, Sources]
"""Those of several exercises, by the digest that tasks name."""


@dataclass(frozen=True, slots=True)
class Mailed:
    """Where files lie that were sent: what travels with every task in their place.

    Attributes:
        folder: The sender's folder for what it sends.
        digest: Digest of what was sent, and the name of its file.
    """

    folder: str
    digest: str


@lru_cache(maxsize=1)
def _outbox() -> tempfile.TemporaryDirectory[str]:
    """Return the folder of what this process sends; it goes when the process ends."""
    return tempfile.TemporaryDirectory(prefix="tabletop-")


def outbox() -> str:
    """Return the path of the folder of what this process sends."""
    return _outbox().name


def mailed(files: Files | Sources) -> Mailed:
    """Write files for the workers of this machine.

    Raises:
        OSError: If they cannot be written.
    """
    many = {"": files} if isinstance(files, tuple) else files
    text = canonical({name: [[one.kind, one.name, one.text] for one in sources] for name, sources in many.items()})
    sent = Mailed(outbox(), digest(text))
    path = Path(sent.folder, sent.digest)
    if not path.is_file():
        path.parent.mkdir(mode=0o700, exist_ok=True)  # what tidies old files away may have taken it
        write_atomic(path, text)
    return sent


@lru_cache(maxsize=2)
def received(sent: Mailed) -> Files | Sources:
    """Return files that were sent.

    Raises:
        RecordBroken: If the file does not hold what the sender put there.
        OSError: If it cannot be read.
    """
    path = Path(sent.folder, sent.digest)
    text = path.read_text(encoding="utf-8")
    if digest(text) != sent.digest:
        raise RecordBroken(str(path), "is not what was sent")
    many = {name: tuple(Source(*one) for one in sources) for name, sources in json.loads(text).items()}
    return many.get("", many)
