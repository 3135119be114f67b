"""Settings shared by all tests: properties are never timed; `--hypothesis-profile=nightly` looks harder."""

from hypothesis import settings

settings.register_profile("untimed", deadline=None, max_examples=40)
settings.register_profile("nightly", deadline=None, max_examples=20_000)
settings.load_profile("untimed")
