"""Drives an exchange as a queue: messages at random times over channels of ``queues.yaml``; means and their errors."""

from functools import cache
from math import sqrt
from pathlib import Path
from random import Random

import numpy

from sim.comms.message import Message
from sim.spec import yamlread
from sim.spec.base import Spec
from sim.spec.channels import Channel
from sim.spec.load import validate
from tests.comms.posts import Post

SERVICE_S = 1000
RUNS = 20
NOT_COUNTED = 10  # the first tenth of each run finds the queue emptier than it is later on


class Queues(Spec):
    channels: tuple[Channel, ...]


@cache
def channel(ident):
    """Return a channel of the file, read and checked like those of a county."""
    path = Path(__file__).with_name("queues.yaml")
    found = validate(Queues, yamlread.parse(yamlread.read_text(path), path.name))
    return next(one for one in found.channels if one.id == ident)


class Arrivals:
    """Messages of a Poisson stream over one channel, and what became of them.

    Attributes:
        waits: Seconds from arrival to service, for those served, in the order of arrival; the first ones left out.
        services: Seconds of service of the same.
        gaps: Seconds between all arrivals that count.
        lost: How many of the arrivals that count found all lines busy.
    """

    def __init__(self, ident, mean_gap_s, number, seed, kinds=("release",), to="duty", senders=None, **post):
        luck, at_s = Random(seed), 0.0
        self.post = Post(channel(ident), seed=seed, **post)
        senders = senders or [name for name in self.post.desks if name != to]
        times = []
        for index in range(number):
            at_s += luck.expovariate(1 / mean_gap_s)
            times.append(int(at_s))
            message = Message(f"m{index}", senders[index % len(senders)], to, luck.choice(kinds))
            self.post.world.clock.at(times[-1], lambda one=message: self.post.exchange.send(one, None))
        self.post.run(times[-1] + 10_000_000)
        self._steps = {(event.kind, event.subject): event.at_s for event in self.post.world.log.events}
        self.kinds = {e.subject: e.data["kind"] for e in self.post.life_kinds("composed")}
        self.counted = [f"m{index}" for index in range(number // NOT_COUNTED, number)]
        first = number // NOT_COUNTED
        self.gaps = [late - early for early, late in zip(times[first:], times[first + 1 :], strict=False)]
        self.lost = sum(("message.lost", ident) in self._steps for ident in self.counted)

    def between(self, begin, end, kind=None):
        """Return the seconds between two steps of the lives that count, by kind of message if one is given."""
        begin, end, steps = f"message.{begin}", f"message.{end}", self._steps
        return [
            steps[end, ident] - steps[begin, ident]
            for ident in self.counted
            if (end, ident) in steps and kind in (None, self.kinds[ident])
        ]

    def mean_gap_s(self):
        return sum(self.gaps) / len(self.gaps)


def mean(values):
    return sum(values) / len(values)


def expect(expected, results, controls=(), known=(), at_most=0.1):
    """Check the mean of independent runs against what is expected: within three standard errors, and within a tenth.

    Args:
        expected: The value of the formula.
        results: One result a run.
        controls: For each run other means of it, whose expectation is known; what they explain is taken out, which
            makes the error smaller (control variates).
        known: The expectations of the controls.
        at_most: Widest tolerance, as a share of what is expected.
    """
    off = numpy.array(controls, dtype=float).reshape(len(results), -1) - numpy.array(known, dtype=float)
    terms = numpy.column_stack([numpy.ones(len(results)), off])
    found, *_ = numpy.linalg.lstsq(terms, numpy.array(results, dtype=float), rcond=None)
    left = numpy.array(results) - terms @ found
    variance = float(left @ left) / (len(results) - numpy.linalg.matrix_rank(terms))
    error = sqrt(variance * numpy.linalg.pinv(terms.T @ terms)[0, 0])
    tolerance = min(3 * error, at_most * expected)
    assert abs(found[0] - expected) <= tolerance, f"{found[0]:.6g} +- {error:.2g} is not {expected:.6g}"
    return float(found[0]), float(error)
