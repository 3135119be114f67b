"""A short exercise, orders made by chance, and small ways to play; shared by the tests that break sessions."""

import json
from functools import cache

from hypothesis import strategies as st

from sim.play.free_orders import kinds_for
from sim.play.runs import session_of
from sim.spec.checks.names import Names
from sim.spec.load import Source, build, load
from sim.spec.yamlread import parse

SEATS = ("duty", "command", "police", "health")


def changed(exercise, change, kind="scenario"):
    """Return an exercise with one file changed; JSON is YAML, so a run folder can hold its copy."""
    sources = []
    for source in exercise.sources:
        text = source.text
        if source.kind == kind:
            data = parse(text, source.name).data
            change(data)
            text = "# made by a test\n" + json.dumps(data, ensure_ascii=False)
        sources.append(Source(source.kind, source.name, text))
    return build(tuple(sources))


@cache
def short(minutes=75):
    """The bundled scenario, ended early."""
    whole = load("chlorine-leak")
    late = [inject.id for inject in whole.scenario.injects if (inject.at or 0) > minutes * 60]

    def cut(data):
        data["duration"] = f"{minutes}min"
        data["injects"] = [inject for inject in data["injects"] if inject["id"] not in late]

    return changed(whole, cut)


def many(elements, most=2):
    return st.lists(st.sampled_from(elements), min_size=1, max_size=most, unique=True)


def orders(exercise, seat):
    """Orders of a seat whose names all exist; whether one stands still depends on what the seat holds and has done."""
    names, plan = Names(exercise), exercise.plan
    facts = [key.replace("place/", f"{place}/") for key in names.fact_kinds for place in ("liuwan", "place")]
    facts = list(dict.fromkeys(facts))
    channels = st.none() | st.sampled_from(names.channels)
    places, everybody = st.sampled_from(names.places), st.sampled_from(names.organizations)
    own = [unit for unit in exercise.county.units if unit.department == seat]
    mine = [task.id for task in plan.tasks if task.owner == seat]
    ways = st.sampled_from(["chain", "delegated", "direct"])
    kinds = {
        "tell": {
            "to": many(names.organizations),
            "facts": many(facts, 3),
            "kind": st.sampled_from(["notice", "report", "order"]),
            "channel": channels,
        },
        "ask": {"to": everybody, "facts": many(facts, 3), "channel": channels},
        "report": {
            "rule": st.sampled_from([rule.id for rule in exercise.rules.rules if rule.sender == seat] or ["no-rule"]),
            "facts": many(facts, 3),
        },
        "grade": {"grade": st.integers(1, 4)},
        "activate": {"level": st.integers(1, 4), "tell": many(names.organizations)},
        "set_up_post": {"at": places},
        "protect": {"place": places, "by": st.sampled_from(["shelter", "evacuate"])},
        "publish": {
            "release": st.sampled_from(["first_notice", "made-up"]),
            "says": many(facts),
            "tone": st.sampled_from(["inform", "rebut", "deny"]),
            "path": ways,
        },
        "consult": {"to": many(names.organizations), "channel": st.none() | st.sampled_from(["video", "phone"])},
        "send_liaison": {"to": everybody},
        "open_beds": {
            "at": st.sampled_from([one.hospital for one in exercise.county.surges] or ["no-hospital"]),
            "steps": st.integers(1, 3),
        },
        "follow": {"task": st.sampled_from(mine or ["no-task"]), "path": st.none() | ways},
        "send": {
            "task": st.sampled_from(sorted({skill.value for unit in own for skill in unit.skills}) or ["cordon"]),
            "at": places,
            "units": many([unit.kind for unit in own] or ["none"], 3),
            "count": st.integers(1, 3),
            "wait_outside": st.booleans(),
            "avoid_danger": st.booleans(),
        },
    }
    fixed = [
        st.fixed_dictionaries({"do": st.just(do), **fields}).map(without_none)
        for do, fields in kinds.items()
        if do in kinds_for(exercise, seat)
    ]
    if "direct" in kinds_for(exercise, seat):
        fixed.append(st.sampled_from(plan.tasks).map(lambda task: {"do": "direct", "to": task.owner, "task": task.id}))
    return st.one_of(fixed)


def without_none(fields):
    return {name: value for name, value in fields.items() if value is not None}


def play_on(session, charged_s=60):
    """Play to the end with the first option of every question."""
    while waiting := session.advance():
        session.decide({asked.key: next(iter(asked.options)) for asked in waiting}, charged_s=charged_s)
    return session.finish()


def in_memory(session, entries, **rest):
    """Return a session in memory that takes everything from a journal."""
    return session_of(session.exercise, session.settings, journal=entries, **rest)
