"""Sealed scenarios: nothing can be read in them, they open to what was sealed, and a change of any byte is caught."""

import base64
import json
import zlib

import pytest

from sim.canon import digest_of, pretty
from sim.errors import BadInput, SealBroken
from sim.play.briefing import briefing
from sim.play.draw import Wishes, drafts, parse_window, read_register
from sim.play.runs import replay
from sim.play.sealing import seal, secret_seed
from sim.play.session import Session
from sim.record.folder import read_folder
from sim.show.names import Names
from sim.show.report_scores import facts_of_run
from sim.spec import sealed
from sim.spec.load import load
from sim.spec.sealed import BLOCK, Opened, open_sealed, sealed_text

WINDOW = "2026-06-01T08:00/2026-06-05T18:00"


@pytest.fixture(scope="module")
def exercise():
    wishes = Wishes(seed=8, window=parse_window(WINDOW), visibility="double-blind")
    return next(drafts(read_register("anlan"), wishes)).exercise


@pytest.fixture(scope="module")
def opened(exercise):
    return seal(exercise)


@pytest.fixture(scope="module")
def text(opened):
    return sealed_text(opened)


@pytest.fixture
def path(tmp_path, text):
    path = tmp_path / "x.sealed"
    path.write_text(text, encoding="utf-8")
    return path


def test_it_opens_to_what_was_sealed(exercise, opened, text, path):
    assert opened == open_sealed(text, "x.sealed")
    found = load(path)
    assert exercise.scenario == found.scenario
    assert opened.commitment == found.seal
    assert exercise.digests == found.digests


def test_nothing_can_be_read_in_it(exercise, text):
    scenario = exercise.scenario
    words = [scenario.id, scenario.hazard.site, scenario.hazard.substance, scenario.starts_at, "inject", "液氯", "leak"]
    assert [] == [word for word in words if word in text]
    assert [] == [word for word in words if word.encode() in base64.b64decode(json.loads(text)["payload"])]


def test_its_size_tells_nothing(opened):
    sizes = {len(sealed_text(opened._replace(scenario=opened.scenario + "\n# more" * more))) for more in (0, 1, 60)}
    assert 1 == len(sizes)
    assert 0 == len(base64.b64decode(json.loads(sealed_text(opened))["payload"])) % BLOCK


def test_two_seals_of_one_scenario_differ(exercise, opened):
    again = seal(exercise)
    assert again.scenario == opened.scenario
    assert again.commitment != opened.commitment
    assert secret_seed() != secret_seed()


def test_an_open_exercise_is_not_sealed():
    with pytest.raises(BadInput, match="nothing to seal"):
        seal(load("chlorine-leak"))


def caught(text):
    with pytest.raises(SealBroken) as found:
        open_sealed(text, "x.sealed")
    return found.value.check


def test_a_change_of_any_byte_is_caught(monkeypatch, opened):
    monkeypatch.setattr(sealed, "BLOCK", 512)  # a small file, so that every byte can be tried
    text = sealed_text(opened._replace(scenario="tiny: true\n"))
    assert open_sealed(text, "x")
    for at in range(len(text)):
        for other in {"A", "0", " ", chr(ord(text[at]) ^ 1), chr(ord(text[at]) ^ 4)} - {text[at]}:
            assert caught(text[:at] + other + text[at + 1 :])
        assert caught(text[:at] + text[at + 1 :])
        assert caught(text[:at] + " " + text[at:])
        assert caught(text[:at])
    assert caught(text + "\n")


def test_a_dense_sample_of_changes_of_a_whole_file_is_caught(text):
    for at in range(0, len(text), 997):
        assert caught(text[:at] + chr(ord(text[at]) ^ 1) + text[at + 1 :])


def remade(text, **changes):
    """Return an envelope that somebody made anew, with the digest put right."""
    fields = {**json.loads(text), **changes}
    del fields["digest"]
    return pretty({**fields, "digest": digest_of(fields)})


def test_who_puts_the_digest_right_is_caught_by_the_commitment(text, opened):
    other = sealed_text(opened._replace(scenario=opened.scenario.replace("T+", "T+1", 1)))
    assert "commitment" in caught(remade(text, payload=json.loads(other)["payload"]))
    nonce = sealed_text(opened._replace(nonce="0" * 32))
    assert "commitment" in caught(remade(text, payload=json.loads(nonce)["payload"]))
    files = sealed_text(opened._replace(files={**opened.files, "plan": "0" * 64}))
    assert "commitment" in caught(remade(text, payload=json.loads(files)["payload"]))
    assert caught(remade(text, commitment="0" * 64))


def test_what_means_the_same_to_base64_and_zlib_is_caught(text):
    payload = json.loads(text)["payload"]
    packed = base64.b64decode(payload)
    assert caught(remade(text, payload=payload + "\n"))
    for more in range(256):  # one of them goes on as the filling would
        assert caught(remade(text, payload=base64.b64encode(packed + bytes([more])).decode()))
    assert caught(remade(text, payload=base64.b64encode(packed[:-1] + bytes([packed[-1] ^ 1])).decode()))


def test_a_bomb_is_not_unpacked(text):
    bomb = base64.b64encode(zlib.compress(b"[" + b" " * (64 << 20) + b"]", 9)).decode()
    assert caught(remade(text, payload=bomb))


@pytest.mark.parametrize("inside", [b"[]", b"{}", b"\xff", b'{"nonce": 1, "scenario": 2, "files": {}}', b"[" * 9999])
def test_nonsense_inside_is_caught(text, inside):
    assert caught(remade(text, payload=base64.b64encode(zlib.compress(inside)).decode()))


@pytest.mark.parametrize("outer", ["{", "{}", "{]", '{"format": "tabletop-sealed/1"}', "{" * 9999])
def test_nonsense_outside_is_caught(outer):
    assert caught(outer)


def test_what_stands_on_the_envelope_must_be_what_the_scenario_says(tmp_path, text):
    path = tmp_path / "y.sealed"
    for change in ({"window": ""}, {"visibility": "single-blind"}):
        path.write_text(remade(text, **change), encoding="utf-8")
        with pytest.raises(SealBroken, match="envelope"):
            load(path)


def test_a_plan_that_changed_since_is_told(tmp_path, opened):
    path = tmp_path / "y.sealed"
    path.write_text(sealed_text(opened._replace(files={**opened.files, "plan": "0" * 64})), encoding="utf-8")
    with pytest.raises(SealBroken, match="the plan file has changed"):
        load(path)


def test_a_run_keeps_the_commitment_and_is_played_and_replayed_like_any_other(tmp_path, path, opened):
    folder = tmp_path / "run"
    record = Session(path, seed=1, folder=folder).finish()
    meta = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    assert opened.commitment == meta["seal"]
    assert opened.scenario == (folder / "spec" / "scenario.yaml").read_text(encoding="utf-8")
    assert opened.commitment == read_folder(folder).exercise.seal
    assert replay(folder)[1] is None
    rows = facts_of_run(record, None, Names(record.exercise, "en"))
    assert opened.commitment in [text for _, text, _ in rows]


def test_the_briefing_says_no_more_than_the_visibility_allows(path):
    blind = load(path)
    scenario = blind.scenario
    for lang, mark in (("zh", "【演练】"), ("en", "[EXERCISE]")):
        told = {}
        for visibility in ("open", "single-blind", "double-blind"):
            shown = scenario.model_copy(update={"visibility": visibility})
            lines = briefing(type(blind)(**{**vars_of(blind), "scenario": shown}), lang)
            assert lines[0].startswith(mark)
            assert blind.seal in lines[-1]
            told[visibility] = "\n".join(lines)
        name, summary = scenario.name.in_language(lang), scenario.summary.in_language(lang)
        start = scenario.starts_at.replace("T", " ")
        assert all(part in told["open"] for part in (name, summary, start))
        assert start in told["single-blind"]
        assert name not in told["single-blind"] + told["double-blind"]
        assert summary not in told["single-blind"] + told["double-blind"]
        assert start not in told["double-blind"]


def vars_of(exercise):
    names = ("scenario", "county", "plan", "rules", "rubric", "sources", "seal")
    return {name: getattr(exercise, name) for name in names}


def test_the_commitment_binds_every_part(opened):
    assert isinstance(opened, Opened)
    others = [
        opened._replace(scenario=opened.scenario + " "),
        opened._replace(nonce="0" * 32),
        opened._replace(files={**opened.files, "rubric": "0" * 64}),
    ]
    assert 4 == len({one.commitment for one in (opened, *others)})
