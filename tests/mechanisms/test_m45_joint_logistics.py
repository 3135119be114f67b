"""M45: teams that come from outside stand still, and a gap opens, where nobody thinks of their fuel and food."""

import pytest

from sim.assess.gaps import resource_mismatch
from sim.assess.index import Index
from sim.assess.supplies import stock_outs
from sim.spec.helpers import HOSTED
from tests.mechanisms.supplied import early, moves_up, played, without_task


def waited_and_gaps(exercise, seeds):
    helpers = [one.id for one in exercise.county.helpers if one.kind in HOSTED]
    hosted = {unit.id for unit in exercise.county.units if unit.helper in helpers}
    waited, gaps = [], []
    for seed in range(seeds):
        record = played(exercise, seed)
        theirs = {
            event.subject
            for event in record.events
            if event.kind == "task.assigned" and event.data["unit"] in hosted
        }  # fmt: skip
        waited.append(sum(one.end_s - one.start_s for one in stock_outs(record) if one.task in theirs) / 60)
        gaps.append(sum(one.late_s for one in resource_mismatch.owed(Index(record))) / 60)
    return waited, gaps


@pytest.mark.parametrize("seeds", [pytest.param(6, marks=pytest.mark.loop), pytest.param(30, marks=pytest.mark.loop)])
def test_forgotten_teams_wait_and_that_is_a_gap(seeds):
    quake = early("earthquake", 270)
    thought_of, forgotten = (
        waited_and_gaps(one, seeds) for one in (quake, without_task(quake, "support-outside"))
    )  # fmt: skip
    moves_up(thought_of[0], forgotten[0])
    moves_up(thought_of[1], forgotten[1])
