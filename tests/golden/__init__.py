"""Golden records: one run of each bundled scenario, event by event. Regenerate with ``python -m tests.golden``.

Each line is an event in short: when, what kind, who, about what, and a digest of the whole event.
"""

from pathlib import Path

from sim.canon import digest
from sim.play.session import Session

SEED = 7
FOLDER = Path(__file__).parent


def golden_path(scenario):
    return FOLDER / f"{scenario}.txt"


def short(event):
    return f"{event.at_s} {event.kind} {event.actor} {event.subject} {digest(event.line())[:12]}"


def run_golden(scenario):
    """Return the events of the golden run."""
    return Session(scenario, seed=SEED, policy="plan", audit=True).finish().events


def golden_text(scenario):
    return "".join(f"{short(event)}\n" for event in run_golden(scenario))
