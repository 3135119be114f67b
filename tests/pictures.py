"""The pictures of README.md, made anew in notebooks/pictures: python -m tests.pictures"""

import io
import tempfile
from pathlib import Path

from PIL import Image

from sim.play.runs import keep_score
from sim.play.session import Session
from tests.chromium import chromium
from tests.notebooks import FOLDER
from tests.serve.rooms import room, served

OUT = FOLDER / "pictures"
DESK, PHONE, PROJECTOR = (1366, 768), (390, 844), (1920, 1080)
SEATS = ("duty", "command", "police", "emergency", "health", "propaganda")
MOST_BYTES = 200_000


def shot(page, name):
    """Take a picture of what is on the screen; a large one would weigh on everybody who clones the repository."""
    page.wait_for_timeout(400)
    page.evaluate("document.querySelectorAll('.toast').forEach((one) => one.remove())")
    path = OUT / f"{name}.png"
    with Image.open(io.BytesIO(page.screenshot())) as taken:
        taken.convert("RGB").save(path, optimize=True)
    assert path.stat().st_size < MOST_BYTES, (name, path.stat().st_size)


def opened(browser, size):
    """A page of a size, in English."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="en-US")
    context.set_default_timeout(300_000)
    return context.new_page()


def joined(browser, port, made, scope, size=DESK):
    """A page of the exercise room."""
    page = opened(browser, size)
    page.goto(f"http://127.0.0.1:{port}/")
    page.locator("input.code").fill(made.access.new_code(scope))
    page.keyboard.press("Enter")
    page.locator("header.top h1").wait_for()
    return page


def pages(browser, exercise):
    """The control room, a seat on a laptop and on a phone, an observer, and the big screen, in the midst of it."""
    with room(None, seats=SEATS, exercise=exercise, rule="majority") as made, served(made) as there:
        session = made.session
        while session.now_s < 1500 and (waiting := session.advance(1500)):
            session.decide({asked.key: next(iter(asked.options)) for asked in waiting})
        (asked, *_) = session.advance()
        made.keep(screen=asked.seat)
        made.changed()
        trainer = joined(browser, there.port, made, "trainer")
        desk = joined(browser, there.port, made, f"seat/{asked.seat}")
        phone = joined(browser, there.port, made, f"seat/{asked.seat}", PHONE)
        observer = joined(browser, there.port, made, "observer")
        screen = joined(browser, there.port, made, "screen", PROJECTOR)
        desk.locator(".option").first.wait_for()
        shot(desk, "seat")
        phone.locator(".option").first.wait_for()
        phone.locator("body").press("1")
        phone.get_by_role("button", name="Propose").click()
        phone.locator(".asked .chips").wait_for()
        shot(phone, "phone")
        observer.locator(".is-messages li").first.wait_for()
        shot(observer, "observer")
        trainer.get_by_text("Members still to propose").wait_for()
        shot(trainer, "trainer")
        shot(screen, "screen")


def report(browser, folder):
    """The report of a run."""
    from sim.cli.exercise import write_report
    from sim.play.runs import read_references

    record = Session("chlorine-leak", seed=1, folder=folder).finish()
    card = keep_score(folder, record)
    write_report(folder, record, card, read_references(folder), "en")
    page = opened(browser, DESK)
    page.goto((folder / "report.html").as_uri())
    shot(page, "report")


def main():
    """Make all of them."""
    from sim.spec.load import load

    OUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as place, chromium() as browser:
        pages(browser, load("chlorine-leak"))
        report(browser, Path(place) / "run")


if __name__ == "__main__":
    main()
