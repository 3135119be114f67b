"""The bundled counties are whole, what is wrong in a county file is said once, and nobody is ever counted twice."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import BadInput
from sim.spec.checks.county import find_in_county
from sim.spec.checks.lifelines import find_in_lifelines
from sim.spec.checks.names import Names
from sim.spec.county import County
from sim.spec.load import data_folder, validate
from sim.spec.orders import TaskKind
from sim.spec.places import Vulnerable
from sim.spec.sites import LEAST_DEATHS
from sim.spec.yamlread import parse, read_text

COUNTIES = ("anlan", "small")
HOURS = st.tuples(st.integers(0, 23), st.booleans())


def text_of(ident):
    return read_text(data_folder() / "counties" / f"{ident}.yaml")


def read(text):
    return validate(County, parse(text, "county.yaml"))


def found_in(county):
    """Return what the checks say about a county by itself, without plan and rules."""
    nothing = SimpleNamespace(tasks=(), facts=(), rules=(), objectives=())
    exercise = SimpleNamespace(county=county, plan=nothing, rules=nothing, scenario=nothing)
    both = (find_in_county(exercise), find_in_lifelines(exercise, Names(exercise)))
    return [(".".join(map(str, path)), what) for found in both for path, what, _ in found]


@pytest.fixture(scope="module")
def counties():
    return {ident: read(text_of(ident)) for ident in COUNTIES}


@pytest.mark.parametrize("ident", COUNTIES)
def test_the_bundled_counties_are_whole(counties, ident):
    assert [] == found_in(counties[ident])


def test_anlan_is_as_large_as_it_says(counties):
    anlan = counties["anlan"]
    people = {place.id: place.people for place in anlan.places}
    assert 420_000 == anlan.residents == sum(people.values()) == sum(one.residents for one in anlan.townships)
    assert 14 == len(anlan.townships)
    assert 130_000 == people["county-town"]
    assert {"county-hospital": 600, "tcm-hospital": 300} == {one.id: one.beds for one in anlan.places if one.beds > 99}
    assert 3 == sum(one.kind == "school" and one.visitors > 2000 for one in anlan.places)
    assert [6_000_000, 30_000_000] == [one.capacity_m3 for one in anlan.reservoirs]
    assert 13 == anlan.reservoirs[0].downstream[-1].km
    assert ["chlorine", "ammonia", "sodium_cyanide"] == [one.substance for one in anlan.inventories[:3]]
    for hour, ambulances in ((12, 6), (2, 4)):
        assert ambulances == sum(unit.kind == "ambulance" and not unit.helper for unit in anlan.units_on_watch(hour))


def test_anlan_has_a_unit_for_every_task(counties):
    able = {skill for unit in counties["anlan"].units for skill in unit.skills}
    assert [] == [task for task in TaskKind if task not in able]


@pytest.mark.parametrize("ident", COUNTIES)
@given(when=HOURS)
def test_everybody_is_somewhere_and_nobody_twice_at_every_hour(counties, ident, when):
    here = counties[ident].presence(when[0], rest_day=when[1])
    assert counties[ident].residents == sum(here.values())
    assert min(here.values()) >= 0


def test_schools_fill_by_day_and_empty_their_homes(counties):
    small = counties["small"]
    night, day = small.presence(2), small.presence(10)
    assert (0, 900) == (night["school"], day["school"])
    away = sum(night[home] - day[home] for home in ("center", "riverside", "upstream"))
    assert away == day["school"] + day["market"]
    assert 0 == small.presence(10, rest_day=True)["school"]


def test_the_vulnerable_of_a_place_are_those_of_its_cells(counties):
    small = counties["small"]
    assert Vulnerable(infants=122, aged_alone=126, disabled=84, pregnant=29, dialysis=3) == small.vulnerable("center")
    assert Vulnerable() == small.vulnerable("bridge")


def test_risks_weigh_by_how_often_and_how_bad(counties):
    assert (30, 10, 3, 1) == LEAST_DEATHS
    weights = {risk.id: risk.weight for risk in counties["small"].risks}
    assert pytest.approx({"ammonia": 0.09, "flood": 0.3, "school-illness": 0.3}) == weights


def test_medium_means_are_those_of_the_file(counties):
    assert counties["small"] is counties["small"].with_resources("medium")
    with pytest.raises(KeyError):
        counties["small"].with_resources("endless")


@pytest.mark.parametrize("ident", COUNTIES)
@pytest.mark.parametrize("level", ["low", "high"])
def test_other_means_change_what_a_county_has_and_leave_it_whole(counties, ident, level):
    given_county = counties[ident]
    other = given_county.with_resources(level)
    assert [] == found_in(other)
    more = 1 if level == "high" else -1
    for count in (
        lambda one: len(one.units),
        lambda one: sum(place.bays for place in one.places),
        lambda one: sum(stock.amount for stock in one.stocks),
    ):
        assert (count(other) - count(given_county)) * more > 0
    assert {unit.kind for unit in given_county.units} == {unit.kind for unit in other.units}
    assert given_county.residents == sum(place.people for place in other.places)


@given(factor=st.floats(0, 8))
def test_units_are_kept_from_the_first_on_or_copied_in_their_order(counties, factor):
    small = counties["small"]
    preset = small.presets[0].model_copy(update={"units": {"patrol": factor}})
    changed = small.model_copy(update={"presets": (preset,)}).with_resources("low")
    patrols = [unit.id for unit in changed.units if unit.kind == "patrol"]
    assert max(1, int(2 * factor + 0.5)) == len(patrols) == len(set(patrols))
    assert "patrol-1" in patrols
    assert len(small.units) - 2 + len(patrols) == len(changed.units)


DAMAGE = [
    ("residents: 8000", "residents: 8001", "residents", "8000 people live in the places of the county"),
    ("people: 560", "people: 561", "townships.1.residents", "1861 people live in the places of 'shangcheng'"),
    ("people: 2600, wardens: 5, vulnerable: {infants: 62", "people: 2500, wardens: 5, vulnerable: {infants: 62",
     "places.0.people", "its grid cells have 5100 people, and 5200 live at 'center'"),
    ("place: riverside, households", "place: nowhere, households", "cells.2.place", "no place 'nowhere'"),
    ("households: 200", "households: 2000", "cells.4.households", "more than the 560 people of the cell"),
    ("infants: 10", "infants: 1000", "cells.4.vulnerable.infants", "more than the 560 people of the cell"),
    ("seat: upstream", "seat: center", "townships.1.seat", "'center' is no place of 'shangcheng'"),
    ("township: shangcheng, people: 560", "people: 560", "places.11.people", "'mill' has people and no township"),
    ("township: chengtang, visitors: 700", "township: nowhere, visitors: 700", "places.1.township", "no township"),
    ("curve: market", "curve: nowhere", "places.1.curve", "no curve 'nowhere'"),
    ("visitors_from: [center, riverside]", "visitors_from: [center, nobody]", "places.4.visitors_from.1", "'nobody'"),
    ("visitors: 900", "visitors: 9000", "places.0.people", "more visitors come from 'center' than live there"),
    (", visitors_from: [center, riverside]", "", "places.4.visitors", "needs visitors, curve and visitors_from"),
    ("visitors_from: [center, riverside]", "visitors_from: [school]", "places.4.visitors_from", "from itself"),
    ("zh: 磨坞村", "zh: 溪沿村", "places.11.name.zh", "'mill' has the name of 'riverside'"),
    ("x_km: 1.6, y_km: -0.8", "x_km: 1.0, y_km: -0.3", "places.7.x_km", "'riverside' is where 'bridge' is"),
    ("kind: school, x_km: 0.7", "kind: school, beds: 4, x_km: 0.7", "places.4.beds", "only a hospital has beds"),
    ("buildings: town}\n  - {id: bridge", "buildings: nowhere}\n  - {id: bridge", "places.4.buildings", "no buildings"),
    ("site: plant, substance", "site: nowhere, substance", "inventories.0.site", "no site 'nowhere'"),
    ("hazard: toxic_release, site: plant", "hazard: toxic_release, site: mill", "risks.0.site", "nothing at 'mill'"),
    ("hazard: flood, site: dam", "hazard: mine_accident, site: dam", "risks.1.site", "nothing at 'dam' can lead to"),
    ("id: flood, name", "id: ammonia, name", "risks.1.id", "the id 'ammonia' stands twice"),
    ("place: mill, km: 1.6", "place: mill, km: 4.6", "reservoirs.0.downstream.1.km", "not farther down than 'mill'"),
    ("place: upstream, km: 3.4", "place: mill, km: 3.4", "reservoirs.0.downstream.1.place", "reaches 'mill' twice"),
    ("place: fire-station, item: sandbag", "place: nowhere, item: sandbag", "stocks.1.place", "no place 'nowhere'"),
    ("place: fire-station, item: sandbag", "place: shelter, item: tent", "stocks.1.item", "tent of shelter stands"),
    ("needs: [substation], desk: hospital", "needs: [gas], desk: hospital", "key_units.0.needs.0", "no needs 'gas'"),
    ("desk: enterprise", "desk: nobody", "key_units.1.desk", "no desk 'nobody'"),
    ("units: {patrol: 0.5", "units: {lorry: 0.5", "presets.0.units", "no units 'lorry'"),
    ("serves: [upstream, dam, mill], needs: [substation-center]", "serves: [upstream, dam], needs: [substation-center]",
     "places.11.id", "'mill' is served by no substation"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "where", "what"), DAMAGE, ids=lambda value: str(value)[:40])
def test_what_is_wrong_is_said_once_where_it_is(old, new, where, what):
    text = text_of("small")
    assert old in text
    found = found_in(read(text.replace(old, new, 1)))
    assert [where] == [path for path, said in found if what in said], found


def test_two_reservoirs_cannot_lie_below_each_other(counties):
    upper, lower = counties["anlan"].reservoirs
    up = upper.downstream[0].model_copy(update={"place": upper.place, "km": 99.0})
    back = lower.model_copy(update={"downstream": (*lower.downstream, up)})
    found = found_in(counties["anlan"].model_copy(update={"reservoirs": (upper, back)}))
    assert 2 == sum("lies below" in what for _, what in found)


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("brick_wood: 0.45", "brick_wood: 0.55", "must make 1 together"),
        ("rest_day: [0, 0,", "rest_day: [0,", "24 shares"),
        ("full_m: 18.5", "full_m: 21", "must lie below the crest"),
        ("area_m2: 130000", "area_m2: 13000", "no reservoir is wider below than on top"),
        ("harm: 4", "harm: 5", "less than or equal to 4"),
    ],
)
def test_figures_that_cannot_be_are_refused(old, new, what):
    with pytest.raises(BadInput, match=what):
        read(text_of("small").replace(old, new, 1))
