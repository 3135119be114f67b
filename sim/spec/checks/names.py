"""The names that an exercise defines, and what is used without being defined."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from sim.spec.load import Exercise, bundled
from sim.spec.orders import IN_PERSON
from sim.spec.plan import PLACE, SITE
from sim.spec.resources import AS_LISTED
from sim.spec.supply_order import ANY_SOURCE

MOST_NAMED = 48
"""How many names of what is allowed a message can hold before it shows the nearest only."""
Found = Iterator[tuple[tuple[str | int, ...], str, str]]
"""Where something is wrong (a path), what, and what is allowed."""


class Names:
    """The ids that the files of an exercise define."""

    def __init__(self, exercise: Exercise) -> None:
        self.exercise = exercise
        county, plan = exercise.county, exercise.plan
        self.places = [place.id for place in county.places]
        self.organizations = [organization.id for organization in county.organizations]
        self.seats = [organization.id for organization in county.organizations if organization.seat]
        self.channels = [channel.id for channel in county.channels]
        self.lifelines = [lifeline.id for lifeline in county.lifelines]
        self.able = {(unit.kind, skill): None for unit in county.units for skill in unit.skills}
        self.unit_kinds = list(dict.fromkeys(unit.kind for unit in county.units))
        self.tasks = [task.id for task in plan.tasks]
        self.owners = {task.id: task.owner for task in plan.tasks}
        self.rules = [rule.id for rule in exercise.rules.rules]
        self.objectives = [objective.id for objective in exercise.scenario.objectives]
        self.fact_kinds = {fact.key: fact for fact in plan.facts}

    def facts(self, value: Any, path: tuple[str | int, ...]) -> Found:
        """Find unknown facts and values in any part of a file, given as plain data."""
        if isinstance(value, list):
            for index, item in enumerate(value):
                yield from self.facts(item, (*path, index))
        elif isinstance(value, dict):
            for key, item in value.items():
                if key == "fact" and isinstance(item, str):
                    stand_ins = {"tasks": (PLACE, SITE), "rules": (PLACE,)}.get(str(path[0]) if path else "", ())
                    yield from self._fact(item, value, (*path, key), stand_ins)
                elif key in ("facts", "says", "asks", "needs") and item and isinstance(item[0], str):
                    stand_ins = (PLACE, SITE) if path[:1] == ("tasks",) else (PLACE,)  # place/...: of every place
                    for index, name in enumerate(item):
                        yield from self._fact(name, {}, (*path, key, index), stand_ins)
                else:
                    yield from self.facts(item, (*path, key))

    def _fact(self, name: str, row: dict[str, Any], path: tuple[str | int, ...], stand_ins: tuple[str, ...]) -> Found:
        subject, _, attribute = name.partition("/")
        kind = self.fact_kinds.get(name)
        if kind is None and subject in (*self.places, *stand_ins):
            kind = self.fact_kinds.get(f"{PLACE}/{attribute}")
        if kind is None:
            yield path, f"no fact {name!r} in the plan", ", ".join(self.fact_kinds)
            return
        given = row.get("is", row.get("is_not", row.get("value")))
        if given is not None and kind.values and given not in kind.values:
            yield path, f"{name} cannot be {given!r}", ", ".join(str(value) for value in kind.values)

    def orders(self, orders: Any, path: tuple[str | int, ...]) -> Found:
        """Find unknown names in a list of orders."""
        places = [*self.places, *((PLACE, SITE) if path[:1] == ("tasks",) else ())]
        known = {
            "at": places,
            "place": places,
            "places": places,
            "measures": self.tasks,
            "units": self.unit_kinds,
            "to": self.organizations,
            "tell": self.organizations,
            "joins": self.organizations,
            "channel": self.channels,
            "rule": self.rules,
            "field": list(dict.fromkeys(one.field for one in self.exercise.county.experts)),
            "question": [point.id for point in self.exercise.scenario.pause_points],
            "ways": [way.id for way in self.exercise.county.ways],
            "helper": [helper.id for helper in self.exercise.county.helpers],
            "media": [medium.id for medium in self.exercise.county.media],
            "item": [item.id for item in self.exercise.county.items],
        }
        if self.exercise.scenario.resources == AS_LISTED:  # with other means the county may lack some of its units
            known["prefer"] = [unit.id for unit in self.exercise.county.units]
        for index, order in enumerate(orders):
            for field, allowed in known.items():
                value = getattr(order, field, None)
                for item in value if isinstance(value, tuple) else (value,):
                    if item is not None and item not in allowed:
                        yield (*path, index, field), f"no {field} {item!r}", ", ".join(allowed)
            for number, group in enumerate(getattr(order, "groups", ())):
                for member_of in group.members:
                    if member_of not in self.organizations:
                        at = (*path, index, "groups", number, "members")
                        yield at, f"no members {member_of!r}", ", ".join(self.organizations)
            yield from self._meetings(order, (*path, index))
            if order.do == "activate" and order.plan is not None:
                yield from member(order.plan, [*bundled("plan"), self.exercise.plan.id], (*path, index, "plan"))
            if order.do == "send" and not any((kind, order.task) in self.able for kind in order.units):
                fit = ", ".join(sorted(kind for kind, skill in self.able if skill == order.task))
                yield (*path, index, "units"), f"no such unit can {order.task.value}", fit or "a unit with that skill"
            if order.do == "open_beds" and order.at not in (surges := self._surges()):
                yield (*path, index, "at"), f"{order.at!r} can open no more beds", ", ".join(surges) or "no hospital"
            if order.do == "supply":
                yield from self._supply(order, (*path, index))
            if order.do in ("follow", "direct") and order.task not in self.tasks:
                yield (*path, index, "task"), f"no task {order.task!r} in the plan", ", ".join(self.tasks)
            elif order.do == "direct" and self.owners[order.task] != order.to:
                theirs = [task for task, owner in self.owners.items() if owner == order.to]
                yield (*path, index, "task"), f"{order.task!r} is no task of {order.to!r}", ", ".join(theirs)

    def _surges(self) -> list[str]:
        """Return the hospitals that can open more beds; in a plan, a place may stand for one of them."""
        return [one.hospital for one in self.exercise.county.surges] + [PLACE]

    def _supply(self, order: Any, path: tuple[str | int, ...]) -> Found:
        """Find sources that do not have an item, and counties in which nobody moves supplies."""
        county = self.exercise.county
        if county.logistics is None:
            yield path, "the county has no logistics by which supplies could be moved", "logistics"
        has = [one.place for one in county.stocks if one.item == order.item]
        has += [one.id for one in county.suppliers if one.item == order.item]
        if order.source not in (ANY_SOURCE, *has):
            yield (*path, "source"), f"{order.source!r} has no {order.item!r}", ", ".join(has) or "nobody"

    def _meetings(self, order: Any, path: tuple[str | int, ...]) -> Found:
        """Find people who cannot meet: no desk of the county is the public, and talking needs a channel for it."""
        public = self.exercise.county.people
        if order.do == "consult":
            spoken = [channel.id for channel in self.exercise.county.channels if channel.medium == "voice"]
            if order.channel is not None and order.channel in self.channels and order.channel not in spoken:
                yield (*path, "channel"), f"nobody can confer by {order.channel!r}", ", ".join(spoken)
        elif order.do != "send_liaison" and not getattr(order, "joins", ()):
            return
        elif IN_PERSON not in self.channels:
            yield path, f"the county has no channel {IN_PERSON!r} for a liaison officer", f"a channel {IN_PERSON}"
        for field in ("joins",) if order.do == "set_up_post" else ("to",):
            value = getattr(order, field)
            if public in (value if isinstance(value, tuple) else (value,)):
                desks = ", ".join(one for one in self.organizations if one != public)
                yield (*path, field), f"{public!r} has no desk where one could meet", desks


def twice(items: Any, path: str) -> Found:
    """Find ids that stand twice."""
    seen: set[str] = set()
    for index, item in enumerate(items):
        if item.id in seen:
            yield (path, index, "id"), f"the id {item.id!r} stands twice", "each id once"
        seen.add(item.id)


def member(value: str | None, allowed: list[str], path: tuple[str | int, ...]) -> Found:
    """Find a name that is none of those allowed."""
    if value is not None and value not in allowed:
        what = f"no {path[-1] if isinstance(path[-1], str) else path[-2]} {value!r}"
        yield path, what, ", ".join(nearest(value, allowed))


def nearest(value: str, allowed: list[str]) -> list[str]:
    """Return the names that are allowed; of a long list only those that are spelled most alike, and how many more."""
    if len(allowed) <= MOST_NAMED:
        return allowed
    alike = get_close_matches(value, allowed, n=MOST_NAMED // 4, cutoff=0.0)
    return [*alike, f"and {len(allowed) - len(alike)} more"]
