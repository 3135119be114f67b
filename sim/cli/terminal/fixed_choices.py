"""Fields of orders whose values are the same in every exercise, with their words."""

from __future__ import annotations

TONES: dict[str, tuple[str, str]] = {
    "inform": ("告知事实", "inform"),
    "rebut": ("澄清谣言", "rebut a rumor"),
    "deny": ("否认", "deny"),
}

CHOICES: dict[str, dict[str, tuple[str, str]]] = {
    "escort": {"false": ("不护送", "no"), "true": ("护送", "yes")},
    "tone": TONES,
    "contains": {
        "measures": ("正在采取的措施", "what is being done"),
        "advice": ("群众应当怎么做", "what people shall do"),
        "hotline": ("咨询热线", "a hotline"),
        "patients": ("伤员收治去向（已当面告知家属的）", "where the injured lie whose families have been told"),
    },
    "path": {
        "chain": ("逐级审批", "the chain of approval"),
        "delegated": ("按预先授权", "agreed beforehand"),
        "direct": ("不报批", "nobody"),
    },
    "spokesperson": {
        "leader": ("县主要领导", "a principal leader of the county"),
        "head": ("部门负责人", "the head of a department"),
        "spokesperson": ("新闻发言人", "a spokesperson"),
    },
}
"""Fields whose values are the same in every exercise."""
