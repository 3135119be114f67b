"""M93 (the public's part): the strain of not knowing grows with silence and falls once somebody speaks."""

from tests.mechanisms.public_information import fear, grows, paired, variant


@paired
def test_silence_strains_people(seeds):
    exercise = variant("chlorine-leak", 240)
    spoken, silent = ({"decisions": {"first-statement": one}} for one in ("short-now", "stay-silent"))
    grows(fear, (exercise, spoken), (exercise, silent), seeds)
