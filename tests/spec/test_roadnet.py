"""Road networks from GraphML and tables, with every problem in its row; made counties that hold together."""

import math
from dataclasses import replace

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.errors import BadInput
from sim.rng import Luck
from sim.spec import yamlread
from sim.spec.checks.county import find_in_county
from sim.spec.checks.lifelines import find_in_lifelines
from sim.spec.checks.names import Names
from sim.spec.county import County
from sim.spec.load import data_folder
from sim.spec.roadnet.attach import DETOUR, attach
from sim.spec.roadnet.convert import to_part
from sim.spec.roadnet.graphml import read_graphml
from sim.spec.roadnet.make import Wanted, make_county
from sim.spec.roadnet.proximity import gabriel_edges
from sim.spec.roadnet.scatter import shares
from sim.spec.roadnet.tables import read_matrix, read_net, read_table
from sim.spec.roadnet.values import class_of, direction_of, lanes_of, listed, speed_of
from sim.spec.roads import Road
from sim.spec.yamlwrite import to_yaml
from tests.engine.worlds import whole_exercise

TEMPLATE = yamlread.parse((data_folder() / "counties" / "anlan.yaml").read_text(encoding="utf-8"), "anlan.yaml").data

HEAD = """<?xml version='1.0' encoding='utf-8'?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
<key id="d13" for="edge" attr.name="name" attr.type="string" />
<key id="d12" for="edge" attr.name="bridge" attr.type="string" />
<key id="d11" for="edge" attr.name="length" attr.type="string" />
<key id="d10" for="edge" attr.name="oneway" attr.type="string" />
<key id="d9" for="edge" attr.name="lanes" attr.type="string" />
<key id="d8" for="edge" attr.name="maxspeed" attr.type="string" />
<key id="d7" for="edge" attr.name="highway" attr.type="string" />
<key id="d6" for="edge" attr.name="osmid" attr.type="string" />
<key id="d5" for="node" attr.name="x" attr.type="string" />
<key id="d4" for="node" attr.name="y" attr.type="string" />
<key id="d0" for="graph" attr.name="crs" attr.type="string" />
<graph edgedefault="directed"><data key="d0">epsg:4326</data>
"""
NODES = {"1001": (118.0, 30.0), "1002": (118.01, 30.0), "1003": (118.01, 30.01), "1004": (118.5, 30.5)}
KEYS = {
    "highway": "d7",
    "maxspeed": "d8",
    "lanes": "d9",
    "oneway": "d10",
    "length": "d11",
    "bridge": "d12",
    "name": "d13",
}
MAIN = {"highway": "primary", "maxspeed": "['60', '80']", "lanes": "['2', '3']", "oneway": "False", "length": "965.2"}
LANE = {
    "highway": "['residential', 'service']",
    "oneway": "True",
    "length": "1113.4",
    "name": "沿江路",
    "bridge": "yes",
}
BACK = {"highway": "tertiary", "oneway": "True", "length": "1500"}
EDGES = [("1001", "1002", MAIN), ("1002", "1001", MAIN), ("1002", "1003", LANE), ("1003", "1001", BACK)]


def graphml(edges=EDGES, nodes=NODES, head=HEAD):
    lines = [head]
    for ident, (x, y) in nodes.items():
        lines.append(f'<node id="{ident}"><data key="d4">{y}</data><data key="d5">{x}</data></node>')
    for tail, other, data in edges:
        inside = "".join(f'<data key="{KEYS[key]}">{value}</data>' for key, value in data.items())
        lines.append(f'<edge source="{tail}" target="{other}" id="0">{inside}</edge>')
    return "\n".join([*lines, "</graph></graphml>"])


def written(tmp_path, text, name="net.graphml"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def problems(error):
    return [str(problem) for problem in error.value.problems]


def test_what_osmnx_writes_becomes_places_and_roads(tmp_path):
    part = to_part(read_graphml(written(tmp_path, graphml())))
    assert {"1001": "n1001", "1002": "n1002", "1003": "n1003"} == part.number and 1 == part.cut_off
    assert [
        {"ends": ["n1001", "n1002"], "km": 0.965, "class": "national", "lanes": 2, "speed_km_h": 70.0},
        {"ends": ["n1002", "n1003"], "km": 1.113, "class": "street", "name": {"zh": "沿江路", "en": "沿江路"}}
        | {"bridge": True, "one_way": True},
        {"ends": ["n1003", "n1001"], "km": 1.5, "class": "county", "one_way": True},
    ] == part.roads
    for road in part.roads:
        Road.model_validate(road)
    at = {place["id"]: (place["x_km"], place["y_km"]) for place in part.places}
    assert 1.1119 == pytest.approx(math.dist(at["n1002"], at["n1003"]), abs=2e-3)  # 0.01 degrees of a great circle
    assert 0.9630 == pytest.approx(math.dist(at["n1001"], at["n1002"]), abs=2e-3)  # times the cosine of 30 degrees


def test_projected_coordinates_are_meters_and_the_origin_can_be_given(tmp_path):
    head = HEAD.replace("epsg:4326", "epsg:32650")
    nodes = {"1001": (400_000.0, 3_300_000.0), "1002": (400_900.0, 3_300_000.0), "1003": (400_900.0, 3_301_000.0)}
    part = to_part(read_graphml(written(tmp_path, graphml(nodes=nodes, head=head))), origin=(400_000, 3_300_000))
    assert [(0.0, 0.0), (0.9, 0.0), (0.9, 1.0)] == [(place["x_km"], place["y_km"]) for place in part.places]


def test_footpaths_are_left_out_and_classes_can_be(tmp_path):
    path = ("1001", "1003", {"highway": "footway", "length": "10"})
    net = read_graphml(written(tmp_path, graphml([*EDGES, path])))
    assert 1 == net.left_out and 4 == len(net.arcs)
    assert {"national"} == {road["class"] for road in to_part(net, without=("street",)).roads}


def test_each_problem_of_a_graph_is_told(tmp_path):
    nodes = NODES | {"1005": ("east", 30)}
    bad = [("1001", "9", BACK), ("1002", "1003", BACK | {"length": "-3", "highway": "canal"})]
    with pytest.raises(BadInput) as error:
        read_graphml(written(tmp_path, graphml([*EDGES, *bad], nodes)))
    found = problems(error)
    assert 4 == len(found)
    assert "edge 6 (1002 to 1003): unknown highway 'canal'" in found[0] and "length '-3' is not above 0" in found[1]
    assert "node 1005" in found[2] and "no node '9'" in found[3]
    assert "第 6 条边" in error.value.in_language("zh")


def test_a_length_in_the_wrong_unit_is_found(tmp_path):
    edges = [(tail, head, data | {"length": str(float(data["length"]) / 1000)}) for tail, head, data in EDGES]
    with pytest.raises(BadInput, match="but its ends are 962 m apart"):
        to_part(read_graphml(written(tmp_path, graphml(edges))))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<graphml><graph><node id='a'", "is no XML"),
        ("<svg></svg>", "is no GraphML"),
        ("<graphml></graphml>", "holds no nodes"),
        ('<!DOCTYPE g [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><graphml>&b;</graphml>', "can do harm"),
        ('<!DOCTYPE g SYSTEM "file:///etc/hostname"><graphml></graphml>', "can do harm"),
    ],
)
def test_what_is_no_safe_graph_is_refused(tmp_path, text, told):
    with pytest.raises(BadInput, match=told):
        read_graphml(written(tmp_path, text))


@given(st.text(max_size=60))
def test_any_text_of_a_way_is_read_or_left(text):
    assert class_of(text) is None or text
    assert direction_of(text) in (-1, 0, 1, None)
    speed, lanes = speed_of(text), lanes_of(text)
    assert speed is None or 0 < speed <= 200
    assert lanes is None or 1 <= lanes <= 16
    assert all(isinstance(value, str) for value in listed(text))


@pytest.mark.parametrize(
    ("text", "speed"), [("50", 50), ("30 mph", 48.3), ("['60', '100']", 80), ("none", None), ("60;80", 70), ("", None)]
)
def test_speeds_of_ways(text, speed):
    assert speed == speed_of(text)


NODE_TABLE = "id,x,y,name_zh,name_en,kind,people\nA,0,0,甲村,Jia,village,120\nb,3000,0,,,,\nc,3000,4000,,,,\n"
ARC_TABLE = """from,to,km,class,lanes,bridge,oneway,speed_km_h,id
A,b,3.2,county,,4.5,no,,r1
b,c,4.1,primary,4,,,70,
c,A,5.5,,,,yes,,
"""


def tables(tmp_path, nodes=NODE_TABLE, arcs=ARC_TABLE):
    return read_net(
        read_table(written(tmp_path, nodes, "nodes.csv")), read_table(written(tmp_path, arcs, "arcs.csv"))
    )  # fmt: skip


def test_tables_of_nodes_and_arcs_become_places_and_roads(tmp_path):
    part = to_part(tables(tmp_path), origin=(0, 0))
    assert {
        "id": "a",
        "name": {"zh": "甲村", "en": "Jia"},
        "kind": "village",
        "x_km": 0.0,
        "y_km": 0.0,
        "people": 120,
    } == (part.places[0])
    assert [
        {"ends": ["a", "b"], "km": 3.2, "class": "county", "id": "r1", "bridge": 4.5},
        {"ends": ["b", "c"], "km": 4.1, "class": "national", "lanes": 4, "speed_km_h": 70.0},
        {"ends": ["c", "a"], "km": 5.5, "class": "county", "one_way": True},
    ] == part.roads


def test_each_problem_of_a_table_is_told_with_its_row(tmp_path):
    arcs = ARC_TABLE + "A,b,x,county,,,,,\nA,z,9,county,,,,,\nb,c,5,canal,40,?,maybe,-1,R 1\n"
    with pytest.raises(BadInput) as error:
        tables(tmp_path, arcs=arcs)
    found = problems(error)
    assert ["row 5", "row 6", *["row 7"] * 6] == [text.split(", ")[1].split(":")[0] for text in found]
    for part, text in zip(
        ("km is 'x'", "no node 'z'", "canal", "speed_km_h", "lanes", "maybe", "bridge", "R 1"), found, strict=True
    ):
        assert part in text
    with pytest.raises(BadInput) as error:
        tables(tmp_path, nodes=NODE_TABLE + "b,1,1,,,,\nd,,5,,,castle,-4\n,1,2,,,,\n")
    assert ["row 5", "row 6", "row 6", "row 6", "row 7"] == [
        text.split(", ")[1].split(":")[0] for text in problems(error)
    ]


def test_travel_times_are_read_and_each_problem_told(tmp_path):
    good = read_table(written(tmp_path, "from;to;seconds\na;b;61.6\nb;a;70\na;a;0.5\n", "times.csv"))
    assert [("a", "b", 62), ("b", "a", 70)] == read_matrix(good)
    bad = read_table(written(tmp_path, "from,to,seconds\na,b,5\na,b,6\na,,6\nb,a,-1\n", "times.csv"))
    with pytest.raises(BadInput) as error:
        read_matrix(bad)
    assert ["row 3", "row 4", "row 5"] == [text.split(", ")[1].split(":")[0] for text in problems(error)]


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "id,x\n1,2\n", "from,to\n1,2\n\0"])
def test_other_tables_are_refused(tmp_path, text):
    with pytest.raises(BadInput):
        tables(tmp_path, arcs=text)


def test_sites_are_joined_to_the_nearest_junction(tmp_path):
    part = to_part(tables(tmp_path), origin=(0, 0))
    joined = attach(TEMPLATE, part, "anlan.yaml")
    county = County.model_validate(joined)
    assert [] == list(find_in_county(_exercise(county)))
    (access,) = [road for road in joined["roads"] if road["ends"][0] == "county-hall"]
    hall = next(place for place in TEMPLATE["places"] if place["id"] == "county-hall")
    assert "a" == access["ends"][1]
    assert access["km"] == pytest.approx(DETOUR * math.hypot(hall["x_km"], hall["y_km"]), abs=5e-3)


def _exercise(county):
    return replace(whole_exercise(), county=county)


SIZES = st.tuples(st.integers(0, 10**9), st.integers(1, 6), st.integers(1000, 300_000), st.integers(0, 4))


@settings(max_examples=12)
@given(SIZES)
def test_a_made_county_holds_together_whatever_its_seed(size):
    data = make_county(Wanted("made", *size), TEMPLATE)
    county = County.model_validate(data)
    exercise = _exercise(county)
    assert [] == [*find_in_county(exercise), *find_in_lifelines(exercise, Names(exercise))]
    graph = nx.Graph([road.ends for road in county.roads])
    assert nx.is_connected(graph) and len(graph) == len(county.places)
    assert nx.check_planarity(graph)[0]
    assert size[2] == sum(place.people for place in county.places) == sum(one.residents for one in county.townships)
    assert size[1] == len(county.townships)


def test_the_same_wishes_make_the_same_county_and_it_can_be_read_back():
    text = to_yaml(make_county(Wanted("made", 5, 3, 40_000, 2), TEMPLATE))
    assert text == to_yaml(make_county(Wanted("made", 5, 3, 40_000, 2), TEMPLATE))
    assert text != to_yaml(make_county(Wanted("made", 6, 3, 40_000, 2), TEMPLATE))
    County.model_validate(yamlread.parse(text, "made.yaml").data)


POINTS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=1, max_size=25, unique=True)


@given(POINTS)
def test_neighbors_are_those_with_an_empty_circle_between_them(points):
    def empty(a, b):
        (ax, ay), (bx, by) = points[a], points[b]
        return not any((x - ax) * (x - bx) + (y - ay) * (y - by) < 0 for x, y in points)

    count = len(points)
    expected = [(a, b) for a in range(count) for b in range(a + 1, count) if empty(a, b)]
    edges = gabriel_edges(np.array(points, dtype=np.int64))
    assert expected == edges
    graph = nx.Graph(edges)
    graph.add_nodes_from(range(count))
    assert nx.is_connected(graph)


@given(st.integers(0, 10_000), st.lists(st.floats(0.01, 50), min_size=1, max_size=30))
def test_shares_make_the_total(total, weights):
    parts = shares(total, weights)
    assert total == sum(parts)
    assert all(abs(part - total * weight / math.fsum(weights)) < 1 for part, weight in zip(parts, weights, strict=True))


def mean_distances(units, calls=400, replications=30):
    """Return the mean distance to the nearest of scattered units on a torus of area 1: straight and right-angled.

    With a Poisson number of units; a scatter without any is drawn again, which for 25 or more units does not happen.
    """
    straight, angled = [], []
    for number in range(replications):
        luck = Luck(number)
        count = luck.poisson(units, "units", str(units))
        at = np.array([[luck.uniform("unit", str(i), axis) for axis in "xy"] for i in range(count)])
        call = np.array([[luck.uniform("call", str(i), axis) for axis in "xy"] for i in range(calls)])
        gap = np.abs(call[:, None, :] - at[None, :, :])
        gap = np.minimum(gap, 1 - gap)
        straight.append(float(np.sqrt((gap**2).sum(axis=2)).min(axis=1).mean()))
        angled.append(float(gap.sum(axis=2).min(axis=1).mean()))
    return np.array(straight), np.array(angled)


def test_the_nearest_unit_is_as_far_as_theory_says_and_four_times_as_many_units_halve_that():
    """1/(2 √γ) straight, √(π/8γ) right-angled (Larson, Odoni 1981, 3.8); the square-root law (Kolesar, Blum 1973)."""
    few, many = mean_distances(25), mean_distances(100)
    for found, units in ((few, 25), (many, 100)):
        for sample, constant in zip(found, (0.5, math.sqrt(math.pi / 8)), strict=True):
            error = sample.std(ddof=1) / math.sqrt(len(sample))
            assert constant / math.sqrt(units) == pytest.approx(sample.mean(), abs=4 * error)
            assert 4 * error < 0.1 * sample.mean()
    assert 2 == pytest.approx(few[0].mean() / many[0].mean(), rel=0.06)
    assert 2 == pytest.approx(few[1].mean() / many[1].mean(), rel=0.06)


def test_bad_roads_and_times_of_a_county_are_found():
    data = make_county(Wanted("made", 1, 1, 2000, 1), TEMPLATE)
    places = [place["id"] for place in data["places"]]
    data["roads"] = [road for road in data["roads"] if places[-1] not in road["ends"]]
    data["roads"].append(
        {"ends": [places[0], places[-1]], "km": 1, "class": "county", "one_way": True, "id": places[1]}
    )
    data["travel_times"] = [{"from": places[0], "to": "nowhere", "seconds": 60}]
    found = [what for _, what, _ in find_in_county(_exercise(County.model_validate(data)))]
    assert [
        f"the id {places[1]!r} is that of a place too",
        "no place 'nowhere'",
        f"no road leads from {places[-1]!r} back to {places[0]!r}",
    ] == [what for what in found if "road" in what or "nowhere" in what or "too" in what]
