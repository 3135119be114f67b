"""The page and the styles of a Word document, after GB/T 9704-2012 for official documents.

A4, margins 37 mm above and 28 mm left, type area 156 by 225 mm; titles in 小标宋 of size 2, text in 仿宋 of size 3 on
lines of 28 points, headings in 黑体, 楷体 and 仿宋, page numbers between dashes, to the right on odd pages and to the
left on even ones. The fonts are named, never carried: where one is missing, ``altName`` of the font table says what
stands in for it. English documents keep the page and take smaller letters on closer lines. Every page says that it is
an exercise.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

PAGE_MM, TOP_MM, BOTTOM_MM, LEFT_MM, RIGHT_MM = (210, 297), 37, 35, 28, 26
LATIN = "Times New Roman"
SONG, TITLE, FANG, HEI, KAI = "宋体", "方正小标宋简体", "仿宋", "黑体", "楷体"
STAND_INS = {TITLE: "宋体", FANG: "仿宋_GB2312", HEI: "SimHei", KAI: "楷体_GB2312"}
"""What stands in for a font that a machine does not have."""


class Look(NamedTuple):
    """How a style looks.

    Attributes:
        font: Its font for Chinese.
        zh: Size in points in Chinese documents.
        en: The same in English ones.
        bold: Whether it is bold.
        align: ``left``, ``center``, ``both`` or ``right``.
        indent: First-line indent in letters; English documents have none.
        before: Space above in points.
        lines: Lines that it takes: ``fixed`` as the standard says, or ``single``.
        keep: Whether it stays on one page with what follows.
    """

    font: str
    zh: float
    en: float
    bold: bool = False
    align: str = "both"
    indent: int = 0
    before: float = 0
    lines: str = "fixed"
    keep: bool = False


STYLES = {
    "body": Look(FANG, 16, 11.5, indent=2, before=0),
    "item": Look(FANG, 16, 11.5, indent=2),
    "note": Look(FANG, 12, 9.5, align="left", lines="single", before=3),
    "title": Look(TITLE, 22, 22, align="center", lines="single", before=6),
    "mark": Look(HEI, 16, 13, align="center", lines="single"),
    "cover": Look(FANG, 16, 13, align="center", lines="single", before=8),
    "big": Look(TITLE, 30, 30, align="center", lines="single", before=120),
    "caption": Look(FANG, 12, 10.5, bold=True, align="center", lines="single", before=8, keep=True),
    "lead": Look(FANG, 14, 11, indent=2, lines="single", before=2),
    "label": Look(HEI, 14, 12, align="left", lines="single", before=6, keep=True),
    "cell": Look(FANG, 10.5, 9.5, align="left", lines="single"),
    "small": Look(FANG, 9, 8, align="left", lines="single"),
    "figure": Look(FANG, 12, 10.5, align="center", lines="single", before=6, keep=True),
}
HEADINGS = {
    1: Look(HEI, 16, 15, align="left", indent=2, before=10, keep=True),
    2: Look(KAI, 16, 13, align="left", indent=2, before=6, keep=True),
    3: Look(FANG, 16, 12, bold=True, align="left", indent=2, before=4, keep=True),
}
LINE_PT = {"zh": 28.0, "en": 16.0}
"""Fixed distance of lines in points."""
_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}


def new_document(lang: str, mark: str, title: str) -> Any:
    """Return an empty document with page, styles, and what stands on every page.

    Args:
        lang: ``zh`` or ``en``.
        mark: What every page says above.
        title: Title of the document's properties.
    """
    document = Document()
    core = document.core_properties
    core.title, core.author, core.comments, core.language = title[:255], "tabletop-sim", "", lang
    base = document.styles["Normal"]
    _dress(base, STYLES["body"], lang)
    base.paragraph_format.first_line_indent = None
    for name, look in STYLES.items():
        style = document.styles.add_style(f"T-{name}", 1)
        style.base_style = None
        _dress(style, look, lang)
    for level, look in HEADINGS.items():
        _dress(document.styles[f"Heading {level}"], look, lang)
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    shape(section, sideways=False)
    section.different_first_page_header_footer = True
    for header in (section.header, section.even_page_header, section.first_page_header):
        header.paragraphs[0].style = document.styles["T-small"]
        header.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
        header.paragraphs[0].add_run(mark)
    _number(section.footer.paragraphs[0], WD_ALIGN_PARAGRAPH.RIGHT)
    _number(section.even_page_footer.paragraphs[0], WD_ALIGN_PARAGRAPH.LEFT)
    return document


def shape(section: Any, *, sideways: bool) -> None:
    """Give a section its page; a page on its side has the same margins turned with it."""
    wide, tall = PAGE_MM[::-1] if sideways else PAGE_MM
    section.orientation = 1 if sideways else 0
    section.page_width, section.page_height = Mm(wide), Mm(tall)
    margins = (LEFT_MM, RIGHT_MM, 20, 20) if sideways else (TOP_MM, BOTTOM_MM, LEFT_MM, RIGHT_MM)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = map(Mm, margins)
    section.header_distance, section.footer_distance = Mm(15), Mm(18)


def room_mm(section: Any) -> tuple[float, float]:
    """Return width and height of the type area of a section in millimeters."""
    wide = section.page_width - section.left_margin - section.right_margin
    tall = section.page_height - section.top_margin - section.bottom_margin
    return wide / Mm(1), tall / Mm(1)


def _dress(style: Any, look: Look, lang: str) -> None:
    size = look.zh if lang == "zh" else look.en
    style.font.name, style.font.size = LATIN, Pt(size)
    style.font.bold, style.font.italic = look.bold, False
    style.font.color.rgb = None
    properties = style.element.get_or_add_rPr()
    fonts = properties.find(qn("w:rFonts"))
    for name in [name for name in fonts.attrib if name.endswith("Theme")]:
        del fonts.attrib[name]  # the theme would win over the names
    for name, font in (("ascii", LATIN), ("hAnsi", LATIN), ("cs", LATIN), ("eastAsia", look.font)):
        fonts.set(qn(f"w:{name}"), font)
    for old in properties.findall(qn("w:color")):
        properties.remove(old)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    properties.append(language)
    form = style.paragraph_format
    form.alignment = _ALIGN[look.align if lang == "zh" or look.align != "both" else "left"]
    form.space_before, form.space_after = Pt(look.before), Pt(0 if lang == "zh" or look.lines == "single" else 4)
    form.keep_with_next, form.widow_control = look.keep, True
    form.first_line_indent = Pt(size * look.indent) if look.indent and lang == "zh" else Pt(0)
    if look.lines == "fixed":
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(max(LINE_PT[lang], size * 1.25))
    else:
        form.line_spacing = 1.0 if size < 12 else 1.25


def _number(paragraph: Any, align: Any) -> None:
    """Put the number of the page between dashes, in size 4 (14 points)."""
    paragraph.alignment = align
    paragraph.add_run("— ").font.size = Pt(14)
    run = paragraph.add_run()
    run.font.size = Pt(14)
    for kind, text in (("begin", None), (None, " PAGE "), ("separate", None), (None, "1"), ("end", None)):
        if kind is not None:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        else:
            part = OxmlElement("w:instrText" if text == " PAGE " else "w:t")
            part.text = text
            part.set(qn("xml:space"), "preserve")
        run._element.append(part)  # python-docx has no call for fields
    paragraph.add_run(" —").font.size = Pt(14)
