"""Players who try to look good: each follows one simple habit instead of thinking. None should beat trained people.

Each takes all seats. Between questions a habit may give orders of its own, every so often. What is left to the desks'
routine is played by ``base``: ``none`` where the habit is all that they do, ``trained`` where it comes on top.
"""

from contextlib import suppress

from sim.errors import AnswerRefused
from sim.play.seats import Seat, seat_ids
from sim.play.session import Session

EVERY_S = 15 * 60
TIMES = range(600, 600 + 8 * EVERY_S, EVERY_S)
"""When the habits act: from when the first call has come in, for two hours."""


def first_option(_, asked):
    return next(iter(asked.options))


def least_option(point, _):
    return min(point.options, key=lambda option: len(option.orders)).id


def most_option(point, _):
    return max(point.options, key=lambda option: len(option.orders)).id


def evacuating_option(point, _):
    def leave(option):
        return sum(order.do == "protect" and order.by == "evacuate" for order in option.orders)

    return max(point.options, key=lambda option: (leave(option), len(option.orders))).id


def nothing(session, at_s):
    pass


def every_order(session, at_s):
    """Every seat gives every order of its tasks of the plan at once, whatever it knows."""
    if at_s == TIMES[0]:
        for task in session.exercise.plan_tasks:
            for order in task.orders:
                try_order(session, task.owner, order)


def evacuate_all(session, at_s):
    """Every place is to leave, at once."""
    if at_s == TIMES[0]:
        for place, people in session.exercise.present.items():
            if people:
                for seat in session.exercise.rules.mandates.protect[:1]:
                    try_order(session, seat, {"do": "protect", "place": place, "by": "evacuate"})


def tell_all(session, _):
    """Every seat tells every other seat, and the city, all that it holds, over and over."""
    seats = seat_ids(session.exercise)
    for seat in seats:
        facts = sorted(session.picture_of(seat))
        others = [other for other in (*seats, session.exercise.county.superior) if other != seat]
        if facts:
            try_order(session, seat, {"do": "tell", "to": others, "facts": facts, "kind": "report"})


def try_order(session, seat, order):
    with suppress(AnswerRefused):  # what a seat may not do, it cannot do
        Seat(session, seat).order(order, charged_s=1)


GAMERS = {
    "silent": ("none", lambda *_: None, nothing),
    "acknowledges everything and does nothing": ("none", least_option, nothing),
    "always the first option": ("none", first_option, nothing),
    "every order at once": ("none", most_option, every_order),
    "always evacuate everyone": ("none", evacuating_option, evacuate_all),
    "reports everything to everybody": ("none", least_option, tell_all),
    "always the first option, with a trained staff": ("trained", first_option, nothing),
    "always the least, with a trained staff": ("trained", least_option, nothing),
    "evacuates everyone, with a trained staff": ("trained", evacuating_option, evacuate_all),
}
"""Base policy, answer to a question, and habit, by name."""


def played(exercise, seed, name):
    """Return the record of a run in which one habit plays every seat."""
    base, choose, habit = GAMERS[name]
    session = Session(exercise, seed=seed, policy=base, seats=seat_ids(exercise))
    points = {point.id: point for point in exercise.scenario.pause_points}
    for stop_s in (*TIMES, None):
        while waiting := session.advance(stop_s):
            chosen = {asked.key: choose(points[asked.key.partition("#")[0]], asked) for asked in waiting}
            session.decide(chosen, charged_s=60)
        if stop_s is not None and not session.finished:
            habit(session, stop_s)
    return session.finish()
