"""M60: a county with few means loses more, and runs out of supplies for longer, than one with many."""

import pytest

from sim.assess.loss import loss_parts, total_loss
from sim.assess.supplies import summary
from tests.mechanisms.supplied import early, moves_up, played
from tests.play.made import changed


@pytest.mark.parametrize("seeds", [pytest.param(6, marks=pytest.mark.loop), pytest.param(30, marks=pytest.mark.loop)])
def test_few_means_cost_more_and_run_out(seeds):
    leak = early("chlorine-leak", 240)
    few, many = (changed(leak, lambda data, level=level: data.update(resources=level)) for level in ("low", "high"))
    records = {level: [played(one, seed) for seed in range(seeds)] for level, one in (("few", few), ("many", many))}
    losses = {
        level: [total_loss(loss_parts(one, leak.rubric.loss)) for one in found] for level, found in records.items()
    }
    late = {level: [summary(one)["delivery_min"] or 0.0 for one in found] for level, found in records.items()}
    moves_up(losses["many"], losses["few"])
    moves_up(late["many"], late["few"])
