"""The risk register: data that is checked, and YAML that is written as it is read."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.cli.main import main
from sim.errors import BadInput
from sim.play.draw import read_register
from sim.spec.load import bundled, check_file, data_folder, validate
from sim.spec.plan import instances
from sim.spec.risks import Risks
from sim.spec.yamlread import parse, read_text
from sim.spec.yamlwrite import to_yaml

PATH = data_folder() / "risks" / "anlan.yaml"
MARKS = ("【演练】", "[EXERCISE]")


@pytest.fixture(scope="module")
def register():
    return read_register("anlan")


def changed(tmp_path, old, new):
    text = read_text(PATH)
    assert text.count(old) >= 1, old
    path = tmp_path / "anlan.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def test_the_bundled_register_is_good():
    assert ["anlan"] == bundled("risks")
    assert "risks" == check_file(PATH)


def test_every_inject_of_the_library_begins_with_the_mark(register):
    for risk in register.spec.risks:
        for inject in risk.injects:
            assert inject.text.zh.startswith(MARKS[0])
            assert inject.text.en.startswith(MARKS[1])


def test_every_number_has_a_source_beside_it(register):
    for risk in register.spec.risks:
        for part in (*risk.sites, *(one for site in risk.sites for one in site.failures), risk.turns, risk.cascade):
            assert part.source
        assert risk.limits.source
        assert risk.self_help.source


def test_a_question_lets_something_be_decided_and_the_plan_has_a_choice(register):
    for risk in register.spec.risks:
        for question in risk.questions:
            orders = [option.orders for option in question.options]
            assert len({str(order) for order in orders}) == len(orders), f"{question.id}: two options do the same"
            assert question.by_plan[-1].if_ == (), f"{question.id}: the plan has no last word"


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("place: cold-store", "place: moon", "no place 'moon'"),
        ("substance: ammonia", "substance: helium", "no substance 'helium'"),
        ("outage_channels: {phone: 2", "outage_channels: {pigeon: 2", "no channel 'pigeon'"),
        ("- id: worker", "- id: smell", "the id 'smell' stands twice"),
        ("county: anlan", "county: nowhere", "no county 'nowhere'"),
        ("months: [12, 1, 2]", "months: [12, 1]", "each month must stand in exactly one season"),
        ("rate_g_s: {low: 500, high: 2500}", "rate_g_s: {low: 5000, high: 2500}", "low must not be above high"),
        ("at: {low: 40min, high: 80min}", "at: {low: 40s, high: 80min}", "whole minutes"),
        ("kind: toxic_release", "kind: toxic_cloud", "kind"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path, old, new, what):
    with pytest.raises(BadInput) as caught:
        read_register(changed(tmp_path, old, new))
    assert what in str(caught.value)
    assert "anlan.yaml:" in str(caught.value)


def test_check_draws_from_a_register_and_finds_a_template_that_leads_nowhere(tmp_path, capsys):
    path = changed(tmp_path, "follow, task: alert-police", "follow, task: alert-navy")
    assert 1 == main(["check", str(path)])
    assert "no task 'alert-navy'" in capsys.readouterr().err


def test_the_schema_can_be_printed(capsys):
    assert 0 == main(["schema", "risks"])
    assert "Risks" == json.loads(capsys.readouterr().out)["title"]


PLAIN = st.recursive(
    st.booleans()
    | st.integers(-(10**15), 10**15)
    | st.text(st.sampled_from("ab 1:#-'\"{}[],&*!|>%@\\真é\n"), max_size=9),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(("x", "yes", "z-z")), inner),
    max_leaves=8,
)


@settings(max_examples=40)
@given(st.dictionaries(st.sampled_from(("a", "ab", "key_1")), PLAIN, min_size=1, max_size=3))
def test_what_is_written_is_read_back(value):
    assert value == parse(to_yaml(value), "x").data


def test_the_register_itself_is_read_back():
    document = parse(read_text(PATH), PATH.name)
    assert document.data == parse(to_yaml(document.data), "again").data
    assert validate(Risks, document) == validate(Risks, parse(to_yaml(document.data), "again"))


def test_site_in_a_plan_means_the_place_of_the_hazard(exercise):
    tasks = {task.id: task for task in instances(exercise.plan, "cold-store")}
    assert "cold-store" == tasks["contain"].orders[0].at
    assert "rescue@cold-store" in tasks
    assert "rescue@site" not in tasks
    assert "rescue@filling-hall" not in tasks
    facts = [clause.fact for clause in tasks["emergency-report"].when[0].any_of]
    assert "cold-store/hurt" in facts
    assert "site/hurt" not in facts


@pytest.fixture(scope="module")
def exercise():
    from sim.spec.load import load

    return load("chlorine-leak")
