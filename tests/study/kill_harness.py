"""A sweep in a process of its own, to be killed: ``python -m tests.study.kill_harness DESIGN OUT MODEL``."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from sim.study.design import read_design
from sim.study.running import How
from sim.study.sweep import sweep
from tests.study import models

JOBS = 2


def begin(design, out, model=""):
    """Start a sweep on two workers; ``model`` names a stand-in for the simulator."""
    command = [sys.executable, "-m", "tests.study.kill_harness", str(design), str(out), model]
    return subprocess.Popen(command, cwd=Path(__file__).parents[2])


def workers(parent):
    """Return the worker processes of a sweep that are alive."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            owner = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            if entry.name.isdecimal() and owner == parent and b"popen_loky" in (entry / "cmdline").read_bytes():
                found.append(int(entry.name))
        except (OSError, IndexError, ValueError):
            continue  # no process, or gone by now
    return sorted(found)


def is_alive(pid):
    """Return whether a process is there and not only waits to be buried."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wait_for(condition, seconds=240):
    """Wait until something is so; raise if it never is."""
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            raise TimeoutError(condition)
        time.sleep(0.005)


def kill(pid):
    """Kill a process that may be gone already."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


if __name__ == "__main__":
    design, out, model = sys.argv[1:]
    stand_in = getattr(models, model) if model else None
    sweep(read_design(Path(design)), Path(out), model=stand_in, how=How(jobs=JOBS))
