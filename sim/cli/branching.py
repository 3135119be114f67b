"""Commands over runs that belong together: branch, compare, tree."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.cli.exercise import finish
from sim.cli.tables import between, number, table_lines
from sim.clocktext import after_start, parse_duration
from sim.errors import InChinese, bad_input

if TYPE_CHECKING:
    from sim.assess.compare import Comparison
    from sim.record.folder import RunRecord
    from sim.show.names import Names

WORDS = {
    "dropped": {"en": "left out", "zh": "未能重做"},
    "stood_in": {
        "en": "asked only here, answered by the policy {policy}: {keys}",
        "zh": "仅本次出现、由策略 {policy} 代答的问题：{keys}",
    },
    "gone": {"en": "asked only in the parent run: {keys}", "zh": "仅原演练出现的问题：{keys}"},
    "compare": {"en": "compare: tabletop compare {parent} {out}", "zh": "对比：tabletop compare {parent} {out}"},
    "equal": {"en": "all {n} events are equal", "zh": "全部 {n} 条事件一致"},
    "first": {"en": "first difference", "zh": "首处不同"},
    "nothing": {"en": "nothing more", "zh": "已无事件"},
    "files": {"en": "files that differ: {kinds}", "zh": "不同的文件：{kinds}"},
    "before": {"en": "first", "zh": "前者"},
    "after": {"en": "second", "zh": "后者"},
    "change": {"en": "change", "zh": "变化"},
    "score": {"en": "points", "zh": "得分"},
    "total": {"en": "total", "zh": "总分"},
    "response_speed": {"en": "response speed", "zh": "响应速度"},
    "coordination": {"en": "coordination", "zh": "统筹协调"},
    "loss": {"en": "loss", "zh": "损失"},
    "gaps.count": {"en": "gaps", "zh": "协同缺口数"},
    "gaps.minutes": {"en": "gaps, min", "zh": "协同缺口（分钟）"},
    "minutes": {"en": "{name}, min", "zh": "{name}（分钟）"},
    "unchanged": {"en": "milestones reached at the same time: {n}", "zh": "时间相同的节点：{n} 个"},
    "closed": {"en": "gaps only in the first ({n})", "zh": "仅前者有的缺口（{n} 处）"},
    "opened": {"en": "gaps only in the second ({n})", "zh": "仅后者有的缺口（{n} 处）"},
    "pairs": {
        "en": "the same settings and decisions under {n} other seeds; means, and 95 % intervals of paired differences",
        "zh": "相同设定与决策在另外 {n} 个种子下的均值，及配对差的 95% 区间",
    },
    "interrupted": {"en": "interrupted: only what was finished counts", "zh": "已中断：只计入已完成的部分"},
    "failed": {"en": "failed", "zh": "失败"},
    "unfinished": {"en": "unfinished", "zh": "未完成"},
    "unreadable": {"en": "not readable", "zh": "无法读取"},
    "noruns": {"en": "no runs in", "zh": "没有演练记录："},
}

_ORDER = '{"do": "protect", "place": "liuwan", "by": "shelter"}'


def branch(arguments: argparse.Namespace) -> int:
    """Make a sibling run that differs in one decision."""
    from sim.play.branch import Other
    from sim.play.branch import branch as branch_off
    from sim.play.settings import JOURNAL
    from sim.play.then import ASK, STAND_IN, unmatched

    parent, lang = Path(arguments.folder), arguments.lang
    at = _at(arguments.at)
    order = _order(arguments.order) if arguments.order else None
    if isinstance(at, str) and not arguments.choose:
        raise bad_input(
            "--choose",
            "an option is needed",
            "--choose OPTION, or no_answer",
            zh=InChinese("--choose", "要指明选项", "--choose 选项，或 no_answer"),
        )
    seats = tuple(name.strip() for name in arguments.seats.split(",") if name.strip())
    other = Other(at, arguments.choose or "", order, arguments.seat, arguments.charged, arguments.then, seats)
    out = Path(arguments.out) if arguments.out else _free(parent, str(arguments.at), arguments.choose or arguments.then)
    branched = branch_off(parent, other, out)
    for one in branched.dropped:
        print(f"{WORDS['dropped'][lang]}: {after_start(one.entry.at_s)} {one.why}")
    if other.then == ASK:
        from sim.cli.terminal import sit

        return sit(branched.session, out, lang, with_report=not arguments.no_report)
    finish(out, branched.session.finish(), lang, with_report=not arguments.no_report)
    if other.then == JOURNAL:
        only_here, only_there = unmatched(out)
        if only_here:
            print(WORDS["stood_in"][lang].format(policy=STAND_IN, keys=", ".join(only_here)))
        if only_there:
            print(WORDS["gone"][lang].format(keys=", ".join(only_there)))
    print(WORDS["compare"][lang].format(parent=parent, out=out))
    return 0


def _at(text: str) -> str | int:
    try:
        return parse_duration(text)
    except ValueError:
        return text


def _order(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError as error:
        raise bad_input(
            "--order",
            f"is no JSON: {error}",
            _ORDER,
            zh=InChinese("--order", f"不是 JSON（{error}）", f"写法如 {_ORDER}"),
        ) from error
    if not isinstance(found, dict):
        raise bad_input(
            "--order", "must be a mapping", _ORDER, zh=InChinese("--order", "不是键值对", f"写法如 {_ORDER}")
        )
    return found


def _free(parent: Path, at: str, what: str) -> Path:
    """Return the first free folder beside a run folder."""
    stem = f"{parent.resolve().name}-{at}-{what}".replace("#", "-").replace("+", "-")
    for count in range(1, 10_000):
        folder = beside(parent, stem if count == 1 else f"{stem}-{count}")
        if not folder.exists():
            return folder
    raise bad_input("--out", "too many run folders of this name", "another folder")


def beside(folder: Path, name: str) -> Path:
    """Return the path of a folder beside another."""
    return (folder if folder.name not in ("", "..") else folder.resolve()).with_name(name)


def compare(arguments: argparse.Namespace) -> int:
    """Say where two runs part and what that did."""
    from sim.assess.compare import compare as compare_runs
    from sim.record.folder import read_folder
    from sim.show.names import Names

    lang, folders = arguments.lang, (Path(arguments.folder), Path(arguments.other))
    records = [read_folder(folder) for folder in folders]
    cards = [_card(record, folder) for record, folder in zip(records, folders, strict=True)]
    found = compare_runs(records[0], cards[0], records[1], cards[1])
    names = Names(records[0].exercise, lang)
    _print_difference(found, records[0], names)
    _print_lines(found, names)
    for title, gaps in (("closed", found.closed), ("opened", found.opened)):
        if gaps:
            print(f"\n{WORDS[title][lang].format(n=len(gaps))}")
        for gap in gaps:
            print(f"  {after_start(gap['start_s'])}  {names.coded('gap', gap['type'])}: {gap['evidence'][lang]}")
    return _print_pairs(folders, arguments, names) if arguments.replications else 0


def _card(record: RunRecord, folder: Path) -> dict[str, Any]:
    """Return the score card of a run, by this program; yardsticks that are not kept are run."""
    from sim.assess.score import score
    from sim.play.references import references
    from sim.play.runs import read_references
    from sim.spec.parameters import parse_overrides

    if (folder / "references.json").exists():
        return score(record, read_references(folder))
    parameters = parse_overrides(record.meta["overrides"], "run.json")
    return score(record, references(record.exercise, record.meta["seed"], parameters))


def _print_difference(found: Comparison, record: RunRecord, names: Names) -> None:
    from sim.assess.compare import changed_fields
    from sim.show.event_words import kind_in_words

    lang, difference = names.lang, found.difference
    if found.files:
        print(WORDS["files"][lang].format(kinds=", ".join(found.files)))
    if difference is None:
        print(WORDS["equal"][lang].format(n=len(record.events)))
        return
    print(f"{WORDS['first'][lang]}:")
    for title, event in (("before", difference.recorded), ("after", difference.again)):
        text = WORDS["nothing"][lang]
        if event is not None:
            who = f"{names.thing(event.actor)}: " if event.actor else ""
            text = f"{after_start(event.at_s)} ({names.local(event.at_s)})  {who}{kind_in_words(event.kind, lang)}"
            text += f" [{event.kind} {event.subject}]"
        print(f"  {WORDS[title][lang]}: {text}")
    for name, left, right in changed_fields(difference):
        print(f"    {name}: {_shown(left)} → {_shown(right)}")


def _shown(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 100 else f"{text[:99]}…"


def _print_lines(found: Comparison, names: Names) -> None:
    lang = names.lang
    rows, equal = [], 0
    for line in found.lines:
        if line.group == "milestone" and line.first == line.second:
            equal += 1
            continue
        digits = 0 if (line.group, line.name) == ("gaps", "count") else 2
        change = number(line.change, digits, signed=True)
        rows.append((_label(line.group, line.name, names), *(number(one, digits) for one in line[2:]), change))
    print()
    print("\n".join(table_lines(("", *(WORDS[one][lang] for one in ("before", "after", "change"))), rows)))
    print(WORDS["unchanged"][lang].format(n=equal))


def _label(group: str, name: str, names: Names) -> str:
    lang = names.lang
    if group == "milestone":
        return WORDS["minutes"][lang].format(name=names.milestone(name))
    if group == "loss":
        return WORDS["loss"][lang] if name == "all" else f"  {names.coded('part', name)}"
    return WORDS[name if group == "score" else f"{group}.{name}"][lang]


def _print_pairs(folders: tuple[Path, Path], arguments: argparse.Namespace, names: Names) -> int:
    from sim.study.pairs import pairs, side_of

    lang = arguments.lang
    first, second = (side_of(folder) for folder in folders)
    jobs = arguments.jobs or os.cpu_count() or 1
    found = pairs(first, second, arguments.replications, jobs=jobs, progress=True)
    print(f"\n{WORDS['pairs'][lang].format(n=found.replications)}")
    if found.interrupted:
        print(WORDS["interrupted"][lang])
    rows = []
    for row in found.rows:
        group, _, name = row.name.partition(".")
        known = {"total_loss": ("loss", "all"), "gaps": ("gaps", "count"), "gap_minutes": ("gaps", "minutes")}
        if group == "at_min":
            label = _label("milestone", name, names)
        elif row.name in ("total", "response_speed", "coordination"):
            label = _label("score", row.name, names)
        elif group == "loss" or row.name in known:
            label = _label(*known.get(row.name, (group, name)), names)
        else:
            continue
        change = between(row.difference.mean, row.difference.low, row.difference.high, signed=True)
        rows.append((label, number(row.first.mean), number(row.second.mean), change))
    if rows:
        print("\n".join(table_lines(("", *(WORDS[one][lang] for one in ("before", "after", "change"))), rows)))
    for reason in found.failed:
        print(f"{WORDS['failed'][lang]}: {reason}", file=sys.stderr)
    return 130 if found.interrupted else 1 if found.failed else 0


def tree(arguments: argparse.Namespace) -> int:
    """List the runs of a folder as a tree by what they branch from."""
    from sim.play.tree import listed, runs_in

    folder, lang = Path(arguments.folder), arguments.lang
    runs = runs_in(folder)
    if not runs:
        print(f"{WORDS['noruns'][lang]} {folder}")
    for depth, run in listed(runs):
        total = number(run.total, 1) if run.finished else WORDS["unfinished"][lang]
        if run.problem:
            total = f"{WORDS['unreadable'][lang]}: {run.problem}"
        about = f"  [{run.what}]" if run.what else ""
        print(f"{'   ' * max(0, depth - 1)}{'└─ ' if depth else ''}{run.name}  {total}{about}")
    return 0
