"""M51: where more grid leaders watch, the county hears earlier that a place is in danger."""

from tests.mechanisms.helping import below_zero, both, run, shortened

END_MIN = 180


def known_min(events):
    """Minutes until the township, or the county, first hears of danger in a place; the end if never."""
    heard = (
        event.at_s / 60
        for event in events
        if event.kind == "fact.learned"
        and event.subject.endswith("/danger")
        and event.actor in ("shuanghe-office", "duty")
    )
    return next(heard, END_MIN)


@both
def test_more_observers_are_heard_sooner(seeds):
    exercise = shortened("flash-flood", END_MIN)
    differences = [
        known_min(run(exercise, seed, policy="none", overrides={"grid.coverage": 1}))
        - known_min(run(exercise, seed, policy="none", overrides={"grid.coverage": 0}))
        for seed in range(seeds)
    ]
    assert below_zero(differences)
