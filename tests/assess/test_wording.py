"""Words for what is read in the score card."""

import re
from pathlib import Path

import sim
from sim.assess.wording import KINDS

ACTORS = Path(sim.__file__).parent / "actors"


def test_whatever_tasks_wait_for_has_its_words():
    written = {what for path in ACTORS.rglob("*.py") for what in re.findall(r'what="([^"]+)"', path.read_text())}
    assert {"road", "unit"} <= written <= set(KINDS)
