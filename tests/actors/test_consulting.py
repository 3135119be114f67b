"""Joint consultation: who attends, how long it takes and what it costs; afterwards those who were there agree."""

from dataclasses import replace

from sim.actors.cast import build_scene
from sim.actors.command.consulting import GATHER_S, WAIT_S, Consultation
from sim.actors.policies import POLICIES
from sim.assess.consultations import consultations
from sim.comms.message import Stated
from sim.play.session import Session
from sim.record.view import view
from sim.spec.hazards import SiteCasualties
from sim.spec.load import load
from tests.engine.worlds import changed, fixed, of_kind, run, whole_exercise, world_of

AT_S, LENGTH_S, SET_UP_S, TALK_S = 1000, 900, 120, 20


class Meeting:
    """A county in which nothing happens and a message takes 20 s, until the command post calls a consultation."""

    def __init__(self, to=("police", "health"), channel="video", policy="none", talk_s=TALK_S, **overrides):
        county = whole_exercise().county
        quick = {"set_up": fixed(0), "talk": fixed(talk_s), "loss": 0.0, "garbled": 0.0, "answered": False, "needs": ()}
        channels = tuple(
            one.model_copy(update={**quick, "per_fact": fixed(0), "attended": False, "holds": "nothing"})
            if one.id in ("phone", "radio")
            else one.model_copy(update={"set_up": fixed(SET_UP_S), "needs": ()})
            if one.id == "video"
            else one
            for one in county.channels
        )
        quiet = {"injects": (), "truths": (), "outages": (), "pause_points": ()}
        leak = {"rate_g_s": 0.001, "hurt_at_once": SiteCasualties(), "turns": (), "attempt": None, "escalation": None}
        organizations = tuple(
            one.model_copy(update={"officers": 1 if one.id == "transport" else 2}) for one in county.organizations
        )
        exercise = changed(county={"channels": channels, "organizations": organizations}, hazard=leak, **quiet)
        tasks = tuple(task.model_copy(update={"when": ()}) for task in exercise.plan.tasks[:1])
        exercise = replace(exercise, plan=exercise.plan.model_copy(update={"tasks": tasks}))
        self.world = world_of(exercise, consultation__length=LENGTH_S / 60, **overrides)
        self.scene = build_scene(self.world, POLICIES[policy])
        self.officers = self.scene.exchange.desks.officers
        self.order = (to, channel)
        self.world.clock.at(AT_S, self.call)

    def call(self):
        convener = self.scene.organizations["command"]
        self.world.clock.start(Consultation(convener, "test", *self.order).run(0))

    def knows(self, who, fact, value, as_of_s=500, source=None, verified=False):
        self.scene.organizations[who].learn(Stated(fact, value, as_of_s, source or who, verified), 0, "own")
        return self

    def keep_busy(self, who, until_s):
        for _ in range(self.officers[who].capacity):
            taken = self.officers[who].take()
            self.officers[who].claim(taken, 0)
            self.world.clock.at(until_s, lambda taken=taken: self.officers[who].give_back(taken, 0))
        return self

    def until(self, at_s=AT_S + 3600):
        run(self.world, at_s)
        return self

    @property
    def outcome(self):
        return consultations(self.world.log.events)[0]

    def values(self, fact, *who):
        return [self.scene.organizations[one].picture.value(fact) for one in who]


def test_it_takes_the_invitations_or_the_set_up_and_then_its_length():
    outcome = Meeting().until().outcome
    assert (AT_S, AT_S + SET_UP_S + LENGTH_S) == (outcome.opened_s, outcome.held_s)
    assert ("command", "police", "health") == outcome.present
    assert (1.0, ()) == (outcome.attendance, outcome.missing)


def test_those_who_attend_learn_what_the_others_hold_and_keep_its_source():
    meeting = Meeting().knows("police", "leak/size", "large").knows("health", "site/hurt", 4)
    meeting.knows("transport", "incident/over", True).until()
    assert ["large"] * 3 == meeting.values("leak/size", "command", "police", "health")
    assert [None, None] == meeting.values("leak/size", "transport", "duty")
    assert [None] == meeting.values("incident/over", "command")
    held = meeting.scene.organizations["command"].picture.held["leak/size"]
    assert ("police", 500) == (held.source, held.as_of_s)
    new = {one: {"leak/size", "site/hurt"} & set(facts) for one, facts in meeting.outcome.learned.items()}
    assert {"command": {"leak/size", "site/hurt"}, "police": {"site/hurt"}, "health": {"leak/size"}} == new
    learned = [event for event in of_kind(meeting.world, "fact.learned") if event.data["how"] == "consultation"]
    (ended,) = of_kind(meeting.world, "consultation.held")
    assert {ended.seq} == {event.cause for event in learned}
    assert all(event.also for event in learned)


def test_the_newest_wins_and_what_disagrees_stays_in_conflict_unless_it_is_verified():
    meeting = Meeting().knows("police", "leak/size", "small", 400).knows("health", "leak/size", "large", 600).until()
    assert ["large"] * 3 == meeting.values("leak/size", "command", "police", "health")
    conflicts = [meeting.scene.organizations[one].picture.conflicts["leak/size"] for one in ("command", "police")]
    assert ["small", "small"] == [one.value for (one,) in conflicts]
    sure = Meeting().knows("police", "leak/size", "small", 400)
    sure.knows("health", "leak/size", "large", 600, verified=True).until()
    assert [{}, {}] == [sure.scene.organizations[one].picture.conflicts for one in ("command", "police")]


def test_an_officer_of_each_is_busy_until_the_end_and_free_afterwards():
    meeting = Meeting().until(AT_S + SET_UP_S + 300)
    assert [1, 1, 1, 0] == [meeting.officers[one].busy for one in ("command", "police", "health", "duty")]
    meeting.until(AT_S + SET_UP_S + LENGTH_S)
    assert [0] * 4 == [meeting.officers[one].busy for one in ("command", "police", "health", "duty")]
    assert 0 == meeting.scene.exchange.desks.pools["video"].busy


def test_whoever_finds_no_officer_in_time_is_missing():
    meeting = Meeting().keep_busy("health", AT_S + 7000).until()
    assert (("health",), 0.5) == (meeting.outcome.missing, meeting.outcome.attendance)
    all_read = max(e.at_s for e in of_kind(meeting.world, "message.read") if e.subject.startswith("test/invite"))
    assert all_read + GATHER_S + LENGTH_S == meeting.outcome.held_s


def test_whoever_has_not_read_the_invitation_in_time_is_missing():
    meeting = Meeting(to=("police", "city"))
    meeting.scene.exchange.outages.cut("phone", "test", 0)
    meeting.scene.exchange.outages.cut("radio", "test", 0)
    for channel in ("mobile", "chat", "satellite", "written", "courier"):
        meeting.scene.exchange.outages.cut(channel, "test", 0)
    assert ("police", "city") == meeting.until().outcome.missing
    assert AT_S + WAIT_S == meeting.outcome.held_s


def test_where_the_channel_is_down_they_meet_at_the_command_post():
    meeting = Meeting()
    meeting.scene.exchange.outages.cut("video", "test", 0)
    outcome = meeting.until().outcome
    assert (("command", "police", "health"), ()) == (outcome.present, outcome.missing)
    (opened,) = of_kind(meeting.world, "consultation.opened")
    assert "" == opened.data["channel"]
    assert [meeting.world.log.events[seq].kind for seq in opened.also] == ["channel.cut"]


def test_two_who_invite_each_other_come_to_an_end():
    meeting = Meeting(to=("transport",), channel=None)
    other = meeting.scene.organizations["transport"]
    meeting.keep_busy("command", AT_S + 5)
    start = meeting.world.clock.start
    meeting.world.clock.at(AT_S, lambda: start(Consultation(other, "other", ("command",), None).run(0)))
    meeting.until(AT_S + 2 * 3600)
    assert [True, True] == [one.held_s is not None for one in consultations(meeting.world.log.events)]
    assert [0, 0] == [meeting.officers[one].busy for one in ("command", "transport")]


def test_in_person_the_way_is_added_and_the_officer_must_go_back():
    meeting = Meeting(to=("transport",), channel=None).until()
    scene = meeting.scene
    there, desk = scene.command_at(), scene.organizations["transport"].desk
    way_s = scene.county.roads.seconds(desk.at, there, siren=False)
    assert way_s > 0
    ended = AT_S + TALK_S + way_s + LENGTH_S
    assert ended == meeting.outcome.held_s
    again = Meeting(to=("transport",), channel="in_person").until(ended + way_s - 1)
    assert 1 == again.officers["transport"].busy
    assert 0 == again.until(ended + way_s).officers["transport"].busy


def test_where_messages_take_no_time_neither_does_this():
    outcome = Meeting(policy="perfect", to=("police", "health", "duty")).until().outcome
    assert (AT_S, AT_S, ()) == (outcome.opened_s, outcome.held_s, outcome.missing)


def test_the_plan_of_the_command_post_has_one_and_it_raises_agreement():
    exercise = load("chlorine-leak")
    session = Session(exercise, seed=3, audit=True)
    session.advance(until_s=3 * 3600)
    (outcome,) = consultations(session.events)
    assert "command" == outcome.convener
    assert len(outcome.present) > 1
    before, after = (shares_of_agreement(session.events, outcome, at) for at in (outcome.held_s - 1, outcome.held_s))
    assert after > before


def shares_of_agreement(events, outcome, at_s):
    """Return which share of the facts that anybody there holds is held alike by any two of them, in percent."""
    pictures = [{row["fact"]: row["value"] for row in view(events, one, at_s).picture} for one in outcome.present]
    pairs = [(one, other) for n, one in enumerate(pictures) for other in pictures[:n]]
    alike = sum(len(one.items() & other.items()) for one, other in pairs)
    return 100 * alike // sum(len(one.keys() | other.keys()) for one, other in pairs)
