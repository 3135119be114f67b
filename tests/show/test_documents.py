"""Report, brief and workbook: read back, in both languages, the same bytes, and nothing in them that acts."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from openpyxl import load_workbook

from sim.record.folder import RunRecord
from sim.show.blocks import Heading, Picture, Table
from sim.show.document import evaluation_report
from sim.show.figures import FIGURES, figure_png
from sim.show.names import Names
from sim.show.sheets import report_csv, report_sheets, report_xlsx
from sim.show.word_report import brief_docx, report_docx
from sim.show.word_write import clean, word_bytes
from tests.show.test_report import hostile

LANGUAGES = ("zh", "en")
FORMULA = "=HYPERLINK(0)<b>&\x01"


@pytest.fixture(scope="module")
def picture(run: RunRecord, card: dict[str, Any]) -> bytes:
    return figure_png(run, "dimensions", "zh", 40, card)


@pytest.fixture(scope="module")
def files(run: RunRecord, card: dict[str, Any], yardsticks: dict[str, Any], picture: bytes) -> dict[str, bytes]:
    figures = dict.fromkeys(FIGURES, picture)
    return {lang: report_docx(run, card, yardsticks, lang, figures) for lang in LANGUAGES}


def texts(data: bytes) -> list[str]:
    body = Document(io.BytesIO(data)).element.body
    return ["".join(part.text or "" for part in one.iter(qn("w:t"))) for one in body.iter(qn("w:p"))]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_all_chapters_and_annexes_stand_in_order(files: dict[str, bytes], lang: str) -> None:
    document = Document(io.BytesIO(files[lang]))
    first = [one.text for one in document.paragraphs if one.style.name == "Heading 1"]
    assert len(first) == 8 + 1 + 5 + 1
    if lang == "zh":
        assert [] == [text for text in texts(files[lang]) if re.search("[A-Za-z]{2,}[ ,;]+[a-z]{2,}", text)]
        assert [text[0] for text in first[:8]] == list("一二三四五六七八")
        assert [text[:3] for text in first[9:14]] == [f"附件{number}" for number in range(1, 6)]
    else:
        assert not re.search("[\u3001-\u301c\u4e00-\u9fff\uff01-\uffee]", "".join(texts(files[lang])))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_is_that_of_an_official_document(files: dict[str, bytes], lang: str) -> None:
    section = Document(io.BytesIO(files[lang])).sections[0]
    measured = (section.page_width, section.page_height, section.top_margin, section.left_margin)
    assert [round(one / Mm(1)) for one in measured] == [210, 297, 37, 28]
    area = section.page_width - section.left_margin - section.right_margin
    assert round(area / Mm(1)) == 156
    assert round((section.page_height - section.top_margin - section.bottom_margin) / Mm(1)) == 225


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_style_names_a_font_for_chinese_and_no_theme(files: dict[str, bytes], lang: str) -> None:
    document = Document(io.BytesIO(files[lang]))
    used = {one.style.name for one in document.paragraphs} | {"T-cell", "T-small", "Normal"}
    fonts = {}
    for name in used:
        (found,) = document.styles[name].element.rPr.findall(qn("w:rFonts"))
        fonts[name] = found.get(qn("w:eastAsia"))
        assert not [one for one in found.attrib if one.endswith("Theme")]
    assert fonts["Normal"] == "仿宋"
    assert (fonts["Heading 1"], fonts["Heading 2"], fonts["T-big"]) == ("黑体", "楷体", "方正小标宋简体")
    with ZipFile(io.BytesIO(files[lang])) as parts:
        assert "仿宋_GB2312" in parts.read("word/fontTable.xml").decode()


def test_head_rows_repeat_and_no_row_breaks(files: dict[str, bytes]) -> None:
    tables = Document(io.BytesIO(files["zh"])).element.body.findall(qn("w:tbl"))
    headed = [table for table in tables if table.find(".//" + qn("w:tblHeader")) is not None]
    assert len(headed) >= len(tables) - 1  # the table of basic facts has no head
    assert len(tables) > 15
    for table in headed:
        rows = table.findall(qn("w:tr"))
        assert rows[0].find(".//" + qn("w:tblHeader")) is not None
        assert all(row.find(".//" + qn("w:cantSplit")) is not None for row in rows)


def test_figures_have_200_dots_an_inch_on_paper(run: RunRecord, card: dict[str, Any]) -> None:
    data = figure_png(run, "dimensions", "zh", 160, card)
    blocks = [Picture("dimensions", "caption")]
    made = word_bytes(blocks, {"dimensions": data}, "zh", "mark", "title", "2026-05-12T23:40")
    document = Document(io.BytesIO(made))
    (shape,) = document.inline_shapes
    assert 1920 / (shape.width / 914400) >= 200


def test_pages_are_numbered_and_say_that_it_is_an_exercise(files: dict[str, bytes]) -> None:
    section = Document(io.BytesIO(files["zh"])).sections[1]
    assert "【演练】" in "".join(one.text for one in section.header.paragraphs)
    for footer in (section.footer, section.even_page_footer):
        assert " PAGE " in "".join(part.text or "" for part in footer._element.iter(qn("w:instrText")))


def test_the_same_run_gives_the_same_bytes(
    run: RunRecord, card: dict[str, Any], yardsticks: dict[str, Any], picture: bytes, files: dict[str, bytes]
) -> None:
    assert files["en"] == report_docx(run, card, yardsticks, "en", dict.fromkeys(FIGURES, picture))
    assert report_xlsx(run, card, "zh") == report_xlsx(run, card, "zh")


def test_what_others_wrote_is_text_in_word(run: RunRecord, card: dict[str, Any]) -> None:
    found = texts(report_docx(hostile(run, FORMULA), card, None, "en", {}))
    assert sum(clean(FORMULA) in text for text in found) > 100


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_workbook_holds_texts_only(run: RunRecord, card: dict[str, Any], lang: str) -> None:
    book = load_workbook(io.BytesIO(report_xlsx(hostile(run, "=1+1"), card, lang)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert any("=1+1" in cell.value for cell in cells)
    assert not any(cell.value.startswith(("=", "+", "-", "@")) for cell in cells)
    ledger = book.worksheets[0]
    assert ledger.max_column == 12
    assert ledger.freeze_panes == "B2"


def test_tables_as_text_are_guarded_too(run: RunRecord, card: dict[str, Any]) -> None:
    for data in report_csv(hostile(run, "@SUM(1)"), card, "zh").values():
        assert data.startswith(b"\xef\xbb\xbf")
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
        assert len({len(row) for row in rows}) == 1
        assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


def test_rows_are_those_of_the_record(run: RunRecord, card: dict[str, Any]) -> None:
    sheets = report_sheets(run, card, "en")
    messages = sum(event.kind == "message.composed" for event in run.events)
    assert [len(sheet.rows) - 1 for sheet in sheets[1:]] == [messages, len(card["milestones"]), len(card["gaps"])]


def test_an_idle_run_has_a_report_too(idle_run: RunRecord, idle_card: dict[str, Any]) -> None:
    blocks = evaluation_report(idle_run, idle_card, None, Names(idle_run.exercise, "zh"))
    assert sum(isinstance(one, Heading) and one.level == 1 for one in blocks) == 15
    for one in blocks:
        if isinstance(one, Table):
            assert {len(row) for row in (*one.rows, *([one.heads] if one.heads else []))} <= {len(one.widths)}
    assert word_bytes(blocks, {}, "zh", "mark", "title", "2026-05-12T23:40").startswith(b"PK")


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_office_program_opens_both_and_the_brief_is_one_page(
    run: RunRecord, card: dict[str, Any], files: dict[str, bytes], lang: str, tmp_path: Path
) -> None:
    (tmp_path / "report.docx").write_bytes(files[lang])
    (tmp_path / "brief.docx").write_bytes(brief_docx(run, card, lang))
    office, info = shutil.which("soffice"), shutil.which("pdfinfo")
    assert office, "LibreOffice is needed: apt-get install libreoffice-writer"
    assert info, "pdfinfo is needed: apt-get install poppler-utils"
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    convert = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*convert, "report.docx", "brief.docx"], cwd=tmp_path, check=True, capture_output=True)
    pages = {}
    for name in ("report", "brief"):
        told = subprocess.run([info, f"{name}.pdf"], cwd=tmp_path, check=True, capture_output=True, text=True).stdout
        pages[name] = int(re.search(r"Pages:\s+(\d+)", told)[1])  # type: ignore[index]
    assert pages["brief"] == 1
    assert 20 <= pages["report"] <= 60
