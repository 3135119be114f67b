from __future__ import annotations

import copy
import dataclasses
import re
from collections import Counter
from html.parser import HTMLParser
from typing import Any

import pytest

from sim.record.folder import RunRecord
from sim.show import figures, report
from sim.show.report import report_html
from sim.spec.base import Text

PAYLOADS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "{{ 7 * 7 }}",
    "</style><b>",
)
PIXEL = {name: b"x" for name in report.FIGURES if name != "regrets"}
"""The figures of a run of which no what-if was made."""


class Page(HTMLParser):
    """Counts elements and keeps attributes and text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.attributes: list[tuple[str, str, str]] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def without_style(text: str) -> str:
    return re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL)


@pytest.fixture(scope="module")
def pages(run: RunRecord, card: dict[str, Any], yardsticks: dict[str, Any]) -> dict[str, str]:
    return {
        "zh": report_html(run, card, yardsticks, "zh"),
        "en": report_html(run, card, yardsticks, "en", PIXEL),  # figures in both languages have tests of their own
    }


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_report_is_one_file_that_asks_for_nothing(pages: dict[str, str], lang: str) -> None:
    page = Page(pages[lang])
    assert page.tags["img"] == len(PIXEL)
    assert not page.tags.keys() & {"script", "link", "iframe", "object", "a", "form", "base"}
    for tag, name, value in page.attributes:
        if name in ("src", "href"):
            assert value.startswith("data:image/"), (tag, name)
        assert not name.startswith("on")
    policy = [value for tag, name, value in page.attributes if tag == "meta" and name == "content"]
    assert "default-src 'none'; img-src data:; style-src 'unsafe-inline'" in policy
    plain = re.sub(r'src="data:[^"]*"', "", pages[lang])
    assert "http" not in plain.replace("http-equiv", "")
    assert "url(" not in plain
    assert len(pages[lang].encode()) < 2_500_000


def test_both_languages_have_all_sections(pages: dict[str, str]) -> None:
    zh, en = Page(pages["zh"]), Page(pages["en"])
    assert zh.tags == en.tags
    assert zh.tags["h2"] == 23
    assert "【演练】" in pages["zh"]
    assert "EXERCISE" in pages["en"]
    assert not re.search("[\u3001-\u301c\u4e00-\u9fff\uff01-\uffee]", without_style(pages["en"]))
    english = [
        text for text in Page(without_style(pages["zh"])).words if re.search("[A-Za-z]{2,}[ ,;]+[a-z]{2,}", text)
    ]
    assert [] == english


def test_the_same_input_gives_the_same_bytes(
    run: RunRecord, card: dict[str, Any], yardsticks: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "drawn", lambda *_: PIXEL)
    again = report_html(run, copy.deepcopy(card), copy.deepcopy(yardsticks), "en")
    assert again == report_html(run, card, yardsticks, "en")


def test_a_run_in_which_nothing_was_done(idle_run: RunRecord, idle_card: dict[str, Any]) -> None:
    page = Page(report_html(idle_run, idle_card, None, "zh", figures.drawn(idle_run, "zh", idle_card, 30)))
    assert page.tags["img"] == len(PIXEL)
    assert "限时内未作答" in page.words
    assert any("一票限分" in text for text in page.words)


def test_every_milestone_missed_and_nothing_to_compare_with(
    run: RunRecord, card: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "drawn", lambda *_: PIXEL)
    bare = copy.deepcopy(card)
    for row in bare["milestones"]:
        row.update(at_s=None, late_s=None, censored=True, points=0.0, limit_s=row["limit_s"] or 900)
    bare.update(gaps=[], decisions=[], vetoes=[], objectives=[{"id": "duty-loop", "rating": None}])
    bare["harm"] = {**card["harm"], "none": None, "perfect": None, "outcome": None}
    bare["harm"]["parts"] = {**card["harm"]["parts"], "none": None, "perfect": None}
    for name in figures.FROM_SCORE:
        assert figures.figure_svg(run, name, "en", bare).startswith(b"<svg")
    page = Page(report_html(run, bare, None, "en"))
    assert page.words.count("never") == len(bare["milestones"])
    assert "No coordination gap was found." in page.words
    assert "No seat was asked anything in this run." in page.words


def hostile(run: RunRecord, payload: str) -> RunRecord:
    """Return the run with a payload in every text that somebody else may have written."""
    text = Text(zh=payload, en=payload)
    exercise = run.exercise
    scenario = exercise.scenario.model_copy(
        update={
            "name": text,
            "summary": text,
            "objectives": tuple(one.model_copy(update={"text": text}) for one in exercise.scenario.objectives),
            "injects": tuple(
                one.model_copy(update={"text": text, "expected": text}) for one in exercise.scenario.injects
            ),
            "pause_points": tuple(
                point.model_copy(
                    update={
                        "question": text,
                        "options": tuple(option.model_copy(update={"text": text}) for option in point.options),
                    }
                )
                for point in exercise.scenario.pause_points
            ),
        }
    )
    county = exercise.county.model_copy(
        update={
            "name": text,
            "organizations": tuple(one.model_copy(update={"name": text}) for one in exercise.county.organizations),
            "places": tuple(one.model_copy(update={"name": text}) for one in exercise.county.places),
        }
    )
    plan = exercise.plan.model_copy(
        update={"name": text, "facts": tuple(one.model_copy(update={"name": text}) for one in exercise.plan.facts)}
    )
    rubric = exercise.rubric.model_copy(
        update={
            "milestones": tuple(one.model_copy(update={"name": text}) for one in exercise.rubric.milestones),
            "dimensions": tuple(one.model_copy(update={"name": text}) for one in exercise.rubric.dimensions),
        }
    )
    meta = {**run.meta, "policy": payload, "overrides": {payload: payload}, "versions": {payload: payload}}
    changed = dataclasses.replace(exercise, scenario=scenario, county=county, plan=plan, rubric=rubric)
    return dataclasses.replace(run, exercise=changed, meta=meta)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_others_wrote_comes_out_as_text(
    run: RunRecord, card: dict[str, Any], payload: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "drawn", lambda *_: PIXEL)
    bad = copy.deepcopy(card)
    for decision in bad["decisions"]:
        decision["reason"] = payload
    for gap in bad["gaps"]:
        gap["evidence"] = {"zh": payload, "en": payload}
    for row in bad["milestones"]:
        row["source"] = {"zh": payload, "en": payload}
    clean = Page(report_html(run, card, None, "en"))
    page = Page(report_html(hostile(run, payload), bad, None, "en"))
    assert page.tags == clean.tags
    assert sum(payload in text for text in page.words) > 100
    assert not any(name.startswith("on") for _, name, _ in page.attributes)


@pytest.mark.parametrize("name", ["timeline", "knowledge", "dimensions"])
def test_a_hostile_name_is_drawn_as_it_stands(run: RunRecord, card: dict[str, Any], name: str) -> None:
    svg = figures.figure_svg(hostile(run, "$<b>&\\frac$"), name, "en", card)
    assert b"<b>" not in svg
    assert svg.endswith(b"</svg>")
