"""The section on how the work was done: what a made record holds stands in its rows, in both languages."""

import pytest

from sim.assess.aftermath import WORKS
from sim.show.names import Names
from sim.show.report_working import working
from tests.assess.made import made

MINUTE = 60


def rows_of(found, title):
    return {label: value for name, rows in found["measures"] if name == title for label, value, _ in rows}


def table_of(found, ident):
    return next(table for table in found["tables"] if table["id"] == ident)


def danger(at_s, place):
    return at_s, "truth.changed", "", f"{place}/danger", {"value": True}


def test_a_warning_is_shown_with_its_lead_and_a_false_one_without():
    alarm = {"fact": "liuwan/danger", "value": True}
    record = made(
        (600, "monitor.alarmed", "", "sensor", {**alarm, "false": False}),
        (900, "monitor.alarmed", "", "sensor", {"fact": "river/polluted", "value": True, "false": True}),
        danger(1200, "shiqiao"),
        danger(1800, "liuwan"),
    )
    found = working(record, Names(record.exercise, "en"))
    leads = [row[-1] for row in table_of(found, "warned")["rows"]]
    assert leads == ["20", "—"], "from its own place, though another came into danger sooner"
    assert "false alarm" in table_of(found, "warned")["rows"][1][1]


def test_an_order_is_shown_against_the_danger():
    record = made(
        (600, "protect.ordered", "command", "liuwan", {"by": "evacuate", "order": "one"}),
        danger(1800, "liuwan"),
        danger(2400, "shiqiao"),
    )
    rows = {row[0]: row[1:5] for row in table_of(working(record, Names(record.exercise, "en")), "ahead")["rows"]}
    assert rows["Liuwan village"] == ["evacuate", "T+0:10", "T+0:30", "20"]
    assert rows["Shiqiao village"] == ["—", "—", "T+0:40", "—"]


def test_afterwards_is_shown_where_the_hazard_ended():
    over = (600, "truth.changed", "", "incident/over", {"value": True})
    ended = (600 + 7 * MINUTE, "response.ended", "command", "response", {})
    names = Names(made().exercise, "en")
    assert not rows_of(working(made(ended), names), "Afterwards")
    rows = rows_of(working(made(over, ended), names), "Afterwards")
    assert len(rows) == 2 + len(WORKS)
    assert rows["response declared over"] == "7.0 min" and rows["first people home"] == "—"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_who_gives_no_orders_carries_out_less_of_the_plan(run, idle_run, lang):
    names = Names(run.exercise, lang)
    plan, none = (
        {label: value for _, rows in working(record, names)["measures"] for label, value, _ in rows}
        for record in (run, idle_run)
    )
    assert int(plan[names.word("execution")].split()[0]) > int(none[names.word("execution")].split()[0])
    assert (plan[names.word("right_plan")], none[names.word("right_plan")]) == (names.word("yes"), "—")
