"""M80: who leads follows the grade: ordinary incidents the county, graver ones the level above."""

from functools import cache

from sim.assess.command import spells
from sim.play.session import Session
from tests.mechanisms.helping import shortened
from tests.mechanisms.paired import SEEDS, falls
from tests.play.made import changed


@cache
def graded(grade):
    """An exercise whose plan judges the incident to be of a grade, whatever becomes of it."""

    def judge(data):
        for task in data["tasks"]:
            if any(order["do"] == "grade" for order in task["orders"]):
                task["orders"] = [{"do": "grade", "grade": grade}]

    return changed(shortened("chlorine-leak", 100), judge, "plan")


def city_led_s(grade, seed):
    """Seconds for which the city led; a grade that is misheard on the way would call it, or keep it away."""
    overrides = {"command.superior_arrival": 30, "comms.garbled_factor": 0}
    record = Session(graded(grade), seed=seed, overrides=overrides).finish()
    return sum(one.end_s - one.start_s for one in spells(record.events) if one.leader == "city")


@SEEDS
def test_the_level_above_leads_from_grade_three_on(seeds):
    grave, ordinary = ([city_led_s(grade, seed) for seed in range(seeds)] for grade in (3, 4))
    falls(grave, ordinary)
    assert not any(ordinary)
