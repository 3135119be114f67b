"""The briefing: what participants may be told before an exercise begins."""

from __future__ import annotations

from sim.clocktext import length
from sim.spec.base import EXERCISE_MARK
from sim.spec.load import Exercise

WORDS = {
    "held": {"zh": "{county}应急演练。", "en": "Emergency exercise of {county}."},
    "starts": {"zh": "开始时间：{start}，时长{length}。", "en": "It begins at {start} and lasts {length}."},
    "content-untold": {
        "zh": "情景内容不预先告知；只凭本席位收到的信息行动。",
        "en": "What happens is not told beforehand; act on what reaches your seat.",
    },
    "nothing-told": {
        "zh": "时间和内容均不预先告知；只凭本席位收到的信息行动。",
        "en": "Neither time nor content is told beforehand; act on what reaches your seat.",
    },
    "sealed": {"zh": "情景封存校验码：{seal}", "en": "Commitment of the sealed scenario: {seal}"},
}


def briefing(exercise: Exercise, lang: str) -> list[str]:
    """Return the lines that may be shown before the start.

    Under ``open`` name, summary and time; under ``single-blind`` the time only; under ``double-blind`` neither. The
    commitment of a sealed scenario says nothing about it and is always shown.

    Args:
        exercise: The exercise.
        lang: ``zh`` or ``en``.
    """
    scenario = exercise.scenario
    mark = EXERCISE_MARK["zh"] if lang == "zh" else EXERCISE_MARK["en"] + " "
    start = scenario.starts_at.replace("T", " ")
    starts = WORDS["starts"][lang].format(start=start, length=length(scenario.duration, lang))
    held = mark + WORDS["held"][lang].format(county=exercise.county.name.in_language(lang))
    lines = {
        "open": [mark + scenario.name.in_language(lang), scenario.summary.in_language(lang), starts],
        "single-blind": [held, starts, WORDS["content-untold"][lang]],
        "double-blind": [held, WORDS["nothing-told"][lang]],
    }[scenario.visibility]
    return lines + ([WORDS["sealed"][lang].format(seal=exercise.seal)] if exercise.seal else [])
