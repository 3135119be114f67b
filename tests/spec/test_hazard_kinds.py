"""The kinds of hazard that a county can name are those that a scenario can hold."""

from typing import get_args

from sim.spec.hazards import AnyHazard
from sim.spec.sites import HazardKind


def test_a_county_names_every_kind_that_a_scenario_can_hold():
    kinds = [get_args(one.model_fields["kind"].annotation)[0] for one in get_args(get_args(AnyHazard)[0])]
    assert sorted(kinds) == sorted(get_args(HazardKind))
