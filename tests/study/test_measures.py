"""What a sweep keeps of a run is what the summaries say."""

import pytest

from sim.assess import awareness, traffic
from sim.play.session import Session
from sim.study.measures import information


@pytest.mark.parametrize("policy", ["plan", "none"])
def test_columns_of_information_are_those_of_the_summaries(policy):
    record = Session("rumor-panic", seed=2, policy=policy).finish()
    told = {**awareness.summary(record), **traffic.summary(record)}
    found = information(record)
    assert found == {name: None if told[name] is None else round(told[name], 4) for name in found}
    assert found["loop_closure"] is not None
