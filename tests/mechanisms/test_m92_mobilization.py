"""M92: a mobilization by the leaders brings forces of society registered and sooner than single calls."""

from tests.mechanisms.helping import below_zero, both, run, shortened, without_task

END_MIN = 180


def helped_min(events):
    """Minutes in which forces of society were there and could be given tasks, negative: more is better."""
    here = [event for event in events if event.kind == "unit.free" and event.subject in ("works-team-1", "red-cross-1")]
    first = {event.subject: event.at_s for event in reversed(here)}
    return -sum(END_MIN * 60 - at_s for at_s in first.values()) / 60


@both
def test_a_mobilization_brings_more_hands_in_time(seeds):
    exercise = shortened("factory-fire", END_MIN)
    without = without_task(exercise, "mobilize")
    assert below_zero([helped_min(run(exercise, seed)) - helped_min(run(without, seed)) for seed in range(seeds)])
