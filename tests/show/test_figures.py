from __future__ import annotations

import dataclasses
import hashlib
import os
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

import matplotlib
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text as FigureText

from sim.errors import BadInput, MissingGlyph
from sim.record.folder import RunRecord
from sim.show import charts, figures, fonts, style
from sim.show.knowledge import knowledge
from sim.show.names import SEATS, Names
from sim.show.svg import minified
from sim.show.timeline import timeline
from sim.spec.base import Text

LANGUAGES = ("zh", "en")


def drawn(record: RunRecord, card: Mapping[str, Any], name: str, lang: str) -> Figure:
    names = Names(record.exercise, lang)
    with style.look():
        figure = timeline(record, card["milestones"], names) if name == "timeline" else knowledge(record, names)
        fonts.check_glyphs(figure)
        figure.draw_without_rendering()
    return figure


def texts(figure: Figure) -> list[FigureText]:
    return [one for one in figure.findobj(FigureText) if one.get_visible() and one.get_text().strip()]


def named(record: RunRecord, name: str) -> RunRecord:
    scenario = record.exercise.scenario.model_copy(update={"name": Text(zh=name, en=name)})
    return dataclasses.replace(record, exercise=dataclasses.replace(record.exercise, scenario=scenario))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["timeline", "knowledge"])
def test_no_two_texts_overlap_and_none_leaves_the_page(
    run: RunRecord, card: dict[str, Any], name: str, lang: str
) -> None:
    figure = drawn(run, card, name, lang)
    page = figure.bbox
    boxes = [(one.get_text(), one.get_window_extent()) for one in texts(figure)]
    outside = [text for text, box in boxes if box.x0 < page.x0 or box.x1 > page.x1 or box.y1 > page.y1]
    assert not outside
    overlaps = [
        (text, other)
        for number, (text, box) in enumerate(boxes)
        for other, second in boxes[:number]
        if min(box.x1, second.x1) - max(box.x0, second.x0) > 1 and min(box.y1, second.y1) - max(box.y0, second.y0) > 3
    ]
    assert not overlaps


@pytest.mark.parametrize("name", ["timeline", "knowledge"])
def test_every_organization_has_its_lane(idle_run: RunRecord, idle_card: dict[str, Any], name: str) -> None:
    names = Names(idle_run.exercise, "zh")
    written = {one.get_text().replace("\n", "") for one in texts(drawn(idle_run, idle_card, name, "zh"))}
    assert {names.thing(seat) for seat in SEATS} <= written


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("draw", [charts.loss, charts.dimensions])
def test_charts_of_a_score_without_yardsticks(
    idle_run: RunRecord, idle_card: dict[str, Any], draw: Any, lang: str
) -> None:
    with style.look():
        assert style.to_svg(draw(idle_card, Names(idle_run.exercise, lang))).startswith(b"<svg")


def test_a_record_without_samples_says_so(run: RunRecord) -> None:
    with style.look():
        figure = charts.series(dataclasses.replace(run, series=[]), Names(run.exercise, "en"))
    assert any("no samples" in one.get_text() for one in texts(figure))


def test_figures_leave_settings_alone_and_do_not_import_the_font_package(run: RunRecord, card: dict[str, Any]) -> None:
    before = dict(matplotlib.rcParams)
    matplotlib.rcParams["font.size"] = 31
    try:
        png = figures.figure_png(run, "loss", "zh", 40, card)
        assert matplotlib.rcParams["font.size"] == 31
    finally:
        matplotlib.rcParams["font.size"] = before["font.size"]
    assert dict(matplotlib.rcParams) == before
    assert "zhplot" not in sys.modules
    assert png == figures.figure_png(run, "loss", "zh", 40, card)
    assert png.startswith(b"\x89PNG")


def test_an_unknown_figure_is_refused(run: RunRecord) -> None:
    with pytest.raises(BadInput, match="timeline"):
        figures.figure_png(run, "atlas", "zh")


def test_what_no_font_draws_is_an_error(run: RunRecord, card: dict[str, Any]) -> None:
    with pytest.raises(MissingGlyph, match="\U00013000"):
        drawn(named(run, "\U00013000"), card, "knowledge", "zh")


def test_names_are_never_read_as_formulas(run: RunRecord, card: dict[str, Any]) -> None:
    figure = drawn(named(run, r"$\frac{1}{"), card, "knowledge", "zh")
    assert any(r"$\frac{1}{" in one.get_text() for one in texts(figure))


def test_without_the_package_a_font_of_the_machine_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    class Entry:
        name = "SimHei"

    monkeypatch.setattr(fonts, "packaged_font", lambda: None)
    monkeypatch.setattr(fonts.font_manager.fontManager, "ttflist", [Entry])
    assert fonts.families.__wrapped__() == ("SimHei", fonts.FALLBACK)
    monkeypatch.setattr(fonts.font_manager.fontManager, "ttflist", [])
    assert fonts.families.__wrapped__() == (fonts.FALLBACK,)


def test_no_package_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "find_spec", lambda _: None)
    assert fonts.packaged_font() is None


def test_shortened_texts_fit() -> None:
    long = "同时派警核查、提醒应急和卫健、向企业核实"
    short = fonts.shortened(long, 8, 1.0)
    assert short.endswith("…")
    assert fonts.width_in(short, 8) <= 1.0
    assert fonts.shortened("short", 8, 1.0) == "short"


def test_minified_keeps_what_is_drawn() -> None:
    path = b'<g id="text_1"><path d="M 10.12345 0.12345 L -5.5555 2 "/></g>'
    svg = b"<?xml?><svg><!-- a --> " + path + b'\n<use href="#F-Regular-4e"/></svg>'
    assert minified(svg) == b'<svg><g><path d="M10.12 0.12345L-5.55 2"/></g><use href="#g0-4e"/></svg>'


@pytest.mark.slow
def test_the_same_figure_in_another_process(run: RunRecord, card: dict[str, Any]) -> None:
    code = (
        "import hashlib, sys; from sim.play.session import Session; from sim.show.figures import figure_svg;"
        "record = Session('chlorine-leak', seed=5, policy='plan').finish();"
        "sys.stdout.write(hashlib.sha256(figure_svg(record, 'knowledge', 'en')).hexdigest())"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "77"}
    other = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert other.stdout == hashlib.sha256(figures.figure_svg(run, "knowledge", "en", card)).hexdigest()
