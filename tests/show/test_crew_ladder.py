"""The ladder in the report: what was found among simulated crews is told in both languages, if anybody asked."""

from __future__ import annotations

import re
from typing import Any

import pytest

from sim.record.folder import RunRecord
from sim.show.blocks import Heading, Para, Picture, Table
from sim.show.crew_ladder import QUANTITIES, RUNGS, ladder_table, with_ladder
from sim.show.document import evaluation_report
from sim.show.names import Names
from sim.show.report import report_html
from tests.show.test_report import PIXEL, Page

LEAD = {
    "zh": "按总分，本次演练优于 50 个受训班组中的 72% (58%–83%)。",
    "en": "By total score, this run is better than 72% (58%–83%) of 50 trained crews.",
}


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    places = [
        {"rung": rung, "quantity": quantity, "crews": 50, "better_than": 0.9, "low": 0.8, "high": 0.95}
        for rung in RUNGS
        for quantity in QUANTITIES
    ]
    for place in places:
        if (place["rung"], place["quantity"]) == ("trained", "total"):
            place |= {"better_than": 0.72, "low": 0.58, "high": 0.83}
    numbers = dict.fromkeys(QUANTITIES, 3.5)
    crews = [{"rung": rung, "crew": crew, "failed": "", **numbers} for rung in RUNGS for crew in (1, 2)]
    crews.append({"rung": "plan", "crew": 3, "failed": "gone", **dict.fromkeys(QUANTITIES)})
    return {"own": numbers, "places": places, "crews": crews}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_page_and_document_say_where_the_run_stands(
    run: RunRecord, card: dict[str, Any], found: dict[str, Any], lang: str
) -> None:
    page = Page(report_html(run, card, None, lang, PIXEL, found))
    assert page.words.count(LEAD[lang]) == 1
    assert page.tags["img"] == len(PIXEL) + 1
    names = Names(run.exercise, lang)
    bare, told = (evaluation_report(run, card, None, names, crews) for crews in (None, found))
    more = [block for block in told if block not in bare]
    assert [type(block) for block in more] == [Heading, Para, Table, Picture]
    assert LEAD[lang] in more[1].text
    if lang == "en":
        assert not re.search("[\u4e00-\u9fff]", str(more))
    assert with_ladder({}, found, lang).keys() == {"ladder"}
    assert with_ladder({"map": b""}, None, lang) == {"map": b""}


def test_the_table_has_a_row_for_each_rung_and_none_where_nobody_asked(run: RunRecord, found: dict[str, Any]) -> None:
    names = Names(run.exercise, "en")
    assert ladder_table(None, names) is None
    table = ladder_table(found, names)
    assert table is not None
    assert [row[0] for row in table.rows] == [name.en for name in RUNGS.values()]
    assert {len(row) for row in table.rows} == {len(table.heads)}
