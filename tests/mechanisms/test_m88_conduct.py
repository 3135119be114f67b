"""M88: absence and shirking are events of the record and cost time."""

from sim.assess.command import summary
from sim.play.session import Session
from tests.mechanisms.paired import SEEDS, falls
from tests.play.made import short


def figures(seed, **overrides):
    record = Session(short(60), seed=seed, overrides=overrides).finish()
    sent = [event.at_s for event in record.events if event.kind == "unit.left" and event.actor == "emergency"]
    return {**summary(record.events), "sent_s": sent[0] if sent else 3600}


@SEEDS
def test_a_department_that_says_it_is_not_its_task_begins_later(seeds):
    often, never = ([figures(seed, **{"conduct.shirking": share}) for seed in range(seeds)] for share in (1, 0))
    falls([one["disputed"] for one in often], [one["disputed"] for one in never])
    falls([one["sent_s"] for one in often], [one["sent_s"] for one in never])


@SEEDS
def test_those_who_are_absent_are_called_in_vain(seeds):
    away, there = ([figures(seed, **{"command.absence": share}) for seed in range(seeds)] for share in (3, 0))
    falls([one["calls_in_vain"] for one in away], [one["calls_in_vain"] for one in there])
    assert not any(one["calls_in_vain"] for one in there)
