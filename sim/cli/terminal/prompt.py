"""What a person types at the prompt: one line of text becomes one typed command."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple, TypeAlias

from sim.clocktext import parse_duration

REAL_EVENT = ("realevent", "真实情况")
"""The phrases that stop everything, without spaces and in small letters."""
WORDS_OF: dict[str, tuple[str, ...]] = {
    "help": ("h", "help", "?", "帮助"),
    "quit": ("q", "quit", "exit", "退出", "暂停"),
    "wait": ("w", "wait", "等", "等待"),
    "messages": ("m", "messages", "消息"),
    "known": ("k", "known", "情况"),
    "map": ("map", "地图"),
    "units": ("u", "units", "力量"),
    "order": ("o", "order", "命令"),
    "note": ("n", "note", "记", "记录"),
    "undo": ("undo", "撤销"),
    "summary": ("s", "summary", "小结"),
    "lang": ("lang", "language", "语言"),
    "trainer": ("t", "trainer", "导调"),
    "look": ("v", "view", "看"),
    "whatif": ("x", "whatif", "推演"),
    "again": ("r", "redraw", "重看"),
}
"""The words for each command."""
COMMANDS = {word: name for name, words in WORDS_OF.items() for word in words}
GLUED = ("等", "记", "看")
"""Words of one Chinese character, after which no space is needed."""
_NUMBER = re.compile(r"(\d{1,4})(?![0-9A-Za-z_/%-]|\.[0-9])\s*[,，.。、:：;；]?\s*(.*)", re.DOTALL)
_CHINESE_UNITS = (("小时", "h"), ("分钟", "min"), ("分", "min"), ("秒钟", "s"), ("秒", "s"))
_ABOUT = re.compile(r"@([A-Za-z][\w-]*)\s*(.*)", re.DOTALL)
RATINGS = ("P", "S", "M", "U")


class Answer(NamedTuple):
    """An option by its number, 0 for no answer, and why."""

    number: int
    reason: str


class Wait(NamedTuple):
    """Put the question off; 0 if no time could be read."""

    seconds: int


class Messages(NamedTuple):
    """Show all messages, or one in full."""

    number: int | None
    sent: bool


class Note(NamedTuple):
    """Write something down; about what, and which rating, if it says so."""

    text: str
    about: str
    rating: str


class Words(NamedTuple):
    """A command with the words behind it."""

    name: str
    words: tuple[str, ...]


class Wrong(NamedTuple):
    """Something that is no command."""

    given: str


class Nothing(NamedTuple):
    """An empty line."""


Command: TypeAlias = Answer | Wait | Messages | Note | Words | Wrong | Nothing


def is_real_event(line: str) -> bool:
    """Return whether a line is the phrase that stops the exercise, and nothing else."""
    plain = unicodedata.normalize("NFKC", line).lower()
    return "".join(one for one in plain if one.isalnum()) in REAL_EVENT


def parse(line: str) -> Command:
    """Return the command that a line is; never raises."""
    text = line.strip()
    if not text:
        return Nothing()
    head, rest = _head(text)
    if match := _NUMBER.fullmatch(unicodedata.normalize("NFKC", head)):
        reason = f"{match[2]} {rest}".strip() if match[2] else rest.lstrip(",，.。、:：;； ")
        return Answer(int(match[1]), reason)
    name = COMMANDS.get(unicodedata.normalize("NFKC", head).lower())
    if name is None and text[0] in GLUED:
        name, rest = COMMANDS[text[0]], text[1:].strip()
    if name == "wait":
        return Wait(_seconds(rest))
    if name == "note":
        return _note(rest)
    if name == "messages":
        return _messages(rest)
    return Words(name, tuple(rest.split())) if name else Wrong(text)


def _head(text: str) -> tuple[str, str]:
    head, *rest = text.split(maxsplit=1)
    return head, rest[0] if rest else ""


def _seconds(text: str) -> int:
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    for chinese, unit in _CHINESE_UNITS:
        plain = plain.replace(chinese, unit)
    try:
        return parse_duration(f"{plain}min" if re.fullmatch(r"[0-9]{1,5}(\.[0-9]{1,3})?", plain) else plain)
    except ValueError:
        return 0


def parse_moment(text: str) -> int | None:
    """Return a time of the exercise in seconds since it began: ``T+35min``, ``T+0:35``, ``35`` (minutes); or None."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if match := re.fullmatch(r"[Tt]\+ ?([0-9]{1,3}):([0-5][0-9])", plain):
        return int(match[1]) * 3600 + int(match[2]) * 60
    return _seconds(plain[2:] if plain[:2] in ("T+", "t+") else plain) or None


def _note(rest: str) -> Note:
    match = _ABOUT.fullmatch(rest)
    if match is None:
        return Note(rest, "", "")
    first, behind = _head(match[2]) if match[2] else ("", "")
    if first.upper() in RATINGS:
        return Note(behind, match[1], first.upper())
    return Note(match[2], match[1], "")


def _messages(rest: str) -> Command:
    if not rest:
        return Messages(None, sent=False)
    match = re.fullmatch(r"(s?)(\d{1,6})", unicodedata.normalize("NFKC", rest).lower())
    return Messages(int(match[2]), sent=bool(match[1])) if match else Wrong(f"m {rest}")
