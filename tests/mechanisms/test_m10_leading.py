"""M10: who leads now; the crew that comes first, hand-over with a briefing, minutes in which nobody leads."""

from dataclasses import replace
from itertools import pairwise

import pytest

from sim.assess.command import minutes_unled, spells, summary
from sim.assess.gaps import command_gap
from sim.assess.gaps.base import late
from sim.assess.index import Index
from sim.play.session import Session
from tests.mechanisms.paired import SEEDS, falls
from tests.play.made import short


def led(seed, **overrides):
    return Session(short(60), seed=seed, overrides=overrides).finish()


@SEEDS
def test_where_the_first_crew_does_not_lead_nobody_leads_for_longer(seeds):
    off, on = (
        [minutes_unled(led(seed, **{"command.first_on_scene": way}).events) for seed in range(seeds)]
        for way in ("off", "on")
    )
    falls(off, on)


@SEEDS
def test_without_a_briefing_nothing_is_passed_on(seeds):
    with_briefing, without = (
        [summary(led(seed, **{"command.briefing": minutes}).events)["facts_passed"] for seed in range(seeds)]
        for minutes in (4, 0)
    )
    falls(with_briefing, without)
    assert not any(without)


def test_somebody_leads_at_most_at_a_time_and_the_record_says_who_and_since_when():
    record = led(1)
    found = spells(record.events)
    assert len(found) > 1
    assert [one.leader for one in found if one.leader == "command"] == [found[-1].leader]
    assert all(one.end_s == other.start_s for one, other in pairwise(found))
    learned = [event for event in record.events if event.kind == "fact.learned" and event.data["how"] == "briefing"]
    assert learned
    assert {event.actor for event in learned} == {"command"}


@pytest.mark.parametrize("policy", ["none", "plan"])
def test_the_county_takes_the_lead_only_where_somebody_activates_a_level(policy):
    record = Session(short(60), seed=1, policy=policy).finish()
    assert ("command" in [one.leader for one in spells(record.events)]) == (policy == "plan")


def test_where_neither_a_crew_nor_the_county_leads_there_is_a_gap():
    record = led(1)
    without = [event for event in record.events if event.kind != "command.taken"]
    found = late(command_gap.owed(Index(replace(record, events=without))))
    assert [gap.type for gap in found] == ["command_gap"]
