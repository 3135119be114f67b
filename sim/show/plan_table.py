"""A plan as tables: its tasks, and who answers for what (责任矩阵): organizations by tasks with R, A, C and I."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import NamedTuple

from sim.clocktext import length
from sim.spec.base import FactKey
from sim.spec.county import County
from sim.spec.functions import accountable, covered
from sim.spec.plan import NOBODY, PLACE, SITE, Plan, PlanTask, RuleTable
from sim.spec.plan_flow import Flow, flow

WORDS = {
    "tasks": ("任务分解表", "tasks"),
    "matrix": ("责任矩阵", "responsibilities"),
    "flow": ("处置流程图", "what triggers what"),
    "step": ("步骤", "step"),
    "task": ("任务", "task"),
    "owner": ("责任单位", "owner"),
    "accountable": ("批准单位", "answers for it"),
    "helps": ("协助单位", "helps"),
    "told": ("应知单位", "told"),
    "when": ("启动条件", "set off by"),
    "after": ("前置任务", "after"),
    "needs": ("所需信息", "must know"),
    "within": ("时限", "within"),
    "serves": ("职能", "serves"),
    "ground": ("依据", "ground"),
    "organization": ("单位", "organization"),
    "nobody": ("（无人负责）", "(nobody)"),
    "never": ("无法启动", "never"),
    "place": ("各地点", "each place"),
    "site": ("事发地", "the site"),
    "legend": (
        "R 负责　A 批准并负总责　R/A 兼任　C 协助　I 应知",
        "R responsible · A accountable · R/A both · C consulted or helping · I informed",
    ),
    "reviewed": ("经专家评审", "reviewed by experts"),
    "unreviewed": ("未经专家评审", "not reviewed by experts"),
    "revised": ("修订于 {date}", "revised {date}"),
    "fitness": ("相符程度 {fitness}", "fitness {fitness}"),
    "unstated": ("未写明评审情况", "review not stated"),
    "flow_key": (
        "箭头：前一任务使责任单位得知启动后一任务的情况；虚线：前置任务；各列为步骤",
        "Arrows: a task lets the next owner know what sets its task off; dashed: should come before; columns are steps",
    ),
}
"""Words of the tables, Chinese and English."""


class Paper(NamedTuple):
    """A plan with what its words stand for, in a language."""

    plan: Plan
    county: County
    rules: RuleTable
    lang: str

    def word(self, key: str, **fields: object) -> str:
        """Return a word of the tables."""
        return WORDS[key][0 if self.lang == "zh" else 1].format(**fields)

    def who(self, ident: str) -> str:
        """Return the name of an organization."""
        names = {one.id: one.name.in_language(self.lang) for one in self.county.organizations}
        return self.word("nobody") if ident == NOBODY else names.get(ident, ident)

    def fact(self, key: FactKey) -> str:
        """Return the name of a fact, with its place where it is about one."""
        listed = {kind.key: kind.name.in_language(self.lang) for kind in self.plan.facts}
        subject, _, attribute = key.partition("/")
        if key in listed and subject != PLACE:
            return listed[key]
        places = {place.id: place.name.in_language(self.lang) for place in self.county.places}
        place = self.word(subject) if subject in (PLACE, SITE) else places.get(subject, subject)
        colon = "：" if self.lang == "zh" else ": "
        return f"{place}{colon}{listed.get(f'{PLACE}/{attribute}', attribute)}"

    def listed(self, words: Sequence[str]) -> str:
        """Return several words in a row."""
        return ("、" if self.lang == "zh" else ", ").join(words)

    def status(self) -> str:
        """Return what the head of the plan says of it."""
        review = self.plan.review
        if review is None:
            return self.word("unstated")
        by = self.word("reviewed" if review.by_experts else "unreviewed")
        return self.listed(
            (by, self.word("revised", date=review.revised), self.word("fitness", fitness=f"{review.fitness:g}"))
        )

    def worked_out(self) -> Flow:
        """Return what triggers what in the plan."""
        return flow(self.plan, self.county, self.rules)


COLUMNS = (
    "step",
    "task",
    "owner",
    "accountable",
    "helps",
    "told",
    "when",
    "after",
    "needs",
    "within",
    "serves",
    "ground",
)
"""Columns of the table of tasks."""


def task_table(paper: Paper) -> list[list[str]]:
    """Return the tasks of a plan as a table with a head: each with its owner, helpers, limits and grounds."""
    layers = {step.task.id: step.layer for step in paper.worked_out().steps}
    names = {task.id: task.name.in_language(paper.lang) for task in paper.plan.tasks}
    functions = {function.id: function.name.in_language(paper.lang) for function in paper.rules.functions}
    rows = [[paper.word(column) for column in COLUMNS]]
    for task in paper.plan.tasks:
        layer = layers[task.id]
        triggers = dict.fromkeys(paper.fact(key) for clause in task.when for key in clause.facts())
        rows.append(
            [
                paper.word("never") if layer is None else str(layer + 1),
                names[task.id],
                paper.who(task.owner),
                paper.who(accountable(task, paper.rules)),
                paper.listed([paper.who(one) for one in task.helps]),
                paper.listed([paper.who(one) for one in task.told]),
                paper.listed(list(triggers)),
                paper.listed([names.get(one, one) for one in task.after]),
                paper.listed([paper.fact(key) for key in task.needs]),
                length(task.within, paper.lang),
                paper.listed([functions[one] for one in covered(task, paper.county, paper.rules)]),
                task.ground.in_language(paper.lang),
            ]
        )
    return rows


def mark(task: PlanTask, organization: str, rules: RuleTable) -> str:
    """Return what an organization is to a task: R is responsible, A accountable, C consulted, I informed."""
    answers = accountable(task, rules)
    if organization == task.owner:
        return "R/A" if organization == answers else "R"
    if organization == answers:
        return "A"
    return "C" if organization in task.helps else "I" if organization in task.told else ""


def involved(paper: Paper) -> list[str]:
    """Return the organizations that the plan gives anything to do or know, in the order of the county file."""
    tasks, rules = paper.plan.tasks, paper.rules
    everybody = [one.id for one in paper.county.organizations]
    return [one for one in everybody if any(mark(task, one, rules) for task in tasks)]


def matrix(paper: Paper) -> list[list[str]]:
    """Return the responsibility matrix as a table with a head: a row for each task, a column for each organization."""
    bodies = involved(paper)
    rows = [[paper.word("task"), *(paper.who(one) for one in bodies)]]
    for task in paper.plan.tasks:
        rows.append([task.name.in_language(paper.lang), *(mark(task, one, paper.rules) for one in bodies)])
    return rows


def as_csv(rows: Sequence[Sequence[str]]) -> bytes:
    """Return a table as CSV that spreadsheet programs read as Chinese (UTF-8 with a byte order mark)."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([[_harmless(cell) for cell in row] for row in rows])
    return out.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    """Return a cell that no spreadsheet program takes for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@") else cell
