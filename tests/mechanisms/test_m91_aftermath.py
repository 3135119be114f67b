"""M91: what remains after the hazard is over: families, the way home, the declared end."""

from functools import cache

from sim.assess.aftermath import aftermath, cost_of_measures
from sim.assess.index import Index
from sim.play.session import Session
from sim.spec.load import load
from tests.mechanisms.helping import shortened, without_task
from tests.mechanisms.paired import SEEDS, falls


@cache
def run(seed, *, home=True, teams=4):
    exercise = shortened("chlorine-leak", 240)
    exercise = exercise if home else without_task(exercise, "return-home")
    return Session(exercise, seed=seed, overrides={"aftermath.teams": teams}).finish()


@SEEDS
def test_families_hear_sooner_where_more_teams_tell_them(seeds):
    few, many = ([aftermath(Index(run(seed, teams=n)))["families_min"] for seed in range(seeds)] for n in (1, 20))
    falls([240 if one is None else one for one in few], [240 if one is None else one for one in many])


@SEEDS
def test_people_who_may_go_home_are_displaced_for_fewer_hours(seeds):
    kept, home = ([cost_of_measures(run(seed, home=way)) for seed in range(seeds)] for way in (False, True))
    falls([one["displaced"] + one["sheltered"] for one in kept], [one["displaced"] + one["sheltered"] for one in home])


@SEEDS
def test_the_aftermath_is_shorter_where_teams_have_named_the_nameless(seeds):
    """The work with families of the earthquake, with more teams for it than usual, so that it ends within the run."""

    def families_end_s(exercise, seed):
        events = Session(exercise, seed=seed, overrides={"aftermath.teams": 20}).finish().events
        done = (e.at_s for e in events if e.kind == "aftermath.done" and e.data["work"] == "families")
        return float(next(done, events[-1].at_s))

    quake = load("earthquake")
    falls(
        *([families_end_s(way, seed) for seed in range(seeds)] for way in (without_task(quake, "identify"), quake)),
    )


def test_the_response_ends_when_nothing_is_lacking():
    record = run(7)
    ended = next(event for event in record.events if event.kind == "response.ended")
    lacking = [event.data["missing"] for event in record.events if event.kind == "order.returned"]
    assert lacking
    assert "families/informed" in lacking[0]
    done = [
        event.at_s for event in record.events if event.kind == "aftermath.done" and event.data["work"] == "families"
    ]
    assert done[0] <= ended.at_s
    opened = [event for event in record.events if event.kind == "road.opened"]
    assert opened
    assert all(event.cause == ended.seq for event in opened)
