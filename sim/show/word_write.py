"""Blocks to the bytes of a Word document; the same blocks give the same bytes."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.enum.section import WD_SECTION
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm
from PIL import Image

from sim.show.blocks import Block, Heading, Para, Picture, Table, Turn
from sim.show.word_page import FANG, HEI, KAI, LATIN, SONG, STAND_INS, TITLE, new_document, room_mm, shape

EPOCH = (1980, 1, 1, 0, 0, 0)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SHADE, _LINE = "E8EDF2", "7F8C99"
"""Ground of head cells, and thin lines of tables."""
_FONT_TABLE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{fonts}</w:fonts>'
)


def word_bytes(
    blocks: Iterable[Block], pictures: Mapping[str, bytes], lang: str, mark: str, title: str, made: str
) -> bytes:
    """Return a document as the bytes of a .docx file.

    Args:
        blocks: What it is made of, in order.
        pictures: Figures by name, as PNG.
        lang: ``zh`` or ``en``.
        mark: What every page says above.
        title: Title of its properties.
        made: Local time for its properties, such as 2026-05-12T23:40.
    """
    document = new_document(lang, mark, clean(title))
    moment = datetime.fromisoformat(made)
    document.core_properties.created = document.core_properties.modified = moment
    document.core_properties.last_modified_by, document.core_properties.revision = "tabletop-sim", 1
    for block in blocks:
        _add(document, block, pictures)
    out = io.BytesIO()
    document.save(out)
    return _packed(out.getvalue())


def clean(text: str) -> str:
    """Return a text without the signs that XML cannot hold."""
    return _NOT_XML.sub("�", text)


def _add(document: Any, block: Block, pictures: Mapping[str, bytes]) -> None:
    match block:
        case Heading(level, text):
            document.add_heading(clean(text), level)
        case Para(text, style):
            document.add_paragraph(clean(text), style=f"T-{style}")
        case Table():
            _add_table(document, block)
        case Picture(name, caption):
            if name in pictures:
                _add_picture(document, pictures[name], caption)
        case Turn(sideways):
            shape(document.add_section(WD_SECTION.NEW_PAGE), sideways=sideways)
            document.sections[-1].different_first_page_header_footer = False


def _add_picture(document: Any, data: bytes, caption: str) -> None:
    wide_mm, tall_mm = room_mm(document.sections[-1])
    with Image.open(io.BytesIO(data)) as image:
        ratio = image.height / image.width
    wide_mm = min(wide_mm, (tall_mm - 16) / ratio)  # the caption stands on the same page
    paragraph = document.add_paragraph(style="T-figure")
    paragraph.add_run().add_picture(io.BytesIO(data), width=Mm(wide_mm))
    below = document.add_paragraph(clean(caption), style="T-caption")
    below.paragraph_format.keep_with_next = False


def _add_table(document: Any, table: Table) -> None:
    if table.caption:
        document.add_paragraph(clean(table.caption), style="T-caption")
    wide_mm, _ = room_mm(document.sections[-1])
    share = wide_mm / sum(table.widths) * 1440 / 25.4
    widths = [round(width * share) for width in table.widths]
    style = "T-small" if table.small else "T-cell"
    ident = next(one.style_id for one in document.styles if one.name == style)
    rows = []
    if table.heads:
        cells = "".join(_cell(head, width, ident, head=True) for head, width in zip(table.heads, widths, strict=True))
        rows.append(f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>")
    for row in table.rows:
        cells = "".join(
            _cell(text, width, ident, head=not table.heads and number == 0)
            for number, (text, width) in enumerate(zip(row, widths, strict=True))
        )
        rows.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>")
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{_LINE}"/>' for side in sides)
    element = parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{lines}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/>'
        f"</w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )
    body = document.element.body
    body.insert(len(body) - 1, element)  # before the properties of the last section
    document.add_paragraph(style="T-small")


def _cell(text: str, width: int, style: str, *, head: bool) -> str:
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{_SHADE}"/>' if head else ""
    bold = "<w:rPr><w:b/></w:rPr>" if head else ""
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in clean(text).replace("\r", "").split("\n")
    )
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r>{bold}{lines}</w:r></w:p></w:tc>'
    )


def _packed(raw: bytes) -> bytes:
    """Return a document packed anew without the times at which it was made, and with a table of its fonts."""
    out = io.BytesIO()
    with ZipFile(io.BytesIO(raw)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for part in old.infolist():
            data = old.read(part)
            if part.filename == "word/fontTable.xml":
                data = _FONT_TABLE.format(fonts="".join(map(_font, (LATIN, SONG, TITLE, FANG, HEI, KAI)))).encode()
            info = ZipInfo(part.filename, EPOCH)
            info.compress_type, info.external_attr = ZIP_DEFLATED, 0o644 << 16
            new.writestr(info, data)
    return out.getvalue()


def _font(name: str) -> str:
    stand_in = f'<w:altName w:val="{STAND_INS[name]}"/>' if name in STAND_INS else ""
    charset = "00" if name == LATIN else "86"
    return f'<w:font w:name="{name}">{stand_in}<w:charset w:val="{charset}"/></w:font>'
