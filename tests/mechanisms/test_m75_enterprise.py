"""M75: the later the enterprise tells the county, the later the county acts; a better own team ends more by itself."""

from tests.mechanisms.helping import below_zero, both, run, shortened


def told_min(events):
    """Minutes until the county first has word from the enterprise; the end if never."""
    sent = (event.at_s / 60 for event in events if event.kind == "inject.sent" and event.actor == "enterprise")
    return next(sent, 120)


@both
def test_a_late_report_reaches_the_county_late(seeds):
    exercise = shortened("chlorine-leak", 120)
    late = {"enterprise.report_delay": 60}
    assert below_zero([told_min(run(exercise, n)) - told_min(run(exercise, n, overrides=late)) for n in range(seeds)])


def failures(events):
    failed = [one for one in events if one.kind == "task.failed" and one.actor == "enterprise"]
    return len(failed)


@both
def test_a_better_own_team_fails_less(seeds):
    exercise = shortened("chlorine-leak", 60)
    differences = [
        failures(run(exercise, seed, overrides={"enterprise.team_quality": 20}))
        - failures(run(exercise, seed, overrides={"enterprise.team_quality": 0}))
        for seed in range(seeds)
    ]
    assert below_zero(differences)
