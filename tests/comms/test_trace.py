"""An outside trace through the real exchange: one phone line is the single-server queue of the textbooks."""

from hypothesis import given, settings
from hypothesis import strategies as st

from sim.comms.exchange import Exchange
from sim.comms.message import Message
from sim.engine import World
from sim.spec.parameters import Parameters
from sim.spec.supplied import luck_for
from sim.spec.trace import read_trace
from tests.comms.posts import DAY, Desk, Post
from tests.engine.worlds import run

ONE_LINE = {"holds": "desk"}


def waits_by_lindley(gaps, services):
    """Return each customer's wait: W' = max(0, W + S - A), A the time from this arrival to the next."""
    waits = [0]
    for gap, service in zip(gaps[1:], services, strict=False):
        waits.append(max(0, waits[-1] + service - gap))
    return waits


def waits_in_the_exchange(gaps, services, trace):
    post = Post(ONE_LINE, desk={"phone_lines": 1, "officers": 1})
    world = World(post.world.exercise, Parameters(), luck_for(0, read_trace(trace)))
    exchange = Exchange(world, instant=False)
    for name in post.desks:
        exchange.connect(name, Desk(world))

    def arrive():
        for number, gap in enumerate(gaps):
            yield world.clock.wait(gap)
            exchange.send(Message(f"m{number}", "police", "duty", "report"), None)

    world.clock.start(arrive())
    run(world, 30 * DAY)
    at = {(e.kind, e.subject): e.at_s for e in world.log.events}
    ids = [f"m{number}" for number in range(len(gaps))]
    assert services == [at["message.delivered", ident] - at["message.sent", ident] for ident in ids]
    return [at["message.sent", ident] - at["message.composed", ident] for ident in ids]


customers = st.lists(st.tuples(st.integers(1, 400), st.integers(0, 400)), min_size=1, max_size=25)


@settings(max_examples=30)
@given(customers)
def test_waits_by_name_are_those_of_lindley(given_customers):
    gaps, services = (list(column) for column in zip(*given_customers, strict=True))
    trace = {("talk", f"m{number}", "*"): service for number, service in enumerate(services)}
    assert waits_by_lindley(gaps, services) == waits_in_the_exchange(gaps, services, trace)


def test_a_list_gives_each_call_the_next_service_time():
    gaps, services = [10, 5, 100, 20, 20, 500], [60, 50, 30, 90, 45, 7]
    trace = [{"purpose": "talk", "of": "*", "seconds": services, "then": "error"}]
    assert waits_by_lindley(gaps, services) == [0, 55, 5, 15, 85, 0]
    assert waits_in_the_exchange(gaps, services, trace) == [0, 55, 5, 15, 85, 0]


def test_a_supplied_loss_is_lost_and_the_next_attempt_is_not():
    post = Post({"loss": 0.5, "attempts": 9, "retry_after": 60})
    world = World(post.world.exercise, Parameters(), luck_for(0, read_trace({("lost", "*"): [True, True, False]})))
    exchange = Exchange(world, instant=False)
    exchange.connect("duty", Desk(world))
    exchange.send(Message("m", "police", "duty", "report"), None)
    run(world, DAY)
    kinds = [event.kind.partition(".")[2] for event in world.log.events if event.subject == "m"]
    assert kinds[:6] == ["composed", "sent", "lost", "sent", "lost", "sent"]
    assert kinds.count("lost") == 2
