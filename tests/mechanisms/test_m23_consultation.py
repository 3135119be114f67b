"""M23: a joint consultation; who was missing, and what those present judge together by all that they hold."""

from statistics import fmean

from sim.assess.consultations import consultations
from sim.play.session import Session
from sim.show.names import Names
from sim.show.report_counsel import counsel_tables
from tests.mechanisms.paired import SEEDS, falls
from tests.play.made import changed, short


def with_officers(exercise, number):
    """Return an exercise whose bureaus, the hospital and the weather bureau have so many duty officers."""

    def staff(data):
        for one in data["organizations"]:
            if one["id"] in ("weather", "environment", "enterprise", "hospital"):
                one["officers"] = number

    return changed(exercise, staff, kind="county")


def asking(exercise):
    """Return an exercise in which the command post also calls those with small desks to its consultation."""

    def invite(data):
        for task in data["tasks"]:
            for order in task["orders"]:
                if order["do"] == "consult":
                    order["to"] = ["emergency", "police", "environment", "hospital", "enterprise", "weather"]

    return changed(exercise, invite, kind="plan")


def missing(exercise, seed, **overrides):
    """Return the share of those who were called and missing; all of them where none could be held."""
    events = Session(exercise, seed=seed, overrides=overrides).finish().events
    held = [1 - one.attendance for one in consultations(events) if one.held_s is not None]
    return fmean(held) if held else 1.0


@SEEDS
def test_who_cannot_be_reached_is_missing(seeds):
    """Where nobody answers the phone more often, fewer come."""
    exercise = asking(short())
    often, seldom = ([missing(exercise, s, **{"desk.unanswered_factor": f}) for s in range(seeds)] for f in (4, 0))
    falls(often, seldom)


def test_the_report_shows_who_was_missing_and_the_grade_judged_together():
    record = Session(short(), seed=1).finish()
    (held,) = [one for one in consultations(record.events) if one.held_s is not None]
    assert held.grade is not None
    table = counsel_tables(record, Names(record.exercise, "en"))[0]
    row = table["rows"][0]
    assert f"grade {held.grade}" in row
    assert len(row) == len(table["heads"])
    for one in held.missing:
        assert Names(record.exercise, "en").thing(one) in row[2]
