"""Legal grounds and sources: what readers are shown stands in both languages, and one thing has one name."""

import re
from functools import cache

import pytest
from pydantic import BaseModel

from sim.assess.wording import Wording
from sim.errors import BadInput
from sim.spec.base import Text
from sim.spec.load import bundled, data_folder, load, validate
from sim.spec.plan import Plan, RuleTable
from sim.spec.risks import Risks
from sim.spec.rubric import Rubric
from sim.spec.scenario import Scenario
from sim.spec.yamlread import parse, read_text
from sim.study.ledger_calendar import DOMAINS
from tests.play.made import changed

CHINESE = re.compile("[\u3001-\u301c\u4e00-\u9fff\uff01-\uffee]")
ENGLISH = re.compile("[A-Za-z]{2,}")
SHIPPED = (("plans", Plan), ("rules", RuleTable), ("rubrics", Rubric), ("risks", Risks), (".", Scenario))


def cited(value, name=""):
    """Every ground and source under a value that is for readers."""
    if isinstance(value, Text):
        return [value] if name in ("ground", "source") else []
    if isinstance(value, BaseModel):
        return [text for field in type(value).model_fields for text in cited(getattr(value, field), field)]
    if isinstance(value, (tuple, dict)):
        return [text for one in (value.values() if isinstance(value, dict) else value) for text in cited(one, name)]
    return []


@cache
def shipped():
    files = [(model, path) for folder, model in SHIPPED for path in sorted((data_folder() / folder).glob("*.yaml"))]
    found = {path.name: cited(validate(model, parse(read_text(path), path.name))) for model, path in files}
    return found | {"domains of the drill calendar": [domain.source for domain in DOMAINS]}


def test_every_ground_and_source_that_is_shown_is_in_both_languages_and_has_one_name_in_each():
    found = shipped()
    assert all(found[f"{name}.yaml"] for name in (*bundled("plan"), *bundled("rubric")))
    texts = {text for own in found.values() for text in own}
    assert len(texts) > 100
    for text in texts:
        assert CHINESE.search(text.zh) and ENGLISH.search(text.en), text
        assert not CHINESE.search(text.en), text
        assert not re.search(r"[A-Za-z]{3,}", text.zh), text  # AQ/T names a standard
    assert len(texts) == len({text.zh for text in texts}) == len({text.en for text in texts})


def spelled(number):
    """A number below 200 as articles of Chinese laws are counted."""
    figures = "零一二三四五六七八九"
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    ten = (figures[tens] if tens > 1 or hundreds else "") + "十" if tens else "零" if hundreds and ones else ""
    return "一百" * hundreds + ten + (figures[ones] if ones else "")


def test_both_languages_name_the_same_articles():
    texts = {text for own in shipped().values() for text in own}
    named = 0
    for text in texts:
        zh = re.findall("第([零一二三四五六七八九十百]+)条", text.zh)
        en = re.sub(r"\([^)]*\)", "", text.en)
        written = [one for part in re.findall(r"arts?\. ([\d, to and]+)", en) for one in re.findall(r"\d+", part)]
        assert sorted(zh) == sorted(spelled(int(one)) for one in written), text
        named += bool(zh)
    assert named > 50


def test_an_order_of_the_state_council_has_one_name():
    texts = {text for own in shipped().values() for text in own}
    zh, en = "([\u4e00-\u9fff]+)（国务院[^）]*令第(\\d+)号）", r"([a-z-][a-z -]*) \(order (\d+)\)"
    for pattern, said in ((zh, "zh"), (en, "en")):
        named = {(number, name) for text in texts for name, number in re.findall(pattern, getattr(text, said))}
        assert len(named) == len({number for number, _ in named}) > 5, sorted(named)


def test_a_plain_string_stands_for_both_languages():
    def plain(data):
        data["tasks"][0]["ground"] = "本县总体预案 3.2"

    task = changed(load("chlorine-leak"), plain, "plan").plan.tasks[0]
    assert task.ground == Text(zh="本县总体预案 3.2", en="本县总体预案 3.2")


@pytest.mark.parametrize(("given", "told"), [("", "name the law"), (3, "Text"), ({"zh": "法"}, "'en' is missing")])
def test_a_ground_that_says_nothing_is_one_problem(given, told):
    def empty(data):
        data["tasks"][0]["ground"] = given

    with pytest.raises(BadInput, match=told) as refused:
        changed(load("chlorine-leak"), empty, "plan")
    assert len(refused.value.problems) == 1


def test_a_row_is_cited_by_the_name_of_its_region_or_by_its_id_where_the_table_has_no_name():
    exercise = load("chlorine-leak")
    row = exercise.rules.rules[0]
    named = {region: Wording(exercise).cited(row.model_copy(update={"region": region})) for region in ("dehua", "x-y")}
    assert (named["dehua"].zh, named["dehua"].en) == (
        f"{row.source.zh}［德化；已核对原文］",
        f"{row.source.en} [Dehua; text read]",
    )
    assert "［x-y；" in named["x-y"].zh and "[x-y; " in named["x-y"].en


def test_a_region_without_a_row_is_refused():
    def add(data):
        data["regions"]["elsewhere"] = {"zh": "别处", "en": "elsewhere"}

    with pytest.raises(BadInput, match="no row holds in the region 'elsewhere'"):
        changed(load("chlorine-leak"), add, "rules")
