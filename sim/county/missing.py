"""How many people are missing, as different organizations count it: each by the lists that it has.

The truth is one number. The police count the calls of relatives, of whom several ask for one person. A township takes
its roster and strikes off whom it knows to be somewhere. The civil affairs bureau compares its shelter lists with those
who were told to come there. So at one moment they name different numbers, and none of them is wrong by its own list.
All counts are whole persons; shares are whole percent, so that every machine counts alike.
"""

from __future__ import annotations

from typing import NamedTuple


class Situation(NamedTuple):
    """Where the people of an area truly are, in persons; everybody is counted once.

    Attributes:
        at_home: Residents at home or about, whom their township sees.
        in_shelters: Residents in shelters.
        with_others: Residents who left by themselves and are safe with relatives or elsewhere.
        in_hospital: Residents in hospital.
        dead_found: Residents found dead.
        trapped: Residents who are trapped.
        dead_not_found: Residents who are dead where nobody has found them.
        visitors_missing: Others than residents who are trapped, or dead and not found.
    """

    at_home: int
    in_shelters: int
    with_others: int
    in_hospital: int
    dead_found: int
    trapped: int
    dead_not_found: int
    visitors_missing: int = 0

    @property
    def residents(self) -> int:
        """How many people the township has on its roster."""
        return sum(self) - self.visitors_missing


class Habits(NamedTuple):
    """How the organizations count. All figures are guesses.

    Attributes:
        calls_for_missing_pct: Calls for 100 people who are missing; several relatives ask for one.
        calls_for_safe_pct: Calls for 100 people who are safe with others and cannot be reached.
        merged_pct: Share of the surplus calls for one person that the police recognize as such, in percent.
        registered_pct: Share of the people in shelters who stand on its list, in percent.
        passed_on_pct: Share of the names in hospitals and among the dead that reach the township, in percent.
        told_to_come_pct: Share of the residents who are safe with others that had been told to come to a shelter, in
            percent.
    """

    calls_for_missing_pct: int = 230
    calls_for_safe_pct: int = 30
    merged_pct: int = 50
    registered_pct: int = 85
    passed_on_pct: int = 60
    told_to_come_pct: int = 70


USUAL = Habits()
"""How organizations count unless they have agreed on one list. A guess."""


def _part(people: int, pct: int) -> int:
    return people * pct // 100


def truly_missing(now: Situation) -> int:
    """Return how many are missing: the trapped, and the dead whom nobody found."""
    return now.trapped + now.dead_not_found + now.visitors_missing


def by_calls(now: Situation, habits: Habits = USUAL) -> int:
    """Return how many the police count by the calls of relatives, double counts and needless worry among them."""
    missing = truly_missing(now)
    calls = _part(missing, habits.calls_for_missing_pct)
    surplus = max(0, calls - missing)
    return calls - _part(surplus, habits.merged_pct) + _part(now.with_others, habits.calls_for_safe_pct)


def by_roster(now: Situation, habits: Habits = USUAL) -> int:
    """Return how many of its roster the township does not find at home or on a list; visitors stand on none."""
    listed = _part(now.in_shelters, habits.registered_pct)
    passed_on = _part(now.in_hospital + now.dead_found, habits.passed_on_pct)
    return now.residents - now.at_home - listed - passed_on


def by_shelter_lists(now: Situation, habits: Habits = USUAL) -> int:
    """Return how many of those who were told to come to shelters, or are gone, do not stand on a shelter's list.

    The civil affairs bureau hears of those in hospital and of the dead, but not who is with relatives.
    """
    unlisted = now.in_shelters - _part(now.in_shelters, habits.registered_pct)
    residents_missing = truly_missing(now) - now.visitors_missing
    return residents_missing + unlisted + _part(now.with_others, habits.told_to_come_pct)
