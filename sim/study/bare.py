"""What SimPy alone needs: the message lives and time-outs of a run, without county, actors and record.

The measure of what the model adds. It repeats, from the record of a run, every message at its time with its attempts:
request of a line, set-up and talk as one time-out, release of the line, request of a duty officer, reading as a
time-out, release; and a log that is a plain list. The run's remaining SimPy events (travel, work, waits) become
plain time-outs, so that both sides let the same number of SimPy events happen.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any, NamedTuple

from sim.record.folder import RunRecord


class Life(NamedTuple):
    """What a message did, in seconds: when it was composed, its attempts, and its reading (None: never read)."""

    at_s: int
    to: str
    attempts: tuple[int, ...]
    reading_s: int | None


def lives_of(record: RunRecord) -> list[Life]:
    """Return the life of every message of a record, in the order in which they were composed."""
    lives: dict[str, dict[str, Any]] = {}
    for event in record.events:
        if event.kind == "message.composed":
            lives[event.subject] = {"at_s": event.at_s, "to": event.data["to"], "attempts": [], "reading_s": None}
        life = lives.get(event.subject)
        if life is None:
            continue
        if event.kind == "message.sent":
            life["sent_s"] = event.at_s
        elif event.kind in ("message.delivered", "message.lost") and "sent_s" in life:
            life["attempts"].append(event.at_s - life.pop("sent_s"))
            life["delivered_s"] = event.at_s
        elif event.kind == "message.read":
            life["reading_s"] = event.at_s - life["delivered_s"]
    return [Life(life["at_s"], life["to"], tuple(life["attempts"]), life["reading_s"]) for life in lives.values()]


def run_bare(lives: list[Life], lines: dict[str, int], timeouts: int, until_s: int) -> int:
    """Run message lives and time-outs in bare SimPy and return how many SimPy events happened.

    Args:
        lives: The messages.
        lines: Phone lines, by addressee.
        timeouts: Further time-outs, spread evenly over twenty activities.
        until_s: When the exercise ends, in seconds since its start.
    """
    simpy = import_module("simpy")  # the one yardstick that must not use the engine's clock
    env = simpy.Environment()
    log: list[tuple[Any, ...]] = []
    desks = {name: simpy.Resource(env, count) for name, count in lines.items()}
    officers = {name: simpy.Resource(env, 1) for name in lines}

    def live(number: int, life: Life) -> Any:
        for attempt in life.attempts:
            request = desks[life.to].request()
            yield request
            log.append((env.now, "message.sent", number))
            yield env.timeout(attempt)
            log.append((env.now, "message.delivered", number))
            desks[life.to].release(request)
        if life.reading_s is not None:
            request = officers[life.to].request()
            yield request
            yield env.timeout(life.reading_s)
            log.append((env.now, "message.read", number))
            officers[life.to].release(request)

    def compose() -> Any:
        for number, life in enumerate(lives):
            if life.at_s > env.now:
                yield env.timeout(life.at_s - env.now)
            log.append((env.now, "message.composed", number))
            env.process(live(number, life))

    def tick(number: int, count: int) -> Any:
        for _ in range(count):
            yield env.timeout(max(1, until_s // (count + 1)))
            log.append((env.now, "time-out", number))

    env.process(compose())
    for number in range(20 if timeouts > 0 else 0):
        env.process(tick(number, (timeouts + number) // 20))
    stepped = 0
    while env.peek() < float("inf"):
        env.step()
        stepped += 1
    return stepped
