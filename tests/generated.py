"""Generated input: the same in every run; with EXAMPLES=20 in the environment twenty times as much, and always new."""

import os

from hypothesis import HealthCheck, settings

_times = int(os.environ.get("EXAMPLES", "1"))


def examples(number: int) -> settings:
    """Return hypothesis' settings for about `number` examples."""
    return settings(
        max_examples=number * _times,
        derandomize=_times == 1,
        database=None,
        deadline=None,
        # Each example of a test with a database takes its time: that says nothing of the strategy.
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    )
