"""M56: experts have a call-out time, judge with a stated confidence, are wrong at times; going without them costs."""

from statistics import fmean

import pytest

from sim.assess.gaps import find_gaps
from sim.assess.index import Index
from sim.play.session import Session
from sim.spec.load import load
from tests.mechanisms.paired import SEEDS, falls
from tests.play.made import changed, short

CALL = {"id": "ask", "name": {"zh": "请专家", "en": "ask"}, "owner": "emergency", "within": "30min", "ground": "test"}


def contained_s(events):
    """Return when the leak was over, or the end of the run."""
    return float(next((e.at_s for e in events if e.kind == "hazard.stopped"), events[-1].at_s))


def run(seed, exercise=None, **overrides):
    return Session(exercise or short(), seed=seed, overrides=overrides).finish()


@SEEDS
def test_working_without_an_expert_takes_longer(seeds):
    """Where experts come too late, the leak is plugged later the more it costs to begin without them."""
    late = {"experts.callout_factor": 20}
    costly, free = (
        [contained_s(run(seed, **late, **{"experts.without": factor}).events) for seed in range(seeds)]
        for factor in (3, 1)
    )
    falls(costly, free)


@SEEDS
def test_experts_who_answer_sooner_leave_fewer_minutes_without_them(seeds):
    def minutes(seed, factor):
        gaps = find_gaps(Index(run(seed, **{"experts.callout_factor": factor})))
        return sum(gap.end_s - gap.start_s for gap in gaps if gap.type == "no_expert") / 60

    late, soon = ([minutes(seed, factor) for seed in range(seeds)] for factor in (10, 0.1))
    falls(late, soon)


def advice(seed, facts):
    """Return the confidence and rightness of an expert who is told some facts early on."""

    def call(data):
        orders = [{"do": "call_expert", "field": "hazmat", "facts": facts}]
        own = CALL | {"when": [{"fact": "incident/exists", "is": True}], "orders": orders}
        data["tasks"] = [task for task in data["tasks"] if task["id"] != "call-expert"] + [own]

    events = run(seed, changed(short(), call, kind="plan")).events
    return [e.data for e in events if e.kind == "expert.advised"]


@SEEDS
def test_an_expert_who_is_told_more_is_surer(seeds):
    """And right more often: how often he is right is how sure he says he is, by the draw."""
    told = ["incident/exists", "incident/sign", "leak/substance", "wind/toward", "wind/forecast"]
    knows, ignorant = (
        [fmean(one["confidence_pct"] for one in advice(seed, facts)) for seed in range(seeds)] for facts in (told, [])
    )
    falls(knows, ignorant)


@pytest.mark.parametrize("skill", [0.0, 1.0])
def test_an_expert_without_skill_is_wrong_and_his_word_is_not_verified(skill):
    def blunt(data):
        for expert in data["experts"]:
            expert["skill"] = skill

    events = run(1, changed(short(), blunt, kind="county")).events
    (judged,) = [event for event in events if event.kind == "expert.advised"]
    assert skill or (judged.data["right"] is False and judged.data["value"] == "small")
    assert judged.data["confidence_pct"] <= 100 * skill
    heard = [e for e in events if e.kind == "fact.learned" and e.data["source"] == judged.subject]
    assert {"emergency"} <= {event.actor for event in heard}
    assert not any(event.data["verified"] for event in heard)


def test_technical_work_says_whether_an_expert_was_heard():
    for factor, said in ((20, "none"), (0, "hazmat")):
        events = run(2, **{"experts.callout_factor": factor}).events
        plugging = [e.data["expert"] for e in events if e.kind == "task.working" and "expert" in e.data]
        assert plugging
        assert plugging[0] == said
    called = load("chlorine-leak").county.experts[0]
    assert called.id in [event.subject for event in events if event.kind == "expert.called"]
