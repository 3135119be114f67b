"""How fast the pages of a room answer a class: many devices join, look and answer while the exercise runs."""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import statistics
import time
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

from sim.play.seats import seat_ids
from sim.play.session import Session
from sim.serve.access import TRAINER_PAGE, page_of
from sim.serve.kept import new_room
from sim.serve.room import Room
from sim.serve.start import WORKERS
from sim.spec.load import load
from sim.study.timing import Result

DEVICES = 30
"""How many devices take part besides the trainer's."""
PACE = 60.0
"""Seconds of the exercise in a real second: twice the default."""
FROM_S, LASTS_S = 1500, 40.0
"""From when on in the exercise, in its seconds, and for how long in real seconds: there is much to show by then."""
LOOK_S = 2.0
"""How often a device loads its page anew besides waiting for news, in seconds."""
GOAL_S, MOST_S = "0.2", "1"
Times = dict[str, list[float]]


def room_bench(scenario: str = "chlorine-leak", devices: int = DEVICES) -> list[Result]:
    """Measure how long pages take to answer while a class is in the midst of an exercise.

    The devices are another process. Whatever else the machine does is in the figures.

    Args:
        scenario: Id or path of the scenario.
        devices: How many devices there are, spread over all seats, which decide by majority.

    Returns:
        A row for each kind of request: 95 % of them were answered within so many seconds; and how much of one
        processor the program needed.
    """
    began, used = time.monotonic(), time.process_time()
    times = asyncio.run(_held(scenario, devices))
    share = (time.process_time() - used) / (time.monotonic() - began)
    rows = [
        Result(
            f"room: {kind}, p95",
            round(statistics.quantiles(found, n=20, method="inclusive")[-1], 3),
            "s",
            GOAL_S,
            MOST_S,
            f"{len(found)} requests of {devices} devices, median {statistics.median(found):.3f} s, "
            f"longest {max(found):.3f} s",
        )
        for kind, found in times.items()
        if found
    ]
    return [*rows, Result("room: load", round(share, 2), "cores", "", "", "CPU time of the server over real time")]


async def _held(scenario: str, devices: int) -> Times:
    """Hold the exercise while another process plays it."""
    from tornado.httpserver import HTTPServer
    from tornado.netutil import bind_sockets

    from sim.serve.app import LARGEST_BODY, News, application

    exercise = load(scenario)
    seats = seat_ids(exercise)
    session = Session(exercise, seats=seats)
    while waiting := session.advance(FROM_S):
        session.decide({asked.key: next(iter(asked.options)) for asked in waiting})
    room = Room(session, None, new_room(rule="majority")._replace(pace=PACE))
    loop, sockets = asyncio.get_running_loop(), bind_sockets(0, "127.0.0.1")
    news = News(loop)
    deaf = room.listen(news.tell)
    codes = {scope: room.access.new_code(scope) for scope in (TRAINER_PAGE, *map(page_of, seats))}
    one = multiprocessing.get_context("spawn")
    try:
        with ThreadPoolExecutor(WORKERS) as executor, ProcessPoolExecutor(1, mp_context=one) as other:
            server = HTTPServer(application(room, news, executor), max_body_size=LARGEST_BODY)
            server.add_sockets(sockets)
            port = sockets[0].getsockname()[1]
            found = await loop.run_in_executor(other, played, port, codes, devices)
            server.stop()
            deaf()
            await server.close_all_connections()
    finally:
        room.close()
    return found


def played(port: int, codes: Mapping[str, str], devices: int) -> Times:
    """Let devices join, look and answer for a while; return how long each request took, in seconds."""
    return asyncio.run(_play(port, codes, devices))


async def _play(port: int, codes: Mapping[str, str], devices: int) -> Times:
    from tornado.httpclient import AsyncHTTPClient

    AsyncHTTPClient.configure(None, max_clients=3 * devices + 3)
    times: Times = {"join": [], "page": [], "answer": []}
    trainer = Client(port, TRAINER_PAGE, times)
    await trainer.join(codes[TRAINER_PAGE])
    seats = [scope for scope in codes if scope != TRAINER_PAGE]
    clients = [Client(port, seats[number % len(seats)], times) for number in range(devices)]
    await asyncio.gather(*(client.join(codes[client.scope]) for client in clients))
    await trainer.do({"do": "begin"}, "")
    until = time.monotonic() + LASTS_S
    await asyncio.gather(*(client.follow(number, until) for number, client in enumerate(clients)))
    return times


class Client:
    """A device.

    Args:
        port: Where the pages are, on this machine.
        scope: Its page.
        times: Where it notes how long requests took.
    """

    def __init__(self, port: int, scope: str, times: Times) -> None:
        from tornado.httpclient import AsyncHTTPClient

        self.scope = scope
        self._times, self._cookie = times, ""
        self._base = f"http://127.0.0.1:{port}"
        self._client = AsyncHTTPClient()

    async def join(self, code: str) -> None:
        """Join by a code."""
        _, headers = await self._ask("POST", "/join", {"code": code}, "join")
        self._cookie = headers["Set-Cookie"].partition(";")[0]

    async def do(self, act: dict[str, object], kind: str) -> None:
        """Do something; what does not stand is no fault here: another member may have been the last to propose."""
        await self._ask("POST", f"/{self.scope}/do", act, kind)

    async def follow(self, number: int, until: float) -> None:
        """Wait for news, answer what is asked, and look at the page anew now and then, until a time."""
        tag, done, looked = "", set(), 0.0
        while time.monotonic() < until:
            if time.monotonic() - looked > LOOK_S:
                looked = time.monotonic()
                await self._ask("GET", f"/{self.scope}/model?lang=zh", None, "page")
            body, headers = await self._ask("GET", f"/{self.scope}/model?lang=zh&after={tag}", None, "")
            if not body:
                continue
            tag, model = headers["X-Model"], json.loads(body)
            for asked in model["questions"]:
                if asked["state"] == "open" and asked["key"] not in done:
                    done.add(asked["key"])
                    choice = asked["options"][number % len(asked["options"])]["id"]
                    await self.do({"do": "answer", "key": asked["key"], "choice": choice}, "answer")

    async def _ask(self, method: str, path: str, data: object, kind: str) -> tuple[bytes, Mapping[str, str]]:
        """Ask for something, and note how long it took if it is of a kind that counts."""
        body = None if data is None else json.dumps(data)
        headers = {"X-Exercise": "1", "Content-Type": "application/json", "Cookie": self._cookie}
        began = time.monotonic()
        reply = await self._client.fetch(
            self._base + path, method=method, body=body, headers=headers, request_timeout=120, raise_error=False
        )
        if reply.code >= 500:
            reply.rethrow()
        if kind:
            self._times[kind].append(time.monotonic() - began)
        return reply.body, reply.headers
