"""The registry of coordination parameters: what a run, a scenario or a sweep may set, with unit and range."""

from __future__ import annotations

from sim.spec.registry.advice import ADVISER, EXPERTS, HOSPITALS
from sim.spec.registry.base import Parameter
from sim.spec.registry.command import AFTERMATH, IMPACT, LEADING, ORDERS
from sim.spec.registry.communication import COMMUNICATION, PROFILES
from sim.spec.registry.county import LIFELINES, MEASURES
from sim.spec.registry.desks import APPROVALS, DESKS
from sim.spec.registry.helpers import AID, ENTERPRISE, GRID, KEY_UNITS, MINE_RESCUE, VOLUNTEERS
from sim.spec.registry.information import INFORMATION, MONITORING
from sim.spec.registry.plans import PLANS
from sim.spec.registry.public import LISTENING, OUTLETS, PUBLIC
from sim.spec.registry.supply import SUPPLY
from sim.spec.registry.units import CREWS, DISPATCH, ORDER, TRAFFIC, WELFARE

REGISTRY: tuple[Parameter, ...] = (
    *APPROVALS,
    *MEASURES,
    *PLANS,
    *COMMUNICATION,
    *DESKS,
    *LIFELINES,
    *INFORMATION,
    *MONITORING,
    *PUBLIC,
    *AID,
    *VOLUNTEERS,
    *HOSPITALS,
    *ADVISER,
    *LEADING,
    *ORDERS,
    *IMPACT,
    *AFTERMATH,
    *DISPATCH,
    *ORDER,
    *TRAFFIC,
    *CREWS,
    *WELFARE,
    *EXPERTS,
    *OUTLETS,
    *LISTENING,
    *SUPPLY,
    *GRID,
    *ENTERPRISE,
    *MINE_RESCUE,
    *KEY_UNITS,
)
BY_NAME = {parameter.name: parameter for parameter in REGISTRY}

__all__ = ["BY_NAME", "PROFILES", "REGISTRY", "Parameter"]
