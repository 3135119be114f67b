"""Checks of a county's monitors, of its ways to warn people, and of the weather warnings of the plan."""

from __future__ import annotations

from sim.spec.checks.names import Found, Names, member, twice
from sim.spec.load import Exercise
from sim.spec.monitors import Monitor
from sim.spec.plan import PLACE, FactKind
from sim.spec.warnings import COLOR, COLORS, LIFTED


def find_in_monitors(exercise: Exercise, names: Names) -> Found:
    """Find what is wrong in monitors and ways to warn people.

    A fact that the plan does not know is no mistake: a county has monitors for other incidents too, and those watch
    nothing in this one.
    """
    county = exercise.county
    yield from twice(county.monitors, "monitors")
    others = [*names.places, *names.organizations, *names.channels, *names.lifelines]
    for index, monitor in enumerate(county.monitors):
        at: tuple[str | int, ...] = ("monitors", index)
        if monitor.id in others:
            yield (*at, "id"), f"the id {monitor.id!r} is that of something else too", "an id of its own"
        yield from member(monitor.at, names.places, (*at, "at"))
        yield from member(monitor.owner, names.organizations, (*at, "owner"))
        yield from member(monitor.channel, names.channels, (*at, "channel"))
        yield from _told(monitor, names, at)
        yield from _served(exercise, monitor, at)
        yield from _value(monitor, names, at)
    yield from _ways(exercise, names)


def _told(monitor: Monitor, names: Names, at: tuple[str | int, ...]) -> Found:
    desks = [one for one in names.organizations if one not in (monitor.owner, names.exercise.county.people)]
    for number, to in enumerate(monitor.tells):
        if to in monitor.tells[:number]:
            yield (*at, "tells", number), f"{to!r} is told twice", "each organization once"
        yield from member(to, desks, (*at, "tells", number))


def _served(exercise: Exercise, monitor: Monitor, at: tuple[str | int, ...]) -> Found:
    """Find needs that nothing could meet where the monitor stands."""
    given = {"needs": monitor.needs} | ({} if monitor.connected is None else {"connected": monitor.connected.needs})
    serving = {(one.kind, place): None for one in exercise.county.lifelines for place in one.serves}
    for field, needs in given.items():
        for number, kind in enumerate(needs):
            path = (*at, field, number) if field == "needs" else (*at, field, "needs", number)
            if (kind, monitor.at) not in serving:
                there = ", ".join(one for one, place in serving if place == monitor.at)
                yield path, f"no {kind} serves {monitor.at!r}", there or "an installation that serves it"


def _value(monitor: Monitor, names: Names, at: tuple[str | int, ...]) -> Found:
    """Find values at which a monitor could never alarm, as far as the plan says what a fact may say."""
    subject, _, attribute = monitor.fact.partition("/")
    general = names.fact_kinds.get(f"{PLACE}/{attribute}") if subject in names.places else None
    kind: FactKind | None = names.fact_kinds.get(monitor.fact, general)
    if kind is not None and kind.values and not any(monitor.alarms_at(value) for value in kind.values):
        field = "above" if monitor.is_ is None else "is"
        what = f"{monitor.fact} never comes to where this alarms"
        yield (*at, field), what, ", ".join(str(value) for value in kind.values)


def _ways(exercise: Exercise, names: Names) -> Found:
    county = exercise.county
    yield from twice(county.ways, "ways")
    kinds = [lifeline.kind for lifeline in county.lifelines]
    named = "ways" in county.model_fields_set  # the usual ways may name a channel that a county does not have
    for index, way in enumerate(county.ways if named else ()):
        yield from member(way.channel, names.channels, ("ways", index, "channel"))
        for number, kind in enumerate(way.needs):
            yield from member(kind, list(dict.fromkeys(kinds)), ("ways", index, "needs", number))


def find_in_colors(exercise: Exercise) -> Found:
    """Find a plan that mixes the color of a weather warning up with a grade or a level."""
    allowed = (*COLORS, LIFTED)
    for index, fact in enumerate(exercise.plan.facts):
        if fact.key == COLOR and (not fact.values or any(value not in allowed for value in fact.values)):
            yield ("facts", index, "values"), f"{COLOR} is a color, no grade and no level", ", ".join(allowed)
