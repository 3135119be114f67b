"""What gaps cost, in lines for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sim.show.names import Names

PRICES: dict[str, tuple[str, str]] = {
    "gap": ("缺口", "gap"),
    "minutes": ("时长", "lasted"),
    "own": ("本次运行", "this run"),
    "loss": ("损失减少", "loss saved"),
    "late": ("节点迟延减少（分钟）", "lateness saved, min"),
    "arose": ("出现", "arose"),
    "all": ("全部同时补上", "all closed at once"),
    "rest": ("与逐项之和的差", "beyond the sum of each"),
    "none": ("无差别", "made no difference"),
    "unclear": ("不能确定", "not clear"),
    "clear": ("", ""),
    "unit": (
        "损失折合死亡人数，括号内为 95% 区间；同一运气下有无该缺口之差，自 {at} 起推演 {n} 次。",
        "Losses in equivalents of one death, with 95 % intervals; with and without each gap under the same luck, {n} "
        "futures from {at} on.",
    ),
    "cannot": ("不能定价", "no price"),
    "failed": ("失败", "failed"),
    "shares": (
        "与“全部理想”的差距 {distance} 中：信息 {information}，行程 {travel}，决策 {decisions}",
        "of the distance {distance} to all three perfect: information {information}, travel {travel}, "
        "decisions {decisions}",
    ),
    "shares_unit": (
        "沙普利分摊，损失折合死亡人数，{n} 个运气样本，括号内为 95% 区间。",
        "Shapley shares, losses in equivalents of one death, {n} samples of luck, with 95 % intervals.",
    ),
}


def price_word(key: str, lang: str, **fields: object) -> str:
    """Return a word of the table."""
    return PRICES[key][0 if lang == "zh" else 1].format(**fields)


def signed(value: float | None, digits: int = 3) -> str:
    """Return a number with its sign; a dash where there is none."""
    if value is None:
        return "—"
    text = f"{value:+.{digits}f}".replace("-", "−")
    return text if any(digit in "123456789" for digit in text) else f"{0:.{digits}f}"


def spread(found: Mapping[str, Any], digits: int = 3) -> str:
    """Return a mean with its interval."""
    if found["low"] is None:
        return signed(found["mean"], digits)
    return f"{signed(found['mean'], digits)} ({signed(found['low'], digits)} … {signed(found['high'], digits)})"


def price_head(lang: str, *, arose: bool = True) -> list[str]:
    """Return the heads of the columns of :func:`price_rows`, with or without how often the gap arose."""
    columns = ("gap", "minutes", "own", "loss", "late", *(("arose",) if arose else ()))
    return [price_word(key, lang) for key in columns] + [""]


def price_line(row: Mapping[str, Any], lang: str) -> list[str]:
    """Return what closing a gap saved in the run itself, in all futures, and how sure that is."""
    return [*_saved(row), _verdict(row, lang)]


def price_rows(prices: Mapping[str, Any], gaps: Sequence[Mapping[str, Any]], names: Names) -> Iterator[list[str]]:
    """Yield a row for each gap that was priced, the dearest first, then all at once and the rest between them.

    Args:
        prices: What ``prices.json`` holds.
        gaps: The gaps of the score card.
        names: Names of the exercise in a language.
    """
    lang, evidence = names.lang, {gap["id"]: gap["evidence"] for gap in gaps}
    total = prices["replications"]["counted"]
    for row in prices["gaps"]:
        said = evidence.get(row["id"], {}).get(lang, row["id"])
        text = f"{names.coded('gap', row['type'])}: {said} [{row['id']}]"
        yield [text, f"{row['minutes']:.1f}", *_saved(row), f"{row['arose']}/{total}", _verdict(row, lang)]
    yield [price_word("all", lang), "", *_saved(prices["all"]), "", _verdict(prices["all"], lang)]
    rest = prices["rest"]
    yield [price_word("rest", lang), "", "", spread(rest["loss"]), spread(rest["late_min"], 1), "", ""]


def _saved(row: Mapping[str, Any]) -> list[str]:
    own = None if row["own"] is None else row["own"]["loss"]
    return [signed(own), spread(row["loss"]), spread(row["late_min"], 1)]


def _verdict(row: Mapping[str, Any], lang: str) -> str:
    return price_word(row["difference"], lang)


def share_lines(shares: Mapping[str, Any], lang: str) -> list[str]:
    """Return what the distance to the best is made of."""
    parts = {name: spread(shares["shares"][name]) for name in ("information", "travel", "decisions")}
    return [
        price_word("shares", lang, distance=spread(shares["distance"]), **parts),
        price_word("shares_unit", lang, n=shares["replications"]),
    ]
