"""M31: trust and fear of the public drive compliance, calls, leaving home and hoarding."""

from statistics import fmean

from tests.mechanisms.public_information import events, grows, paired, variant


def complying(record):
    found = [event.data["comply_pct"] for event in events(record, "protect.heard")]
    return fmean(found) if found else 0


def calls(record):
    return record.events[-1].data["calls"]


def away(record):
    return record.events[-1].data["rumor_left_person_s"]


def hoarding(record):
    return max(row["hoarders"] for row in record.series)


@paired
def test_who_trusts_complies(seeds):
    exercise = variant("crowd-crush", 300)
    little, full = ({"overrides": {"public.trust": trust}} for trust in (0.5, 1))
    grows(complying, (exercise, little), (exercise, full), seeds)


@paired
def test_fear_drives_calls_and_leaving_home(seeds):
    """Until statements come: more calls also let the county answer sooner, which then spares calls and flight."""
    exercise = variant("rumor-panic", 300)
    none, much = ({"overrides": {"public.anxiety_effect": effect}} for effect in (0, 2))
    for figure in (calls, away):
        grows(figure, (exercise, none), (exercise, much), seeds)


@paired
def test_fear_drives_hoarding_while_shops_are_open(seeds):
    exercise = variant("rumor-panic", 420, starts_at="2026-02-10T10:00")
    none, some = ({"overrides": {"public.hoarding": share}} for share in (0, 0.3))
    grows(hoarding, (exercise, none), (exercise, some), seeds)
