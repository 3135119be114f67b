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
# # 复盘讲评 · The debriefing
#
# 打开一次演练的文件夹：谁在什么时候知道什么、作了什么决定、协同缺口从哪里来，换一个决定会怎样。
#
# Open the folder of a run: who knew what when, what was decided, where gaps of coordination came from, and what
# another
# decision would have led to.

# %% [markdown]
# ## 1. 设置 · Settings
#
# `FOLDER` 是演练文件夹；留空则先自动演一次，供试用。
# `FOLDER` is a run folder; while it is empty a run is made first, to try the notebook.

# %%
LANG = "zh"  # "zh" 中文, "en" English
FOLDER = ""
OTHER = {"villages": "wait"}  # 想换成的决定：问题和选项 · the decision to change: question and option
REPLICATIONS = 4  # 每个选项的推演次数 · futures of each option

from pathlib import Path

from IPython.display import Image, Markdown, display

import sim
from sim.clocktext import after_start
from sim.notebook import debrief
from sim.play.runs import keep_score
from sim.show.figures import figure_png
from sim.show.names import Names


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
# ## 2. 打开 · Open it

# %%
assert "say" in globals(), "请先运行第 1 步 · Run step 1 first"

folder = Path(FOLDER) if FOLDER else Path("../reports/runs/debriefed")
if not FOLDER and not folder.exists():
    keep_score(folder, sim.Session("chlorine-leak", seed=1, folder=folder).finish())
look = debrief(folder, LANG)
record, card, names = look.record, look.card, Names(look.record.exercise, LANG)
say(f"### {names.exercise.scenario.name.in_language(LANG)}：总分 {card['total']:.1f}",
    f"### {names.exercise.scenario.name.in_language(LANG)}: total {card['total']:.1f}")  # fmt: skip

# %% [markdown]
# ## 3. 沿时间轴看 · Along the time line
#
# 拖动滑块，消息、掌握的情况和示意图一起移动；按播放键自动讲解。选一个缺口，就跳到它开始的时刻和相关席位。
# “示意图”可以在该席位掌握的和真实情况之间切换。
# 选了缺口之后：先看它的来龙去脉；“测算代价”推演有无这个缺口的多次未来；“哪个决定能补上它”在同样的运气下逐个试别的决定；
# 挑一个，“演这个决定，两次并排”，滑块就同时移动两次推演。
#
# Move the slider: messages, what the seat knew and the map move together; the play button lectures by itself.
# Choose a gap
# to go to the moment and the seat where it begins. The map shows what the seat knew, or what was true.
# With a gap chosen, read how it came about; *What did it cost?* runs many futures without and with it closed;
# *Which decision would have closed it?* tries every other decision under the same luck; pick one, run it, and the
# slider moves both runs side by side.

# %%
assert "look" in globals(), "请先运行第 2 步 · Run step 2 first"

display(look)

# %% [markdown]
# ## 4. 全程一览 · The whole run at a glance

# %%
assert "look" in globals(), "请先运行第 2 步 · Run step 2 first"

display(Image(figure_png(record, "timeline", LANG, score=card)))
display(Image(figure_png(record, "knowledge", LANG, score=card)))

# %% [markdown]
# ## 5. 协同缺口 · Gaps of coordination
#
# 每个缺口是一项没有按时尽到的义务，附证据；最长的在前。
# Each gap is an obligation that was not met in time, with its evidence; the longest first.

# %%
assert "look" in globals(), "请先运行第 2 步 · Run step 2 first"

longest = sorted(card["gaps"], key=lambda gap: -gap["minutes"])[:10]
table(
    ["T+", "分钟", "类型", "单位", "说明"] if LANG == "zh" else ["T+", "minutes", "type", "units", "what was owed"],
    [
        [
            after_start(gap["start_s"]),
            f"{gap['minutes']:.0f}",
            names.coded("gap", gap["type"]),
            names.things(gap["units"]),
            gap["evidence"][LANG],
        ]
        for gap in longest
    ],
)

# %% [markdown]
# ## 6. 换一个决定，两次并排 · Another decision, side by side
#
# 过去不变，运气相同，只改 `OTHER` 里的一个决定；其后其他席位照原来的答复。
# The past stays, the luck is the same, only the decision in `OTHER` differs; later answers are those of the
# first run.

# %%
assert "look" in globals(), "请先运行第 2 步 · Run step 2 first"

import tempfile

from sim.play.branch import Other, branch

(question, option), *_ = OTHER.items()
with tempfile.TemporaryDirectory() as place:
    other_folder = Path(place) / "other"
    other = branch(folder, Other(at=question, choice=option), other_folder).session.finish()
    other_card = keep_score(other_folder, other)
words = {"total": ("总分", "total"), "response_speed": ("响应速度", "response speed"),
         "coordination": ("统筹协调", "coordination")}  # fmt: skip
rows = [[words[name][LANG == "en"], f"{card[name]:.1f}", f"{other_card[name]:.1f}"] for name in words]
rows.append(["损失" if LANG == "zh" else "loss", *(f"{one['harm']['actual']:.2f}" for one in (card, other_card))])
rows.append(["协同缺口数" if LANG == "zh" else "gaps", len(card["gaps"]), len(other_card["gaps"])])
changed = names.options(question).get(option, option)
table(["", "原来", changed] if LANG == "zh" else ["", "as it was", changed], rows)

# %% [markdown]
# ## 7. 每个选项会怎样 · What each option would lead to

# %%
assert "question" in globals(), "请先运行第 6 步 · Run step 6 first"

found = sim.whatif(folder, question, replications=REPLICATIONS)
texts = {name: text.in_language(LANG) for name, text in found.pause.asked.options.items()}
texts["wait+5min"] = "等 5 分钟再定" if LANG == "zh" else "wait 5 minutes first"
table(
    ["选项", "平均损失"] if LANG == "zh" else ["option", "mean loss"],
    [[texts.get(row["way"], row["way"]), f"{row['loss.mean']:.2f}"] for row in found.table()],
)
say("评估报告：在终端运行 `tabletop report 演练文件夹`。", "The report: `tabletop report FOLDER` in a terminal.")
