"""The panel in a notebook: the same models and acts as in the browser, without a browser."""

import json
import threading
import time

import pytest

from sim.errors import InUse, NotFinished, RecordBroken, TabletopError
from sim.notebook import debrief, exercise
from sim.notebook.debriefing import model_at
from sim.notebook.panel import MODULES, Panel, one_module
from sim.play.runs import keep_score
from sim.serve import app
from sim.show.names import Names
from tests.play.made import play_on, short
from tests.serve.rooms import until

SEED = 3


@pytest.fixture(autouse=True)
def beside(tmp_path, monkeypatch):
    """Every test has a folder of its own."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def scenario(tmp_path):
    """A short exercise as a file; the files that it names are the bundled ones."""
    path = tmp_path / "short.yaml"
    path.write_text(next(one.text for one in short().sources if one.kind == "scenario"), encoding="utf-8")
    return path


class Front:
    """The front end of a panel: what the browser's side would send and be sent."""

    def __init__(self, panel, monkeypatch):
        self.panel, self.replies, self.number = panel, {}, 0
        monkeypatch.setattr(panel, "send", self._take)

    def _take(self, content, _buffers=None):
        self.replies[content["number"]] = content["reply"]

    def do(self, **act):
        self.number += 1
        json.dumps(act)
        self.panel._handle_custom_msg({"number": self.number, "act": act}, [])
        until(lambda: self.number in self.replies)
        return self.replies[self.number]


def test_the_program_is_one_module_that_loads_nothing():
    text = one_module()
    assert "import " not in text
    assert text.count("export ") == 1
    for name in MODULES:
        assert f"const of_{name} = " in text
    asked = {path.stem for path in app.STATIC.glob("*.js")}
    assert set(MODULES) == asked - {"page"}


def test_an_exercise_is_played_in_a_notebook_to_its_end(scenario, monkeypatch):
    made = exercise(scenario, seats=["duty"], lang="en", seed=SEED)
    trainer, duty = (Front(made.panels[page], monkeypatch) for page in ("trainer", "seat/duty"))
    try:
        assert ["trainer", "seat/duty"] == list(made.panels)
        with pytest.raises(NotFinished, match="waits for"):
            made.record()
        assert trainer.do(do="pace", pace=None)["ok"]
        assert trainer.do(do="begin")["ok"]
        until(lambda: duty.panel.state["phase"]["id"] == "decide")
        refused = duty.do(do="answer", key="first-call", choice="no-option")
        assert (False, True) == (refused["ok"], "no such option" in refused["said"])
        assert duty.do(do="answer", key="first-call", choice="alert-and-verify", reason="why not")["ok"]
        assert not duty.do(do="begin")["ok"], "that is the trainer's"
        until(lambda: made.over)
        until(lambda: trainer.panel.state["phase"]["id"] == "over")
        made.panels["seat/duty"].lang = "zh"
        until(lambda: duty.panel.state["phase"]["text"] == "演练结束")
        record = made.record()
        assert ["alert-and-verify"] == [
            one.choice for one in record.journal if one.kind == "answer" and one.seat == "duty"
        ]
        assert "image" in str(made._repr_mimebundle_()) or "widget-view" in str(made._repr_mimebundle_())
    finally:
        made.close()
    with pytest.raises(RecordBroken, match="finished"):
        exercise(made.folder, lang="en")


def test_the_kernel_stays_free_while_the_exercise_runs_and_the_run_can_be_held(scenario):
    made = exercise(scenario, seats=["police"], lang="en", seed=SEED)
    try:
        made.run()
        started = time.thread_time()
        until(lambda: made.room.session.now_s > 0)
        made.hold()
        assert made.room.motion is None
        assert time.thread_time() - started < 5
        assert threading.current_thread() is threading.main_thread()
    finally:
        made.close()


def test_after_the_kernel_was_restarted_the_exercise_goes_on_from_its_folder(scenario, monkeypatch):
    first = exercise(scenario, seats=["duty"], folder="kept", lang="en", seed=SEED)
    with pytest.raises(InUse):
        exercise(scenario, seats=["duty"], folder="kept", lang="en")
    first.run()
    until(lambda: first.room.session.waiting())
    Front(first.panels["seat/duty"], monkeypatch).do(do="answer", key="first-call", choice="alert-and-verify")
    first.hold()
    at_s = first.room.session.now_s
    first.close()
    again = exercise(scenario, seats=["duty"], folder="kept", lang="en")
    try:
        assert at_s == again.room.session.now_s
        assert ["answered"] == [row["state"] for row in again.panels["seat/duty"].state["questions"]] or at_s > 568
        assert [] == list(again.room.session.waiting())
    finally:
        again.close()


def test_what_cannot_be_used_is_said_in_one_message():
    with pytest.raises(TabletopError, match="nothing to begin"):
        exercise()
    with pytest.raises(TabletopError):
        exercise("no-such-scenario")


def test_a_panel_that_only_shows_does_nothing(monkeypatch):
    front = Front(Panel(lang="en"), monkeypatch)
    assert {"ok": False, "said": ""} == front.do(do="answer", key="x", choice=None)
    front.panel._handle_custom_msg("noise", [])
    front.panel.close()


def test_a_debriefing_shows_every_seat_at_every_moment_as_it_was(tmp_path):
    from sim.play.session import Session

    session = Session(short(), seed=SEED, seats=("duty",), folder=tmp_path / "run")
    session.advance()
    then_s, live = session.now_s, session.view("duty")
    record = play_on(session)
    with pytest.raises(TabletopError, match="score"):
        debrief(tmp_path / "run")
    card = keep_score(tmp_path / "run", record)
    made = debrief(tmp_path / "run", "en")
    made.slider.value = then_s
    model = made.panel.state
    assert len(live.messages) == len(model["messages"])
    assert ["open"] == [row["state"] for row in model["questions"]]
    assert [] == model["orders"] == model["decided"]
    assert model == model_at(record, "duty", then_s, Names(record.exercise, "en"))
    made.map_of.value = "true"
    assert "what was true" == made.panel.state["map"]["of"]
    made.gap.value = 0
    assert card["gaps"][0]["start_s"] == made.slider.value == made.panel.state["clock"]["at_s"]
    made.panel.lang = "zh"
    assert "zh" == made.panel.state["lang"]
