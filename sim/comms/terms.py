"""Terms: what the parameters of a run and the chosen profile make of the channels of the county file."""

from __future__ import annotations

from sim.rng import Distribution
from sim.spec.channels import Channel
from sim.spec.county import County
from sim.spec.parameters import Parameters
from sim.spec.profiles import profile_of

READ_BACK_TALK = 1.3
"""How much longer it takes to say something that is read back. A guess."""
READ_BACK_ERRORS = 0.1
"""Share of the errors that are left when what was said is read back. A guess."""
SPOKEN = ("voice", "radio")


class Terms:
    """Times and chances of all channels, and how people use them.

    Args:
        county: The county.
        parameters: The parameters of the run.

    Attributes:
        profile: State of the communications that was chosen; None for the county file without one.
        fallback: Chance that a sender changes to its next channel.
        by_urgency: Whether urgent messages go first.
        cut_in: Whether they cut others off.
        chases: How often a sender asks for a receipt.
        chase_after_s: How long it waits before that, in seconds.
        unanswered: Factor on the chance that nobody answers.
        overload: Share by which each minute that an item has lain lengthens its reading.
    """

    def __init__(self, county: County, parameters: Parameters) -> None:
        self.profile = profile_of(county, parameters)
        self._parts: dict[tuple[str, str], Distribution] = {}
        self._loss: dict[str, float] = {}
        self._garbled: dict[str, float] = {}
        read_back = parameters["comms.read_back"] > 0
        delay = parameters["comms.delay_factor"] * (self.profile.delay_factor if self.profile else 1.0)
        added = self.profile.loss_added if self.profile else 0.0
        for channel in county.channels:
            back = read_back and channel.medium in SPOKEN
            factors = {
                "switch": parameters["comms.switch_factor"],
                "writing": delay,
                "set_up": delay,
                "talk": delay * (READ_BACK_TALK if back else 1.0),
                "per_fact": delay * (READ_BACK_TALK if back else 1.0),
                "reading": 1.0,
            }
            for part, factor in factors.items():
                self._parts[channel.id, part] = getattr(channel, part).scaled(factor)
            loss = channel.loss + added if channel.loss else 0.0
            self._loss[channel.id] = min(1.0, loss * parameters["comms.loss_factor"])
            errors = parameters["comms.garbled_factor"] * (READ_BACK_ERRORS if back else 1.0)
            self._garbled[channel.id] = min(1.0, channel.garbled * errors)
        self.fallback = parameters["comms.fallback"]
        self.by_urgency = parameters["comms.priority"] >= 1
        self.cut_in = parameters["comms.priority"] >= 2
        self.chases = int(parameters["comms.chases"])
        self.chase_after_s = round(parameters["comms.chase_after"] * 60)
        self.unanswered = parameters["desk.unanswered_factor"]
        self.overload = parameters["desk.overload"]

    def part(self, channel: Channel, name: str) -> Distribution:
        """Return how long a part of a message's way takes, in seconds."""
        return self._parts[channel.id, name]

    def loss(self, channel: Channel) -> float:
        """Return the chance that an attempt fails; a channel that never fails by itself does not in any profile."""
        return self._loss[channel.id]

    def garbled(self, channel: Channel) -> float:
        """Return the chance that a fact arrives changed."""
        return self._garbled[channel.id]
