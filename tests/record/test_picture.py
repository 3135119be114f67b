"""A picture: newer wins, the verified stands until something verified comes, and disagreement is never lost.

Each property holds for every history of up to three facts from two sources about one yes-or-no matter.
"""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from sim.record.picture import Held, Picture

KEY = "tank/leaking"
SAYINGS = [Held(*saying) for saying in product((True, False), (10, 20, 30), ("police", "health"), (0,), (True, False))]
HISTORIES = [
    [fact._replace(since_s=100 + number) for number, fact in enumerate(facts)]
    for length in range(4)
    for facts in product(SAYINGS, repeat=length)
]


def learned(history):
    picture = Picture()
    for fact in history:
        picture.learn(KEY, fact)
    return picture


def state(picture):
    return dict(picture.held), dict(picture.conflicts)


def disputed(picture):
    return picture.conflicts.get(KEY, ())


def steps():
    """Yield each history with the picture before its last fact, and that fact."""
    for history in HISTORIES[1:]:
        yield learned(history[:-1]), history[-1]


def test_a_picture_begins_empty_and_holds_its_first_fact_as_it_is():
    for fact in SAYINGS:
        picture = Picture()
        assert picture.value(KEY) is None
        assert "new" == picture.learn(KEY, fact)
        assert ({KEY: fact}, {}) == state(picture)


def test_learning_the_same_again_changes_nothing():
    for picture, fact in steps():
        picture.learn(KEY, fact)
        before = state(picture)
        assert "old" == picture.learn(KEY, fact)
        assert before == state(picture)


def test_the_answer_says_what_changed():
    for picture, fact in steps():
        (held, conflicts), disputes = state(picture), disputed(picture)
        answer, now = picture.learn(KEY, fact), held.get(KEY)
        if now is None:
            assert ("new", {KEY: fact}) == (answer, picture.held)
        elif answer == "old":
            assert (held, conflicts) == state(picture)
        elif answer == "conflict":
            assert (held, (*disputes, fact)) == (picture.held, disputed(picture))
        else:
            assert ("confirmed" if now.value == fact.value else "newer") == answer
            assert fact.value == picture.value(KEY)


def test_a_newer_value_wins_unless_only_the_held_one_is_verified():
    for picture, fact in steps():
        now = picture.held.get(KEY)
        if now and fact.as_of_s > now.as_of_s:
            picture.learn(KEY, fact)
            stands = now.verified and not fact.verified
            assert (now.value if stands else fact.value) == picture.value(KEY)


def test_an_older_fact_never_displaces_a_value():
    for picture, fact in steps():
        now = picture.held.get(KEY)
        if now and fact.as_of_s < now.as_of_s:
            picture.learn(KEY, fact)
            assert now[:3] == picture.held[KEY][:3]


def test_of_two_values_of_one_moment_the_verified_one_wins():
    for picture, fact in steps():
        now = picture.held.get(KEY)
        if now and fact.as_of_s == now.as_of_s and fact.verified and not now.verified:
            picture.learn(KEY, fact)
            assert (fact.value, True) == (picture.value(KEY), picture.held[KEY].verified)


def test_the_unverified_never_displaces_the_verified_and_a_newer_one_stays_on_record():
    for picture, fact in steps():
        now = picture.held.get(KEY)
        if now and now.verified and not fact.verified:
            picture.learn(KEY, fact)
            assert (now.value, True) == (picture.value(KEY), picture.held[KEY].verified)
            if fact.value != now.value and fact.as_of_s > now.as_of_s:
                assert fact[:1] + fact[2:3] in [other[:1] + other[2:3] for other in disputed(picture)]


def test_a_newer_verified_fact_settles_every_conflict():
    for picture, fact in steps():
        now = picture.held.get(KEY)
        if now and fact.verified and fact.as_of_s > now.as_of_s:
            picture.learn(KEY, fact)
            assert (fact.value, ()) == (picture.value(KEY), disputed(picture))


def test_the_unverified_settles_no_conflict():
    for picture, fact in steps():
        before = disputed(picture)
        picture.learn(KEY, fact._replace(verified=False))
        lost = [other for other in before if other not in disputed(picture)]
        assert [] == [other for other in lost if other.value != picture.value(KEY)]


def test_no_conflict_says_what_is_held():
    for history in HISTORIES:
        picture = learned(history)
        assert picture.value(KEY) not in [other.value for other in disputed(picture)]


def test_no_conflict_stands_twice():
    for history in HISTORIES:
        said = [(other.value, other.source) for other in disputed(learned(history))]
        assert len(said) == len(set(said))


def test_what_is_held_was_said_so_and_has_its_first_source_and_moment():
    for history in HISTORIES[1:]:
        held = learned(history).held[KEY]
        same = [fact for fact in history if fact.value == held.value]
        assert (held.source, held.since_s) in [(fact.source, fact.since_s) for fact in same]
        assert held.as_of_s in [fact.as_of_s for fact in same]
        assert held.verified in [fact.verified for fact in same]


def test_facts_of_one_key_do_not_touch_another():
    for picture, fact in steps():
        before, disputes = picture.held.get(KEY), disputed(picture)
        picture.learn("road/blocked", fact)
        assert (before, disputes, fact) == (picture.held.get(KEY), disputed(picture), picture.held["road/blocked"])


# --- verification by sources ------------------------------------------------------------------

VALUES = ("small", "large", "none")
AGREEING = st.lists(
    st.builds(
        Held,
        st.sampled_from(VALUES),
        st.just(10),
        st.sampled_from(["police", "health", "enterprise", "public"]),
        st.just(0),
        st.booleans(),
    ),
    max_size=7,
)


def of(history, sources):
    picture = Picture(sources)
    for fact in history:
        picture.learn(KEY, fact)
    return picture


def verified_values(picture):
    held = picture.held.get(KEY)
    return {one.value for one in (*([held] if held else []), *disputed(picture)) if one.verified}


@given(st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(VALUES)), st.integers(1, 4), st.randoms())
def test_the_order_of_what_is_said_of_one_moment_does_not_change_what_is_verified(said, sources, random):
    history = [Held(value, 10, source, 0, False) for source, value in said.items()]
    history += random.choices(history, k=3) if history else []
    other = random.sample(history, len(history))
    assert verified_values(of(history, sources)) == verified_values(of(other, sources))
    enough = {value for value in VALUES if sum(value == one for one in said.values()) >= sources}
    assert enough == verified_values(of(history, sources))
    if len(enough) == 1:
        assert enough == {of(history, sources).value(KEY)}


@given(st.lists(st.integers(0, 30), min_size=1, max_size=8), st.integers(2, 4))
def test_one_source_that_repeats_itself_verifies_nothing(moments, sources):
    picture = of([Held("small", as_of_s, "enterprise", 0, False) for as_of_s in moments], sources)
    assert not picture.held[KEY].verified


@given(AGREEING)
def test_without_a_number_of_sources_agreement_verifies_nothing(history):
    picture = Picture()
    assert all(picture.weighed(KEY, fact) == fact for fact in history)


@given(AGREEING, st.integers(0, 3))
def test_whoever_replays_the_record_comes_to_the_same_picture(history, sources):
    picture, again = Picture(sources), Picture()
    for fact in history:
        counts = picture.weighed(KEY, fact)
        assert counts == picture.weighed(KEY, fact)
        if picture.learn(KEY, fact) != "old":
            again.learn(KEY, counts)
    assert state(picture) == state(again)


def test_agreement_is_recorded_as_confirmed_and_settles_the_conflict():
    picture = Picture(2)
    said = [Held(value, 10, source, 0, False) for value, source in (("small", "a"), ("large", "b"), ("small", "c"))]
    assert ["new", "conflict", "confirmed"] == [picture.learn(KEY, fact) for fact in said]
    assert ("small", True, ()) == (picture.value(KEY), picture.held[KEY].verified, disputed(picture))


def test_agreement_with_what_was_said_before_the_matter_changed_does_not_count():
    picture = Picture(2)
    for value, as_of_s, source in (("small", 10, "a"), ("large", 20, "b"), ("small", 30, "c")):
        picture.learn(KEY, Held(value, as_of_s, source, 0, False))
    assert ("small", False) == (picture.value(KEY), picture.held[KEY].verified)
    picture.learn(KEY, Held("small", 30, "a", 0, False))
    assert picture.held[KEY].verified
