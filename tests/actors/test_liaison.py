"""Liaison officers: the way by road, the officer who is missed, the words face to face, and when none can be sent."""

import pytest

from sim.actors.desks.liaison import join_post, send_liaison
from sim.play.session import Session
from sim.spec.orders import SetUpPost
from tests.actors.test_consulting import AT_S, Meeting
from tests.engine.worlds import of_kind

PAIRS = [("health", "command"), ("command", "health")]


class Sending(Meeting):
    """The quiet county, in which somebody sends a liaison officer."""

    def __init__(self, sender="health", to="command", sends=True, **rest):
        self.sender, self.to, self.sends = sender, to, sends
        super().__init__(**rest)

    def call(self):
        if self.sends:
            self.send("test")

    def send(self, name):
        organization = self.scene.organizations[self.sender]
        self.world.clock.start(send_liaison(organization, self.to, name, 0))

    def way_s(self):
        start, end = (self.scene.organizations[one].desk.at for one in (self.sender, self.to))
        return self.scene.county.roads.seconds(start, end, siren=False)

    def refusals(self):
        return [event.data["reason"] for event in of_kind(self.world, "liaison.refused")]


def lives(sending, sender, to, at_s):
    """Send a message at a time and return after how long it is read, and by which channel it came."""
    sending.world.clock.at(at_s - sending.world.clock.now, lambda: organization.send(to, "notice", f"{at_s}", 0))
    organization = sending.scene.organizations[sender]
    sending.until(at_s + 3000)
    ident = f"{at_s}>{to}"
    life = {event.kind: event for event in sending.world.log.events if event.subject == ident}
    return life["message.read"].at_s - at_s, life["message.delivered"].data["channel"]


def test_he_goes_by_road_and_the_desk_has_one_officer_less_at_once():
    sending = Sending().until(AT_S - 1)
    assert 2 == sending.officers["health"].capacity
    sending.until(AT_S)
    assert 1 == sending.officers["health"].capacity
    sending.until()
    assert sending.way_s() > 0
    assert [AT_S + sending.way_s()] == [event.at_s for event in of_kind(sending.world, "liaison.arrived")]
    assert 1 == sending.officers["health"].capacity


def test_from_then_on_and_not_before_the_two_speak_face_to_face_both_ways():
    sending = Sending()
    assert "phone" == lives(sending, "health", "command", AT_S - 500)[1]
    arrived = AT_S + sending.way_s()
    for at_s, (sender, to) in ((arrived + 4000, ("health", "command")), (arrived + 8000, ("command", "health"))):
        assert "in_person" == lives(sending, sender, to, at_s)[1]
    assert "phone" == lives(sending, "health", "police", arrived + 12_000)[1]


def test_a_liaison_shortens_the_life_of_the_messages_of_the_pair():
    lengths = []
    for sends in (True, False):
        sending = Sending(sends=sends, talk_s=60)  # as the duty phone takes
        lengths.append(sum(lives(sending, *pair, AT_S + 4000 * n)[0] for n, pair in enumerate(PAIRS, 1)))
    assert lengths[0] < lengths[1]


def test_nobody_gives_his_last_officer_away():
    sending = Sending(sender="transport").until()
    assert (["last_officer"], 1) == (sending.refusals(), sending.officers["transport"].capacity)
    assert [] == of_kind(sending.world, "liaison.left")
    assert {} == sending.scene.exchange.links


def test_no_second_one_goes_where_one_is_and_none_where_no_road_leads():
    sending = Sending(sender="police").until()
    sending.send("again")
    sending.until(AT_S + 7200)
    assert ["there_already"] == sending.refusals()
    assert ["no_road"] == Sending(to="city").until().refusals()


def test_the_desk_stays_short_of_him_when_parameters_are_tuned():
    sending = Sending().until()
    sending.scene.exchange.tune()
    assert 1 == sending.officers["health"].capacity


def test_those_who_join_the_post_go_there_when_they_learn_that_it_stands():
    sending = Sending(policy="plan", sends=False)
    scene = sending.scene
    command = scene.organizations["command"]
    scene.posts["command"] = "west-assembly"
    command.see("post/stands", True, 0)
    join_post(command, SetUpPost(do="set_up_post", at="west-assembly", joins=("police", "command")), "post", 0)
    sending.until(3000)
    (left,) = of_kind(sending.world, "liaison.left")
    learned = next(
        e for e in of_kind(sending.world, "fact.learned") if (e.actor, e.subject) == ("police", "post/stands")
    )
    assert ("police", learned.seq, "west-assembly") == (left.actor, left.cause, left.data["at"])
    way_s = scene.county.roads.seconds("county-town", "west-assembly", siren=False)
    (arrived,) = of_kind(sending.world, "liaison.arrived")
    assert way_s == arrived.at_s - left.at_s
    assert "in_person" == scene.exchange.links["police", "command"] == scene.exchange.links["command", "police"]


@pytest.mark.parametrize("joins", [(), ("police",)])
def test_nobody_who_is_not_named_joins(joins):
    sending = Sending(policy="plan", sends=False)
    command = sending.scene.organizations["command"]
    sending.scene.posts["command"] = "west-assembly"
    command.see("post/stands", True, 0)
    join_post(command, SetUpPost(do="set_up_post", at="west-assembly", joins=joins), "post", 0)
    sending.until(3000)
    assert list(joins) == [event.actor for event in of_kind(sending.world, "liaison.left")]


def test_the_plan_has_three_desks_join_and_their_officers_are_there():
    session = Session("chlorine-leak", seed=1, audit=True)
    session.advance(until_s=3 * 3600)
    stands = next(e.at_s for e in session.events if e.kind == "post.set_up")
    arrived = [event for event in session.events if event.kind == "liaison.arrived"]
    assert {"police", "emergency", "health"} == {event.actor for event in arrived}
    assert all(event.at_s > stands for event in arrived)
    spoken = [event for event in session.events if event.data.get("channel") == "in_person"]
    assert spoken
    assert min(event.at_s for event in spoken) >= min(event.at_s for event in arrived)
