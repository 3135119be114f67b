"""Settings shared by all tests: properties are never timed; `--hypothesis-profile=nightly` looks harder."""

import gc

from hypothesis import settings

settings.register_profile("untimed", deadline=None, max_examples=40)
settings.register_profile("nightly", deadline=None, max_examples=20_000)
settings.load_profile("untimed")


def pytest_collection_finish() -> None:
    """Let the garbage collector leave alone what lives until the end: modules and tests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
