"""The same inputs give the same bytes: in any process, locale, time zone and Python."""

import os
import subprocess
import sys

import pytest

from sim.record.events import to_lines
from sim.spec.load import bundled
from tests.golden import golden_path, run_golden, short

DIGEST = "from sim.play.session import Session; print(Session('chlorine-leak', seed=11).finish().digest)"
SURROUNDINGS = [
    {"PYTHONHASHSEED": str(seed), "TZ": zone, "LC_ALL": locale}
    for seed, (zone, locale) in enumerate(
        [
            ("Asia/Shanghai", "C"),
            ("America/St_Johns", "C.UTF-8"),
            ("UTC", "tr_TR.UTF-8"),
            ("Pacific/Apia", "zh_CN.UTF-8"),
            ("Europe/Berlin", "de_DE.UTF-8"),
        ]
        * 2
    )
]


@pytest.mark.parametrize("count", [2, pytest.param(10, marks=pytest.mark.slow)])
def test_fresh_processes_give_one_digest(tmp_path, count):
    running = []
    digests = []
    for number, surrounding in enumerate(SURROUNDINGS[:count]):
        arguments = [sys.executable, *(["-O"] if number % 2 else []), "-c", DIGEST]
        process = subprocess.Popen(
            arguments, env={**os.environ, **surrounding}, cwd=tmp_path, stdout=subprocess.PIPE, text=True
        )
        running.append(process)
        if len(running) == 2:
            digests += [one.communicate()[0] for one in running]
            running = []
    assert [digests[0]] * count == digests
    assert len(digests[0].strip()) == 64


@pytest.mark.parametrize("scenario", bundled("scenario"))
def test_every_scenario_runs_as_its_golden_record(scenario):
    assert golden_path(scenario).exists(), "make it with: python -m tests.golden"
    expected = golden_path(scenario).read_text(encoding="utf-8").splitlines()
    actual = run_golden(scenario)
    first = next((i for i, (a, b) in enumerate(zip(expected, actual, strict=False)) if a != short(b)), None)
    assert first is None, f"event {first}:\n  golden {expected[first]}\n  now    {actual[first].line()}"
    assert len(expected) == len(actual)


def test_no_golden_record_is_left_over():
    names = sorted(path.stem for path in golden_path("x").parent.glob("*.txt"))
    assert bundled("scenario") == names


def test_another_seed_gives_another_run(straight, exercise):
    from sim.play.session import Session

    assert to_lines(straight.events) != to_lines(Session(exercise, seed=4).finish().events)
