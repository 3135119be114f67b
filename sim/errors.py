"""Every exception of the project, in one leaf module.

Each error keeps its fields as ``args``, so that ``type(error)(*error.args)`` rebuilds it and it can be pickled
between processes; SimPy rebuilds failures the same way.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple, Self


class InChinese(NamedTuple):
    """A problem as Chinese readers are told it; ``advice`` says what to write instead, with its own words for it."""

    where: str
    what: str
    advice: str = ""

    def __str__(self) -> str:
        return f"{self.where}：{self.what}" + (f"（{self.advice}）" if self.advice else "")


class Problem(NamedTuple):
    """One thing wrong with an input: where it is, what is wrong and what would be allowed.

    Attributes:
        where: File name, and where known ``:line:column``.
        path: Path of the value inside the file, such as ``injects.3.at``; empty for the whole file.
        what: What is wrong.
        allowed: What would be accepted.
    """

    where: str
    path: str
    what: str
    allowed: str

    def __str__(self) -> str:
        place = f"{self.where}: {self.path}" if self.path else self.where
        tail = f" (allowed: {self.allowed})" if self.allowed else ""
        return f"{place}: {self.what}{tail}"


class ProblemInBoth(Problem):
    """A problem that can be told in Chinese too; as a tuple it is the English one.

    Attributes:
        zh: The same in Chinese.
    """

    zh: InChinese

    def __new__(cls, where: str, path: str, what: str, allowed: str, zh: InChinese) -> Self:
        """Return a problem in both languages."""
        problem = super().__new__(cls, where, path, what, allowed)
        problem.zh = zh
        return problem

    def __getnewargs__(self) -> tuple[str, str, str, str, InChinese]:
        """Return what a copy is made of."""
        return (self.where, self.path, self.what, self.allowed, self.zh)


def problem_text(problem: Problem, lang: str) -> str:
    """Return a problem in a language; in English where it has no Chinese."""
    return str(problem.zh if lang == "zh" and isinstance(problem, ProblemInBoth) else problem)


class TabletopError(Exception):
    """Base class of every error that the project raises on purpose."""

    exit_code = 1

    def in_language(self, lang: str) -> str:  # noqa: ARG002 - most errors are told in English only
        """Return the message for ``zh`` or ``en``; in English where there is no Chinese."""
        return str(self)


class BadInput(TabletopError):
    """Input that cannot be used; carries one :class:`Problem` for each thing to mend."""

    exit_code = 2

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(problems)
        self.problems = problems

    def __str__(self) -> str:
        return self.in_language("en")

    def in_language(self, lang: str) -> str:
        """Return all problems, one in each line."""
        return "\n".join(problem_text(problem, lang) for problem in self.problems)


def bad_input(where: str, what: str, allowed: str = "", path: str = "", zh: InChinese | None = None) -> BadInput:
    """Return a :class:`BadInput` with a single problem."""
    problem = ProblemInBoth(where, path, what, allowed, zh) if zh else Problem(where, path, what, allowed)
    return BadInput((problem,))


class Refusal(StrEnum):
    """Why something that a person wanted was refused; a fixed list, so that programs can act on it."""

    NO_SUCH_QUESTION = "no_such_question"
    ALREADY_ANSWERED = "already_answered"
    NO_SUCH_OPTION = "no_such_option"
    NOT_A_PERSON = "not_a_person"
    EXERCISE_OVER = "exercise_over"
    NEGATIVE_TIME = "negative_time"
    BEYOND_THE_LIMIT = "beyond_the_limit"
    MALFORMED = "malformed"
    NOT_YOUR_ORDER = "not_your_order"
    UNKNOWN_NAME = "unknown_name"
    NO_UNIT_ABLE = "no_unit_able"
    TOO_MANY = "too_many"
    NOTHING_HELD = "nothing_held"
    ALREADY_DONE = "already_done"
    ONLY_WATCHES = "only_watches"
    NO_SUCH_INJECT = "no_such_inject"
    ALREADY_SENT = "already_sent"
    NOT_HELD = "not_held"
    NOT_ALLOWED = "not_allowed"
    NOTHING_TO_UNDO = "nothing_to_undo"


class AnswerRefused(TabletopError):
    """An answer, an order or a control that does not stand; nothing was changed by it.

    Attributes:
        reason: Which rule refused it.
        key: What it was about: a question, a field of an order, an inject.
        given: What was given.
        allowed: What would be allowed.
    """

    exit_code = 2

    def __init__(self, reason: Refusal, key: str, given: str, allowed: str) -> None:
        super().__init__(reason, key, given, allowed)
        self.reason, self.key, self.given, self.allowed = reason, key, given, allowed

    def __str__(self) -> str:
        return f"{self.key}: {self.given!r} refused ({self.reason.value}); allowed: {self.allowed}"


class NotFinished(TabletopError):
    """A result was asked of an exercise in which questions still wait."""

    def __init__(self, at_s: int, waiting: tuple[str, ...]) -> None:
        super().__init__(at_s, waiting)
        self.at_s, self.waiting = at_s, waiting

    def __str__(self) -> str:
        return f"the exercise stands at {self.at_s} s and waits for: {', '.join(self.waiting) or 'more running time'}"


class ClockOwnership(TabletopError):
    """Something other than the clock tried to move time."""

    def __init__(self, who: str, wanted: str, now: int) -> None:
        super().__init__(who, wanted, now)
        self.who, self.wanted, self.now = who, wanted, now

    def __str__(self) -> str:
        return f"{self.who} tried to move time ({self.wanted}) at {self.now} s; only sim.engine.clock.Clock may"


class EventStorm(TabletopError):
    """More happened in one instant than any exercise needs: a loop without delay."""

    def __init__(self, at_s: int, limit: int) -> None:
        super().__init__(at_s, limit)
        self.at_s, self.limit = at_s, limit

    def __str__(self) -> str:
        return f"more than {self.limit} steps in the instant {self.at_s} s: two rules trigger each other without delay"


class RepeatedDraw(TabletopError):
    """The same name was used for two draws of luck, which would make them equal."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(names)
        self.names = names

    def __str__(self) -> str:
        return f"luck was drawn twice under one name: {'/'.join(self.names)}"


class TraceEnded(TabletopError):
    """A row of a trace that must not end was asked for more than it supplies.

    Attributes:
        row: Purpose and names of the row.
        supplied: How many values it has.
        wanted: Names of the draw that found none.
    """

    exit_code = 2

    def __init__(self, row: str, supplied: int, wanted: str) -> None:
        super().__init__(row, supplied, wanted)
        self.row, self.supplied, self.wanted = row, supplied, wanted

    def __str__(self) -> str:
        return (
            f"the trace is used up: the row {self.row!r} supplies {self.supplied}, and {self.wanted} needs one more;"
            " add values, or write `then: luck`"
        )

    def in_language(self, lang: str) -> str:
        """Return the message for ``zh`` or ``en``."""
        zh = f"轨迹数据已用完：“{self.row}”有 {self.supplied} 个值，{self.wanted} 还要一个；请补充，或写 then: luck"
        return zh if lang == "zh" else str(self)


class RecordBroken(TabletopError):
    """A run folder, journal or event file that is not what was written."""

    exit_code = 2

    def __init__(self, where: str, what: str) -> None:
        super().__init__(where, what)
        self.where, self.what = where, what

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


class JournalStopped(TabletopError):
    """The disk failed while the journal was synced; nobody can say what is on it, so nothing more is written."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.where = where

    def __str__(self) -> str:
        return f"{self.where}: the disk failed; what was acknowledged is kept. Go on with `tabletop resume`"


class InUse(TabletopError):
    """Another process, or another session, writes this run."""

    exit_code = 2

    def __init__(self, where: str, owner: str) -> None:
        super().__init__(where, owner)
        self.where, self.owner = where, owner

    def __str__(self) -> str:
        return f"{self.where}: in use by {self.owner}; close it there first"


class DigestMismatch(TabletopError):
    """A file changed since the run was made."""

    exit_code = 2

    def __init__(self, where: str, expected: str, found: str) -> None:
        super().__init__(where, expected, found)
        self.where, self.expected, self.found = where, expected, found

    def __str__(self) -> str:
        return (
            f"{self.where}: changed since the run was made (digest {self.found[:12]}, the run has {self.expected[:12]})"
        )


class NothingFits(TabletopError):
    """No draw was found that is plausible and what was asked for."""

    def __init__(self, attempts: int, nearest: str) -> None:
        super().__init__(attempts, nearest)
        self.attempts, self.nearest = attempts, nearest

    def __str__(self) -> str:
        return f"nothing fits after {self.attempts} attempts; {self.nearest}"

    def in_language(self, lang: str) -> str:
        """Return the message; what came nearest is told in English."""
        return f"试抽 {self.attempts} 次，没有合乎要求的：{self.nearest}" if lang == "zh" else str(self)


class SealBroken(TabletopError):
    """A sealed file that is not what was sealed.

    Attributes:
        where: The file.
        check: Which check failed.
    """

    exit_code = 2

    def __init__(self, where: str, check: str) -> None:
        super().__init__(where, check)
        self.where, self.check = where, check

    def __str__(self) -> str:
        return f"{self.where}: the seal does not hold: {self.check}"


class MissingGlyph(TabletopError):
    """No available font can draw a text; the figure would show empty boxes."""

    def __init__(self, characters: str) -> None:
        super().__init__(characters)
        self.characters = characters

    def __str__(self) -> str:
        return f"no font at hand draws: {self.characters}; install the package zhplot, which carries one"
