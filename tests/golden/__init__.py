"""Golden records: one run of each bundled scenario, event by event. Regenerate with ``python -m tests.golden``."""

from pathlib import Path

from sim.play.session import Session
from sim.record.events import to_lines

SEED = 7
FOLDER = Path(__file__).parent


def golden_path(scenario):
    return FOLDER / f"{scenario}.jsonl"


def run_golden(scenario):
    return to_lines(Session(scenario, seed=SEED, policy="plan", audit=True).finish().events)
