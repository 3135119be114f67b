"""The report of a sweep: one HTML page that needs nothing else, in either language."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path
from typing import Any

from sim.canon import digest
from sim.spec.base import Text
from sim.spec.registry import BY_NAME
from sim.study.answers import Answers, outcomes_of
from sim.study.answers_figure import EFFECTS, draw_answers, outcome_name, parameter_name
from sim.study.answers_matrix import MATRICES, blocks, draw_matrix
from sim.study.design import Sweep
from sim.study.results import program_version

TOP = 12
"""Parameters in a table of the report; the CSV holds all."""
FEW = 3
"""The same for each of several exercises."""

WORDS = {
    "kind": Text(zh="参数研究报告", en="report of a sweep"),
    "basis": Text(
        zh="依据：{runs} 次推演（{points} 个设定，每个 {least}–{most} 次），其中失败 {failed} 次；情景：{scenarios}；"
        "席位：{policies}。",
        en="Rests on {runs} runs ({points} settings with {least}–{most} runs each), {failed} of which failed; "
        "scenarios: {scenarios}; played by: {policies}.",
    ),
    "caution": Text(
        zh="结论只对本模型、所列情景与取值范围成立；范围越宽，参数显得越重要。区间只反映本研究的抽样，不反映模型与现实的差距。",
        en="All of it holds in this model, for these scenarios and these ranges: a parameter matters more where its "
        "range is wider. Intervals tell the chance of sampling here, not how far the model is from the world.",
    ),
    "ranks": Text(zh="哪些参数重要", en="which parameters matter"),
    "ranks_note": Text(
        zh="{effect}；由 {n} 条抽样轨迹或基点自助重抽样得出。区间下端接近 0 的参数，本研究不能说它重要。",
        en="{effect}; by bootstrap of {n} trajectories or base samples. Of a parameter whose interval nearly reaches 0 "
        "this study cannot say that it matters.",
    ),
    "worth": Text(zh="每项措施值多少", en="what each measure is worth"),
    "worth_note": Text(
        zh="其余条件与运气相同，只改一个参数；对所有其他设定取平均，按推演配对。",
        en="One parameter changes, all else and the luck stay; mean over all other settings, paired by replication.",
    ),
    "thresholds": Text(zh="阈值", en="thresholds"),
    "threshold": Text(
        zh="{parameter}自 {at} 起，{outcome}{way}（到 {before} 尚不能确认）",
        en="from {at} on, {parameter}: {outcome} is surely {way} (not yet sure at {before})",
    ),
    "higher": Text(zh="确实更高", en="higher"),
    "lower": Text(zh="确实更低", en="lower"),
    "regrets": Text(zh="谁来指挥：后悔值", en="who plays: regret"),
    "surfaces": Text(zh="响应面", en="response surfaces"),
    "surface": Text(
        zh="{outcome}：对留出的点可解释 {share}（{n} 个点）",
        en="{outcome}: explains {share} of points left out ({n} points)",
    ),
    "useless": Text(zh="，不可用于预测", en="; not fit to foretell"),
    "needed": Text(zh="需要多少次推演", en="how many runs it takes"),
    "needed_note": Text(
        zh="使均值的 95% 区间半宽为均值的 5% 所需的次数（最不确定的设定，按目前方差估计）。",
        en="Runs of a setting until half the 95 % interval is 5 % of the mean, at the setting that needs most, by the "
        "variance seen so far.",
    ),
    "outcome": Text(zh="结果", en="outcome"),
    "parameter": Text(zh="参数", en="parameter"),
    "effect": Text(zh="效应（95% 区间）", en="effect (95 % interval)"),
    "luck": Text(zh="每次运气单独得出", en="from each luck alone"),
    "signed": Text(zh="方向（平均效应）", en="direction (mean effect)"),
    "change": Text(zh="改变", en="change"),
    "difference": Text(zh="差值（95% 区间）", en="difference (95 % interval)"),
    "policy": Text(zh="策略", en="policy"),
    "regret": Text(zh="平均后悔值（95% 区间）", en="mean regret (95 % interval)"),
    "worst": Text(zh="最坏设定", en="worst setting"),
    "best": Text(zh="最优比例", en="best in"),
    "count": Text(zh="次数", en="runs"),
    "run": Text(zh="已推演", en="run so far"),
    "half": Text(zh="目前半宽", en="half-width so far"),
    "foot": Text(zh="程序 {version}，设计文件摘要 {digest}", en="program {version}, digest of the design {digest}"),
}

USEFUL = 0.5
"""Share explained of points left out below which a surface is called of no use. A guess."""


def report(plan: Sweep, table: list[dict[str, Any]], found: Answers, lang: str) -> str:
    """Return the report of a sweep.

    Args:
        plan: The design.
        table: Its runs.
        found: Its answers.
        lang: ``zh`` or ``en``.

    Raises:
        MissingGlyph: If a character in the figure cannot be drawn.
    """
    from sim.show.page import page

    names = outcomes_of(table)
    tables = [
        made for made in (_ranks(found, lang), _worth(found, lang), _regrets(found, lang), _needed(found, lang)) if made
    ]
    return page(
        "sweep.html.j2",
        lang="zh-CN" if lang == "zh" else "en",
        kind=_word("kind", lang),
        title=plan.design.name.in_language(lang),
        basis=_basis(plan, table, lang),
        caution=_word("caution", lang),
        figures=[
            f"data:image/png;base64,{b64encode(one).decode('ascii')}" for one in _figures(plan, found, names, lang)
        ],
        tables=tables,
        lists=[made for made in (_thresholds(found, lang), _surfaces(found, lang)) if made],
        foot=_word("foot", lang, version=program_version(), digest=digest(plan.source)[:16]),
    )


def _figures(plan: Sweep, found: Answers, names: list[str], lang: str) -> list[bytes]:
    """Return the figures: bars for one exercise, a matrix of each outcome for several."""
    if len(blocks(found["ranks"])) > 1:
        called = {one.exercise.scenario.id: one.exercise.scenario.name.in_language(lang) for one in plan.settings}
        made = [draw_matrix(found["ranks"], name, lang, called) for name in MATRICES if name in names]
    else:
        made = [draw_answers(found, names, lang)]
    return [one for one in made if one is not None]


def write_report(plan: Sweep, table: list[dict[str, Any]], found: Answers, out: Path, lang: str) -> None:
    """Write the report of a sweep as ``report.html``.

    Raises:
        OSError: If the folder cannot be written.
    """
    from sim.record.disk import write_atomic

    write_atomic(out / "report.html", report(plan, table, found, lang))


def _word(name: str, lang: str, **given: Any) -> str:
    return WORDS[name].in_language(lang).format(**given)


def _basis(plan: Sweep, table: list[dict[str, Any]], lang: str) -> str:
    runs: dict[int, int] = dict.fromkeys((point.number for point in plan.points), 0)
    for row in table:
        runs[row["point"]] += 1
    comma = "、" if lang == "zh" else ", "
    scenarios = dict.fromkeys(one.exercise.scenario.name.in_language(lang) for one in plan.settings)
    return _word(
        "basis",
        lang,
        runs=len(table),
        points=len(runs),
        least=min(runs.values()),
        most=max(runs.values()),
        failed=sum(1 for row in table if row["failed"]),
        scenarios=comma.join(scenarios),
        policies=comma.join(dict.fromkeys(point.policy for point in plan.points)),
    )


def _number(value: float | None) -> str:
    return "—" if value is None else f"{value:.4g}".replace("-", "−")


def _between(row: dict[str, Any], name: str = "", mean: str = "effect") -> str:
    middle, low, high = row[f"{name}{mean}"], row[f"{name}low"], row[f"{name}high"]
    return _number(middle) if low is None else f"{_number(middle)} ({_number(low)} … {_number(high)})"


def _table(head: list[str], title: str, note: str, rows: list[list[str]], lang: str) -> dict[str, Any] | None:
    if not rows:
        return None
    shown = [_word(name, lang) for name in head]
    return {"title": _word(title, lang), "note": note, "head": shown, "rows": rows}


def _ranks(found: Answers, lang: str) -> dict[str, Any] | None:
    many = len(blocks(found["ranks"])) > 1
    top = FEW if many else TOP
    kept = [row for row in found["ranks"] if row["rank"] <= top and (not many or row["outcome"] in MATRICES)]
    rows = [
        [
            outcome_name(row["outcome"], lang) + (f" [{row['scenario']}, {row['policy']}]" if many else ""),
            f"{row['rank']}. {parameter_name(row['parameter'], lang)} ({row['parameter']})",
            _between(row),
            "—" if row.get("least") is None else f"{_number(row['least'])} … {_number(row['most'])}",
            _number(row.get("signed")),
        ]
        for row in kept
    ]
    note = ""
    if kept:
        note = _word("ranks_note", lang, effect=EFFECTS[kept[0]["method"]].in_language(lang), n=kept[0]["n"])
    return _table(["outcome", "parameter", "effect", "luck", "signed"], "ranks", note, rows, lang)


def _worth(found: Answers, lang: str) -> dict[str, Any] | None:
    rows = []
    for row in found["worth"]:
        shown = BY_NAME[row["parameter"]].shown
        change = f"{parameter_name(row['parameter'], lang)}: {shown(row['from'])} → {shown(row['to'])}"
        rows.append([outcome_name(row["outcome"], lang), change, _between(row, "difference.", "mean")])
    rows.sort(key=lambda row: row[0])
    return _table(["outcome", "change", "difference"], "worth", _word("worth_note", lang), rows, lang)


def _regrets(found: Answers, lang: str) -> dict[str, Any] | None:
    rows = [
        [row["policy"], _between(row, "regret.", "mean"), _number(row["worst"]), f"{row['best']:.0%}"]
        for row in found["regrets"]
    ]
    return _table(["policy", "regret", "worst", "best"], "regrets", "", rows, lang)


def _needed(found: Answers, lang: str) -> dict[str, Any] | None:
    rows = [
        [outcome_name(row["outcome"], lang), str(row["n"]), _number(row["half_width"]), str(row["needed"])]
        for row in found["needed"]
    ]
    return _table(["outcome", "run", "half", "count"], "needed", _word("needed_note", lang), rows, lang)


def _thresholds(found: Answers, lang: str) -> dict[str, Any] | None:
    lines = []
    for row in found["thresholds"]:
        parameter = BY_NAME[row["parameter"]]
        given = {"at": f"{row['from']:g} {parameter.unit}", "before": f"{row['not_yet']:g}"}
        given |= {"parameter": parameter_name(row["parameter"], lang), "way": _word(row["direction"], lang)}
        lines.append(_word("threshold", lang, outcome=outcome_name(row["outcome"], lang), **given))
    return {"title": _word("thresholds", lang), "lines": lines} if lines else None


def _surfaces(found: Answers, lang: str) -> dict[str, Any] | None:
    lines = []
    many = len(blocks(found["surfaces"])) > 1
    for row in found["surfaces"]:
        if many and row["outcome"] not in MATRICES:
            continue
        share = row["explained"]
        text = _word(
            "surface",
            lang,
            outcome=outcome_name(row["outcome"], lang) + (f" [{row['scenario']}, {row['policy']}]" if many else ""),
            share="—" if share is None else f"{max(0.0, share):.0%}",
            n=row["n"],
        )
        lines.append(text + (_word("useless", lang) if share is None or share < USEFUL else ""))
    return {"title": _word("surfaces", lang), "lines": lines} if lines else None
