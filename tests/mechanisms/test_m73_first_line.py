"""M73: villages warn and move their people before the county orders it; where they do, it happens sooner."""

from tests.mechanisms.helping import below_zero, both, run, shortened

END_MIN = 120


def first_order_min(events):
    """Minutes until somebody first tells people of a place to shelter or leave; the end if nobody does."""
    return next((event.at_s / 60 for event in events if event.kind == "protect.ordered"), END_MIN)


@both
def test_villages_act_before_the_county_does(seeds):
    exercise = shortened("chlorine-leak", END_MIN)
    differences = [
        first_order_min(run(exercise, seed, overrides={"grid.coverage": 1}))
        - first_order_min(run(exercise, seed, overrides={"grid.coverage": 0}))
        for seed in range(seeds)
    ]
    assert below_zero(differences)


@both
def test_without_any_order_of_the_county_villages_still_act(seeds):
    exercise = shortened("chlorine-leak", END_MIN)
    by = {"policy": "none", "overrides": {"grid.coverage": 1, "grid.notice": 4}}
    assert all(first_order_min(run(exercise, seed, **by)) < END_MIN for seed in range(seeds))
