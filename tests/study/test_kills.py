"""A sweep whose parent or workers are killed again and again ends with the table of one that was left alone."""

import random
import sys

import pytest

from sim.play import many
from sim.study import running
from sim.study.sweep import sweep
from tests.study.kill_harness import JOBS, begin, is_alive, kill, wait_for, workers
from tests.study.models import notes_its_start
from tests.study.test_factors import HEAD, read

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks for workers in /proc")
VALUES = [number / 20 for number in range(21)]


def tables(out):
    return [(out / name).read_bytes() for name in ("table.csv", "summary.csv", "worth.csv")]


@pytest.mark.slow
@pytest.mark.parametrize("kills", [2, 20])
def test_a_table_is_the_same_after_kills_of_parent_and_workers(tmp_path, monkeypatch, kills):
    starts = tmp_path / "starts"
    monkeypatch.setenv("TABLETOP_TEST_STARTS", str(starts))
    plan = read(
        tmp_path, HEAD.replace("replications: 2", "replications: 20") + f"parameters: {{plan.follow: {VALUES}}}\n"
    )
    out, luck, count = tmp_path / "out", random.Random(kills), len(plan.tasks)
    moments = sorted(luck.sample(range(1, count - 20), kills))  # in starts of runs
    victims = ["parent", "worker"] * kills

    def started():
        return len(starts.read_text().splitlines()) if starts.is_file() else 0

    sweeping = begin(tmp_path / "sweep.yaml", out, "notes_its_start")
    for moment, victim in zip(moments, victims, strict=False):
        wait_for(lambda moment=moment: started() >= moment)
        wait_for(lambda parent=sweeping.pid: workers(parent))
        own = workers(sweeping.pid)
        if victim == "worker":
            kill(luck.choice(own))
            continue
        kill(sweeping.pid)
        sweeping.wait()
        wait_for(lambda own=own: not any(map(is_alive, own)))  # nobody works on for nobody
        sweeping = begin(tmp_path / "sweep.yaml", out, "notes_its_start")
    assert sweeping.wait() == 0
    assert count <= started() <= count + kills * 3 * JOBS  # only what was under way is run again
    sweep(plan, out, model=notes_its_start)  # a run that met two kills counts as failed, and is tried again
    sweep(plan, tmp_path / "quiet", model=notes_its_start)
    assert tables(out) == tables(tmp_path / "quiet")


@pytest.mark.slow
def test_runs_of_a_killed_sweep_count_and_the_others_follow(tmp_path, monkeypatch):
    text = HEAD.replace("chlorine-leak", "rumor-panic") + "parameters: {plan.follow: [0.5, 1]}\n"
    plan, log = read(tmp_path, text), tmp_path / "out" / "results.sqlite-wal"
    sweeping = begin(tmp_path / "sweep.yaml", tmp_path / "out")
    empty = 3 * 4096 + 1024  # the log when the table has been made
    wait_for(lambda: log.is_file() and log.stat().st_size > empty)
    kill(sweeping.pid)
    sweeping.wait()
    again = []

    def run_many(tasks, *args, **named):
        again.extend(tasks)
        yield from many.run_many(tasks, *args, **named)

    monkeypatch.setattr(running, "run_many", run_many)
    sweep(plan, tmp_path / "out")
    assert len(again) < len(plan.tasks)
    sweep(plan, tmp_path / "quiet")
    assert tables(tmp_path / "out") == tables(tmp_path / "quiet")
