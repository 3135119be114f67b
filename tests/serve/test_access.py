"""Who gets in: codes that run out, tokens of which only digests are kept, and strangers who never do."""

import secrets

import pytest

from sim.serve.access import ALL_TRIES, CODE_LASTS_S, TRIES, Access, TooOften, digest_of_token
from sim.serve.kept import Kept, keep, read_kept

PAGES = ("trainer", "seat/duty", "seat/police")


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def test_a_code_opens_one_page_until_it_runs_out_and_a_new_one_replaces_it():
    clock = Clock()
    access = Access(PAGES, clock=clock)
    first = access.new_code("seat/duty")
    scope, token = access.join(f" {first.lower()[:3]}-{first.lower()[3:]} ", "a")
    assert ("seat/duty", 1) == (scope, access.number(token, "seat/duty"))
    assert [] == [page for page in PAGES if page != "seat/duty" and access.number(token, page)]
    second = access.new_code("seat/duty")
    assert access.join(first, "a") is None
    clock.now = CODE_LASTS_S
    assert access.join(second, "a") is None
    assert access.code("seat/duty") is None
    assert access.number(token, "seat/duty"), "who has joined stays"


def test_whoever_is_signed_out_stays_out_and_the_others_stay_in():
    access = Access(PAGES)
    mine, other = (access.join(access.new_code(page), "a")[1] for page in ("seat/duty", "seat/police"))
    assert {1: False} == access.devices("seat/duty")
    assert access.number(mine, "seat/duty")
    assert {1: True} == access.devices("seat/duty")
    left = access.new_code("seat/duty")
    access.revoke("seat/duty")
    assert not access.number(mine, "seat/duty")
    assert access.join(left, "a") is None
    assert access.number(other, "seat/police")
    assert {} == access.devices("seat/duty")


def test_an_address_that_guesses_is_stopped_and_after_a_minute_may_try_again():
    clock = Clock()
    access = Access(PAGES, clock=clock)
    code = access.new_code("seat/duty")
    for _ in range(TRIES):
        assert access.join("WRONG2", "stranger") is None
    with pytest.raises(TooOften):
        access.join(code, "stranger")
    assert access.join(code, "another") is not None
    clock.now = 61
    assert access.join(code, "stranger") is not None


def test_many_addresses_together_are_stopped_too():
    access = Access(PAGES)
    for number in range(ALL_TRIES):
        assert access.join("WRONG2", f"10.0.{number // 250}.{number % 250}") is None
    with pytest.raises(TooOften):
        access.join("WRONG2", "fresh")


@pytest.mark.parametrize("typed", ["", "x", "\0", "\ud800", "令牌", "a" * 100_000, "None", "seat/duty"])
def test_nothing_that_was_not_handed_out_is_a_token(typed):
    access = Access(PAGES)
    access.join(access.new_code("trainer"), "a")
    assert not access.number(typed, "trainer")


def test_what_is_kept_opens_nothing_and_yet_lets_the_device_back_in(tmp_path):
    access = Access(PAGES)
    _, token = access.join(access.new_code("seat/duty"), "a")
    keep(tmp_path, Kept("ab12", tuple(access.kept()), think=2.0, pace=None, screen="duty", reached_s=77))
    text = (tmp_path / "room.json").read_text(encoding="utf-8")
    assert token not in text
    assert digest_of_token(token) in text
    kept, damaged = read_kept(tmp_path)
    assert (False, 2.0, None, "duty", 77) == (damaged, kept.think, kept.pace, kept.screen, kept.reached_s)
    again = Access(PAGES, kept.devices)
    assert again.number(token, "seat/duty")
    assert not again.number(kept.devices[0].digest, "seat/duty")
    (tmp_path / "room.json").write_text(text[:40], encoding="utf-8")
    fresh, damaged = read_kept(tmp_path)
    assert (True, ()) == (damaged, fresh.devices)


@pytest.mark.slow
def test_ten_thousand_wrong_tokens_open_nothing():
    access = Access(PAGES)
    _, token = access.join(access.new_code("trainer"), "a")
    wrong = [token[:-1] + letter for letter in "AB" if letter != token[-1]] + [
        secrets.token_urlsafe(32) for _ in range(10_000)
    ]
    assert [] == [one for one in wrong if access.number(one, "trainer")]
    assert access.number(token, "trainer")
