"""Lifelines of a made county: each kind that channels need, in the pattern of the template's, so that it serves all."""

from __future__ import annotations

from typing import Any

from sim.spec.roadnet.template import Template

GROUP = 4
"""Townships that share a substation, a machine room, a repeater and a road crew; each has base stations of its own."""
_WORDS = {
    "substation": ("变电站", "substation"),
    "base_station": ("基站", "base station"),
    "machine_room": ("通信机房", "machine room"),
    "repeater": ("电台中继台", "radio repeater"),
    "road": ("道路", "roads"),
}
_OF_ONE = ("base_station",)
"""Kinds of which each township has one of its own."""


def make_lifelines(
    template: Template, seats: list[dict[str, Any]], of_town: dict[str, list[str]]
) -> list[dict[str, Any]]:  # fmt: skip
    """Return the lifelines of a county as its file writes them.

    Args:
        template: The template.
        seats: Seats of the townships, the county town first.
        of_town: Ids of the places of each township, by its seat.
    """
    kinds: dict[str, dict[str, Any]] = {}
    for one in template.data.get("lifelines", ()):
        kinds.setdefault(one["kind"], one)
    kind_of = {one["id"]: one["kind"] for one in template.data.get("lifelines", ())}
    groups = [seats[first : first + GROUP] for first in range(0, len(seats), GROUP)]
    made = []
    for kind, pattern in kinds.items():
        if kind not in _WORDS:
            continue
        for group in groups:
            for members in [[seat] for seat in group] if kind in _OF_ONE else [group]:
                made.append(_one(kind, pattern, members, group, of_town, kind_of))
    return made + _kept(template, kind_of, seats)


def _one(
    kind: str,
    pattern: dict[str, Any],
    members: list[dict[str, Any]],
    group: list[dict[str, Any]],
    of_town: dict[str, list[str]],
    kind_of: dict[str, str],
) -> dict[str, Any]:
    seat = members[0]
    zh, en = _WORDS[kind]
    one = {
        "id": f"{kind}-{seat['id']}",
        "name": {"zh": f"{seat['name']['zh']}{zh}", "en": f"{seat['name']['en']} {en}"},
        "kind": kind,
        "at": seat["id"],
        "serves": [place for member in members for place in of_town[member["id"]]],
    }
    needs = [kind_of[need] for need in pattern.get("needs", ())]
    if needs:
        one["needs"] = [f"{need}-{group[0]['id']}" for need in dict.fromkeys(needs) if need in _WORDS]
    return one | {key: pattern[key] for key in ("battery", "repair", "source") if key in pattern}


def _kept(template: Template, kind_of: dict[str, str], seats: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the template's installations of other kinds, such as water works, that stand at places that are kept."""
    kept = []
    for one in template.data.get("lifelines", ()):
        serves = [place for place in one["serves"] if place in template.kept]
        if one["kind"] in _WORDS or one["at"] not in template.kept or not serves:
            continue
        needs = dict.fromkeys(kind_of[need] for need in one.get("needs", ()))
        own = {key: value for key, value in one.items() if key != "needs"}
        names = [f"{need}-{seats[0]['id']}" for need in needs if need in _WORDS]
        kept.append(own | {"serves": serves} | ({"needs": names} if names else {}))
    return kept
