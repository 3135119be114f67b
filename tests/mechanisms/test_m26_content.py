"""M26: what a statement holds: advice raises compliance; a hotline and a promised time spare the duty office calls."""

from statistics import fmean

from tests.mechanisms.public_information import events, fear, grows, paired, said, variant


def complying(record):
    found = [event.data["comply_pct"] for event in events(record, "protect.heard")]
    return fmean(found) if found else 0


def calls(record):
    return record.events[-1].data["calls"]


@paired
def test_people_who_read_what_to_do_comply_more(seeds):
    silent, told = (
        variant("crowd-crush", 300, said(path="direct", contains=contains)) for contains in (("measures",), ("advice",))
    )
    soon = {"overrides": {"release.element_time": 0, "outlets.discipline": 1}}
    grows(complying, (silent, soon), (told, soon), seeds)


@paired
def test_a_hotline_and_a_promised_time_spare_the_duty_office_calls(seeds):
    bare = variant("rumor-panic", 420, said(contains=()))
    full = variant("rumor-panic", 420, said(contains=("hotline",), next_update_min=60))
    grows(calls, (full, {}), (bare, {}), seeds)


@paired
def test_who_reads_what_is_being_done_fears_less(seeds):
    bare, full = (variant("rumor-panic", 600, said(contains=contains)) for contains in ((), ("measures",)))
    grows(fear, (full, {}), (bare, {}), seeds)
