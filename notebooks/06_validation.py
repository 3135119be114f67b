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
# # 数字能信到什么程度 · How far to trust the numbers
#
# 三种检验：公式与公开发表的值比较；排队与派车和理论解比较；不同水平的处置者应当排出已知的名次。
# 本程序用于训练，任何数字都不预测真实事件。
#
# Three kinds of check: formulas against published values; queues and dispatch against theory; and groups whose
# order is
# known. The program is for training; no number in it predicts a real event.

# %% [markdown]
# ## 1. 设置 · Settings

# %%
LANG = "zh"  # "zh" 中文, "en" English
SCENARIO = "chlorine-leak"
SEEDS = range(2)  # 运气的编号；越多越准，也越慢 · seeds of luck: more are surer and slower

from math import factorial
from statistics import fmean

from IPython.display import Markdown, display

import sim
from sim.assess.loss import loss_parts, total_loss
from sim.hazards.formulas.dam_break import peak_outflow_m3_s
from sim.hazards.formulas.epidemic import final_share
from sim.hazards.formulas.fire_growth import ALPHA_KW_S2, REFERENCE_KW, time_to_heat_s
from sim.rng import Distribution, Shape
from sim.show.names import Names
from sim.study.dispatch import poisson_calls


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
# ## 2. 公开发表的值 · Published values
#
# 火灾分级按达到 1055 kW 的时间（NFPA 72）；大规模疫情的最终感染比例由再生数决定（克马克—麦肯德里克方程的解）；
# 溃坝洪峰与 1976 年提顿坝的实测比较，经验公式相差在两倍以内。
#
# Fires are classed by the time to 1055 kW (NFPA 72); the final share of a large outbreak follows from the
# reproduction number
# (solution of Kermack and McKendrick's equation); the peak of a dam break is compared with Teton 1976, where an
# empirical
# formula is expected within a factor of two.

# %%
assert "say" in globals(), "请先运行第 1 步 · Run step 1 first"

published = [(f"t², {name} (s)", seconds, time_to_heat_s(ALPHA_KW_S2[name], REFERENCE_KW))
             for name, seconds in (("slow", 600), ("medium", 300), ("fast", 150), ("ultra_fast", 75))]  # fmt: skip
published += [(f"R0 = {r0}", share, final_share(r0)) for r0, share in ((1.5, 0.582812), (2, 0.796812), (3, 0.940480))]
published.append(("Teton 1976 (m³/s)", 65_120, peak_outflow_m3_s(310e6, 77.4)))
table(
    ["公式", "发表值", "本程序", "比"] if LANG == "zh" else ["formula", "published", "here", "ratio"],
    [[name, f"{value:g}", f"{here:.6g}", f"{here / value:.3f}"] for name, value, here in published],
)

# %% [markdown]
# ## 3. 派车与排队论 · Dispatch and the theory of queues
#
# 三辆车、泊松到达、指数服务时间：等待的概率和平均等待时间有精确解（爱尔朗 C 公式）。
# Three units, Poisson calls, exponential service: the chance to wait and the mean wait have an exact solution
# (Erlang C).

# %%
assert "published" in globals(), "请先运行第 2 步 · Run step 2 first"

LOAD, UNITS, CALLS = 1.5, 3, 4000
tail = LOAD**UNITS / factorial(UNITS) * UNITS / (UNITS - LOAD)
waiting = tail / (sum(LOAD**k / factorial(k) for k in range(UNITS)) + tail)
calls = poisson_calls(1, {"town": LOAD}, CALLS, Distribution(Shape.EXPONENTIAL, 3600.0))
still = {(a, b): 0 for a in ("base", "town") for b in ("base", "town")}
waits = [run.sent_s - run.called_s for run in sim.dispatch(calls, dict.fromkeys("abc", "base"), still)]
queue = [
    ("等待的概率" if LANG == "zh" else "chance to wait", waiting, sum(wait > 0 for wait in waits) / CALLS),
    ("平均等待（小时）" if LANG == "zh" else "mean wait (h)", waiting / (UNITS - LOAD), fmean(waits) / 3600),
]
table(
    ["", "理论", "本程序"] if LANG == "zh" else ["", "theory", "here"],
    [[name, f"{theory:.3f}", f"{here:.3f}"] for name, theory, here in queue],
)

# %% [markdown]
# ## 4. 已知的名次 · Groups whose order is known
#
# 无人指挥应当最差，理想标尺应当最好；新手到专家应当依次变好。单次演练可以例外，平均不应例外。
# Nobody in command should be worst, the yardstick that knows the truth best, and from novice to expert it should
# get better.
# A single run can be an exception; the mean should not.

# %%
assert "queue" in globals(), "请先运行第 3 步 · Run step 3 first"

exercise = sim.load(SCENARIO)
names = Names(exercise, LANG)
ranks = {}
for policy in ("none", "novice", "plan", "trained", "expert", "perfect"):
    runs = [sim.Session(exercise, seed=seed, policy=policy).finish() for seed in SEEDS]
    ranks[policy] = fmean(total_loss(loss_parts(run, run.exercise.rubric.loss)) for run in runs)
table(
    ["处置水平", "平均损失"] if LANG == "zh" else ["who acts", "mean loss"],
    [[names.coded("policy", policy), f"{loss:.2f}"] for policy, loss in ranks.items()],
)

# %% [markdown]
# ## 5. 哪些数字是估计 · Which numbers are guesses
#
# 每个参数都写明来源；来源写着“guess”的，请用本县的实测值替换。
# Every parameter names its source; where it says “guess”, replace it by what your county measures.

# %%
assert "ranks" in globals(), "请先运行第 4 步 · Run step 4 first"

from sim.spec.registry import REGISTRY

guessed = [one for one in REGISTRY if "guess" in one.source.lower()]
say(f"共 {len(REGISTRY)} 个协同参数，其中 {len(guessed)} 个的默认值是估计。",
    f"Of {len(REGISTRY)} coordination parameters, {len(guessed)} have a default that is a guess.")  # fmt: skip
table(
    ["参数", "默认值", "含义"] if LANG == "zh" else ["parameter", "default", "meaning"],
    [[one.name, f"{one.default} {one.unit}", one.meaning.in_language(LANG)] for one in guessed[:12]],
)
