"""What goes over the wire: only what a page may see, answers that count once, and rooms that go on after a kill."""

import json
import secrets
import threading
from contextlib import suppress

import pytest

from sim.play.seats import Seat, Watcher
from sim.play.trainer import Trainer
from sim.serve.kept import read_kept
from sim.serve.room import Motion, Room
from sim.serve.start import resumed
from tests.serve.rooms import room, served, until


def test_strangers_see_the_first_page_and_nothing_else():
    with room() as made, served(made) as pages:
        stranger = pages.device()
        for path in ("/trainer/", "/screen/", "/seat/duty/"):
            assert (303, "/") == ((found := stranger.get(path)).status, found.headers["location"])
        for path in ("/trainer/model", "/seat/duty/model", "/screen/model", "/trainer/report"):
            assert 401 == stranger.get(path).status
        assert 401 == stranger.post("/seat/duty/do", {"do": "note", "text": "x"}).status
        for path in ("/seat/health/", "/nothing", "/static/../app.py", "/static/%2e%2e/app.py", "/seat/duty"):
            assert stranger.get(path).status in (403, 404)
        assert 200 == stranger.get("/").status
        assert set(stranger.get("/words?lang=zh").data) == {"lang", "words"}


def test_every_page_carries_the_mark_and_a_policy_that_lets_nothing_in_from_elsewhere():
    with room() as made, served(made) as pages:
        device = pages.device()
        for scope in ("trainer", "screen", "seat/duty"):
            device.join(made, scope)
        for path in ("/", "/trainer/", "/screen/", "/seat/duty/", "/seat/duty/model", "/static/panel.js", "/nothing"):
            found = device.get(path)
            policy = found.headers["content-security-policy"]
            assert "default-src 'none'" in policy
            assert not [word for word in ("unsafe", "http", "*") if word in policy]
            assert found.headers["x-content-type-options"] == "nosniff"
            assert "server" not in found.headers
            if "html" in found.headers["content-type"]:
                assert "【演练】".encode() in found.body
        for scope in ("trainer", "screen", "seat/duty"):
            assert "演练" in device.model(scope, "zh")["words"]["mark_long"]


def test_a_cookie_belongs_to_one_page_and_programs_of_pages_cannot_read_it():
    with room() as made, served(made) as pages:
        device = pages.device()
        given = device.post("/join", {"code": made.access.new_code("seat/duty")})
        cookie = given.headers["set-cookie"]
        assert {"HttpOnly", "SameSite=Strict", "Path=/seat/duty/"} <= {part.strip() for part in cookie.split(";")}
        token = cookie.partition("=")[2].partition(";")[0]
        assert len(token) >= 43, "256 bits"
        assert token.encode() not in given.body
        police = pages.device()
        police.cookies = {"/seat/police": device.cookies["/seat/duty/"], "/trainer": device.cookies["/seat/duty/"]}
        assert [401, 401] == [police.get(f"/{page}/model").status for page in ("seat/police", "trainer")]


def test_acts_come_from_this_sites_own_pages_alone_and_are_of_a_known_form():
    with room() as made, served(made) as pages:
        device = pages.device().join(made, "seat/duty")
        note = {"do": "note", "text": "x"}
        assert 403 == device.post("/seat/duty/do", note, **{"X-Exercise": "0"}).status
        assert 403 == device.post("/seat/duty/do", note, **{"Content-Type": "text/plain"}).status
        assert 403 == device.post("/seat/duty/do", note, Origin="http://elsewhere.example").status
        assert 200 == device.post("/seat/duty/do", note, Origin=f"http://127.0.0.1:{pages.port}").status
        own = {"X-Exercise": "1", "Content-Type": "application/json"}
        for body in ("{", "[" * 5000, ""):
            assert 400 == device.ask("POST", "/seat/duty/do", body, **own).status
        wrong = [None, [], "note", {"do": "dance"}, {"do": "note"}, {**note, "seat": "police"}, {"do": "run"}]
        wrong += [{"do": "order", "order": {}}]
        wrong += [{"do": "form", "given": {"do": "withdraw"}}, {"do": "wait", "key": "first-call", "seconds": -1}]
        for act in wrong:
            assert 409 == (found := device.post("/seat/duty/do", act)).status, act
            assert found.data["refused"]
        with suppress(ConnectionError):  # who sends too much may find the line cut before it has sent all
            assert device.ask("POST", "/seat/duty/do", "x" * 40_000, **own).status in (400, 413)
        assert 1 == len(made.session.journal)
        assert "" == made.trouble


@pytest.mark.parametrize("tries", [100, pytest.param(10_000, marks=pytest.mark.slow)])
def test_wrong_tokens_open_nothing_and_the_right_seat_still_answers(tries):
    with room() as made, served(made) as pages:
        made.session.advance()
        right, wrong = pages.device().join(made, "seat/duty"), pages.device()
        name, _, token = right.cookies["/seat/duty/"].partition("=")
        guesses = ["", token[:-1], token + "A", token.swapcase(), *(secrets.token_urlsafe(32) for _ in range(tries))]
        statuses = set()
        for guess in guesses:
            wrong.cookies = {"/": f"{name}={guess}"}
            statuses.add(wrong.get("/seat/duty/model").status)
        assert statuses == {401}
        assert 200 == right.do("seat/duty", do="answer", key="first-call", choice="alert-and-verify").status


def test_codes_that_are_guessed_are_stopped_after_a_few():
    with room() as made, served(made) as pages:
        stranger = pages.device()
        statuses = [stranger.post("/join", {"code": "WRONG2"}).status for _ in range(12)]
        assert statuses[0] == 403
        assert statuses[-1] == 429
        assert 400 == stranger.post("/join", {"code": 7}).status


def test_an_answer_counts_once_however_often_and_from_wherever_it_is_sent():
    with room() as made, served(made) as pages:
        made.session.advance()
        first, second = (pages.device().join(made, "seat/duty") for _ in range(2))
        act = {"do": "answer", "key": "first-call", "choice": "alert-and-verify", "reason": "two calls"}
        assert 200 == first.do("seat/duty", **act).status
        assert 200 == first.do("seat/duty", **act).status, "the connection dropped and it is sent again"
        other = second.do("seat/duty", **{**act, "choice": "enterprise-first"})
        assert 409 == other.status
        assert other.data["refused"]
        made.session.advance(900)
        assert 200 == second.do("seat/duty", **act).status
        assert 409 == second.do("seat/duty", **{**act, "choice": None}).status, "too late"
        assert 409 == second.do("seat/duty", **{**act, "key": "cordon-size"}).status, "a question of another seat"
        assert [("first-call", "alert-and-verify")] == [
            (one.key, one.choice) for one in made.session.journal if one.seat == "duty"
        ]


def test_two_devices_that_answer_at_once_make_one_answer():
    with room() as made, served(made) as pages:
        made.session.advance()
        options, statuses = list(made.session.waiting()[0].options), []

        devices = [pages.device().join(made, "seat/duty") for _ in range(6)]

        def send(number):
            act = {"do": "answer", "key": "first-call", "choice": options[number % len(options)]}
            statuses.append((devices[number].do("seat/duty", **act).status, number % len(options)))

        threads = [threading.Thread(target=send, args=(number,)) for number in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        (entry,) = made.session.journal
        taken = options.index(entry.choice)
        assert {(200 if number == taken else 409, number) for number in range(len(options))} == set(statuses)


def test_who_is_signed_out_sees_nothing_more_and_may_come_back_by_a_new_code():
    with room() as made, served(made) as pages:
        trainer, device = pages.device().join(made, "trainer"), pages.device().join(made, "seat/duty")
        assert 200 == device.get("/seat/duty/model").status
        assert 200 == trainer.do("trainer", do="revoke", scope="seat/duty").status
        assert 401 == device.get("/seat/duty/model").status
        assert 401 == device.do("seat/duty", do="note", text="x").status
        assert 200 == trainer.do("trainer", do="code", scope="seat/duty").status
        row = next(one for one in trainer.model("trainer")["seats"] if one["id"] == "duty")
        device.post("/join", {"code": row["code"]})
        assert 200 == device.get("/seat/duty/model").status


MOMENTS = range(0, 1500, 300)


def bytes_of_police(busy):
    """All that the police get over the wire at some moments, and what they see; ``busy``: much is kept from them."""
    found = []
    with room() as made, served(made) as pages:
        device = pages.device().join(made, "seat/police")
        other = pages.device().join(made, "seat/duty") if busy else None
        for moment in MOMENTS:
            while waiting := made.session.advance(moment):
                for asked in waiting:
                    reason = "secret" if busy and asked.seat == "duty" else ""
                    Seat(made.session, asked.seat).answer(
                        asked.key, next(iter(asked.options)), charged_s=60, reason=reason
                    )
            if other is not None:
                other.do("seat/duty", do="note", text="secret")
                Watcher(made.session, "evaluator").note("secret", about="police")
                Trainer(made.session).allow_whatif("duty")
                made.access.new_code("seat/duty")
                made.keep(screen="duty")
                made.move(Motion(until_s=made.session.now_s))
                until(lambda: made.motion is None)
            made.changed()
            replies = [device.get(f"/seat/police/model?lang={lang}") for lang in ("zh", "en")]
            replies += [device.do("seat/police", do="form", given={"do": "ask"})]
            replies += [device.do("seat/police", do="answer", key=key, choice="no-option") for key in ("villages", "x")]
            replies += [device.get("/seat/police/"), device.get("/trainer/model"), device.get("/seat/duty/model")]
            found.append((made.session.view("police").digest(), [one.wire for one in replies]))
        given = len(made.session.journal)
    return found, given


def test_a_seats_bytes_are_the_same_in_two_runs_that_differ_in_what_it_was_never_told():
    (quiet, few), (busy, many) = bytes_of_police(False), bytes_of_police(True)
    assert many > few + len(MOMENTS)
    for (_, one), (_, two) in zip(quiet, busy, strict=True):
        assert one == two
    assert len({str(replies[0][2]) for _, replies in quiet}) > 2, "the bytes do change where something was told"


def test_news_reach_a_page_that_waits_and_a_page_without_news_is_told_so(monkeypatch):
    monkeypatch.setattr("sim.serve.app.POLL_S", 0.5)
    with room() as made, served(made) as pages:
        device = pages.device().join(made, "seat/duty")
        tag = device.get("/seat/duty/model").headers["x-model"]
        assert 204 == device.get(f"/seat/duty/model?after={tag}").status
        monkeypatch.setattr("sim.serve.app.POLL_S", 60)
        threading.Timer(0.2, lambda: made.move(Motion())).start()
        news = device.get(f"/seat/duty/model?after={tag}")
        assert (200, True) == (news.status, news.data["clock"]["at_s"] > 0)


def test_the_trainer_moves_the_clock_and_everything_it_does_is_on_the_record():
    with room() as made, served(made) as pages:
        trainer = pages.device().join(made, "trainer")
        assert "before" == trainer.model("trainer")["phase"]["id"]
        assert 200 == trainer.do("trainer", do="pace", pace=None).status
        assert 200 == trainer.do("trainer", do="begin").status
        until(lambda: made.session.waiting())
        until(lambda: trainer.model("trainer")["phase"]["id"] == "asked")
        assert 409 == trainer.do("trainer", do="run_on", seconds=60).status, "somebody is asked"
        assert 200 == trainer.do("trainer", do="count_none", key="first-call").status
        assert 200 == trainer.do("trainer", do="hold_clock").status
        inject = {"do": "inject", "sender": "city", "to": ["duty"], "sort": "request", "text": "how many?"}
        acts = [inject, {"do": "cut", "what": "mobile"}, {"do": "restore", "what": "mobile"}]
        acts += [
            {"do": "duty_check", "organization": None},
            {"do": "set", "name": "release.approval_delay", "value": "9"},
        ]
        later = next(one["id"] for one in trainer.model("trainer")["injects"]["rows"] if "hold" in one["can"])
        acts += [{"do": do, "inject": later} for do in ("hold", "release", "skip")]
        acts += [{"do": "screen_shows", "seat": "duty"}, {"do": "pace", "pace": None}]
        replies = [(act, trainer.do("trainer", **act)) for act in acts]
        assert [] == [(act, reply.body) for act, reply in replies if reply.status != 200]
        assert trainer.do("trainer", do="choices").data["choices"]["sender"]
        wrong = [
            {"do": "screen_shows", "seat": "moon"},
            {"do": "set", "name": "x", "value": "1"},
            {"do": "take", "x": 1},
        ]
        assert [409] * 3 == [trainer.do("trainer", **act).status for act in wrong]
        assert 200 == trainer.do("trainer", do="one_step").status
        assert 200 == trainer.do("trainer", do="take_back").status
        assert [] == [one for one in made.session.entries if one.kind in ("answer", "none")]
        assert {"start", "pause"} <= {one.choice for one in made.session.journal}


def test_anybody_can_stop_everything_for_a_real_event():
    with room() as made, served(made) as pages:
        made.session.advance()
        duty, police = pages.device().join(made, "seat/duty"), pages.device().join(made, "seat/police")
        assert "" == police.model("seat/police")["alarm"]
        assert 200 == duty.do("seat/duty", do="real_event").status
        assert made.finished
        for one, page in ((duty, "seat/duty"), (police, "seat/police")):
            model = one.model(page)
            assert ("over", True) == (model["phase"]["id"], "REAL EVENT" in model["alarm"])
            assert (
                409 == one.do(page, do="order", order={"do": "ask", "to": "city", "facts": ["incident/exists"]}).status
            )


def test_a_room_goes_on_after_it_was_closed_and_its_devices_stay_in(tmp_path):
    folder = tmp_path / "run"
    with room(folder) as made:
        with served(made) as pages:
            made.session.advance()
            device = pages.device().join(made, "seat/duty")
            device.do("seat/duty", do="answer", key="first-call", choice="alert-and-verify")
            made.move(Motion(until_s=900))
            until(lambda: made.motion is None)
            before = device.model("seat/duty")
        text = (folder / "room.json").read_text(encoding="utf-8")
        assert device.cookies["/seat/duty/"].partition("=")[2] not in text
    again = resumed(folder, "en", "")
    try:
        with served(again) as pages:
            back = pages.device()
            back.cookies = device.cookies
            assert before == back.model("seat/duty")
            act = {"do": "answer", "key": "first-call", "choice": "alert-and-verify"}
            assert 200 == back.do("seat/duty", **act).status, "what was acknowledged is known again"
    finally:
        again.close()
    assert read_kept(folder)[0].reached_s == 900


def test_a_full_disk_is_told_and_the_answer_does_not_count(tmp_path, monkeypatch):
    with room(tmp_path / "run") as made, served(made) as pages:
        made.session.advance()
        device = pages.device().join(made, "seat/duty")

        def full(*_):
            raise OSError(28, "No space left on device")

        act = {"do": "answer", "key": "first-call", "choice": "alert-and-verify"}
        with monkeypatch.context() as patch:
            patch.setattr("sim.record.journal.append_synced", full)
            assert 503 == device.do("seat/duty", **act).status
        assert "open" == device.model("seat/duty")["questions"][0]["state"]
        assert 200 == device.do("seat/duty", **act).status


def test_the_big_screen_shows_no_words_of_a_question_and_no_picture_unless_one_is_chosen():
    with room() as made, served(made) as pages:
        made.session.advance()
        screen = pages.device().join(made, "screen")
        model = screen.model("screen")
        (asked,) = made.session.waiting()
        text = json.dumps(model)
        assert asked.question.en not in text
        assert [] == [one for one in asked.options.values() if one.en in text]
        assert [] == model["map"]["kinds"]
        assert [bool(seat["left"]) for seat in model["seats"]] == [True, False]
        assert 403 == screen.do("screen", do="real_event").status
        Seat(made.session, "duty").answer(asked.key, "alert-and-verify")
        made.session.advance(1200)
        made.keep(screen="duty")
        made.changed()
        assert screen.model("screen")["map"]["kinds"]


@pytest.mark.slow
def test_a_whole_exercise_with_orders_by_form_ends_with_a_score_and_a_report(tmp_path):
    with room(tmp_path / "run", seats=("duty",)) as made, served(made) as pages:
        trainer, duty = pages.device().join(made, "trainer"), pages.device().join(made, "seat/duty")
        assert 409 == trainer.do("trainer", do="finish").status
        assert 404 == trainer.get("/trainer/report").status
        trainer.do("trainer", do="pace", pace=None)
        trainer.do("trainer", do="begin")
        until(lambda: made.session.waiting())
        given = {"do": "ask"}
        while "summary" not in (step := duty.do("seat/duty", do="form", given=given).data):
            first = step["choices"][0]["id"]
            given[step["field"]] = [first] if step["many"] else first
        assert 200 == duty.do("seat/duty", do="order", order=step["order"], reason="by form").status
        assert 200 == duty.do("seat/duty", do="answer", key="first-call", choice="alert-and-verify").status
        until(lambda: made.finished)
        assert "over" == duty.model("seat/duty")["phase"]["id"]
        assert 200 == trainer.do("trainer", do="finish").status
        result = trainer.model("trainer")["result"]
        report = trainer.get("/trainer/report")
        assert (200, True) == (report.status, result["total"].split()[0].encode() in report.body)
        assert "script-src" not in report.headers["content-security-policy"]
        assert 401 == duty.get("/trainer/report").status
        assert ["order", "answer"] == [one.kind for one in made.session.journal if one.seat == "duty"]


def test_a_fault_in_the_rooms_own_thread_is_shown_to_the_trainer(monkeypatch):
    with room() as made:

        def fails(_):
            raise OSError("the disk is gone")

        monkeypatch.setattr(Room, "_slice", fails)
        made.move(Motion())
        until(lambda: made.trouble)
        assert ("the disk is gone", None) == (made.model("trainer", "en")["trouble"], made.motion)
