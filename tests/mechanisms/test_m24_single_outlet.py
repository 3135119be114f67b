"""M24: one outlet and its chain of approval; bodies that speak for themselves give figures that differ."""

from tests.mechanisms.public_information import at_end, events, first_s, grows, paired, variant


def differing(record):
    return len(events(record, "release.differs"))


@paired
def test_bodies_that_speak_for_themselves_differ_and_that_costs_trust(seeds):
    exercise = variant("school-outbreak", 1080)
    one, many = ({"overrides": {"outlets.discipline": share}} for share in (1, 0))
    grows(differing, (exercise, one), (exercise, many), seeds)
    grows(at_end, (exercise, many), (exercise, one), seeds)


@paired
def test_the_chain_of_approval_takes_its_time(seeds):
    exercise = variant("chlorine-leak", 150)
    short, long = ({"overrides": {"release.approval_delay": delay}} for delay in (0, 60))
    grows(lambda record: first_s(record, "release.published"), (exercise, short), (exercise, long), seeds)
