"""Hostile and broken tables: refused with a message before they cost anything, and never by another exception."""

import io
import random
import zlib
from functools import cache
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.errors import BadInput
from sim.spec.script.cells import MAX_COLUMNS, MAX_ROWS
from sim.spec.script.convert import read_script, scenario_text
from sim.spec.script.export import export_csv, export_xlsx
from sim.spec.script.table_read import MAX_CSV_BYTES, read_csv, read_tables, read_xlsx
from sim.spec.script.xlsx_guard import MAX_BYTES, MAX_FILE_BYTES, MAX_PARTS
from tests.spec.scripts import base, csv_bytes, tables_of, xlsx_bytes

SMALL = [["Time", "Message", "To"], ["T+5", "x", "duty"]]
SHEET = "xl/worksheets/sheet1.xml"


@cache
def workbook():
    return xlsx_bytes(SMALL)


def changed(changes, raw=None):
    """Return a workbook with parts exchanged, added, or changed by a function."""
    out = io.BytesIO()
    with ZipFile(io.BytesIO(raw or workbook())) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        names = [*old.namelist(), *(name for name in changes if name not in old.namelist())]
        for name in names:
            data = old.read(name) if name in old.namelist() else b""
            change = changes.get(name, data)
            new.writestr(name, change(data) if callable(change) else change)
    return out.getvalue()


def sheet_with(rows, dimension="A1"):
    start = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    return f'{start}<dimension ref="{dimension}"/><sheetData>{rows}</sheetData></worksheet>'.encode()


def refusal(raw, name="t.xlsx"):
    with pytest.raises(BadInput) as caught:
        (read_xlsx if name.endswith("xlsx") else read_csv)(raw, name)
    return str(caught.value)


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;&b;">]>'


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "xls workbook of old, or has a password"),
        (b"", "no readable workbook"),
        (b"PK\x03\x04", "no readable workbook"),
        (b"Time,Message\r\n", "no readable workbook"),
        (bytes(MAX_FILE_BYTES + 1), "larger than"),
        (changed({"bomb.bin": bytes(MAX_BYTES)}), "would unpack to"),
        (changed({"xl/more.xml": b"<a>" + b" " * 1_000_000 + b"</a>"}), "packed more than"),
        (changed({f"x/{number}": b"" for number in range(MAX_PARTS)}), "parts"),
        (changed({SHEET: lambda data: ENTITIES + data}), "entities"),
        (changed({"xl/workbook.xml": lambda data: data.replace(b"<sheets", b"<!DOCTYPE x><sheets")}), "entities"),
        (changed({SHEET: lambda data: data.decode().encode("utf-16")}), "no XML in UTF-8"),
        (changed({SHEET: b'<?xml version="1.0" encoding="cp037"?><a/>'}), "no XML in UTF-8"),
        (changed({SHEET: b"<a"}), "no readable workbook"),
        (changed({SHEET: sheet_with('<row r="1048576"><c r="A1048576"><v>1</v></c></row>')}), "more than 100000 rows"),
        (changed({SHEET: sheet_with('<row r="1"><c r="XFD1"><v>1</v></c></row>')}), "reaches to column XFD"),
        (changed({SHEET: sheet_with('<row r="1"><c r="GS1"><v>1</v></c></row>')}), "reaches to column GS"),
        (changed({SHEET: sheet_with('<row r="1"><c r="ZZZZZ1"><v>1</v></c></row>')}), "no readable workbook"),
        (changed({SHEET: sheet_with('<row r="1"><c r="A1" t="s"><v>77</v></c></row>')}), "no readable workbook"),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else "raw",
)
def test_workbooks_that_are_refused(raw, told):
    assert told in refusal(raw)


def test_a_zip_file_that_is_no_workbook_or_has_a_password_is_refused():
    out = io.BytesIO()
    with ZipFile(out, "w") as made:
        made.writestr("a.txt", "x")
    assert "no workbook" in refusal(out.getvalue())
    locked = bytearray(workbook())
    at = locked.find(b"PK\x01\x02")
    locked[at + 8] |= 1
    assert "has a password" in refusal(bytes(locked))


def test_what_a_file_claims_about_its_size_is_not_believed():
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>Time</t></is></c></row>'
    tables = read_xlsx(changed({SHEET: sheet_with(rows, "A1:XFD1048576")}), "t.xlsx")
    assert ("Time",) == tables.sheets[0].rows[0].cells


def test_openpyxl_reads_xml_by_defusedxml():
    from openpyxl.xml import functions

    assert functions.DEFUSEDXML or functions.LXML
    assert "defusedxml" in functions.iterparse.__module__


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (bytes(MAX_CSV_BYTES + 1), "larger than 5 MiB"),
        (b"Time,Message\0", "UTF-8 or GB 18030"),
        (b"\xff\xff\xff", "UTF-8 or GB 18030"),
        ("Time,Message".encode("utf-16"), "UTF-8 or GB 18030"),
        (b'Time,"Message', "is no CSV"),
        (b'"' + b"x" * 200_000 + b'"', "is no CSV"),
        (b"\n" * (MAX_ROWS + 1), "rows"),
        (b"," * MAX_COLUMNS + b"x", "reaches to column GS"),
    ],
)
def test_csv_files_that_are_refused(raw, told):
    assert told in refusal(raw, "t.csv")


def test_formulas_and_error_values_are_problems_of_their_rows_and_only_where_they_count():
    rows = [*SMALL, ["T+6", "=1+1", "duty"], ["T+7", "y", "duty"]]
    for raw, kind in ((xlsx_bytes(rows), "xlsx"), (csv_bytes(rows), "csv")):
        with pytest.raises(BadInput, match="row 3, column B: text: '=1\\+1' is a formula") as caught:
            scenario_text(read_script(tables_of(raw, kind), base()), base(), "new.yaml")
        assert 1 == len([problem for problem in caught.value.problems if "formula" in problem.what])
    uncounted = [[*SMALL[0], "Score"], [*SMALL[1], "=A1"]]
    assert 1 == len(made(read_script(tables_of(xlsx_bytes(uncounted), "xlsx"), base())))
    broken = xlsx_bytes([SMALL[0], ["T+5", "#REF!", "duty"]])
    with pytest.raises(BadInput, match="error value"):
        made(read_script(tables_of(broken, "xlsx"), base()))


def made(script):
    return scenario_text(script, base(), "new.yaml")[1].scenario.injects


def test_links_to_other_files_are_not_followed():
    raw = changed({"xl/externalLinks/externalLink1.xml": b'<externalLink xmlns="x"/>'})
    assert 1 == len(made(read_script(read_xlsx(raw, "t.xlsx"), base())))


@pytest.mark.parametrize(
    "name", ["t.xls", "t.xlsm", "t", "t.txt", "no.csv", "folder.csv", "nul\0.csv", "x" * 300 + ".csv"]
)
def test_other_files_are_refused_by_name(tmp_path, name):
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(BadInput):
        read_tables(tmp_path / name)


def whole_way(raw, name):
    """Read a file as the command does; only BadInput may come out."""
    try:
        tables = read_csv(raw, name) if name.endswith("csv") else read_xlsx(raw, name)
        script = read_script(tables, base())
        if script.drafts:
            assert all(draft.problems or draft.data for draft in script.drafts)
    except BadInput as error:
        assert error.problems


@given(st.binary(max_size=300))
def test_any_bytes_are_a_table_or_bad_input(raw):
    whole_way(raw, "t.csv")
    whole_way(raw, "t.xlsx")
    whole_way(b"PK\x03\x04" + raw, "t.xlsx")


@given(st.integers(0, 2**32), st.sampled_from(["cut", "flip", "part"]))
@settings(max_examples=60)
def test_a_broken_workbook_is_a_table_or_bad_input(seed, how):
    luck = random.Random(seed)
    raw = bytearray(workbook())
    if how == "cut":
        raw = raw[: luck.randrange(len(raw))]
    elif how == "flip":
        for _ in range(luck.randint(1, 8)):
            raw[luck.randrange(len(raw))] = luck.randrange(256)
    else:
        raw = bytearray(changed({luck.choice([SHEET, "xl/workbook.xml", "xl/styles.xml"]): lambda d: mutated(d, luck)}))
    whole_way(bytes(raw), "t.xlsx")


def mutated(data, luck):
    made = bytearray(data)
    for _ in range(luck.randint(1, 4)):
        at = luck.randrange(len(made))
        made[at : at + luck.randrange(6)] = luck.choice([b"", b"9", b"<", b'"', b"A1", b"nan", b"1e999", b"-", b"&#0;"])
    return bytes(made)


@given(st.integers(0, 2**32))
@settings(max_examples=25)
def test_a_changed_script_is_a_script_or_bad_input(seed):
    luck = random.Random(seed)
    text = exported().decode("utf-8-sig")
    for _ in range(luck.randint(1, 12)):
        at = luck.randrange(len(text))
        text = (
            text[:at]
            + luck.choice(["", '"', ",", "\n", "=", "'", "；", "T+", "any(", "\ufffe", "9" * 30, "x"])
            + text[at + 1 :]
        )
    whole_way(text.encode("utf-8", "replace"), "t.csv")
    try:
        scenario_text(read_script(read_csv(text.encode(), "t.csv"), base()), base(), "new.yaml")
    except BadInput as error:
        assert error.problems


@cache
def exported():
    return export_csv(base(), "en")


def test_the_exported_workbook_is_well_within_the_bounds():
    raw = export_xlsx(base(), "zh")
    assert len(read_xlsx(raw, "t.xlsx").sheets) == 3
    assert zlib.crc32(raw) == zlib.crc32(export_xlsx(base(), "zh"))
