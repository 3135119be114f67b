r"""Conditions, stated facts and asked facts as text in a cell, and back.

A condition is one or more tests with ``;`` between them, all of which must hold::

    incident/over is true; wind/forecast known; any(a/b above 3 | c/d is not x)

Tests: ``is V``, ``is not V``, ``above N``, ``below N``, ``known``, ``unknown``; in Chinese 是, 不是, 高于, 低于, 已知,
未知, and 任一(… | …). A value is ``true`` or ``false`` (真, 假), a whole number, a word, or any text in double quotes,
with ``\"`` and ``\n`` as in JSON. Stated facts are written ``leak/size = small; filling-hall/hurt``, the second as
it truly is. Full-width signs count as narrow ones outside of quotes.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from sim.spec.base import Clause, FactValue
from sim.spec.orders import StatedFact
from sim.spec.script.cells import FORBIDDEN
from sim.spec.script.problems import Misread

MAX_NESTED = 8
_TOKEN = re.compile(
    r"""\s*(?:(?P<text>"(?:[^"\\]|\\.)*"|“[^”]*”)|(?P<sign>[;|()=；｜（）＝])|(?P<word>[^\s;|()="；｜（）＝“”]+))""",
    re.DOTALL,
)
_FACT = re.compile(r"[a-z][a-z0-9_-]{0,47}/[a-z][a-z0-9_]{0,47}", re.ASCII)
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})", re.ASCII)
_BARE = re.compile(r"[^\W\d_][\w-]*")
_TESTS = {
    "is": "is", "是": "is", "不是": "is_not", "above": "above", "高于": "above", "below": "below", "低于": "below",
    "known": "known", "已知": "known", "unknown": "unknown", "未知": "unknown",
}  # fmt: skip
_ANY = ("any", "任一")
_BOOLEANS = {"true": True, "真": True, "false": False, "假": False}
_SAID = {
    "en": {"is": "is", "is_not": "is not", "above": "above", "below": "below", "any": "any", True: "true",
           False: "false", "known": "known", "unknown": "unknown"},
    "zh": {"is": "是", "is_not": "不是", "above": "高于", "below": "低于", "any": "任一", True: "真",
           False: "假", "known": "已知", "unknown": "未知"},
}  # fmt: skip


def write_clauses(clauses: Sequence[Clause], lang: str) -> str:
    """Return conditions as text."""
    return "; ".join(_clause(clause, lang) for clause in clauses)


def write_facts(facts: Sequence[StatedFact], lang: str) -> str:
    """Return stated facts as text."""
    return "; ".join(fact.fact if fact.value is None else f"{fact.fact} = {_value(fact.value, lang)}" for fact in facts)


def _clause(clause: Clause, lang: str) -> str:
    said = _SAID[lang]
    if clause.any_of:
        return f"{said['any']}({' | '.join(_clause(inner, lang) for inner in clause.any_of)})"
    if clause.known is not None:
        return f"{clause.fact} {said['known' if clause.known else 'unknown']}"
    for name in ("is_", "is_not", "above", "below"):
        value = getattr(clause, name)
        if value is not None:
            return f"{clause.fact} {said[name.rstrip('_')]} {_value(value, lang)}"
    raise AssertionError("a clause has one test")


def _value(value: FactValue, lang: str) -> str:
    if isinstance(value, bool):
        return _SAID[lang][value]
    if isinstance(value, int):
        return str(value)
    plain = (
        _BARE.fullmatch(value) and value not in (*_BOOLEANS, "not") and unicodedata.normalize("NFKC", value) == value
    )
    if plain:
        return value
    return FORBIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False))


def read_clauses(text: str) -> list[dict[str, Any]]:
    """Return conditions as plain data.

    Raises:
        Misread: If the text is not of that form; it says where it stops being so.
    """
    reader = _Reader(text)
    clauses = [_read_clause(reader, 0)]
    while reader.take(";"):
        if reader.at_end:
            break
        clauses.append(_read_clause(reader, 0))
    reader.end()
    return clauses


def read_facts(text: str) -> list[dict[str, Any]]:
    """Return stated facts as plain data.

    Raises:
        Misread: If the text is not of that form.
    """
    reader = _Reader(text)
    facts: list[dict[str, Any]] = []
    while not (facts and reader.at_end):
        fact: dict[str, Any] = {"fact": reader.fact()}
        if reader.take("=", "is", "是"):
            fact["value"] = reader.value()
        facts.append(fact)
        if not reader.take(";"):
            reader.end()
    return facts


def read_keys(text: str) -> list[str]:
    """Return the keys of asked facts, which stand between ``;`` or commas.

    Raises:
        Misread: If one is no key of a fact.
    """
    words = [word.strip() for word in re.split(r"[;,、]", unicodedata.normalize("NFKC", text)) if word.strip()]
    for word in words:
        if not _FACT.fullmatch(word):
            raise Misread(f"“{word}”不是事实，写法如 leak/size", f"{word!r} is no fact; write for instance leak/size")
    return words


def _read_clause(reader: _Reader, depth: int) -> dict[str, Any]:
    if reader.take(*_ANY):
        if depth >= MAX_NESTED:
            raise Misread(
                f"任一( ) 里套任一( ) 超过 {MAX_NESTED} 层", f"any( ) stands inside any( ) more than {MAX_NESTED} times"
            )
        reader.need("(")
        inner = [_read_clause(reader, depth + 1)]
        while reader.take("|"):
            inner.append(_read_clause(reader, depth + 1))
        reader.need(")")
        return {"any_of": inner}
    fact = reader.fact()
    said = reader.next()
    test = _TESTS.get(said or "")
    if test is None:
        raise Misread(
            f"{fact} 后面{_stands(said)}，应写 是、不是、高于、低于、已知 或 未知",
            f"after {fact} stands {said or 'nothing'!r}; write is, is not, above, below, known or unknown",
        )
    if test in ("known", "unknown"):
        return {"fact": fact, "known": test == "known"}
    if said == "is" and reader.take("not"):
        test = "is_not"
    value = reader.value()
    if test in ("above", "below") and (isinstance(value, bool) or not isinstance(value, int)):
        raise Misread(
            f"{fact} {said} 后面要写整数，不能是 {_SAID['zh'][value] if isinstance(value, bool) else value}",
            f"{fact} {said} needs a whole number, not {value!r}",
        )
    return {"fact": fact, test: value}


def _stands(word: str | None) -> str:
    return f"写的是“{word}”" if word else "是空的"


class _Reader:
    """A text word by word: quoted texts keep their quotes, everything else is narrow."""

    def __init__(self, text: str) -> None:
        self._words: list[str] = []
        self._at = 0
        position, text = 0, text.rstrip()
        while position < len(text):
            match = _TOKEN.match(text, position)
            if match is None:
                rest = text[position:][:40]
                raise Misread(f"引号没有收尾：{rest}", f"a quoted text does not end: {rest!r}")
            position = match.end()
            quoted = match["text"]
            self._words.append(quoted if quoted else unicodedata.normalize("NFKC", match[0].strip()))

    @property
    def at_end(self) -> bool:
        return self._at >= len(self._words)

    def next(self) -> str | None:
        self._at += 1
        return self._words[self._at - 1] if self._at <= len(self._words) else None

    def take(self, *words: str) -> bool:
        found = not self.at_end and self._words[self._at] in words
        self._at += found
        return found

    def need(self, word: str) -> None:
        if not self.take(word):
            found = self.next()
            before = f"“{found}”之前" if found else "末尾"
            raise Misread(f"{before}缺少“{word}”", f"{word!r} is missing before {found or 'the end'!r}")

    def end(self) -> None:
        if not self.at_end:
            word = self.next()
            raise Misread(
                f"“{word}”多余；两个条件或事实之间用分号隔开",
                f"{word!r} is too much; ; stands between two conditions or facts",
            )

    def fact(self) -> str:
        word = self.next()
        if word is None or not _FACT.fullmatch(word):
            raise Misread(
                f"这里要写事实，如 leak/size，现在{_stands(word)}",
                f"a fact such as leak/size is needed where {word or 'nothing'!r} stands",
            )
        return word

    def value(self) -> FactValue:
        word = self.next()
        if word is None or word in ";|()=":
            raise Misread(
                f"这里要写一个值，现在{_stands(word)}", f"a value is needed where {word or 'nothing'!r} stands"
            )
        if word.startswith("“"):
            return word[1:-1]
        if word.startswith('"'):
            try:
                return str(json.loads(word, strict=False))
            except ValueError as error:
                raise Misread(
                    f"{word[:40]} 的引号内写法不对（按 JSON 写）", f"{word[:40]} is no text in quotes as JSON has it"
                ) from error
        if word in _BOOLEANS:
            return _BOOLEANS[word]
        if _INTEGER.fullmatch(word):
            return int(word)
        if not _BARE.fullmatch(word):
            raise Misread(
                f"“{word}”既不是一个词也不是整数；其他文字请放在双引号里",
                f"{word!r} is neither a word nor a whole number; put other texts in double quotes",
            )
        return word
