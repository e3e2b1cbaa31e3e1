"""Day arithmetic: the number of days that have passed, as calendar dates count them.

Pure: takes dates, reads no clock. The rule was measured on the system that this one succeeds (docs/time.md).
"""

from datetime import date


def days(since: date, today: date, ended_on: date | None = None) -> int:
    """Return how many days have passed since `since` on the home date `today`; the start day is 0.

    The count stops at `ended_on`. Before `since` nothing has passed: the answer is 0.
    """
    last = min(today, ended_on) if ended_on else today
    return max((last - since).days, 0)


def has_ended(today: date, ended_on: date | None) -> bool:
    """Tell whether the count stands still on the home date `today`."""
    return ended_on is not None and ended_on <= today
