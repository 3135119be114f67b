"""What a room keeps beside the record, so that it goes on after it was killed: no part of the record."""

from __future__ import annotations

import json
import secrets
from pathlib import Path
from typing import Literal, NamedTuple, get_args

from sim.canon import pretty
from sim.play.group import Rule
from sim.record.disk import write_atomic
from sim.serve.access import Device

FILE = "room.json"


class Kept(NamedTuple):
    """How an exercise is held in a room.

    Attributes:
        room: Name of the room's cookies, so that two rooms on one machine keep apart.
        devices: Devices that joined; digests of their tokens, never the tokens.
        think: Times the real time that an answer took; None charges the session's fixed time.
        pace: Seconds of the exercise in a real second; None for as many as can.
        screen: Seat whose map the big screen shows; empty for none.
        reached_s: How far the exercise had run, in seconds.
        rule: How the devices of a seat decide together, see :class:`sim.play.group.Group`; empty: the first answer.
        sees: Seats that observers may see; None for all.
        joined: Pages with how many devices have joined each, also those that have left.
    """

    room: str
    devices: tuple[Device, ...] = ()
    think: float | None = None
    pace: float | None = 30.0
    screen: str = ""
    reached_s: int = 0
    rule: Rule | Literal[""] = ""
    sees: tuple[str, ...] | None = None
    joined: tuple[tuple[str, int], ...] = ()


def new_room(think: float | None = None, rule: Rule | Literal[""] = "") -> Kept:
    """Return what a new room keeps."""
    return Kept(secrets.token_hex(4), think=think, rule=rule)


def keep(folder: Path, kept: Kept) -> None:
    """Write it beside the record.

    Raises:
        OSError: If it cannot be written.
    """
    data = {**kept._asdict(), "devices": [one._asdict() for one in kept.devices]}
    write_atomic(folder / FILE, pretty(data))


def read_kept(folder: Path) -> tuple[Kept, bool]:
    """Return what a room kept, and whether its file is damaged; a new room where nothing usable is there."""
    try:
        found = json.loads((folder / FILE).read_text(encoding="utf-8"))
        devices = tuple(Device(str(one["digest"]), str(one["scope"]), int(one["number"])) for one in found["devices"])
        think, pace = (None if found[name] is None else float(found[name]) for name in ("think", "pace"))
        reached_s = int(found["reached_s"])
        rule = next(one for one in ("", *get_args(Rule)) if one == found["rule"])
        sees = None if found["sees"] is None else tuple(str(seat) for seat in found["sees"])
        joined = tuple((str(page), int(count)) for page, count in found["joined"])
        return Kept(
            str(found["room"]), devices, think, pace, str(found["screen"]), reached_s, rule, sees, joined
        ), False
    except FileNotFoundError:  # a run of the terminal, which nobody has held in a room yet
        return new_room(), False
    except (OSError, ValueError, KeyError, TypeError, StopIteration, RecursionError):
        return new_room(), True
