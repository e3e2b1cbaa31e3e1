"""Find: which of the editions that the caller may show have the words, in which order, and how many there are.

Whether a text may be shown is the caller's to say (`listed(at)`), and the database's to hold: both are asked for in one
question. The same number of questions a page, whatever was found and however large the archive is.
"""

from collections import Counter
from functools import cached_property

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from news import archive
from news.models import Category, Edition
from news.models.edition import EditionQuerySet
from news.search import engines
from news.search.engines import Row
from news.search.query import Query
from news.search.sharing import find_any

__all__ = ["MOST_COUNTED", "MOST_RANKED", "Found", "Order", "find", "find_any"]

# So many are counted, and told apart by year and category; of more there are "more than 1,000".
MOST_COUNTED = 1_000
# Where there are more, so many of the newest are put in order by how well they fit; it ends with them.
MOST_RANKED = 300


class Order(TextChoices):
    """In which order the messages that were found come."""

    BEST = "best", _("Best first")
    NEWEST = "newest", _("Newest first")
    OLDEST = "oldest", _("Oldest first")


class Found:
    """What was found: nothing is asked for before it is needed, and nothing twice."""

    def __init__(self, editions: EditionQuerySet, query: Query, order: Order) -> None:
        self._editions, self._query, self._order = editions, query, order
        self._engine = engines.current()

    @property
    def total(self) -> int:
        """How many there are: exact up to MOST_COUNTED."""
        return min(self._hits[1], MOST_COUNTED)

    @property
    def is_more(self) -> bool:
        """Whether there are more than MOST_COUNTED."""
        return self._hits[1] > MOST_COUNTED

    @property
    def years(self) -> list[tuple[int, int]]:
        """The years with how many each holds, the newest first; empty where there are more than MOST_COUNTED."""
        return sorted(Counter(row.date.year for row in self._counted).items(), reverse=True)

    @property
    def categories(self) -> list[tuple[Category | None, int]]:
        """The categories as staff placed them with how many each holds, what has none last; empty beyond MOST_COUNTED.

        One query.
        """
        counts = Counter(row.category for row in self._counted)
        placed = Category.objects.in_order()
        found: list[tuple[Category | None, int]] = [(one, counts[one.pk]) for one in placed if one.pk in counts]
        return [*found, (None, counts[None])] if None in counts else found

    def page(self, before: str) -> archive.Page:
        """Return the messages behind the register number `before` in the order; the first where it is empty.

        A position is a statement, not a count: new ones shift nothing. By day it stays good when that statement is
        withdrawn; of the best first it is lost then, as where there never was such a number, and the page says so.
        """
        behind = archive.position(before)
        if self._order is Order.BEST and behind and behind.statement_id not in self._best:
            behind = None
        return archive.cut(self._first(archive.PAGE + 1, behind), before, behind)

    def texts(self, limit: int) -> list[Edition]:
        """Return up to `limit` of what was found with the whole texts, in order."""
        return self._first(limit, None, is_whole=True)

    def _first(self, limit: int, behind: Edition | None, *, is_whole: bool = False) -> list[Edition]:
        if self._query.is_empty:
            keys = []
        elif self._order is Order.BEST:
            statements = list(self._best)
            begin = statements.index(behind.statement_id) + 1 if behind else 0
            keys = [self._best[statement] for statement in statements[begin : begin + limit]]
        else:
            asked, is_oldest_first = (self._editions, self._query, behind, limit), self._order is Order.OLDEST
            keys = self._engine.page(*asked, is_oldest_first=is_oldest_first)
        editions = Edition.objects.filter(pk__in=keys)
        found = {edition.pk: edition for edition in (_whole(editions) if is_whole else editions.with_names())}
        return [found[key] for key in keys]

    @cached_property
    def _hits(self) -> tuple[list[Row], int]:
        """What was found, as far as it is counted, and how many: one query."""
        if self._query.is_empty:
            return [], 0
        if self._order is Order.BEST:
            return self._engine.best(self._editions, self._query, MOST_COUNTED, MOST_RANKED)
        rows = self._engine.some(self._editions, self._query, MOST_COUNTED + 1)
        return rows, len(rows)

    @property
    def _counted(self) -> list[Row]:
        return [] if self.is_more else self._hits[0]

    @cached_property
    def _best(self) -> dict[int, int]:
        """The editions by their statements, the best first; of equally good ones the newest."""
        rows = sorted(self._hits[0], key=lambda row: (-row.score, -row.date.toordinal(), -row.statement))
        return {row.statement: row.edition for row in rows}


def find(editions: EditionQuerySet, query: Query, *, order: Order) -> Found:
    """Return which of `editions` (already narrowed to what may be shown: `listed(at)`) have what `query` asks for."""
    return Found(editions, query, order)


def _whole(editions: EditionQuerySet) -> EditionQuerySet:
    return editions.select_related("statement", "category")
