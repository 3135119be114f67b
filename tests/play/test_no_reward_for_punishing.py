"""Who asks or reports in good faith is answered: nothing that a seat can order punishes, and threats earn nothing."""

import pytest

from sim.assess.index import Index
from sim.assess.milestones import milestones
from sim.play.session import Session
from sim.spec.load import bundled, load
from sim.spec.orders import ORDER, TaskKind

PUNISHING = ("arrest", "detain", "fine", "punish", "censor", "delete", "block", "silence", "ban")


def test_no_order_and_no_task_punishes_or_silences():
    kinds = [
        choice["properties"]["do"]["const"]
        for choice in ORDER.json_schema()["$defs"].values()
        if "do" in choice.get("properties", {})
    ]
    assert {"publish", "conference", "tell"} <= set(kinds)
    assert not [word for word in PUNISHING for name in (*kinds, *TaskKind) if word in name.split("_")]


@pytest.mark.parametrize("scenario", bundled("scenario"))
def test_a_statement_that_states_nothing_reaches_no_milestone(scenario):
    rows = [
        match for one in load(scenario).rubric.milestones for match in one.match if match.kind == "release.published"
    ]
    assert rows
    assert all(match.data["states"] is True for match in rows)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_notice_of_punishment_answers_nothing_and_frightens(seed):
    def play(choice):
        record = Session(
            "rumor-panic", seed=seed, decisions={"spreader": choice, "first-statement": "conference"}
        ).finish()
        rows = {row["id"]: row["points"] for row in milestones(Index(record))}
        fears = [row["anxiety_permille"] for row in record.series]
        return sum(rows.values()), sum(fears), max(row["rumor_ppm"] for row in record.series)

    (explained, calm, believed), (punished, afraid, still) = play("explain"), play("detain")
    assert punished <= explained
    assert afraid > calm
    assert still >= believed
