"""How many messages each day holds, by language and category: the one thing whose cost grows with the archive."""

from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import accumulate, groupby
from typing import Self

from django.db.models import Count

from embassy import moment
from news import steady
from news.models import Edition
from news.models.limits import FIRST_YEAR, LAST_YEAR


@dataclass(frozen=True)
class Month:
    """A month and how many messages it holds."""

    first: date
    count: int


@dataclass(frozen=True)
class Year:
    """A year, how many messages it holds, and its months that hold any."""

    number: int
    count: int
    months: tuple[Month, ...]


@dataclass(frozen=True)
class Series:
    """Days in order, and how many messages there are up to the end of each: any span is counted by two look-ups."""

    # Ordinals in arrays, not dates in lists: the cache copies them, whole, for each page.
    days: "array[int]"
    sums: "array[int]"

    @classmethod
    def of(cls, counts: Sequence[tuple[date, int]]) -> Self:
        """Return the series of days, in order, each with how many messages it holds."""
        days, numbers = [day.toordinal() for day, _count in counts], (count for _day, count in counts)
        return cls(array("i", days), array("i", accumulate(numbers)))

    def within(self, first: date | None, last: date | None) -> int:
        """Return how many messages the days from `first` to `last` hold, both included; None is no limit."""
        begin = bisect_left(self.days, first.toordinal()) if first else 0
        end = bisect_right(self.days, last.toordinal()) if last else len(self.days)
        return (self.sums[end - 1] if end else 0) - (self.sums[begin - 1] if begin else 0) if end > begin else 0


@dataclass(frozen=True)
class Tallies:
    """The series of each language and category (by its key; None is no category), and the years of each language."""

    series: dict[tuple[str, int | None], Series]
    years: dict[str, tuple[Year, ...]]


def counted() -> Tallies:
    """Return the tallies of what is listed now, counted once per site version and change of the timeline."""
    at = moment.now()
    return steady.since("tallies", Edition.objects.all(), at, lambda: _count(at))[1]


def _count(at: datetime) -> Tallies:
    # By day, and added up here: a database's functions of each row's date cost four times as much.
    rows = (
        Edition.objects.listed(at)
        .values_list("language", "category_id", "date")
        .annotate(count=Count("pk"))
        .order_by("language", "category_id", "date")
    )
    series: dict[tuple[str, int | None], Series] = {}
    months: dict[str, dict[tuple[int, int], int]] = defaultdict(lambda: defaultdict(int))
    for (language, category), group in groupby(rows, key=lambda row: (row[0], row[1])):
        days = [(day, count) for _language, _category, day, count in group]
        series[language, category] = Series.of(days)
        for day, count in days:
            if FIRST_YEAR <= day.year <= LAST_YEAR:
                months[language][day.year, day.month] += count
    return Tallies(series, {language: _years(of_language.items()) for language, of_language in months.items()})


def _years(months: Iterable[tuple[tuple[int, int], int]]) -> tuple[Year, ...]:
    found = []
    for number, of_year in groupby(sorted(months, reverse=True), key=lambda month: month[0][0]):
        own = tuple(Month(date(number, month, 1), count) for (_year, month), count in of_year)
        found.append(Year(number, sum(month.count for month in own), own))
    return tuple(found)
