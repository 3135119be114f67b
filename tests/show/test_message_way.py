"""The way of one fact: every organization, every message and every failed attempt is in the picture, and fits."""

from __future__ import annotations

from collections import Counter

import pytest
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch
from matplotlib.text import Text as FigureText

from sim.assess.bottlenecks import REASONS
from sim.assess.fact_way import ways
from sim.play.session import Session
from sim.record.folder import RunRecord
from sim.show import fonts, style
from sim.show.message_way import message_way
from sim.show.message_way_head import badge, caption, wrapped
from sim.show.names import SEATS, Names
from sim.show.report_information import bottleneck_rows
from tests.assess.made import learned, made, true

LANGUAGES = ("zh", "en")
LEAK = [{"fact": "incident/exists", "value": True}]


@pytest.fixture(scope="module")
def outage() -> RunRecord:
    return Session("chlorine-leak", seed=5, policy="plan", overrides={"comms.profile": "three_outage"}).finish()


def drawn(record: RunRecord, rank: int, lang: str) -> Figure:
    with style.look():
        figure = message_way(record, Names(record.exercise, lang), rank)
        fonts.check_glyphs(figure)
        figure.draw_without_rendering()
    return figure


def texts(figure: Figure) -> list[FigureText]:
    return [one for one in figure.findobj(FigureText) if one.get_visible() and one.get_text().strip()]


def message(ident: str, sender: str, to: str, *steps: tuple[int, str, dict[str, object]]) -> list[tuple[object, ...]]:
    first = (steps[0][0], "composed", {"to": to, "kind": "report", "facts": LEAK})
    return [
        (at_s, f"message.{kind}", to if kind in ("delivered", "read") else sender, ident, data)
        for at_s, kind, data in (first, *steps[1:])
    ]


def on(attempt: int, **more: object) -> dict[str, object]:
    return {"channel": "phone", "attempt": attempt, **more}


@pytest.fixture(scope="module")
def by_hand() -> RunRecord:
    lost = [(900 + 90 * n, "lost", on(1 + n, reason=reason)) for n, reason in enumerate(REASONS)]
    return made(
        true(0, "incident/exists"),
        *message(
            "a", "public", "duty", (300, "", {}), (310, "sent", on(1)), (400, "delivered", on(1)), (400, "read", {})
        ),
        learned(400, "duty", "incident/exists"),
        *message(
            "b",
            "duty",
            "command",
            (460, "", {}),
            (470, "held", {"channel": "chat"}),
            (600, "let_go", {"channel": "chat"}),
            (610, "sent", on(1)),
            (660, "delivered", on(1, garbled={"incident/exists": False})),
            (720, "read", {}),
        ),
        *message("c", "duty", "health", (880, "", {}), *lost, (1300, "switched", on(1)), (1400, "expired", {})),
        (500, "channel.cut", "", "satellite", {}),
        (800, "channel.restored", "", "satellite", {}),
    )


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("rank", [0, 1])
@pytest.mark.parametrize("which", ["run", "outage"])
def test_no_two_texts_overlap_and_none_leaves_the_page(
    request: pytest.FixtureRequest, which: str, rank: int, lang: str
) -> None:
    figure = drawn(request.getfixturevalue(which), rank, lang)
    page = figure.bbox
    boxes = [(one.get_text(), one.get_window_extent()) for one in texts(figure)]
    assert len(boxes) > 20
    assert not [text for text, box in boxes if box.x0 < page.x0 or box.x1 > page.x1 or box.y1 > page.y1]
    assert not [
        (text, other)
        for number, (text, box) in enumerate(boxes)
        for other, second in boxes[:number]
        if min(box.x1, second.x1) - max(box.x0, second.x0) > 1 and min(box.y1, second.y1) - max(box.y0, second.y0) > 3
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_organization_message_loss_and_outage_appears(by_hand: RunRecord, lang: str) -> None:
    names = Names(by_hand.exercise, lang)
    (way,) = ways(by_hand, SEATS, 1)
    figure = drawn(by_hand, 0, lang)
    written = Counter(one.get_text().replace("\n", "" if lang == "zh" else " ") for one in texts(figure))
    assert {"duty", "command", "police", "emergency", "health"} <= set(way.cells)
    for role in way.cells:
        assert 1 == written[names.capital(names.thing(role))]
    for reason in REASONS:
        assert 2 == written[badge(reason, 1, names)], "once in the key, once where it happened"
    assert names.thing("public") in written
    with_satellite = [one.id for one in by_hand.exercise.county.organizations if "satellite" in one.channels]
    expected = names.word("way_without", channels=names.channel("satellite"))
    assert sum(role in with_satellite for role in way.cells) == written[expected] > 2
    flights = [patch for patch in figure.findobj(FancyArrowPatch) if patch.axes is figure.axes[1]]
    assert 2 == len(flights)


def test_failures_that_would_overlap_are_one_mark_with_their_number() -> None:
    lost = [(1000 + 2 * n, "lost", on(1, reason="down")) for n in range(3)]
    record = made(
        true(0, "incident/exists"),
        *message("a", "public", "duty", (300, "", {}), *lost, (4000, "expired", {})),
    )
    names = Names(record.exercise, "en")
    written = [one.get_text() for one in texts(drawn(record, 0, "en"))]
    assert "D×3" == badge("down", 3, names)
    assert 1 == written.count("D×3")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_caption_says_who_was_last_and_why(by_hand: RunRecord, lang: str) -> None:
    (way,) = ways(by_hand, SEATS, 1)
    said = caption(by_hand, way, Names(by_hand.exercise, lang))
    assert "T+0:06" in said
    if lang == "en":
        assert "5 min until somebody reported it" in said
        assert "attempts that failed: 5" in said


def test_a_run_without_news_says_so() -> None:
    assert any("No message" in one.get_text() for one in texts(drawn(made(), 0, "en")))


@pytest.mark.parametrize("text", ["a few words that go over", "一句比较长的话，里面有标点。还有 T+0:25 这样的时刻"])
def test_wrapped_lines_fit_and_lose_nothing(text: str) -> None:
    lines = wrapped(text, 10, 0.9)
    assert len(lines) > 1
    assert text.replace(" ", "") == "".join(lines).replace(" ", "")
    assert all(fonts.width_in(line, 10) <= 0.9 for line in lines)
    assert not any(line.startswith(("，", "。")) for line in lines)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_tables_of_bottlenecks_are_whole_and_their_sum_is_right(outage: RunRecord, lang: str) -> None:
    tables = {table["id"]: table for table in bottleneck_rows(outage, Names(outage.exercise, lang))}
    assert ["spent", "tried", "loads", "outages", "gave_up"] == list(tables)
    for table in tables.values():
        assert table["rows"], table["id"]
        assert {len(table["heads"])} == {len(row) for row in table["rows"]}
    *parts, total = [float(row[-1].split()[0]) for row in tables["spent"]["rows"]]
    assert total == pytest.approx(sum(parts), abs=0.05 * len(parts) + 0.05)
    lost = sum(event.kind == "message.lost" for event in outage.events)
    assert lost == sum(int(row[2]) for row in tables["tried"]["rows"])
    expired = sum(event.kind == "message.expired" for event in outage.events)
    assert expired == sum(int(row[-1]) for row in tables["gave_up"]["rows"])
