"""Radio: a talk group shares one net, on which one talks at a time and all listen."""

from sim.play.session import Session
from tests.comms.posts import Post
from tests.engine.worlds import changed, fixed, of_kind, record_of, whole_exercise


def net(**parameters):
    post = Post({"holds": "net", "talk": fixed(30)}, **parameters)
    heard = []
    post.exchange.on_overheard = lambda listener, message, _: heard.append((listener, message.id, post.world.clock.now))
    return post, heard


def test_desks_of_one_talk_group_share_a_net_and_hear_each_other():
    post, heard = net(desk={"group": "rescue"})
    post.send(to="health", sender="police").send(to="emergency", sender="police").run()
    assert [30, 60] == sorted(post.times("delivered").values())
    others = [one.id for one in whole_exercise().county.organizations]
    first = [listener for listener, ident, at_s in heard if (ident, at_s) == ("m0>health", 30)]
    assert [one for one in others if one != "health"] == first


def test_nets_of_their_own_do_not_wait_for_each_other_and_nobody_else_hears():
    post, heard = net(desk={"group": None})
    post.send(to="health", sender="police").send(to="emergency", sender="police").run()
    assert [30, 30] == list(post.times("delivered").values())
    assert [] == heard


def test_a_desk_learns_what_it_overhears():
    county = whole_exercise().county
    groups = {"emergency": "rescue", "health": "rescue"}
    shared = tuple(one.model_copy(update={"group": groups.get(one.id)}) for one in county.organizations)
    record = Session(changed(county={"organizations": shared}), seed=3, audit=True).finish()
    learned = [event for event in of_kind(record, "fact.learned") if event.data["how"] == "radio"]
    assert {"emergency", "health"} >= {event.actor for event in learned} != set()
    assert {"message.read"} == {record.events[event.cause].kind for event in learned}
    assert [] == [event for event in of_kind(record_of("plan"), "fact.learned") if event.data["how"] == "radio"]
