"""M41: a neighbor comes when it is asked, after its travel, and sooner if it was told of the danger beforehand."""

from tests.mechanisms.helping import below_zero, both, first_min, run, shortened, with_task, without_task

UNITS = ("wanghe-engine-1", "wanghe-engine-2")


def come(events):
    """How many of the neighbor's teams came and could be given tasks."""
    return len({event.subject for event in events if event.kind == "unit.free"} & set(UNITS))


@both
def test_without_a_request_nobody_comes_and_with_one_they_come_after_their_way(seeds):
    exercise = shortened("factory-fire", 180)
    unasked = without_task(exercise, "ask-neighbor")
    assert all(come(run(unasked, seed)) == 0 for seed in range(seeds))
    runs = [run(exercise, seed) for seed in range(seeds)]
    assert sum(come(events) for events in runs) >= seeds
    for events in runs:
        granted = first_min(events, "aid.granted", "command/ask-neighbor.0", 180)
        assert first_min(events, "aid.arrived", "wanghe-fire", 180) >= min(180, granted + 10)


@both
def test_a_neighbor_that_was_told_is_ready_sooner(seeds):
    exercise = shortened("factory-fire", 180)
    when = [{"fact": "incident/exists", "is": True}]
    early = with_task(exercise, "tell-neighbor", lambda task: {**task, "when": when})
    differences = []
    for seed in range(seeds):
        told, untold = (
            first_min(events, "aid.left", "wanghe-fire", 180)
            - first_min(events, "aid.granted", "command/ask-neighbor.0", 180)
            for events in (run(early, seed), run(exercise, seed))
        )
        differences.append(told - untold)
    assert below_zero(differences)
