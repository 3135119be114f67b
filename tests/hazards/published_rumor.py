"""What theory says of a rumor in large groups, to hold the whole persons of the model against."""

import math
from dataclasses import astuple

from sim.hazards.formulas.rumor_spread import Group


def never_hear_share():
    """Return the share of a large group that never hears a rumor: the root below 1 of ``x = exp(-2 (1 - x))``.

    Maki and Thompson (1973); Sudbury (1985) has 0.203188.
    """
    low, high = 0.0, 0.5
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if math.exp(-2 * (1 - middle)) > middle else (low, middle)
    return low


def _slopes(town, groups):
    """Return the change per h of every class in every group, in the mean."""
    persons = [group.persons for group in groups]
    found = []
    for own, group in enumerate(groups):
        official, trust, row = town.official_per_h[own], town.trust[own], town.tellings_per_h[own]
        hears = sum(town.tellings_per_h[one][own] * groups[one].telling for one in range(len(groups))) / persons[own]
        stop = sum(per_h * (1 - groups[one].ignorant / persons[one]) for one, per_h in enumerate(row))
        found.append(
            Group(
                ignorant=-(hears + official) * group.ignorant,
                spreaders=hears * group.ignorant - (stop + official) * group.spreaders,
                defiant=official * (1 - trust) * group.spreaders - stop * group.defiant,
                stiflers=stop * group.spreaders - official * group.stiflers,
                unmoved=stop * group.defiant + official * (1 - trust) * group.stiflers,
                immune=official * group.ignorant,
                corrected=official * trust * (group.spreaders + group.stiflers),
            )
        )
    return found


def _along(groups, slopes, hours):
    pairs = zip(groups, slopes, strict=True)
    return tuple(
        Group(*(a + hours * b for a, b in zip(astuple(one), astuple(slope), strict=True))) for one, slope in pairs
    )


def run_mean(town, groups, hours, step_h=0.1):
    """Return the groups after some hours by the mean-field equations (Runge and Kutta, order 4)."""
    for _ in range(round(hours / step_h)):
        first = _slopes(town, groups)
        second = _slopes(town, _along(groups, first, step_h / 2))
        third = _slopes(town, _along(groups, second, step_h / 2))
        fourth = _slopes(town, _along(groups, third, step_h))
        for slopes, weight in ((first, 1), (second, 2), (third, 2), (fourth, 1)):
            groups = _along(groups, slopes, weight * step_h / 6)
    return groups
