"""Words for counsel and care: joint consultations and hospitals."""

from __future__ import annotations

COUNSEL: dict[str, tuple[str, str]] = {
    "sec_counsel": ("会商与医疗救治", "Counsel and care"),
    "nobody": ("无", "nobody"),
    "grade_level": ("{grade} 级", "grade {grade}"),
    # --- joint consultations
    "consultations": ("联合会商", "Joint consultations"),
    "consultations_hint": (
        "受邀而未到者为缺席；共同研判等级为按预案、以与会各方合起来掌握的情况应判的最重等级；新获知为与会各方由会商得知的情况条数。",
        "Who was invited and was not there is missing. The grade is the gravest that the plan knows for what those "
        "present hold together. The last column counts the facts that they learned from each other.",
    ),
    "convened_by": ("召集", "called by"),
    "invited": ("受邀", "invited"),
    "missing": ("缺席", "missing"),
    "judged_together": ("共同研判等级", "grade judged together"),
    "held_at": ("结束", "over at"),
    "attendance": ("到会率", "attendance"),
    "newly_learned": ("新获知", "facts learned"),
    # --- the adviser
    "advice": ("智能研判建议", "What the adviser said"),
    "advice_hint": (
        "采纳前已核查的占 {share}。推演有误指建议并不由该席位掌握的情况得出；席位只有核查才知道。",
        "Of the advice that was followed, {share} had been checked before. Advice is unsound if it does not follow "
        "from what the seat held; only a check tells the seat.",
    ),
    "advised": ("建议", "advice"),
    "followed_from": ("推演", "reasoning"),
    "advice_sound": ("无误", "sound"),
    "advice_unsound": ("有误", "unsound"),
    "confidence": ("自称把握", "sure"),
    "checked_at": ("核查", "checked"),
    "followed_at": ("采纳", "followed"),
    # --- hospitals
    "hospitals": ("医院承载", "Room in the hospitals"),
    "hospitals_hint": (
        "等候指到院后等待抢救位；至演练结束仍在等候的计到结束。增开为召回人员后分步扩充的抢救位和床位。",
        "A wait is for a treatment bay at the door; who still waits at the end waits until then. Opened: bays and beds "
        "beyond the ordinary ones, step by step, with staff who were called in.",
    ),
    "hospital": ("医院", "hospital"),
    "admitted": ("收治", "admitted"),
    "had_to_wait": ("等候人次", "had to wait"),
    "moved_on": ("转出", "moved on"),
    "bays_opened": ("增开抢救位", "bays opened"),
    "beds_opened": ("增开床位", "beds opened"),
    "surge_refused": ("未能扩充（次）", "times refused"),
}
"""Chinese and English by key."""
