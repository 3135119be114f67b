"""What the tests of the command line share."""

import pytest


@pytest.fixture(scope="module", autouse=True)
def options_as_listed():
    """Let the numbers that tests type stand for the options as a scenario lists them, whatever the luck."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sim.engine.pending.order_shown", lambda point, _: tuple(option.id for option in point.options))
        yield
