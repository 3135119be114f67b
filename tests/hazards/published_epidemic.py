"""Exact distribution of how many a small outbreak infects, to hold the chain-binomial steps of the model against."""


def final_sizes(persons, pair_rate, removal_rate):
    """Return the probabilities that a Markov SIR outbreak from one case infects 1, 2, ... ``persons`` persons.

    Counts infections and removals; each state is reached from those before it (Black and Ross, Computation of epidemic
    final size distributions, 2015). Exact if the rates are fractions.

    Args:
        persons: All persons, with the first case.
        pair_rate: Rate at which one infectious person infects one given susceptible person.
        removal_rate: Rate of removal, in the same unit.
    """
    chances = [removal_rate - removal_rate] * (persons + 1)
    chances[1] = removal_rate / removal_rate
    for removed in range(persons):
        for infected in range(removed + 1, persons):
            # How many are ill is a factor of both rates, so it cancels.
            catching = pair_rate * (persons - infected)
            chances[infected + 1] += chances[infected] * (catching / (catching + removal_rate))
            chances[infected] *= removal_rate / (catching + removal_rate)
    return chances[1:]
