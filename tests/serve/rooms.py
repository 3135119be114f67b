"""Rooms for the tests: a session, its pages on a port of this machine, and a browser of sorts."""

import asyncio
import http.client
import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets

from sim.play.session import Session
from sim.serve.app import LARGEST_BODY, News, application
from sim.serve.kept import new_room
from sim.serve.room import Room
from tests.play.made import short

SEATS = ("duty", "police")


@contextmanager
def room(folder=None, seats=SEATS, exercise=None, seed=3, **rest):
    """A room whose clock stands; it is closed afterwards."""
    session = Session(exercise or short(), seed=seed, seats=seats, folder=folder)
    made = Room(session, folder, new_room(**rest))
    try:
        yield made
    finally:
        made.close()


@contextmanager
def served(made):
    """The pages of a room, and devices that ask for them."""
    ready, box = threading.Event(), {}

    async def hold():
        loop = box["loop"] = asyncio.get_running_loop()
        box["stop"], news = asyncio.Event(), News(loop)
        deaf = made.listen(news.tell)
        sockets = bind_sockets(0, "127.0.0.1")
        box["port"] = sockets[0].getsockname()[1]
        with ThreadPoolExecutor(2) as executor:
            server = HTTPServer(application(made, news, executor), max_body_size=LARGEST_BODY)
            server.add_sockets(sockets)
            ready.set()
            await box["stop"].wait()
            server.stop()
            deaf()
            await server.close_all_connections()

    thread = threading.Thread(target=lambda: asyncio.run(hold()))
    thread.start()
    assert ready.wait(30)
    pages = Pages(box["port"])
    try:
        yield pages
    finally:
        pages.close()
        box["loop"].call_soon_threadsafe(box["stop"].set)
        thread.join(30)


class Pages:
    """Where the pages are, and the devices that were made for them."""

    def __init__(self, port):
        self.port, self._devices = port, []

    def device(self):
        self._devices.append(Device(self.port))
        return self._devices[-1]

    def close(self):
        for device in self._devices:
            device.close()


class Reply:
    """What came over the wire."""

    def __init__(self, found):
        self.status, self.body = found.status, found.read()
        self.headers = {name.lower(): value for name, value in found.getheaders()}

    @property
    def data(self):
        return json.loads(self.body)

    @property
    def wire(self):
        """All bytes but the time of day."""
        return self.status, sorted((name, value) for name, value in self.headers.items() if name != "date"), self.body


class Device:
    """A browser of sorts: keeps one cookie for each path, and one connection."""

    def __init__(self, port):
        self.port, self.cookies = port, {}
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=300)

    def ask(self, method, path, body=None, **headers):
        kept = "; ".join(cookie for start, cookie in self.cookies.items() if path.startswith(start))
        headers = {"Cookie": kept, **headers} if kept else headers
        self._line.request(method, path, body, headers)
        reply = Reply(self._line.getresponse())
        if "set-cookie" in reply.headers:
            cookie, *rest = [part.strip() for part in reply.headers["set-cookie"].split(";")]
            fields = dict(part.partition("=")[::2] for part in rest)
            self.cookies[fields["Path"]] = cookie
        return reply

    def get(self, path):
        return self.ask("GET", path)

    def post(self, path, data, **headers):
        own = {"X-Exercise": "1", "Content-Type": "application/json", **headers}
        return self.ask("POST", path, json.dumps(data), **own)

    def join(self, made, scope):
        reply = self.post("/join", {"code": made.access.new_code(scope)})
        assert reply.status == 200, reply.body
        return self

    def model(self, scope, lang="en"):
        return self.get(f"/{scope}/model?lang={lang}").data

    def do(self, page, /, **act):
        return self.post(f"/{page}/do", act)

    def close(self):
        self._line.close()


def until(condition, seconds=60):
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.02)
    return found
