# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 编写并预演情景 · Write a scenario and rehearse it
#
# 从现有情景导出消息脚本表格，用 Excel 或 WPS 修改，再导回成为新的情景；检查无误后，在演练日之前先用模拟预演一遍。
#
# The injects of a scenario are written as a table, changed in Excel or WPS, and made into a new scenario; once
# nothing is
# wrong with it, it is rehearsed by simulation before the day.

# %% [markdown]
# ## 1. 设置 · Settings

# %%
LANG = "zh"  # "zh" 中文, "en" English
BASE = "chlorine-leak"  # 以哪个情景为底 · the scenario to begin from
FOLDER = "../reports/scripts"  # 表格和新情景放在这里 · where the table and the new scenario go

from pathlib import Path

import openpyxl
from IPython.display import Markdown, display

import sim
from sim.clocktext import after_start
from sim.errors import BadInput
from sim.show.names import Names
from sim.spec.script.convert import read_script, scenario_text
from sim.spec.script.export import export_xlsx
from sim.spec.script.table_read import read_tables


def say(zh, en):
    """显示一段文字 · Show a text in the language chosen above."""
    display(Markdown(zh if LANG == "zh" else en))


def table(head, rows):
    """显示一张表 · Show a table."""
    lines = [head, ["---"] * len(head), *rows]
    safe = [[str(cell).replace("|", "/").replace("@", "&#64;") for cell in line] for line in lines]
    display(Markdown("\n".join("| " + " | ".join(line) + " |" for line in safe)))


say("设置完成。", "Settings are read.")

# %% [markdown]
# ## 2. 导出表格 · Write the table
#
# 用 Excel 或 WPS 打开它，改时间、措辞、收件单位，或增删行，然后保存。已有的表格不会被覆盖。
# Open it in Excel or WPS, change times, words or addressees, add or delete rows, and save it. A table that is
# there already
# is not written over.

# %%
assert "say" in globals(), "请先运行第 1 步 · Run step 1 first"

base = sim.load(BASE)
Path(FOLDER).mkdir(parents=True, exist_ok=True)
sheet = Path(FOLDER) / f"{BASE}.xlsx"
if not sheet.exists():
    sheet.write_bytes(export_xlsx(base, LANG))
say(
    f"表格：`{sheet}`，共 {len(base.scenario.injects)} 条消息。",
    f"Table: `{sheet}`, {len(base.scenario.injects)} injects.",
)

# %% [markdown]
# ## 3. 修改一处 · Change something
#
# 这里用程序代替你在 Excel 里的修改：给第一条消息加一句话。自己改过表格后，把 `ADDED` 改为空。
# Here a program does what you would do in Excel: a sentence is added to the first inject. When you have changed
# the table
# yourself, make `ADDED` empty.

# %%
assert "sheet" in globals(), "请先运行第 2 步 · Run step 2 first"

ADDED = {"zh": "气味越来越重。", "en": " The smell grows stronger."}
first = base.scenario.injects[0].text
book = openpyxl.load_workbook(sheet)
for page in book:
    for row in page.iter_rows():
        for cell in row:
            for code, text in (("zh", first.zh), ("en", first.en)):
                if ADDED and isinstance(cell.value, str) and cell.value.lstrip("'") == text:
                    cell.value += ADDED[code]
book.save(sheet)

# %% [markdown]
# ## 4. 导入并检查 · Read it back and check it
#
# 所有问题一次列出，写明行和列。Every problem is told at once, with row and column.

# %%
assert "book" in globals(), "请先运行第 3 步 · Run step 3 first"

mine = Path(FOLDER) / f"{BASE}-mine.yaml"
try:
    text, made = scenario_text(read_script(read_tables(sheet), base), base, mine.name)
except BadInput as error:
    made = None
    for problem in error.in_language(LANG).splitlines():
        display(Markdown(f"- {problem}"))
else:
    mine.write_text(text, encoding="utf-8", newline="\n")
    say(f"没有问题。新情景：`{mine}`，共 {len(made.scenario.injects)} 条消息。",
        f"Nothing is wrong. New scenario: `{mine}`, {len(made.scenario.injects)} injects.")  # fmt: skip

# %% [markdown]
# ## 5. 预演 · Rehearse it
#
# 每条消息何时发出、何时读到、发给谁；没有发出的也列出。这样能发现太晚、太密或永远不会触发的消息。
# When each inject goes out, when it is read and by whom; those that never go out are listed too. That finds
# injects that come
# too late, too close together, or never.

# %%
assert "made" in globals(), "请先运行第 4 步 · Run step 4 first"

rehearsed = None
if made is None:
    say("先改正第 4 步列出的问题。", "Mend the problems of step 4 first.")
else:
    session = sim.Session(made, seed=1)
    rehearsed = session.finish()
    names = Names(made, LANG)
    sent = {event.subject: event for event in rehearsed.events if event.kind == "inject.sent"}
    caused = {event.subject: event.cause for event in rehearsed.events if event.kind == "message.composed"}
    read = {}
    for event in rehearsed.events:
        if event.kind == "message.read":
            read.setdefault(caused.get(event.subject), event.at_s)
    never = "没有发出" if LANG == "zh" else "never"
    table(
        ["发出", "读到", "来自", "发给", "内容"] if LANG == "zh" else ["sent", "read", "from", "to", "text"],
        [
            [
                after_start(sent[one.id].at_s) if one.id in sent else never,
                after_start(read[sent[one.id].seq]) if one.id in sent and sent[one.id].seq in read else "—",
                names.thing(one.sender),
                names.things(list(one.to)),
                one.text.in_language(LANG),
            ]
            for one in sorted(made.scenario.injects, key=lambda one: sent[one.id].at_s if one.id in sent else 10**9)
        ],
    )

# %% [markdown]
# ## 6. 决定要紧吗 · Do decisions matter?
#
# 同样的运气，按预案处置和无人下令各演一遍；差别太小，说明这个情景练不出东西。
# The same luck under the plan and with nobody giving orders; if they hardly differ, the scenario trains nothing.

# %%
assert "rehearsed" in globals(), "请先运行第 5 步 · Run step 5 first"

if rehearsed is not None:
    yardsticks = sim.references(made, 1, session.parameters)
    harm = sim.score(rehearsed, yardsticks)["harm"]
    table(
        ["处置", "损失"] if LANG == "zh" else ["who acts", "loss"],
        [
            ["按预案" if LANG == "zh" else "by the plan", f"{harm['actual']:.2f}"],
            ["无人下令" if LANG == "zh" else "nobody gives orders", f"{harm['none']:.2f}"],
            ["立刻知道真实情况" if LANG == "zh" else "truth known at once", f"{harm['perfect']:.2f}"],
        ],
    )
    say(f"演练时运行：`tabletop serve {mine}`", f"On the day: `tabletop serve {mine}`")
