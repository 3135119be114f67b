"""M39: an agreement on file spares the talks with another government, so that its help is there sooner."""

from tests.mechanisms.helping import below_zero, both, first_min, run, shortened


@both
def test_help_from_the_next_county_comes_sooner_with_an_agreement_on_file(seeds):
    exercise = shortened("chlorine-leak", 240)
    differences = []
    for seed in range(seeds):
        with_it, without = (
            first_min(run(exercise, seed, overrides={"aid.agreement": on}), "aid.arrived", "wanghe-medical", 240)
            for on in ("all", "none")
        )
        differences.append(with_it - without)
    assert below_zero(differences)
