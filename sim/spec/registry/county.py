"""The county: lifelines, and measures put off for an experiment."""

from __future__ import annotations

from sim.spec.registry.base import factor, number

MEASURES = (
    number(
        "plan.key_delay",
        "min",
        0.0,
        0.0,
        720.0,
        "关键措施人为推迟的时间",
        "time by which the measure on which most depends is put off once it is decided",
        "0 = as decided",
    ),
)

LIFELINES = (
    factor("lifelines.battery_factor", "备用电池续航的倍数", "factor on how long batteries last"),
    factor("lifelines.repair_factor", "抢修时间的倍数", "factor on the time that repair crews take"),
)
