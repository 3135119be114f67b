"""Playing in the terminal: whole sittings through the command line, with typed lines instead of a person."""

import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.cli.main import main
from sim.cli.terminal import sit
from sim.cli.terminal.console import BOLD, CLEAR
from sim.play.runs import replay
from sim.play.session import Session
from sim.record.folder import read_folder
from sim.record.journal import effective, read_journal
from sim.spec.load import load

REAL = "REAL EVENT - THE EXERCISE IS STOPPED"


class Keyboard(io.StringIO):
    """Lines that seem to come from a person before a terminal."""

    def isatty(self):
        return True


@pytest.fixture(scope="module")
def exercise():
    return load("chlorine-leak")


@pytest.fixture
def there(tmp_path, monkeypatch, exercise):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sim.cli.terminal.commands.load", lambda _: exercise)  # reading the files takes longest
    monkeypatch.setattr("sim.show.report.report_html", lambda *arguments: f"<html lang={arguments[-1]}></html>")
    return tmp_path


@pytest.fixture
def type_in(monkeypatch, capsys, there):  # noqa: ARG001 - it must be there
    """Run a command with typed lines and return what it printed."""

    def run(arguments, *lines, terminal=False):
        text = "".join(f"{line}\n" for line in lines)
        monkeypatch.setattr("sys.stdin", Keyboard(text) if terminal else io.StringIO(text))
        if terminal:
            monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
            monkeypatch.setenv("TERM", "xterm")
        assert 0 == main(arguments)
        streams = capsys.readouterr()
        assert "Traceback" not in streams.err
        return streams.out

    return run


def start(*more, seats="duty,command", lang="en"):
    return ["play", "chlorine-leak", "--seed", "1", "--seats", seats, "--lang", lang, "--out", "run", *more]


def flat(said):
    """Return what was printed with its line breaks taken out."""
    return re.sub(r"\s+", " ", said)


def journal(there):
    return read_journal(there / "run" / "journal.jsonl")[0]


# --- one seat after the other ----------------------------------------------------------------------------------------


def test_a_stop_shows_everything_in_order_and_no_escape_codes(type_in):
    said = type_in(start(), "1", "q")
    last = said.split("[EXERCISE] county command post")[1]
    headings = ("New messages", "Your own messages", "What you know", "Map", "Your decision")
    places = [last.index(f"-- {words}") for words in headings]
    assert sorted(places) == places
    assert "answer within 10 min" in last
    assert "  1. evacuate Liuwan" in last
    assert "\x1b" not in said


def test_the_seat_changes_with_a_screen_of_its_own_that_hides_the_last_one(type_in):
    said = type_in(start(), "", "", "1", "", "q", terminal=True)
    assert "Hand over to: county command post" in said
    before, after = said.split("Hand over to: county command post")
    assert before.rindex(CLEAR) > before.rindex("Decided")
    assert CLEAR in after
    assert BOLD in after


def test_without_color_nothing_is_lost(type_in, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    assert BOLD not in type_in(start(seats="duty"), "", "1", "q", terminal=True)


def test_everything_can_be_looked_at(type_in):
    said = type_in(start(seats="police"), "m", "m 1", "m 99", "m s1", "k", "u", "map", "r", "h", "s", "q")
    for words in (
        "All messages",
        "there is no message 99",
        "park patrol 1",
        "no decision yet",
        "REAL EVENT (or",
    ):
        assert words in said
    assert 3 <= said.count("-- Map")


def test_the_language_is_switched_on_the_spot(type_in):
    said = type_in(start(seats="duty"), "lang", "帮助", "lang", "1", "q")
    english, chinese, again = re.split(r"现在用中文。|The language is English now\.", said)
    assert "What do you do first?" in english
    assert "接到群众反映异味，先做什么？" in chinese
    assert "撤销本席位最近一次决定" in chinese
    assert "What do you do first?" in again


def test_chinese_commands_work(type_in, there):
    said = type_in(
        start(lang="zh"), "消息", "情况", "力量", "地图", "记 电话没人接", "等2分钟", "1，先核实", "小结", "退出"
    )
    assert "等待 2分，之后再问" in said
    assert "已记录" in said
    (answer,) = [one for one in journal(there) if one.kind == "answer" and one.seat == "duty"]
    assert ("alert-and-verify", "先核实") == (answer.choice, answer.reason)


def test_waiting_asks_again_within_the_limit_and_not_beyond(type_in, there):
    said = type_in(start(seats="duty"), "w 2", "w 60", "w", "1", "q")
    assert "answer within 3 min (of 5 min)" in said
    assert "only 3 min is left" in said
    assert "how long?" in said
    assert ["wait", "alert-and-verify"] == [one.choice for one in journal(there) if one.seat == "duty"][:2]


def test_orders_in_one_line_and_step_by_step(type_in, there):
    said = type_in(
        start(seats="police"),
        "o send cordon river-bridge patrol 2",
        "o send cordon moon patrol",
        "o grade 2",
        "o send",
        "o",
        "3",
        "x",
        "o",
        "follow",
        "cordon",
        "",
        "q",
    )
    assert "Order given: send 2 × patrols to Lan River bridge: cordon" in said
    assert "there is no such name (at: moon)" in flat(said)
    assert "that does not belong to this seat's role" in flat(said)
    assert "o send TASK AT UNITS COUNT" in flat(said)
    assert "Cancelled." in said
    orders = [one.arguments["order"]["do"] for one in journal(there) if one.kind == "order"]
    assert ["send", "follow"] == orders


def test_undo_takes_back_this_seats_last_decision(type_in, there):
    said = type_in(start("--every", "10", seats="duty"), "undo", "2 too soon", "undo", "1", "q")
    assert "there is no decision to take back" in said
    assert 2 == said.count("-- Your decision")
    assert "Taken back: A resident reports a smell. What do you do first? -> ask the enterprise first" in flat(said)
    (answer,) = [one for one in effective(journal(there)) if one.kind == "answer" and one.seat == "duty"]
    assert "alert-and-verify" == answer.choice


def test_undo_asks_before_it_takes_back_what_others_decided(type_in, there):
    lines = ("2 duty", "1 police", "1 command", "undo", "no", "undo", "y", "q")  # the duty office has news first
    said = type_in(start("--every", "60", seats="duty,police,command"), *lines)
    assert "2 later decisions of other seats go with it (" in flat(said)
    assert "Nothing was taken back." in said
    assert "Taken back" in said
    assert 1 == sum(one.choice == "undo" for one in journal(there))
    assert not [one for one in effective(journal(there)) if one.kind == "answer" and one.reason in ("duty", "police")]


def test_between_questions_a_seat_with_news_can_look_and_act(type_in, there):
    said = type_in(start("--every", "10", seats="duty"), "1", "o ask weather wind/forecast", "w 30", "", "q")
    assert "nothing is asked; Enter = go on" in said
    assert 1 == sum(one.kind == "order" for one in journal(there))
    times = [int(h) * 60 + int(m) for h, m in re.findall(r"duty office +T\+(\d+):(\d+)", said)]
    assert 3 <= len(times)
    assert 30 <= times[2] - times[1]


def test_real_time_is_charged_at_a_pace(type_in, there, monkeypatch):
    clock = iter(range(0, 100_000, 50))
    monkeypatch.setattr("sim.cli.terminal.table.time.monotonic", lambda: float(next(clock)))
    said = type_in(start("--pace", "2", seats="duty,health"), "1", "1", "q")
    answers = [one for one in journal(there) if one.kind == "answer" and one.seat in ("duty", "health")]
    assert [100, 100] == [one.charged_s for one in answers]
    assert "(charged 1 min 40 s)" in said


def test_an_answer_beyond_the_limit_is_said_to_be_none(type_in, there):
    said = type_in(start("--thinking", "4000", seats="duty"), "1", "q")
    assert "it counts as no answer" in said
    assert "none" == next(one.kind for one in journal(there) if one.seat == "duty")


# --- stopping and going on -------------------------------------------------------------------------------------------


def test_after_a_stop_what_was_seen_is_not_new(type_in):
    type_in(start(), "1", "q")
    first = type_in(["resume", "run"], "q")
    assert "New messages (5)" in first
    type_in(["resume", "run"], "w 3", "q")
    again = type_in(["resume", "run"], "q")
    counted = int(re.search(r"New messages \((\d+)\)", again)[1])
    assert counted < 5


def test_a_killed_sitting_goes_on_where_the_journal_ends(there, type_in):
    code = "from sim.cli.main import main; raise SystemExit(main())"
    command = [sys.executable, "-u", "-c", code, *start("--mode", "group", "--members", "a,b")]
    path = there / "run" / "journal.jsonl"
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, cwd=there) as process:
        process.stdin.write(b"1\n1\n2\n")
        process.stdin.flush()
        until = time.monotonic() + 60
        while time.monotonic() < until and not (path.exists() and b"a > villages" in path.read_bytes()):
            time.sleep(0.1)
        os.kill(process.pid, signal.SIGKILL)
    answers = [(one.seat, one.choice) for one in journal(there) if one.kind == "answer"]
    assert ("duty", "alert-and-verify") in answers
    assert "command" not in [seat for seat, _ in answers]
    said = type_in(["resume", "run"], "2", "2", "q")
    assert "a, your proposal" in said
    assert "the group decides by majority: evacuate Shiqiao" in said


@pytest.mark.parametrize(
    ("phrase", "before"), [("REAL EVENT", ()), ("真实情况！", ("o", "1")), ("real event", ("t", "1"))], ids=str
)
def test_the_phrase_stops_everything_at_every_prompt(type_in, there, phrase, before):
    said = type_in(start("--trainer"), *before, phrase, "1", "1")
    assert REAL in said
    assert "真实情况 —— 演练已中止" in said
    assert "total" not in said
    record = read_folder(there / "run")
    assert record.events[-1].data["stopped"]
    assert replay(there / "run")[1] is None


def test_a_sitting_can_be_stopped_before_it_begins(type_in, there):
    assert "stopped; go on with" in type_in(start(), terminal=True)
    shutil.rmtree(there / "run")
    assert REAL in type_in(start(), "real event", terminal=True)


def test_to_the_end_there_is_a_score_and_a_report(type_in, there):
    said = type_in(start("--no-report", seats="propaganda"), "1", "1", "1", "1")
    assert "The exercise is over." in said
    assert re.search(r"total \d+", said)
    assert (there / "run" / "score.json").exists()


def test_a_session_made_elsewhere_can_be_sat_down_to(there, monkeypatch, capsys):
    session = Session("chlorine-leak", seed=1, seats=("duty",), folder=there / "run")
    monkeypatch.setattr("sys.stdin", io.StringIO("1\nq\n"))
    assert 0 == sit(session, there / "run", "en")
    assert "Decided: send police" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (["--mode", "group"], "two members"),
        (["--mode", "group", "--members", "a,a"], "two members"),
        (["--pace", "0"], "pace"),
        (["--pace", "nan"], "pace"),
        (["--mode", "observe", "--seats", "mayor"], "duty"),
        (["--mode", "lecture", "--player", "duty=person"], "nobody takes a seat"),
    ],
    ids=" ".join,
)
def test_a_sitting_that_cannot_be_is_refused_before_anything_is_made(there, capsys, more, told):
    assert 2 == main([*start(), *more])
    assert told in capsys.readouterr().err
    assert [] == list(there.iterdir())


# --- group, observer, class ------------------------------------------------------------------------------------------


def test_a_group_proposes_one_after_the_other_and_its_rule_decides(type_in, there):
    arguments = start("--mode", "group", "--members", "anna,ben,chen", "--group-rule", "leader", seats="duty")
    said = type_in(arguments, "", "1 ask", "", "2 verify first", "k", "1", "0", "q")
    assert "Nobody has proposed" in said, "the leader has not spoken"
    assert "the group decides by the leader: ask the enterprise first" in said
    assert "proposals: 1 x1, 2 x1, 0 x1" in said
    (answer,) = [one for one in journal(there) if one.kind == "answer" and one.seat == "duty"]
    assert "ask-first" == answer.choice


def test_an_observer_steps_on_looks_and_notes_and_changes_nothing(type_in, there):
    lines = ["v health", "n seems slow", "n @duty-loop M did not ask", "n @nothing P x", "1", "lang", "lang", "", "q"]
    said = type_in(start("--mode", "observe", seats="duty,health"), *lines)
    assert "watching: county duty office" in said
    assert "watching: health" in said
    assert "-> send police to look" in said
    assert "there is no such name (about: nothing)" in said
    assert "that command has no use here" in said
    notes = [one.arguments for one in journal(there) if one.kind == "note"]
    assert [("", ""), ("duty-loop", "M")] == [(one["about"], one["rating"]) for one in notes]


def test_a_class_sees_question_and_model_answer_with_the_reason_and_the_run_is_the_plans(type_in, there):
    said = type_in(start("--mode", "lecture", "--no-report", seats=""), *["3", ""] * 4, *[""] * 40)
    assert "lecture: county duty office" in said
    assert "Model answer (the plan)" in said
    assert "because: wind forecast is southeast" in said
    assert "the plan's usual course" in said
    assert re.search("The class chose: log it", said)
    record = read_folder(there / "run")
    assert Session(record.exercise, seed=1).finish().digest == record.digest
    assert said.count("Model answer") == sum(one.kind in ("answer", "none") for one in record.journal)


def test_the_mode_is_kept_for_resume(type_in, there):
    type_in(start("--mode", "lecture", seats=""), "", "", "q")
    assert "lecture" == json.loads((there / "run" / "terminal.json").read_text(encoding="utf-8"))["mode"]
    assert "lecture:" in type_in(["resume", "run"], "q")
    (there / "run" / "terminal.json").write_text("{}", encoding="utf-8")


def test_the_trainer_steps_in_from_the_same_terminal(type_in, there):
    menu = {"hold": "i03-enterprise", "skip": "i04-forecast", "cut": "phone", "allow_whatif": "duty"}
    lines = [line for item, what in menu.items() for line in ("t", item, what)]
    lines += ["t", "release", "i05-journalist", "t", "pause", "", "t", "duty_check", "", "t", "list", "t", "0"]
    lines += ["t", "set", "release.approval_delay", "90", "t", "set", "release.approval_delay", "much"]
    lines += ["t", "inject", "city", "duty", "question", "How many are hurt?", "1", "q"]
    said = type_in(start("--trainer", seats="duty"), *lines)
    given = [one.choice for one in journal(there) if one.kind in ("control", "inject")]
    assert ["hold", "skip", "cut", "allow_whatif", "pause", "duty_check", "set", "inject"] == given
    assert "that inject is not held" in said
    assert "that command has no use here" in type_in(
        ["play", "chlorine-leak", "--seats", "duty", "--out", "b"], "t", "q"
    )


# --- anything at all -------------------------------------------------------------------------------------------------

TOKENS = (
    "0 1 2 3 99 m k u map s r h o w n undo lang t v x , @ 5min s3 m7 send ask tell follow direct police cordon "
    "liuwan weather wind/forecast 等5 记 看 撤销 消息 ② -1 1e9 q@"
)
WORDS = st.sampled_from(TOKENS.split())
TYPED = st.lists(st.one_of(st.text(max_size=12), st.lists(WORDS, max_size=5).map(" ".join)), max_size=12)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=TYPED, mode=st.sampled_from(["hands-on", "group", "observe", "lecture"]))
def test_no_line_brings_a_sitting_down(there, monkeypatch, capsys, lines, mode):
    shutil.rmtree(there / "run", ignore_errors=True)
    monkeypatch.setattr("sim.cli.terminal.commands.finish", lambda *_, **__: None)
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines)))
    assert 0 == main(start("--mode", mode, "--members", "a,b", "--trainer", seats="duty,command,police"))
    assert "Traceback" not in capsys.readouterr().err


def test_half_characters_and_bytes_that_are_no_text_are_taken_calmly(there, monkeypatch):
    typed = b"\xff\xfe\x00\n1 half \xed\xa0\x80\x1b[2J\nn \xc3\x28\nm\nq\n"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(typed), encoding="utf-8"))
    assert 0 == main(start())
    reason = journal(there)[0].reason
    assert reason.startswith("half")
    assert "\x1b" not in reason
