"""M14: leader on shift and a watch around the clock: the night, fatigue and a missing deputy cost answers."""

from tests.mechanisms.plan_pairs import differences, measured, moves, paired, planned
from tests.play.made import changed


def at(moment):
    return changed(planned(minutes=45), lambda data: data.update(starts_at=f"2026-05-12T{moment}"))


@paired
def test_tired_or_at_night_fewer_pick_up(seeds):
    by_day, at_night, late = at("11:40"), at("23:40"), at("04:40")
    assert moves(differences(measured(by_day, seeds), measured(at_night, seeds), "reached"), -1)
    tired = measured(late, seeds, {"duty.fatigue": 0.15})
    assert moves(differences(measured(late, seeds), tired, "reached"), -1)


@paired
def test_without_deputy_and_leader_nobody_else_picks_up(seeds):
    exercise = planned(minutes=45)
    full, alone = measured(exercise, seeds), measured(exercise, seeds, {"duty.roster": "officer_only"})
    assert moves(differences(full, alone, "escalated"), -1)
