"""The pages and what they ask for, on Tornado: every request proves by its cookie which page it may see."""

from __future__ import annotations

import asyncio
import gzip
import json
import re
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

from tornado.web import Application, HTTPError, RequestHandler, StaticFileHandler

from sim.cli.terminal.refusals import refusal
from sim.errors import AnswerRefused, TabletopError
from sim.serve.access import OBSERVER_PAGE, SCREEN_PAGE, TRAINER_PAGE, TooOften, page_of
from sim.serve.doors import observer_act, seat_act, trainer_act
from sim.serve.results import FILE
from sim.serve.room import Room
from sim.serve.words import plain_words, say

STATIC = Path(__file__).parent / "static"
POLL_S = 20.0
"""How long a page's question for news is kept open, in seconds."""
LEAST_APART_S = 0.4
"""Least time between two looks at whether a page has news, in seconds."""
PACKED = 1
"""How much models are compressed: little, for they are many; the network is near."""
LARGEST_BODY = 16_384
"""Largest request, in bytes."""
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)
"""Content security policy: nothing from anywhere else, nothing inline."""
REPORT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'none'"
"""That of the report, a document of its own with its styles in it and no programs."""
COOKIE_LASTS_D = 2
"""How long a device stays signed in, in days."""


class News:
    """Wakes the pages that wait for news; belongs to one event loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._event = asyncio.Event()

    def tell(self) -> None:
        """Wake everybody; from any thread."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._wake)

    def _wake(self) -> None:
        self._event.set()
        self._event = asyncio.Event()

    async def wait(self, seconds: float) -> None:
        """Wait for news, or for so long."""
        event = self._event
        try:
            await asyncio.wait_for(event.wait(), seconds)
        except TimeoutError:
            return


class Page(RequestHandler):
    """What all pages share: headers, language, the cookie, and errors that say nothing of the inside."""

    def initialize(self, room: Room, news: News, executor: Executor) -> None:
        """Take over what the application holds."""
        self.room, self.news, self.executor = room, news, executor

    def set_default_headers(self) -> None:
        """Say on every answer what a browser may do with it."""
        self.clear_header("Server")
        self.set_header("Content-Security-Policy", POLICY)
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Referrer-Policy", "no-referrer")
        self.set_header("Cross-Origin-Opener-Policy", "same-origin")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")
        self.set_header("Cache-Control", "no-store")

    @property
    def cookie(self) -> str:
        """Name of the room's cookie."""
        return f"exercise-{self.room.kept.room}"

    @property
    def lang(self) -> str:
        """The language that the page asks for."""
        asked = self.get_query_argument("lang", self.room.lang)
        return "zh" if asked == "zh" else "en"

    def admitted(self, scope: str) -> int:
        """Return which device of a page this is, from 1; 0 if it may not see the page."""
        return self.room.access.number(self.get_cookie(self.cookie) or "", scope)

    def reply(self, status: int, body: dict[str, Any]) -> None:
        """Answer with plain data."""
        self.set_status(status)
        self.set_header("Content-Type", "application/json; charset=UTF-8")
        self.finish(json.dumps(body, ensure_ascii=False, sort_keys=True))

    def read_json(self) -> Any:
        """Return the body of a request that this site's own program sent.

        Raises:
            HTTPError: If it comes from elsewhere, or is no JSON.
        """
        own = self.request.headers.get("X-Exercise") == "1"
        kind = self.request.headers.get("Content-Type", "").partition(";")[0]
        origin = self.request.headers.get("Origin")
        same = origin is None or origin.partition("://")[2] == self.request.host
        if not (own and same and kind == "application/json"):
            raise HTTPError(403)
        try:
            return json.loads(self.request.body)
        except (ValueError, RecursionError) as error:
            raise HTTPError(400) from error

    def write_error(self, status_code: int, **_: Any) -> None:
        """Answer an error with its number alone."""
        self.reply(status_code, {"error": status_code})

    def log_exception(self, *_: Any) -> None:
        """Keep what people sent out of any log; a fault of the program stands in the room's ``trouble``."""
        error = _[1]
        if not isinstance(error, HTTPError):
            self.room.trouble = f"{type(error).__name__}: {error}"
            self.room.changed()

    async def apart(self, function: Any, *arguments: Any) -> Any:
        """Do something that may take a while without holding up the others."""
        return await asyncio.get_running_loop().run_in_executor(self.executor, function, *arguments)

    async def act(self, door: Any, *arguments: Any) -> None:
        """Let a door do what was asked for, and answer how that went; what is acknowledged is on disk."""
        try:
            said = await self.apart(door, *arguments, self.lang)
            self.reply(200, said)
        except AnswerRefused as refused:
            self.reply(409, {"refused": refusal(refused, self.room.names(self.lang))})
        except (TabletopError, OSError) as error:
            self.room.trouble = str(error)
            self.room.changed()
            self.reply(503, {"refused": str(error)})

    async def send_model(self, page: str, number: int) -> None:
        """Answer with a page's model, as soon as it differs from the one that the page has."""
        after, of = self.get_query_argument("after", ""), self.get_query_argument("of", "")
        loop = asyncio.get_running_loop()
        end = loop.time() + POLL_S
        body, tag = await self.apart(self.room.text, page, self.lang, number, of)
        while tag == after and loop.time() < end and not self.request.connection.stream.closed():  # type: ignore[union-attr]
            await self.news.wait(min(5.0, max(0.05, end - loop.time())))
            await asyncio.sleep(LEAST_APART_S)
            body, tag = await self.apart(self.room.text, page, self.lang, number, of)
            if not self.admitted(page):
                raise HTTPError(401)
        if tag == after:
            self.set_status(204)
            return
        self.set_header("Content-Type", "application/json; charset=UTF-8")
        self.set_header("X-Model", tag)
        if "gzip" in self.request.headers.get("Accept-Encoding", ""):  # beside the loop that serves everybody
            self.set_header("Content-Encoding", "gzip")
            self.set_header("Vary", "Accept-Encoding")
            body = await self.apart(gzip.compress, body, PACKED)
        self.write(body)

    def compute_etag(self) -> None:
        """Leave out the tag that Tornado would add."""


class Join(Page):
    """The first page, where a code is typed."""

    def get(self) -> None:
        """Show it."""
        self.set_header("Content-Type", "text/html; charset=UTF-8")
        self.write(_document("join", self.room.lang))

    def post(self) -> None:
        """Take a code; who brings a right one gets a token in a cookie of that page alone."""
        given = self.read_json()
        code = given.get("code") if isinstance(given, dict) else None
        if not isinstance(code, str):
            raise HTTPError(400)
        try:
            joined = self.room.access.join(code, str(self.request.remote_ip))
        except TooOften:
            self.reply(429, {"refused": say("join_often", self.lang)})
            return
        if joined is None:
            self.reply(403, {"refused": say("join_wrong", self.lang)})
            return
        scope, token = joined
        self.room.keep()
        self.room.changed()
        self.set_cookie(
            self.cookie, token, path=f"/{scope}/", httponly=True, samesite="Strict", expires_days=COOKIE_LASTS_D
        )
        self.reply(200, {"go": f"/{scope}/"})


class JoinWords(Page):
    """The words of the first page."""

    def get(self) -> None:
        """Send them; nothing of the exercise is among them."""
        keys = ("mark", "mark_long", "join_title", "join_hint", "join", "language", "text_size", "contrast", "dropped")
        words = plain_words(self.lang)
        self.reply(200, {"lang": self.lang, "words": {key: words[key] for key in keys}})


class Shell(Page):
    """A page without anything in it yet; whoever has no token for it is sent to the first page."""

    def get(self, scope: str) -> None:
        """Show it."""
        if not self.admitted(scope):
            self.redirect("/", status=303)
            return
        self.set_header("Content-Type", "text/html; charset=UTF-8")
        self.write(_document(scope.partition("/")[0], self.room.lang))


class Model(Page):
    """What a page shows."""

    async def get(self, scope: str) -> None:
        """Send it."""
        number = self.admitted(scope)
        if not number:
            raise HTTPError(401)
        await self.send_model(scope, number)


class Do(Page):
    """What a page asks for."""

    async def post(self, scope: str) -> None:
        """Do it."""
        number = self.admitted(scope)
        if not number:
            raise HTTPError(401)
        given = self.read_json()
        if scope == TRAINER_PAGE:
            await self.act(lambda lang: trainer_act(self.room, given, lang))
        elif scope == OBSERVER_PAGE:
            await self.act(lambda lang: observer_act(self.room, number, given, lang))
        elif scope != SCREEN_PAGE:
            await self.act(lambda lang: seat_act(self.room, scope.partition("/")[2], given, lang, number))
        else:
            raise HTTPError(403)


class Report(Page):
    """The report of the exercise, for the trainer."""

    async def get(self) -> None:
        """Send it, once there is one."""
        if not self.admitted(TRAINER_PAGE):
            raise HTTPError(401)
        if self.room.result is None or self.room.folder is None:
            raise HTTPError(404)
        text = await self.apart((self.room.folder / "report.html").read_bytes)
        self.set_header("Content-Security-Policy", REPORT_POLICY)
        self.set_header("Content-Type", "text/html; charset=UTF-8")
        self.write(text)


class Results(Page):
    """What each seat and member did, as a table for a spreadsheet, for the trainer."""

    async def get(self) -> None:
        """Send it, once there is one."""
        if not self.admitted(TRAINER_PAGE):
            raise HTTPError(401)
        if self.room.result is None or self.room.folder is None:
            raise HTTPError(404)
        text = await self.apart((self.room.folder / FILE).read_bytes)
        self.set_header("Content-Type", "text/csv; charset=UTF-8")
        self.set_header("Content-Disposition", f'attachment; filename="{FILE}"')
        self.write(text)


class Static(StaticFileHandler):
    """The panel's own files."""

    def set_default_headers(self) -> None:
        """Say on every answer what a browser may do with it."""
        self.clear_header("Server")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Content-Security-Policy", POLICY)
        self.set_header("Cache-Control", "no-cache")


def _document(page: str, lang: str) -> str:
    """Return a page that holds nothing but the mark of the exercise and the panel's program."""
    text = (STATIC / "page.html").read_text(encoding="utf-8")
    return text.replace("{{page}}", page).replace("{{lang}}", lang)


def application(room: Room, news: News, executor: Executor) -> Application:
    """Return the application of a room."""
    held = {"room": room, "news": news, "executor": executor}
    scope = "|".join(
        [TRAINER_PAGE, SCREEN_PAGE, OBSERVER_PAGE, *(page_of(seat) for seat in room.session.settings.seats)]
    )
    return Application(
        [
            (r"/(?:join)?", Join, held),
            (r"/words", JoinWords, held),
            (rf"/({scope})/", Shell, held),
            (rf"/({scope})/model", Model, held),
            (rf"/({scope})/do", Do, held),
            (r"/trainer/report", Report, held),
            (rf"/trainer/{re.escape(FILE)}", Results, held),
            (r"/static/(.*)", Static, {"path": str(STATIC)}),
        ],
        default_handler_class=Missing,
        default_handler_args=held,
        compress_response=True,
        log_function=lambda _: None,
    )


class Missing(Page):
    """Everything that is not there."""

    def prepare(self) -> None:
        """Say so."""
        raise HTTPError(404)
