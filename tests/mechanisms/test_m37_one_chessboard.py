"""M37: one chessboard: a task that nobody owns is left undone, one that two own is done twice."""

from tests.mechanisms.plan_pairs import differences, measured, moves, paired, planned

ASKS_AGAIN = {
    "id": "police-ask-weather",
    "name": {"zh": "公安查询风向", "en": "police ask for the wind"},
    "owner": "police",
    "when": [{"fact": "incident/exists", "is": True}],
    "orders": [{"do": "ask", "to": "weather", "facts": ["wind/toward"]}],
    "within": "30min",
    "ground": "made for a test",
}


@paired
def test_a_task_without_an_owner_is_an_orphan_and_one_with_two_is_done_twice(seeds):
    clear, nobody, two = planned(), planned({"monitor": {"owner": "nobody"}}), planned(more=[ASKS_AGAIN])
    before = measured(clear, seeds)
    assert moves(differences(before, measured(nobody, seeds), "orphans"), +1)
    assert moves(differences(before, measured(two, seeds), "duplicates"), +1)
