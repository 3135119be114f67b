"""Roads: the fastest of all routes, found by trying all of them; avoiding, sirens and night."""

from itertools import product
from math import fsum

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.county.roads import NO_WAY_S, Roads
from sim.county.travel_law import full_road_time, trip_time
from sim.spec.county import Place
from sim.spec.roads import Road, TravelTime
from tests.engine.worlds import whole_exercise

COUNTY = whole_exercise().county
IDS = [place.id for place in COUNTY.places]
CLASSES = ("expressway", "national", "county", "village")
TOWN = {"zh": "甲", "en": "a"}


def drive_s(road, speeds):
    return road.km / (road.speed_km_h or getattr(speeds, road.road_class)) * 3600


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


def test_a_siren_saves_time_and_the_night_costs_it():
    day, night = Roads(COUNTY, night=False), Roads(COUNTY, night=True)
    for start, end in product(IDS[::9], IDS[::2]):
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


def with_speeds(county, **changes):
    return county.model_copy(update={"speeds": county.speeds.model_copy(update=changes)})


STEPS = st.sampled_from(["close", "open", "load", "place", "reopen"])


@settings(max_examples=40)
@given(counties(), st.data())
def test_whatever_changes_what_is_kept_is_what_would_be_found_anew(county, data):
    """Closures, traffic and closed places in any order, asked in between, against roads that start in that state."""
    shared = Roads(county, night=False)
    roads, names = shared.for_run(), [place.id for place in county.places]
    ways = [pair for road in county.roads for pair in (road.ends, road.ends[::-1])]
    closed, flows = {}, {}
    for _ in range(data.draw(st.integers(1, 6))):
        match data.draw(STEPS):
            case "close":
                closed[way := data.draw(st.sampled_from(ways))] = None
                roads.close(way)
            case "place":
                closed[name := data.draw(st.sampled_from(names))] = None
                roads.close(name)
            case "open" | "reopen" if closed:
                del closed[what := data.draw(st.sampled_from(list(closed)))]
                roads.open(what)
            case _:
                way, flow = data.draw(st.sampled_from(ways)), data.draw(st.sampled_from([0, 400, 1500]))
                if way not in closed:  # traffic that comes while a road is closed takes the other one, if there is one
                    flows[way] = flow
                    roads.load(way, flow)
        anew = Roads(county, night=False)
        for way, flow in flows.items():
            anew.load(way, flow)
        anew.close(*closed)
        for start in names:
            for end in names:
                assert anew.route(start, end) == roads.route(start, end)
                assert anew.seconds(start, end, siren=True) == roads.seconds(start, end, siren=True)
    assert shared.route(names[0], names[-1]) == Roads(county, night=False).route(names[0], names[-1])


def test_kept_ways_are_those_of_another_library():
    graph = nx.DiGraph()
    for road in COUNTY.roads:
        seconds = drive_s(road, COUNTY.speeds)
        for ends in (road.ends,) if road.one_way else (road.ends, road.ends[::-1]):
            known = graph.get_edge_data(*ends)
            if known is None or seconds < known["seconds"]:
                graph.add_edge(*ends, seconds=seconds)
    roads = Roads(COUNTY, night=False)
    for start in IDS[::7]:
        times, paths = nx.single_source_dijkstra(graph, start, weight="seconds")
        for end in IDS:
            legs = roads.route(start, end)
            assert paths[end][1:] == [leg.to for leg in legs]
            assert times[end] == pytest.approx(fsum(leg.seconds for leg in legs))


def line(*roads, places=4, **speeds):
    """Return a county of places p0, p1, ... in a row, 10 km apart, with the roads that are given."""
    row = tuple(Place(id=f"p{n}", name=TOWN, kind="town", x_km=10 * n, y_km=0) for n in range(places))
    county = COUNTY.model_copy(update={"places": row, "roads": tuple(Road.model_validate(road) for road in roads)})
    return with_speeds(county, **speeds) if speeds else county


ROW = [{"ends": (f"p{n}", f"p{n + 1}"), "km": 10, "class": "county", "id": f"r{n}"} for n in range(3)]
AROUND = {"ends": ("p1", "p2"), "km": 30, "class": "village", "id": "around"}


def test_a_closed_road_is_driven_around_and_where_there_is_no_way_one_gets_as_near_as_roads_allow():
    roads = Roads(line(*ROW, AROUND), night=False)
    direct = roads.seconds("p0", "p3", siren=False)
    roads.close("r1")
    assert direct - 800 + 3600 == roads.seconds("p0", "p3", siren=False)  # 10 km at 45 km/h against 30 km at 30 km/h
    roads.close("around")
    assert ["p1"] == [leg.to for leg in roads.route("p0", "p3")]
    assert ["p2"] == [leg.to for leg in roads.route("p3", "p0")]
    assert [] == roads.route("p1", "p3") and not roads.reaches("p1", "p3") and roads.reaches("p0", "p1")
    assert NO_WAY_S == roads.seconds("p0", "p3", siren=False)
    roads.open("r1", "around")
    assert direct == roads.seconds("p0", "p3", siren=False)


def test_a_closed_place_can_be_reached_and_left_but_not_passed():
    roads = Roads(line(*ROW), night=False)
    roads.close("p1")
    assert roads.reaches("p0", "p1") and roads.reaches("p1", "p3") and not roads.reaches("p0", "p2")


def test_what_two_have_closed_opens_when_both_open_it():
    roads = Roads(line(*ROW), night=False)
    roads.close("r0", by="flood")
    roads.close("r0", by="police")
    roads.open("r0", by="flood")
    assert not roads.reaches("p0", "p1")
    roads.open("r0", by="police")
    assert roads.reaches("p0", "p1")


def test_a_driver_plans_by_the_closures_that_he_believes_in():
    roads = Roads(line(*ROW, AROUND), night=False)
    usual = roads.route("p0", "p3")
    roads.close("r1")
    assert usual == roads.route("p0", "p3", closed=())
    assert usual != roads.route("p0", "p3")
    assert roads.route("p0", "p3") == roads.route("p0", "p3", closed=("r1",))
    roads.load(("p1", "p2"), 900)
    assert usual != roads.route("p0", "p3", closed=("r1",))  # the traffic is as it is


def test_a_one_way_road_leads_one_way():
    one_way = {"ends": ("p0", "p2"), "km": 1, "class": "expressway", "one_way": True}
    roads = Roads(line(*ROW, one_way), night=False)
    assert ["p2"] == [leg.to for leg in roads.route("p0", "p2")]
    assert ["p1", "p0"] == [leg.to for leg in roads.route("p2", "p0")]
    roads.close(("p0", "p2"), ("p2", "p0"))  # against it there is nothing to close
    assert ["p1", "p2"] == [leg.to for leg in roads.route("p0", "p2")]
    with pytest.raises(KeyError):
        roads.close(("p0", "p3"))


def test_a_speed_of_its_own_and_ordinary_traffic_everywhere():
    fast = Roads(line(ROW[0] | {"speed_km_h": 90}, places=2), night=False)
    assert 400 == fast.seconds("p0", "p1", siren=False)
    dense = Roads(line(ROW[0], places=2, congestion_factor=0.5), night=False)
    assert 1600 == dense.seconds("p0", "p1", siren=False)


@pytest.mark.parametrize(("weather", "seconds"), [("clear", 800), ("rain", 889), ("snow", 1143), ("ice", 1600)])
def test_bad_weather_slows_by_its_factor(weather, seconds):
    roads = Roads(line(*ROW), night=False)
    assert seconds == roads.seconds("p0", "p1", siren=False, weather=weather)
    roads.weather = weather
    assert seconds == roads.seconds("p0", "p1", siren=False)
    assert roads.seconds("p0", "p1", siren=False, night=True) == Roads(line(*ROW), night=True).seconds(
        "p0", "p1", siren=False, weather=weather
    )


@pytest.mark.parametrize(("share", "factor"), [(0, 1), (0.5, 1 + 0.15 / 16), (1, 1.15), (2, 3.4), (3, 13.15)])
def test_a_road_fills_by_the_function_of_the_bureau_of_public_roads(share, factor):
    assert factor == pytest.approx(full_road_time(1, share * 900, 900), rel=1e-12)
    roads = Roads(line(*ROW), night=False)  # two lanes of a county road: 900 vehicles an hour and direction
    roads.load(("p0", "p1"), round(share * 450), by="buses")
    roads.load(("p0", "p1"), round(share * 450), by="cars")
    assert factor == pytest.approx(roads.delay_factor("p0", "p1"), rel=1e-12) and roads.delay_factor("p1", "p0") == 1
    assert round(share * 900) == roads.flow("r0")
    roads.load(("p0", "p1"), 0, by="buses")
    roads.load(("p0", "p1"), 0, by="cars")
    assert roads.delay_factor("p0", "p1") == 1


def test_more_lanes_carry_more():
    roads = Roads(line(ROW[0] | {"lanes": 4}, places=2), night=False)
    roads.load(("p0", "p1"), 1800)
    assert roads.delay_factor("p0", "p1") == pytest.approx(1.15)
    narrow = Roads(line(ROW[0] | {"lanes": 1}, places=2), night=False)
    narrow.load(("p0", "p1"), 450)
    assert narrow.delay_factor("p0", "p1") == pytest.approx(1.15)


NEW_YORK = {0.1: 0.6648, 0.2: 0.9402, 0.3824: 1.3000, 0.5: 1.50, 1: 2.35, 2: 4.05, 5: 9.15}


@pytest.mark.parametrize(("miles", "minutes"), NEW_YORK.items())
def test_fire_engines_of_new_york(miles, minutes):
    """T = 0.65 + 1.70 D beyond 0.3824 miles and 2.10 √D before: cruising 35.3 mph, 0.905 miles/min² (RAND, 1975)."""
    assert minutes == pytest.approx(trip_time(miles, 1 / 1.70, 1 / 1.70 / 0.65), abs=1e-4)


@pytest.mark.parametrize("km", [0.5, 2, 4, 4.13, 5, 12, 40])
def test_ambulances_of_calgary(km):
    """T = 2.42 √D up to 4.13 km, else 2.46 + 0.596 D, in minutes (Budge, Ingolfsson and Zerom 2010, recalled)."""
    expected = 2.42 * km**0.5 if km <= 4.13 else 2.46 + 0.596 * km
    assert expected == pytest.approx(trip_time(km, 1 / 0.596, 1 / 0.596 / 2.46), rel=1e-3)


@given(st.floats(0.5, 60), st.floats(0.05, 5))
def test_the_law_of_travel_has_no_step_and_no_kink_where_cruising_begins(cruise, acceleration):
    join = cruise * cruise / acceleration
    near = 1e-6 * join
    at, before, after = (trip_time(join + step, cruise, acceleration) for step in (0, -near, near))
    assert before < at < after
    assert (at - before) / near == pytest.approx((after - at) / near, rel=1e-3)


@pytest.mark.parametrize("siren", [False, True])
def test_trips_that_start_and_end_at_rest_follow_the_law_and_their_legs_add_up(siren):
    county = with_speeds(COUNTY, acceleration=0.4)
    roads, plain = Roads(county, night=False), Roads(COUNTY, night=False)
    factor = county.speeds.siren_factor if siren else 1
    by_ends = {frozenset(road.ends): road.km for road in county.roads}
    for end in IDS[1:]:
        legs = roads.route(IDS[0], end)
        metres = 1000 * fsum(by_ends[frozenset((leg.start, leg.to))] for leg in legs)
        cruise = metres / fsum(leg.seconds for leg in legs) * factor
        seconds = roads.seconds(IDS[0], end, siren=siren)
        assert seconds == pytest.approx(trip_time(metres, cruise, 0.4), abs=0.51)
        assert seconds == sum(roads.leg_seconds(leg, siren=siren) for leg in legs)
        assert seconds >= plain.seconds(IDS[0], end, siren=siren) - len(legs)


def test_supplied_times_replace_computed_ones_where_they_are_given():
    given_time = TravelTime.model_validate({"from": "p0", "to": "p2", "seconds": 1000})
    county = line(*ROW, AROUND).model_copy(update={"travel_times": (given_time,)})
    roads = Roads(county, night=False)
    assert 1000 == roads.seconds("p0", "p2", siren=False)
    assert 1000 == sum(roads.leg_seconds(leg, siren=False) for leg in roads.route("p0", "p2"))
    assert round(500 / 1.3) * 2 == roads.seconds("p0", "p2", siren=True)
    assert 1600 == roads.seconds("p2", "p0", siren=False) and 800 == roads.seconds("p0", "p1", siren=False)
    roads.close("r1")  # a way around keeps the ratio: 1000 s for 1600 s
    assert (800 + 3600) * 1000 / 1600 == roads.seconds("p0", "p2", siren=False)


def test_water_closes_roads_and_bridges_later():
    bridge, high = ROW[1] | {"bridge": True}, ROW[2] | {"bridge": 5.0}
    roads = Roads(line(ROW[0], bridge, high), night=False)
    assert [] == roads.drowned({"p0": 0.2, "p1": 0.3})
    assert ["r0"] == roads.drowned({"p1": 1.5, "p3": 4.0})
    assert ["r0", "r1", "r2"] == roads.drowned({"p1": 3.5, "p3": 5.5})


def test_many_times_at_once_are_the_same_as_one_by_one():
    roads = Roads(COUNTY, night=True)
    times = roads.matrix(IDS[:40], IDS[:5], siren=True)
    fresh = Roads(COUNTY, night=True)
    assert times.tolist() == [[fresh.seconds(a, b, siren=True) for b in IDS[:5]] for a in IDS[:40]]
