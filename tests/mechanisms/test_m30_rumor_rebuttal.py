"""M30: find, check, rebut; a rebuttal that was not checked and proves wrong costs trust and feeds the rumor."""

from statistics import fmean

from tests.mechanisms.public_information import at_end, changed, events, grows, paired, variant


def believed(record):
    return fmean(row["rumor_ppm"] for row in record.series)


def rebuttal(*says):
    """Return the leak with an answer to the rumor at once, by a desk that the plant has told what it thinks."""

    def change(data):
        for inject in data["injects"]:
            if inject["id"] == "i03-enterprise":
                inject["to"] = ["propaganda", "duty"]
        for point in data["pause_points"]:
            if point["id"] == "answer-rumor":
                order = {"do": "publish", "release": "answer", "says": list(says), "tone": "rebut", "path": "direct"}
                point["options"][0]["orders"] = [order]

    return changed(variant("chlorine-leak", 360), change)


QUIET = {"overrides": {"outlets.discipline": 1}}
CHECKED, WRONG = "incident/exists", "leak/size"


@paired
def test_a_rebuttal_that_proves_wrong_costs_trust(seeds):
    grows(at_end, (rebuttal(WRONG), QUIET), (rebuttal(CHECKED), QUIET), seeds)
    wrong = lambda record: len(events(record, "release.proved_wrong"))  # noqa: E731 - a figure, as above
    grows(wrong, (rebuttal(CHECKED), QUIET), (rebuttal(WRONG), QUIET), seeds)


@paired
def test_a_checked_answer_ends_a_rumor_sooner_than_none(seeds):
    exercise = variant("rumor-panic", 600)
    answered, silent = ({"decisions": {"first-statement": one}} for one in ("checked-short", "conference"))
    grows(believed, (exercise, answered), (exercise, silent), seeds)
