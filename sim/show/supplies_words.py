"""Words of the report on supplies, in Chinese and English."""

from __future__ import annotations

SUPPLIES: dict[str, tuple[str, str]] = {
    "sec_supplies": ("物资保障", "Supplies"),
    "no_supplies": ("本次演练没有调用或消耗物资。", "Nobody asked for supplies or used any."),
    "supplies_hint": (
        "数量按各物资的计量单位；“短缺”为申请未足额和群众首次发放时的缺口；“断供”为作业因缺物资停下的分钟数。",
        "Amounts are in the unit of each item; lacking is what orders stayed short of and people went without when it "
        "was first given out; stock-out is how long work stood still for want of it.",
    ),
    "supplies_item": ("物资", "item"),
    "supplies_asked": ("申请", "asked"),
    "supplies_issued": ("出库", "issued"),
    "supplies_handed_over": ("交接", "handed over"),
    "supplies_used": ("消耗和发放", "used, given"),
    "supplies_lacking": ("短缺", "lacking"),
    "supplies_stock_out_min": ("断供（分钟）", "stock-out (min)"),
    "supplies_delivery_min": ("平均到货（分钟）", "mean delivery (min)"),
    "supplies_all_stock_out_min": (
        "作业因缺物资停下合计（分钟）",
        "work waited for supplies, in all (min)",
    ),
    "supplies_all_delivery_min": ("从申请到交接平均用时（分钟）", "mean time from order to hand-over (min)"),
    "supplies_all_calls_in_vain": ("供应商电话未打通（次）", "calls to suppliers that nobody answered"),
    "supplies_all_yuan": ("征用费用（元）", "cost of requisitions (yuan)"),
}
