"""What tells novice, trained and expert apart: what they forget, ask, say again, pass on and foresee, and on what."""

from functools import cache

import pytest

from sim.actors.desks.inquiry import sources_of
from sim.actors.policies import AS_PLANNED, EXPERT, NOVICE, PLAN, POLICIES, TRAINED, least
from sim.play.session import Session
from sim.record.view import view
from sim.spec.load import load
from sim.spec.plan import PLACE
from tests.play.made import short

SEATS = ("duty", "command", "police", "emergency", "health", "transport", "propaganda")


@cache
def run(policy, seed=3, **rest):
    return Session(short(), seed=seed, policy=policy, audit=True, **rest).finish()


def of_kind(policy, kind, seed=3):
    return [event for event in run(policy, seed).events if event.kind == kind]


def orders(policy, do, seed=3):
    return [event for event in of_kind(policy, "order.given", seed) if event.data["do"] == do]


def test_each_is_at_least_as_skilled_as_the_one_before():
    worse, same, better, best = (one.skill for one in (NOVICE, PLAN, TRAINED, EXPERT))
    assert same == AS_PLANNED
    assert worse.thinking > same.thinking == better.thinking > best.thinking
    for name in ("remembers", "addresses", "protects", "chases", "says_again", "verifies", "passes_on", "foresees"):
        steps = [getattr(one, name) for one in (worse, same, better, best)]
        assert steps == sorted(steps), name
    assert worse.hesitates > same.hesitates == better.hesitates == best.hesitates == 0
    assert better.asks_after_min > best.asks_after_min


def test_a_novice_thinks_of_some_tasks_late_and_leaves_some_addressees_out():
    begun = {policy: {e.subject: e for e in of_kind(policy, "plan.triggered")} for policy in ("novice", "plan")}
    both = [name for name in begun["plan"] if name in begun["novice"]]
    late_s = [begun["novice"][name].at_s - begun["plan"][name].at_s for name in both]
    assert max(late_s) > 600
    told = {policy: {e.subject: e.data["to"] for e in orders(policy, "tell")} for policy in ("novice", "plan")}
    both = [name for name in told["plan"] if name in told["novice"]]
    assert all(set(told["novice"][name]) <= set(told["plan"][name]) for name in both)
    assert any(len(told["novice"][name]) < len(told["plan"][name]) for name in both)


def test_only_a_novice_sends_crews_unchecked_and_does_not_ask_after_messages():
    seeds = range(3)
    unchecked = {
        p: sum(not e.data["wait_outside"] for s in seeds for e in orders(p, "send", s)) for p in ("novice", "plan")
    }
    assert unchecked["plan"] == 0 < unchecked["novice"]
    careless = {policy: Session(short(), policy=policy).scene.exchange.careless for policy in ("novice", "plan")}
    assert careless == {"novice": ("duty", *(seat for seat in SEATS if seat != "duty")), "plan": ()}


def test_a_novice_puts_off_some_decisions_by_the_least_that_can_be_done():
    points = {point.id: point for point in short().scenario.pause_points}
    answers = {p: {e.subject: e.data["choice"] for e in of_kind(p, "question.answered")} for p in ("novice", "plan")}
    other = [key for key in answers["novice"] if answers["novice"][key] != answers["plan"].get(key)]
    assert other
    assert all(answers["novice"][key] == least(points[key]) for key in other)


@pytest.mark.parametrize("policy", ["trained", "expert"])
def test_who_asks_of_its_own_accord_asks_others_for_what_it_lacks_or_doubts(policy):
    exercise, events = short(), run(policy).events
    sources = sources_of(exercise.plan)
    asked = [e for e in orders(policy, "ask") if "/asks-" in e.subject]
    assert asked
    assert not [e for e in orders("plan", "ask") if "/asks-" in e.subject]
    for event in asked:
        held = {row["fact"]: row for row in view(events[: event.seq], event.actor, event.at_s).picture}
        for kind in event.data["facts"]:
            assert event.data["to"] != event.actor
            assert event.data["to"] in sources[kind]
            known = [row for key, row in held.items() if key == kind or kind == f"{PLACE}/{key.partition('/')[2]}"]
            doubtful = [row for row in known if not row["verified"]]
            stale_min = POLICIES[policy].skill.stale_after_min
            old = stale_min is not None and all(event.at_s - row["as_of_s"] >= stale_min * 60 for row in known)
            needed = {
                key for task in exercise.plan_tasks if task.owner == event.actor for c in task.when for key in c.facts()
            }
            of_kind_needed = {key for key in needed if key == kind or kind == f"{PLACE}/{key.partition('/')[2]}"}
            missing = bool(of_kind_needed - held.keys())
            assert missing or doubtful or old, (event, known)


def test_an_expert_tells_of_its_own_accord_only_who_needs_to_know_and_was_not_told():
    exercise, told = short(), {}
    kinds = {kind.key: kind for kind in exercise.plan.facts}
    passed = [e for e in orders("expert", "tell") if "/passes-on/" in e.subject]
    assert passed
    for event in run("expert").events:
        if event.kind == "message.composed" and event.actor in SEATS:
            own = event.subject.startswith(f"{event.actor}/passes-on/")
            for fact in event.data["facts"]:
                key, to = fact["fact"], event.data["to"]
                kind = kinds.get(key) or kinds[f"{PLACE}/{key.partition('/')[2]}"]
                if own and "#" not in event.subject.rpartition(">")[2]:
                    assert to in kind.need_to_know
                    assert told.get((event.actor, to, key)) != fact["value"]
                told[event.actor, to, key] = fact["value"]


def test_an_expert_protects_people_on_the_forecast_before_danger_is_known_there():
    exercise = load("chlorine-leak")
    ahead = 0
    for policy in ("trained", "expert"):
        events = Session(exercise, seed=1, policy=policy, decisions={"villages": "wait"}).finish().events
        for event in events:
            if event.kind == "plan.triggered" and event.data["task"].startswith("shelter-in-gas@"):
                key = f"{event.data['task'].partition('@')[2]}/danger"
                known = {
                    row["fact"]: row["value"] for row in view(events[: event.seq], event.actor, event.at_s).picture
                }
                assert policy == "expert" or known[key] is True
                ahead += known.get(key) is not True
    assert ahead


def test_crews_that_were_alerted_leave_sooner():
    first = {}
    for policy in ("trained", "expert"):
        assigned = {e.subject: e.at_s for e in of_kind(policy, "task.assigned")}
        left = {e.data["task"]: e.at_s for e in reversed(of_kind(policy, "unit.left"))}
        first[policy] = {task: left[task] - assigned[task] for task in assigned if task in left}
    both = [task for task in first["trained"] if task in first["expert"]]
    assert all(first["expert"][task] <= max(first["trained"][task], 30) for task in both)
    assert any(first["expert"][task] < first["trained"][task] for task in both)
    assert of_kind("expert", "crews.alerted")
    assert not of_kind("trained", "crews.alerted")


def test_what_did_not_get_through_is_said_again_with_what_is_known_by_then():
    bad = {"comms.loss_factor": 12, "comms.fallback": 0.0}
    found = {}
    for policy in ("plan", "trained"):
        events = Session(short(), seed=4, policy=policy, overrides=bad, audit=True).finish().events
        again = [e for e in events if e.kind == "message.composed" and events[e.cause or 0].kind == "message.expired"]
        said = [e for e in again if e.actor in SEATS and e.data["facts"]]  # requests for supplies are sent again by all
        found[policy] = [e for e in said if not {"rule", "approves"} & e.data.keys()]
    assert not found["plan"]
    assert found["trained"]


def test_each_seat_can_be_played_by_a_policy_of_its_own():
    record = Session(short(), seed=3, policy="trained", players={"police": "novice", "health": "expert"}).finish()
    said = {entry.seat: entry.reason for entry in record.journal}
    assert (said["police"], said["health"], said["duty"]) == ("policy novice", "policy expert", "policy trained")
    alerted = {event.actor for event in record.events if event.kind == "crews.alerted"}
    assert alerted == {"health"}
