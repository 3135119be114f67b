"""M62: the right plan, the right level, and its steps done."""

from tests.mechanisms.plan_pairs import differences, measured, moves, paired, planned

TELL = ["duty", "emergency", "police", "health", "transport", "propaganda"]


MEANT = {"matter": "incident/exists", "lasts_h": 24, "measures": ["cordon", "contain", "rescue", "treat"]}


def activated(**fields):
    order = {"do": "activate", "level": 3, "tell": TELL, **MEANT, **fields}
    return planned({"activate": {"orders": [order]}}, minutes=90)


@paired
def test_under_another_plan_more_is_forgotten(seeds):
    right, wrong = measured(activated(), seeds), measured(activated(plan="flood"), seeds)
    assert all(run["right_plan"] and run["right_level"] for run in right)
    assert not any(run["right_plan"] for run in wrong)
    assert moves(differences(right, wrong, "forgotten"), +1)
