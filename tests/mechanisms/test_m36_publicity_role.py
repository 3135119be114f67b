"""M36: without the publicity department nobody tells the public, and a rumor goes on."""

from statistics import fmean

from tests.mechanisms.public_information import fear, grows, paired, variant


@paired
def test_without_the_publicity_department_a_rumor_and_fear_last(seeds):
    exercise = variant("rumor-panic", 600)
    nobody = {"players": {"propaganda": "none"}}
    grows(lambda record: fmean(row["rumor_ppm"] for row in record.series), (exercise, {}), (exercise, nobody), seeds)
    grows(fear, (exercise, {}), (exercise, nobody), seeds)
