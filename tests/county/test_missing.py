"""The missing: with one list all count the truth but for those on no roster, and more missing is never counted less."""

from hypothesis import given
from hypothesis import strategies as st

from sim.county.missing import Habits, Situation, by_calls, by_roster, by_shelter_lists, truly_missing

people = st.integers(0, 20_000)
situations = st.builds(Situation, *[people] * 8)
shares = st.integers(0, 100)
habits = st.builds(Habits, st.integers(100, 400), shares, shares, shares, shares, shares)
COUNTS = (by_calls, by_roster, by_shelter_lists)
EXACT = Habits(100, 0, 100, 100, 100, 0)
"""How organizations would count that share one list on which everybody stands once."""
WORSE = ("trapped", "dead_not_found")


@given(situations)
def test_who_shares_one_list_counts_the_truth(now):
    assert truly_missing(now) == by_calls(now, EXACT)
    home = now._replace(at_home=now.at_home + now.with_others, with_others=0)
    for count in (by_roster, by_shelter_lists):
        assert truly_missing(now) - now.visitors_missing == count(home, EXACT), "visitors stand on no roster"


@given(situations, habits, st.sampled_from(WORSE), st.integers(0, 500))
def test_more_missing_are_never_counted_less(now, how, which, more):
    worse = now._replace(**{which: getattr(now, which) + more})
    assert truly_missing(worse) == truly_missing(now) + more
    for count in COUNTS:
        assert count(worse, how) >= count(now, how)


@given(situations, habits)
def test_counts_are_whole_and_never_below_those_of_residents_who_are_gone(now, how):
    gone = truly_missing(now) - now.visitors_missing
    for count in COUNTS:
        assert type(count(now, how)) is int
        assert count(now, how) >= gone


@given(situations, habits, st.integers(0, 20_000))
def test_the_township_loses_nobody_who_moves_between_situations_it_sees(now, how, moved):
    moved = min(moved, now.with_others)
    found = now._replace(with_others=now.with_others - moved, at_home=now.at_home + moved)
    assert found.residents == now.residents
    assert by_roster(found, how) == by_roster(now, how) - moved


@given(situations, habits, shares)
def test_better_lists_bring_the_counts_down_to_the_truth(now, how, more):
    def better(field):
        return how._replace(**{field: min(100, getattr(how, field) + more)})

    assert by_roster(now, better("registered_pct")) <= by_roster(now, how)
    assert by_roster(now, better("passed_on_pct")) <= by_roster(now, how)
    assert by_shelter_lists(now, better("registered_pct")) <= by_shelter_lists(now, how)
    assert by_shelter_lists(now, better("told_to_come_pct")) >= by_shelter_lists(now, how)
    assert by_calls(now, better("merged_pct")) <= by_calls(now, how)
    assert by_calls(now, better("calls_for_safe_pct")) >= by_calls(now, how)


def test_a_case_by_hand():
    now = Situation(
        at_home=900, in_shelters=200, with_others=60, in_hospital=20, dead_found=5, trapped=10, dead_not_found=5,
        visitors_missing=4,
    )  # fmt: skip
    assert (1200, 19) == (now.residents, truly_missing(now))
    assert 43 - 12 + 18 == by_calls(
        now
    )  # 43 calls for 19, half of the surplus of 24 merged; 18 for the 60 who are safe
    assert 1200 - 900 - 170 - 15 == by_roster(now)
    assert 15 + 30 + 42 == by_shelter_lists(now)
