"""What the tests of scripts share: the bundled exercise, tables made of lists, injects made by Hypothesis."""

import csv
import io
from dataclasses import replace
from functools import cache

from hypothesis import strategies as st

from sim.spec.load import load
from sim.spec.scenario import Inject
from sim.spec.script.convert import read_script, scenario_text
from sim.spec.script.table_read import read_csv, read_xlsx


@cache
def base():
    return load("chlorine-leak")


def with_injects(injects):
    return replace(base(), scenario=base().scenario.model_copy(update={"injects": tuple(injects)}))


def csv_bytes(rows):
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def xlsx_bytes(rows, **more):
    from openpyxl import Workbook

    book = Workbook()
    for name, listed in {"Sheet": rows, **more}.items():
        page = book.worksheets[0] if name == "Sheet" else book.create_sheet(name)
        for row in listed:
            page.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def tables_of(raw, kind="csv"):
    return read_csv(raw, "t.csv") if kind == "csv" else read_xlsx(raw, "t.xlsx")


def script_of(rows, asked=(), kind="csv"):
    return read_script(tables_of((csv_bytes if kind == "csv" else xlsx_bytes)(rows), kind), base(), asked)


def injects_of(raw, kind="csv"):
    script = read_script(tables_of(raw, kind), base())
    return scenario_text(script, base(), "new.yaml")[1].scenario.injects


ids = st.from_regex(r"[a-z][a-z0-9_-]{0,9}", fullmatch=True)
words = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff")
    | st.sampled_from("\n\t '\"=+-@＝＋－＠,;|；、中文"),
    min_size=1,
    max_size=12,
) | st.sampled_from(
    ["=1+1", "'", "''", "'=x", " a ", "\t", "#N/A", "TRUE", "12", "-", "无", "_x000D_", "_x005F_", "x005F_"]
)
texts = st.builds(lambda zh, en: {"zh": zh, "en": en}, words, words)
seconds = st.integers(0, base().scenario.duration)
values = st.booleans() | st.integers(-(10**17), 10**17) | st.text(st.characters(codec="utf-8"), max_size=8)
facts = (
    st.fixed_dictionaries({"fact": st.just("liuwan/hurt")}, optional={"value": values})
    | st.fixed_dictionaries({"fact": st.just("leak/size"), "value": st.sampled_from(["small", "large"])})
    | st.just({"fact": "incident/over", "value": True})
)
tests = st.one_of(
    st.builds(lambda v, test: {"fact": "shiqiao/hurt", test: v}, values, st.sampled_from(["is", "is_not"])),
    st.builds(
        lambda n, test: {"fact": "liuwan/hurt", test: n}, st.integers(0, 99), st.sampled_from(["above", "below"])
    ),
    st.builds(lambda known: {"fact": "wind/forecast", "known": known}, st.booleans()),
)
clauses = st.recursive(tests, lambda inner: st.lists(inner, min_size=1, max_size=3).map(lambda x: {"any_of": x}))


def some(strategy, least=0):
    return st.lists(strategy, min_size=least, max_size=3)


@st.composite
def inject_lists(draw):
    """Draw injects that the bundled scenario could have: every trigger, every field, any text."""
    organizations = st.sampled_from([one.id for one in base().county.organizations])
    found = draw(st.lists(ids, min_size=1, max_size=4, unique=True))
    return [
        Inject.model_validate(_inject(draw, ident, found[:number], organizations)) for number, ident in enumerate(found)
    ]


def _inject(draw, ident, earlier, organizations):
    trigger = draw(st.sampled_from(["at", "when", "both", "missing", "by_hand"]))
    data = {"id": ident, "from": draw(organizations), "to": draw(some(organizations, 1))}
    if trigger in ("at", "both", "missing"):
        data["at"] = f"{draw(seconds)}s"
        if earlier and draw(st.booleans()):
            data["after"] = draw(st.sampled_from(earlier))
    if trigger in ("when", "both"):
        data["when"] = draw(some(clauses, 1))
    if trigger == "missing":
        data["missing"] = draw(st.sampled_from([one.id for one in base().rubric.milestones]))
    data |= {
        "by_hand": trigger == "by_hand",
        "channel": draw(st.sampled_from([one.id for one in base().county.channels])),
        "kind": draw(st.sampled_from(["report", "request", "notice", "question"])),
        "text": draw(texts),
        "facts": draw(some(facts)),
        "asks": draw(some(st.sampled_from(["leak/size", "liuwan/danger"]))),
        "unless": draw(some(clauses)),
        "expected": draw(texts),
        "responsible": draw(some(organizations, 1)),
        "support": draw(some(organizations)),
        "objective": draw(st.sampled_from([one.id for one in base().scenario.objectives])),
        "phase": draw(st.none() | texts),
        "look_for": draw(st.none() | texts),
        "within": f"{draw(seconds)}s" if draw(st.booleans()) else None,
        "ground": draw(st.none() | texts),
        "note": draw(st.just("") | words),
    }
    return {key: value for key, value in data.items() if value is not None}
