"""A debriefing as a conversation: from a gap to its chain, its price, the decision that helps, and both runs."""

import json

import pytest

from sim.notebook import debrief
from sim.notebook.choices import Tried, others, same_gap, that_help
from sim.notebook.words import WORDS
from sim.play.branch import Other, branch
from sim.play.runs import keep_score
from sim.play.session import Session
from sim.record.folder import read_folder
from tests.play.made import short

LATE = {"plan.key_delay": 25}
"""A run in which the measure on which most depends comes late, so that there are gaps to talk about."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A scored run in which a seat decides badly: it waits for a second source."""
    place = tmp_path_factory.mktemp("debriefing") / "run"
    decisions = {"first-call": "log-only"}
    session = Session(short(60), seed=3, decisions=decisions, overrides=LATE, folder=place)
    keep_score(place, session.finish())
    return place


def rows(folder):
    return json.loads((folder / "score.json").read_text(encoding="utf-8"))["gaps"]


def test_every_other_option_until_a_time_is_named_and_none_that_was_taken(folder):
    record = read_folder(folder)
    taken = {(one.key, one.choice) for one in record.journal}
    named = others(record, 10_000)
    assert ("first-call", "alert-and-verify") in named
    assert not taken & set(named)
    assert [] == others(record, 0)
    first_s = next(one.at_s for one in record.journal if one.key == "first-call")
    assert {"first-call"} == {key for key, _ in others(record, first_s)}


def test_decisions_that_help_are_ordered_by_what_is_left_of_the_gap_then_by_loss():
    found = [Tried("a", "x", 5, 2.0), Tried("b", "y", 0, 3.0), Tried("c", "z", 0, 1.0), Tried("d", "w", 9, 0.0)]
    assert ["c", "b", "a"] == [one.key for one in that_help(found, {"minutes": 9})]


def test_a_gap_is_known_again_in_another_run_though_its_time_differs(folder):
    from sim.assess.gaps import find_gaps
    from sim.assess.index import Index

    found = find_gaps(Index(read_folder(folder)))
    for one, row in zip(found, sorted(rows(folder), key=lambda gap: (-gap["minutes"], gap["id"])), strict=True):
        again = next(other for other in found if same_gap(other, row))
        assert (row["type"], row["units"]) == (again.type, list(again.units))
        assert same_gap(one, one.row())
        assert not same_gap(one, {**one.row(), "units": ["nobody"]})


def test_both_languages_have_the_same_braces():
    import re

    for key, (zh, en) in WORDS.items():
        assert sorted(re.findall(r"{\w+}", zh)) == sorted(re.findall(r"{\w+}", en)), key


@pytest.mark.slow
def test_from_a_gap_to_the_run_of_the_decision_that_would_have_closed_it(folder, monkeypatch):
    monkeypatch.setattr("sim.notebook.talk.REPLICATIONS", 2)
    look = debrief(folder, "en")
    few = [one for one in others(look.record, 10_000) if one[0] == "first-call"]  # all of them take a minute
    for module in ("choices", "talk"):
        monkeypatch.setattr(f"sim.notebook.{module}.others", lambda *_: few)
    number = next(number for number, gap in enumerate(look.card["gaps"]) if gap["id"] == "orphan_task/alert-police")
    gap, talk = look.card["gaps"][number], look.talk
    assert "none" == talk.box.layout.display
    look.gap.value = number
    assert ("", int(gap["start_s"])) == (talk.box.layout.display, look.slider.value)
    assert gap["id"] in talk.chain.value
    talk.price.click()
    talk.wait()
    priced = json.loads((folder / "prices.json").read_text(encoding="utf-8"))
    assert [gap["id"]] == [row["id"] for row in priced["gaps"]]
    assert ("<table>" in talk.said.value, talk.bar.layout.display, talk.price.disabled) == (True, "none", False)
    talk.which.click()
    talk.wait()
    assert talk.found.options, talk.said.value
    key, option = talk.found.value = talk.found.options[0][1]
    talk.beside.click()
    talk.wait()
    other = next(path for path in folder.parent.iterdir() if path.name.startswith("run-"))
    again = branch(folder, Other(at=key, choice=option), folder.parent / "again").session.finish()
    assert again.digest == read_folder(other).digest
    assert "" == look._sides[1].layout.display
    for moment in (0, 1800, 3000):
        look.slider.value = moment
        assert look.panel.state["clock"] == look.other.state["clock"]
    assert look.panel.state != look.other.state, "the runs differ by then"
    left = [row for row in rows(other) if row["id"] == gap["id"]]
    assert not left or left[0]["minutes"] < gap["minutes"]
    look.gap.value = -1
    assert ("none", "none") == (talk.box.layout.display, look._sides[1].layout.display)
