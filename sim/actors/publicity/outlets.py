"""Outlets: who has publicly said what, bodies that speak beside the one outlet, and what people make of it.

Every body says what it holds, and what bodies hold differs by the messages that reached them. Where two outlets give
different figures, where a statement turns out wrong, or where somebody publishes what is another's to publish, the
public loses trust. Journalists who ask and people who post what they saw do so in good faith; nothing here stops them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.actors.public.mood import Heard, Mood
from sim.comms.message import Stated
from sim.county.media_reach import Reach, reach_of
from sim.engine import Process
from sim.rng import Distribution, Shape
from sim.spec.orders import Publish

if TYPE_CHECKING:
    from sim.actors.organization import Organization
    from sim.actors.public.rumor import Rumor
    from sim.actors.scene import Scene

TOLL = "toll"
"""Figure that all numbers of people hurt add up to."""
SELF_MEDIA = "self_media"
"""Outlet of those who post what they saw."""
CURRENT_S = 2 * 3600
"""For how long, in seconds, a figure is compared with those of others. A guess."""
ASKED = Distribution(Shape.EXPONENTIAL, 40 * 60)
"""Time between two calls of journalists to one body. A guess."""
REFERRED = 0.25
"""Factor on the chance that a body speaks for itself once it knows that the one outlet has spoken. A guess."""
POSTED = Distribution(Shape.LOGNORMAL, 12 * 60, 0.6)
"""Time from seeing people hurt to posting it. A guess."""
EXAGGERATED = Distribution(Shape.LOGNORMAL, 1.5, 0.5)
"""How many times the number seen is posted. A guess."""
POST_WEIGHT = 0.25
"""What a difference from a post costs, as a share of what one between two bodies does. A guess."""
FEAR_OF_DIFFERENCE = 0.05
"""What fear gains where figures differ. A guess."""
PROVED = Distribution(Shape.LOGNORMAL, 45 * 60, 0.5)
"""Time until people see that what was stated is wrong. A guess."""
WITHDRAWN = Distribution(Shape.LOGNORMAL, 60 * 60, 0.5)
"""Time until the body that alone may publish something has it withdrawn. A guess."""


@dataclass(frozen=True)
class Statement:
    """A statement as it was published.

    Attributes:
        outlet: Who published it.
        name: Name of the order.
        order: The order.
        held: What it states.
        at_s: When.
        seq: Number of its event.
    """

    outlet: str
    name: str
    order: Publish
    held: tuple[Stated, ...]
    at_s: int
    seq: int


@dataclass(frozen=True)
class Hearing:
    """How a statement was heard.

    Attributes:
        seq: Number of its event.
        factor: Factor on how many hear it, against one by the usual media with nothing cut off.
        hotline: Whether it names a hotline.
        patients: Share of the people who read in it where the injured lie.
    """

    seq: int
    factor: float
    hotline: bool
    patients: float


@dataclass(frozen=True)
class _Figure:
    """A figure that somebody has publicly stated.

    Attributes:
        value: What was said.
        at_s: When, in seconds.
        seq: Number of the event of saying it.
    """

    value: int
    at_s: int
    seq: int


def figures_of(facts: Iterable[Stated]) -> dict[str, int]:
    """Return the figures among some facts; numbers of people hurt at single places add up to one toll."""
    found: dict[str, int] = {}
    for fact in facts:
        if isinstance(fact.value, int) and not isinstance(fact.value, bool):
            key = TOLL if fact.fact.endswith("/hurt") else fact.fact
            found[key] = found.get(key, 0) + fact.value
    return found


class Outlets:
    """What the outlets of a run have said.

    Args:
        scene: The run.
        mood: How the public feels.
        rumor: The rumor, which a statement that proves wrong feeds.

    Attributes:
        reached: Whom the latest statement of those in office reaches; None before there is one.
    """

    def __init__(self, scene: Scene, mood: Mood, rumor: Rumor) -> None:
        self._scene = scene
        self._world = scene.world
        self._mood = mood
        self._rumor = rumor
        self._statements: dict[str, Statement] = {}
        self._said: dict[str, dict[str, _Figure]] = {}
        self._compared: dict[tuple[str, str, str], int] = {}
        self._posts: dict[str, tuple[int, int]] = {}
        self._last: Statement | None = None
        self._media = {one.id: one for one in scene.world.exercise.county.media}
        self.reached: Reach | None = None

    def begin(self) -> None:
        """Let journalists call the bodies that may hold figures, and statements reach more or fewer by what works."""
        county, scene = self._world.exercise.county, self._scene
        silent = (county.desk("duty"), county.desk("command"), self._world.exercise.rules.mandates.outlet)
        for one in scene.organizations.values():
            speaks = one.desk.kind == "department" or one.id == county.superior or one.desk.level is None
            if speaks and one.id not in silent and not one.desk.public and one.id != county.neighbor:
                routine = not one.desk.seat or (scene.policy_of(one.id).routine and not scene.is_person(one.id))
                if routine and not scene.policy.instant:
                    self._world.clock.start(self._be_asked(one))
        scene.exchange.outages.watch(self._look_again)

    # --- statements --------------------------------------------------------------------------------------------------

    def publish(self, statement: Statement, beyond: list[str]) -> None:
        """Take note of a statement; people hear of it when its message reaches them."""
        self._statements[statement.name] = self._last = statement
        self._compare(statement.outlet, figures_of(statement.held), statement.seq)
        for fact in statement.held:
            truth = self._world.truth.value(fact.fact)
            is_figure = isinstance(fact.value, int) and not isinstance(fact.value, bool)
            if not fact.verified and truth is not None and truth != fact.value and not is_figure:
                self._world.clock.start(self._prove(statement, fact))
        if beyond:
            self._world.clock.start(self._withdraw(statement, beyond))

    def heard(self, message: str, cause: int) -> Hearing | None:
        """Let people hear a statement; returns None if it states nothing: a denial states that nothing is so."""
        statement = self._statements[message.rpartition(">")[0]]
        if not statement.order.says and statement.order.tone != "deny":
            return None
        reach = self._reach(statement)
        seq = self._world.log.emit(
            "release.reached",
            self._world.exercise.county.people,
            statement.name,
            cause,
            reach.because,
            people=reach.reached,
            of=reach.people,
            old_missed=reach.old_missed,
            cut_missed=reach.cut_missed,
        )
        minutes, share = statement.order.next_update_min, reach.reached / max(1, reach.people)
        if statement.order.tone != "deny":
            checked = any(fact.verified for fact in statement.held)
            next_s = None if minutes is None else 60 * minutes
            self._mood.hear(Heard(checked, statement.order.contains, next_s, share), seq)
        contains = statement.order.contains
        return Hearing(seq, self._factor(reach), "hotline" in contains, share if "patients" in contains else 0.0)

    def _factor(self, reach: Reach) -> float:
        usual = reach_of(
            self._world.exercise.county, [one for one in self._media.values() if one.usual], reach.people, _nothing
        )
        return reach.reached / max(1, usual.reached)

    def _reach(self, statement: Statement) -> Reach:
        named = statement.order.media
        media = [one for one in self._media.values() if (one.id in named if named else one.usual)]
        people = self._world.exercise.scenario.public_people
        self.reached = reach_of(self._world.exercise.county, media, people, self._scene.lifelines.missing)
        return self.reached

    def _look_again(self, seq: int) -> None:
        if self._last is not None and self.reached is not None:
            before, now = self.reached, self._reach(self._last)
            if now.reached != before.reached:
                self._rumor.reached(self._factor(now), seq)

    def _prove(self, statement: Statement, fact: Stated) -> Process:
        """Process: people see that something stated without a check is wrong, unless it is put right before."""
        delay = self._world.luck.seconds(PROVED, "proved wrong", statement.name, fact.fact)
        yield self._world.clock.wait(delay)
        truth, later = self._world.truth, self._statements.values()
        right = any(
            other.at_s > statement.at_s and held.fact == fact.fact and held.value == truth.value(fact.fact)
            for other in later
            for held in other.held
        )
        if right or truth.value(fact.fact) == fact.value:
            return
        since = truth.seq(fact.fact)
        also = () if since is None else (since,)
        seq = self._world.log.emit(
            "release.proved_wrong", statement.outlet, statement.name, statement.seq, also, fact=fact.fact
        )
        self._rumor.proved_wrong(seq, rebuts=statement.order.tone != "inform")

    def _withdraw(self, statement: Statement, beyond: list[str]) -> Process:
        """Process: take back, after a while, what another body alone may publish."""
        delay = self._world.luck.seconds(WITHDRAWN, "withdrawn", statement.name)
        yield self._world.clock.wait(delay)
        seq = self._world.log.emit(
            "release.withdrawn", statement.outlet, statement.name, statement.seq, facts=list(beyond)
        )
        self._lose_trust("withdrawn", seq, 1.0)

    # --- figures that differ -----------------------------------------------------------------------------------------

    def _compare(self, outlet: str, figures: dict[str, int], seq: int) -> None:
        """Note the figures of an outlet, and where another outlet has lately given other ones."""
        now = self._world.clock.now
        own = self._said.setdefault(outlet, {})
        for key, value in figures.items():
            own[key] = _Figure(value, now, seq)
            for other, said in self._said.items():
                given = said.get(key)
                pair = (min(outlet, other), max(outlet, other), key)
                if other == outlet or given is None or given.value == value or now - given.at_s > CURRENT_S:
                    continue
                if pair in self._compared and now - self._compared[pair] <= CURRENT_S:
                    continue
                self._compared[pair] = now
                event = self._world.log.emit(
                    "release.differs",
                    outlet,
                    f"{pair[0]}/{pair[1]}/{key}",
                    seq,
                    (given.seq,),
                    other=other,
                    figure=key,
                    values=[value, given.value],
                )
                self._lose_trust("differing", event, POST_WEIGHT if SELF_MEDIA in pair else 1.0)

    def _lose_trust(self, why: str, seq: int, weight: float) -> None:
        cost = self._world.parameters["public.contradiction_cost"]
        self._mood.turn(why, seq, trust=1 - weight * cost, fear=weight * FEAR_OF_DIFFERENCE)

    def _be_asked(self, one: Organization) -> Process:
        """Process: journalists call a body now and then; it refers them to the one outlet, or says what it holds."""
        luck, number = self._world.luck, 0
        last: dict[str, int] = {}
        before: list[int] = []
        alone = luck.uniform("speaks for itself", one.id)
        while True:
            number += 1
            yield self._world.clock.wait(luck.seconds(ASKED, "press asks", one.id, str(number)))
            chance = 1 - self._world.parameters["outlets.discipline"]
            held = [fact for fact in one.held(list(one.picture.held)) if self._is_figure(fact)]
            if alone >= chance or not held:
                continue
            name, known = f"{one.id}/press/{number}", [fact.fact for fact in held] + ["public/informed"]
            seqs = [one.learned[key] for key in known if key in one.learned] + before
            asked = self._world.log.emit("press.asked", one.id, name, max(seqs), tuple(seqs))
            before, figures = [asked], figures_of(held)
            if figures == last or alone >= chance * (REFERRED if one.picture.value("public/informed") else 1.0):
                continue
            last = figures
            official = one.id == self._world.exercise.county.superior
            seq = self._world.log.emit("release.beside", one.id, name, asked, figures=figures, official=official)
            self._compare(one.id, figures, seq)

    def _is_figure(self, fact: Stated) -> bool:
        """Return whether a fact is a number that people are told, such as how many are hurt; a level is none."""
        if not figures_of([fact]):
            return False
        names = (fact.fact, f"place/{fact.fact.partition('/')[2]}")
        return any(kind.key in names and not kind.values for kind in self._world.exercise.plan.facts)

    def seen_hurt(self, place: str, people: int, cause: int, also: tuple[int, ...]) -> None:
        """Let somebody who has seen people hurt at a place post it.

        Args:
            place: The place.
            people: How many he has seen.
            cause: Number of the event by which he looked.
            also: Numbers of the events by which people were hurt there.
        """
        self._world.clock.start(self._post(place, people, cause, also))

    def _post(self, place: str, people: int, cause: int, also: tuple[int, ...]) -> Process:
        """Process: somebody who saw it posts how many are hurt, rather too many."""
        luck, name = self._world.luck, (place, str(people))
        yield self._world.clock.wait(luck.seconds(POSTED, "posts", *name))
        posted = max(1, math.floor(people * max(1.0, luck.amount(EXAGGERATED, "posted", *name))))
        others = (seq for other, (_, seq) in self._posts.items() if other != place)
        total = posted + sum(number for other, (number, _) in self._posts.items() if other != place)
        who, figures = self._world.exercise.county.people, {TOLL: total}
        seq = self._world.log.emit("public.posted", who, f"posts/{place}", cause, (*also, *others), figures=figures)
        self._posts[place] = (posted, seq)
        self._compare(SELF_MEDIA, figures, seq)


def _nothing(needs: object, place: object) -> None:
    """Say that nothing is missing anywhere."""
