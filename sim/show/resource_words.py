"""Words for the table of resources."""

from __future__ import annotations

RESOURCES: dict[str, tuple[str, str]] = {
    "sec_resources": ("力量使用", "How units spent their time"),
    "res_kind": ("力量", "kind of unit"),
    "res_units": ("支数", "units"),
    "res_absent": ("未到", "not there yet"),
    "res_idle": ("待命", "idle"),
    "res_turnout": ("集结", "getting ready"),
    "res_travelling": ("途中", "on the way"),
    "res_waiting": ("受阻等待", "held up"),
    "res_working": ("作业", "at work"),
    "res_resting": ("休整", "resting"),
    "res_posted": ("值守", "posted"),
    "res_hurt": ("失去战斗力", "out of action"),
    "res_hint": ("各类力量在各状态的总时长（分钟）。", "Minutes of all units of a kind, by what they were at."),
    "res_sum": (
        "有 {count} 项任务下达时，能承担的力量已全部派出，共等待 {short} 分钟；"
        "其中 {idle} 分钟另有具备该能力的力量在待命。",
        "{count} tasks found every unit that could do them sent elsewhere and waited {short} min in all; "
        "for {idle} min of these a unit with the skill stood idle.",
    ),
    "res_no_short": ("没有任务因缺力量而等待。", "No task had to wait for a unit."),
}
