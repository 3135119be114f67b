"""Counsel and care: how fast hospitals make room, what experts and the adviser are worth."""

from __future__ import annotations

from sim.spec.registry.base import factor

HOSPITALS = (
    factor(
        "hospital.surge_staff",
        "医院能召回的待班人员数的倍数（决定能扩充几步床位）",
        "factor on the staff whom a hospital can call in, which limits the steps in which it opens bays and beds",
    ),
    factor(
        "hospital.surge_time",
        "医院每步扩充床位所需时间的倍数",
        "factor on the time that a hospital takes for each step of opening bays and beds",
    ),
)
