"""What a member of a group in a seat sees of the group: his own proposal, whose are missing, and how they decide.

What others propose is shown only to who has proposed himself, so that nobody follows before he has thought.
"""

from __future__ import annotations

from typing import Any

from sim.play.group import Group
from sim.play.questions import NO_ANSWER
from sim.serve.words import say
from sim.show.names import Names


def group_model(group: Group, member: str, names: Names) -> dict[str, Any]:
    """Return what a member sees of the group, besides what all devices of the seat show.

    Args:
        group: The group.
        member: The member whose device it is.
        names: Names of the exercise in a language.
    """
    leads = group.members[0] == member
    text = say(
        "group_leader" if leads else "group_member",
        names.lang,
        member=member,
        count=len(group.members),
        rule=say(f"rule_{group.rule}", names.lang),
    )
    asked = {one.key: _proposals(group, one.key, member, names) for one in group.seat.asked()}
    return {"leads": leads, "text": text, "asked": asked}


def _proposals(group: Group, key: str, member: str, names: Names) -> dict[str, Any]:
    """Return how far a question has come in the group."""
    lang, options = names.lang, {**names.options(key), NO_ANSWER: say("no_answer", names.lang)}
    given, tally = group.proposed(key), group.tally(key)
    mine = given.get(member)
    return {
        "mine": "" if mine is None else say("you_propose", lang, choice=options[mine]),
        "votes": []
        if mine is None
        else [say("votes", lang, choice=options[one], count=count) for one, count in tally.votes.items()],
        "missing": missing_words(tally.missing, names),
        "decides": group.members[0] == member and bool(given) and (group.rule != "leader" or mine is not None),
    }


def missing_words(missing: tuple[str, ...], names: Names) -> str:
    """Return whose proposals are missing; empty if nobody's."""
    return say("still_missing", names.lang, members=", ".join(missing)) if missing else ""
