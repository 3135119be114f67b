"""Decisions: what a seat held when it decided, and what a what-if says of its choice."""

from __future__ import annotations

import pytest

from sim.assess.decisions import decisions, regret_of
from sim.assess.index import Index
from sim.record.folder import RunRecord
from sim.record.journal import Entry
from tests.assess.made import learned, made, true


def way(name, low, mean, high, **parts):
    """A way whose loss differs by so much from that of the way taken."""
    spread = {"mean": mean, "low": low, "high": high}
    measures = dict.fromkeys(("displaced", "sheltered", "closure", "requisitioned"), 0.0) | parts
    row = {"way": name, "n": 9, **{f"part.{part}": value for part, value in measures.items()}}
    for quantity in ("loss", "difference", "hindsight", "regret"):
        row |= {f"{quantity}.{part}": value for part, value in spread.items()}
    return row


def whatif(*ways, best):
    return {"ways": list(ways), "best": best, "confidence": 0.9, "compared_with": ways[0]["way"]}


ORDERS = {"all": 3, "none": 0, "some": 1, "as-much": 3}


@pytest.mark.parametrize(
    ("taken", "best", "reaction"),
    [("all", "none", "over"), ("none", "all", "under"), ("all", "as-much", "other"), ("some", "some", "fit")],
)
def test_which_way_a_decision_erred(taken, best, reaction):
    ways = [way(taken, 0, 0, 0), *([way(best, -3, -2, -1)] if taken != best else [])]
    assert reaction == regret_of(whatif(*ways, best=best), ORDERS, taken)["reaction"]


def test_what_is_not_clearly_worse_fits():
    unclear = whatif(way("all", 0, 0, 0, closure=1.5), way("none", -3, -1, 1), best="none")
    found = regret_of(unclear, ORDERS, "all")
    assert ("fit", 1.5, 0.0) == (found["reaction"], found["measures"], found["measures_of_best"])


def test_without_a_what_if_of_the_way_taken_there_is_no_regret():
    assert regret_of(None, ORDERS, "all") is None
    assert regret_of(whatif(way("none", 1, 2, 3), best="none"), ORDERS, "all") is None


def test_what_the_seat_needed_is_told_by_how_it_held_it():
    record = made(
        true(10, "incident/exists"), true(20, "leak/size", "large"), true(30, "liuwan/danger"),
        learned(40, "command", "incident/exists"), learned(50, "command", "leak/size", "small"),
    )  # fmt: skip
    entry = Entry(0, "answer", "villages", "command", "wait", {}, 600, 60, "", "", "")
    (row,) = decisions(Index(RunRecord(record.exercise, {}, record.events, [entry])))
    assert "incident/exists" in row["right"]
    assert "leak/size" in row["wrong"]
    assert "liuwan/danger" in row["unknown"]
    assert row["regret"] is None
