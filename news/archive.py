"""The archive: a page of messages at a position that never shifts, and how many messages there are of which kind."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import translation

from embassy import moment
from news import tallies
from news.models import Category, Edition
from news.models.edition import EditionQuerySet
from news.tallies import Year

PAGE = 25


@dataclass(frozen=True)
class Page:
    """Some messages in their order, and where the next ones begin: `older` is the number to go on behind."""

    editions: list[Edition]
    older: int | None
    begins: bool
    lost: bool


def position(before: str) -> Edition | None:
    """Return the text from whose place in the list a page goes on: of the register number `before`, its newest.

    A position is a statement, not a count: new statements shift nothing. It stays good when that statement is
    withdrawn or removed. None where there never was such a statement, and where `before` is no number.
    """
    if not re.fullmatch(r"[1-9][0-9]{0,8}", before):
        return None
    begun = Edition.objects.begun(moment.now()).filter(statement__number=int(before))
    return begun.select_related("statement").order_by("-sequence").first()


def cut(rows: list[Edition], before: str, begun: Edition | None) -> Page:
    """Return the page that `rows` fill, at most one more than it holds, found behind the position `begun`."""
    older = rows[PAGE - 1].statement.number if len(rows) > PAGE else None
    return Page(rows[:PAGE], older, begins=begun is None, lost=bool(before) and begun is None)


@dataclass(frozen=True)
class Choice:
    """Which messages are asked for: their languages, category, first and last day (both included)."""

    languages: tuple[str, ...]
    category: Category | None = None
    first: date | None = None
    last: date | None = None

    @property
    def editions(self) -> EditionQuerySet:
        """The messages that are listed now and fit, of the first language alone where there is one: in no order."""
        # Equal to one language: an index leads straight to the newest. `IN` would have all of them sorted.
        one = {"language": self.languages[0]} if len(self.languages) == 1 else {"language__in": self.languages}
        return self._fitting().filter(**one)

    def of_each_language(self) -> list[EditionQuerySet]:
        """Return the messages that are listed now and fit, language by language: in no order."""
        return [self._fitting().filter(language=language) for language in self.languages]

    def _fitting(self) -> EditionQuerySet:
        editions = Edition.objects.listed(moment.now())
        if self.category:
            editions = editions.filter(category=self.category)
        if self.first:
            editions = editions.filter(date__gte=self.first)
        if self.last:
            editions = editions.filter(date__lte=self.last)
        return editions


class Browsed:
    """What is found where no words are asked for: pages in the order of the days, counts that cost no query of rows."""

    is_more = False

    def __init__(self, choice: Choice, categories: Iterable[Category], *, is_oldest_first: bool = False) -> None:
        self._choice = choice
        self._names = {category.pk: category for category in categories}
        self._is_oldest_first = is_oldest_first

    def page(self, before: str) -> Page:
        """Return the messages that follow the register number `before` in the list; the first where it is empty."""
        begun = position(before)
        return cut(self._rows(PAGE + 1, begun), before, begun)

    def texts(self, limit: int) -> list[Edition]:
        """Return up to `limit` of the first messages with their whole texts."""
        return self._rows(limit, None, is_whole=True)

    @property
    def total(self) -> int:
        """How many messages there are."""
        return sum(self._by_category().values())

    @property
    def years(self) -> list[tuple[int, int]]:
        """The years that hold any of the messages, the newest first, and how many."""
        choice, series = self._choice, self._series()
        numbers = {year.number for language in choice.languages for year in _tallies().years.get(language, ())}
        found = []
        for number in sorted(numbers, reverse=True):
            first = max(date(number, 1, 1), choice.first or date.min)
            last = min(date(number, 12, 31), choice.last or date.max)
            found.append((number, sum(one.within(first, last) for _category, one in series)))
        return [(number, count) for number, count in found if count]

    @property
    def categories(self) -> list[tuple[Category | None, int]]:
        """The categories that hold any of the messages as staff placed them, what has none last; and how many."""
        counts = self._by_category()
        found: list[tuple[Category | None, int]] = [
            (one, counts[key]) for key, one in self._names.items() if key in counts
        ]
        return [*found, (None, counts[None])] if None in counts else found

    def _by_category(self) -> Mapping[int | None, int]:
        counts: dict[int | None, int] = {}
        for category, series in self._series():
            counts[category] = counts.get(category, 0) + series.within(self._choice.first, self._choice.last)
        return {category: count for category, count in counts.items() if count}

    def _series(self) -> list[tuple[int | None, tallies.Series]]:
        return [
            (category, series)
            for (language, category), series in _tallies().series.items()
            if language in self._choice.languages
            and (self._choice.category is None or self._choice.category.pk == category)
        ]

    def _rows(self, limit: int, begun: Edition | None, *, is_whole: bool = False) -> list[Edition]:
        rows: list[Edition] = []
        for editions in self._choice.of_each_language():
            ordered = _in_order(editions, begun, is_oldest_first=self._is_oldest_first)
            rows += list(
                (ordered.select_related("statement", "category") if is_whole else ordered.with_names())[:limit]
            )
        rows.sort(key=lambda edition: (edition.date, edition.statement_id), reverse=not self._is_oldest_first)
        return rows[:limit]


def _in_order(editions: EditionQuerySet, begun: Edition | None, *, is_oldest_first: bool) -> EditionQuerySet:
    if not is_oldest_first:
        return (editions.older_than(begun) if begun else editions).newest_first()
    if begun:
        behind = Q(date__gt=begun.date) | Q(date=begun.date, statement_id__gt=begun.statement_id)
        editions = editions.filter(behind, date__gte=begun.date)
    return editions.order_by("date", "statement_id")


def years() -> tuple[Year, ...]:
    """Return the years that hold messages in the active language, the newest first."""
    return _tallies().years.get(translation.get_language(), ())


def year(number: int) -> Year:
    """Return one year with its months; an empty one where it holds nothing."""
    return next((one for one in years() if one.number == number), Year(number, 0, ()))


def _tallies() -> tallies.Tallies:
    return moment.remember("tallies", tallies.counted)
