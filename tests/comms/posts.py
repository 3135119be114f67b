"""A tiny post: an exchange with channels made for the test, and desks that note what they get."""

from sim.comms.exchange import Exchange
from sim.comms.message import Message
from sim.spec.channels import Channel
from tests.engine.worlds import changed, fixed, of_kind, run, whole_exercise, world_of

DAY = 24 * 3600
ZERO = fixed(0)
PLAIN = {
    "set_up": ZERO, "talk": ZERO, "writing": ZERO, "reading": ZERO, "holds": "nothing",
    "patience": 365 * DAY, "loss": 0.0, "retry_after": 60, "attempts": 1, "forgotten": 0.0,
    "needs": (), "switch": ZERO, "per_fact": ZERO, "garbled": 0.0, "ring": 30, "when_down": "lost",
    "placed": False, "answered": False, "attended": False, "by_road": False, "capacity": None,
}  # fmt: skip


IDEAL = {"comms__fallback": 1, "comms__chases": 0, "desk__overload": 0}


class Desk:
    """Notes the messages that it takes in, with the moment."""

    def __init__(self, world):
        self.world = world
        self.got = []

    def receive(self, message, read):
        self.got.append((message.id, self.world.clock.now, read))


class Post:
    """An exchange with the given channels, over which everybody is reached in their order."""

    def __init__(self, *channels, seed=0, instant=False, desk=None, county=None, parties=None, **overrides):
        model = whole_exercise().county.channels[0]
        made = tuple(
            given if isinstance(given, Channel) else model.model_copy(update={**PLAIN, "id": f"way{n}", **given})
            for n, given in enumerate(channels)
        )
        names = tuple(one.id for one in made)
        reached = {"channels": names, "sends": names, "roster": None, **(desk or {})}
        given = whole_exercise().county.organizations
        if parties is not None:  # so many like the first, which has an officer's desk and a place
            given = [given[0].model_copy(update={"id": name}) for name in parties]
        organizations = tuple(one.model_copy(update=reached) for one in given)
        exercise = changed(county={"channels": made, "organizations": organizations, **(county or {})})
        self.world = world_of(exercise, seed=seed, **{**IDEAL, **overrides})
        self.exchange = Exchange(self.world, instant=instant)
        self.desks = {one.id: Desk(self.world) for one in organizations}
        for name, one in self.desks.items():
            self.exchange.connect(name, one)

    def send(self, number=1, to="duty", kind="report", sender="police"):
        for index in range(number):
            self.exchange.send(Message(f"m{index}>{to}", sender, to, kind), None)
        return self

    def run(self, until_s=400 * DAY):
        run(self.world, until_s)
        return self

    def times(self, kind):
        """Return the moment of the first event of a kind, by message."""
        return {event.subject: event.at_s for event in reversed(of_kind(self.world, f"message.{kind}"))}

    def life_kinds(self, kind):
        return of_kind(self.world, f"message.{kind}")

    def life(self, ident):
        return [e.kind.partition(".")[2] for e in self.world.log.events if e.subject == ident]
