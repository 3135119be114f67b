"""A whole exercise by clicking in headless Chromium, and a server that is killed. A machine without Chromium fails."""

import json
import os
import random
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sim.record.journal import read_journal
from tests.chromium import chromium
from tests.serve.rooms import Device, room, served, until

pytestmark = pytest.mark.slow

SEATS = ("duty", "command", "police")
SIZES = {"trainer": (1920, 1080), "duty": (1366, 768), "command": (390, 844), "police": (390, 844)}
WAIT_MS = 120_000
BOXES = """() => [...document.querySelectorAll(".box")].map((one) => one.getBoundingClientRect())
  .filter((box) => box.width && box.height).map((box) => [box.left, box.top, box.right, box.bottom])"""
CUT = """() => [...document.querySelectorAll(".list, .scroll, .body")]
  .filter((one) => one.offsetHeight && one.scrollHeight > one.clientHeight + 2).length"""
WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def browser():
    """One for all tests of this file."""
    with chromium() as opened:
        yield opened


def laid_out(page):
    """Nothing is wider than the screen, and no two boxes share a point."""
    assert page.evaluate(WIDER) <= 0
    boxes = page.evaluate(BOXES)
    assert len(boxes) >= 5
    for number, one in enumerate(boxes):
        for other in boxes[number + 1 :]:
            apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
            assert apart, (one, other)


class Person:
    """Somebody with a device of his own."""

    def __init__(self, browser, port, who):
        wide, tall = SIZES[who]
        self.context = browser.new_context(viewport={"width": wide, "height": tall}, locale="zh-CN")
        self.context.set_default_timeout(WAIT_MS)
        self.page, self.wrong, self.hosts = self.context.new_page(), [], set()
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("request", lambda request: self.hosts.add(request.url.split("/")[2]))
        self.start = f"http://127.0.0.1:{port}/"

    def join(self, code):
        self.page.goto(self.start)
        self.page.locator("input.code").fill(code.lower())
        self.page.keyboard.press("Enter")
        self.page.locator("header.top h1").wait_for()
        return self

    @property
    def is_asked(self):
        return self.page.locator(".option").count() > 0

    def decide(self, number):
        """Choose by a key, change one's mind once, and confirm."""
        self.page.locator("body").press(str(number))
        self.page.get_by_role("button", name="改一改").click()
        self.page.locator(f'.option[data-number="{number}"]').click()
        self.page.get_by_role("button", name="确认").click()

    def decide_by_keys(self, number):
        """The same without a mouse: a digit, Escape to take it back before it counts, the digit again, Enter."""
        for key in (str(number), "Escape", str(number), "Enter"):
            self.page.keyboard.press(key)


def printed(page):
    """On paper nothing is cut off, and there is nothing to press."""
    page.emulate_media(media="print")
    assert page.evaluate(WIDER) <= 0
    assert not page.locator(".tools").is_visible()
    assert page.evaluate(CUT) == 0
    page.emulate_media(media="screen")


def test_a_trainer_and_three_seats_play_a_whole_exercise_by_clicking(browser, tmp_path):
    order = random.Random(3)
    with room(tmp_path / "run", seats=SEATS) as made, served(made) as pages:
        made.lang = "zh"
        trainer = Person(browser, pages.port, "trainer").join(made.access.new_code("trainer"))
        people = {}
        for number, seat in enumerate(SEATS):
            trainer.page.get_by_role("button", name="新口令").nth(number).click()
            until(lambda seat=seat: made.access.code(f"seat/{seat}"))
            trainer.page.get_by_text(code := made.access.code(f"seat/{seat}")[0]).wait_for()
            people[seat] = Person(browser, pages.port, seat).join(code)
        trainer.page.get_by_label("速度").select_option("")
        trainer.page.get_by_role("button", name="开始演练").click()
        dropped, asked = False, 0
        while not made.finished:
            until(lambda: made.finished or made.session.waiting(), 300)
            waiting = [one.seat for one in made.session.waiting()]
            for seat in order.sample(waiting, len(waiting)):
                person, before = people[seat], len(made.session.journal)
                person.page.locator(".option").first.wait_for()
                asked += 1
                if not dropped:
                    laid_out(person.page)
                    laid_out(trainer.page)
                    person.context.set_offline(True)
                    person.page.wait_for_timeout(300)
                    person.decide(1)
                    person.page.wait_for_timeout(1500)
                    assert len(made.session.journal) == before
                    person.context.set_offline(False)
                    dropped = True
                elif seat == "command":
                    person.decide_by_keys(1)
                else:
                    person.decide(1)
                until(lambda before=before: len(made.session.journal) > before)
        for person in (trainer, *people.values()):
            person.page.locator('.phase[data-phase="over"]').wait_for()
            laid_out(person.page)
            assert "演练" in person.page.title()
            printed(person.page)
        counted = [one for one in made.session.entries if one.kind == "answer" and one.seat in SEATS]
        assert asked == len(counted) >= 3
        for person in (trainer, *people.values()):
            assert [] == person.wrong
            assert {f"127.0.0.1:{pages.port}"} == person.hosts
            person.context.close()


def serve(folder, *more, resumed=False):
    """Start the command in a process of its own; return it, its port and the code of the control room."""
    words = [sys.executable, "-u", "-m", "sim.cli.main", "serve", *more, "--port", "0"]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=environment, cwd=folder)
    port = code = ""
    while not (port and code):
        line = process.stdout.readline()
        assert line, "it ended"
        port = (re.findall(r"http://[^:]+:(\d+)/", line) or [port])[0]
        code = (re.findall(r"control room: +(\w{6})", line) or [code])[0]
        if resumed and "Ctrl-C" in line:
            break  # the trainer's device is still signed in, so no code is made
    return process, int(port), code


def test_a_killed_server_goes_on_and_nothing_acknowledged_is_lost(tmp_path):
    folder = tmp_path / "run"
    process, port, code = serve(tmp_path, "chlorine-leak", "--seed", "1", "--seats", "duty", "--out", str(folder))
    try:
        trainer, duty = Device(port), Device(port)
        assert 200 == trainer.post("/join", {"code": code}).status
        trainer.do("trainer", do="code", scope="seat/duty")
        code = trainer.model("trainer")["seats"][0]["code"]
        assert 200 == duty.post("/join", {"code": code}).status
        trainer.do("trainer", do="to_question")
        until(lambda: duty.model("seat/duty")["questions"])
        act = {"do": "answer", "key": "first-call", "choice": "alert-and-verify", "reason": "before the kill"}
        assert 200 == duty.do("seat/duty", **act).status
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
    (entry,) = [one for one in read_journal(folder / "journal.jsonl")[0] if one.kind == "answer"]
    assert "before the kill" == entry.reason
    assert "".join(duty.cookies.values()).partition("=")[2] not in (folder / "room.json").read_text(encoding="utf-8")
    process, port, _ = serve(tmp_path, str(folder), resumed=True)
    try:
        again = Device(port)
        again.cookies = duty.cookies
        model = again.model("seat/duty")
        assert ["before the kill"] == [row["reason"] for row in model["decided"]]
        assert 200 == again.do("seat/duty", **act).status
        assert json.dumps(model).count("before the kill") == 1
    finally:
        process.terminate()
        assert 0 == process.wait(60)
        process.stdout.close()
        for one in (trainer, duty, again):
            one.close()
