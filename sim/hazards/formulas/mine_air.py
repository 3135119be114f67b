"""Air in a mine: how long sealed-in people can breathe, and what carbon monoxide does.

Sources: oxygen used and carbon dioxide given off by 50 men who spent 8 h in a refuge chamber, Zhang and others (2022),
read in its abstract; carboxyhemoglobin, Coburn, Forster and Kane (1965), equation read in a quotation, its constants
for a resting adult as Peterson and Stewart (1970) have them, recalled.
"""

from __future__ import annotations

import math

_DIFFUSION = 30.0  # of the lungs for CO at rest, ml/min per mmHg
_DRY_PRESSURE = 713.0  # of the air in the lungs at sea level, mmHg
_BLOOD_ML = 5500.0
_AFFINITY = 218.0  # of hemoglobin for CO against oxygen (Haldane)
_OXYGEN_PRESSURE = 100.0  # in the capillaries of the lungs, mmHg
_CAPACITY = 0.2  # CO and oxygen that blood can bind, ml per ml
_OWN_CO = 0.007  # that the body makes, ml/min


def oxygen_minutes(
    people: int, volume_m3: float, used_l_min: float = 0.35, least: float = 0.10, now: float = 0.209
) -> float:
    """Return the minutes until the oxygen of a sealed volume falls to ``least``.

    Args:
        people: How many breathe it.
        volume_m3: Volume of the air.
        used_l_min: Oxygen that each uses: 0.34 to 0.37 in a refuge (Zhang and others 2022); more than twice at work.
        least: Share of oxygen at which people lose consciousness, about 0.10 (recalled); refuge chambers keep 0.185.
        now: Share of oxygen at the start.
    """
    return max(0.0, now - least) * volume_m3 * 1000 / (people * used_l_min) if people else math.inf


def carbon_dioxide_minutes(
    people: int, volume_m3: float, given_l_min: float = 0.34, most: float = 0.07, now: float = 0.0004
) -> float:
    """Return the minutes until the carbon dioxide of a sealed volume rises to ``most``.

    Args:
        people: How many breathe it.
        volume_m3: Volume of the air.
        given_l_min: Carbon dioxide that each gives off: 0.34 in a refuge (Zhang and others 2022).
        most: Share at which people lose consciousness within an hour, 0.07 to 0.10 (recalled).
        now: Share at the start; fresh air has 0.0004.
    """
    return max(0.0, most - now) * volume_m3 * 1000 / (people * given_l_min) if people else math.inf


def carboxyhemoglobin(bound: float, co_ppm: float, minutes: float, breath_l_min: float = 6.0) -> float:
    """Return the share (0 to 1) of hemoglobin that carbon monoxide has bound after a time in it.

    The whole equation of Coburn, Forster and Kane, in which bound CO leaves less room for oxygen, in steps of a minute.
    Each step looks back from its end (implicit Euler, a quadratic equation), so that no step can overshoot.

    Args:
        bound: Share bound at the start; about 0.01 in people who do not smoke.
        co_ppm: Carbon monoxide in the air.
        minutes: Time in it.
        breath_l_min: Air that reaches the lungs' alveoli; 6 at rest, 20 and more at hard work (textbook).
    """
    resistance = 1 / _DIFFUSION + _DRY_PRESSURE / (1000 * breath_l_min)
    gain = (_OWN_CO + _DRY_PRESSURE * co_ppm / 1e6 / resistance) / _BLOOD_ML
    loss = _OXYGEN_PRESSURE / (_AFFINITY * resistance * _BLOOD_ML)
    content = bound * _CAPACITY
    while minutes > 0:
        step = min(1.0, minutes)
        minutes -= step
        grown = content + gain * step
        half = (_CAPACITY + grown + loss * step) / 2
        content = grown * _CAPACITY / (half + math.sqrt(half * half - grown * _CAPACITY))
    return content / _CAPACITY


CO_HURT = (0.15, 0.25, 0.40)
"""Share of hemoglobin bound from which people are lightly, seriously and critically poisoned: headache, confusion,
unconsciousness (bands of textbooks, recalled). From 0.6 on most die."""
