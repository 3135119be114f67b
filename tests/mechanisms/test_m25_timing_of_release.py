"""M25: a short factual notice comes sooner than a complete one, and silence frightens."""

from tests.mechanisms.public_information import fear, first_s, grows, paired, said, variant

COMPLETE = {"contains": ("measures", "advice", "hotline")}


@paired
def test_a_complete_first_notice_comes_later(seeds):
    short, complete = variant("chlorine-leak", 150, said(path="chain")), variant("chlorine-leak", 150, said(**COMPLETE))
    slow = {"overrides": {"release.element_time": 10}}
    grows(lambda record: first_s(record, "release.published"), (short, slow), (complete, slow), seeds)


@paired
def test_who_waits_frightens_people_longer(seeds):
    exercise = variant("rumor-panic", 420)
    soon, late = ({"overrides": {"release.approval_delay": delay}, "decisions": CHAIN} for delay in (0, 120))
    grows(fear, (exercise, soon), (exercise, late), seeds)


CHAIN = {"first-statement": "checked-chain"}
