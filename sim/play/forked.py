"""A worker that runs the past of an exercise once and forks a child for every future: ``python -m sim.play.forked``.

It is a process of its own with a single thread, because to fork a process that has threads, such as a notebook's
kernel, can hang. It reads lines of JSON and answers each with one: first the past and what work is done on it, then
the items, such as a way to act and the number of a replication. It ends when its input ends, that is when whoever
started it is gone.
"""

from __future__ import annotations

import gc
import json
import os
import select
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any, BinaryIO

from sim.canon import canonical
from sim.play.works import WORKS


def main() -> None:
    """Serve until the input ends."""
    requests = sys.stdin.buffer
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever a library prints is no reply
    first = requests.readline()
    if not first.endswith(b"\n"):
        return  # whoever started it is gone already
    about = json.loads(first)
    try:
        work = WORKS[about["work"]]
        past = work.past_from(about["past"])
        standing = work.stand(past)
    except Exception as error:
        _reply(replies, {"ready": False, "failed": _reason(error)})
        return
    gc.collect()
    gc.freeze()  # what lives now lives in every child, and need not be looked at again there
    _reply(replies, {"ready": True, "failed": ""})
    while (line := requests.readline()).endswith(b"\n"):
        item = work.item_from(json.loads(line))
        _reply(replies, run_in_child(partial(work.act, standing, past, item), about["limit_s"]))


def run_in_child(act: Callable[[], dict[str, Any]], limit_s: float) -> dict[str, Any]:
    """Fork, let the child act, and return its values or the reason why there are none."""
    source, sink = os.pipe()
    child = os.fork()
    if not child:
        os.close(source)
        os.setpgid(0, 0)  # what it forks ends with it
        _act_and_leave(act, sink)
    os.close(sink)
    text = None
    try:
        text = _read_all(source, time.monotonic() + limit_s)
    finally:
        os.close(source)
        if text is None:
            os.kill(child, signal.SIGKILL)
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(child, signal.SIGKILL)
        os.waitpid(child, 0)
    if text is None:
        return {"values": {}, "failed": f"timeout: not done after {limit_s:g} s"}
    if not text.endswith(b"\n"):
        return {"values": {}, "failed": "killed: its process died"}
    found: dict[str, Any] = json.loads(text)
    return found


def _act_and_leave(act: Callable[[], dict[str, Any]], sink: int) -> None:
    """Be the child: act, write one line, and end without the worker's clean-up."""
    gc.disable()  # it ends before much has piled up
    try:
        try:
            answer = {"values": act(), "failed": ""}
        except Exception as error:
            answer = {"values": {}, "failed": _reason(error)}
        data = canonical(answer).encode() + b"\n"
        while data:
            data = data[os.write(sink, data) :]
    finally:
        os._exit(0)


def _read_all(source: int, until: float) -> bytes | None:
    """Return what the child wrote, or None if it has not ended in time; ends the program if nobody waits any more."""
    found = b""
    orders = sys.stdin.fileno()
    while (left := until - time.monotonic()) > 0:
        ready, _, _ = select.select([source, orders], [], [], left)
        if source in ready:
            part = os.read(source, 65536)
            if not part:
                return found
            found += part
        elif orders in ready:  # one request at a time: this is the end of the input
            sys.exit(0)
    return None


def _reason(error: Exception) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())}"


def _reply(replies: BinaryIO, what: dict[str, Any]) -> None:
    replies.write(canonical(what).encode() + b"\n")
    replies.flush()


if __name__ == "__main__":
    main()
