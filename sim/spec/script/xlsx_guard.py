"""What is looked at in an .xlsx file before anything parses it: bombs, entities, encryption, other formats."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from sim.errors import bad_input

MAX_FILE_BYTES = 20 << 20
MAX_BYTES = 50_000_000
MAX_RATIO = 100
MAX_PARTS = 1000
_SMALL = 100_000
"""Parts up to this size may be packed tightly: repeated styles are."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCODING = re.compile(rb"^<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([^\"']{1,40})")
_SAVE = "an .xlsx workbook as Excel, WPS or LibreOffice saves it, without a password"


def check_workbook(raw: bytes, name: str) -> None:
    """Refuse what should not be parsed.

    Raises:
        BadInput: If the file is no plain .xlsx workbook, or could cost too much memory or time.
    """
    if raw.startswith(_OLE):
        raise bad_input(name, "is an .xls workbook of old, or has a password", _SAVE)
    if len(raw) > MAX_FILE_BYTES:
        raise bad_input(name, f"is larger than {MAX_FILE_BYTES >> 20} MiB", "a smaller file")
    try:
        with ZipFile(BytesIO(raw)) as parts:
            _check_sizes(parts.infolist(), name)
            for part in parts.infolist():
                if part.filename.endswith((".xml", ".rels")):
                    _check_part(parts.read(part), part.filename, name)
    except (BadZipFile, EOFError, NotImplementedError, OSError, ValueError, RuntimeError) as error:
        raise bad_input(name, f"is no readable workbook: {error}", _SAVE) from error
    except Exception as error:
        if type(error).__module__ in ("zlib", "lzma", "struct", "_lzma"):  # what broken packing raises
            raise bad_input(name, f"is no readable workbook: {error}", _SAVE) from error
        raise


def _check_sizes(parts: list[ZipInfo], name: str) -> None:
    if len(parts) > MAX_PARTS:
        raise bad_input(name, f"has {len(parts)} parts", f"at most {MAX_PARTS}")
    if any(part.flag_bits & 1 for part in parts):
        raise bad_input(name, "has a password", _SAVE)
    if not any(part.filename == "[Content_Types].xml" for part in parts):
        raise bad_input(name, "is a zip file, but no workbook", _SAVE)
    if (total := sum(part.file_size for part in parts)) > MAX_BYTES:
        raise bad_input(name, f"would unpack to {total // 1_000_000} MB", f"at most {MAX_BYTES // 1_000_000} MB")
    for part in parts:
        if part.file_size > _SMALL and part.file_size > MAX_RATIO * part.compress_size:
            raise bad_input(name, f"its part {part.filename!r} is packed more than {MAX_RATIO} times", _SAVE)


def _check_part(text: bytes, part: str, name: str) -> None:
    text = text.removeprefix(b"\xef\xbb\xbf").lstrip()
    encoding = _ENCODING.match(text)
    if (
        not text.startswith(b"<")
        or b"\0" in text[:200]
        or (encoding and encoding[1].lower() not in (b"utf-8", b"utf8"))
    ):
        raise bad_input(name, f"its part {part!r} is no XML in UTF-8", _SAVE)
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise bad_input(name, f"its part {part!r} declares XML entities", _SAVE)
