"""How many full message lives a second the exchange carries, against bare SimPy, and how that grows.

A full life: written, queued for a phone line of the addressee, got through, said, read by the duty officer,
acknowledged. Nobody else is there, no county, no people; so this is what messages alone cost.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from math import inf
from types import MappingProxyType
from typing import Any, NamedTuple

from sim.comms.exchange import Exchange
from sim.comms.message import Message, Stated
from sim.engine import World, not_collecting
from sim.rng import Distribution, Luck, Shape
from sim.spec.base import Text
from sim.spec.channels import Channel
from sim.spec.county import Organization
from sim.spec.load import Exercise
from sim.spec.parameters import parse_overrides
from sim.spec.supplied import Draws, luck_for
from sim.study.timing import Result, cpu

PARTS = {"writing": 20.0, "set_up": 10.0, "talk": 60.0, "reading": 40.0}
"""Mean seconds of the parts of a life; a load for benchmarks, chosen and not measured."""
EVERY_S = 150.0
"""Mean seconds between two messages to one desk: about half of them find its line busy, a quarter its officer."""
PATIENCE_S = 86_400
PLAIN = MappingProxyType({"desk.overload": 0})
"""Parameters of the benchmark: reading takes what was drawn, so that bare SimPy can repeat it."""


@dataclass(frozen=True)
class Load:
    """A load of messages.

    Attributes:
        exercise: The exercise, with as many organizations as the load asks for and one channel.
        messages: Each message with the second in which it is composed, in order.
    """

    exercise: Exercise
    messages: tuple[tuple[int, Message], ...]


class Times(NamedTuple):
    """A life as bare SimPy repeats it: when it is composed, to which desk, and how long its parts take."""

    at_s: int
    to: int
    writing_s: int
    on_line_s: int
    reading_s: int


def load_of(base: Exercise, organizations: int, each: int) -> Load:
    """Return a load of ``each`` messages to every one of some organizations, at times of chance."""
    delays = {part: Distribution(Shape.LOGNORMAL, mean, 0.3) for part, mean in PARTS.items()}
    channel = Channel(
        id="line", name=Text(zh="专线", en="line"), medium="voice", holds="desk", patience=f"{PATIENCE_S}s", loss=0.0,
        retry_after="60s", attempts=1, source="a load for benchmarks", **delays,
    )  # fmt: skip
    desks = tuple(
        Organization(
            id=f"desk{number}", name=Text(zh=f"单位{number}", en=f"desk {number}"), kind="department", officers=1,
            phone_lines=1, channels=(channel.id,), thinking=Distribution(Shape.FIXED, 0.0),
        )
        for number in range(organizations)
    )  # fmt: skip
    county = base.county.model_copy(update={"channels": (channel,), "organizations": desks, "unit_channels": ("line",)})
    messages = [one for number in range(organizations) for one in _messages_to(number, each, organizations)]
    return Load(replace(base, county=county), tuple(sorted(messages, key=lambda one: one[0])))


def _messages_to(number: int, each: int, organizations: int) -> Iterator[tuple[int, Message]]:
    luck, gap, at_s = Luck(0), Distribution(Shape.EXPONENTIAL, EVERY_S), 0
    sender, to = f"desk{(number + 1) % organizations}", f"desk{number}"
    for turn in range(each):
        at_s += luck.seconds(gap, "gap", to, str(turn))
        fact = Stated("place/patients", turn, at_s, sender, False)
        yield at_s, Message(f"{sender}/{turn}>{to}", sender, to, "report", (fact,))


class _Reader:
    """Who takes messages in and does nothing about them."""

    def receive(self, message: Message, read: int) -> None:
        """Take a message in."""


@not_collecting()  # as a session runs
def run_load(load: Load, draws: Draws | None = None) -> World:
    """Let the exchange carry all messages of a load, and return the world when all is quiet."""
    world = World(load.exercise, parse_overrides(PLAIN, "benchmark"), luck_for(0, None, draws))
    exchange = Exchange(world, instant=False)
    for organization in load.exercise.county.organizations:
        exchange.connect(organization.id, _Reader())

    def compose() -> Any:
        for at_s, message in load.messages:
            if at_s > world.clock.now:
                yield world.clock.wait(at_s - world.clock.now)
            exchange.send(message, None)

    world.clock.start(compose())
    while world.clock.next_at() < inf:
        world.clock.step()
    return world


def times_of(load: Load) -> list[Times]:
    """Return what bare SimPy needs to repeat a load: the times that the exchange draws for it."""
    draws = Draws()
    run_load(load, draws)
    drawn: dict[tuple[str, str], int] = {}
    for row in draws.trace().rows:
        drawn[row.purpose, row.names[0]] = int(row.values[0])
    return [
        Times(
            at_s,
            int(message.to.removeprefix("desk")),
            drawn["writing", message.id],
            drawn["set_up", message.id] + drawn["talk", message.id],
            drawn["reading", message.id],
        )
        for at_s, message in load.messages
    ]


def run_bare(desks: int, lives: list[Times]) -> list[tuple[Any, ...]]:
    """Run lives in bare SimPy, with the same requests and time-outs and a plain list as log, and return the log."""
    simpy = import_module("simpy")  # the one yardstick that must not use the engine's clock
    env = simpy.Environment()
    log: list[tuple[Any, ...]] = []
    lines = [simpy.Resource(env, 1) for _ in range(desks)]
    officers = [simpy.Resource(env, 1) for _ in range(desks)]

    def live(number: int, life: Times) -> Any:
        yield env.timeout(life.writing_s)
        line = lines[life.to].request()
        if not line.triggered:
            log.append((env.now, "queued", number))
            yield line | env.timeout(PATIENCE_S)
        log.append((env.now, "sent", number))
        yield env.timeout(life.on_line_s)
        log.append((env.now, "delivered", number))
        lines[life.to].release(line)
        officer = officers[life.to].request()
        if not officer.triggered:
            yield officer
            log.append((env.now, "taken_up", number))
        yield env.timeout(life.reading_s)
        log.append((env.now, "read", number))
        officers[life.to].release(officer)
        log.append((env.now, "acknowledged", number))

    def compose() -> Any:
        for number, life in enumerate(lives):
            if life.at_s > env.now:
                yield env.timeout(life.at_s - env.now)
            log.append((env.now, "composed", number))
            env.process(live(number, life))

    env.process(compose())
    env.run()
    return log


def messages(base: Exercise, desks: int = 100, each: int = 100, repeats: int = 3, times: int = 10) -> list[Result]:
    """Measure message lives.

    Args:
        base: An exercise to take the rest from.
        desks: Organizations.
        each: Messages to each of them.
        repeats: Runs of which the median is taken.
        times: How many times the organizations, and with them the messages, of the large load.
    """
    load, large = load_of(base, desks, each), load_of(base, times * desks, each)
    lives, events = times_of(load), len(run_load(load).log.events)
    ours, bare = [], []
    for _ in range(repeats):  # in turns, so that a slow moment of the machine meets both
        ours.append(cpu(partial(run_load, load)))
        bare.append(min(cpu(partial(run_bare, desks, lives)) for _ in range(2)))
    large_s = cpu(partial(run_load, large))
    ours.append(cpu(partial(run_load, load)))
    run_s, bare_s = statistics.median(ours), statistics.median(bare)
    count, many = len(load.messages), len(large.messages)
    how = f"{count} messages to {desks} desks, {events} events; writing, line, set-up, talk, officer, reading, receipt"
    grown = large_s / many / (run_s / count)
    size = f"{desks} -> {times * desks} organizations, {count} -> {many} messages"
    return [
        Result("message lives", round(count / run_s), "per CPU s", "15000", "", f"at least 8000; {how}"),
        Result("bare lives", round(count / bare_s), "per CPU s", "", "", "same requests and time-outs, a list as log"),
        Result("lives / bare", round(run_s / bare_s, 2), "x", "1.3", "2.5", "time, the two above, measured in turns"),
        Result("life at scale", round(large_s / many * 1e6, 1), "us each", "", "", f"{many} messages in one run"),
        Result("growth per life", round(grown, 2), "x", "1", "1.1", f"time per message, {size}, as many a desk"),
    ]
