"""Choosing from numbered lists, and the guided dialog for an order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol

from sim.cli.terminal.layout import Heading, cut, side_by_side, wrap
from sim.cli.terminal.orders import FIELD_WORDS, KIND_WORDS, NUMBERS, claim, in_one_line, next_field
from sim.cli.terminal.screen import Paper
from sim.cli.terminal.words import say
from sim.record.view import View
from sim.show.act_words import order_words
from sim.show.names import Names

TRIES = 3
"""How often something that is no choice is asked again before the dialog is left."""
HINTS = {
    "one": ("编号，0 取消", "number, 0 = cancel"),
    "many": ("编号，可多个，如 1,3；0 取消", "numbers, such as 1,3; 0 = cancel"),
    "text": ("输入文字，回车取消", "type the words; Enter = cancel"),
    "sure": ("回车下达，0 取消", "Enter = give it, 0 = cancel"),
}


class Asks(Protocol):
    """What a dialog needs of the terminal."""

    def paper(self) -> Paper:
        """Return how wide it is."""

    def show(self, lines: Iterable[str]) -> None:
        """Print lines."""

    def read(self, prompt: str) -> str:
        """Return a line."""


class Cancelled(Exception):
    """The person leaves the dialog."""


def hint(key: str, lang: str) -> str:
    """Return what can be typed."""
    return f"  {HINTS[key][0 if lang == 'zh' else 1]} > "


def choose(
    console: Asks,
    title: str,
    choices: Sequence[tuple[str, str]],
    lang: str,
    *,
    many: bool = False,
    optional: bool = False,
    free: bool = False,
) -> list[str]:
    """Let a person choose from a numbered list; ids are taken as well as numbers.

    Args:
        console: The terminal.
        title: What is asked.
        choices: Ids and their words.
        lang: Language.
        many: Whether several can be chosen.
        optional: Whether Enter chooses none.
        free: Whether an id that is not listed is taken.

    Returns:
        The ids; one unless ``many``.

    Raises:
        Cancelled: If the person types 0, or does not choose.
    """
    columns = console.paper().columns
    items = [f"{number}. {cut(words or ident, columns - 8)}" for number, (ident, words) in enumerate(choices, 1)]
    console.show([Heading(f"  {title}"), *side_by_side(items, columns)])
    for _ in range(TRIES):
        typed = unicodedata.normalize("NFKC", console.read(hint("many" if many else "one", lang)))
        words = [one for one in re.split(r"[\s,、;]+", typed) if one]
        if not words and optional:
            return []
        if words in (["0"], ["q"], ["x"]):
            raise Cancelled
        chosen = [_chosen(word, choices, free=free) for word in words]
        if words and "" not in chosen and (many or len(chosen) == 1):
            return list(dict.fromkeys(chosen))
        console.show([f"  {say('bad', lang, most=len(choices))}"])
    raise Cancelled


def _chosen(word: str, choices: Sequence[tuple[str, str]], *, free: bool) -> str:
    for number, (ident, words) in enumerate(choices, 1):
        if word in (str(number), ident, words):
            return ident
    return word if free and not word.isdigit() else ""


def typed_text(console: Asks, title: str, lang: str) -> str:
    """Return a text that a person types.

    Raises:
        Cancelled: If nothing is typed.
    """
    console.show([Heading(f"  {title}")])
    text = console.read(hint("text", lang))
    if not text:
        raise Cancelled
    return text


def guided_order(
    console: Asks, kinds: Sequence[str], seat: str, view: View, names: Names, charged: Callable[[], str]
) -> dict[str, Any]:
    """Return the order that a person puts together step by step.

    Raises:
        Cancelled: If the person leaves the dialog.
    """
    lang, at = names.lang, 0 if names.lang == "zh" else 1
    (kind,) = choose(console, FIELD_WORDS["do"][at], [(one, KIND_WORDS[one][at]) for one in kinds], lang)
    order: dict[str, Any] = {"do": kind}
    while field := next_field(order, seat, view, names):
        if not field.choices and not field.optional:
            console.show([f"  {say('none', lang)}"])
            raise Cancelled
        title = FIELD_WORDS[field.name][at]
        free = field.name in ("facts", "release")
        chosen = choose(console, title, field.choices, lang, many=field.many, optional=field.optional, free=free)
        if field.name == "states":
            order.update({"states": [claim(one) for one in chosen]} if chosen else {})
            break
        order[field.name] = chosen if field.many else int(chosen[0]) if field.name in NUMBERS else chosen[0]
    columns = console.paper().columns
    console.show([*wrap(f"  {order_words(order, names)} ({charged()})", columns, "  "), f"  = o {in_one_line(order)}"])
    if console.read(hint("sure", lang)) not in ("", "y", "yes", "是"):
        raise Cancelled
    return order
