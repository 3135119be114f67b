"""The command ``serve``: a new exercise, or an interrupted run folder, with its pages on the local network."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import signal
import socket
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sim.cli.exercise import folder_for, overrides_from, players_from, with_difficulty
from sim.errors import bad_input
from sim.play.runs import session_from
from sim.play.seats import seat_ids
from sim.play.session import Session
from sim.serve.access import TRAINER_PAGE
from sim.serve.kept import Kept, new_room, read_kept
from sim.serve.room import Room
from sim.spec.load import load

WORKERS = 4
"""Threads that make models and take answers."""
WORDS = {
    "open": {"en": "Open in a browser:  {address}", "zh": "在浏览器打开：{address}"},
    "local": {
        "en": "Only this machine can reach it; --host 0.0.0.0 lets the local network in.",
        "zh": "目前只有本机能打开；加 --host 0.0.0.0 允许局域网内的设备加入。",
    },
    "code": {"en": "Code of the control room:  {code}   (10 minutes)", "zh": "导调台口令：{code}（10 分钟内有效）"},
    "folder": {"en": "Run folder:  {folder}", "zh": "演练文件夹：{folder}"},
    "stop": {
        "en": "Ctrl-C stops; go on with:  tabletop serve {folder}",
        "zh": "Ctrl-C 停止；继续请运行：tabletop serve {folder}",
    },
    "torn": {
        "en": "the journal's last line was unfinished and did not count; it is kept in journal.torn",
        "zh": "日志最后一行未写完，不计入，已存入 journal.torn",
    },
    "damaged": {
        "en": "room.json is damaged: everybody has to join again",
        "zh": "room.json 已损坏：所有设备需要重新加入",
    },
}


def room_from(arguments: argparse.Namespace, address: str) -> Room:
    """Return the room of a new exercise, or of a run folder that was interrupted.

    Raises:
        BadInput: If something of what was asked for cannot be used.
    """
    folder = Path(arguments.scenario)
    if (folder / "run.json").is_file():
        return resumed(folder, arguments.lang, address)
    return new(arguments, address)


def new(arguments: argparse.Namespace, address: str) -> Room:
    """Return the room of a new exercise."""
    exercise = load(arguments.scenario)
    players, recorded = players_from(arguments.player)
    named = tuple(name.strip() for name in arguments.seats.replace("，", ",").split(",") if name.strip())
    if arguments.think_pace is not None and not 0 < arguments.think_pace <= 1000:
        raise bad_input("--think-pace", f"{arguments.think_pace} cannot be a pace", "a number above 0, up to 1000")
    folder = folder_for(arguments, exercise.scenario.id)
    session = Session(
        exercise,
        seed=arguments.seed,
        policy=arguments.policy,
        seats=named or [seat for seat in seat_ids(exercise) if seat not in players],
        players=players,
        recorded=recorded,
        overrides=with_difficulty(exercise, arguments.difficulty, overrides_from(arguments.set)),
        folder=folder,
        thinking_s=arguments.thinking,
        trace=arguments.trace,
    )
    room = Room(
        session, folder, new_room(arguments.think_pace, arguments.group_rule), lang=arguments.lang, address=address
    )
    room.keep()
    return room


def resumed(folder: Path, lang: str, address: str, kept: Kept | None = None) -> Room:
    """Return the room of an interrupted run folder, where it stood; what was acknowledged is not asked again."""
    session, torn = session_from(folder, replay=False)
    if torn:
        print(WORDS["torn"][lang], file=sys.stderr)
    found, damaged = read_kept(folder)
    if damaged:
        print(WORDS["damaged"][lang], file=sys.stderr)
    if found.reached_s > session.now_s:
        session.advance(found.reached_s)
    room = Room(session, folder, kept or found, lang=lang, address=address)
    room.keep()
    return room


def address_of(host: str, port: int) -> str:
    """Return where a browser finds the room; for all addresses of this machine the one that others see."""
    shown = host
    if host in ("0.0.0.0", "::", ""):
        shown = socket.gethostname()
        with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect(("192.0.2.1", 9))  # an address for documentation: nothing is sent, only the way is looked up
            shown = probe.getsockname()[0]
    return f"http://{f'[{shown}]' if ':' in shown else shown}:{port}/"


def serve(arguments: argparse.Namespace) -> int:
    """Hold an exercise until Ctrl-C."""
    from tornado.netutil import bind_sockets

    try:
        sockets = bind_sockets(arguments.port, arguments.host)
    except OSError as error:
        raise bad_input(
            "--port", f"{arguments.host}:{arguments.port}: {error.strerror or error}", "a free port"
        ) from error
    port = sockets[0].getsockname()[1]
    room = room_from(arguments, address_of(arguments.host, port))
    lang, folder = arguments.lang, room.folder

    def told(key: str, **fields: object) -> None:
        print(WORDS[key][lang].format(**fields), flush=True)

    told("open", address=room.address)
    if arguments.host in ("127.0.0.1", "localhost", "::1"):
        told("local")
    told("folder", folder=folder)
    told("stop", folder=folder)
    try:
        asyncio.run(hold(room, sockets, lambda code: told("code", code=code)))
    finally:
        room.close()
    return 0


async def hold(room: Room, sockets: list[socket.socket], tell_code: Callable[[str], None]) -> None:
    """Serve a room's pages until the process is told to stop."""
    from tornado.httpserver import HTTPServer

    from sim.serve.app import LARGEST_BODY, News, application

    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    news = News(loop)
    deaf = room.listen(news.tell)
    with ThreadPoolExecutor(WORKERS) as executor:
        server = HTTPServer(application(room, news, executor), max_body_size=LARGEST_BODY, max_buffer_size=1 << 20)
        server.add_sockets(sockets)
        while not stop.is_set():
            if not room.access.devices(TRAINER_PAGE) and room.access.code(TRAINER_PAGE) is None:
                tell_code(room.access.new_code(TRAINER_PAGE))
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), 1.0)
        server.stop()
        deaf()
        news.tell()
        await server.close_all_connections()
