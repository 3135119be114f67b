"""M28: a press conference answers what the speaker's body holds; who speaks, and how soon, matters."""

from tests.mechanisms.public_information import changed, events, first_s, grows, paired, variant


def by(speaker):
    def change(data):
        for task in data["tasks"]:
            if task["id"] == "press-conference":
                task["orders"][0]["spokesperson"] = speaker

    return changed(variant("chlorine-leak", 360), change, "plan")


def regained(record):
    """Return by how much trust, in percent, is greater just after the conference than just before."""
    turns = events(record, "mood.turned")
    after = [number for number, event in enumerate(turns) if event.data["why"] == "conference"]
    return sum(turns[number].data["trust_pct"] - turns[number - 1].data["trust_pct"] for number in after)


@paired
def test_the_answers_of_a_leader_bring_more_trust_back(seeds):
    hurt = {"overrides": {"public.trust": 0.5, "public.contradiction_cost": 0}}
    grows(regained, (by("spokesperson"), hurt), (by("leader"), hurt), seeds)


@paired
def test_preparing_it_takes_time(seeds):
    exercise = variant("chlorine-leak", 360)
    short, long = ({"overrides": {"conference.preparation": minutes}} for minutes in (10, 60))
    grows(lambda record: first_s(record, "conference.held"), (exercise, short), (exercise, long), seeds)
