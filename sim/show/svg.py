"""SVG made smaller without a visible change: figures are embedded in the report as text."""

from __future__ import annotations

import re

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_GROUP_ID = re.compile(r' id="[A-Za-z]+[0-9.]*_[0-9]+"')
_LONG_NUMBER = re.compile(r"(?<![\d.#\w])(-?[1-9]\d*\.\d\d)\d+")
_BETWEEN = re.compile(r">\s+<")
_SPACES = re.compile(r"\s{2,}")
_PATH = re.compile(r' d="([^"]*)"')
_AROUND = re.compile(r"\s*([A-Za-z])\s*")
_GLYPH = re.compile(r'(id="|href="#)([A-Za-z]+-[A-Za-z]+|[A-Za-z]+)-([0-9a-f]+)"')


def _only(match: re.Match[str]) -> str:
    return match[1]


def minified(svg: bytes) -> bytes:
    """Return an SVG of matplotlib without comments, unused names and digits that nobody sees."""
    text = svg.decode("utf-8")
    text = _COMMENT.sub("", text[text.index("<svg") :])
    text = _GROUP_ID.sub("", text)
    text = _LONG_NUMBER.sub(r"\1", text)
    fonts: dict[str, str] = {}
    for match in _GLYPH.finditer(text):
        fonts.setdefault(match[2], f"g{len(fonts)}")
    text = _GLYPH.sub(lambda match: f'{match[1]}{fonts[match[2]]}-{match[3]}"', text)
    text = _PATH.sub(lambda match: f' d="{_AROUND.sub(_only, match[1]).strip()}"', text)
    return _SPACES.sub(" ", _BETWEEN.sub("><", text)).strip().encode()
