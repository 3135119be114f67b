"""What gaps cost and what decisions cost, for the report; only what `tabletop price` and `whatif` left of the run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.show.names import Names
from sim.show.price_words import price_head, price_line, spread

REGRETS: dict[str, tuple[str, str]] = {
    "unknown": ("应知而不知：{facts}", "Needed and not known: {facts}"),
    "hindsight": ("事后看多损失 {cost}（最佳：{best}）", "In hindsight this cost {cost} more (best: {best})"),
    "expert": ("与同样所知的专家相比 {cost}", "against an expert who knew the same: {cost}"),
    "fit": ("处置适度", "fitting"),
    "over": ("反应过度", "an over-reaction"),
    "under": ("反应不足", "an under-reaction"),
    "other": ("选错方向", "the wrong direction"),
    "measures": ("措施代价 {own}，最佳选项 {best}", "measures cost {own}, those of the best {best}"),
}
MOST_FACTS = 4
"""How many facts that a seat did not know are named."""


def price_table(score: Mapping[str, Any], names: Names) -> dict[str, Any] | None:
    """Return heads and rows of the gaps whose price was measured, the dearest first; None where none was."""
    known = [gap for gap in score["gaps"] if gap.get("priced") and "loss" in gap["priced"]]
    if not known:
        return None
    known.sort(key=lambda gap: (-(gap["priced"]["loss"]["mean"] or 0.0), gap["id"]))
    rows = []
    for gap in known:
        said = f"{names.coded('gap', gap['type'])}: {gap['evidence'][names.lang]}"
        rows.append([said, f"{gap['minutes']:.1f}", *price_line(gap["priced"], names.lang)])
    return {"head": price_head(names.lang, arose=False), "rows": rows}


def regret_lines(decision: Mapping[str, Any], names: Names) -> list[str]:
    """Return what a seat did not know when it decided, and what its decision cost, as far as that was measured."""
    lines = []
    if unknown := decision.get("unknown"):
        facts = "、".join if names.lang == "zh" else ", ".join
        more = [f"+{len(unknown) - MOST_FACTS}"] if len(unknown) > MOST_FACTS else []
        lines.append(_say("unknown", names, facts=facts([*map(names.fact, unknown[:MOST_FACTS]), *more])))
    if regret := decision.get("regret"):
        options = names.options(decision["key"])
        best = options.get(regret["best"], regret["best"])
        parts = [
            _say("hindsight", names, cost=spread(regret["hindsight"]), best=best),
            _say("expert", names, cost=spread(regret["expert"])),
            _say(regret["reaction"], names),
            _say("measures", names, own=f"{regret['measures']:.3f}", best=f"{regret['measures_of_best']:.3f}"),
        ]
        lines.append(("；" if names.lang == "zh" else "; ").join(parts))
    return lines


def _say(key: str, names: Names, **fields: object) -> str:
    return REGRETS[key][0 if names.lang == "zh" else 1].format(**fields)
