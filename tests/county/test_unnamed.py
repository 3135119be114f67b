"""Persons without a name: nobody is lost or counted twice, and the dead are among them once somebody finds them."""

import pytest

from sim.county.casualties import Casualties
from sim.county.dose_response import Severity
from tests.engine.worlds import HOUR, of_kind, run, world_of


def test_each_person_is_named_once_and_the_number_at_the_place_is_true():
    world = world_of()
    unnamed = Casualties(world).unnamed
    unnamed.find(["a", "b"], "village", "health", 0)
    unnamed.find(["c"], "hospital", "health", 0)
    unnamed.find([], "nowhere", "health", 0)
    assert ["a", "b"] == unnamed.at("village")
    assert (3, 2, 1, None) == (
        len(unnamed),
        *(world.truth.value(f"{p}/unnamed") for p in ("village", "hospital", "nowhere")),
    )
    unnamed.name("a", "police", "police", 0)
    assert (2, 1, 1) == (len(unnamed), unnamed.told, world.truth.value("village/unnamed"))
    assert not unnamed.is_unnamed("a")
    with pytest.raises(KeyError):
        unnamed.name("a", "family", "public", 0)


def test_those_killed_at_once_and_those_who_die_where_they_lie_have_no_name():
    world = world_of(seed=3)
    casualties = Casualties(world)
    casualties.kill("village", 2, 0)
    casualties.kill("village", 1, 0)
    assert ["village/k1", "village/k2", "village/k3"] == casualties.unnamed.everybody()
    assert (3, 3) == (casualties.killed, casualties.deaths)
    for _ in range(30):
        casualties.hurt(casualties.within("village"), Severity.CRITICAL, 0, "toxic")
    for _ in range(30):
        casualties.hurt(casualties.within("ruins"), Severity.CRITICAL, 0, "toxic", trapped=True)
    run(world, 6 * HOUR)
    died = {event.subject for event in of_kind(world, "patient.died")}
    lying = {patient for patient in died if patient.startswith("village/")}
    assert lying
    assert died - lying, "somebody died in the ruins too"
    assert lying | {"village/k1", "village/k2", "village/k3"} == set(casualties.unnamed.everybody()), (
        "ruins hide theirs"
    )
