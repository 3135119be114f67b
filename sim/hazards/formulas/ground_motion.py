"""An earthquake: how strongly the ground shakes where, what falls, and whom it buries.

The attenuation relations have the form ``I = a + b·M − c·lg(R + R0)`` (decimal logarithm), one for the long and one for
the short axis of the ellipses of equal intensity. The four regions are those of Xiao (2011) and Yu, Li and Xiao (2013),
made for the zonation map GB 18306-2015; a, b and c were read in a table of a later paper that quotes them, of R0 the
six values of two digits. The one-digit ones (7 and 9 km) are those for which both axes agree at the epicenter. Wang and
others (2000) is recalled, to be verified; its axes agree at the epicenter too, to 2e-4 of a degree.

Which buildings fall is a guess in numbers. Whom they bury and how badly is the form of Coburn, Spence and Pomonis
(1992), recalled: people of the buildings (M1) × share of them inside (M2) × share of buildings fallen × share buried
(M3) × how badly (M4). Their M5, who dies buried, is the survival by hours of entrapment in
``sim/county/injuries.py``.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from statistics import NormalDist
from types import MappingProxyType
from typing import NamedTuple

from sim.hazards.formulas.root import rising_root

_SMALLEST_KM = 1e-9
_CLOSE_DEG = 1e-11
_NORMAL = NormalDist()


class Axis(NamedTuple):
    """One axis of an attenuation relation ``I = a + b·M − c·lg(R + r0)`` with R in km.

    Attributes:
        a: Intensity, in degrees, at M = 0 and R + r0 = 1 km.
        b: Degrees of intensity per unit of magnitude.
        c: Degrees of intensity per tenfold of R + r0.
        r0_km: What keeps intensity finite at the epicenter, in km.
    """

    a: float
    b: float
    c: float
    r0_km: float

    def intensity(self, magnitude: float, distance_km: float) -> float:
        """Return the intensity in degrees at an epicentral distance of ``distance_km`` along this axis."""
        return self.a + self.b * magnitude - self.c * math.log10(distance_km + self.r0_km)

    def radius_km(self, magnitude: float, intensity: float) -> float:
        """Return how far in km that intensity reaches along this axis; negative where it is not reached at all."""
        return math.pow(10.0, (self.a + self.b * magnitude - intensity) / self.c) - self.r0_km


class Relation(NamedTuple):
    """An attenuation relation.

    Attributes:
        long: The long axis, along the fault.
        short: The short axis.
        source: Where the coefficients come from, and how sure they are.
    """

    long: Axis
    short: Axis
    source: str


_YU = "Xiao (2011), Yu, Li and Xiao (2013), for GB 18306-2015; read in a quotation"
_WANG = "Wang and others (2000), recalled, to be verified"

RELATIONS = MappingProxyType(
    {
        "qinghai_tibet": Relation(Axis(6.4580, 1.2746, 4.4709, 25), Axis(3.3682, 1.2746, 3.3119, 9), _YU),
        "xinjiang": Relation(Axis(5.6018, 1.4347, 4.4899, 25), Axis(3.6113, 1.4347, 3.8477, 13), _YU),
        "east": Relation(Axis(5.7123, 1.3626, 4.2903, 25), Axis(3.6588, 1.3626, 3.5406, 13), _YU),
        "moderate": Relation(Axis(5.8410, 1.0710, 3.6570, 15), Axis(3.9440, 1.0710, 2.8450, 7), _YU),
        "west_2000": Relation(Axis(5.253, 1.398, 4.164, 26), Axis(2.019, 1.398, 2.943, 8), _WANG),
        "east_2000": Relation(Axis(5.019, 1.446, 4.136, 24), Axis(2.240, 1.446, 3.070, 9), _WANG),
    }
)
"""Relations by region of China."""


def along_and_across_km(east_km: float, north_km: float, strike_deg: float) -> tuple[float, float]:
    """Return the distances along the long axis and across it, in km.

    Args:
        east_km: East of the epicenter.
        north_km: North of the epicenter.
        strike_deg: Bearing of the long axis, degrees clockwise from north.
    """
    angle = math.radians(strike_deg)
    east, north = math.sin(angle), math.cos(angle)
    return east_km * east + north_km * north, east_km * north - north_km * east


def intensity(relation: Relation, magnitude: float, along_km: float, across_km: float = 0.0) -> float:
    """Return the macroseismic intensity in degrees at a place, rounded to 1e-9; not cut off at I or XII.

    The place lies on the ellipse whose half axes are the distances at which both axes of the relation have this
    intensity. Found by false position, as there is no closed form off the axes.

    Args:
        relation: The attenuation relation.
        magnitude: Surface-wave magnitude.
        along_km: Distance from the epicenter along the long axis.
        across_km: Distance from the epicenter across it.
    """
    distance = math.hypot(along_km, across_km)
    on_long, on_short = relation.long.intensity(magnitude, distance), relation.short.intensity(magnitude, distance)
    if across_km == 0:
        return round(on_long, 9)
    # Far out, where nobody feels it any more, the axes of some relations cross.
    low, high = min(on_long, on_short), max(on_long, on_short)

    def beyond(degrees: float) -> float:
        half_long = max(relation.long.radius_km(magnitude, degrees), _SMALLEST_KM)
        half_short = max(relation.short.radius_km(magnitude, degrees), _SMALLEST_KM)
        return (along_km / half_long) ** 2 + (across_km / half_short) ** 2 - 1

    return round(rising_root(beyond, low, high, _CLOSE_DEG), 9)


class Building(NamedTuple):
    """A class of buildings.

    Attributes:
        half_fallen: Intensity in degrees at which half of them collapse.
        spread: Standard deviation, in degrees, of the intensity at which one collapses.
        buried: Intensity in degrees and share of the occupants of a collapsed one that it buries there, rising.
        injuries: Of those buried: shares lightly, seriously and critically hurt, and killed at once or beyond help.
        source: Where the figures come from.
    """

    half_fallen: float
    spread: float
    buried: tuple[tuple[float, float], ...]
    injuries: tuple[float, float, float, float]
    source: str

    def share_fallen(self, intensity: float) -> float:
        """Return the share (0 to 1) of the buildings that collapse at an intensity, rounded to 1e-9."""
        return round(_NORMAL.cdf((intensity - self.half_fallen) / self.spread), 9)

    def share_buried(self, intensity: float) -> float:
        """Return the share (0 to 1) of the occupants of a collapsed building who are buried, rounded to 1e-9."""
        return round(_between(self.buried, intensity), 9)


_MASONRY_BURIED = ((6.0, 0.0), (7.0, 0.05), (8.0, 0.30), (9.0, 0.60), (10.0, 0.70))
_FRAME_BURIED = ((6.0, 0.0), (7.0, 0.5))
_MASONRY_INJURIES = (0.2, 0.3, 0.3, 0.2)
_FRAME_INJURIES = (0.1, 0.4, 0.1, 0.4)
_GUESS = "collapse: a guess; "
_MASONRY_SOURCE = _GUESS + "buried and injuries: masonry of up to three floors, Coburn and Spence, recalled"
_FRAME_SOURCE = _GUESS + "buried (far from the fault) and injuries: concrete frames, Coburn and Spence, recalled"

BUILDINGS = MappingProxyType(
    {
        "earth": Building(9.0, 0.8, _MASONRY_BURIED, _MASONRY_INJURIES, _MASONRY_SOURCE),
        "brick_timber": Building(9.5, 0.8, _MASONRY_BURIED, _MASONRY_INJURIES, _MASONRY_SOURCE),
        "brick_plain": Building(9.9, 0.8, _MASONRY_BURIED, _MASONRY_INJURIES, _MASONRY_SOURCE),
        "brick_designed": Building(10.6, 0.8, _MASONRY_BURIED, _MASONRY_INJURIES, _MASONRY_SOURCE),
        "concrete_frame": Building(11.0, 0.8, _FRAME_BURIED, _FRAME_INJURIES, _FRAME_SOURCE),
    }
)
"""Classes of buildings, weakest first: earth, brick and timber, plain brick, brick with ties, concrete frame."""

STRUCK = ((5.0, 0.0), (6.0, 0.0005), (7.0, 0.003), (8.0, 0.01), (9.0, 0.03), (10.0, 0.05))
"""Intensity in degrees and share of those not buried who are lightly hurt, by what falls or by fleeing. A guess."""

_HOME = ((0, 0.95), (5, 0.95), (8, 0.55), (11, 0.45), (13, 0.55), (15, 0.45), (19, 0.80), (22, 0.95), (24, 0.95))
_WORK = ((0, 0.05), (6, 0.05), (9, 0.85), (11, 0.85), (12.5, 0.5), (14, 0.85), (17, 0.80), (19, 0.15), (24, 0.05))
_SCHOOL = ((0, 0.0), (7, 0.0), (8, 0.95), (11.5, 0.95), (12.5, 0.4), (14, 0.95), (16, 0.95), (17.5, 0.0), (24, 0.0))

OCCUPANCY = MappingProxyType({"home": _HOME, "work": _WORK, "school": _SCHOOL})
"""Hour and share of the people of a building who are inside (M2), by its use. Guesses, after the shape in Coburn and
Spence (2002): homes are full at night, others by day. A boarding school's dormitory is a home."""


def _between(points: Sequence[tuple[float, float]], x: float) -> float:
    """Return the value at ``x`` on straight lines between points that rise in x; flat beyond the ends."""
    index = bisect_right(points, x, key=lambda point: point[0])
    if index == 0:
        return points[0][1]
    if index == len(points):
        return points[-1][1]
    (x0, y0), (x1, y1) = points[index - 1], points[index]
    return y0 + (y1 - y0) * (x - x0) / (x1 - x0)


def share_inside(use: str, hour: float) -> float:
    """Return the share (0 to 1) of a building's people who are inside at an hour of the day, rounded to 1e-9.

    Args:
        use: A key of :data:`OCCUPANCY`.
        hour: Hour of the day; any real number, taken modulo 24.
    """
    return round(_between(OCCUPANCY[use], hour % 24), 9)


def share_struck(intensity: float) -> float:
    """Return the share (0 to 1) of the people not buried who are lightly hurt at an intensity, rounded to 1e-9."""
    return round(_between(STRUCK, intensity), 9)


def share_of_occupants_buried(building: Building, intensity: float) -> float:
    """Return the share (0 to 1) of all occupants of a class of buildings who are buried, rounded to 1e-9."""
    return round(building.share_fallen(intensity) * building.share_buried(intensity), 9)


def cold_factor(air_c: float, mild_c: float = 10.0, per_degree: float = 0.05) -> float:
    """Return by which factor the buried die faster of cold: 1 from ``mild_c`` on, more below it. A guess.

    Args:
        air_c: Temperature of the air in °C.
        mild_c: Temperature from which cold no longer matters.
        per_degree: What each degree below adds; with the default the factor is 2.1 at −12 °C.
    """
    return 1 + per_degree * max(0.0, mild_c - air_c)
