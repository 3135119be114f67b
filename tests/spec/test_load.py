"""Loading: the same files give one exercise, other files another."""

from sim.spec.load import Source, build, load


def test_the_same_files_are_joined_once_and_a_changed_one_makes_another_exercise():
    exercise = load("chlorine-leak")
    assert exercise is load("chlorine-leak")
    first, *others = exercise.sources
    changed = Source(first.kind, first.name, first.text + "\n# changed\n")
    other = build((changed, *others))
    assert other is not exercise
    assert other.scenario == exercise.scenario
    assert other.digests != exercise.digests
