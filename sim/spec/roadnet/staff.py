"""Offices and units of the townships of a made county, each in the pattern of one of the template's."""

from __future__ import annotations

from typing import Any

from sim.rng import Luck
from sim.spec.roadnet.template import Template

OFFICE = "township"
"""Id of the office of the first township outside the county town: the one that plans and rules call so."""


def make_offices(template: Template, seats: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return an office for each township, the county town's first."""
    made = []
    for number, seat in enumerate(seats):
        if not template.offices:
            break
        pattern = template.offices[min(number, len(template.offices) - 1)]
        ident = OFFICE if number == 1 else f"{seat['id']}-office"
        name = {"zh": f"{seat['name']['zh']}政府", "en": f"{seat['name']['en']} township office"}
        made.append(pattern | {"id": ident, "name": name, "at": seat["id"]})
    return made


def make_units(luck: Luck, template: Template, seats: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the template's units whose base stands, and those of the townships.

    Args:
        luck: The luck of the county.
        template: The template.
        seats: Seats of the townships outside the county town; their units stand at the station there.
    """
    made = template.units()
    for seat in seats:
        for pattern, share in template.township_units():
            if pattern["kind"] != "patrol" and not luck.chance(share, "unit", seat["id"], pattern["kind"]):
                continue
            zh, en = seat["name"]["zh"], seat["name"]["en"]
            kind = pattern["kind"].replace("_", " ")
            name = {"zh": f"{zh}{_ZH.get(pattern['kind'], pattern['kind'])}", "en": f"{en} {kind}"}
            own = {"id": f"{pattern['kind']}-{seat['id']}", "name": name, "base": f"{seat['id']}-station"}
            made.append(pattern | own)
    return made


_ZH = {
    "patrol": "巡逻组",
    "parttime_team": "专职消防队",
    "bus": "应急公交",
    "road_team": "公路抢通队",
    "ambulance": "急救车",
    "engine": "消防车",
}
