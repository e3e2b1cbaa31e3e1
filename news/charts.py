"""The archive as a picture: a row for each year, a bar for each month; older years folded by decades."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import NamedTuple

from django.utils.dates import MONTHS
from django.utils.text import capfirst
from django.utils.translation import ngettext

from news.tallies import Year

# A bar is drawn in a box so high; one message is seen beside however many.
TALLEST, LOWEST = 100, 6
# So many rows are always seen; a mission of sixty years has the others in folds.
UNFOLDED = 12
_INITIAL = re.compile(r"^(?:\d+|.)")


@dataclass(frozen=True)
class Bar:
    """A month that holds messages, and how high its bar is."""

    first: date
    count: int
    height: int

    @property
    def top(self) -> int:
        """Where the bar begins, from above: an SVG counts downwards."""
        return TALLEST - self.height

    @property
    def label(self) -> str:
        """What the bar stands for, in words; made here, because a template takes ten times as long for so many."""
        words = ngettext("%(month)s: %(number)s message", "%(month)s: %(number)s messages", self.count)
        month = f"{capfirst(str(MONTHS[self.first.month]))} {self.first.year}"
        return words % {"month": month, "number": self.count}


@dataclass(frozen=True)
class Row:
    """A year and its twelve months, None where there is no message; or years on end that hold none, and no months."""

    first: int
    last: int
    count: int = 0
    bars: tuple[Bar | None, ...] = ()

    @property
    def years(self) -> str:
        """The year, or the first and the last of several."""
        return _span(self.first, self.last)


@dataclass(frozen=True)
class Fold:
    """Rows of one decade that are seen when they are asked for; open where the page's own year is among them."""

    rows: tuple[Row, ...]
    is_open: bool

    @property
    def years(self) -> str:
        """The first and the last of its years."""
        return _span(self.rows[-1].first, self.rows[0].last)

    @property
    def count(self) -> int:
        """How many messages its years hold."""
        return sum(row.count for row in self.rows)


@dataclass(frozen=True)
class Chart:
    """The newest rows, the folds of the others, and how many messages the tallest bar stands for."""

    rows: tuple[Row, ...]
    folds: tuple[Fold, ...]
    most: int


class Heading(NamedTuple):
    """What stands above a column of months: the name in the active language, and what there is room for."""

    name: str
    initial: str


def of(years: Sequence[Year], shown: int | None = None) -> Chart | None:
    """Return the chart of the years, the newest first, on the page of the year `shown`; None of no messages."""
    if not years:
        return None
    most = max(month.count for year in years for month in year.months)
    rows = _rows(years, most)
    folds = (tuple(some) for _decade, some in groupby(rows[UNFOLDED:], key=lambda row: row.last // 10))
    return Chart(
        tuple(rows[:UNFOLDED]),
        tuple(Fold(some, is_open=any(row.first <= (shown or 0) <= row.last for row in some)) for some in folds),
        most,
    )


def headings() -> list[Heading]:
    """Return the headings of the twelve columns; a month whose name is a number keeps the whole number."""
    names = [capfirst(str(MONTHS[number])) for number in range(1, 13)]
    return [Heading(name, _INITIAL.findall(name)[0]) for name in names]


def lengths(counts: Iterable[int]) -> list[int]:
    """Return how long the bar of each count is, the greatest 100."""
    counts = list(counts)
    return [_scaled(count, max(counts)) for count in counts]


def _rows(years: Sequence[Year], most: int) -> list[Row]:
    rows: list[Row] = []
    for year in years:
        # A gap takes one row, however long: one statement dated 1903 makes no century of empty rows.
        if rows and rows[-1].first > year.number + 1:
            rows.append(Row(first=year.number + 1, last=rows[-1].first - 1))
        bars = {one.first.month: Bar(one.first, one.count, _scaled(one.count, most)) for one in year.months}
        rows.append(Row(year.number, year.number, year.count, tuple(bars.get(month) for month in range(1, 13))))
    return rows


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"


def _scaled(count: int, most: int) -> int:
    return max(LOWEST, round(TALLEST * count / most))
