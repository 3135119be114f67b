"""What is looked at in an .xlsx file before anything parses it: bombs, entities, encryption, other formats."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from sim.errors import BadInput
from sim.spec.script.columns import Said
from sim.spec.script.problems import refused

MAX_FILE_BYTES = 20 << 20
MAX_BYTES = 50_000_000
MAX_RATIO = 100
MAX_PARTS = 1000
_SMALL = 100_000
"""Parts up to this size may be packed tightly: repeated styles are."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCODING = re.compile(rb"^<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([^\"']{1,40})")
SAVE = Said(
    "请用 Excel、WPS 或 LibreOffice 另存为 .xlsx，不设密码",
    "an .xlsx workbook as Excel, WPS or LibreOffice saves it, without a password",
)


def check_workbook(raw: bytes, name: str) -> None:
    """Refuse what should not be parsed.

    Raises:
        BadInput: If the file is no plain .xlsx workbook, or could cost too much memory or time.
    """
    if raw.startswith(_OLE):
        raise refused(
            name, Said("是旧式 .xls 工作簿，或设有密码", "is an .xls workbook of old, or has a password"), SAVE
        )
    if len(raw) > MAX_FILE_BYTES:
        raise too_large(name, MAX_FILE_BYTES)
    try:
        with ZipFile(BytesIO(raw)) as parts:
            _check_sizes(parts.infolist(), name)
            for part in parts.infolist():
                if part.filename.endswith((".xml", ".rels")):
                    _check_part(parts.read(part), part.filename, name)
    except (BadZipFile, EOFError, NotImplementedError, OSError, ValueError, RuntimeError) as error:
        raise unreadable(name, error) from error
    except Exception as error:
        if type(error).__module__ in ("zlib", "lzma", "struct", "_lzma"):  # what broken packing raises
            raise unreadable(name, error) from error
        raise


def unreadable(name: str, error: Exception) -> BadInput:
    """Return the refusal of a file that is broken, or no workbook at all."""
    return refused(name, Said(f"不是能读的工作簿，或已损坏（{error}）", f"is no readable workbook: {error}"), SAVE)


def too_large(name: str, most: int) -> BadInput:
    """Return the refusal of a file of more than so many bytes."""
    size = f"{most >> 20} MiB"
    return refused(name, Said(f"文件大于 {size}", f"is larger than {size}"), Said("请缩小文件", "a smaller file"))


def _check_sizes(parts: list[ZipInfo], name: str) -> None:
    if len(parts) > MAX_PARTS:
        raise refused(
            name,
            Said(f"内部有 {len(parts)} 个部件", f"has {len(parts)} parts"),
            Said(f"最多 {MAX_PARTS} 个", f"at most {MAX_PARTS}"),
        )
    if any(part.flag_bits & 1 for part in parts):
        raise refused(name, Said("设有密码", "has a password"), SAVE)
    if not any(part.filename == "[Content_Types].xml" for part in parts):
        raise refused(name, Said("是 zip 文件，但不是工作簿", "is a zip file, but no workbook"), SAVE)
    if (total := sum(part.file_size for part in parts)) > MAX_BYTES:
        size, most = f"{total // 1_000_000} MB", f"{MAX_BYTES // 1_000_000} MB"
        raise refused(
            name, Said(f"解压后有 {size}", f"would unpack to {size}"), Said(f"最多 {most}", f"at most {most}")
        )
    for part in parts:
        if part.file_size > _SMALL and part.file_size > MAX_RATIO * part.compress_size:
            packed = Said(f"压缩超过 {MAX_RATIO} 倍", f"is packed more than {MAX_RATIO} times")
            raise _bad_part(name, part.filename, packed)


def _check_part(text: bytes, part: str, name: str) -> None:
    text = text.removeprefix(b"\xef\xbb\xbf").lstrip()
    encoding = _ENCODING.match(text)
    if (
        not text.startswith(b"<")
        or b"\0" in text[:200]
        or (encoding and encoding[1].lower() not in (b"utf-8", b"utf8"))
    ):
        raise _bad_part(name, part, Said("不是 UTF-8 的 XML", "is no XML in UTF-8"))
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise _bad_part(name, part, Said("声明了 XML 实体", "declares XML entities"))


def _bad_part(name: str, part: str, what: Said) -> BadInput:
    return refused(name, Said(f"其中的部件“{part}”{what.zh}", f"its part {part!r} {what.en}"), SAVE)
