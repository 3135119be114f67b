"""Simulator for emergency tabletop exercises.

The flow is one line: ``load`` a scenario, play a ``Session``, get a ``RunRecord``, ``score`` it, ``report`` it.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.assess.score import score
    from sim.play.references import references
    from sim.play.seats import Seat, Watcher
    from sim.play.session import Session
    from sim.play.trainer import Trainer
    from sim.record.folder import RunRecord
    from sim.record.view import view
    from sim.show.report import report_html as report
    from sim.spec.load import load
    from sim.spec.trace import read_trace
    from sim.study.dispatch import Call, dispatch
    from sim.study.frames import outcomes, sweep
    from sim.study.whatif import whatif

__all__ = [
    "Call",
    "RunRecord",
    "Seat",
    "Session",
    "Trainer",
    "Watcher",
    "dispatch",
    "load",
    "outcomes",
    "read_trace",
    "references",
    "report",
    "score",
    "sweep",
    "view",
    "whatif",
]

_HOME = {
    "Call": ("sim.study.dispatch", "Call"),
    "RunRecord": ("sim.record.folder", "RunRecord"),
    "Seat": ("sim.play.seats", "Seat"),
    "Session": ("sim.play.session", "Session"),
    "Trainer": ("sim.play.trainer", "Trainer"),
    "Watcher": ("sim.play.seats", "Watcher"),
    "dispatch": ("sim.study.dispatch", "dispatch"),
    "load": ("sim.spec.load", "load"),
    "outcomes": ("sim.study.frames", "outcomes"),
    "read_trace": ("sim.spec.trace", "read_trace"),
    "references": ("sim.play.references", "references"),
    "report": ("sim.show.report", "report_html"),
    "score": ("sim.assess.score", "score"),
    "sweep": ("sim.study.frames", "sweep"),
    "view": ("sim.record.view", "view"),
    "whatif": ("sim.study.whatif", "whatif"),
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used: simulation and figures are heavy, scoring alone is not."""
    if name not in _HOME:
        raise AttributeError(f"module 'sim' has no attribute {name!r}")
    module, attribute = _HOME[name]
    return getattr(importlib.import_module(module), attribute)


def __dir__() -> list[str]:
    return __all__
