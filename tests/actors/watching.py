"""A small run for tests of monitors and warnings: truth, lifelines, an exchange and desks, and nothing else."""

from dataclasses import replace
from types import SimpleNamespace

from sim.actors.organization import Organization
from sim.actors.policies import AS_PLANNED
from sim.actors.warning.monitoring import Monitoring
from sim.actors.warning.ways import Warnings, watch_weather
from sim.comms.exchange import Exchange
from sim.county.lifelines import Lifelines
from sim.engine import World
from sim.rng import Luck
from sim.spec.base import Text
from sim.spec.lifelines import Lifeline
from sim.spec.monitors import Monitor
from sim.spec.parameters import parse_overrides
from tests.engine.worlds import changed, fixed, of_kind, run, whole_exercise

NAME = Text(zh="某物", en="a thing")
GAS = "liuwan/danger"
POWER = Lifeline(
    id="power", name=NAME, kind="substation", at="liuwan", serves=("liuwan", "county-hall"), repair=fixed(1),
    source="test",
)  # fmt: skip
DESKS = ("duty", "command", "enterprise", "weather", "police")
NETWORK = POWER.model_copy(update={"id": "network", "kind": "station"})


def monitor(ident="gas", **given):
    """Return a detector in a village that alarms after a minute, changed as given."""
    plain = {"kind": "gas_detector", "at": "liuwan", "watches": "place/danger", "is": True, "owner": "enterprise"}
    if "above" in given:
        del plain["is"]
    return Monitor(**{"id": ident, "name": NAME, "source": "test", "delay": fixed(60), **plain, **given})


class Run:
    """A run with the given monitors and ways, and what became of it."""

    def __init__(self, *monitors, seed=0, instant=True, county=None, overrides=None, plan=None):
        few = tuple(one for one in whole_exercise().county.organizations if one.id in DESKS or one.public)
        given = {"monitors": monitors, "lifelines": (POWER, NETWORK), "profiles": (), "organizations": few}
        given |= county or {}
        exercise = changed(county=given)
        exercise = replace(exercise, plan=plan or exercise.plan)
        self.world = World(exercise, parse_overrides(overrides or {}), Luck(seed, audit=True))
        self.lifelines = Lifelines(self.world)
        exchange = Exchange(self.world, instant=instant, lifelines=self.lifelines)
        policy = SimpleNamespace(instant=instant)
        self.scene = SimpleNamespace(
            world=self.world, lifelines=self.lifelines, exchange=exchange, organizations={}, policy=policy,
            policy_of=lambda _: policy, skill_of=lambda _: AS_PLANNED, invitations={}, requests={},
            staff={}, fields_of_experts={}, grid=SimpleNamespace(told=lambda *_: None),
            desk_at=lambda organization: self.scene.organizations[organization].desk.at,
        )  # fmt: skip
        for desk in exercise.county.organizations:
            self.scene.organizations[desk.id] = Organization(self.scene, desk)
        self.reached = []
        watch_weather(self.scene)
        self.monitoring = Monitoring(self.scene)
        people = {place.id: place.people for place in exercise.county.places}
        self.warnings = Warnings(self.scene, people.__getitem__, self._note)
        self.start = self.world.log.emit("run.started", "", "test", None)
        self.monitoring.begin(self.start)

    def at(self, at_s, do, *arguments):
        self.world.clock.at(at_s - self.world.clock.now, lambda: do(*arguments))
        return self

    def true(self, at_s, value, fact=GAS):
        return self.at(at_s, self.world.truth.change, fact, value, self.start)

    def cut(self, at_s, lasts, ident="power"):
        return self.at(at_s, self.lifelines.cut, ident, f"storm {at_s}", self.start, lasts)

    def set(self, at_s, name, value):
        def do():
            self.world.parameters = parse_overrides({**dict(self.world.parameters.overrides), name: value})
            self.monitoring.tune(self.start)

        return self.at(at_s, do)

    def _note(self, place, people, name, seq):
        assert name not in [one[2] for one in self.reached]
        assert self.world.log.events[seq].kind == "warning.reached"
        self.reached.append((self.world.clock.now, place, name, people))

    def warn(self, at_s, ways, places=("liuwan",), by="duty", name="order"):
        return self.at(at_s, self.warnings.warn, self.scene.organizations[by], places, ways, name, self.start)

    def run(self, until_s=6 * 3600):
        run(self.world, until_s)
        return self

    def told(self, *kinds):
        return [(event.at_s, event.kind.partition(".")[2], event.data.get("value")) for event in self.of(*kinds)]

    def of(self, *kinds):
        return of_kind(self.world, *kinds)

    def picture(self, organization="enterprise"):
        return self.scene.organizations[organization].picture


def descends(events):
    """Whether every event but the first has an earlier cause, and looked at earlier events alone."""
    return all(number is not None and number < one.seq for one in events[1:] for number in (one.cause, *one.also))
