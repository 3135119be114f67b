"""Values of OpenStreetMap ways as OSMnx and tables write them: classes, speeds, lanes, lists as text."""

from __future__ import annotations

import ast
import math
import re
from types import MappingProxyType

from sim.spec.roads import ROAD_CLASSES, RoadClass

CLASS_OF_HIGHWAY: MappingProxyType[str, RoadClass] = MappingProxyType(
    {
        "motorway": "expressway",
        "trunk": "national",
        "primary": "national",
        "secondary": "provincial",
        "tertiary": "county",
        "unclassified": "village",
        "road": "village",
        "track": "village",
        "residential": "street",
        "living_street": "street",
        "service": "street",
        **{name: name for name in ROAD_CLASSES},
    }
)
"""Road classes by ``highway`` of OpenStreetMap, a link as what it links; classes of county files stand for themselves.

That primary roads are national and secondary ones provincial is how most of them are mapped; mend what is not so here.
"""

NOT_FOR_VEHICLES = MappingProxyType(
    dict.fromkeys(
        (
            "footway", "path", "cycleway", "steps", "pedestrian", "bridleway", "corridor", "construction", "proposed",
            "abandoned", "razed", "platform", "elevator", "busway", "raceway", "rest_area", "services", "via_ferrata",
            "no",
        )
    )
)  # fmt: skip
"""Kinds of ``highway`` that ordinary vehicles cannot use, or that are no roads."""

KM_PER_MILE = 1.609344
_SPEED = re.compile(r"([0-9]{1,3}(?:\.[0-9]+)?)\s*(mph|km/h|kmh|kph)?", re.ASCII)
_MAX_LIST = 2000
"""Longest text that is read as a list, in characters."""


def listed(text: str) -> list[str]:
    """Return the values in a text: those of a list such as ``['50', '80']``, else the text itself."""
    text = text.strip()
    if text.startswith("[") and text.endswith("]") and len(text) <= _MAX_LIST:
        try:
            values = ast.literal_eval(text)
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            return [text]
        return [str(value).strip() for value in values if isinstance(value, (str, int, float))]
    return [text] if text else []


def class_of(text: str) -> RoadClass | None:
    """Return the class of a ``highway`` value, the best of several; None where vehicles cannot go or it is unknown."""
    found = [CLASS_OF_HIGHWAY.get(value.lower().removesuffix("_link")) for value in listed(text)]
    known = [one for one in found if one is not None]
    return min(known, key=ROAD_CLASSES.index) if known else None


def is_for_vehicles(text: str) -> bool:
    """Return whether a ``highway`` value names no way that is only for walking, building or the like."""
    return any(value.lower() not in NOT_FOR_VEHICLES for value in listed(text))


def speed_of(text: str) -> float | None:
    """Return the speed of a ``maxspeed`` value in km/h, the mean of several; None where it holds no number."""
    found = []
    for value in listed(text):
        for part in re.split(r"[;|]", value):
            match = _SPEED.fullmatch(part.strip().lower())
            if match and 0 < (speed := float(match[1]) * (KM_PER_MILE if match[2] == "mph" else 1)) <= 200:
                found.append(speed)
    return round(math.fsum(found) / len(found), 1) if found else None


def lanes_of(text: str) -> int | None:
    """Return the number of lanes, the least of several; None where it holds no number."""
    found = [int(float(part)) for value in listed(text) for part in value.split(";") if _is_number(part)]
    return max(1, min(16, *found, 16)) if found else None


def _is_number(text: str) -> bool:
    return re.fullmatch(r"[0-9]{1,2}(\.[0-9]+)?", text.strip(), re.ASCII) is not None


def is_bridge(text: str) -> bool:
    """Return whether a ``bridge`` value says that there is one."""
    return any(value.lower() not in ("no", "false", "0", "") for value in listed(text))


def direction_of(text: str) -> int | None:
    """Return 1 for a one-way road, -1 for one against its direction, 0 for none; None for other texts."""
    known = {"true": 1, "yes": 1, "1": 1, "false": 0, "no": 0, "0": 0, "": 0, "reversible": 0, "alternating": 0}
    known |= {"-1": -1, "reverse": -1, "是": 1, "否": 0}
    found = [known.get(value.lower()) for value in listed(text)] or [0]
    return found[0] if len(dict.fromkeys(found)) == 1 else 0
