"""Killed, out of room, torn, altered or opened twice: what was acknowledged is there, and the run goes on."""

import errno
import json
import os
import random
import shutil
import subprocess
import sys
import time

import pytest

from sim.canon import pretty
from sim.cli.main import main
from sim.errors import BadInput, DigestMismatch, InUse, JournalStopped, RecordBroken
from sim.play.runs import replay, session_from
from sim.play.seats import Watcher
from sim.play.session import Session
from sim.play.trainer import Trainer
from sim.record.disk import Lock
from sim.record.journal import Journal, read_journal
from tests.house import ROOT
from tests.play.kill_harness import SEED, Calls, exercise, play
from tests.play.made import SEATS, play_on

SAMPLE = 4
"""Every so many kill points of the slow tests are tried by the quick one, and a few at random moments."""


def harness(*arguments, **rest):
    command = [sys.executable, "-m", "tests.play.kill_harness", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, **rest)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """An uninterrupted run: its digest, its journal, and how many calls it makes of the disk."""
    folder, calls = tmp_path_factory.mktemp("whole") / "run", Calls(0, None)
    with pytest.MonkeyPatch.context() as patch:
        calls.install(patch.setattr)
        digest = play(folder).digest
    return digest, (folder / "journal.jsonl").read_bytes(), calls.count


def acknowledged(root, point):
    path = root / f"{point}.said"
    lines = [line.split(" ") for line in path.read_text().splitlines()] if path.exists() else []
    return [(line[0], int(line[1])) for line in lines if len(line) == 2 and line[0] != "calls"]


def on_disk(folder):
    entries, torn = read_journal(folder / "journal.jsonl")
    return [(entry.key.partition(".")[0], entry.at_s) for entry in entries], torn


def goes_on_as_if_nothing_had_been(folder, digest):
    """Resume and finish, unless it has finished, and compare with the run that nobody interrupted."""
    meta = folder / "run.json"
    if not (meta.exists() and json.loads(meta.read_text(encoding="utf-8"))["finished"]):
        play(folder)
    record, difference = replay(folder)
    assert (digest, None) == (record.digest, difference)


def examine_kills(root, whole, points):
    digest, _, _ = whole
    results = json.loads(harness("kill", root, *points))
    for point, code in results.items():
        given, _ = on_disk(root / point)
        assert [] == [what for what in acknowledged(root, point) if what not in given], point
        assert code == -9, point
        goes_on_as_if_nothing_had_been(root / point, digest)


def test_a_run_killed_at_a_call_of_the_disk_goes_on(tmp_path, whole):
    examine_kills(tmp_path, whole, range(3, whole[2] + 1, whole[2] // 5))


@pytest.mark.slow
@pytest.mark.parametrize("part", range(SAMPLE))
def test_a_run_killed_at_any_call_of_the_disk_goes_on(tmp_path, whole, part):
    points = range(1 + part, whole[2] + 1, SAMPLE)
    examine_kills(tmp_path, whole, [*points, *(f"{point}-after" for point in points)])


def killed_at_random(folder, chance):
    """Play in a process of its own and kill it some time after it has begun; return what it had acknowledged."""
    command = [sys.executable, "-m", "tests.play.kill_harness", "straight", str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        said = [process.stdout.readline().strip()]
        time.sleep(chance.uniform(0, 0.8))
        process.kill()
        said += process.stdout.read().splitlines()
    return [tuple(line.split()) for line in said if " " in line]


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(1, 20))])
def test_a_run_killed_at_any_moment_goes_on(tmp_path, whole, seed):
    said = killed_at_random(tmp_path / "run", random.Random(seed))
    given = [(key, str(at_s)) for key, at_s in on_disk(tmp_path / "run")[0]]
    assert [] == [what for what in said if what not in given]
    goes_on_as_if_nothing_had_been(tmp_path / "run", whole[0])


# --- a disk that fails -----------------------------------------------------------------------------------------------


def examine_failures(root, whole, number, points):
    results = json.loads(harness(number, root, *points))
    for point, code in results.items():
        folder = root / point
        said = (root / f"{point}.said").read_text() if (root / f"{point}.said").exists() else ""
        given, torn = on_disk(folder)
        persons = [what for what in given if what in on_disk_of(whole, SEATS)]
        assert (3, "") == (code, torn), said
        assert persons == acknowledged(root, point), "what was refused is not there, and what is there was promised"
        goes_on_as_if_nothing_had_been(folder, whole[0])


def on_disk_of(whole, seats):
    """Return what persons gave in the whole run; what policies answered is promised to nobody."""
    lines = [json.loads(line) for line in whole[1].decode().splitlines()]
    mine = (*seats, "trainer", "evaluator")
    return [(line["key"].partition(".")[0], line["at_s"]) for line in lines if line["seat"] in mine]


@pytest.mark.slow
@pytest.mark.parametrize("number", ["ENOSPC"])
def test_what_a_full_disk_refuses_never_was(tmp_path, whole, number):
    examine_failures(tmp_path, whole, number, range(4, whole[2] + 1, whole[2] // 3))


@pytest.mark.slow
@pytest.mark.parametrize("number", ["ENOSPC", "EIO", "EDQUOT"])
def test_what_a_failing_disk_refuses_never_was_at_any_call(tmp_path, whole, number):
    start = ["ENOSPC", "EIO", "EDQUOT"].index(number)
    examine_failures(tmp_path, whole, number, range(1 + start, whole[2] + 1, 3))


def stopped_session(folder, monkeypatch, failing):
    """Return a session whose journal was stopped by a disk that failed."""
    session = Session(exercise(), seed=SEED, seats=SEATS, folder=folder)
    session.advance()
    Watcher(session, "evaluator").note("before")
    with monkeypatch.context() as patch:
        for name in failing:
            patch.setattr(os, name, raising(errno.EIO))
        with pytest.raises(OSError, match=os.strerror(errno.EIO)):
            Watcher(session, "evaluator").note("lost")
    return session


def raising(number):
    def fail(*_arguments):
        raise OSError(number, os.strerror(number))

    return fail


def half_a_write(handle, data, write=os.write):
    write(handle, data[: len(data) // 2])
    raise OSError(errno.EIO, os.strerror(errno.EIO))


@pytest.mark.parametrize("failing", [("fsync",), ("write", "ftruncate")])
def test_after_a_disk_of_which_nothing_is_known_the_session_writes_nothing_more(tmp_path, monkeypatch, failing):
    session = stopped_session(tmp_path / "run", monkeypatch, failing)
    before = {path: path.read_bytes() for path in (tmp_path / "run").rglob("*") if path.is_file()}
    for attempt in (
        lambda: Watcher(session, "evaluator").note("again"),
        lambda: session.decide({"first-call": "log-only"}),
        lambda: Trainer(session).cut("phone"),
    ):
        with pytest.raises(JournalStopped):
            attempt()
    assert before == {path: path.read_bytes() for path in (tmp_path / "run").rglob("*") if path.is_file()}
    session.close()
    again, _ = session_from(tmp_path / "run", replay=False)
    assert ["before"] == [entry.arguments["text"] for entry in again.journal]
    play_on(again)
    assert replay(tmp_path / "run")[1] is None


def test_a_stopped_journal_keeps_a_run_from_being_finished(tmp_path, monkeypatch):
    """Even where nothing more needs to be written to the journal, the record is not written over a doubtful one."""
    session = Session(exercise(), seed=SEED, folder=tmp_path / "run")
    session.advance()
    monkeypatch.setattr(os, "fsync", raising(errno.EIO))
    with pytest.raises(OSError, match=os.strerror(errno.EIO)):
        Watcher(session, "evaluator").note("lost")
    monkeypatch.undo()
    with pytest.raises(JournalStopped):
        session.finish()
    assert not (tmp_path / "run" / "events.jsonl").exists()


def test_half_a_line_that_cannot_be_cut_off_is_never_written_after(tmp_path, monkeypatch):
    path = tmp_path / "journal.jsonl"
    journal = Journal(path)
    fields = dict.fromkeys(("key", "seat", "choice", "reason", "view"), "x")
    journal.append(kind="note", arguments={}, at_s=1, charged_s=0, **fields)
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", half_a_write)
        patch.setattr(os, "ftruncate", raising(errno.EIO))
        with pytest.raises(OSError, match=os.strerror(errno.EIO)):
            journal.append(kind="note", arguments={}, at_s=2, charged_s=0, **fields)
    with pytest.raises(JournalStopped):
        journal.append(kind="note", arguments={}, at_s=2, charged_s=0, **fields)
    entries, torn = read_journal(path)
    assert (journal.entries, True) == (entries, bool(torn))


def test_a_journal_that_was_made_anew_is_known_to_the_folder_before_anything_counts(tmp_path, monkeypatch):
    """A first write that fails leaves an empty file; the folder must be synced with the next one all the same."""
    path, synced = tmp_path / "journal.jsonl", []
    fields = dict.fromkeys(("key", "seat", "choice", "reason", "view"), "x")
    journal = Journal(path)
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", raising(errno.ENOSPC))
        with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
            journal.append(kind="note", arguments={}, at_s=1, charged_s=0, **fields)
    monkeypatch.setattr("sim.record.disk.sync_folder", synced.append)
    journal.append(kind="note", arguments={}, at_s=1, charged_s=0, **fields)
    journal.append(kind="note", arguments={}, at_s=2, charged_s=0, **fields)
    assert [tmp_path] == synced


def test_a_short_write_is_taken_back_and_a_later_try_works(tmp_path):
    assert ["EFBIG True 1", "2 True"] == harness("room", tmp_path / "run").splitlines()


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no /dev/full")  # noqa: PTH110
def test_a_device_that_is_always_full_takes_nothing(tmp_path):
    (tmp_path / "journal.jsonl").symlink_to("/dev/full")
    journal = Journal(tmp_path / "journal.jsonl")
    fields = dict.fromkeys(("key", "seat", "choice", "reason", "view"), "x")
    with pytest.raises(OSError):
        journal.append(kind="note", arguments={}, at_s=1, charged_s=0, **fields)
    assert [] == journal.entries


# --- two writers -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rounds", [3, pytest.param(100, marks=pytest.mark.slow)])
def test_of_two_who_go_on_at_the_same_moment_one_is_told_that_it_is_in_use(tmp_path, rounds):
    results = json.loads(harness("race", tmp_path, rounds))
    assert [[[0, InUse.exit_code], 2, 2]] * rounds == results
    for number in range(rounds):
        entries, torn = read_journal(tmp_path / f"race-{number}" / "journal.jsonl")
        assert (["before", "mine"], "") == ([entry.arguments["text"] for entry in entries], torn)


@pytest.fixture
def begun(tmp_path):
    session = Session(exercise(), seed=SEED, seats=SEATS, folder=tmp_path / "run")
    session.advance()
    session.decide({"first-call": "ask-first"})
    return session


def test_the_command_says_in_use_and_writes_nothing(begun, capsys):
    before = {path: path.read_bytes() for path in begun.folder.rglob("*") if path.is_file()}
    assert main(["resume", str(begun.folder)]) == 2
    assert f"in use by process {os.getpid()}" in capsys.readouterr().err
    assert before == {path: path.read_bytes() for path in begun.folder.rglob("*") if path.is_file()}


def test_nothing_is_read_before_the_folder_is_ours(begun, monkeypatch):
    """Else what another session acknowledges between the reading and the lock would be written over."""
    begun.close()

    def watched(path):
        with pytest.raises(InUse):
            Lock(begun.folder)
        return read_journal(path)

    monkeypatch.setattr("sim.play.runs.read_journal", watched)
    session, _ = session_from(begun.folder, replay=False)
    assert [entry.key for entry in session.journal] == ["first-call"]


def test_a_session_that_was_closed_writes_nothing_over_what_another_has_given(begun):
    begun.close()
    again, _ = session_from(begun.folder, replay=False)
    with pytest.raises(InUse):
        Watcher(begun, "evaluator").note("by the old session")
    again.advance()
    Watcher(again, "evaluator").note("by the new one")
    again.close()
    before = (begun.folder / "journal.jsonl").read_bytes()
    with pytest.raises(RecordBroken, match="gone on"):
        Watcher(begun, "evaluator").note("by the old session")
    for attempt in (begun.finish, lambda: play_on(begun)):
        with pytest.raises((RecordBroken, Exception)):
            attempt()
    assert before == (begun.folder / "journal.jsonl").read_bytes()
    assert not (begun.folder / "events.jsonl").exists()


def test_a_closed_session_does_not_write_the_record_of_a_run_that_went_on_elsewhere(tmp_path):
    session = Session(exercise(), seed=SEED, folder=tmp_path / "run")
    session.advance()
    session.close()
    with pytest.raises(RecordBroken, match="closed"):
        session.finish()
    assert not (tmp_path / "run" / "events.jsonl").exists()
    session_from(tmp_path / "run", replay=False)[0].finish()
    assert replay(tmp_path / "run")[1] is None


def test_a_resume_that_fails_leaves_the_folder_free_and_the_journal_as_it_was(begun):
    """A program that comes to other views must not add to a journal that it does not understand."""
    begun.advance(700)
    begun.close()
    before = (begun.folder / "journal.jsonl").read_bytes()
    meta = json.loads((begun.folder / "run.json").read_text(encoding="utf-8"))
    (begun.folder / "run.json").write_text(pretty({**meta, "seed": SEED + 1}), encoding="utf-8")
    with pytest.raises(RecordBroken, match="does not come to the views"):
        session_from(begun.folder, replay=False)
    assert before == (begun.folder / "journal.jsonl").read_bytes()
    (begun.folder / "run.json").write_text(pretty(meta), encoding="utf-8")
    session, _ = session_from(begun.folder, replay=False)
    play_on(session)
    assert replay(begun.folder)[1] is None


def test_an_interrupt_between_journal_and_clock_loses_nothing(begun, monkeypatch):
    """What the journal holds takes effect, in the session as in a replay."""
    with monkeypatch.context() as patch:
        patch.setattr(begun._acts, "take_up", raising(errno.EINTR))
        with pytest.raises(OSError, match=os.strerror(errno.EINTR)):
            begun.act("control", "trainer", {"do": "cut", "channel": "phone"}, choice="cut")
    record = play_on(begun)
    assert "channel.cut" in [event.kind for event in record.events]
    assert replay(begun.folder)[1] is None


# --- files that changed ----------------------------------------------------------------------------------------------


def test_a_scenario_edited_after_the_start_changes_nothing_for_the_run(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(exercise().sources[0].text, encoding="utf-8")
    session = Session(path, seed=SEED, seats=SEATS, folder=tmp_path / "run")
    session.advance()
    session.decide({"first-call": "ask-first"})
    session.close()
    path.write_text(path.read_text(encoding="utf-8").replace("T+8min", "T+9min"), encoding="utf-8")
    again, _ = session_from(tmp_path / "run", replay=False)
    twin = Session(exercise(), seed=SEED, seats=SEATS)
    twin.advance()
    twin.decide({"first-call": "ask-first"})
    assert play_on(twin).digest == play_on(again).digest


@pytest.mark.parametrize("kind", ["scenario", "plan"])
@pytest.mark.parametrize("change", [lambda text: text + "\n# x", lambda text: text.replace("\n", "\r\n") + "\r\n"])
def test_a_copy_edited_in_the_folder_is_named_and_nothing_goes_on(begun, kind, change):
    begun.close()
    path = begun.folder / "spec" / f"{kind}.yaml"
    path.write_bytes(change(path.read_text(encoding="utf-8")).encode())
    with pytest.raises(DigestMismatch, match=rf"{kind}\.yaml"):
        session_from(begun.folder, replay=False)


FIELDS = (
    *("format", "scenario", "seed", "policy", "players", "thinking_s", "overrides", "decisions", "digests"),
    *("parent", "versions", "finished"),
)
VALUES = [
    *(None, True, False, -1, 0, 1.5, 10**30, "", "x", "\ud800", [], {}, [1], {"x": 1}, {"x": None}, {"x": []}),
    *({"police": 5}, {"police": []}, {"police": "best"}, {"first-call": 5}, {"then": "x"}, {"then": []}, {"then": 5}),
    *({"duty.phone_lines": 1e9}, {"duty.phone_lines": []}, {"duty.phone_lines": "nan"}),
    {"scenario": "0", "county": "0", "plan": "0", "rules": "0", "rubric": "0"},
    {"scenario": 0, "county": 0, "plan": 0, "rules": 0, "rubric": 0},
    {"scenario": "../../x", "county": "0", "plan": "0", "rules": "0", "../rubric": "0"},
]


@pytest.fixture(scope="module")
def interrupted(tmp_path_factory):
    folder = tmp_path_factory.mktemp("runs") / "run"
    session = Session(exercise(), seed=SEED, seats=("duty",), folder=folder)
    session.advance()
    session.close()
    return folder


@pytest.mark.parametrize("field", FIELDS)
def test_each_field_of_run_json_is_used_or_refused_in_words(interrupted, tmp_path, monkeypatch, field):
    if field != "digests":  # the files are as they were, and need not be read each time
        monkeypatch.setattr("sim.play.runs.read_exercise", lambda _folder, _meta: exercise())
    meta = json.loads((interrupted / "run.json").read_text(encoding="utf-8"))
    folder = shutil.copytree(interrupted, tmp_path / "run")
    without = {name: value for name, value in meta.items() if name != field}
    refused = 0
    for changed in (without, *({**meta, field: value} for value in VALUES)):
        (folder / "run.json").write_text(json.dumps(changed), encoding="utf-8")
        for again in (True, False):
            try:
                session_from(folder, replay=again)[0].close()
            except (RecordBroken, BadInput, DigestMismatch) as error:
                refused += 1
                assert str(error)
    assert refused or field == "finished"


@pytest.mark.parametrize("text", ["", "x", "[]", "1", "[" * 100_000, '{"format":', "\ufeff{}", '{"seed": 1e999}'])
def test_a_run_json_that_is_none_is_refused_in_words(interrupted, tmp_path, text):
    folder = shutil.copytree(interrupted, tmp_path / "run")
    (folder / "run.json").write_text(text, encoding="utf-8")
    with pytest.raises(RecordBroken):
        session_from(folder, replay=False)


# --- a journal cut or altered ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("step", [41, pytest.param(1, marks=pytest.mark.slow)])
def test_the_journal_of_a_run_cut_at_any_byte_is_a_prefix(whole, tmp_path, step):
    raw, path = whole[1], tmp_path / "journal.jsonl"
    path.write_bytes(raw)
    entries, _ = read_journal(path)
    for length in range(0, len(raw), step):
        path.write_bytes(raw[:length])
        good, torn = read_journal(path)
        assert entries[: len(good)] == good
        assert raw[:length] == ("".join(entry.line() + "\n" for entry in good) + torn).encode()


@pytest.mark.parametrize("share", [0.3, *(pytest.param(n / 20, marks=pytest.mark.slow) for n in range(20))])
def test_a_run_whose_journal_was_cut_goes_on_from_there(tmp_path, whole, share):
    session = Session(exercise(), seed=SEED, seats=SEATS, folder=tmp_path / "run")
    session.close()
    raw = whole[1][: int(len(whole[1]) * share)]
    (tmp_path / "run" / "journal.jsonl").write_bytes(raw)
    again, torn = session_from(tmp_path / "run", replay=False)
    assert raw.rpartition(b"\n")[2].decode() == torn
    assert not torn or torn == (tmp_path / "run" / "journal.torn").read_text(encoding="utf-8")
    again.close()
    goes_on_as_if_nothing_had_been(tmp_path / "run", whole[0])


@pytest.mark.parametrize("step", [97, pytest.param(1, marks=pytest.mark.slow)])
def test_every_flipped_bit_of_a_journal_is_noticed(whole, tmp_path, step):
    lines, path = whole[1].splitlines(keepends=True), tmp_path / "journal.jsonl"
    raw = b"".join(lines[:4])
    path.write_bytes(raw)
    entries, _ = read_journal(path)
    for bit in range(0, 8 * len(raw), step):
        flipped = bytearray(raw)
        flipped[bit // 8] ^= 1 << bit % 8
        path.write_bytes(flipped)
        try:
            good, torn = read_journal(path)
        except RecordBroken:
            continue
        assert (entries[:-1], True) == (good, bool(torn)), f"bit {bit}"


def test_lines_of_a_run_swapped_left_out_doubled_or_from_another_run_are_noticed(whole, tmp_path):
    lines, path = whole[1].splitlines(keepends=True), tmp_path / "journal.jsonl"
    other = Session(exercise(), seed=SEED + 1)
    other.finish()
    strange = [(entry.line() + "\n").encode() for entry in other.journal]
    for at in range(len(lines) - 1):
        for altered in (
            [*lines[:at], lines[at + 1], lines[at], *lines[at + 2 :]],
            [*lines[:at], *lines[at + 1 :]],
            [*lines[: at + 1], lines[at], *lines[at + 1 :]],
            [*lines[:at], strange[min(at, len(strange) - 1)], *lines[at + 1 :]],
        ):
            path.write_bytes(b"".join(altered))
            with pytest.raises(RecordBroken):
                read_journal(path)
