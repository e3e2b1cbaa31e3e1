"""The only place that reads a clock. Everything else takes an instant, or asks for the one this request shows.

Instants are aware `datetime`s in UTC; zones are IANA names or `zoneinfo.ZoneInfo`; days are `date`s of the home zone.
"""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from embassy import version
from embassy.models import Clock

# One day inside what `datetime` can hold: no zone is further than that from UTC.
EARLIEST = datetime(1, 1, 2, tzinfo=UTC)
LATEST = datetime(9999, 12, 30, tzinfo=UTC)

_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}([.,][0-9]{1,6})?)?(Z|[+-][0-9]{2}(:?[0-9]{2})?)",
)


@dataclass
class _Shown:
    instant: datetime
    memory: dict[str, Any] = field(default_factory=dict)
    raised: int = 0
    began: float | None = None


T = TypeVar("T")
_shown: ContextVar[_Shown | None] = ContextVar("shown", default=None)


@contextmanager
def at(instant: datetime, *, is_current: bool = False) -> Iterator[None]:
    """Make `instant` (aware) the one that everything inside shows; `is_current` where it is that of the machine."""
    began = time.monotonic() if is_current else None
    token = _shown.set(_Shown(instant.astimezone(UTC), began=began))
    try:
        yield
    finally:
        _shown.reset(token)


def is_fixed() -> bool:
    """Tell whether an instant was chosen by `at`."""
    return _shown.get() is not None


def now() -> datetime:
    """Return the instant that this request shows; outside of one, what the machine's clock says. Aware, UTC."""
    shown = _shown.get()
    return shown.instant if shown else datetime.now(UTC)


def waited() -> float:
    """Return for how many seconds this request has shown its instant: meanwhile others may have come before it."""
    shown = _shown.get()
    return time.monotonic() - shown.began if shown and shown.began is not None else 0.0


def machine() -> datetime:
    """Return what the machine's clock says, whatever instant is shown: for limits of real time, not for pages."""
    return datetime.now(UTC)


def remember(name: str, ask: Callable[[], T]) -> T:
    """Return what `ask` returns, asked once for all that shows the same instant: what every row of a list needs.

    A write of public content by this process makes it ask again.
    """
    shown = _shown.get()
    if shown is None:
        return ask()
    if shown.raised != version.raised:
        shown.memory.clear()
        shown.raised = version.raised
    if name not in shown.memory:
        shown.memory[name] = ask()
    found: T = shown.memory[name]
    return found


def clocks() -> list[Clock]:
    """Return the clocks of the header in their order; the first is home."""
    return remember("clocks", lambda: list(Clock.objects.in_order()))


def home_zone() -> ZoneInfo:
    """Return the zone of the first clock, or the setting TIME_ZONE while there is none."""
    first = next(iter(clocks()), None)
    return ZoneInfo(first.zone if first else settings.TIME_ZONE)


def local(instant: datetime, zone: str | ZoneInfo) -> datetime:
    """Return the same instant as the wall clock of `zone` shows it."""
    return instant.astimezone(ZoneInfo(zone) if isinstance(zone, str) else zone)


def today() -> date:
    """Return the date that the home calendar shows now: the header's date and the day on which counters turn."""
    return local(now(), home_zone()).date()


def clock_face(instant: datetime, zone: str | ZoneInfo) -> str:
    """Return what the clock of `zone` shows: `HH:MM`."""
    # Not Django's |date filter: it would turn the instant into the current zone first.
    return f"{local(instant, zone):%H:%M}"


def day_in_words(day: date) -> str:
    """Return the day as the header prints it, in the active language: `26 October 2021`."""
    return date_format(day, "j E Y")


def in_utc(instant: datetime) -> str:
    """Return the minute of an aware instant as logs and files write it: `2021-10-25 21:41 UTC`."""
    return f"{instant.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def parse(text: str) -> datetime:
    """Read an instant in ISO 8601 with an offset or `Z`; raises ValueError with a sentence for anything else."""
    sentence = _("“%(text)s” is no instant: write it like 2021-10-25T21:41Z or 2021-10-26T00:41+03:00.")
    expected = sentence % {"text": text}
    if not _INSTANT.fullmatch(text):
        raise ValueError(expected)
    try:
        instant = datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise ValueError(expected) from error
    if not is_reachable(instant):
        raise ValueError(expected)
    return instant


def written(instant: datetime) -> str:
    """Return the minute of an aware instant as `parse` reads it and addresses hold it: `2021-10-25T09:00Z`."""
    return instant.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="minutes") + "Z"


class SkippedTime(ValueError):  # noqa: N818  the newsroom's word
    """A clock never shows the time that was typed; the text says so and names the nearest that it does show."""


class RepeatedTime(ValueError):  # noqa: N818  likewise
    """A clock shows the time that was typed twice, at `instants`: the earlier first. Only people can tell which."""

    def __init__(self, sentence: str, instants: tuple[datetime, datetime]) -> None:
        super().__init__(sentence)
        self.instants = instants


def from_wall(wall: datetime, zone: str | ZoneInfo, *, fold: int | None = None) -> datetime:
    """Return the instant at which the clock of `zone` shows the naive `wall` time. Aware, UTC.

    Raises SkippedTime or RepeatedTime, with a sentence, for a time that the zone skips or shows twice (its clocks
    change): no guess. Of a time that comes twice `fold` chooses: 0 the earlier, 1 the later.
    """
    zone = ZoneInfo(zone) if isinstance(zone, str) else zone
    # In a gap the one with fold=1 is the earlier instant; of a time that comes twice, the one with fold=0.
    first, second = (wall.replace(tzinfo=zone, fold=number).astimezone(UTC) for number in (0, 1))
    names = {"time": f"{wall:%H:%M}", "day": day_in_words(wall.date()), "zone": zone.key}
    if all(local(instant, zone).replace(tzinfo=None) != wall for instant in (first, second)):
        before, after = (_shown_near(near, wall) for near in _around_gap(second, first, zone))
        sentence = _(
            "There is no %(time)s on %(day)s in %(zone)s: the clocks go forward. "
            "The nearest times that there are: %(before)s and %(after)s."
        )
        raise SkippedTime(sentence % (names | {"before": before, "after": after}))
    if first == second:
        return first
    if fold is not None:
        return second if fold else first
    sentence = _("%(time)s comes twice on %(day)s in %(zone)s: the clocks go back. Choose which of the two you mean.")
    raise RepeatedTime(sentence % names, (first, second))


def _around_gap(start: datetime, end: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return the last whole minute that the clock shows before the gap between two instants, and the first after."""
    offset, low, high = local(start, zone).utcoffset(), 0, int((end - start).total_seconds())
    while high - low > 1:  # the clock jumps once, in the second that this finds
        middle = (low + high) // 2
        low, high = (middle, high) if _wall(start, middle, zone).utcoffset() == offset else (low, middle)
    before, after = (_wall(start, seconds, zone).replace(tzinfo=None) for seconds in (low, high))
    return before.replace(second=0), (after + timedelta(seconds=59)).replace(second=0)


def _wall(start: datetime, seconds: int, zone: ZoneInfo) -> datetime:
    return local(start + timedelta(seconds=seconds), zone)


def _shown_near(near: datetime, wall: datetime) -> str:
    return f"{near:%H:%M}" if near.date() == wall.date() else f"{day_in_words(near.date())} {near:%H:%M}"


def is_reachable(instant: datetime) -> bool:
    """Tell whether every clock can show the instant: within a day of what a date can hold, some cannot."""
    return EARLIEST <= instant <= LATEST


def is_whole_minute(instant: datetime) -> bool:
    """Tell whether the instant lies on a minute: what staff may choose, so that a page is right for a minute."""
    return instant.second == 0 and instant.microsecond == 0


def seconds_to_next_minute(instant: datetime) -> int:
    """Return 1 to 60: how long a page made at `instant` stays right unless staff save something."""
    return 60 - instant.second
