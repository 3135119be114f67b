"""Files that outlive a power cut: whole or not there, appended and synced, and written by one session at a time."""

from __future__ import annotations

import os
import weakref
from pathlib import Path

from sim.errors import InUse

try:
    import fcntl
except ImportError:  # a system without such locks
    fcntl = None  # type: ignore[assignment]


def sync_folder(folder: Path) -> None:
    """Sync a folder, so that files made in it outlive a power cut.

    Raises:
        OSError: If it cannot be synced.
    """
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_atomic(path: Path, content: str | bytes) -> None:
    """Write a file so that it is whole or not there; a text in UTF-8, with its newlines as they are.

    Raises:
        OSError: If it cannot be written.
    """
    temporary = path.with_name(path.name + ".part")
    with temporary.open("wb") as stream:
        stream.write(content.encode("utf-8") if isinstance(content, str) else content)
        stream.flush()
        os.fsync(stream.fileno())
    temporary.replace(path)
    sync_folder(path.parent)


def append_synced(path: Path, data: bytes) -> None:
    """Append bytes to a file and sync it; on failure the file is cut back to what it was.

    Raises:
        OSError: If writing or syncing fails; with the attribute ``unsure`` true if the disk could not sync, or the
            file could not be cut back, after which nobody can say what it holds.
    """
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        before = os.fstat(handle).st_size
        try:
            rest = data
            while rest:
                rest = rest[os.write(handle, rest) :]
            _sync(handle, None if before else path.parent)
        except BaseException:  # an interrupt between write and sync must not leave bytes that do not count
            _cut(handle, before)
            raise
    finally:
        os.close(handle)


def _cut(handle: int, size: int) -> None:
    try:
        os.ftruncate(handle, size)
    except OSError as error:
        error.unsure = True  # type: ignore[attr-defined]
        raise


def _sync(handle: int, folder: Path | None) -> None:
    try:
        os.fsync(handle)
        if folder is not None:
            sync_folder(folder)
    except OSError as error:
        error.unsure = True  # type: ignore[attr-defined]
        raise


class Lock:
    """The right to write a run folder; it ends with :meth:`release`, with the object, or with the process.

    Raises:
        InUse: If another session has it.
    """

    def __init__(self, folder: Path) -> None:
        path = folder / ".lock"
        self._handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        self._close = weakref.finalize(self, os.close, self._handle)
        if fcntl is None:
            return
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            owner = os.read(self._handle, 100).decode("ascii", errors="replace").strip()
            self._close()
            raise InUse(str(folder), owner or "another process") from error
        os.ftruncate(self._handle, 0)
        os.pwrite(self._handle, f"process {os.getpid()}\n".encode(), 0)

    def release(self) -> None:
        """Let others write."""
        self._close()
