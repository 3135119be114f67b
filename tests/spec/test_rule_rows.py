"""The rule table: the nearest row fills each duty, and what is wrong in a table is told."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import BadInput
from sim.spec.load import load
from sim.spec.plan import Rule, RuleTable
from sim.spec.reporting import clash, duty_of, in_force, rows_for, rules_for, rules_of, same_duty
from tests.play.made import changed

EXERCISE = load("chlorine-leak")
REGIONS = ("here", "nearby", "elsewhere", "default", "national")
SENDERS, KINDS, GRADES = ("duty", "police"), ("toxic_release", "flood"), (None, 1, 2, 3, 4)


def rule(ident, **fields):
    base = EXERCISE.rules.rules[1].model_dump()
    return Rule.model_validate({**base, "within": "30min", "every": None, "id": ident, **fields})


def table(rules):
    return RuleTable.model_construct(rules=tuple(rules))


rows = st.builds(
    rule,
    st.just("x"),
    sender=st.sampled_from(SENDERS),
    by=st.sampled_from(["phone", "written"]),
    region=st.sampled_from(REGIONS),
    kinds=st.sampled_from([(), KINDS[:1], KINDS[1:], KINDS]),
    grades=st.sampled_from([(), (1, 2), (3,), (3, 4)]),
)


@st.composite
def tables(draw):
    kept = []
    for row in draw(st.lists(rows, max_size=14)):
        if not any(clash(row, other) for other in kept):
            kept.append(row.model_copy(update={"id": f"r{len(kept)}"}))
    return kept


asked = st.tuples(st.sampled_from([(), ("here",), ("here", "nearby")]), st.sampled_from(KINDS), st.sampled_from(GRADES))


@given(tables(), asked)
def test_there_is_one_row_for_each_duty_and_no_nearer_one(rules, asked):
    region, kind, grade = asked
    held = rules_for(table(rules), *asked)
    assert len({duty_of(row) for row in held}) == len(held)
    near = [*region, "default", "national"]
    fit = [
        row
        for row in rules
        if row.region in near and (not row.kinds or kind in row.kinds) and (not row.grades or grade in row.grades)
    ]
    assert {duty_of(row) for row in fit} == {duty_of(row) for row in held}
    for row in held:
        rivals = [other for other in fit if duty_of(other) == duty_of(row)]
        assert near.index(row.region) == min(near.index(other.region) for other in rivals)
        own = [other for other in rivals if other.region == row.region]
        assert row.grades or not any(other.grades for other in own)


@given(tables(), asked, rows, st.integers(0, 20))
def test_a_row_of_another_region_changes_nothing(rules, asked, row, at):
    stranger = row.model_copy(update={"id": "stranger", "region": "far-away"})
    more = [*rules[:at], stranger, *rules[at:]]
    assert rules_for(table(rules), *asked) == rules_for(table(more), *asked)


@given(tables(), asked)
def test_the_order_of_the_table_does_not_decide_which_rows_hold(rules, asked):
    turned = rules_for(table(rules[::-1]), *asked)
    assert {row.id for row in rules_for(table(rules), *asked)} == {row.id for row in turned}


def in_region(*names):
    return replace(EXERCISE, county=EXERCISE.county.model_copy(update={"region": names}))


@pytest.mark.parametrize(("region", "minutes"), [("default", 30), ("dehua", 10), ("shanghai", 60), ("chongqing", 30)])
def test_the_own_region_says_how_long_a_call_to_the_city_may_take(region, minutes):
    row = in_force(in_region(region), "county-city-phone")
    assert minutes * 60 == row.within
    assert same_duty(EXERCISE, row.id, "county-city-phone")


def test_the_province_is_told_straight_in_a_region_that_says_so_and_elsewhere_only_of_grave_events():
    def skipping(exercise, grade):
        return [row.id for row in rules_of(exercise, grade) if row.skips]

    assert ["shandong-province-phone"] == skipping(in_region("shandong"), None)
    assert ["shandong-province-phone", "shandong-province-written"] == skipping(in_region("shandong"), 3)
    assert [] == skipping(EXERCISE, 3)
    assert ["county-province-phone", "county-province-written"] == skipping(EXERCISE, 2)


def test_a_seat_is_shown_only_rows_that_can_hold_here():
    assert {row.region for row in rows_for(EXERCISE, "duty")} <= {"default", "national"}
    assert "dehua-phone" in [row.id for row in rows_for(in_region("dehua"), "duty")]


@pytest.mark.parametrize(
    ("kind", "change", "said"),
    [
        ("county", lambda data: data.update(region=["atlantis"]), "no row for the region 'atlantis'"),
        (
            "rules",
            lambda data: data["rules"].append({**data["rules"][0], "id": "twice"}),
            "fills the same duty as 'enterprise-county' in 'national'",
        ),
        ("rules", lambda data: data["rules"][0].update(stage="follow_up"), "every goes with stage: follow_up"),
        ("rules", lambda data: data["rules"][0].update(every="1h"), "every goes with stage: follow_up"),
        ("rules", lambda data: data["rules"][0].update(grades=[5]), "less than or equal to 4"),
        ("rules", lambda data: data["rules"][0].update(to="hospital", by="written"), "nothing of the medium 'written'"),
    ],
)
def test_what_is_wrong_is_told(kind, change, said):
    with pytest.raises(BadInput, match=said):
        changed(EXERCISE, change, kind)
