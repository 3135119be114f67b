"""M79: the responsibility list shows the task that nobody owns, and the run shows that nobody takes it up."""

from sim.show.plan_table import Paper, as_csv, matrix, task_table
from sim.spec.blind import blind_spots
from tests.mechanisms.plan_pairs import differences, measured, moves, paired, planned


@paired
def test_the_blind_spot_on_paper_is_the_task_that_nobody_takes_up(seeds):
    whole, blind = planned(minutes=45), planned({"look": {"owner": "nobody"}}, minutes=45)
    assert "no_owner" in {spot.kind for spot in blind_spots(blind.plan, blind.county, blind.rules)}
    assert moves(differences(measured(whole, seeds), measured(blind, seeds), "never"), +1)


def test_each_task_has_one_who_is_responsible_and_one_who_answers():
    exercise = planned()
    for lang in ("zh", "en"):
        paper = Paper(exercise.plan, exercise.county, exercise.rules, lang)
        head, *rows = matrix(paper)
        for row in rows:
            assert sum(mark in ("R", "R/A") for mark in row[1:]) == 1
            assert sum(mark in ("A", "R/A") for mark in row[1:]) == 1
        table = task_table(paper)
        assert len(table) == len(rows) + 1 == len(exercise.plan.tasks) + 1
        assert as_csv(table).decode("utf-8-sig").startswith(table[0][0])
        assert len(set(map(len, [head, *rows]))) == 1
