"""The figure of the answers: what matters most for each outcome, with how sure that is."""

from __future__ import annotations

from typing import Any

from sim.spec.base import Text
from sim.spec.registry import BY_NAME
from sim.study.answers import Answers

MOST_SHOWN = 12
"""Parameters that a panel shows; the others matter less."""
MOST_PANELS = 3
OUTCOME_NAMES = {
    "total_loss": Text(zh="损失（折合死亡人数）", en="loss (equivalents of one death)"),
    "total": Text(zh="总分（0–100）", en="total score (0–100)"),
    "response_speed": Text(zh="响应速度得分", en="response speed, points"),
    "coordination": Text(zh="协同得分", en="coordination, points"),
    "gap_minutes": Text(zh="协同缺口（分钟）", en="coordination gaps (min)"),
    "at_min.first_release": Text(zh="首次信息发布（事发后分钟）", en="first release to the public (min)"),
    "at_min.city_phone": Text(zh="值班室电话报市（事发后分钟）", en="duty office tells the city (min)"),
    "coverage": Text(zh="应知事实知晓率", en="share of needed facts known"),
}
EFFECTS = {
    "morris": Text(zh="全区间平均绝对效应 μ*，95% 区间", en="mean absolute effect over the range, μ*, 95 % interval"),
    "sobol": Text(zh="总效应指数（方差份额），95% 区间", en="total index, share of variance, 95 % interval"),
    "worth": Text(zh="与首个取值之差，95% 区间", en="difference from the first value, 95 % interval"),
}
PANELS = ("total_loss", "gap_minutes", "at_min.first_release")


def outcome_name(name: str, lang: str) -> str:
    """Return an outcome as people read it."""
    return OUTCOME_NAMES[name].in_language(lang) if name in OUTCOME_NAMES else name


def parameter_name(name: str, lang: str) -> str:
    """Return a parameter as people read it."""
    return BY_NAME[name].meaning.in_language(lang) if name in BY_NAME else name


def bars(found: Answers, outcome: str) -> tuple[str, list[dict[str, Any]]]:
    """Return what the bars of an outcome show, and the bars, the largest first; no bars where nothing is told."""
    ranks = [row for row in found["ranks"] if row["outcome"] == outcome and row["block"] == 0]
    if ranks:
        return ranks[0]["method"], ranks[:MOST_SHOWN]
    made = []
    for row in found["worth"]:
        if row["outcome"] == outcome and row["difference.mean"] is not None:
            ends = {"low": row["difference.low"], "high": row["difference.high"]}
            label = BY_NAME[row["parameter"]].shown(row["to"])
            made.append({"parameter": row["parameter"], "value": label, "effect": row["difference.mean"], **ends})
    made.sort(key=lambda row: -abs(row["effect"]))
    return "worth", made[:MOST_SHOWN]


def draw_answers(found: Answers, names: list[str], lang: str) -> bytes | None:
    """Return the figure of the answers as PNG; None if there is nothing to show.

    Raises:
        MissingGlyph: If a character cannot be drawn.
    """
    from sim.show.style import BAND, GOOD, INK, look, new_panels, to_small_png

    shown = [name for name in PANELS if name in names] or names[:MOST_PANELS]
    panels = [(name, *bars(found, name)) for name in shown]
    panels = [panel for panel in panels if panel[2]]
    if not panels:
        return None
    with look():
        figure, plots = new_panels(1.2 + 0.3 * max(len(own) for _, _, own in panels), len(panels))
        for plot, (name, kind, own) in zip(plots, panels, strict=True):
            places = list(range(len(own)))[::-1]
            effects = [row["effect"] for row in own]
            low = [0.0 if row["low"] is None else max(0.0, row["effect"] - row["low"]) for row in own]
            high = [0.0 if row["high"] is None else max(0.0, row["high"] - row["effect"]) for row in own]
            plot.barh(places, effects, color=GOOD, height=0.62, zorder=2)
            plot.errorbar(effects, places, xerr=[low, high], fmt="none", ecolor=INK, capsize=2, linewidth=0.9, zorder=3)
            labels = [f"{row['parameter']} {row.get('value', '')}".strip() for row in own]
            plot.set_yticks(places, labels)
            plot.grid(axis="x", color=BAND, zorder=0)
            plot.axvline(0, color="0.6", linewidth=0.8)
            plot.set_title(outcome_name(name, lang), loc="left", fontsize=10.5)
            plot.set_xlabel(EFFECTS[kind].in_language(lang))
        return to_small_png(figure, 110)
