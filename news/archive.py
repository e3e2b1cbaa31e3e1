"""The archive: a page of messages at a position that never shifts, and how many messages each month holds."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.core.cache import cache
from django.db.models import Count
from django.utils import translation

from embassy import moment, version
from news.models import Edition
from news.models.edition import EditionQuerySet
from news.models.limits import FIRST_YEAR, LAST_YEAR

PAGE = 25


@dataclass(frozen=True)
class Page:
    """Some messages, the newest first, and where the next older ones begin."""

    editions: list[Edition]
    older: int | None
    begins: bool
    lost: bool


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


def page(editions: EditionQuerySet, before: str) -> Page:
    """Return the messages that follow the register number `before` in the list; the newest where it is empty.

    A position is a statement, not a count: new statements shift nothing. It stays good when that statement is
    withdrawn or removed. Where there never was such a statement the page says so and shows the newest.
    """
    position = None
    if re.fullmatch(r"[1-9][0-9]{0,8}", before):
        begun = Edition.objects.begun(moment.now()).filter(statement__number=int(before))
        position = begun.order_by("-sequence").first()
    if position:
        editions = editions.older_than(position)
    rows = list(editions[: PAGE + 1])
    older = rows[PAGE - 1].statement.number if len(rows) > PAGE else None
    return Page(rows[:PAGE], older, begins=position is None, lost=bool(before) and position is None)


def years() -> tuple[Year, ...]:
    """Return the years that hold messages in the active language, the newest first.

    Counting is the one thing that grows with the archive, so it is done once per site version and change of the
    timeline, not once per page.
    """
    at = moment.now()
    key = f"archive:{translation.get_language()}:{version.number()}"
    kept: tuple[datetime, datetime, tuple[Year, ...]] | None = cache.get(key)
    if kept and kept[0] <= at < kept[1]:
        return kept[2]
    counted = _count(at)
    begins, ends = Edition.objects.unchanged_around(at)
    cache.set(key, (begins, ends, counted), timeout=None)
    return counted


def year(number: int) -> Year:
    """Return one year with its months; an empty one where it holds nothing."""
    return next((one for one in years() if one.number == number), Year(number, 0, ()))


def _count(at: datetime) -> tuple[Year, ...]:
    # By day, and added up here: a database's functions of each row's date cost four times as much.
    days = (
        Edition.objects.listed(at)
        .filter(language=translation.get_language(), date__range=(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)))
        .values_list("date")
        .annotate(count=Count("pk"))
        .order_by("-date")
    )
    found = []
    for number, of_year in groupby(days, key=lambda day: day[0].year):
        months = tuple(
            Month(date(number, month, 1), sum(count for _, count in of_month))
            for month, of_month in groupby(of_year, key=lambda day: day[0].month)
        )
        found.append(Year(number, sum(month.count for month in months), months))
    return tuple(found)
