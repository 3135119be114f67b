from __future__ import annotations

import re
from pathlib import Path

import pytest

import sim.show
from sim.assess.gaps import RULES
from sim.record.folder import RunRecord
from sim.show.gap_words import RULES as SAID
from sim.show.gap_words import gap_rules
from sim.show.names import SEATS, Names, clock
from sim.show.words import WORDS, word, word_or
from sim.spec.county import DEPARTMENTS
from sim.spec.load import bundled, data_folder, validate
from sim.spec.plan import Plan
from sim.spec.yamlread import parse, read_text

GAPS = (
    "unacknowledged",
    "open_loop",
    "orphan_task",
    "duplicate_task",
    "conflicting_orders",
    "no_mandate",
    "stale_fact",
    "inconsistent_figures",
    "release_outside_chain",
    "waiting_on_other",
    "wrong_level",
    "missed_notification",
    "resource_mismatch",
    "command_gap",
    "no_fallback",
    "unprotected_entry",
)


def braces(text: str) -> list[str]:
    return sorted(re.findall(r"\{(\w+)\}", text))


@pytest.mark.parametrize("key", sorted(WORDS))
def test_both_languages_say_the_same_fields(key: str) -> None:
    zh, en = WORDS[key]
    assert zh and en
    assert braces(zh) == braces(en)


def test_every_word_that_the_template_asks_for_is_in_the_table() -> None:
    template = (Path(sim.show.__file__).parent / "templates" / "report.html.j2").read_text(encoding="utf-8")
    asked = re.findall(r"\bw\('(\w+)'", template)
    assert len(asked) > 50
    assert not sorted(set(asked) - set(WORDS) - {"fig_"})


@pytest.mark.parametrize("gap", GAPS)
def test_every_type_of_gap_has_a_name(gap: str) -> None:
    assert word(f"gap_{gap}", "zh") != gap


def test_every_kind_of_gap_says_what_it_asks_for_in_both_languages() -> None:
    assert sorted(rule.__module__.rpartition(".")[2] for rule in RULES) == sorted(SAID)
    zh, en = gap_rules("zh"), gap_rules("en")
    assert all(re.fullmatch("[a-z_]+  [^A-Za-z]+：[^A-Za-z]+", line) for line in zh)
    assert "".join(en).isascii()
    assert [line.split()[0] for line in zh] == [line.split()[0] for line in en]


def test_word_fills_its_braces_and_unknown_ids_stand_for_themselves() -> None:
    assert word("act_level", "zh", level=3) == "启动 3 级响应"
    assert word_or("value_9", "en", "9") == "9"
    with pytest.raises(KeyError):
        word("no such word", "en")


def test_names_of_facts_organizations_and_options(run: RunRecord) -> None:
    zh, en = Names(run.exercise, "zh"), Names(run.exercise, "en")
    assert SEATS[2:] == DEPARTMENTS
    assert zh.fact("liuwan/danger") == "柳湾村：有毒气"
    assert en.fact("liuwan/danger") == "Liuwan village: gas there"
    assert zh.fact("nobody/knows") == "nobody/knows"
    assert zh.things(["police", "health"]) == "公安局、卫生健康局"
    assert en.value(True) == "yes"
    assert en.options("no-such-question") == {}
    assert en.question("no-such-question").en == "no-such-question"
    assert en.moment(None) == "—"
    assert clock(3725) == "1:02:05"


@pytest.mark.parametrize("plan", bundled("plan"))
def test_every_value_that_a_plan_lists_can_be_said(plan: str) -> None:
    listed = validate(Plan, parse(read_text(data_folder() / "plans" / f"{plan}.yaml"), plan)).facts
    values = {value for fact in listed for value in fact.values if isinstance(value, str)}
    assert [] == sorted(value for value in values if f"value_{value}" not in WORDS)
