"""Gaps: in a record made by hand each type is found with its minutes, and not where its obligation was met."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.assess.gaps import RULES, find_gaps
from sim.assess.index import Index
from sim.spec.rubric import GapType
from tests.assess.made import END_S, learned, made, true
from tests.engine.worlds import HOUR, record_of, whole_exercise

EXERCISE = whole_exercise()
LIMITS = EXERCISE.rubric.gaps
TASK = next(task for task in EXERCISE.plan_tasks if task.id == "propaganda-report")
KIND = next(kind for kind in EXERCISE.plan.facts if kind.key == "neighbor/told")
ORDER = {"to": "health", "kind": "order", "facts": []}
ASKED = {"to": "weather", "kind": "request", "facts": [], "asks": ["wind/toward"]}
SEND = {"do": "send", "task": "find_out", "at": "park-gate", "units": ["patrol"]}
DUTY = {"task": "find_out", "at": "park-gate"}
RULE = next(rule for rule in EXERCISE.rules.rules if rule.id == "tell-garrison")
NOTICE = {"to": RULE.to, "kind": "notice", "facts": [{"fact": RULE.fact, "value": 2}]}
HOSTED_UNIT = next(unit.id for unit in EXERCISE.county.units if unit.helper == "city-rescue")
UPKEEP = EXERCISE.county.logistics.upkeep[0]
STATEMENT = {"release": "x", "tone": "inform", "says": [], "path": "direct"}

# id, limit, what opens the obligation at a moment, what meets it
CASES = [
    ("unacknowledged/m", LIMITS.unacknowledged,
     [("message.composed", "police", "m", ORDER), ("message.read", "health", "m", {})],
     ("message.acknowledged", "police", "m", {})),
    ("open_loop/followed_up", LIMITS.open_loop,
     [("truth.changed", "", "incident/exists", {"value": True})],
     ("ticket.followed_up", "duty", "ticket/incident", {})),
    ("open_loop/q", LIMITS.open_loop,
     [("message.composed", "emergency", "q", ASKED), ("message.acknowledged", "emergency", "q", {})],
     ("message.read", "emergency", "q/reply>emergency", {})),
    ("orphan_task/propaganda-report", TASK.within,
     [("truth.changed", "", "rumor/seen", {"value": True})],
     ("plan.triggered", "propaganda", "propaganda/propaganda-report", {"task": "propaganda-report"})),
    ("stale_fact/neighbor/told/command", KIND.within,
     [("truth.changed", "", "neighbor/told", {"value": True})],
     ("fact.learned", "command", "neighbor/told", {"value": True, "result": "new", "how": "message"})),
    ("missed_notification/liuwan", LIMITS.missed_notification,
     [("truth.changed", "", "liuwan/danger", {"value": True})],
     ("protect.heard", "public", "liuwan", {"by": "shelter"})),
    ("waiting_on_other/t/{start}", LIMITS.waiting_on_other,
     [("task.waiting", "health", "t", {"on": "emergency", "what": "rescue"})],
     ("task.working", "health", "t", {"unit": "ambulance-1"})),
    ("no_expert/t", 0,
     [("task.working", "emergency", "t", {"unit": "hazmat-1", "expert": "none"})],
     ("task.done", "emergency", "t", {"unit": "hazmat-1"})),
    ("inconsistent_figures/toll/{start}", 0,
     [("release.published", "health", "toll", {**STATEMENT, "approved": True, "figures": {"hurt": 3}}),
      ("release.differs", "health", "toll", {"other": "police", "figure": "hurt", "values": [3, 5]})],
     ("release.published", "police", "again", {**STATEMENT, "approved": True, "figures": {"hurt": 3}})),
    ("wrong_level/cause/river/polluted", 0,
     [("release.published", "propaganda", "cause", {**STATEMENT, "approved": True, "beyond": ["river/polluted"]})],
     ("release.withdrawn", "propaganda", "cause", {})),
    ("wrong_level/judged", LIMITS.wrong_level,
     [("grade.judged", "command", "judged", {"grade": 2})],
     ("command.taken", "city", "command/leader", {"before": "command", "by": "leader"})),
    (f"missed_notification/{RULE.id}/1", RULE.within,
     [("fact.learned", RULE.sender, RULE.fact, {"value": 2, "result": "new", "how": "message"}),
      ("message.composed", RULE.sender, "n", NOTICE)],
     ("message.read", RULE.to, "n", {})),
    ("no_fallback/m", LIMITS.no_fallback,
     [("message.composed", "police", "m", ORDER), ("message.held", "police", "m", {"channel": "phone"})],
     ("message.switched", "police", "m", {"channel": "mobile"})),
    ("waiting_on_other/o/approval", LIMITS.approval,
     [("order.approval_asked", "propaganda", "o", {"by": "command"})],
     ("message.approved", "command", "o/approval>command", {"by": "command"})),
    ("command_gap/1", LIMITS.command_gap,
     [("hazard.started", "", "leak", {"of": "incident"})],
     ("command.taken", "command", "command/leader", {"before": "", "by": "leader"})),
    ("no_mandate/o", 0,
     [("order.unauthorized", "police", "o", {"what": "protect"})],
     ("command.taken", "command", "command/leader", {"before": "", "by": "leader"})),
    ("conflicting_orders/liuwan/police", 0,
     [("protect.ordered", "command", "liuwan", {"place": "liuwan", "by": "shelter"}),
      ("protect.ordered", "police", "liuwan", {"place": "liuwan", "by": "evacuate"})],
     ("return.allowed", "command", "liuwan", {})),
    ("duplicate_task/send/find_out@park-gate/emergency", 0,
     [("order.given", "police", "one", SEND), ("task.identified", "police", "one:1", DUTY | {"order": "one"}),
      ("order.given", "emergency", "two", SEND), ("task.identified", "emergency", "two:1", DUTY | {"order": "two"})],
     ("task.done", "police", "one:1", {"unit": "patrol-1"})),
    (f"resource_mismatch/liuwan/{UPKEEP.item}", LIMITS.resource_mismatch,
     [("task.assigned", "emergency", "t", {"unit": HOSTED_UNIT, "at": "liuwan", "task": "search"}),
      *[("supplies.asked", "emergency", "o", {"to": "liuwan", "item": one.item, "amount": 1, "source": "any"})
        for one in EXERCISE.county.logistics.upkeep[1:]]],
     ("supplies.asked", "emergency", "s", {"to": "liuwan", "item": UPKEEP.item, "amount": 1, "source": "any"})),
    ("release_outside_chain/r", 0,
     [("release.published", "propaganda", "r", {**STATEMENT, "approved": False})],
     ("release.published", "propaganda", "s", {**STATEMENT, "approved": True})),
]  # fmt: skip


def gaps_of(record, kind):
    return [gap for gap in find_gaps(Index(record)) if gap.type == kind]


def lived(begins, opens, ends, meets):
    rows = [(begins, *row) for row in opens]
    return made(*rows, *([] if ends is None else [(ends, *meets)]))


@pytest.mark.parametrize(("ident", "limit", "opens", "meets"), CASES, ids=[case[0] for case in CASES])
@pytest.mark.parametrize("late", [60, 1500, None])
def test_one_obligation_met_too_late_is_one_gap_of_so_many_minutes(ident, limit, opens, meets, late):
    begins = 1200
    start = begins + limit
    (gap,) = gaps_of(lived(begins, opens, None if late is None else start + late, meets), ident.partition("/")[0])
    end = END_S if late is None else start + late
    row = gap.row()
    never = late is None or ident == "no_expert/t"  # work that is done without a word is never made good
    assert (begins, None if never else end) == (row["opened_s"], row["met_s"])
    expected = {
        "id": ident.format(start=begins),
        "start_s": start,
        "end_s": end,
        "minutes": round((end - start) / 60, 1),
    }
    assert expected == {name: row[name] for name in expected}
    assert gap.chain
    assert row["evidence"]["zh"] and row["evidence"]["en"]


@pytest.mark.parametrize(("ident", "limit", "opens", "meets"), CASES, ids=[case[0] for case in CASES])
def test_an_obligation_met_in_time_is_no_gap(ident, limit, opens, meets):
    if ident == "release_outside_chain/r":  # it is met by having been approved
        opens = [(*opens[0][:3], {**opens[0][3], "approved": True})]
    assert [] == gaps_of(lived(1200, opens, 1200 + limit, meets), ident.partition("/")[0])


@pytest.mark.parametrize("subject", ["ambulance-1", "works-team"])
def test_a_crew_hurt_by_gas_is_missing_to_the_end(subject):
    hurt = (HOUR, "unit.hurt", "health", subject, {"place": "liuwan", "crew": 3})
    found = gaps_of(made(hurt), "unprotected_entry")
    own = [("unprotected_entry/ambulance-1", HOUR, END_S)] if subject == "ambulance-1" else []
    assert own == [(gap.id, gap.start_s, gap.end_s) for gap in found]


def test_a_wrong_value_is_no_knowledge():
    right, wrong = "southeast", "north"
    kind = next(kind for kind in EXERCISE.plan.facts if kind.key == "wind/toward")
    told = [role for role in kind.need_to_know if role not in kind.seen_by]
    assert told
    rows = [learned(0, role, "wind/toward", wrong) for role in told]
    found = gaps_of(made(true(0, "wind/toward", right), *rows), "stale_fact")
    assert {f"stale_fact/wind/toward/{role}" for role in told} == {gap.id for gap in found}
    assert {"wrong_picture"} == {gap.root.value for gap in found}


def test_every_type_of_the_catalog_has_a_case_here():
    here = {ident.partition("/")[0] for ident, *_ in CASES} | {"unprotected_entry"}
    assert set(get_args(GapType)) == here == {row.type for row in EXERCISE.rubric.gaps.weights}
    assert {rule.__module__.rpartition(".")[2] for rule in RULES} - {"published_beyond"} == here


def test_where_nothing_happened_nothing_was_owed():
    assert [] == find_gaps(Index(made()))


@given(st.integers(0, END_S), st.integers(0, END_S))
def test_the_later_it_was_met_the_longer_the_gap(one, other):
    ident, _, opens, meets = CASES[0]
    minutes = [
        sum(gap.end_s - gap.start_s for gap in gaps_of(lived(0, opens, ends, meets), ident.partition("/")[0]))
        for ends in sorted((one, other))
    ]
    assert minutes[0] <= minutes[1]


@pytest.mark.parametrize("policy", ["none", "plan", "perfect"])
def test_gaps_of_a_run_lie_in_it_once_each_longest_first(policy):
    record = record_of(policy)
    gaps = find_gaps(Index(record))
    assert all(0 <= gap.start_s < gap.end_s <= record.events[-1].at_s for gap in gaps)
    assert len(gaps) == len({gap.id for gap in gaps})
    lengths = [gap.end_s - gap.start_s for gap in gaps]
    assert sorted(lengths, reverse=True) == lengths
    assert all(0 <= seq < len(record.events) for gap in gaps for seq in gap.chain)


def test_who_knows_the_truth_at_once_misses_none_of_it_beyond_its_limit():
    assert [] == gaps_of(record_of("perfect"), "stale_fact")
    assert [] != gaps_of(record_of("none"), "stale_fact")
