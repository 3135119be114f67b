"""Loss: its parts worked out by hand, linear in its weights, and an outcome between two yardsticks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.assess.loss import PARTS, loss_parts, outcome, total_loss
from tests.assess.made import made
from tests.engine.worlds import HOUR, record_of, whole_exercise

WEIGHTS = whole_exercise().rubric.loss.model_copy(
    update={
        "death": 1.0, "critical": 0.3, "serious": 0.1, "light": 0.01, "rescuer_hurt": 0.2,
        "displaced_person_hour": 0.001, "sheltered_person_hour": 0.0001, "closure_hour": 0.5,
        "requisitioned_10k_yuan": 0.25,
    }
)  # fmt: skip
losses = st.floats(0, 100)


def moved(at_s, people, out_of, into):
    return at_s, "people.moved", "", "liuwan", {"people": people, "out_of": out_of, "into": into}


def test_parts_worked_out_by_hand():
    record = made(
        (60, "people.hurt", "", "liuwan", {"light": 12, "serious": 5, "critical": 2}),
        (90, "people.hurt", "", "shiqiao", {"light": 3, "serious": 0, "critical": 0}),
        (600, "unit.hurt", "health", "ambulance-1", {"crew": 3, "place": "liuwan"}),
        moved(1 * HOUR, 100, "indoors", "sealed"),
        moved(2 * HOUR, 40, "sealed", "away"),
        moved(5 * HOUR, 10, "away", "indoors"),
        (5 * HOUR, "supplies.issued", "command", "order@shop", {"yuan": 30_000}),
        totals={"expected_deaths_micro": 1_500_000, "rumor_left_person_s": 7200, "closure_s": 3 * HOUR},
    )
    expected = {
        "death": 1.5,
        "critical": 2 * 0.3,
        "serious": 3 * 0.1,
        "light": 10 * 0.01,
        "rescuer_hurt": 3 * 0.2,
        "displaced": (40 * 4 - 10 * 1 + 2) * 0.001,
        "sheltered": (100 * 5 - 40 * 4) * 0.0001,
        "closure": 3 * 0.5,
        "requisitioned": 3 * 0.25,
    }
    parts = loss_parts(record, WEIGHTS)
    assert expected == pytest.approx(parts)
    assert list(PARTS) == list(parts)
    assert 5.536 == total_loss(parts)


def test_where_nothing_happened_nothing_was_lost():
    assert dict.fromkeys(PARTS, 0) == loss_parts(made(), WEIGHTS)


@given(st.floats(0.1, 10))
def test_parts_grow_with_their_weights(factor):
    heavier = WEIGHTS.model_copy(update={name: factor * value for name, value in WEIGHTS if isinstance(value, float)})
    record = record_of("plan")
    expected = {name: factor * value for name, value in loss_parts(record, WEIGHTS).items()}
    assert expected == pytest.approx(loss_parts(record, heavier), abs=2e-6 * (1 + factor))


@given(losses, losses, st.floats(0.001, 50))
def test_outcome_is_none_for_doing_nothing_and_one_for_doing_all(none, perfect, margin):
    if none - perfect < margin:
        assert outcome(none, none, perfect, margin) is None
    else:
        assert 0 == outcome(none, none, perfect, margin)
        assert 1 == outcome(perfect, none, perfect, margin)
        assert 0.5 == pytest.approx(outcome((none + perfect) / 2, none, perfect, margin), abs=1e-6)


@given(losses, losses)
def test_less_loss_is_a_better_outcome_beyond_both_yardsticks_too(one, other):
    low, high = sorted((one, other))
    assert outcome(low, 60, 40, 0.5) >= outcome(high, 60, 40, 0.5)


def test_without_yardsticks_there_is_no_outcome():
    assert [None] * 3 == [outcome(1, *pair, 0.5) for pair in ((None, 1), (3, None), (None, None))]
