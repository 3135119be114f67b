"""A script that is exported and imported again is the same script, in both formats and languages."""

import io
import json
from zipfile import ZipFile

import pytest
import yaml
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from sim.errors import BadInput
from sim.spec.base import Clause
from sim.spec.load import Source
from sim.spec.orders import StatedFact
from sim.spec.scenario import Inject
from sim.spec.script.cells import guarded, unguarded
from sim.spec.script.conditions import MAX_NESTED, read_clauses, read_facts, read_keys, write_clauses, write_facts
from sim.spec.script.export import export_csv, export_xlsx
from sim.spec.script.problems import Misread
from sim.spec.script.splice import with_injects as spliced
from sim.spec.yamlread import parse
from tests.spec.scripts import (
    base,
    clauses,
    facts,
    inject_lists,
    injects_of,
    texts,
    values,
    with_injects,
    words,
)

EXPORT = {"csv": export_csv, "xlsx": export_xlsx}
languages = st.sampled_from(["zh", "en"])
LOOKING = [Phase.explicit, Phase.reuse, Phase.generate]
"""Without shrinking, which would take minutes: each example reads a whole scenario."""


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_bundled_script_comes_back(kind, lang):
    raw = EXPORT[kind](base(), lang)
    assert base().scenario.injects == injects_of(raw, kind)
    assert raw == EXPORT[kind](base(), lang)


@settings(max_examples=25, phases=LOOKING)
@given(injects=inject_lists(), lang=languages)
def test_any_script_comes_back_from_csv(injects, lang):
    assert tuple(injects) == injects_of(export_csv(with_injects(injects), lang))


@settings(max_examples=10, phases=LOOKING)
@given(injects=inject_lists(), lang=languages)
def test_any_script_comes_back_from_a_workbook(injects, lang):
    assert tuple(injects) == injects_of(export_xlsx(with_injects(injects), lang), "xlsx")


@given(words)
def test_a_guarded_text_is_no_formula_and_comes_back(text):
    assert guarded(text)[0] not in "=+-@\t\r＝＋－＠"
    assert text == unguarded(guarded(text))


def test_quotes_at_the_start_of_a_text_of_others_stay():
    assert "'Fire!' somebody shouts" == unguarded("  'Fire!' somebody shouts ")


@given(st.lists(clauses, min_size=1, max_size=3), languages)
def test_conditions_come_back(listed, lang):
    made = [Clause.model_validate(clause) for clause in listed]
    assert made == [Clause.model_validate(clause) for clause in read_clauses(write_clauses(made, lang))]


@given(st.lists(facts | values.map(lambda v: {"fact": "a/b", "value": v}), min_size=1, max_size=3), languages)
def test_stated_facts_come_back(listed, lang):
    made = [StatedFact.model_validate(fact) for fact in listed]
    assert made == [StatedFact.model_validate(fact) for fact in read_facts(write_facts(made, lang))]


@given(st.text(st.sampled_from('a/b is not any(|);="\\ 任一 3 known ；（') | st.characters(), max_size=30))
def test_what_is_no_condition_is_a_clear_refusal(text):
    for reader in (read_clauses, read_facts, read_keys):
        try:
            reader(text)
        except Misread as error:
            assert str(error)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("incident/over", "nothing"),
        ("incident/over is", "a value"),
        ("leak is true", "a fact such as"),
        ("a/b is true c/d known", "too much"),
        ("any(a/b known", "')'"),
        ("a/b above x", "whole number"),
        ('a/b is "x', "does not end"),
        ("a/b is 1.5", "double quotes"),
        ("any(" * (MAX_NESTED + 1) + "a/b known" + ")" * (MAX_NESTED + 1), "inside any"),
    ],
)
def test_a_refusal_of_a_condition_says_what_is_missing(text, told):
    with pytest.raises(ValueError, match=r"\S") as caught:
        read_clauses(text)
    assert told in str(caught.value)


def test_chinese_words_and_full_width_signs_make_the_same_condition():
    english = 'incident/over is true; any(a/b above 3 | c/d is not x); e/f unknown; g/h is "甲 乙"'
    chinese = "incident/over 是 真；任一（a/b 高于 ３ ｜ c/d 不是 x）； e/f 未知；g/h 是 “甲 乙”"
    assert read_clauses(english) == read_clauses(chinese)
    assert ["a/b", "c/d"] == read_keys("a/b、ｃ/d；")


@pytest.mark.parametrize("bad", ["\0", "\x0b", "\r", "\ufffe"])
def test_a_character_that_no_table_holds_is_refused_by_the_name_of_its_inject(bad):
    data = base().scenario.injects[0].model_dump(by_alias=True, exclude_none=True) | {"at": "5min", "note": f"a{bad}b"}
    for export in EXPORT.values():
        with pytest.raises(BadInput, match=r"i01-smell.*U\+") as caught:
            export(with_injects([Inject.model_validate(data)]), "en")
        assert 1 == len(caught.value.problems)


def test_a_workbook_has_no_time_of_its_making_and_only_texts():
    with ZipFile(io.BytesIO(export_xlsx(base(), "zh"))) as book:
        assert {(1980, 1, 1, 0, 0, 0)} == {part.date_time for part in book.infolist()}
        assert b"1980-01-01" in book.read("docProps/core.xml")
        assert b"202" not in book.read("docProps/core.xml")
        script = book.read("xl/worksheets/sheet1.xml")
    assert b"<f" not in script.replace(b"<formula1", b"")
    assert b'state="frozen"' in script
    assert b"<mergeCell" not in script
    assert 9 == script.count(b"<dataValidation ")


@given(texts)
@settings(max_examples=30)
def test_the_rest_of_the_scenario_keeps_its_text(text):
    first = injects_data() | {"text": text}
    made = spliced(base().sources[0], [first])
    old = base().sources[0].text
    assert made.startswith(old.split("\ninjects:")[0])
    assert made.endswith(old.split("\npause_points:")[1])
    assert text == parse(made, "new.yaml").data["injects"][0]["text"]


@pytest.mark.parametrize("form", ["flow", "injects last", "injects first", "json"])
def test_scenarios_of_another_form_keep_their_meaning(form):
    data = parse(base().sources[0].text, "s.yaml").data
    rest = {key: value for key, value in data.items() if key != "injects"}
    if form == "injects last":
        text = yaml.safe_dump({**rest, "injects": data["injects"]}, allow_unicode=True, sort_keys=False) + "# end\n"
    elif form == "injects first":
        text = "# top\n" + yaml.safe_dump({"injects": data["injects"], **rest}, allow_unicode=True, sort_keys=False)
    elif form == "json":
        text = json.dumps({**data, "tiny": 0.00000001})
    else:
        text = yaml.safe_dump(data, allow_unicode=True, default_flow_style=True)
    rest = {key: value for key, value in parse(text, "s.yaml").data.items() if key != "injects"}
    made = parse(spliced(Source("scenario", "s.yaml", text), [injects_data()]), "new.yaml").data
    assert [injects_data()] == made.pop("injects")
    assert rest == made


def injects_data():
    return parse(base().sources[0].text, "s.yaml").data["injects"][0]


def test_what_the_files_do_not_allow_together_is_told_by_row():
    first, second, third, *rest = base().scenario.injects
    late = third.model_copy(update={"at": base().scenario.duration + 60})
    raw = export_csv(with_injects([first, second.model_copy(update={"id": first.id}), late, *rest]), "en")
    with pytest.raises(BadInput) as caught:
        injects_of(raw)
    told = [str(problem) for problem in caught.value.problems]
    assert told[0].startswith(f"t.csv, row 4, column A: id: the id {first.id!r} stands twice")
    assert told[1].startswith("t.csv, row 5, column D: at: comes after the end")
    assert 2 == len(told)
