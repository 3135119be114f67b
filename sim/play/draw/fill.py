"""From a drawn course to a scenario: which templates fit, when they come, and what stands in their gaps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from math import hypot
from typing import Any

from sim.clocktext import hour_of_day
from sim.county.dose_response import RESPONSES
from sim.hazards.compass import sector
from sim.play.draw.lot import Lot
from sim.play.draw.toxic import Course, away_m, minutes_text, threatened
from sim.spec.base import Text
from sim.spec.county import County, Place
from sim.spec.places import SETTLEMENTS
from sim.spec.plan import put
from sim.spec.risks import InjectTemplate, QuestionTemplate, ToxicRisks

GAP = re.compile(r"\{([a-z_]+)\}")
TEMPLATE_KEYS = ("chance", "since", "time", "needs")
ROLES = ("site", "first", "second", "third", "school", "village")
"""Stand-ins for places."""
BARE = SETTLEMENTS
"""Kinds of place whose English names stand without an article."""
DIRECTIONS = {
    "north": "北",
    "northeast": "东北",
    "east": "东",
    "southeast": "东南",
    "south": "南",
    "southwest": "西南",
    "west": "西",
    "northwest": "西北",
}
PARTS_OF_DAY = (
    (6, {"zh": "凌晨", "en": "Before dawn"}),
    (12, {"zh": "上午", "en": "In the morning"}),
    (18, {"zh": "下午", "en": "In the afternoon"}),
    (24, {"zh": "夜间", "en": "In the evening"}),
)
"""Words for the hours of a day, each up to an hour."""


def needs_met(risk: ToxicRisks, course: Course, county: County) -> dict[str, str]:
    """Return what templates may need and this course has; for a school and a village, which one."""
    there = {
        "night": course.air.night,
        "day": not course.air.night,
        "turn": course.turn is not None,
        "steady": course.turn is None,
        "escalation": course.escalation_s is not None,
        "runoff": course.runoff_s is not None,
        "outage": course.outage is not None,
        "one_way": len(course.further) == 1,
        "two_ways": len(course.further) == 2,
    }
    found = {name: name for name, so in there.items() if so}
    smell = RESPONSES[course.site.substance].noticed_from
    for bearing in course.bearings:
        for strength, place in threatened(risk, county, course.site.place, bearing, course.rate_g_s, course.air):
            if strength >= smell and place.kind == "school" and bearing == course.air.toward_deg:
                found.setdefault("school", place.id)
            if strength >= smell and place.kind in BARE:
                found.setdefault("village", place.id)
    return found


def moments(course: Course, county: County) -> dict[str, int]:
    """Return the moments that templates are timed from, in seconds after the leak."""
    first = next((place for place in county.places if place.id == course.first), None)
    known: dict[str, int | None] = {
        "start": 0,
        "reached": None
        if first is None
        else round(hypot(*away_m(county, course.site.place, first)) / course.air.wind_m_s),
        "forecast": course.turn.known_s if course.turn else None,
        "turn": course.turn.at_s if course.turn else None,
        "escalation": course.escalation_s,
        "runoff": course.runoff_s,
        "rumor": course.rumor_s,
        "outage": course.outage.at_s if course.outage else None,
    }
    return {name: at_s for name, at_s in known.items() if at_s is not None}


def stand_ins(risk: ToxicRisks, course: Course, county: County) -> tuple[dict[str, str], dict[str, Text]]:
    """Return what the stand-ins mean: ids for facts and orders, texts for texts."""
    met = needs_met(risk, course, county)
    roles: dict[str, str | None] = {"site": course.site.place, "first": course.first}
    roles |= {"school": met.get("school"), "village": met.get("village")}
    further = course.further
    roles |= {role: place for role, (place, _) in zip(("second", "third"), further, strict=False)}
    ids = {role: place for role, place in roles.items() if place is not None}
    places = {place.id: place for place in county.places}
    texts = {role: called(places[place]) for role, place in ids.items()}
    bearings = (course.air.toward_deg, *(bearing for _, bearing in further))
    for role, bearing in zip(("first", "second", "third"), bearings, strict=False):
        direction = sector(bearing)
        texts[f"{role}_direction"] = Text(zh=DIRECTIONS[direction], en=direction)
        ids[f"{role}_sector"] = direction
    texts["what"], texts["substance"] = course.failure.what, course.site.substance_name
    hour = hour_of_day(course.starts_at, 0)
    texts["part_of_day"] = Text(**next(words for until, words in PARTS_OF_DAY if hour < until))
    if course.outage is not None:
        other = "chat" if course.outage.channel != "chat" else "phone"
        names = {channel.id: channel.name for channel in county.channels}
        ids |= {"channel": course.outage.channel, "other": other}
        texts |= {"channel": names[course.outage.channel], "other": names[other]}
    return ids, texts


def called(place: Place) -> Text:
    """Return how texts call a place."""
    return place.name if place.kind in BARE else Text(zh=place.name.zh, en=f"the {place.name.en}")


def written(text: Mapping[str, str], texts: Mapping[str, Text]) -> dict[str, str]:
    """Return a text in both languages with its gaps filled; a gap that nothing fills stays, for the rules to find."""

    def in_language(lang: str) -> str:
        return GAP.sub(lambda gap: texts[gap[1]].in_language(lang) if gap[1] in texts else gap[0], text[lang])

    return {lang: in_language(lang) for lang in ("zh", "en")}


def fill(value: Any, ids: Mapping[str, str], texts: Mapping[str, Text]) -> Any:
    """Return a template with stand-ins replaced everywhere: texts by texts, all else by ids."""
    if isinstance(value, dict) and sorted(value) == ["en", "zh"]:
        return written(value, texts)
    if isinstance(value, dict):
        there = {key: _there(item, ids) if key == "any_of" else item for key, item in value.items()}
        return {key: fill(item, ids, texts) for key, item in there.items()}
    if isinstance(value, list):
        return [fill(item, ids, texts) for item in value]
    return put(ids, value)


def _there(alternatives: list[dict[str, Any]], ids: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return those of the alternative conditions that speak of nothing which this draw does not have."""
    return [one for one in alternatives if (role := one["fact"].partition("/")[0]) not in ROLES or role in ids]


def taken(
    templates: Sequence[InjectTemplate | QuestionTemplate],
    raw: list[dict[str, Any]],
    risk: ToxicRisks,
    course: Course,
    county: County,
    lot: Lot,
) -> Iterator[dict[str, Any]]:
    """Yield the templates that luck and the course take, filled and timed, in the order of the library."""
    met, known = needs_met(risk, course, county), moments(course, county)
    ids, texts = stand_ins(risk, course, county)
    for template, plain in zip(templates, raw, strict=True):
        if not all(need in met for need in template.needs) or template.since not in known:
            continue
        if not lot.chance(template.chance, "take", template.id):
            continue
        own = {key: value for key, value in plain.items() if key not in TEMPLATE_KEYS}
        done = {"id": own.pop("id")}
        if template.time is not None:
            at_s = known[template.since] + lot.minutes(template.time, "time", template.id)
            done["at"] = minutes_text(max(60, at_s // 60 * 60))
        yield done | fill(own, ids, texts)
