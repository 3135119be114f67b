"""Checks of a rule table."""

from __future__ import annotations

from sim.spec.checks.names import Found, Names, member, twice
from sim.spec.load import Exercise
from sim.spec.reporting import DEFAULT, MEDIUM_OF, NATIONAL, clash


def find_in_rules(exercise: Exercise, names: Names) -> Found:
    """Find what is wrong in the rule table."""
    rules = exercise.rules.rules
    yield from twice(rules, "rules")
    for index, rule in enumerate(rules):
        yield from member(rule.sender, names.organizations, ("rules", index, "sender"))
        yield from member(rule.to, names.organizations, ("rules", index, "to"))
        media = _media(exercise, rule.to)
        if rule.by != "any" and media and MEDIUM_OF[rule.by] not in media:
            what = f"nothing of the medium {MEDIUM_OF[rule.by]!r} reaches {rule.to!r}"
            yield ("rules", index, "by"), what, "any, or a channel of that medium among those of the addressee"
        for other in rules[:index]:
            if clash(rule, other):
                what = (
                    f"fills the same duty as {other.id!r} in {rule.region!r}: {rule.sender} to {rule.to}, by {rule.by}"
                )
                yield ("rules", index, "id"), what, "one row for each duty, region, kind and grade"
    held = dict.fromkeys(rule.region for rule in rules)
    for region in exercise.rules.regions:
        if region not in held:
            yield ("regions", region), f"no row holds in the region {region!r}", ", ".join(held)
    for field in ("activate", "protect", "publish"):
        for number, role in enumerate(getattr(exercise.rules.mandates, field)):
            yield from member(role, names.organizations, ("mandates", field, number))
    yield from member(exercise.rules.mandates.outlet, names.organizations, ("mandates", "outlet"))
    for index, reserved in enumerate(exercise.rules.reserved):
        yield from member(reserved.asks, names.organizations, ("reserved", index, "asks"))
    data = exercise.rules.model_dump(by_alias=True, mode="json", exclude_none=True)
    for index, row in enumerate(data["rules"]):
        if not row["kinds"] or exercise.plan.kind in row["kinds"]:
            yield from names.facts(row, ("rules", index))


def _media(exercise: Exercise, organization: str) -> list[str]:
    """Return the media of the channels that reach an organization; nothing where it does not exist."""
    channels = {channel.id: channel.medium for channel in exercise.county.channels}
    reached = [one.channels for one in exercise.county.organizations if one.id == organization]
    return [channels[name] for names in reached for name in names if name in channels]


def find_in_regions(exercise: Exercise) -> Found:
    """Find regions of the county for which the rule table has no row."""
    known = list(dict.fromkeys(rule.region for rule in exercise.rules.rules))
    for index, region in enumerate(exercise.county.region):
        if region not in (*known, DEFAULT, NATIONAL):
            yield ("region", index), f"the rule table has no row for the region {region!r}", ", ".join(known)
