"""Records made by hand: a few events between the start and the end of the bundled exercise."""

from sim.record.events import Event
from sim.record.folder import RunRecord
from tests.engine.worlds import HOUR, whole_exercise

END_S = 6 * HOUR
NOTHING = {"expected_deaths_micro": 0, "rumor_left_person_s": 0, "closure_s": 0, "calls": 0}


def made(*rows, totals=(), end_s=END_S):
    """Return a record of rows (at_s, kind, actor, subject, data), put in the order of time."""
    known = [(0, "run.started", "", "chlorine-leak", {}), *sorted(rows, key=lambda row: row[0])]
    known.append((end_s, "run.ended", "", "chlorine-leak", {**NOTHING, **dict(totals)}))
    events = [
        Event(seq, at_s, kind, actor, subject, None if seq == 0 else 0, (), data)
        for seq, (at_s, kind, actor, subject, data) in enumerate(known)
    ]
    return RunRecord(whole_exercise(), {}, events, [])


def true(at_s, key, value=True):
    return at_s, "truth.changed", "", key, {"value": value}


def learned(at_s, actor, key, value=True):
    data = {"value": value, "result": "new", "as_of_s": at_s, "source": actor, "verified": True}
    return at_s, "fact.learned", actor, key, data
