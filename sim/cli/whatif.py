"""The command whatif: every way to act at a question, played forward."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sim.cli.branching import beside
from sim.cli.tables import between, table_lines
from sim.clocktext import after_start

if TYPE_CHECKING:
    from sim.study.whatif import WhatIf

WORDS = {
    "way": {"en": "option", "zh": "选项"},
    "loss": {"en": "mean loss", "zh": "平均损失"},
    "difference": {"en": "difference", "zh": "差值"},
    "hindsight": {"en": "regret in hindsight", "zh": "事后后悔值"},
    "regret": {"en": "regret on what was known", "zh": "按当时所知的后悔值"},
    "best": {"en": "best", "zh": "最优比例"},
    "taken": {"en": "taken", "zh": "实际选择"},
    "reference": {"en": "policy {policy}", "zh": "策略 {policy}"},
    "unit": {
        "en": "Losses in equivalents of one death, with 95 % intervals; difference: from “{compared}”, same luck.",
        "zh": "损失折合死亡人数，括号内为 95% 区间；差值为同一运气下与“{compared}”之差。",
    },
    "counted": {
        "en": "{n} futures of each option, from {at}; after the decision the policy {then} answers everything.",
        "zh": "每个选项自 {at} 起向前推演 {n} 次；决策之后一律由策略 {then} 作答。",
    },
    "found": {
        "en": "least mean loss: {way}; it came out best in {share:.0%} of resamples of the replications",
        "zh": "平均损失最小：{way}；对各次推演重复抽样，其中 {share:.0%} 的样本里它最优",
    },
    "interrupted": {
        "en": "interrupted: {n} of {wanted} replications are finished, and only they count",
        "zh": "已中断：{wanted} 次推演完成 {n} 次，只计入已完成的",
    },
    "left": {"en": "replications left out: {n}", "zh": "未计入的推演：{n} 次"},
    "nothing": {"en": "no replication was finished", "zh": "没有完成任何一次推演"},
    "kept": {"en": "tables and figure", "zh": "表格与图"},
}


def whatif(arguments: argparse.Namespace) -> int:
    """Play every option of a question forward, print the table and keep it."""
    from sim.study.whatif import whatif as play_forward

    folder, lang = Path(arguments.folder), arguments.lang
    found = play_forward(
        folder,
        arguments.at,
        then=arguments.then,
        replications=arguments.replications,
        jobs=arguments.jobs or os.cpu_count() or 1,
        progress=True,
        fork=not arguments.no_fork,
    )
    for line in lines(found, lang):
        print(line)
    name = f"{folder.resolve().name}-whatif-{arguments.at}".replace("#", "-")
    out = Path(arguments.out) if arguments.out else beside(folder, name)
    found.save(out, lang)
    found.keep_in(folder)
    print(f"{WORDS['kept'][lang]}: {out}")
    failed = sorted({str(row["failed"]) for row in found.rows if row["failed"]})
    for reason in failed:
        print(reason, file=sys.stderr)
    return 130 if found.interrupted else 1 if failed else 0


def lines(found: WhatIf, lang: str) -> list[str]:
    """Return what is printed: the question, a row for each way, and the best one."""
    from sim.play.forward import REFERENCE
    from sim.study.whatif_figure import way_text

    pause, sums = found.pause, found.regret
    ways = {way.id: way_text(pause, way, lang) for way in pause.ways}
    text = [pause.asked.question.in_language(lang)]
    if found.interrupted:
        text.append(WORDS["interrupted"][lang].format(n=sums.replications, wanted=found.wanted))
    elif sums.left_out:
        text.append(WORDS["left"][lang].format(n=sums.left_out))
    if not sums.replications:
        return [*text, WORDS["nothing"][lang]]
    at, then = after_start(pause.at_s), pause.past.then
    text.append(WORDS["counted"][lang].format(n=sums.replications, at=at, then=then))
    notes = {pause.taken: [WORDS["taken"][lang]]} if pause.taken else {}
    notes.setdefault(sums.reference, []).append(WORDS["reference"][lang].format(policy=REFERENCE))
    rows = [
        (
            ways[one.way] + (f" [{', '.join(notes[one.way])}]" if one.way in notes else ""),
            between(one.loss.mean, one.loss.low, one.loss.high),
            between(one.difference.mean, one.difference.low, one.difference.high, signed=True),
            between(one.hindsight.mean, None, None),
            between(one.regret.mean, one.regret.low, one.regret.high, signed=True),
            "—" if one.best_share is None else f"{one.best_share:.0%}",
        )
        for one in sums.standings
    ]
    head = [WORDS[name][lang] for name in ("way", "loss", "difference", "hindsight", "regret", "best")]
    text += ["", *table_lines(head, rows), ""]
    compared = WORDS["taken"][lang] if pause.taken else WORDS["reference"][lang].format(policy=REFERENCE)
    text.append(WORDS["unit"][lang].format(compared=compared))
    if sums.confidence is not None:
        text.append(WORDS["found"][lang].format(way=ways[sums.best], share=sums.confidence))
    return text
