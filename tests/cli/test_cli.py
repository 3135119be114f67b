"""The command line: exit codes, one message per problem, both languages, and runs that can be stopped and go on."""

import argparse
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from sim.cli.main import build_parser, main
from sim.record.folder import read_folder
from sim.spec.load import data_folder

SCENARIO = data_folder() / "chlorine-leak.yaml"
HEAVY = ("mesa", "simpy", "matplotlib", "pydantic", "numpy", "networkx", "jinja2", "joblib")


def commands():
    (sub,) = [one for one in build_parser()._actions if isinstance(one, argparse._SubParsersAction)]
    return sorted(sub.choices)


def cheap(monkeypatch):
    """Keep commands from drawing reports, which have tests of their own."""
    monkeypatch.setattr("sim.show.report.report_html", lambda *given: f"<html lang={given[3]}>报告</html>")
    monkeypatch.setattr("sim.show.figures.drawn", lambda *_: {})


def type_in(monkeypatch, *lines):
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


@pytest.fixture
def there(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    cheap(monkeypatch)
    return tmp_path


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    """An exercise with a person in the duty office's seat, played in one go."""
    folder = tmp_path_factory.mktemp("played") / "run"
    with pytest.MonkeyPatch.context() as monkeypatch:
        cheap(monkeypatch)
        type_in(monkeypatch, *ANSWERS)
        who = ["--seed", "4", "--seats", "duty,health,command", "--every", "0"]
        assert 0 == main(["play", "chlorine-leak", *who, "--out", str(folder)])
    return folder


ANSWERS = ("2 the enterprise must know", "h", "1", "9", "x", "", "3", "0", "1", "1", "1")


def test_there_are_the_commands_of_the_contract():
    expected = ["bench", "check", "list", "play", "replay", "report", "resume", "run", "schema", "score", "sweep"]
    assert set(expected) <= set(commands())


@pytest.mark.parametrize("command", [None, *commands()])
def test_every_command_explains_itself(command, capsys):
    with pytest.raises(SystemExit) as stopped:
        main([*([command] if command else []), "--help"])
    said = capsys.readouterr().out
    assert 0 == stopped.value.code
    assert "usage: tabletop" in said
    assert "Exit codes" in said
    assert command is None or "--lang" in said


def test_help_imports_nothing_heavy():
    code = (
        "import sys\nfrom sim.cli.main import main\ntry: main(['--help'])\nexcept SystemExit: pass\nprint(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = done.stdout.splitlines()[-1].split()
    assert [] == [name for name in HEAVY if name in loaded]
    assert "sim.cli.main" in loaded


def test_the_module_can_be_run_as_the_command():
    done = subprocess.run([sys.executable, "-m", "sim.cli.main", "list"], capture_output=True, text=True)
    assert (0, "") == (done.returncode, done.stderr)
    assert "chlorine-leak" in done.stdout


def test_run_then_replay_score_and_report(there, capsys):
    assert 0 == main(["run", "chlorine-leak", "--seed", "3", "--out", "one"])
    said = capsys.readouterr().out
    card = json.loads((there / "one" / "score.json").read_text(encoding="utf-8"))
    assert f"total {card['total']:.1f}" in said
    assert "run folder: one" in said
    names = {path.name for path in (there / "one").iterdir()}
    assert {"run.json", "spec", "journal.jsonl", "events.jsonl", "series.csv", "references.json", "score.json"} <= names
    assert "report.html" in names
    assert 0 == main(["replay", "one"])
    assert read_folder(there / "one").digest[:16] in capsys.readouterr().out
    assert 0 == main(["score", "one"])
    assert card == json.loads(capsys.readouterr().out)
    assert 0 == main(["report", "one", "--lang", "zh"])
    assert "lang=zh" in (there / "one" / "report.html").read_text(encoding="utf-8")
    assert "评估报告" in capsys.readouterr().out


def test_a_replay_that_differs_names_the_first_difference_and_exits_with_1(played, monkeypatch, capsys):
    from sim.play import runs

    record = read_folder(played)
    changed = [*record.events[:9], record.events[9]._replace(at_s=7), *record.events[10:]]
    monkeypatch.setattr(runs, "read_folder", lambda _: type(record)(**{**vars(record), "events": changed}))
    assert 1 == main(["replay", str(played)])
    assert re.search("event 9: .*at_s", capsys.readouterr().err)


def test_runs_without_a_name_go_to_free_folders(there):
    for _ in range(2):
        assert 0 == main(["run", "chlorine-leak", "--policy", "none", "--no-report"])
    names = sorted(path.name for path in (there / "reports" / "runs").iterdir())
    assert ["chlorine-leak-none-0", "chlorine-leak-none-0-2"] == names
    assert not list(there.rglob("report.html"))


def test_a_rubric_of_ones_own_scores_an_old_run(played, tmp_path, capsys):
    text = (data_folder() / "rubrics" / "county-default.yaml").read_text(encoding="utf-8")
    stricter = tmp_path / "stricter.yaml"
    stricter.write_text(re.sub(r"takes: [0-9.]+", "takes: 1", text), encoding="utf-8")
    assert 0 == main(["score", str(played), "--rubric", str(stricter)])
    own = json.loads((played / "score.json").read_text(encoding="utf-8"))
    assert json.loads(capsys.readouterr().out)["coordination"] < own["coordination"]


FAULTS = [
    ("duration: 6h", "duration: 360", "duration"),
    ("  stability: E", "  stability: Z", "hazard.stability"),
    ("  seed_share: 0.002", "  seed_share: 2", "rumor.seed_share"),
    ("  wind_m_s: 3", "  wind_mph: 3", "hazard.wind_mph"),
    ("public_people: 420000", "public_people: many", "public_people"),
]


def test_all_faults_of_a_scenario_are_told_at_once_with_their_lines(there, capsys):
    text = SCENARIO.read_text(encoding="utf-8")
    for good, bad, _ in FAULTS:
        assert 1 == text.count(good)
        text = text.replace(good, bad)
    (there / "bad.yaml").write_text(text, encoding="utf-8")
    lines = text.splitlines()
    for code, command in ((1, "check"), (2, "run"), (2, "play")):  # to check found a problem: that is what it is for
        assert code == main([command, "bad.yaml"])
        told = capsys.readouterr().err.splitlines()
        for _, bad, path in FAULTS:
            (line,) = [one for one in told if f": {path}: " in one]
            number = int(re.match(r"bad\.yaml:(\d+):\d+: ", line).group(1))
            assert bad == lines[number - 1]
        assert any("wind_m_s" in one and "missing" in one for one in told)
        assert len(FAULTS) + 1 == len(told)
    assert ["bad.yaml"] == [path.name for path in there.iterdir()]


def test_a_file_to_check_that_is_not_there_is_told_and_the_others_are_checked(there, capsys):
    assert 1 == main(["check", "nowhere.yaml", str(SCENARIO)])
    streams = capsys.readouterr()
    assert ("no such file" in streams.err, "(scenario)" in streams.out) == (True, True)
    assert [] == list(there.iterdir())


def test_names_that_lead_nowhere_are_told_with_their_lines(there, capsys):
    text = SCENARIO.read_text(encoding="utf-8").replace("site: filling-hall", "site: moon", 1)
    text = text.replace("    seat: health", "    seat: army", 1).replace("task: contain-large", "task: pray", 1)
    (there / "bad.yaml").write_text(text, encoding="utf-8")
    assert 1 == main(["check", "bad.yaml"])
    told = capsys.readouterr().err.splitlines()
    assert all(re.match(r"bad\.yaml:\d+:\d+: ", line) for line in told)
    for name in ("moon", "army", "pray"):
        assert 1 == len([line for line in told if f"'{name}'" in line])


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["run", "nowhere"], "chlorine-leak"),
        (["run", "nowhere.yaml"], "no such file"),
        (["run", "chlorine-leak", "--policy", "best"], "none, novice, plan"),
        (["run", "chlorine-leak", "--set", "a.b=1"], "release.approval_delay"),
        (["run", "chlorine-leak", "--set", "duty.phone_lines=1.5"], "whole number"),
        (["run", "chlorine-leak", "--set", "duty.phone_lines"], "NAME=VALUE"),
        (["run", "chlorine-leak", "--decisions", "nowhere.yaml"], "no such file"),
        (["play", "chlorine-leak", "--seats", "mayor"], "duty"),
        (["resume", "nowhere"], "run.json"),
        (["replay", "nowhere"], "run.json"),
        (["score", "nowhere"], "run.json"),
        (["report", "nowhere"], "run.json"),
        (["sweep", "nowhere", "--out", "out"], "approval-and-lines"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_input_that_cannot_be_used_is_one_clear_message(there, arguments, told, capsys):
    assert 2 == main(arguments)
    streams = capsys.readouterr()
    assert told in streams.err
    assert 1 == len(streams.err.splitlines())
    assert "Traceback" not in streams.err
    assert [] == list(there.iterdir())


@pytest.mark.parametrize(
    "arguments", [[], ["dance"], ["run"], ["run", "chlorine-leak", "--seed", "-1"], ["schema", "x"]]
)
def test_a_command_line_that_cannot_be_read_exits_with_2(arguments, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert 2 == stopped.value.code
    assert "usage: tabletop" in capsys.readouterr().err


def test_a_folder_with_a_run_is_not_written_over(played, capsys):
    before = (played / "run.json").read_bytes()
    assert 2 == main(["run", "chlorine-leak", "--out", str(played)])
    assert "holds a run already" in capsys.readouterr().err
    assert before == (played / "run.json").read_bytes()


def test_play_takes_numbers_reasons_and_asks_again_after_anything_else(played):
    record = read_folder(played)
    mine = [entry for entry in record.journal if entry.seat in ("duty", "health", "command")]
    assert ("first-call", "ask-first", "the enterprise must know") == (mine[0].key, mine[0].choice, mine[0].reason)
    assert "none" in [entry.kind for entry in mine]
    assert 4 == len(mine)
    assert {120} == {entry.charged_s for entry in mine if entry.kind == "answer"}


@pytest.mark.parametrize("stop", [("q",), ()], ids=["q", "end of input"])
def test_play_can_be_stopped_anywhere_and_goes_on_to_the_same_run(played, there, stop, monkeypatch, capsys):
    arguments = ["--seed", "4", "--seats", "duty,health,command", "--every", "0", "--out", "run"]
    pieces = (("2 the enterprise must know",), ("1",), ("3", "0", "1", "1"))
    type_in(monkeypatch, *pieces[0], *stop)
    assert 0 == main(["play", "chlorine-leak", *arguments])
    assert "tabletop resume run" in capsys.readouterr().out
    assert 2 == main(["score", "run"])
    assert "resume" in capsys.readouterr().err
    type_in(monkeypatch, *pieces[1], *stop)
    assert 0 == main(["resume", "run"])
    assert "A resident reports a smell. What do you do first?" not in capsys.readouterr().out
    type_in(monkeypatch, *pieces[2])
    assert 0 == main(["resume", "run"])
    assert "total" in capsys.readouterr().out
    assert read_folder(played).digest == read_folder(there / "run").digest
    assert 2 == main(["resume", "run"])
    assert "finished" in capsys.readouterr().err


@pytest.mark.usefixtures("there")
def test_play_shows_messages_what_the_seat_holds_and_the_options(monkeypatch, capsys):
    type_in(monkeypatch, "h", "q")
    assert 0 == main(["play", "chlorine-leak", "--seed", "3", "--seats", "duty", "--out", "run"])
    said = capsys.readouterr().out
    shown = ("[EXERCISE]", "New messages", "smell of gas", "not yet", "answer within 5 min", "  3. ")
    assert [] == [words for words in shown if words not in said]
    assert "Type the number of an option" in said
    assert "leak/size" not in said


@pytest.mark.usefixtures("there")
def test_chinese_is_spoken_throughout(monkeypatch, capsys):
    type_in(monkeypatch, "q")
    assert 0 == main(["play", "chlorine-leak", "--seats", "duty", "--lang", "zh", "--out", "run"])
    said = capsys.readouterr().out
    for words in ("【演练】", "席位", "新收到的消息", "异味", "未核实", "答复时限", "已暂停"):
        assert words in said
    assert 0 == main(["run", "chlorine-leak", "--lang", "zh", "--policy", "none", "--out", "none"])
    assert re.search("总分 .*损失 .*协同缺口", capsys.readouterr().out, re.DOTALL)
    assert 0 == main(["list", "--lang", "zh"])
    assert "液氯泄漏" in capsys.readouterr().out


def test_decisions_from_a_file_are_taken(there, capsys):
    (there / "decisions.yaml").write_text("first-call: log-only\nforce: look\n", encoding="utf-8")
    assert 0 == main(["run", "chlorine-leak", "--decisions", "decisions.yaml", "--out", "run", "--no-report"])
    choices = {entry.key: entry.choice for entry in read_folder(there / "run").journal}
    assert ("log-only", "look") == (choices["first-call"], choices["force"])
    (there / "decisions.yaml").write_text("first-call: dance\n", encoding="utf-8")
    assert 2 == main(["run", "chlorine-leak", "--decisions", "decisions.yaml", "--out", "other"])
    assert "alert-and-verify" in capsys.readouterr().err
    assert not (there / "other").exists()


def test_check_knows_every_bundled_file(capsys):
    files = sorted(data_folder().rglob("*.yaml"))
    assert 0 == main(["check", *map(str, files)])
    told = capsys.readouterr().out
    assert len(files) == len(told.splitlines())
    for kind in ("scenario", "county", "plan", "rules", "rubric", "sweep"):
        assert f"({kind})" in told


@pytest.mark.parametrize("kind", ["scenario", "county", "plan", "rules", "rubric", "sweep"])
def test_schemas_are_json(kind, capsys):
    assert 0 == main(["schema", kind])
    assert "format" in json.loads(capsys.readouterr().out)["required"]


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("scenarios", "chlorine-leak"),
        ("counties", "anlan"),
        ("sites", "chlorine"),
        ("plans", "hazmat"),
        ("parameters", "guess"),
        ("gaps", "unprotected_entry"),
    ],
)
def test_lists_name_what_there_is(what, words, capsys):
    assert 0 == main(["list", what])
    assert words in capsys.readouterr().out


def test_a_reader_that_goes_away_is_no_error():
    code = "from sim.cli.main import main; raise SystemExit(main(['schema', 'scenario']))"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        error = process.stderr.read()
        process.wait()
    assert b"Traceback" not in error


def test_no_machine_path_is_left_in_a_run_folder(played):
    for path in played.rglob("*"):
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            assert str(played) not in text
            assert str(Path.home()) + "/" not in text
