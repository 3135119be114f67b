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
# # 坐到席位上 · Take a seat
#
# 你将担任一个席位：看消息、判断情况、作决定，最后和参考结果对照。不需要懂程序。
# 点菜单 **Run > Run All Cells**，然后在第 2 步出现的面板里操作；演练结束后，再从第 4 步往下运行一遍。
#
# You take one seat: read messages, judge what is going on, decide, and compare yourself at the end. No programming is
# needed. Choose **Run > Run All Cells**, work in the panel that appears at step 2, and when the exercise is over
# run the
# cells from step 4 on once more.
#
# 仅供训练，不用于真实事件的指挥调度。For training only, not for dispatch in a real emergency.

# %% [markdown]
# ## 1. 设置 · Settings
#
# 只需修改这一个单元格。`REHEARSED` 留空时由你作答；写上答复（如 `{"first-call":
# "alert-and-verify"}`）则自动作答，供备课用。
#
# Change only this cell. While `REHEARSED` is empty you answer; with answers in it the seat answers by itself,
# which helps
# to prepare a class.

# %%
LANG = "zh"  # "zh" 中文, "en" English
SCENARIO = "chlorine-leak"
SEAT = "duty"  # duty, command, police, emergency, health, transport, propaganda
SEED = 1
RUNS = "../reports/runs"  # 演练文件夹放在这里 · where run folders go
FOLDER = ""  # 留空则新建；填演练文件夹则接着演 · empty for a new run; a run folder to go on with it
REHEARSED = {}

from pathlib import Path

from IPython.display import Markdown, display

from sim.notebook import exercise


def say(zh, en):
    """显示一段文字 · Show a text in the language chosen above."""
    display(Markdown(zh if LANG == "zh" else en))


say("设置完成。", "Settings are read.")

# %% [markdown]
# ## 2. 入座 · Sit down
#
# 第一个标签页是导调台：点“开始演练”。第二个标签页是你的席位。
# 面板上：左边是待你决定的问题，中间是消息和力量，右边是示意图和掌握的情况（“?”表示未核实）。
#
# The first tab is the control room: press *Begin*. The second tab is your seat: questions on the left, messages
# and units
# in the middle, the map and what you know on the right (“?” means not verified).

# %%
assert "say" in globals(), "请先运行第 1 步 · Run step 1 first"

if "room" in globals():  # 上一次的演练可以接着演 · the earlier exercise can be gone on with from its folder
    globals()["room"].close()
number = 1
while (free := Path(RUNS) / f"seat-{number}").exists():
    number += 1
room = exercise(SCENARIO, seats=[SEAT], seed=SEED, lang=LANG, folder=FOLDER or free)
say(f"演练文件夹：`{room.folder}`（重启后把它填到第 1 步的 `FOLDER`）",
    f"Run folder: `{room.folder}` (after a restart, write it into `FOLDER` in step 1)")  # fmt: skip
display(room)

# %% [markdown]
# ## 3. 需要提示时 · When you want a hint
#
# 随时可以运行本单元格：它只看你的席位掌握的情况，不会泄露别处的消息。
# Run this cell whenever you like: it looks only at what your seat holds.

# %%
assert "room" in globals(), "请先运行第 2 步 · Run step 2 first"

if REHEARSED:
    room.rehearse(REHEARSED)

now = room.room.model(f"seat/{SEAT}", LANG)
doubtful = [row["fact"] for row in now["facts"] if not row["sure"] or row["doubts"]]
lost = [row["who"] for row in now["sent"] if row["tone"] == "bad"]
asked = [row["text"] for row in now["questions"] if row["state"] == "open"]
hints = []
if asked:
    hints.append(("有问题在等你：" if LANG == "zh" else "A question waits for you: ") + asked[0])
if doubtful:
    hints.append(("还没有核实：" if LANG == "zh" else "Not verified yet: ") + ", ".join(doubtful[:5]))
if lost:
    hints.append(
        ("没有送到或没有签收：" if LANG == "zh" else "Not delivered or not acknowledged: ") + ", ".join(lost[:5])
    )
if not hints:
    hints.append(
        "目前没有遗漏，想想谁还需要知道这些。" if LANG == "zh" else "Nothing is left open; who else needs to know?"
    )
display(Markdown("\n".join(f"- {hint}" for hint in hints)))

# %% [markdown]
# ## 4. 结果 · How it went
#
# 演练结束后运行。Run this when the exercise is over.

# %%
assert "hints" in globals(), "请先运行第 3 步 · Run step 3 first"

import sim
from sim.play.runs import keep_score

card = None
if not room.over:
    say("**演练还没有结束。** 先在第 2 步的面板里演完，再运行本单元格。",
        "**The exercise is not over.** Finish it in the panel of step 2, then run this cell again.")  # fmt: skip
else:
    record = room.record()
    card = keep_score(room.folder, record)
    harm = card["harm"]
    speed, coordination = f"{card['response_speed']:.1f}", f"{card['coordination']:.1f}"
    actual, nobody, best = (f"{harm[name]:.2f}" for name in ("actual", "none", "perfect"))
    say(f"### 总分 {card['total']:.1f}\n响应速度 {speed}，统筹协调 {coordination}；"
        f"损失 {actual}（无人下令 {nobody}，立刻知道真实情况 {best}）",
        f"### Total {card['total']:.1f}\nresponse speed {speed}, coordination {coordination}; "
        f"loss {actual} (nobody gives orders {nobody}, truth known at once {best})")  # fmt: skip

# %% [markdown]
# ## 5. 换一个决定会怎样 · What another decision would have led to
#
# 对你的第一个决定，每个选项各演到底，比较平均损失；运气相同。
# Every option of your first decision is played to the end under the same luck, and the mean losses are compared.

# %%
assert "card" in globals(), "请先运行第 4 步 · Run step 4 first"

if card is None:
    say("演练结束后再运行。", "Run this when the exercise is over.")
else:
    mine = next((one.key for one in record.journal if one.kind == "answer" and one.seat == SEAT), None)
    if mine is None:
        say("你没有作过答复。", "You did not answer anything.")
    else:
        found = sim.whatif(room.folder, mine, replications=4)
        texts = {name: text.in_language(LANG) for name, text in found.pause.asked.options.items()}
        texts["wait+5min"] = "等 5 分钟再定" if LANG == "zh" else "wait 5 minutes first"
        rows = [f"| {texts.get(row['way'], row['way'])} | {row['loss.mean']:.2f} |" for row in found.table()]
        head = "| 选项 | 平均损失 |" if LANG == "zh" else "| option | mean loss |"
        display(Markdown("\n".join([head, "| --- | --- |", *rows])))
    say(f"复盘：打开笔记本 `03_debrief.ipynb`，把 `FOLDER` 改为 `{room.folder}`。",
        f"Debriefing: open `03_debrief.ipynb` and set `FOLDER` to `{room.folder}`.")  # fmt: skip
