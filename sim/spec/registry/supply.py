"""Supplies: what there is, how fast it is got and moved, and who sees it."""

from __future__ import annotations

from sim.spec.registry.base import choice, factor, number

SUPPLY = (
    factor(
        "supply.stock_factor", "各物资库和供应商现有物资的倍数", "factor on what depots and suppliers hold at the start"
    ),
    factor("supply.load_factor", "出库装卸时间的倍数", "factor on the time that issuing, loading and unloading take"),
    choice(
        "supply.one_view",
        ("off", "on"),
        "专业与社会物资是否统一调度（一本账）",
        "whether depots, contracts and reserves are seen and tapped in one view, instead of one after another",
        "off = the depots first, then the others in turn; a guess",
    ),
    factor("contract.lead_factor", "协议供应商备货时间的倍数", "factor on the time until a supplier has goods ready"),
    number(
        "contract.dead_contacts",
        "share",
        0.0,
        0.0,
        1.0,
        "协议联系方式已失效的比例（县文件已注明的除外）",
        "share of contracts whose contact is dead, besides those that the county file says are",
        "0 = as the county file says",
    ),
    number(
        "reserve.approval_delay",
        "min",
        30.0,
        0.0,
        600.0,
        "上级审批动用区域储备物资的中位时长",
        "median time that the holder of a regional reserve takes to approve a request",
    ),
    choice(
        "supply.requisition",
        ("named", "off", "any"),
        "征用：仅指定时、不允许、随时可用",
        "requisition: only where an order names it, never, or whenever nothing else is left",
        "named = somebody must decide on it; a guess",
    ),
)
