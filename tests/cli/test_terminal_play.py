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
from dataclasses import replace as replace_fields

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.cli.main import main
from sim.cli.terminal import sit
from sim.cli.terminal.console import BOLD, CLEAR, Console
from sim.cli.terminal.turns import Turns
from sim.errors import AnswerRefused, Refusal
from sim.play.runs import replay
from sim.play.session import Session
from sim.record.folder import read_folder
from sim.record.journal import effective, read_journal
from sim.show.act_words import reason_words
from sim.show.names import Names
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
    monkeypatch.setattr("sim.show.report.report_html", lambda *given: f"<html lang={given[3]}></html>")
    monkeypatch.setattr("sim.show.figures.drawn", lambda *_: {})
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
    """Return a command that stops only at questions, unless it is told otherwise."""
    fixed = ["--seed", "1", "--seats", seats, "--lang", lang, "--out", "run", "--every", "0"]
    return ["play", "chlorine-leak", *fixed, *more]


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
    assert "county command post: " in said
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
    all_of_them = int(re.search(r"New messages \((\d+)\)", first)[1])
    assert all_of_them >= 3
    type_in(["resume", "run"], "w 3", "q")
    again = type_in(["resume", "run"], "q")
    counted = int(re.search(r"New messages \((\d+)\)", again)[1])
    assert counted < all_of_them


def test_a_killed_sitting_goes_on_where_the_journal_ends(there, type_in):
    listed = "lambda point, _: tuple(option.id for option in point.options)"  # as in this process
    code = f"from sim.engine import pending; from sim.cli.main import main; pending.order_shown = {listed}; main()"
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
    lines += ["t", "release", "i05-journalist", "t", "pause", "lunch", "", "t", "duty_check", "", "t", "list", "t", "0"]
    lines += ["t", "set", "release.approval_delay", "90", "t", "set", "release.approval_delay", "much"]
    lines += ["t", "inject", "city", "duty", "question", "How many are hurt?", "1", "q"]
    said = type_in(start("--trainer", seats="duty"), *lines)
    given = [one.choice for one in journal(there) if one.kind in ("control", "inject")]
    assert ["hold", "skip", "cut", "allow_whatif", "pause", "duty_check", "set", "inject"] == given
    assert "that inject is not held" in said
    assert "allowed: a number from " in flat(said), "much is no value"
    (pause,) = [one for one in journal(there) if one.choice == "pause"]
    assert "lunch" == pause.reason
    assert "that command has no use here" in type_in(
        ["play", "chlorine-leak", "--seats", "duty", "--out", "b"], "t", "q"
    )


# --- stops where nothing is asked ------------------------------------------------------------------------------------


def stops(said, seat="duty office"):
    """Return when a seat was shown something, in minutes."""
    return [int(h) * 60 + int(m) for h, m in re.findall(rf"{seat} +T\+(\d+):(\d+)", said)]


def test_a_seat_with_news_gets_a_stop_every_quarter_of_an_hour_unless_it_is_turned_off(type_in, there):
    plain = ["play", "chlorine-leak", "--seed", "1", "--seats", "duty", "--out", "run"]
    said = type_in(plain, "1", "2", "5 minutes", "", "", "q")
    assert [15, 30] == stops(said)[1:3]
    assert "a number has no use" in said
    assert "0-0" not in said
    shutil.rmtree(there / "run")
    assert "nothing is asked" not in type_in([*plain, "--every", "0"], "1", "q")


def test_with_a_trainer_somebody_gets_a_stop_without_news_and_before_the_beginning(type_in):
    lines = ("t", "start", "", "", "", "q")
    said = type_in(start("--trainer", "--every", "2", seats="propaganda"), *lines)
    assert [0, 2, 4, 6] == stops(said, "propaganda")[:4]


def test_what_one_seat_waits_is_its_own():
    turns = Turns(600)
    turns.begin(("duty", "police"), 0)
    turns.had("duty", 600, wait_s=5400)
    turns.had("police", 600)
    assert (["police"], 1200) == (turns.due(1200), turns.next_s())
    assert ["duty", "police"] == sorted(turns.due(6000))
    assert turns.is_sure("duty")
    assert not turns.is_sure("police")


def test_ctrl_c_while_the_exercise_runs_opens_the_prompt_and_cuts_nothing_off(type_in, there, monkeypatch):
    advance, pressed = Session.advance, []
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # it is ignored in a job in the background

    def press_once(self, until_s=None):
        if self.now_s >= 1200 and not pressed:
            pressed.append(self.now_s)
            signal.raise_signal(signal.SIGINT)
        return advance(self, until_s)

    monkeypatch.setattr(Session, "advance", press_once)
    said = type_in(start(seats="duty"), "", "1", "o ask weather wind/forecast", "q", terminal=True)
    assert "The exercise stands here" in said
    assert [1200 <= one.at_s < 1300 for one in journal(there) if one.kind == "order"] == [True]
    assert signal.default_int_handler is signal.signal(signal.SIGINT, before)


# --- the trainer -----------------------------------------------------------------------------------------------------


def test_the_trainer_moves_the_clock(type_in, there):
    lines = ["t", "run_to", "T+5min", "t", "step", "t", "run_to", "soon", "t", "run_to", "T+0:01"]
    lines += ["t", "run_to_question", "t", "run_to", "T+3h", "q"]
    said = type_in(start("--trainer", "--every", "60", seats="propaganda"), *lines)
    assert [0, 5] == stops(said, "propaganda")[:2]
    assert "It is T+0:05 now." in said
    assert 2 == flat(said).count("allowed: T+0:0")
    assert "answer it or put it off first" in flat(said)
    assert ["run_to", "step", "run_to_question"] == [one.choice for one in journal(there) if one.seat == "trainer"]


def test_the_list_of_injects_says_what_became_of_each(type_in):
    lines = ["t", "hold", "i03-enterprise", "t", "skip", "i04-forecast", "w 2", "t", "list", "q"]
    said = type_in(start("--trainer", seats="duty"), *lines)
    for ident, state in (("i01", "sent"), ("i03", "held"), ("i04", "skipped"), ("i05", "to come")):
        assert re.search(rf"  {ident}\S+ +{state}", said), ident


def test_of_a_sealed_exercise_the_trainer_sees_only_numbers(type_in, there, exercise, monkeypatch):
    shut = replace_fields(exercise, seal="ab" * 32, envelope="{}")
    monkeypatch.setattr("sim.cli.terminal.commands.load", lambda _: shut)
    injects = exercise.scenario.injects
    lines = ["t", "hold", "3", "t", "skip", "i04-forecast", "4", "w 2", "t", "list", "t", "send", "1", "q"]
    said = type_in(start("--trainer", seats="duty"), *lines)
    assert ["hold", "skip"] == [one.choice for one in journal(there) if one.seat == "trainer"]
    assert "sealed: shown after `tabletop reveal`" in flat(said)
    assert re.search(r"  3 +held$", said, re.MULTILINE)
    assert re.search(r"  1 +sent ", said)
    for inject in injects[1:]:
        assert inject.id not in said
    assert injects[4].text.en not in flat(said)


# --- going back, with what else was done -----------------------------------------------------------------------------

STEPS = ("1", "t", "cut", "phone", "t", "allow_whatif", "duty", "t", "hold", "i05-journalist", "undo")


def test_undo_lists_the_trainers_steps_and_gives_them_again_if_wanted(type_in, there):
    arguments = start("--trainer", "--every", "10", seats="duty")
    said = type_in(arguments, "", *STEPS, "no", "undo", "y", "y", "1", "", "q")
    assert "3 later steps of the trainer go with it:" in said
    assert "trainer: cut channel: " in flat(said)
    assert "Nothing was taken back." in said
    given = [(one.choice, one.at_s) for one in effective(journal(there)) if one.seat == "trainer"]
    assert [("cut", 600), ("allow_whatif", 600), ("hold", 600)] == [one for one in given if one[0] != "undo"]
    assert 3 == said.count("Given again:")


def test_the_trainers_steps_stay_taken_back_if_that_is_wanted_and_a_stop_says_what_it_leaves_undone(type_in, there):
    arguments = start("--trainer", "--every", "10", seats="duty")
    said = type_in(arguments, "", *STEPS, "y", "n", "q")
    assert "are not given again" in said
    assert [] == [one for one in effective(journal(there)) if one.seat == "trainer" and one.choice != "undo"]
    shutil.rmtree(there / "run")
    assert 3 == type_in(arguments, "", *STEPS, "y", "y", "q").count("this stop leaves undone")


# --- the person's clock ----------------------------------------------------------------------------------------------


@pytest.fixture
def watch(monkeypatch):
    """A clock that only typed lines move, by a minute each."""
    now = [0.0]
    monkeypatch.setattr("sim.cli.terminal.table.time.monotonic", lambda: now[0])
    read = Console.read

    def slowly(self, prompt):
        now[0] += 60
        return read(self, prompt)

    monkeypatch.setattr(Console, "read", slowly)
    return now


def charged(there, seat="duty"):
    return [(one.kind, one.charged_s) for one in journal(there) if one.seat == seat and one.kind in ("answer", "order")]


@pytest.mark.usefixtures("watch")
def test_putting_a_question_off_does_not_make_the_time_spent_on_it_free(type_in, there):
    type_in(start("--pace", "1", seats="duty"), "k", "w 1s", "1", "q")
    assert [("answer", 180)] == charged(there)


@pytest.mark.usefixtures("watch")
def test_no_minute_is_charged_twice_for_an_order_and_an_answer(type_in, there):
    type_in(start("--pace", "1", seats="duty"), "k", "o ask weather wind/forecast", "1", "q")
    assert [("order", 120), ("answer", 60)] == charged(there)


def test_neither_the_look_at_whatif_nor_the_trainer_is_charged(type_in, there, watch, monkeypatch):
    def slow(*_, **__):
        watch[0] += 1000
        raise AnswerRefused(Refusal.NOT_ALLOWED, "whatif", "", "nothing")

    monkeypatch.setattr("sim.study.whatif.whatif", slow)
    type_in(start("--pace", "1", "--trainer", seats="duty"), "x", "t", "list", "1", "q")
    assert [("answer", 180)] == charged(there)


# --- small things ----------------------------------------------------------------------------------------------------


def test_a_damaged_file_of_the_sitting_is_told(type_in, there):
    type_in(start("--trainer"), "1", "q")
    assert "damaged" not in type_in(["resume", "run"], "q")
    (there / "run" / "terminal.json").write_text("{", encoding="utf-8")
    assert "terminal.json is damaged: going on hands-on" in type_in(["resume", "run"], "q")


def test_a_groups_reason_is_told_in_chinese(type_in, there):
    arguments = start("--mode", "group", "--members", "a,b", "--every", "15", seats="duty", lang="zh")
    assert "理由：小组按多数意见：" in type_in(arguments, "1", "2", "s", "q")
    assert "group, by majority: alert-and-verify 1, ask-first 1" in [one.reason for one in journal(there)]
    names = Names(load("chlorine-leak"), "zh")
    told = reason_words("group, by leader: ask-first 2, no_answer 1", names, {"ask-first": "先问企业"})
    assert "小组按组长意见：先问企业 2 票；不作答复 1 票" == told
    assert "group, by lot" == reason_words("group, by lot", names, {})


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
    more = ("--mode", mode, "--members", "a,b", "--trainer", "--every", "15")
    assert 0 == main(start(*more, seats="duty,command,police"))
    assert "Traceback" not in capsys.readouterr().err


def test_half_characters_and_bytes_that_are_no_text_are_taken_calmly(there, monkeypatch):
    typed = b"\xff\xfe\x00\n1 half \xed\xa0\x80\x1b[2J\nn \xc3\x28\nm\nq\n"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(typed), encoding="utf-8"))
    assert 0 == main(start())
    reason = journal(there)[0].reason
    assert reason.startswith("half")
    assert "\x1b" not in reason
