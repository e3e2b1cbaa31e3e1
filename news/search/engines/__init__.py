"""Where the words are kept: in tables of the database beside the editions, or in an engine outside (`SEARCH_URL`).

`news.search.indexing` puts editions in, `news.search.finding` asks; both speak to whatever `current()` returns.
"""

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple, Protocol

from django.conf import settings
from django.core.signals import setting_changed
from django.db import connection
from modelsearch.backends import get_search_backend

from news.models import Edition
from news.models.edition import EditionQuerySet
from news.search.query import Query

# What a row's place in the index has room for. No site comes near; a file that is brought in can say anything.
LAST_STATEMENT, LAST_SEQUENCE = 2**27 - 1, 2**14 - 1


class Row(NamedTuple):
    """An edition that has the words: enough to count it and to place it, without its text."""

    edition: int
    date: date
    statement: int
    category: int | None
    score: float = 0.0


class Engine(Protocol):
    """What keeps the words, and finds the editions that have them.

    `editions` are those that may be shown, narrowed by the caller; the engine asks for them and for the words at once.
    """

    def enter(self, editions: Sequence[Edition]) -> None:
        """Put the words of approved editions in, in the place of what was there of them."""

    def leave(self, edition: Edition) -> None:
        """Take the words of an edition out that is approved no more."""

    def prepare(self) -> None:
        """Get ready to take everything in anew; `sweep` ends it."""

    def missing(self, editions: Sequence[int]) -> list[int]:
        """Return those of some editions (by their keys) that are not in."""
        ...

    def tidy(self) -> None:
        """Let the database look at what is in its tables, so that it answers quickly: after a great many came in."""

    def sweep(self) -> int:
        """Take out what belongs to no approved edition; return how many there were."""
        ...

    def some(self, editions: EditionQuerySet, query: Query, limit: int) -> list[Row]:
        """Return up to `limit` of the editions that have the words: which ones, where there are more, is open."""
        ...

    def best(self, editions: EditionQuerySet, query: Query, most: int, ranked: int) -> tuple[list[Row], int]:
        """Return the editions that have the words with scores, the higher the better, and how many there are.

        Where there are more than `most`, the number is `most + 1` and the newest `ranked` have their scores.
        """
        ...

    def page(
        self, editions: EditionQuerySet, query: Query, behind: Edition | None, limit: int, *, is_oldest_first: bool
    ) -> list[int]:
        """Return the first `limit` of the editions by day (their keys) that have the words, behind that of `behind`."""
        ...

    def sharing(self, editions: EditionQuerySet, groups: Sequence[Sequence[str]], most: int) -> list[tuple[int, int]]:
        """Return for each group of stems, by its position, up to `most` of the editions (their keys) that have all."""
        ...


def check_place(statement: int, sequence: int) -> None:
    """Raise ValueError, a sentence, for a statement (its key) or an edition (its number) that has no place."""
    if not (0 <= statement <= LAST_STATEMENT and 0 <= sequence <= LAST_SEQUENCE):
        message = "Edition %d of statement %d has no place in the search index: %d editions of %d statements do."
        raise ValueError(message % (sequence, statement, LAST_SEQUENCE, LAST_STATEMENT))


@cache
def current() -> Engine:
    """Return the engine that the settings name."""
    backend: Any = get_search_backend()
    if settings.MODELSEARCH_BACKENDS["default"]["BACKEND"] == __name__:
        engine: Engine = backend
        return engine
    from news.search.engines.outside import Outside

    return Outside(backend)


def _forget(*, setting: str, **_more: Any) -> None:
    if setting == "MODELSEARCH_BACKENDS":
        current.cache_clear()


setting_changed.connect(_forget)


def SearchBackend(params: dict[str, Any]) -> Any:  # noqa: N802  the name that modelsearch asks a module for
    """Return modelsearch's backend for the site's own database."""
    if connection.vendor == "postgresql":
        from news.search.engines import postgres

        return postgres.Postgres(params)
    from news.search.engines import sqlite

    return sqlite.SQLite(params)
