"""M05: impact assessment before an evacuation; without it some are forgotten and others leave unasked."""

from sim.play.session import Session
from tests.mechanisms.paired import SEEDS, falls
from tests.play.made import changed, short

EVACUATE = {"villages": "evacuate-liuwan"}


def unassessed():
    """An exercise whose plan does not assess what an evacuation would mean."""

    def drop(data):
        data["tasks"] = [task for task in data["tasks"] if task["id"] != "assess-impact"]

    return changed(short(60), drop, "plan")


def evacuation(exercise, seed, first):
    events = Session(exercise, seed=seed, decisions=EVACUATE, overrides={"impact.first": first}).finish().events
    ordered = {event.subject: event.at_s for event in events if event.kind == "protect.ordered"}
    heard = [
        event.data["comply_pct"] for event in events if event.kind == "protect.heard" and event.subject == "liuwan"
    ]
    unasked = sum(
        event.data["people"]
        for event in events
        if event.kind == "people.moved" and event.data["into"] == "away" and event.subject not in ordered
    )
    return ordered["liuwan"], heard[0], unasked


@SEEDS
def test_an_assessment_takes_time_and_spares_people(seeds):
    exercise = unassessed()
    blind = [evacuation(exercise, seed, "off") for seed in range(seeds)]
    looked = [evacuation(exercise, seed, "on") for seed in range(seeds)]
    falls([after for after, *_ in looked], [before for before, *_ in blind])
    falls([heard for _, heard, _ in looked], [heard for _, heard, _ in blind])
    falls([unasked for *_, unasked in blind], [unasked for *_, unasked in looked])
