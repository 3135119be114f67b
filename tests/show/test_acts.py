"""What people did besides answering stands in the report, in words, in both languages."""

import re
from typing import get_args

import pytest

from sim.assess.score import score
from sim.play.seats import Seat, Watcher
from sim.play.session import Session
from sim.play.trainer import Trainer
from sim.show import report
from sim.show.act_words import CONTROLS, ORDERS, act_words, order_words
from sim.show.names import Names
from sim.show.report import report_html
from sim.spec.controls import Control
from sim.spec.load import load
from sim.spec.orders import Order


def kinds(union):
    return {do for one in get_args(get_args(union)[0]) for do in get_args(one.model_fields["do"].annotation)}


def test_every_kind_of_order_and_control_has_words():
    assert kinds(Order) == set(ORDERS)
    assert kinds(Control) <= set(CONTROLS)
    assert all(
        chinese and english and chinese != english for chinese, english in (*ORDERS.values(), *CONTROLS.values())
    )


@pytest.fixture(scope="module")
def record():
    session = Session(load("chlorine-leak"), seed=3, seats=("police",))
    session.advance(until_s=1200)
    trainer = Trainer(session)
    Seat(session, "police").order(
        {"do": "send", "task": "cordon", "at": "river-bridge", "units": ["patrol"]}, reason="onlookers <b>"
    )
    trainer.inject("city", "duty", {"zh": "请速报", "en": "report <script>now</script>"})
    trainer.skip("i05-journalist", "too much at once")
    trainer.set("release.approval_delay", 30)
    Watcher(session, "evaluator-1").note("nobody asked for the wind", about="protect-people", rating="M")
    while waiting := session.advance():
        session.decide({asked.key: next(iter(asked.options)) for asked in waiting})
    return session.finish()


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "en",
            ["send 1 × patrols to Lan River bridge: cordon", "skip inject i05-journalist", "nobody asked for the wind"],
        ),
        ("zh", ["派巡逻组×1到澜河大桥：警戒", "取消注入 i05-journalist", "release.approval_delay 改为 30"]),
    ],
)
def test_the_report_shows_orders_steps_and_notes(record, lang, said, monkeypatch):
    monkeypatch.setattr(report, "drawn", lambda *_: dict.fromkeys(report.FIGURES, b"x"))
    html = report_html(record, score(record), None, lang)
    text = re.sub(r"<[^>]+>", " ", html)
    assert all(words in text for words in said)
    assert "<script>" not in html
    assert "<b>" not in re.findall(r'<table class="acts">.*?</table>', html, re.DOTALL)[0]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_act_of_a_journal_and_every_order_of_the_files_can_be_said(record, lang):
    names = Names(record.exercise, lang)
    said = [act_words(entry, names) for entry in record.journal if entry.kind not in ("answer", "none")]
    orders = [order for task in record.exercise.plan_tasks for order in task.orders]
    orders += [o for point in record.exercise.scenario.pause_points for option in point.options for o in option.orders]
    said += [order_words(order.model_dump(mode="json", exclude_none=True), names) for order in orders]
    assert len(said) > 50
    assert all(text.strip() and "{" not in text and "()" not in text for text in said)
