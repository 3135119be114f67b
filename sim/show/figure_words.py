"""Words of the figures on messages, gaps, units and decisions."""

from __future__ import annotations

FIGURE: dict[str, tuple[str, str]] = {
    "flow_quick": ("5 分钟内阅知", "read within 5 min"),
    "flow_medium": ("5 至 15 分钟", "5 to 15 min"),
    "flow_slow": ("15 分钟以上", "15 min and more"),
    "flow_never": ("有未阅知", "some never read"),
    "flow_size": (
        "圆点按该时段条数放大，颜色取最慢的一条",
        "larger: more messages; color: the slowest of them",
    ),
    "flow_side": ("条数 · 中位数（分钟）", "number · median (min)"),
    "flow_numbers": ("{count} 条 · {minutes}", "{count} · {minutes}"),
    "flow_rest": (
        "另有 {links} 条链路共 {count} 条信息未列出",
        "{count} messages on {links} more links not shown",
    ),
    "matrix_rest": ("其他", "others"),
    "matrix_cell": ("{minutes} ({count})", "{minutes} ({count})"),
    "matrix_key": (
        "分钟（处数）；行：应发出、应先行动者，列：另一方；对角线为单位自身",
        "minutes (gaps); rows: who had to pass it on, columns: the other end; on the diagonal: a body by itself",
    ),
    "usage_idle": (
        "其余 {kinds} 类 {units} 支力量全程待命或未到",
        "{units} units of {kinds} more kinds stood by or did not come",
    ),
    "panel_mood": ("公众情绪（%）", "mood of the public (%)"),
    "series_trust": ("信任", "trust"),
    "series_anxiety": ("焦虑", "anxiety"),
    "usage_side": ("出勤占比 · 等待（分钟）", "share in use · waiting (min)"),
    "usage_numbers": ("{busy} % · {waited}", "{busy} % · {waited}"),
    "competency": ("能力", "competency"),
    "competency_warning": ("预警", "warning"),
    "competency_judgement": ("研判", "judgment"),
    "competency_coordination": ("协同", "coordination"),
    "competency_public_guidance": ("舆论引导", "public guidance"),
    "competency_decision": ("决策", "decision"),
    "critical_path": ("关键路径：至“{what}”", "critical path to: {what}"),
}
"""Chinese and English by key."""
