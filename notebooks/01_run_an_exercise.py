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
# # 组织一次桌面推演 · Run a tabletop exercise
#
# 灰色方框是程序，称为“单元格”。点一下某个单元格，再按 **Shift + Enter** 运行它；
# 或在菜单选 **Run > Run All Cells** 从头到尾运行全部。按从上到下的顺序运行。
#
# A gray box holds program text and is called a cell. Click on a cell and press **Shift + Enter** to run it, or choose
# **Run > Run All Cells** in the menu to run everything. Run the cells from top to bottom.
#
# 仅供训练，不用于真实事件的指挥调度。For training only, not for dispatch in a real emergency.

# %% [markdown]
# ## 1. 设置 · Settings
#
# 只需修改这一个单元格。`LANG` 是语言；`SEED` 决定运气（同一编号，同样的运气）；
# `SEATS` 是由人担任的席位，其余席位按预案行事；`ANSWERS` 是事先写好的答复，这样不用有人输入也能运行到底。
#
# Change only this cell. `LANG` is the language; `SEED` fixes the luck (the same number, the same luck); `SEATS` are the
# seats that persons take, all others follow the plan; `ANSWERS` are answers written beforehand, so that the notebook
# runs to its end with nobody typing.

# %%
LANG = "zh"  # "zh" 中文, "en" English
SCENARIO = "chlorine-leak"
SEED = 1
SEATS = ["duty", "command", "emergency", "health", "propaganda"]
THINKING_S = 120  # 每次答复计入的思考时间（秒） · thinking time charged for each answer, in seconds
RUNS = "../reports/runs"  # 演练文件夹放在这里 · where run folders go
ANSWERS = {
    "first-call": "alert-and-verify",
    "force": "full",
    "villages": "shelter-both",
    "ambulances": "stage-outside",
    "cordon-size": "three-points",
    "bus-route": "around",
    "first-statement": "chain",
    "answer-rumor": "correct-with-facts",
    "downstream": "tell-now",
}

import warnings
from pathlib import Path

from IPython.display import FileLink, Image, Markdown, display

# 进度条的提示与本页无关 · a library's hint about progress bars, which this page does not use
warnings.filterwarnings("ignore", message="IProgress not found")
try:
    import sim
except ModuleNotFoundError as error:
    raise ModuleNotFoundError(
        "本内核没有安装 tabletop-sim，请按 README 安装后从 .venv 启动 Jupyter。"
        "This kernel has no tabletop-sim: install it as the README says, and start Jupyter from .venv."
    ) from error
from sim.clocktext import after_start, length, wall_time


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
# ## 2. 情景 · The scenario

# %%
assert "say" in globals(), "请先运行第 1 步 · Run step 1 first"

exercise = sim.load(SCENARIO)
scenario = exercise.scenario
names = {one.id: one.name.in_language(LANG) for one in (*exercise.county.organizations, *exercise.county.places)}

display(Markdown(f"### {scenario.name.in_language(LANG)}\n\n{scenario.summary.in_language(LANG)}"))
say("**训练目标**", "**Objectives**")
display(Markdown("\n".join(f"- {one.text.in_language(LANG)}" for one in scenario.objectives)))
say("**导调事件（不给参演人员看）**", "**Injects (not for the trainees)**")
table(
    ["T+", "来自", "发给", "内容", "期望行动"] if LANG == "zh" else ["T+", "from", "to", "text", "expected action"],
    [
        [
            "—" if inject.at is None else after_start(inject.at),
            names[inject.sender],
            ", ".join(names[to] for to in inject.to),
            inject.text.in_language(LANG),
            inject.expected.in_language(LANG),
        ]
        for inject in sorted(scenario.injects, key=lambda inject: (inject.at is None, inject.at or 0))
    ],
)

# %% [markdown]
# ## 3. 运行到第一个问题 · Run until the first question
#
# 重新运行本单元格，就重新开始一次演练。Run this cell again to begin a new exercise.

# %%
assert "exercise" in globals(), "请先运行第 2 步 · Run step 2 first"

for name in ("over", "card"):  # 上一次演练的结果不再有效 · results of an earlier exercise no longer count
    globals().pop(name, None)
number = 1
while (folder := Path(RUNS) / f"notebook-{number}").exists():
    number += 1
session = sim.Session(exercise, seed=SEED, seats=SEATS, thinking_s=THINKING_S, folder=folder)


def ask(asked):
    """显示一个问题 · Show a question with its options."""
    clock = wall_time(scenario.starts_at, asked.opened_s)
    options = [f"- `{name}`  {text.in_language(LANG)}" for name, text in asked.options.items()]
    head = f"**{after_start(asked.opened_s)} ({clock}) {names[asked.seat]}**: {asked.question.in_language(LANG)}"
    display(Markdown("\n".join([head, "", *options])))


waiting = session.advance()
for asked in waiting:
    ask(asked)
if not waiting:
    say("没有席位被提问，请看第 1 步的 SEATS。", "No seat was asked anything; look at SEATS in step 1.")

# %% [markdown]
# ## 4. 这个席位看到什么 · What this seat sees
#
# 席位只知道别人告诉它的和本部门看到的；每条情况都有来源和时间。
# A seat knows only what it was told and what its own units saw; each fact has a source and an age.

# %%
assert "session" in globals(), "请先运行第 3 步 · Run step 3 first"


def show_view(seat):
    """显示席位的消息和掌握的情况 · Show the messages of a seat and what it holds."""
    view = session.view(seat)
    kinds = {kind.key: kind.name.in_language(LANG) for kind in exercise.plan.facts}

    def fact(key):
        subject, _, attribute = key.partition("/")
        return kinds.get(key) or f"{names.get(subject, subject)}: {kinds.get(f'place/{attribute}', attribute)}"

    display(Markdown(f"**{names[seat]}**  {after_start(view.at_s)}"))
    table(
        ["T+", "来自", "消息"] if LANG == "zh" else ["T+", "from", "message"],
        [
            [
                after_start(message["at_s"]),
                names.get(message["sender"], message["sender"]),
                message["text"][LANG]
                if message["text"]
                else "; ".join(f"{fact(one['fact'])} = {one['value']}" for one in message["facts"]),
            ]
            for message in view.messages
        ],
    )
    table(
        ["情况", "值", "来源", "时效", "已核实"] if LANG == "zh" else ["fact", "value", "source", "age", "verified"],
        [
            [
                fact(row["fact"]),
                row["value"],
                names.get(row["source"], row["source"]),
                length(view.at_s - row["as_of_s"], LANG),
                "✓" if row["verified"] else "",
            ]
            for row in view.picture
        ],
    )


for asked in waiting:
    show_view(asked.seat)

# %% [markdown]
# ## 5. 决定 · Decide
#
# 答复先写入磁盘，再生效。An answer is on disk before it counts.

# %%
assert "show_view" in globals(), "请先运行第 4 步 · Run step 4 first"


def answer_to(asked):
    """返回对一个问题的答复 · Return the answer to a question."""
    # 要自己输入答复，删去下一行开头的 # 号 · to type answers yourself, delete the # at the start of the next line
    # return input(f"{asked.key}: {', '.join(asked.options)} > ").strip() or None
    return ANSWERS.get(asked.key, next(iter(asked.options)))


def decide(asked):
    """把答复交给演练 · Give the answer to the exercise."""
    choice = answer_to(asked)
    while choice is not None and choice not in asked.options:
        say(f"没有选项 `{choice}`。", f"There is no option `{choice}`.")
        choice = input(f"{asked.key}: {', '.join(asked.options)} > ").strip() or None
    session.decide({asked.key: choice})
    words = "—" if choice is None else asked.options[choice].in_language(LANG)
    display(Markdown(f"→ {names[asked.seat]}: {words}"))


while waiting:
    decide(waiting[0])
    waiting = waiting[1:]

# %% [markdown]
# ## 6. 继续到结束 · Go on to the end
#
# 演练在每个问题处停下，得到答复后继续。The exercise stops at each question and goes on when it is answered.
#
# 导调可以随时介入：扣留或取消注入、临时注入、值班抽查、中断渠道、修改参数；每一步都记入日志。
# 评估员的记录是带时间的证据。
# The trainer can step in at any time: hold or skip injects, make one up, check who answers, cut a channel, change a
# parameter; each step is journaled. An evaluator's notes are evidence with their time.

# %%
assert "decide" in globals(), "请先运行第 5 步 · Run step 5 first"

trainer = sim.Trainer(session)
# 去掉下一行开头的 # 号试试 · delete the # of the next line to try it
# trainer.inject("city", "duty", {"zh": "请速报伤亡情况。", "en": "Report the casualties at once."})
sim.Watcher(session, "evaluator-1").note("席位已了解各自任务 · the seats know their tasks", about="coordinate")

while waiting := session.advance():
    for asked in waiting:
        ask(asked)
        # 要先看席位掌握的情况，删去下一行开头的 # 号 · to see first what the seat holds, delete the # of the next line
        # show_view(asked.seat)
        decide(asked)
over = True
say("演练结束。", "The exercise is over.")

# %% [markdown]
# ## 7. 评分 · The score
#
# 两把尺子：`none` 是无人下令，`perfect` 是立刻知道真实情况；运气相同。
# Two yardsticks under the same luck: `none` gives no orders, `perfect` knows the truth at once.

# %%
assert "over" in globals(), "请先运行第 6 步 · Run step 6 first"

from sim.play.runs import keep_score, read_references

record = session.finish()
card = keep_score(folder, record)  # 同时写入 score.json 和 references.json · also writes both files
references = read_references(folder)
rubric = record.exercise.rubric
band = next(one.name.in_language(LANG) for one in rubric.bands if one.id == card["band"])
say(f"### 总分 {card['total']:.1f}（{band}）", f"### Total {card['total']:.1f} ({band})")
table(
    ["项目", "得分", "满分"] if LANG == "zh" else ["dimension", "points", "out of"],
    [
        [one.name.in_language(LANG), f"{row['points']:.1f}", f"{row['out_of']:g}"]
        for one, row in zip(rubric.dimensions, card["dimensions"], strict=True)
    ],
)
harm = card["harm"]
say(
    f"损失 {harm['actual']:.2f}；无人下令 {harm['none']:.2f}；立刻知道真实情况 {harm['perfect']:.2f}。",
    f"Loss {harm['actual']:.2f}; nobody gives orders {harm['none']:.2f}; truth known at once {harm['perfect']:.2f}.",
)
say("**最长的协同缺口**", "**The longest coordination gaps**")
table(
    ["T+", "分钟", "类型", "单位", "说明"] if LANG == "zh" else ["T+", "minutes", "type", "units", "what was owed"],
    [
        [
            after_start(gap["start_s"]),
            f"{gap['minutes']:.0f}",
            f"`{gap['type']}`",
            ", ".join(names.get(unit, unit) for unit in gap["units"]),
            gap["evidence"][LANG],
        ]
        for gap in card["gaps"][:8]
    ],
)

# %% [markdown]
# ## 8. 图 · Figures

# %%
assert "card" in globals(), "请先运行第 7 步 · Run step 7 first"

from sim.show.figures import figure_png

display(Image(figure_png(record, "timeline", LANG, score=card)))
display(Image(figure_png(record, "knowledge", LANG, score=card)))

# %% [markdown]
# ## 9. 报告 · The report
#
# 报告是一个网页文件，可以打印或发给参演人员。The report is one HTML file, to print or to hand out.

# %%
assert "card" in globals(), "请先运行第 7 步 · Run step 7 first"

report = folder / "report.html"
report.write_text(sim.report(record, card, references, LANG), encoding="utf-8", newline="\n")
display(FileLink(str(report)))

# %% [markdown]
# ## 10. 同样的运气，另一个决定 · The same luck, another decision
#
# 只改一个答复，再演一遍。与这个决定无关的一切都不变，所以差别就是这个决定造成的。
# One answer is changed and the exercise is played again. Whatever does not follow from that decision stays as it was,
# so the differences are what the decision did.

# %%
assert "card" in globals(), "请先运行第 7 步 · Run step 7 first"

CHANGE = {"ambulances": "go-in"}  # 改这里试试别的决定 · change this to try another decision

first_answers = {entry.key: entry.choice or None for entry in record.journal if entry.seat in SEATS}
unknown = [key for key in CHANGE if key not in first_answers]
assert not unknown, f"上一次没有向 SEATS 中的席位提出这个问题 · This was not asked of a seat in SEATS: {unknown}"

again = sim.Session(exercise, seed=SEED, seats=SEATS, thinking_s=THINKING_S)
while waiting_again := again.advance():
    for asked in waiting_again:
        again.decide({asked.key: (first_answers | CHANGE).get(asked.key, ANSWERS.get(asked.key))})
other = sim.score(again.finish(), references)

words = {
    "total": ("总分", "total"),
    "response_speed": ("响应速度", "response speed"),
    "coordination": ("统筹协调", "coordination"),
}
rows = [[words[name][LANG == "en"], f"{card[name]:.1f}", f"{other[name]:.1f}"] for name in words]
rows.append(["损失" if LANG == "zh" else "loss", f"{harm['actual']:.2f}", f"{other['harm']['actual']:.2f}"])
rows.append(["协同缺口数" if LANG == "zh" else "gaps", len(card["gaps"]), len(other["gaps"])])
changed = ", ".join(f"{key} = {choice}" for key, choice in CHANGE.items())
table(["", "原来", changed] if LANG == "zh" else ["", "before", changed], rows)
for veto in other["vetoes"]:
    reason = next(one.name.in_language(LANG) for one in rubric.vetoes if one.id == veto["id"])
    say(f"总分封顶 {veto['cap']:g}：{reason}。", f"The total is capped at {veto['cap']:g}: {reason}.")

# %% [markdown]
# ## 11. 每个选项会怎样 · What each option would lead to
#
# 过去不变，今后的运气重抽多次：每个选项各演到底，比较平均损失。次数越多越准，也越慢。
# The past stays; the luck still to come is drawn many times, and every option is played to the end. More replications
# are surer and slower.

# %%
assert "card" in globals(), "请先运行第 7 步 · Run step 7 first"

QUESTION = "villages"  # 决策点 · the question
REPLICATIONS = 4  # 每个选项的推演次数 · futures of each option

found = sim.whatif(folder, QUESTION, replications=REPLICATIONS)
texts = {name: text.in_language(LANG) for name, text in found.pause.asked.options.items()}
table(
    ["选项", "平均损失", "与实际选择之差"]
    if LANG == "zh"
    else ["option", "mean loss", "difference from what was chosen"],
    [
        [texts.get(row["way"], row["way"]), f"{row['loss.mean']:.2f}", f"{row['difference.mean']:+.2f}"]
        for row in found.table()
    ],
)
