"""Roads: the fastest of all routes, found by trying all of them; avoiding, sirens and night."""

from math import fsum

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.county.roads import Roads
from sim.spec.county import Place, Road
from tests.engine.worlds import whole_exercise

COUNTY = whole_exercise().county
IDS = [place.id for place in COUNTY.places]
CLASSES = ("expressway", "national", "county", "village")
TOWN = {"zh": "甲", "en": "a"}


def drive_s(road, speeds):
    return road.km / getattr(speeds, road.road_class) * 3600


@st.composite
def counties(draw):
    """A connected county of up to six places, some of its roads double."""
    count = draw(st.integers(2, 6))
    places = tuple(Place(id=f"p{n}", name=TOWN, kind="town", x_km=n, y_km=0) for n in range(count))
    pairs = [(draw(st.integers(0, n - 1)), n) for n in range(1, count)]
    pairs += draw(
        st.lists(st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)).filter(lambda p: p[0] != p[1]))
    )
    roads = []
    for a, b in pairs:
        given_road = {
            "ends": (f"p{a}", f"p{b}"),
            "km": draw(st.floats(0.1, 30)),
            "class": draw(st.sampled_from(CLASSES)),
        }
        roads.append(Road.model_validate(given_road))
    return COUNTY.model_copy(update={"places": places, "roads": tuple(roads)})


def by_trying_all(county, start, end, avoid=()):
    """Return the least driving time over every path, or None where there is none."""
    graph = nx.MultiGraph()
    graph.add_nodes_from(place.id for place in county.places if place.id not in avoid)
    for road in county.roads:
        if not set(road.ends) & set(avoid):
            graph.add_edge(*road.ends, seconds=drive_s(road, county.speeds))
    paths = nx.all_simple_edge_paths(graph, start, end)
    return min((fsum(graph.edges[edge]["seconds"] for edge in path) for path in paths), default=None)


@settings(max_examples=60)
@given(counties(), st.data())
def test_a_route_is_the_fastest_of_all_and_avoids_what_it_can(county, data):
    names = [place.id for place in county.places]
    start, end = data.draw(st.permutations(names))[:2]
    avoid = tuple(data.draw(st.lists(st.sampled_from(names), unique=True)))
    legs = Roads(county, night=False).route(start, end, avoid)
    around = by_trying_all(county, start, end, [name for name in avoid if name not in (start, end)])
    expected = by_trying_all(county, start, end) if around is None else around
    assert expected == pytest.approx(fsum(leg.seconds for leg in legs))
    assert end == legs[-1].to
    if around is not None:
        assert not {leg.to for leg in legs[:-1]} & set(avoid)


@settings(max_examples=60)
@given(counties(), st.data(), st.booleans(), st.booleans())
def test_times_are_symmetric_and_no_detour_is_shorter(county, data, night, siren):
    roads = Roads(county, night=night)
    names = [place.id for place in county.places]
    a, b, c = (data.draw(st.sampled_from(names)) for _ in range(3))

    def driven(start, end):
        return fsum(leg.seconds for leg in roads.route(start, end))

    assert driven(a, b) == pytest.approx(driven(b, a))
    assert driven(a, c) <= driven(a, b) + driven(b, c) + 1e-6
    assert 0 == roads.seconds(a, a, siren=siren)
    within = len(names)  # each leg is rounded to whole seconds
    assert roads.seconds(a, b, siren=siren) == pytest.approx(roads.seconds(b, a, siren=siren), abs=within)


@pytest.mark.parametrize("start", IDS)
def test_a_siren_saves_time_and_the_night_costs_it(start):
    day, night = Roads(COUNTY, night=False), Roads(COUNTY, night=True)
    for end in IDS:
        if start != end:
            assert day.seconds(start, end, siren=True) < day.seconds(start, end, siren=False)
            assert day.seconds(start, end, siren=False) < night.seconds(start, end, siren=False)
            factor = COUNTY.speeds.siren_factor
            exact = fsum(leg.seconds for leg in day.route(start, end))
            assert exact / factor == pytest.approx(day.seconds(start, end, siren=True), abs=len(IDS) / 2)


def test_the_time_of_a_route_is_that_of_its_legs():
    roads = Roads(COUNTY, night=True)
    legs = roads.route("tcm-hospital", "dongpo", ("river-bridge",))
    expected = sum(roads.leg_seconds(leg, siren=True) for leg in legs)
    assert expected == roads.seconds("tcm-hospital", "dongpo", siren=True, avoid=("river-bridge",))
    assert "river-bridge" not in [leg.to for leg in legs]
