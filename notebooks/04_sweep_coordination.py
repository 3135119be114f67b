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
# # 哪些协同参数重要 · Which coordination parameters matter
#
# 本页读取一次已完成的筛选研究（`reports/screening/`：十个情景，三份运气，6,000 次推演），画出排序，
# 再现场运行一个小研究。结论只对本模型、这些情景与所列取值范围成立；取值范围是估计，范围越宽，参数显得越重要。
#
# This page reads a screening that was run before (`reports/screening/`: ten scenarios, three samples of luck, 6,000
# runs), draws the ranks, and then runs a small study of its own. All of it holds in this model, for these scenarios and
# these ranges; the ranges are guesses, and a parameter matters more where its range is wider.
#
# 用一条命令重做整个研究（双核约二十分钟；需要 `pip install 'tabletop-sim[study]'`）：
#
# The whole study again by one command (about twenty minutes on two cores; needs `pip install 'tabletop-sim[study]'`):
#
# ```
# tabletop sweep screening --out reports/runs/screening
# ```

# %% [markdown]
# ## 1. 设置 · Settings

# %%
LANG = "zh"  # "zh" 中文, "en" English
RESULT = "../reports/screening"  # 已完成的研究 · the study that was run before
OUTCOME = "total_loss"  # 看哪个结果 · which outcome to look at

# %% [markdown]
# ## 2. 排序 · Ranks
#
# `effect` 是参数跑完整个取值范围时结果的平均绝对变化（Morris 的 μ*），`low` 和 `high` 是由 8 条轨迹自助重抽样得到的
# 95 % 区间。区间互相重叠的参数，排序不确定；下端接近 0 的参数，这项研究不能说它重要。`least` 和 `most` 是单独用一份运气
# 算得的最小和最大效应：两者相差数倍时，换一份运气，效应的大小就不同；区间不反映这一点。
# 图中每格是该参数的效应占本情景最大效应的百分比；淡色的数字不确定。
#
# `effect` is the mean absolute change of the outcome over the whole range of the parameter (Morris's μ*); `low` and
# `high` are a 95 % interval by bootstrap of 8 trajectories. Where intervals overlap, the order is not sure; of a
# parameter whose interval nearly reaches 0, this study cannot say that it matters. `least` and `most` are the smallest
# and the largest effect that one sample of luck alone gives: where they are several times apart, the size of the effect
# hangs on luck, and the interval does not tell that. In the figure each cell is the effect in percent of the largest of
# its scenario; pale figures are not sure.

# %%
assert "RESULT" in globals(), "请先运行第 1 步 · Run step 1 first"

import json
from pathlib import Path

import pandas as pd
from IPython.display import Image, display

from sim.spec.load import load
from sim.study.answers_matrix import draw_matrix

ranks = pd.read_csv(Path(RESULT) / "ranks.csv")
about = json.loads((Path(RESULT) / "design.json").read_text(encoding="utf-8"))
count, lucks = len(about["settings"]), about["design"]["replications"]
print(
    f"{count} 个情景，{lucks} 份运气 · {count} scenarios, {lucks} samples of luck; Python {about['versions']['python']}"
)
top = ranks[(ranks["outcome"] == OUTCOME) & (ranks["rank"] <= 3)]
shown = ["scenario", "rank", "parameter", "effect", "low", "high", "least", "most", "signed"]
print(top[shown].round(2).to_string(index=False))

# %%
assert "ranks" in globals(), "请先运行第 2 步 · Run step 2 first"

names = {one: load(one).scenario.name.in_language(LANG) for one in dict.fromkeys(ranks["scenario"])}
display(Image(draw_matrix(ranks.to_dict("records"), OUTCOME, LANG, names)))

# %% [markdown]
# ## 3. 自己的研究 · A study of one's own
#
# 设计文件与 `scenarios/sweeps/` 中的相同；`sim.sweep` 返回 pandas 数据表，每行一次推演。
# 同一次重复中，各设定的运气相同，因此可以直接相减。
#
# A design file is like those in `scenarios/sweeps/`; `sim.sweep` returns a data frame of pandas with one row a run.
# Within a replication all settings share their luck, so differences can be taken row by row.

# %%
assert "ranks" in globals(), "请先运行第 2 步 · Run step 2 first"

import tempfile

import sim

DESIGN = """
format: tabletop-sweep/1
id: briefly
name: {zh: 审批时长, en: approval delay}
scenario: rumor-panic
parameters:
  release.approval_delay: [5, 60]   # min
replications: 2
"""
with tempfile.TemporaryDirectory() as place:
    path = Path(place) / "briefly.yaml"
    path.write_text(DESIGN, encoding="utf-8")
    frame = sim.sweep(path)
wide = frame.pivot(index="replication", columns="release.approval_delay", values="at_min.first_release")
print(wide.assign(difference=wide[60.0] - wide[5.0]).to_string())

# %% [markdown]
# ## 4. 把模拟器当作函数 · The simulator as a function
#
# `sim.outcomes` 输入参数，返回结果；相同输入得到相同结果，运气共用，因此可直接交给优化程序或 EMA Workbench：
#
# `sim.outcomes` takes parameters and returns outcomes; the same input gives the same result under shared luck, so any
# optimizer can use it, and so can EMA Workbench:
#
# ```
# from ema_workbench import Model, RealParameter, ScalarOutcome, perform_experiments
#
# model = Model("county", function=sim.outcomes)
# model.uncertainties = [RealParameter("release__approval_delay", 0, 60), RealParameter("plan__follow", 0.4, 1)]
# model.outcomes = [ScalarOutcome("total_loss"), ScalarOutcome("gap_minutes")]
# experiments, found = perform_experiments(model, scenarios=50)
# ```

# %%
assert "frame" in globals(), "请先运行第 3 步 · Run step 3 first"

found = sim.outcomes({"release.approval_delay": 30}, scenario="rumor-panic", names=("total_loss", "gap_minutes"))
print(found)
