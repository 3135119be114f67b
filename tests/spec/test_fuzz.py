"""Damaged files of every kind: refused in the project's own words, or used; never another exception, never for ever."""

import json
import random
import resource
import shutil
import subprocess
import sys

import pytest

from sim.canon import digest, pretty
from sim.errors import BadInput, TabletopError
from sim.play.runs import keep_score, replay, session_from
from sim.play.session import Session
from sim.record.folder import read_folder
from sim.record.journal import START, Entry, Journal, read_journal
from sim.spec.load import Source, build, load
from tests.house import ROOT
from tests.play.made import short
from tests.spec.damage import KINDS, PLAIN, damaged, no_hanging, with_parsing_kept

HOUR_S = 3600


@pytest.fixture(scope="module")
def sources():
    """The bundled files; those that are not damaged are parsed once."""
    with pytest.MonkeyPatch.context() as patch:
        with_parsing_kept(patch)
        yield {source.kind: source for source in load("chlorine-leak").sources}


def examine(sources, seeds):
    """Read damaged files and run what can be read; return how many could."""
    loaded = 0
    for seed in seeds:
        chance = random.Random(seed)
        kind = chance.choice(KINDS)
        text = damaged(kind, chance, chance.choice([1, 1, 2]))
        parts = tuple(Source(one, f"{one}.yaml", text if one == kind else kept.text) for one, kept in sources.items())
        with no_hanging():
            try:
                exercise = build(parts)
            except BadInput as error:
                assert error.problems
                assert str(error)
                continue
            loaded += 1
            try:
                Session(exercise, seed=1).advance(HOUR_S)
            except TabletopError as error:
                assert str(error)
    return loaded


def test_a_damaged_file_is_refused_in_words_or_runs(sources):
    assert examine(sources, range(60)) >= 5, "the test would prove little if nothing could be read"


@pytest.mark.slow
def test_many_damaged_files_are_refused_in_words_or_run(sources):
    assert examine(sources, range(1000, 1300)) >= 25


NASTY = {
    "deep": "[" * 500_000,
    "deep in blocks": "- " * 400_000,
    "keys": "{" + ",".join(f"k{number}: 1" for number in range(60_000)) + "}",
    "one long key": "? " + "x" * 900_000,
    "aliases": "a: &a [x,x,x,x,x,x,x,x,x]\n"
    + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [{','.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(9)),
    "merge": "a: &a {b: 1}\nc: {<<: *a}",
    "python": "!!python/object/apply:os.system ['touch /tmp/never']",
    "digits": "a: " + "9" * 900_000,
    "many problems": "injects: [" + "{}," * 100_000 + "]",
}


@pytest.fixture(scope="module")
def ten_thousand():
    """A scenario of 10 000 injects with the shortest texts; larger than any file may be."""
    from tests.spec.damage import files

    data = json.loads(json.dumps(files()["scenario"]))
    first = data["injects"][0]
    data["injects"] = [{**first, "id": f"i{number}"} for number in range(10_000)]
    return json.dumps(data, ensure_ascii=False)


CHECK = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
from sim.errors import TabletopError
from sim.spec.load import check_file
from pathlib import Path
for name in sys.argv[1:]:
    try:
        check_file(Path(name))
    except TabletopError as error:
        assert len(str(error)) < 20_000_000
    else:
        sys.exit(f"{name} was taken")
"""


def test_what_is_meant_to_exhaust_the_machine_is_refused_with_little_room_and_ends(tmp_path, ten_thousand):
    names = []
    for number, text in enumerate((*NASTY.values(), ten_thousand, ten_thousand[:400_000])):
        path = tmp_path / f"{number}.yaml"
        path.write_text(text, encoding="utf-8")
        names.append(str(path))
    done = subprocess.run(
        [sys.executable, "-c", CHECK, *names], cwd=ROOT, capture_output=True, text=True, timeout=240, check=False
    )
    assert (0, "") == (done.returncode, done.stderr)
    assert resource.RLIMIT_AS  # the child has it too


# --- what a run leaves -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    from sim.play.seats import Seat
    from sim.play.trainer import Trainer
    from tests.play.made import play_on

    folder = tmp_path_factory.mktemp("runs") / "run"
    session = Session(short(45), seed=3, seats=("police", "duty"), folder=folder)
    session.advance(400)
    trainer = Trainer(session)
    trainer.hold("i03-enterprise")
    trainer.cut("radio")
    trainer.duty_check("police")
    trainer.set("comms.delay_factor", 2)
    trainer.inject("city", "duty", "news", facts=({"fact": "leak/size", "value": "large"},))
    Seat(session, "police").order({"do": "send", "task": "cordon", "at": "liuwan", "units": ["patrol"]})
    session.advance()
    Seat(session, "duty").wait("first-call", 60)
    record = play_on(session)
    keep_score(folder, record)
    return folder


def unlike(value, chance):
    """Return plain data with one node damaged."""
    from tests.spec.damage import at, nodes

    value = json.loads(json.dumps(value))
    path = chance.choice(nodes(value))
    parent = at(value, path[:-1])
    if chance.random() < 0.3:
        del parent[path[-1]]
    else:
        parent[path[-1]] = chance.choice([*PLAIN, 10**400, "\ud800", -(10**18)])
    return value


def sealed_again(rows):
    """Return the text of a journal whose lines were chained anew, as somebody who knows the program could do."""
    previous, lines = START, []
    for seq, row in enumerate(rows):
        row = {**row, "seq": seq, "previous": previous, "own": ""}
        try:
            entry = Entry(**row)
            entry = entry._replace(own=entry.seal())
            previous = digest(entry.line())
            lines.append(entry.line())
        except TypeError:  # a field is missing: no entry at all
            lines.append(json.dumps(row))
    return "".join(line + "\n" for line in lines)


def examine_journals(finished, folder, seeds, monkeypatch):
    monkeypatch.setattr("sim.play.runs.read_exercise", lambda _folder, _meta: short(45))
    monkeypatch.setattr("sim.record.folder.read_exercise", lambda _folder, _meta: short(45))
    shutil.copytree(finished, folder)
    meta = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    rows = [entry._asdict() for entry in read_journal(folder / "journal.jsonl")[0]]
    refused = 0
    for seed in seeds:
        chance = random.Random(seed)
        altered = list(rows)
        number = chance.randrange(len(rows))
        altered[number] = unlike(rows[number], chance)
        (folder / "journal.jsonl").write_text(sealed_again(altered), encoding="utf-8")
        for whole in (True, False):
            text = pretty({**meta, "finished": whole})
            (folder / "run.json").write_text(text, encoding="utf-8")
            with no_hanging():
                try:
                    if whole:
                        refused += replay(folder)[1] is not None
                    else:
                        session = session_from(folder, replay=False)[0]
                        session.close()
                except TabletopError as error:
                    refused += 1
                    assert str(error)
    return refused


def test_a_journal_that_was_altered_and_chained_anew_breaks_nothing(finished, tmp_path, monkeypatch):
    assert examine_journals(finished, tmp_path / "run", range(40), monkeypatch) >= 20


@pytest.mark.slow
def test_many_journals_that_were_altered_and_chained_anew_break_nothing(finished, tmp_path, monkeypatch):
    assert examine_journals(finished, tmp_path / "run", range(1000, 1150), monkeypatch) >= 75


def examine_events(finished, folder, seeds, monkeypatch):
    monkeypatch.setattr("sim.record.folder.read_exercise", lambda _folder, _meta: short(45))
    shutil.copytree(finished, folder)
    lines = (folder / "events.jsonl").read_text(encoding="utf-8").splitlines()
    meta = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    refused = 0
    for seed in seeds:
        chance = random.Random(seed)
        altered = list(lines)
        number = chance.randrange(len(lines))
        altered[number] = json.dumps(unlike(json.loads(lines[number]), chance))
        text = "".join(line + "\n" for line in altered)
        (folder / "events.jsonl").write_text(text, encoding="utf-8")
        (folder / "run.json").write_text(pretty({**meta, "events_digest": digest(text)}), encoding="utf-8")
        with no_hanging():
            try:
                refused += read_folder(folder).digest != meta["events_digest"]
            except TabletopError as error:
                refused += 1
                assert str(error)
    return refused


def test_events_that_were_altered_and_signed_anew_are_read_as_altered_or_refused(finished, tmp_path, monkeypatch):
    assert examine_events(finished, tmp_path / "run", range(15), monkeypatch) == 15


def test_a_journal_keeps_what_it_refuses_to_read(tmp_path):
    """Reading never writes: whatever is wrong with a journal can still be looked at."""
    path = tmp_path / "journal.jsonl"
    journal = Journal(path)
    for at_s in range(3):
        journal.append(
            kind="note", key="k", seat="s", choice="", arguments={}, at_s=at_s, charged_s=0, reason="", view=""
        )
    raw = path.read_bytes().replace(b'"at_s":1', b'"at_s":7')
    path.write_bytes(raw)
    with pytest.raises(TabletopError):
        read_journal(path)
    assert raw == path.read_bytes()
