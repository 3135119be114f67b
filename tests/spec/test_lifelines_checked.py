"""What is wrong with lifelines, profiles and outages is told with its line and with what is allowed."""

from dataclasses import replace
from functools import cache

import pytest

from sim.errors import AnswerRefused, BadInput, RecordBroken, Refusal
from sim.play.session import Session
from sim.play.settings import settings_from
from sim.play.trainer import Trainer
from sim.show.act_words import act_words
from sim.show.names import Names
from sim.spec.checks import check_exercise
from sim.spec.controls import CONTROL
from sim.spec.county import County
from sim.spec.load import validate
from sim.spec.scenario import Outage
from sim.spec.yamlread import parse
from tests.engine.worlds import of_kind, whole_exercise

SPOILED = [
    ("serves: [county-town, county-hall]", "serves: []", "lifelines.3.serves", "at least 1", ""),
    ("battery: {fixed: 8h}", "battery: {fixed: -8h}", "lifelines.11.battery", "", ""),
    ("repair_crews: 2", "repair_crews: 0", "repair_crews", "greater than or equal to 1", ""),
]
BAD = [
    ("at: county-town\n    serves", "at: moon\n    serves", "lifelines.0.at", "no at 'moon'", "county-town"),
    ("serves: [xiahe, liuwan,", "serves: [xiahe, moon,", "lifelines.2.serves.1", "no serves 'moon'", "liuwan"),
    ("needs: [substation-town]", "needs: [moon]", "lifelines.2.needs.0", "no needs 'moon'", "substation-town"),
    (
        "north-junction, school-road, park-fire-station, police-station, cold-store]\n    repair",
        "school-road, park-fire-station, police-station, cold-store]\n    needs: [base-park]\n    repair",
        "lifelines.1.needs", "'substation-park' needs itself", "needs without a circle",
    ),
    ("seat: true, at: bus-depot", "seat: true, at: moon", "organizations.5.at", "no at 'moon'", "county-town"),
    ("- id: base-school", "- id: base-park", "lifelines.8.id", "stands twice", "each id once"),
    ("- id: base-north", "- id: radio", "lifelines.9.id", "is that of a channel or a kind too", "an id of its own"),
    ("needs: [repeater]", "needs: [pigeon]", "channels.3.needs.0", "no needs 'pigeon'", "substation, base_station"),
    ("- id: surge", "- id: strained", "profiles.1.id", "stands twice", "each id once"),
    ("- id: network_outage", "- id: storm", "profiles.2.id", "no id 'storm'", "strained, surge, network_outage"),
    ("down: [machine_room]", "down: [mail]", "profiles.2.down.0", "no down 'mail'", "substation"),
    ("    lasts: 60min\n", "", "profiles.2.down", "what is down is so for a time", "down and lasts, or neither"),
    ("    down: [substation, machine_room, road]\n", "", "profiles.3.lasts", "what is down is so", "down and lasts"),
    (
        "county-hall, county-hospital, tcm-hospital, town-fire-station, bus-depot, west-assembly, x",
        "county-hall, tcm-hospital, town-fire-station, bus-depot, west-assembly, x",
        "organizations.4.at", "no machine_room serves 'county-hospital', and the channel 'phone' needs one there",
        "a machine_room that serves it, or one of: county-town",
    ),
    (
        "serves: [county-town, county-hall, tcm-hospital, town-fire-station]",
        "serves: [county-town, county-hall, town-fire-station]",
        "units.12.base", "no base_station serves 'tcm-hospital', and the channel 'mobile' needs one there", "",
    ),
]  # fmt: skip


@cache
def spoiled(table):
    """Return the text of the county's file with all that a table says changed, and what is wrong with it."""
    text = next(source.text for source in whole_exercise().sources if source.kind == "county")
    for old, new, *_ in table:
        assert old in text, old
        text = text.replace(old, new, 1)
    document = parse(text, "anlan.yaml")
    try:
        exercise = replace(whole_exercise(), county=validate(County, document))
    except BadInput as told:
        return text, told.problems
    other = parse("a: 1", "other.yaml")
    documents = {source.kind: other for source in exercise.sources} | {"county": document}
    return text, check_exercise(exercise, documents)


@pytest.mark.parametrize(
    ("table", "row"), [pytest.param(tuple(table), row, id=row[2]) for table in (SPOILED, BAD) for row in table]
)
def test_what_is_wrong_in_a_county_is_told_once_with_its_line(table, row):
    text, problems = spoiled(table)
    _, _, path, what, allowed = row
    found = [problem for problem in problems if problem.path == path]
    assert 1 == len(found), problems
    assert what in found[0].what
    assert allowed in found[0].allowed or found[0].allowed.endswith(" more")
    name, line, _ = found[0].where.split(":")
    assert "anlan.yaml" == name
    part, index = path.split(".")[0], path.split(".")[1:2]
    lines = text.split("\n")
    start = next(number for number, text in enumerate(lines) if text.startswith(f"{part}:"))
    end = next((n for n, text in enumerate(lines) if n > start and text and text[0] not in " #"), len(lines))
    items = [number for number in range(start, end) if lines[number].startswith("  - ")]
    first = items[int(index[0])] if index else start
    assert first <= int(line) - 1 < [*(number for number in items if number > first), end][0]


def test_in_the_files_as_they_are_nothing_is_wrong():
    assert [] == spoiled(())[1]


def test_every_place_of_the_county_has_what_every_channel_needs():
    county = whole_exercise().county
    served = {(one.kind, place) for one in county.lifelines for place in one.serves}
    kinds = {kind for channel in county.channels for kind in channel.needs}
    assert {"machine_room", "base_station", "repeater", "road"} == kinds
    assert {(kind, place.id) for kind in kinds for place in county.places} <= served
    assert all(lifeline.source for lifeline in county.lifelines)


@pytest.mark.parametrize(
    ("given", "what"),
    [
        ({"channel": "phone", "lifeline": "room-town", "lasts": "5min"}, "one thing"),
        ({"lasts": "5min"}, "one thing"),
        ({"channel": "phone"}, "needs lasts"),
    ],
)
def test_an_outage_is_of_one_thing_and_that_of_a_channel_ends(given, what):
    with pytest.raises(ValueError, match=what):
        Outage(at="10min", source="test", **given)
    assert (600, 900) == tuple(
        Outage(at="10min", source="test", lifeline="room-town", **more).until for more in ({}, {"lasts": "5min"})
    )


@pytest.mark.parametrize("do", ["cut", "restore"])
def test_a_trainer_cuts_one_thing_that_exists(do):
    for given in ({}, {"channel": "phone", "lifeline": "room-town"}):
        with pytest.raises(ValueError, match="either a channel or a lifeline"):
            CONTROL.validate_python({"do": do, **given})
    session = Session(whole_exercise(), seed=3)
    with pytest.raises(AnswerRefused) as refused:
        getattr(Trainer(session), do)("pigeon")
    assert Refusal.UNKNOWN_NAME == refused.value.reason
    assert {"phone", "room-town"} <= set(refused.value.allowed.split(", "))
    with pytest.raises(AnswerRefused):
        getattr(Trainer(session), do)("")


def test_outages_of_the_calendar_and_of_the_trainer_reach_the_installations():
    calendar = (
        Outage(lifeline="room-park", at="5min", lasts="10min", source="test"),
        Outage(lifeline="repeater-park", at="6min", source="test"),
        Outage(channel="chat", at="7min", lasts="10min", source="test"),
    )
    base = whole_exercise()
    exercise = replace(base, scenario=base.scenario.model_copy(update={"outages": calendar}))
    session = Session(exercise, seed=3, audit=True)
    session.advance(until_s=400)
    trainer = Trainer(session)
    trainer.cut("base-park", "the mast fell")
    session.advance(until_s=500)
    trainer.restore("base-park")
    record = session.finish()
    times = [(event.at_s, event.subject) for event in of_kind(record, "lifeline.failed", "lifeline.restored")]
    assert [(300, "room-park"), (360, "repeater-park"), (401, "base-park"), (501, "base-park"), (900, "room-park")] == (
        times[:5]
    )
    assert ["repeater-park", "base-park"] == [event.subject for event in of_kind(record, "repair.begun")][:2]
    cut = {event.subject: event.data["by"] for event in of_kind(record, "lifeline.cut")}
    assert {"room-park": "script 300-900", "repeater-park": "script 360", "base-park": "trainer"} == cut
    given = {event.seq for event in of_kind(record, "control.given")}
    assert all(event.cause in given for event in of_kind(record, "lifeline.cut") if event.data["by"] == "trainer")
    assert [420, 1020] == [event.at_s for event in of_kind(record, "channel.cut", "channel.restored")]
    words = [
        [act_words(one, Names(exercise, lang)) for one in record.journal if one.kind == "control"]
        for lang in ("zh", "en")
    ]
    assert [
        ["中断设施：园区基站", "恢复设施：园区基站"],
        ["take down: base station of the park", "bring back: base station of the park"],
    ] == words


def test_a_run_is_refused_a_profile_that_its_county_does_not_have():
    base = whole_exercise()
    county = base.county.model_copy(update={"profiles": base.county.profiles[:1]})
    exercise = replace(base, county=county)
    with pytest.raises(BadInput, match="no profile 'surge'"):
        Session(exercise, overrides={"comms.profile": "surge"})
    meta = Session(exercise, overrides={"comms.profile": "strained"}).meta()
    assert settings_from(exercise, meta).parameters["comms.profile"] == 1
    with pytest.raises(BadInput, match="no profile 'strained'"):
        settings_from(replace(base, county=base.county.model_copy(update={"profiles": ()})), meta)
    session = Session(exercise, seed=3)
    with pytest.raises(AnswerRefused) as refused:
        Trainer(session).set("comms.profile", 2)
    assert "full, strained" == refused.value.allowed


def test_a_journal_is_replayed_and_one_that_names_what_is_not_there_is_broken():
    base = whole_exercise()
    session = Session(base, seed=3)
    session.act("control", "trainer", {"do": "cut", "lifeline": "room-town"}, choice="cut")
    session.act("control", "trainer", {"do": "set", "name": "comms.profile", "value": 4.0}, choice="set")
    record = session.finish()
    assert ["trainer", "profile three_outage"] == [
        event.data["by"] for event in of_kind(record, "lifeline.cut") if event.subject == "room-town"
    ]
    assert record.digest == Session(base, seed=3, journal=record.journal).finish().digest
    rooms = tuple(one for one in base.county.lifelines if one.id != "room-town")
    for gone in ({"lifelines": rooms}, {"profiles": ()}):
        exercise = replace(base, county=base.county.model_copy(update=gone))
        with pytest.raises(RecordBroken, match="line"):
            Session(exercise, seed=3, journal=record.journal).finish()
