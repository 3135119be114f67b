"""A group that shares a seat: everybody proposes, and the group's rule makes one answer of the proposals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Literal, NamedTuple

from sim.errors import AnswerRefused, Refusal, bad_input
from sim.play.questions import NO_ANSWER, Asked
from sim.play.seats import Seat


class Tally(NamedTuple):
    """Proposals on one question: how many for each option, and who has not proposed yet."""

    votes: dict[str, int]
    missing: tuple[str, ...]


class Group:
    """Members who share a seat.

    Args:
        seat: Their seat.
        members: Ids of the members, the leader first; never names of persons.
        rule: ``majority``: the option with most proposals, the leader's among equals; ``leader``: the leader's.

    Raises:
        BadInput: If there are fewer than two members, or two with one id.
    """

    def __init__(self, seat: Seat, members: Sequence[str], rule: Literal["majority", "leader"] = "majority") -> None:
        if len(members) < 2 or len(set(members)) != len(members):
            raise bad_input("group", f"{', '.join(members) or 'nobody'} is no group", "two members or more, each once")
        self.seat = seat
        self.members = tuple(members)
        self.rule = rule
        self._proposed: dict[str, dict[str, str]] = {}

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
        told = f" {reason}" if reason else ""
        self.seat.note(f"{member} > {key}: {choice or NO_ANSWER}{told}")
        self._proposed.setdefault(key, {})[member] = choice or NO_ANSWER
        return self.tally(key)

    def tally(self, key: str) -> Tally:
        """Return the proposals on a question so far."""
        given = self._proposed.get(key, {})
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
        given = self._proposed.get(key, {})
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
