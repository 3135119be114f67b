"""M27: whom a statement reaches depends on its media, on age, and on power and network."""

from statistics import fmean

from tests.mechanisms.public_information import events, grows, paired, said, variant


def reached(record):
    return min((event.data["people"] for event in events(record, "release.reached")), default=0)


def believed(record):
    return fmean(row["rumor_ppm"] for row in record.series)


def old_missed(record):
    return min((event.data["old_missed"] for event in events(record, "release.reached")), default=0)


FEW, MANY = ("website",), ("wechat", "tv", "sms", "rural-loudspeakers")


@paired
def test_more_media_reach_more_people_and_end_a_rumor_sooner(seeds):
    few, many = (variant("rumor-panic", 600, said(media=media)) for media in (FEW, MANY))
    grows(reached, (few, {}), (many, {}), seeds)
    grows(believed, (many, {}), (few, {}), seeds)


@paired
def test_loudspeakers_reach_the_old_whom_a_chat_account_misses(seeds):
    chat, loud = (variant("rumor-panic", 420, said(media=media)) for media in (("wechat",), ("rural-loudspeakers",)))
    grows(old_missed, (loud, {}), (chat, {}), seeds)


@paired
def test_without_power_and_network_a_statement_reaches_fewer(seeds):
    exercise = variant("three-outages", 300)
    kept = {"overrides": {"lifelines.battery_factor": 20, "lifelines.repair_factor": 0}}
    grows(reached, (exercise, {}), (exercise, kept), seeds)
