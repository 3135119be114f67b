"""Drawing and revealing on the command line."""

import json

import pytest

from sim.cli.main import main
from sim.spec.load import check_file, load
from sim.study.solvable import Judged

WINDOW = "2026-06-01T08:00/2026-06-05T18:00"


@pytest.fixture
def there(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_drawn_file_is_an_ordinary_scenario(there, capsys):
    assert 0 == main(["draw", "--seed", "3", "--unchecked", "--out", "a.yaml"])
    assert "not checked" in capsys.readouterr().out
    assert "scenario" == check_file(there / "a.yaml")
    assert 0 == main(["draw", "--seed", "3", "--unchecked", "--out", "b.yaml", "--kind", "toxic_release"])
    first, second = (load(there / name).scenario for name in ("a.yaml", "b.yaml"))
    assert first.hazard.kind == second.hazard.kind == "toxic_release"


def test_sealed_it_tells_commitment_window_and_visibility_and_nothing_else(there, capsys):
    assert 0 == main(["draw", "--unchecked", "--sealed", "--window", WINDOW, "--out", "a.sealed"])
    told = capsys.readouterr()
    exercise = load(there / "a.sealed")
    scenario = exercise.scenario
    assert 4 == len(told.out.splitlines())
    assert exercise.seal in told.out
    for word in (scenario.id, scenario.name.en, scenario.starts_at, str(scenario.drawn.seed), "chlorine", "ammonia"):
        assert word not in told.out + told.err
    assert "double-blind" == scenario.visibility
    assert "" == told.err


@pytest.mark.usefixtures("there")
def test_a_given_seed_of_a_sealed_draw_is_warned_of(capsys):
    assert 0 == main(["draw", "--unchecked", "--sealed", "--seed", "3", "--out", "a.sealed"])
    assert "knows the seed" in capsys.readouterr().err


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_reveal_shows_what_was_sealed_and_writes_it(there, capsys, lang):
    main(["draw", "--unchecked", "--sealed", "--seed", "5", "--window", WINDOW, "--out", "a.sealed"])
    capsys.readouterr()
    exercise = load(there / "a.sealed")
    typed = f"{exercise.seal[:32].upper()} {exercise.seal[32:]}"
    assert 0 == main(["reveal", "a.sealed", "--commitment", typed, "--out", "b.yaml", "--lang", lang])
    told = capsys.readouterr().out
    assert exercise.scenario.name.in_language(lang) in told
    assert exercise.scenario.summary.in_language(lang) in told
    assert load(there / "b.yaml").scenario == exercise.scenario


def test_reveal_catches_a_changed_file_and_a_wrong_commitment(there, capsys):
    main(["draw", "--unchecked", "--sealed", "--seed", "5", "--out", "a.sealed"])
    path = there / "a.sealed"
    text = path.read_text(encoding="utf-8")
    assert 2 == main(["reveal", "a.sealed", "--commitment", "0" * 64])
    assert "not the one that was given" in capsys.readouterr().err
    path.write_text(text.replace("A", "B", 1), encoding="utf-8")
    assert 2 == main(["reveal", "a.sealed"])
    assert "seal does not hold" in capsys.readouterr().err
    assert 2 == main(["run", "a.sealed", "--out", "run"])
    assert not (there / "run").exists()
    fields = json.loads(text)
    path.write_text(json.dumps(fields), encoding="utf-8")  # the same content, written otherwise
    assert 2 == main(["reveal", "a.sealed"])


@pytest.mark.usefixtures("there")
def test_check_takes_a_sealed_file_and_tells_nothing(capsys):
    main(["draw", "--unchecked", "--sealed", "--out", "a.sealed"])
    capsys.readouterr()
    assert 0 == main(["check", "a.sealed"])
    assert "a.sealed: good (sealed)" == capsys.readouterr().out.strip()


def test_injects_are_drawn_into_a_bundled_scenario(there, capsys):
    assert 0 == main(["draw", "--into", "chlorine-leak", "--seed", "4", "--out", "a.yaml"])
    assert len(load(there / "a.yaml").scenario.injects) > len(load("chlorine-leak").scenario.injects)
    assert "by night" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [
        ["--out", "a.sealed"],
        ["--out", "a.yaml", "--sealed"],
        ["--out", "a.sealed", "--sealed", "--visibility", "open"],
        ["--out", "a.yaml", "--difficulty", "0.3", "--unchecked"],
        ["--out", "a.yaml", "--difficulty", "7"],
        ["--out", "a.yaml", "--into", "chlorine-leak", "--window", WINDOW],
        ["--out", "a.yaml", "--window", "never"],
        ["--out", "a.yaml", "--kind", "meteor", "--unchecked"],
        ["--out", "a.yaml", "--county", "nowhere"],
    ],
)
def test_what_does_not_go_together_is_refused_with_code_2(there, capsys, words):
    assert 2 == main(["draw", *words])
    assert "allowed" in capsys.readouterr().err
    assert [] == list(there.iterdir())


def test_an_existing_file_is_kept_unless_forced(there):
    (there / "a.yaml").write_text("mine", encoding="utf-8")
    assert 2 == main(["draw", "--unchecked", "--out", "a.yaml"])
    assert "mine" == (there / "a.yaml").read_text(encoding="utf-8")
    assert 0 == main(["draw", "--unchecked", "--force", "--out", "a.yaml"])


def test_when_no_draw_is_as_hard_as_wanted_the_nearest_is_named(there, capsys, monkeypatch):
    from sim.study import solvable

    monkeypatch.setattr(solvable, "MOST_JUDGED", 2)
    monkeypatch.setattr(solvable, "judge", lambda *_: Judged(20, solvable.Interval(20, 5.0, 4.0, 6.0), 0.5, 0.25))
    assert 1 == main(["draw", "--difficulty", "0.9", "--out", "a.yaml"])
    assert "the nearest difficulty was 0.25" in capsys.readouterr().err
    assert [] == list(there.iterdir())
