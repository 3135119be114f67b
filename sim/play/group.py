"""A group that shares a seat: everybody proposes, and the group's rule makes one answer of the proposals.

Proposals are notes in the journal and nowhere else, so a group that was interrupted goes on where it was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from sim.errors import AnswerRefused, Refusal, bad_input
from sim.play.questions import NO_ANSWER, Asked
from sim.play.seats import Seat
from sim.record.journal import Entry, is_undo

Rule = Literal["majority", "leader"]


class Tally(NamedTuple):
    """Proposals on one question: how many for each option, and who has not proposed yet."""

    votes: dict[str, int]
    missing: tuple[str, ...]


class Round(NamedTuple):
    """A question that a group was asked.

    Attributes:
        key: The question.
        proposed: The last proposal of each member; :data:`~sim.play.questions.NO_ANSWER` for no answer.
        answer: What was answered, or None while it is open.
    """

    key: str
    proposed: dict[str, str]
    answer: Entry | None


def is_proposal(entry: Entry) -> bool:
    """Return whether a line of the journal is a member's proposal."""
    told = entry.arguments
    return entry.kind == "note" and all(isinstance(told.get(name), str) for name in ("member", "question", "choice"))


def rounds(entries: Iterable[Entry], seat: str) -> Iterator[Round]:
    """Yield the questions that a seat was asked, each with the proposals that stood when it was answered.

    Whatever is put off or taken back is proposed anew.

    Args:
        entries: What counts of the journal, see :func:`sim.record.journal.effective`.
        seat: The seat.
    """
    proposed: dict[str, dict[str, str]] = {}
    for entry in entries:
        if is_undo(entry):
            proposed.clear()
        elif entry.seat != seat:
            continue
        elif is_proposal(entry):
            told = entry.arguments
            proposed.setdefault(told["question"], {})[told["member"]] = told["choice"]
        elif entry.kind in ("answer", "none"):
            yield Round(entry.key, proposed.pop(entry.key, {}), entry)
        elif entry.choice == "wait":
            proposed.pop(entry.key, None)
    yield from (Round(key, given, None) for key, given in proposed.items())


class Group:
    """Members who share a seat.

    Args:
        seat: Their seat.
        members: Ids of the members, the leader first; never names of persons.
        rule: ``majority``: the option with most proposals, the leader's among equals; ``leader``: the leader's.

    Raises:
        BadInput: If there are no members, or two with one id.
    """

    def __init__(self, seat: Seat, members: Sequence[str], rule: Rule = "majority") -> None:
        if not members or len(set(members)) != len(members):
            raise bad_input("group", f"{', '.join(members) or 'nobody'} is no group", "members, each once")
        self.seat = seat
        self.members = tuple(members)
        self.rule = rule

    def propose(self, member: str, key: str, choice: str | None, *, reason: str = "") -> Tally:
        """Propose an answer; a later proposal of the same member takes the place of the first.

        Raises:
            AnswerRefused: If the member, the question or the option does not exist.
        """
        if member not in self.members:
            raise AnswerRefused(Refusal.UNKNOWN_NAME, "member", member, ", ".join(self.members))
        asked = self._asked(key)
        if choice is not None and choice not in asked.options:
            raise AnswerRefused(Refusal.NO_SUCH_OPTION, key, choice, ", ".join(asked.options))
        self.seat.propose(member, key, choice or NO_ANSWER, reason=reason)
        return self.tally(key)

    def proposed(self, key: str) -> dict[str, str]:
        """Return the option that each member proposes for a question now, in the order of the members."""
        given = {one.key: one.proposed for one in rounds(self.seat.lines(), self.seat.id) if one.answer is None}
        return {member: given[key][member] for member in self.members if member in given.get(key, {})}

    def tally(self, key: str) -> Tally:
        """Return the proposals on a question so far."""
        given = self.proposed(key)
        missing = tuple(member for member in self.members if member not in given)
        return Tally(dict(sorted(Counter(given.values()).items())), missing)

    def decide(self, key: str, *, charged_s: int | None = None) -> str | None:
        """Answer a question by the group's rule; whoever has not proposed does not count.

        Returns:
            The option, or None for no answer.

        Raises:
            AnswerRefused: If nobody has proposed, the leader has not but must, or the question is not open.
        """
        self._asked(key)
        given = self.proposed(key)
        leader = given.get(self.members[0])
        if not given or (self.rule == "leader" and leader is None):
            raise AnswerRefused(Refusal.NOT_ALLOWED, key, "", f"a proposal of {self.members[0]} first")
        votes = Counter(given.values())
        most = max(votes.values())
        best = sorted(choice for choice, count in votes.items() if count == most)
        taken = leader if leader is not None and (self.rule == "leader" or leader in best) else best[0]
        choice = None if taken == NO_ANSWER else taken
        tally = ", ".join(f"{name} {count}" for name, count in sorted(votes.items()))
        self.seat.answer(key, choice, charged_s=charged_s, reason=f"group, by {self.rule}: {tally}")
        return choice

    def _asked(self, key: str) -> Asked:
        for asked in self.seat.asked():
            if asked.key == key:
                return asked
        open_now = ", ".join(asked.key for asked in self.seat.asked())
        raise AnswerRefused(Refusal.NO_SUCH_QUESTION, key, "", open_now or "nothing")
