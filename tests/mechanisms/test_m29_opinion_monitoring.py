"""M29: a machine finds a rumor sooner; every alarm, false ones too, takes an officer's time."""

from tests.mechanisms.public_information import events, grows, paired, variant


def seen_s(record):
    found = (e.at_s for e in events(record, "fact.learned") if (e.actor, e.subject) == ("propaganda", "rumor/seen"))
    return next(found, record.events[-1].at_s)


def waited(record):
    """Return how often something waited for an officer of the publicity desk, and for each of its false alarms."""
    busy = [event for event in events(record, "officer.awaited") if event.actor == "propaganda"]
    return len(busy) + sum(event.data["false"] for event in events(record, "opinion.checked"))


@paired
def test_a_machine_finds_a_rumor_sooner(seeds):
    exercise = variant("rumor-panic", 360)
    grows(seen_s, (exercise, {"overrides": {"opinion.machine": 1}}), (exercise, {}), seeds)


@paired
def test_false_alarms_take_time(seeds):
    exercise = variant("school-outbreak", 600)
    rare, often = (
        {"overrides": {"opinion.machine": 1, "opinion.false_alarms": rate, "opinion.verify": 20}} for rate in (0, 3)
    )
    grows(waited, (exercise, rare), (exercise, often), seeds)
