"""A child process that plays by itself and is killed on the way: ``python -m tests.play.kill_harness MODE ...``.

It imports once and forks a child for every kill point, so that hundreds of them cost little more than their runs.
"""

import errno
import json
import os
import pathlib
import resource
import signal
import sys

from sim.errors import TabletopError
from sim.play.runs import session_from
from sim.play.seats import Seat, Watcher
from sim.play.session import Session
from sim.play.trainer import Trainer
from sim.record.journal import read_journal
from tests.play.made import SEATS, short

MINUTES = 45
SEED = 3


def exercise():
    return short(MINUTES)


def nobody(_line):
    """Be told nothing."""


def play(folder, said=nobody):
    """Play to the end, or go on where the journal ends; ``said`` is told what was acknowledged.

    What is given hangs on the journal alone, so an interrupted run is given what an uninterrupted one is.
    """
    if (folder / "run.json").exists():
        session, _ = session_from(folder, replay=False)
    else:
        session = Session(exercise(), seed=SEED, seats=SEATS, folder=folder)
    said("begun")
    for at_s, act in ACTS:
        while (session.now_s < at_s or session.waiting()) and not session.finished:
            if waiting := session.advance(at_s):
                answer(session, waiting, said)
        act(session, at_s, said)
    while waiting := session.advance():
        answer(session, waiting, said)
    record = session.finish()
    said("finished")
    return record


def answer(session, waiting, said):
    for asked in waiting:
        seat = Seat(session, asked.seat)
        if asked.key == "first-call" and session.now_s < asked.opened_s + 60:
            seat.wait(asked.key, 60)
        else:
            seat.answer(asked.key, next(iter(asked.options)), charged_s=60, reason="先疏散")
        said(f"{asked.key} {session.now_s}")


def once(key_kind, who):
    """Give something unless the journal has it: after a kill it may be there though nobody was told so."""

    def wrap(give):
        def act(session, at_s, said):
            stem = f"{who}/{key_kind}/{at_s}"
            if not any(entry.key.partition(".")[0] == stem for entry in session.entries) and session.now_s == at_s:
                give(session)
            said(f"{stem} {at_s}")

        return act

    return wrap


ACTS = [
    (300, once("control", "trainer")(lambda session: Trainer(session).hold("i03-enterprise"))),
    (
        700,
        once("order", "police")(
            lambda session: Seat(session, "police").order(
                {"do": "send", "task": "cordon", "at": "park-gate", "units": ["patrol"]}, charged_s=30
            )
        ),
    ),
    (800, once("note", "evaluator")(lambda session: Watcher(session, "evaluator").note("they wait"))),
    (1000, once("control", "trainer")(lambda session: Trainer(session).release("i03-enterprise"))),
    (1300, once("inject", "trainer")(lambda session: Trainer(session).inject("city", "duty", "how is it"))),
]


class Calls:
    """Counts the calls by which the record reaches the disk, and does something at the n-th."""

    def __init__(self, at, happen, *, after=False):
        self.at, self.happen, self.after, self.count = at, happen, after, 0

    def install(self, put=setattr):
        for name in ("write", "fsync", "open", "ftruncate"):
            put(os, name, self.counted(name, getattr(os, name)))
        put(pathlib.Path, "replace", self.counted("replace", pathlib.Path.replace))
        put(pathlib.Path, "open", self.counted("text", pathlib.Path.open))

    def counted(self, name, real):
        def call(*arguments, **named):
            if name == "text" and "w" not in (*arguments, *named.values()):
                return real(*arguments, **named)
            self.count += 1
            if self.count != self.at:
                return real(*arguments, **named)
            if self.after:
                real(*arguments, **named)
            return self.happen(name, real, arguments)

        return call


def kill(name, real, arguments):
    if name == "write":  # half of it has reached the disk
        handle, data = arguments
        real(handle, data[: len(data) // 2])
    os.kill(os.getpid(), signal.SIGKILL)


def failing(number):
    def fail(name, real, arguments):
        if name == "write":
            handle, data = arguments
            real(handle, data[: len(data) // 2])
        raise OSError(number, os.strerror(number))

    return fail


def child(folder, said, calls):
    """Play in this process until the end or a failure; return the exit code."""
    calls.install()
    try:
        play(folder, said)
    except OSError as error:
        said(f"oserror {errno.errorcode.get(error.errno, '?')} {calls.count}")
        return 3
    except TabletopError as error:
        said(f"refused {type(error).__name__} {error}")
        return 4
    said(f"calls {calls.count}")
    return 0


def fork_and_play(folder, calls):
    """Play in a forked child; return its exit code, or minus the signal that killed it."""
    folder.mkdir(parents=True)
    process = os.fork()
    if not process:
        code = 5
        try:
            log = os.open(folder.with_suffix(".said"), os.O_WRONLY | os.O_CREAT | os.O_APPEND)
            write = os.write
            code = child(folder, lambda line: write(log, (line + "\n").encode()), calls)
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def serve(root, mode, points):
    """Play once for every point, each in a folder and a process of its own, and print how each ended."""
    exercise()
    results = {}
    for point in points:
        number = int(point.partition("-")[0])
        happen = kill if mode == "kill" else failing(getattr(errno, mode))
        results[point] = fork_and_play(root / point, Calls(number, happen, after=point.endswith("after")))
    print(json.dumps(results))


def race(root, rounds):
    """Let two processes go on with one run at the same moment, and print how each round went."""
    results = []
    for number in range(rounds):
        folder = root / f"race-{number}"
        session = Session(exercise(), seed=SEED, seats=SEATS, folder=folder)
        session.advance()
        Watcher(session, "evaluator").note("before")
        session.close()
        go, start = os.pipe()
        told, tell = os.pipe()
        end, finish = os.pipe()
        racers = [run_racer(folder, go, tell, end, (start, finish)) for _ in range(2)]
        os.close(start), os.close(go)
        first = os.read(told, 1) + os.read(told, 1)  # both have tried
        os.close(finish), os.close(end)
        codes = sorted(os.waitstatus_to_exitcode(os.waitpid(one, 0)[1]) for one in racers)
        os.close(told), os.close(tell)
        results.append([codes, len(first), len((folder / "journal.jsonl").read_text().splitlines())])
    print(json.dumps(results))


def run_racer(folder, go, tell, end, not_mine):
    process = os.fork()
    if process:
        return process
    code = 5
    try:
        for handle in not_mine:
            os.close(handle)
        os.read(go, 1)  # ends when the parent closes the other side
        try:
            session, _ = session_from(folder, replay=False)
            Watcher(session, "evaluator").note("mine")
            code = 0
        except TabletopError as error:
            code = error.exit_code
        os.write(tell, b".")
        os.read(end, 1)  # who has the run keeps it until the other has tried
    finally:
        os._exit(code)


def short_of_room(folder):
    """Write to a file that may not grow, then to one that may again; print what happened."""
    session = Session(exercise(), seed=SEED, seats=SEATS, folder=folder)
    session.advance()
    watcher, path = Watcher(session, "evaluator"), folder / "journal.jsonl"
    watcher.note("one")
    size = path.stat().st_size
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 40, hard))
    try:
        watcher.note("two")
    except OSError as error:
        print(errno.errorcode[error.errno], path.stat().st_size == size, len(session.journal))
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    watcher.note("three")
    print(len(read_journal(path)[0]), read_journal(path)[1] == "")


def main(mode, root, *rest):
    if mode == "race":
        race(root, int(rest[0]))
    elif mode == "straight":
        play(root, lambda line: print(line, flush=True))
    elif mode == "room":
        short_of_room(root)
    else:
        serve(root, mode, rest)


if __name__ == "__main__":
    main(sys.argv[1], pathlib.Path(sys.argv[2]), *sys.argv[3:])
