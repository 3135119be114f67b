"""M74: cells are confirmed clear by those responsible; more of them with more coverage and quicker help."""

import pytest

from sim.play.session import Session
from tests.mechanisms.helping import below_zero, both, run, shortened

END_MIN = 150
BETTER = [("grid.coverage", 1, 0), ("grid.notice", 2, 90)]


def cleared_min(events, end_min=END_MIN):
    """For how many minutes cells were confirmed clear, added up; later and fewer make it less."""
    return sum(end_min - event.at_s / 60 for event in events if event.kind == "cell.cleared")


@both
@pytest.mark.parametrize(("name", "good", "bad"), BETTER)
def test_more_cells_are_confirmed_clear_sooner(name, good, bad, seeds):
    exercise = shortened("chlorine-leak", END_MIN)
    rest = {} if name == "grid.coverage" else {"grid.coverage": 1}
    differences = [
        cleared_min(run(exercise, seed, overrides={**rest, name: bad}))
        - cleared_min(run(exercise, seed, overrides={**rest, name: good}))
        for seed in range(seeds)
    ]
    assert below_zero(differences)


@both
def test_cells_where_people_leave_are_clear_sooner_with_quicker_help(seeds):
    exercise = shortened("flash-flood", 480)
    moments = []
    for help_time in (1, 30):
        overrides = {"grid.coverage": 1, "grid.help_time": help_time}
        records = [run(exercise, seed, overrides=overrides) for seed in range(seeds)]
        moments.append(
            [{event.subject: event.at_s for event in events if event.kind == "cell.cleared"} for events in records]
        )
    differences = [
        quick[cell] - slow.get(cell, 480 * 60) for quick, slow in zip(*moments, strict=True) for cell in quick
    ]
    assert below_zero(differences)


def test_who_needs_help_does_not_walk_out_by_himself():
    session = Session(shortened("flash-flood", 20), seed=1)
    assert 0 < session.scene.grid.need_help("huawu") < 0.5
    assert session.scene.grid.need_help("gorge-bend") == 0.0
