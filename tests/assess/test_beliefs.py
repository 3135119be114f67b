from __future__ import annotations

import pytest

from sim.assess.beliefs import Episode, cell, episodes, table
from sim.play.session import Session
from sim.record.folder import RunRecord
from sim.show.names import SEATS
from sim.spec.base import FactValue
from sim.spec.plan import FactKind


@pytest.fixture(scope="module")
def run() -> RunRecord:
    return Session("chlorine-leak", seed=1, policy="plan").finish()


@pytest.fixture(scope="module")
def idle_run() -> RunRecord:
    return Session("chlorine-leak", seed=1, policy="none").finish()


SIZE = FactKind.model_validate(
    {"key": "leak/size", "name": {"zh": "规模", "en": "size"}, "need_to_know": ("duty",), "within": "10min"}
)
LARGE = Episode("leak/size", "large", 1000, 5000, SIZE)


@pytest.mark.parametrize(
    ("held", "known_s", "delay_s", "false_s", "state"),
    [
        ([(1300, "large")], 1300, 300, 0, "in_time"),
        ([(400, "large")], 400, 0, 0, "in_time"),
        ([(400, "small"), (1500, "large")], 1500, 500, 500, "in_time"),
        ([(1100, "small"), (2000, "large")], 2000, 1000, 900, "late"),
        ([(1100, "small"), (4000, "large")], 4000, 3000, 2900, "very_late"),
        ([(1200, "large"), (1500, "small"), (1800, "large")], 1200, 200, 300, "in_time"),
        ([(1200, "small")], None, 0, 3800, "never"),
        ([(5500, "large")], None, 0, 0, "never"),
        ([], None, 0, 0, "never"),
    ],
)
def test_a_cell_says_when_it_was_known_and_how_long_it_was_wrong(
    held: list[tuple[int, FactValue]], known_s: int | None, delay_s: int, false_s: int, state: str
) -> None:
    assert cell(LARGE, "duty", held, 5000) == (True, known_s, delay_s, false_s, state)


def test_who_need_not_know_is_never_late() -> None:
    assert cell(LARGE, "police", [], 5000).state == "blank"
    assert cell(LARGE, "police", [(4900, "large")], 5000).state == "optional"


def test_a_fact_that_became_true_just_before_the_end_is_still_open() -> None:
    assert cell(LARGE._replace(start_s=4700), "duty", [], 5000).state == "open"


def test_numbers_of_hurt_count_as_known_whatever_the_figure() -> None:
    hurt = Episode("school/hurt", True, 100, 900, SIZE)
    assert cell(hurt, "duty", [(300, 0), (400, 7), (500, 9)], 900)[1:4] == (400, 300, 0)


def test_the_enterprise_misleads_the_county(run: RunRecord) -> None:
    rows = {(row.key, row.value): cells for row, cells in table(run, SEATS)}
    assert rows["leak/size", "large"]["duty"].false_s > 0
    assert list(rows["leak/size", "large"]) == list(SEATS)


def test_rows_are_what_became_true_and_somebody_needs_to_know(idle_run: RunRecord) -> None:
    rows = episodes(idle_run)
    assert rows
    assert all(row.value is not False and row.kind.need_to_know and row.end_s > row.start_s for row in rows)
    assert not any(row.key.startswith("school-road/") for row in rows)
