"""Where a run stands among simulated crews: table, sentence and figure, from what `tabletop ladder` left of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from sim.show.names import Names
from sim.spec.base import Text

RUNGS = {
    "novice": Text(zh="新手班组", en="novice crews"),
    "plan": Text(zh="按预案班组", en="crews by the plan"),
    "trained": Text(zh="受训班组", en="trained crews"),
    "expert": Text(zh="专家班组", en="expert crews"),
}
"""Crews by the policy that plays them, from the least to the best."""
QUANTITIES = {
    "total": Text(zh="总分", en="total score"),
    "total_loss": Text(zh="损失", en="loss"),
    "response_speed": Text(zh="响应速度", en="response speed"),
    "coordination": Text(zh="协同", en="coordination"),
}
"""What crews are compared by."""
AXES = {
    "total_loss": Text(zh="损失（折合死亡人数，越左越好）", en="loss (equivalents of one death; left is better)"),
    "total": Text(zh="总分（0–100，越右越好）", en="total score (0–100; right is better)"),
}
LEAD = ("total", "trained")
"""The comparison that the report puts into a sentence."""
WORDS = {
    "better": Text(zh="优于 {share}", en="better than {share}"),
    "own": Text(zh="本次演练", en="this run"),
    "title": Text(
        zh="同一情景、同一运气下，每档 {n} 个模拟班组", en="{n} simulated crews a rung, same scenario, same luck"
    ),
    "sentence": Text(zh="优于 {n} 个{rung}中的 {share}", en="better than {share} of {n} {rung}"),
    "lead": Text(zh="按{quantity}，本次演练{sentence}。", en="By {quantity}, this run is {sentence}."),
    "crews": Text(zh="模拟班组", en="simulated crews"),
    "count": Text(zh="个数", en="number"),
}


class LadderTable(NamedTuple):
    """Where a run stands: the sentence, heads and rows of the table with a row for each rung."""

    lead: str
    heads: list[str]
    rows: list[list[str]]


def _word(name: str, lang: str, **given: object) -> str:
    return WORDS[name].in_language(lang).format(**given)


def share_text(place: Mapping[str, Any]) -> str:
    """Return a share with its interval."""
    return f"{place['better_than']:.0%} ({place['low']:.0%}–{place['high']:.0%})"


def sentence(place: Mapping[str, Any], lang: str) -> str:
    """Return where the run stands among the crews of a rung, with the interval."""
    return _word(
        "sentence", lang, n=place["crews"], rung=RUNGS[place["rung"]].in_language(lang), share=share_text(place)
    )


def place_of(found: Mapping[str, Any], rung: str, quantity: str) -> Mapping[str, Any]:
    """Return the comparison with a rung by a quantity."""
    places: list[Mapping[str, Any]] = found["places"]
    return next(one for one in places if (one["rung"], one["quantity"]) == (rung, quantity))


def ladder_table(found: Mapping[str, Any] | None, names: Names) -> LadderTable | None:
    """Return where a run stands among crews, for the report; None where nobody asked.

    Args:
        found: What ``ladder.json`` holds, or None.
        names: Names in a language.
    """
    if found is None:
        return None
    lang = names.lang
    quantity, rung = LEAD
    told = sentence(place_of(found, rung, quantity), lang)
    heads = [_word("crews", lang), _word("count", lang)]
    heads += [_word("better", lang, share="").strip() + f" · {one.in_language(lang)}" for one in QUANTITIES.values()]
    rows = [
        [
            name.in_language(lang),
            str(place_of(found, policy, quantity)["crews"]),
            *(share_text(place_of(found, policy, one)) for one in QUANTITIES),
        ]
        for policy, name in RUNGS.items()
    ]
    return LadderTable(_word("lead", lang, quantity=QUANTITIES[quantity].in_language(lang), sentence=told), heads, rows)


def with_ladder(pictures: Mapping[str, bytes], found: Mapping[str, Any] | None, lang: str) -> dict[str, bytes]:
    """Return the figures of a report, that of the ladder among them if there is one.

    Raises:
        MissingGlyph: If a character in it cannot be drawn.
    """
    return {**pictures, **({} if found is None else {"ladder": draw_ladder(found, lang)})}


def draw_ladder(found: Mapping[str, Any], lang: str) -> bytes:
    """Return the figure as PNG: every crew as a dot, the run as a line.

    Args:
        found: What ``ladder.json`` holds.
        lang: ``zh`` or ``en``.

    Raises:
        MissingGlyph: If a character cannot be drawn.
    """
    from sim.show.style import BAD, GOOD, LINE, look, new_panels, to_small_png

    with look():
        figure, panels = new_panels(4.4, len(AXES))
        for plot, (quantity, axis) in zip(panels, AXES.items(), strict=True):
            for height, rung in enumerate(RUNGS):
                values = sorted(row[quantity] for row in found["crews"] if row["rung"] == rung and not row["failed"])
                steps = [height + 0.28 * (2 * ((index * 0.618034) % 1) - 1) for index in range(len(values))]
                plot.scatter(values, steps, s=16, color=GOOD, alpha=0.6, linewidths=0, zorder=2)
                text = _word("better", lang, share=f"{place_of(found, rung, quantity)['better_than']:.0%}")
                plot.text(1.0, height + 0.36, text, transform=plot.get_yaxis_transform(), ha="right", fontsize=8.8)
            plot.axvline(found["own"][quantity], color=BAD, linewidth=1.6, zorder=3, label=_word("own", lang))
            plot.set_yticks(range(len(RUNGS)), [name.in_language(lang) for name in RUNGS.values()])
            plot.set_ylim(-0.6, len(RUNGS) - 0.3)
            plot.grid(axis="y", color=LINE, zorder=0)
            plot.set_xlabel(axis.in_language(lang))
        panels[0].legend(loc="lower right", frameon=False)
        most = max(place["crews"] for place in found["places"])
        figure.suptitle(_word("title", lang, n=most), x=0.01, ha="left")
        return to_small_png(figure, 110)
