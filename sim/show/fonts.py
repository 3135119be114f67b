"""The fonts of figures: found without side effects, and checked glyph by glyph."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from matplotlib import font_manager
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font, LoadFlags
from matplotlib.text import Text

from sim.errors import MissingGlyph

FALLBACK = "DejaVu Sans"
"""Comes with matplotlib; draws what the Chinese font lacks."""

SYSTEM_FONTS = (
    "Noto Sans CJK SC",
    "Noto Sans CJK JP",
    "WenQuanYi Micro Hei",
    "Microsoft YaHei",
    "PingFang SC",
    "SimHei",
)
"""Fonts to look for on the machine, in this order, when no package carries one."""


def packaged_font() -> Path | None:
    """Return the font file inside the package zhplot, found without importing it (an import changes settings)."""
    spec = find_spec("zhplot")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        files = sorted(path for path in Path(folder).rglob("*") if path.suffix.lower() in (".ttf", ".otf"))
        if files:
            return files[0]
    return None


def _registered(path: Path) -> str:
    for entry in font_manager.fontManager.ttflist:
        if entry.fname == str(path):
            return str(entry.name)
    font_manager.fontManager.addfont(str(path))
    return str(FontProperties(fname=str(path)).get_name())


@cache
def families() -> tuple[str, ...]:
    """Return the names of the fonts for figures, best first."""
    path = packaged_font()
    if path is not None:
        return (_registered(path), FALLBACK)
    known = {entry.name for entry in font_manager.fontManager.ttflist}
    return (*[name for name in SYSTEM_FONTS if name in known][:1], FALLBACK)


@cache
def drawable(names: tuple[str, ...]) -> frozenset[int]:
    """Return the code points that at least one of the fonts draws."""
    points: set[int] = set()
    for name in names:
        path = font_manager.findfont(FontProperties(family=name), fallback_to_default=False)
        points.update(FT2Font(path).get_charmap())
    return frozenset(points)


@cache
def _sized(name: str) -> FT2Font:
    font = FT2Font(font_manager.findfont(FontProperties(family=name), fallback_to_default=False))
    font.set_size(100, 72)
    return font


@cache
def _advance(char: str) -> float:
    for font in map(_sized, families()):
        if font.get_char_index(ord(char)):
            return float(font.load_char(ord(char), flags=LoadFlags.NO_HINTING).linearHoriAdvance) / 65536 / 100
    return 1.0


def width_in(text: str, size: float) -> float:
    """Return how wide a text is in inches.

    Args:
        text: The text, on one line.
        size: Size of its letters in points.
    """
    return sum(map(_advance, text)) * size / 72


def shortened(text: str, size: float, room_in: float) -> str:
    """Return a text, cut with an ellipsis where it is wider than the room in inches."""
    if width_in(text, size) <= room_in:
        return text
    while text and width_in(text + "…", size) > room_in:
        text = text[:-1]
    return text.rstrip(" ,，、;；") + "…"


def check_glyphs(figure: Figure) -> None:
    """Make sure that every character of a figure's texts can be drawn.

    Raises:
        MissingGlyph: If a character has no glyph in any font at hand.
    """
    points = drawable(families())
    texts = "".join(text.get_text() for text in figure.findobj(Text) if text.get_visible())
    missing = sorted({char for char in texts if char != "\n" and ord(char) not in points})
    if missing:
        raise MissingGlyph("".join(missing))
