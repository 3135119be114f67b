"""The command that draws the map of a run at a moment."""

from __future__ import annotations

import argparse
from pathlib import Path

from sim.clocktext import after_start, parse_duration
from sim.errors import BadInput, InChinese, bad_input
from sim.record.folder import RunRecord, read_folder

WORDS = {"written": {"en": "map at {at}: {name}", "zh": "{at} 的态势图：{name}"}}
ENDINGS = (".png", ".svg")
NAMED = ("start", "worst", "end")
"""Moments that can be named, in the order of :func:`sim.show.map_state.key_times`."""


def draw_map(arguments: argparse.Namespace) -> int:
    """Write the map of a run at a moment as a picture."""
    out = _free(Path(arguments.out), force=arguments.force)
    record = read_folder(Path(arguments.folder))
    at_s = moment(record, arguments.at)
    from sim.show.map import map_png, map_svg

    draw = map_svg if out.suffix.lower() == ".svg" else map_png
    out.write_bytes(draw(record, at_s, arguments.lang, arguments.zoom))
    print(WORDS["written"][arguments.lang].format(at=after_start(at_s), name=arguments.out))
    return 0


def moment(record: RunRecord, text: str) -> int:
    """Return the seconds of a moment of a run, given as a time or by name.

    Raises:
        BadInput: If it is neither, or after the end of the run.
    """
    if text in NAMED:
        from sim.show.map_state import key_times

        return key_times(record)[NAMED.index(text)]
    allowed, zh = "a time such as 1h30min, or start, worst or end", "如 1h30min 的时间，或 start、worst、end"
    try:
        at_s = parse_duration(text)
    except ValueError as error:
        raise _bad(text, "is no time", allowed, "不是时间", zh) from error
    end_s = record.events[-1].at_s if record.events else 0
    if at_s > end_s:
        end = after_start(end_s)
        raise _bad(text, "is after the end of the run", f"at most {end}", "晚于演练结束", f"不晚于 {end}")
    return at_s


def _bad(text: str, what: str, allowed: str, what_zh: str, allowed_zh: str) -> BadInput:
    return bad_input(f"--at {text}", what, allowed, zh=InChinese(f"--at {text}", what_zh, allowed_zh))


def _free(path: Path, *, force: bool) -> Path:
    """Return a path that may be written.

    Raises:
        BadInput: If its ending is of no picture, it is there already, or its folder is not.
    """
    name = str(path)
    if path.suffix.lower() not in ENDINGS:
        what, allowed = "has no such ending", " or ".join(ENDINGS)
        raise bad_input(name, what, allowed, zh=InChinese(name, "文件名的结尾不对", " 或 ".join(ENDINGS)))
    if path.exists() and not (force and path.is_file()):
        what, allowed = "is there already", "another name, or --force to write over it"
        raise bad_input(name, what, allowed, zh=InChinese(name, "文件已存在", "请换一个名称，或用 --force 覆盖"))
    if not path.parent.is_dir():
        what, allowed = "its folder does not exist", "a name in an existing folder"
        raise bad_input(name, what, allowed, zh=InChinese(name, "所在文件夹不存在", "请用已有的文件夹"))
    return path
