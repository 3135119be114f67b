"""Mines that call their rescue team in different ways, and when it is there; shared by tests of mine rescue."""

from tests.mechanisms.helping import shortened
from tests.play.made import changed

MINE = "gold-mine"
CREWS = ("mine-rescue-1", "mine-rescue-2")


def mine(minutes=600, *, hides=True, clears=False, units=None):
    """The explosion in the gold mine, ended early.

    Args:
        minutes: When it ends.
        hides: Whether the mine calls its team only once it is asked.
        clears: Whether the mine clears the way in by itself, within four hours.
        units: Changes a unit of the county; None for no change.
    """

    def change(data):
        data["hazard"]["alarm"]["hides"] = hides
        if clears:
            data["hazard"]["attempt"]["success"] = 1

    def refit(data):
        for unit in data["units"]:
            units(unit)

    exercise = changed(shortened("mine-explosion", minutes), change)
    return exercise if units is None else changed(exercise, refit, "county")


def there_min(events, otherwise):
    """Minutes until the first crew of the team is at the mine."""
    found = (e.at_s / 60 for e in events if e.kind == "unit.arrived" and e.subject in CREWS and e.data["place"] == MINE)
    return next(found, otherwise)
