"""The cast: who plays what, built in the order of the county file."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from sim.actors.command.commanding import Commanding
from sim.actors.departments.emergency import Emergency
from sim.actors.departments.health import Health
from sim.actors.departments.police import Police
from sim.actors.departments.propaganda import Propaganda
from sim.actors.departments.transport import Transport
from sim.actors.desks.duty import DutyOffice
from sim.actors.desks.orders import carry_out
from sim.actors.desks.reporting import Reporting
from sim.actors.desks.spot_check import check_by_luck
from sim.actors.desks.staff import Staff
from sim.actors.helpers.aid import Aid
from sim.actors.helpers.grid import Grid
from sim.actors.helpers.mine_rescue import raise_alarm
from sim.actors.organization import Organization
from sim.actors.policies import Policy
from sim.actors.public.counting import count_missing
from sim.actors.public.gathering import Gatherings
from sim.actors.public.owner import Owner
from sim.actors.public.people import Public
from sim.actors.scene import Scene
from sim.actors.script import Script
from sim.actors.supplies.supplying import Supplies
from sim.actors.supplies.using import serve_meals
from sim.actors.warning.monitoring import Monitoring
from sim.actors.warning.ways import Warnings, watch_weather
from sim.clocktext import hour_of_day
from sim.comms.exchange import Exchange
from sim.comms.message import Message, Stated
from sim.comms.platform import Platform
from sim.county.lifelines import Lifelines
from sim.county.state import CountyState
from sim.county.stores import Stores
from sim.engine import World
from sim.hazards.base import Hazard
from sim.hazards.cascade import Cascade
from sim.hazards.kinds import hazards_of
from sim.record.picture import TRUTH
from sim.spec.base import FactValue
from sim.spec.cascade import Block, ComeTrue, CutLifeline, Damage, Effect, StartHazard
from sim.spec.hazards.mine import MineAccident

ROLES: dict[str, type[Organization]] = {
    "duty": DutyOffice,
    "police": Police,
    "emergency": Emergency,
    "health": Health,
    "transport": Transport,
    "propaganda": Propaganda,
    "public": Public,
}
"""Organizations with behavior of their own; every other one has a desk, and answers what it is asked."""


def build_scene(
    world: World, policy: Policy, own_policies: Mapping[str, Policy] | None = None, persons: tuple[str, ...] = ()
) -> Scene:
    """Build county, channels, hazard and organizations, and let the exercise begin.

    Args:
        world: An empty world.
        policy: How everybody without a person is played.
        own_policies: How single organizations are played instead.
        persons: Organizations whose seat a person takes.
    """
    county, lifelines = CountyState(world), Lifelines(world)
    county.lifelines = lifelines
    travel = partial(county.roads.seconds, siren=False)
    exchange = Exchange(world, instant=policy.instant, lifelines=lifelines, travel=travel)
    hazards = hazards_of(world, county)
    scene = Scene(world, policy, county, lifelines, exchange, hazards, own_policies or {}, persons)
    scene.script = Script(scene)
    scene.gatherings = Gatherings(scene)
    hour = hour_of_day(world.exercise.scenario.starts_at, 0)
    scene.supplies = Supplies(scene, Stores(world, world.exercise.county.units_on_watch(hour)))
    for desk in world.exercise.county.organizations:
        organization = ROLES.get(desk.id, Organization)(scene, desk)
        scene.organizations[desk.id] = organization
        if isinstance(organization, Public):
            scene.public = organization
    for organization in scene.organizations.values():
        if organization.desk.seat:
            scene.staff[organization.id] = Staff(organization)
        if any(rule.sender == organization.id for rule in world.exercise.rules.rules):
            organization.reporting = Reporting(organization, carry_out)
    scene.commanding = Commanding(scene)
    exchange.on_overheard = partial(_overhear, scene)
    exchange.on_receipt = partial(_hear_of_receipt, scene)
    exchange.on_given_up = partial(_hear_of_failure, scene)
    exchange.careless = tuple(one for one in scene.organizations if not scene.skill_of(one).chases)
    use_platform(scene)
    if policy.knows_truth:
        world.truth.watch(lambda key, value, seq: _tell_all_seats(scene, key, value, seq))
    _watch_outside(scene)
    start = world.log.emit("run.started", "", world.exercise.scenario.id, None)
    units = tuple(unit for department in scene.departments for unit in department.units)
    for unit in units:
        if unit.here:
            world.log.emit("unit.free", unit.department.id, unit.id, start, place=unit.place)
    scene.aid = Aid(scene, units)
    scene.supplies.stores.begin(start)
    world.clock.start(serve_meals(scene, start))
    scene.grid = Grid(scene)
    scene.monitoring = Monitoring(scene)
    scene.warnings = Warnings(scene, lambda place: county.places[place].people, scene.public.warned)
    watch_weather(scene)
    _begin(scene, start)
    return scene


def _begin(scene: Scene, start: int) -> None:
    """Let everything begin that goes by itself, the main hazard last."""
    world = scene.world
    scene.lifelines.begin(start)
    scene.exchange.begin(start)
    scene.monitoring.begin(start)
    scene.aid.begin()
    world.clock.start(count_missing(scene, start))
    scene.script.start(start)
    for number in range(1, int(world.parameters["duty.spot_checks"]) + 1):
        world.clock.start(check_by_luck(scene, number, start))
    world.clock.start(scene.public.rumor.run(start))
    scene.public.outlets.begin()
    for organization in scene.organizations.values():
        if isinstance(organization, Propaganda):
            organization.begin(start)
    Cascade(world, world.exercise.scenario.cascade, partial(_lead_on, scene))
    begin_hazard(scene, scene.hazards[0], start)


def begin_hazard(scene: Scene, hazard: Hazard, cause: int) -> None:
    """Let a hazard begin, and let the owner of the site know of it."""
    if hazard.seq is None:
        hazard.start(cause)
        owner = scene.organizations.get(hazard.spec.owner or "")
        if owner is not None and hazard.seq is not None:
            Owner(owner, hazard).begin(hazard.seq)
            if isinstance(hazard.spec, MineAccident) and hazard.spec.alarm is not None:
                about = tuple(key for key, _ in hazard.owner_holds())
                alarm = raise_alarm(owner, hazard.spec.alarm, hazard.site, about, hazard.seq)
                scene.world.clock.start(alarm)
        for holder, known in hazard.on_file().items():
            for key, value in known:
                scene.organizations[holder].see(key, value, hazard.seq)
        for watcher, keys in hazard.watched_by().items():
            if watcher in scene.organizations:
                scene.world.truth.watch(partial(_see_own, scene.organizations[watcher], keys))


def _see_own(organization: Organization, keys: tuple[str, ...], key: str, value: FactValue, seq: int) -> None:
    if key in keys:
        organization.see(key, value, seq)


def _lead_on(scene: Scene, effect: Effect, link: str, cause: int) -> None:
    """Have the effect of a link of the cascade."""
    match effect:
        case StartHazard():
            begin_hazard(scene, next(one for one in scene.hazards if one.own == effect.hazard), cause)
        case CutLifeline():
            scene.lifelines.cut(effect.lifeline, link, cause, effect.lasts)
        case Block():
            scene.county.block(effect.place, effect.road, cause)
        case ComeTrue():
            scene.world.truth.change(effect.fact, effect.value, cause)
        case Damage():
            scene.county.hospitals.damage(effect.hospital, effect.bays, effect.beds, cause)
        case _:
            scene.public.rumor.break_out(cause)


def _overhear(scene: Scene, listener: str, message: Message, seq: int) -> None:
    scene.organizations[listener].overhear(message, seq)


def _hear_of_receipt(scene: Scene, message: Message, seq: int) -> None:
    if sender := scene.organizations.get(message.sender):
        sender.was_acknowledged(message, seq)


def _hear_of_failure(scene: Scene, message: Message, seq: int) -> None:
    if sender := scene.organizations.get(message.sender):
        sender.was_given_up(message, seq)


def _tell_all_seats(scene: Scene, key: str, value: FactValue, seq: int) -> None:
    for organization in scene.organizations.values():
        if organization.desk.seat:
            organization.learn(Stated(key, value, scene.world.clock.now, TRUTH, True), seq, TRUTH)


def _watch_outside(scene: Scene) -> None:
    """Let the weather bureau see the wind, and the neighbor county that danger comes to it."""
    weather = scene.organizations.get("weather")
    neighbor = scene.organizations.get(scene.world.exercise.county.neighbor)

    def notice(key: str, value: FactValue, seq: int) -> None:
        if weather is not None and key.startswith("wind/"):
            weather.see(key, value, seq)
        if neighbor is not None and key == "neighbor/threatened":
            neighbor.see(key, value, seq)

    scene.world.truth.watch(notice)


def use_platform(scene: Scene) -> None:
    """Put the desks on the unified platform, or let it go by the parameters as they are now.

    Nothing is done while it is off, nor where messages take no time. Desks that do nothing of themselves enter nothing.
    """
    if scene.platform is not None:
        scene.platform.tune()
        for organization in scene.organizations.values():
            if scene.policy_of(organization.id).routine:
                for fact in organization.picture.held:
                    scene.platform.learned(organization, fact)
    elif scene.world.parameters["platform.on"] and not scene.policy.instant:
        platform = scene.platform = Platform(scene.world, scene.exchange, list(scene.organizations.values()))
        for organization in scene.organizations.values():
            if scene.policy_of(organization.id).routine:
                organization.on_learned.append(partial(platform.learned, organization))
                for fact in organization.picture.held:
                    platform.learned(organization, fact)
