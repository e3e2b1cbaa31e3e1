"""When the press office answers, on every clock: the same instants, each on its own day of the week.

Worked out for the days of one week, because the distance between two cities changes with their clocks.
"""

from datetime import date, datetime, timedelta
from itertools import groupby
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from embassy import moment, zoned
from embassy.labels import label
from embassy.models import PressHours

DAY = timedelta(days=1)
# Inside of these the days of a week, and the day after, are dates on every clock.
FIRST, LAST = date(1, 1, 15), date(9999, 12, 15)


class Span(NamedTuple):
    """Days and times as one clock shows them: “Monday – Friday”, “10:00–18:00”."""

    days: str
    times: str


class OnClock(NamedTuple):
    """What one clock shows of the hours: its city, and one span, or several where they differ from day to day."""

    city: str
    spans: list[Span]


class Hours(NamedTuple):
    """Hours as the press page prints them; `begins` and `ends` are the days for which they were worked out."""

    label: str
    clocks: list[OnClock]
    begins: date
    ends: date


class _Opening(NamedTuple):
    day: date
    opens: str
    closes: str


def at(instant: datetime) -> list[Hours]:
    """Return the press hours on every clock, in the week of the aware `instant`: one query, and one for the clocks."""
    return [on_every_clock(hours, instant) for hours in PressHours.objects.in_order()]


def on_every_clock(hours: PressHours, instant: datetime) -> Hours:
    """Return the hours on every clock of the header; the zone they are kept in comes first."""
    days = days_around(hours, moment.local(instant, hours.zone).date())
    zones = sorted(zoned.zone_choices(), key=lambda choice: choice[0] != hours.zone)
    if hours.zone not in dict(zones):
        zones.insert(0, (hours.zone, hours.zone))
    clocks = [OnClock(city, _spans([_on(hours, day, zone) for day in days])) for zone, city in zones]
    return Hours(str(label(hours.label)), clocks, days[0], days[-1])


def days_around(hours: PressHours, today: date) -> list[date]:
    """Return the days of these hours that `today` is one of; where it is none, the next ones."""
    today = min(max(today, FIRST), LAST)
    length = (hours.last_weekday - hours.first_weekday) % 7 + 1
    begins = today - DAY * ((today.weekday() - hours.first_weekday) % 7)
    if begins + DAY * length <= today:
        begins += DAY * 7
    return [begins + DAY * number for number in range(length)]


def _on(hours: PressHours, day: date, zone: str) -> _Opening:
    """Return what the clock of `zone` shows where the office opens on `day` of its own calendar."""
    own = ZoneInfo(hours.zone)
    until = day if hours.closes > hours.opens else day + DAY
    # A time that the zone skips is as long after midnight as it says; of one that comes twice, the first.
    opens = moment.local(datetime.combine(day, hours.opens, own), zone)
    closes = moment.local(datetime.combine(until, hours.closes, own), zone)
    later = closes.date() > opens.date()
    face = f"{closes:%H:%M}"
    return _Opening(opens.date(), f"{opens:%H:%M}", _("%(time)s (next day)") % {"time": face} if later else face)


def _spans(openings: list[_Opening]) -> list[Span]:
    found = []
    for (opens, closes), group in groupby(openings, key=lambda one: one[1:]):
        days = [one.day for one in group]
        names = [str(WEEKDAYS[day.weekday()]) for day in (days[0], days[-1])]
        found.append(Span(" – ".join(names) if len(days) > 1 else names[0], f"{opens}–{closes}"))
    return found
