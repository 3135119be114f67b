"""Figures of messages, gaps, units and profile: what they count is what the record holds, and texts lie apart."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from matplotlib.text import Text

from sim.assess.resources import resources
from sim.assess.responses import PARTS
from sim.assess.traffic import lives
from sim.record.folder import RunRecord
from sim.show import answer_times, flow, fonts, matrix, radar, regrets, style, tracks, usage
from sim.show.names import Names

DRAW = {
    "flow": lambda run, _, names: flow.flow(run, names),
    "matrix": lambda _, card, names: matrix.matrix(card, names),
    "radar": lambda _, card, names: radar.radar(card, names),
    "answer_times": lambda _, card, names: answer_times.answer_times(card, names),
    "regrets": lambda _, card, names: regrets.regrets(with_regrets(card), names),
    "usage": lambda run, _, names: usage.usage(run, names),
}


def with_regrets(card: dict[str, Any]) -> dict[str, Any]:
    """Return a card on whose decisions what-ifs were made: the n-th cost n, the first was made only once."""
    rows = []
    for number, row in enumerate(card["decisions"]):
        half = None if number == 0 else 0.5
        spread = {"mean": number, "low": half and number - half, "high": half and number + half}
        rows.append({**row, "regret": {"hindsight": spread, "expert": spread, "reaction": "under"}})
    return {**card, "decisions": rows}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", sorted(DRAW))
def test_no_two_texts_overlap_and_none_leaves_the_page(
    run: RunRecord, card: dict[str, Any], name: str, lang: str
) -> None:
    with style.look():
        figure = DRAW[name](run, card, Names(run.exercise, lang))
        fonts.check_glyphs(figure)
        figure.draw_without_rendering()
        boxes = [(one.get_text(), one.get_window_extent()) for one in figure.findobj(Text) if one.get_text().strip()]
    assert len(boxes) > 8
    page = figure.bbox
    assert not [text for text, box in boxes if box.x0 < page.x0 or box.x1 > page.x1 or box.y0 < 0 or box.y1 > page.y1]
    assert not [
        (text, other)
        for number, (text, box) in enumerate(boxes)
        for other, second in boxes[:number]
        if min(box.x1, second.x1) - max(box.x0, second.x0) > 1 and min(box.y1, second.y1) - max(box.y0, second.y0) > 3
    ]


def test_every_message_of_a_link_is_in_one_dot(run: RunRecord) -> None:
    links: dict[tuple[str, str], list[Any]] = {}
    for life in lives(run):
        links.setdefault((life.sender, life.to), []).append(life)
    for found in links.values():
        dots = flow.dots(found, run.events[-1].at_s)
        assert sum(dot.messages for dot in dots) == len(found)
        assert max(Counter(dot.bin for dot in dots).values()) == 1


def test_the_cells_of_the_matrix_hold_all_gaps(card: dict[str, Any]) -> None:
    found = matrix.cells(card)
    assert sum(count for _, count in found.values()) == len(card["gaps"])
    assert sum(spent for spent, _ in found.values()) == pytest.approx(sum(gap["minutes"] for gap in card["gaps"]))


def test_a_run_without_gaps_says_so(run: RunRecord, card: dict[str, Any]) -> None:
    with style.look():
        figure = matrix.matrix({**card, "gaps": []}, Names(run.exercise, "en"))
    assert any("No coordination gap" in one.get_text() for one in figure.findobj(Text))


def test_competencies_stand_beside_dimensions_where_the_card_has_them(run: RunRecord, card: dict[str, Any]) -> None:
    rows = [{"id": name, "points": 75.0} for name in ("warning", "decision", "coordination")]
    with style.look():
        figure = radar.radar({**card, "competencies": rows}, Names(run.exercise, "zh"))
    written = {one.get_text() for one in figure.findobj(Text)}
    assert {"预警  75%", "决策  75%"} <= written


def test_every_kind_of_unit_that_did_something_has_a_bar(run: RunRecord) -> None:
    used = [row for row in resources(run)["kinds"] if any(row["minutes"].get(status) for status in usage.USED)]
    with style.look():
        figure = usage.usage(run, Names(run.exercise, "en"))
    bars = [one for one in figure.findobj(Text) if " % ·" in one.get_text()]
    assert len(bars) == len(used)
    assert set(usage.LOOKS) == set(usage.USED) | {"idle", "absent"}


def test_parts_of_a_response_fill_its_bar(run: RunRecord, card: dict[str, Any]) -> None:
    assert set(answer_times.COLORS) == set(PARTS)
    with style.look():
        figure = answer_times.answer_times(card, Names(run.exercise, "en"))
    bars = [one for one in figure.findobj(Text) if one.get_text().endswith(" min")]
    assert len(bars) == min(answer_times.MOST, len(card["responses"]))


def test_the_critical_path_is_a_chain_of_causes(run: RunRecord, card: dict[str, Any], idle_run: RunRecord) -> None:
    path = tracks.critical_path(run, card["milestones"])
    assert path.milestone == "under_control"
    assert all(after.cause == before.seq for before, after in zip(path.events, path.events[1:], strict=False))
    assert path.events[-1].kind == "hazard.stopped"
    assert tracks.critical_path(idle_run, []) == tracks.Path("", ())


def test_regrets_stand_where_their_amount_is_and_only_those_that_were_measured(
    run: RunRecord, card: dict[str, Any]
) -> None:
    measured = with_regrets(card)
    measured["decisions"][1]["regret"] = None
    with style.look():
        (page,) = regrets.regrets(measured, Names(run.exercise, "en")).axes
    marks = [line.get_xdata()[0] for line in page.lines if line.get_marker() in "oD"][2:]  # without those of the key
    amounts = [row["regret"]["hindsight"]["mean"] for row in regrets.measured(measured) for _ in range(2)]
    assert len(measured["decisions"]) - 1 == len(amounts) / 2
    inches = (marks[-1] - marks[0]) / (amounts[-1] - amounts[0])
    assert inches > 0
    assert marks == pytest.approx([marks[0] + inches * (amount - amounts[0]) for amount in amounts])
    with style.look():
        empty = regrets.regrets(card, Names(run.exercise, "zh"))
    assert any("尚未" in one.get_text() for one in empty.findobj(Text))
