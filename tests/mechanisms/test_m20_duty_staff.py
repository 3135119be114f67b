"""M20: long shifts without meals make duty staff mishear more and think longer, and cost points of resources."""

import pytest

from sim.assess.score import score
from sim.play.session import Session
from tests.mechanisms.paired import moves
from tests.play.made import short


def figures(seed, **staff):
    record = Session(short(), seed=seed, overrides={f"staff.{name}": value for name, value in staff.items()}).finish()
    misheard = sum(len(event.data.get("garbled", ())) for event in record.events if event.kind == "message.delivered")
    charged_s = sum(event.data["charged_s"] for event in record.events if event.kind == "question.answered")
    points = next(row["points"] for row in score(record)["dimensions"] if row["id"] == "resources")
    return misheard, charged_s, points


@pytest.mark.parametrize("seeds", [pytest.param(6, marks=pytest.mark.loop), pytest.param(30, marks=pytest.mark.loop)])
def test_the_longer_the_shift_the_more_mistakes_and_the_slower(seeds):
    rested = [figures(seed) for seed in range(seeds)]
    tired = [figures(seed, shift=24) for seed in range(seeds)]
    hungry = [figures(seed, shift=24, meals="off") for seed in range(seeds)]
    for before, after in ((rested, tired), (tired, hungry)):
        moves([b[1] - a[1] for a, b in zip(before, after, strict=True)], down=False)
    moves([b[0] - a[0] for a, b in zip(rested, tired, strict=True)], down=False)
    moves([b[2] - a[2] for a, b in zip(rested, tired, strict=True)], down=True)
