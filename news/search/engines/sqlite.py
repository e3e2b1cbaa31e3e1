# ruff: noqa: S608, SLF001  no value stands in the text of a question; rows on which nothing hangs are deleted unread
"""The words in SQLite: modelsearch's FTS5 table, its rows numbered in the order of lists.

A row's number says the statement date, then the statement, then the edition. So FTS5 finds the newest first, stops
where a page is full however many hits there are, and looks between two days alone.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from django.db import connection, transaction
from django.db.models import BigIntegerField, Exists, OuterRef
from django.db.models.functions import Cast
from modelsearch.backends.database.sqlite.sqlite import IndexEntry, SQLiteIndex, SQLiteSearchBackend
from modelsearch.utils import get_content_type_pk

from news.models import Edition
from news.models.edition import EditionQuerySet
from news.search import plain
from news.search.engines import Row, check_place, scoring
from news.search.engines.asked import Narrowed, marks, narrowed
from news.search.query import Query, Term
from news.states import State

# 22 bits for the day are left of the 63: enough for the year 9999.
STATEMENT_BITS, SEQUENCE_BITS = 27, 14
_TABLE = "modelsearch_indexentry_fts"
# CROSS JOIN: SQLite takes the tables in this order, words first.
_HITS = f"""
    FROM {_TABLE} AS words CROSS JOIN ({{editions}}) AS edition
    ON edition.statement_id = (words.rowid >> {SEQUENCE_BITS}) & {2**STATEMENT_BITS - 1}
    AND edition.sequence = words.rowid & {2**SEQUENCE_BITS - 1}
    WHERE {_TABLE} MATCH %s AND words.rowid >= %s AND words.rowid < %s
    ORDER BY words.rowid {{order}} LIMIT %s"""
_COLUMNS = "edition.pk, edition.date, edition.statement_id, edition.category_id"
# The texts of those alone that are put in order are read.
_BEST = f"""
    WITH hits AS MATERIALIZED (SELECT {_COLUMNS}, words.rowid AS place {{hits}})
    SELECT hit.pk, hit.date, hit.statement_id, hit.category_id, entry.title, entry.body, (SELECT count(*) FROM hits)
    FROM (
        SELECT * FROM hits ORDER BY place DESC LIMIT CASE WHEN (SELECT count(*) FROM hits) > %s THEN %s ELSE -1 END
    ) AS hit CROSS JOIN modelsearch_indexentry AS entry ON entry.id = hit.place"""


def place(day: date, statement: int = 0, sequence: int = 0) -> int:
    """Return the number of a row; without a statement the one before all others of the day.

    Raises ValueError where there is no room for it: the number would be another row's.
    """
    check_place(statement, sequence)
    return (day.toordinal() << STATEMENT_BITS | statement) << SEQUENCE_BITS | sequence


class Index(SQLiteIndex):  # type: ignore[misc]
    """The table: rows go in by themselves, and nothing is worked out over all the others."""

    def add_items(self, model: type[Edition], objs: Iterable[Edition]) -> None:
        """Put editions in, in the place of what was there of them."""
        kind, rows = get_content_type_pk(model), []
        for edition in objs:
            title, text = (" ".join(map(_kept_token, stems)) for stems in plain.stems(edition))
            number = place(edition.date, edition.statement_id, edition.sequence or 0)
            row = IndexEntry(pk=number, content_type_id=kind, object_id=str(edition.pk))
            row.title, row.body = title, text
            row.autocomplete = " ".join(marks(edition.language, edition.category_id))
            rows.append(row)
        with transaction.atomic(savepoint=False):
            _entries(row.object_id for row in rows)._raw_delete(connection.alias)
            self.entries.bulk_create(rows)


class SQLite(SQLiteSearchBackend):  # type: ignore[misc]
    """modelsearch's backend with this project's index and its own questions: an Engine."""

    index_class = Index

    def enter(self, editions: Sequence[Edition]) -> None:
        """Put the words of approved editions in."""
        self.add_bulk(Edition, editions)

    def leave(self, edition: Edition) -> None:
        """Take the words of an edition out."""
        _entries([str(edition.pk)])._raw_delete(connection.alias)

    def prepare(self) -> None:
        """Nothing is to be got ready: rows take the place of rows."""

    def missing(self, editions: Sequence[int]) -> list[int]:
        """Return those of some editions that are not in."""
        there = set(_entries(map(str, editions)).values_list("object_id", flat=True))
        return [key for key in editions if str(key) not in there]

    def sweep(self) -> int:
        """Take out what belongs to no approved edition."""
        key = Cast(OuterRef("object_id"), BigIntegerField())
        stale = IndexEntry.objects.filter(~Exists(Edition.objects.filter(state=State.APPROVED, pk=key)))
        return int(stale._raw_delete(connection.alias))

    def tidy(self) -> None:
        """Do nothing: these questions say themselves in which order the tables are read.

        ANALYZE would do harm elsewhere: where few texts are translations, SQLite would take their index for useless,
        and read every text for the sitemap.
        """

    def some(self, editions: EditionQuerySet, query: Query, limit: int) -> list[Row]:
        """Return the newest of the editions that have the words."""
        if (asked := narrowed(editions)) is None:
            return []
        sql = f"SELECT {_COLUMNS} {_HITS.format(editions=asked.sql, order='DESC')}"
        with connection.cursor() as cursor:
            cursor.execute(sql, [*asked.params, expression(query, asked.marks), *_span(asked), limit])
            return [Row(*row) for row in cursor.fetchall()]

    def best(self, editions: EditionQuerySet, query: Query, most: int, ranked: int) -> tuple[list[Row], int]:
        """Return the editions that have the words with scores, and how many there are."""
        if (asked := narrowed(editions)) is None:
            return [], 0
        sql, score = _BEST.format(hits=_HITS.format(editions=asked.sql, order="DESC")), scoring.scorer(query, token)
        params = [*asked.params, expression(query, asked.marks), *_span(asked), max(most + 1, ranked), most, ranked]
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            found = cursor.fetchall()
        rows = [Row(*columns[:4])._replace(score=score(*columns[4:6])) for columns in found]
        return rows, min(found[0][-1], most + 1) if found else 0

    def page(
        self, editions: EditionQuerySet, query: Query, behind: Edition | None, limit: int, *, is_oldest_first: bool
    ) -> list[int]:
        """Return the first of the editions by day that have the words, behind the place of `behind`."""
        if (asked := narrowed(editions)) is None:
            return []
        low, high = _span(asked)
        if behind and is_oldest_first:
            low = max(low, place(behind.date, behind.statement_id) + (1 << SEQUENCE_BITS))
        elif behind:
            high = min(high, place(behind.date, behind.statement_id))
        sql = f"SELECT edition.pk {_HITS.format(editions=asked.sql, order='ASC' if is_oldest_first else 'DESC')}"
        with connection.cursor() as cursor:
            cursor.execute(sql, [*asked.params, expression(query, asked.marks), low, high, limit])
            return [row[0] for row in cursor.fetchall()]

    def sharing(self, editions: EditionQuerySet, groups: Sequence[Sequence[str]], most: int) -> list[tuple[int, int]]:
        """Return for each group of stems the newest of the editions that have all of them."""
        if (asked := narrowed(editions)) is None:
            return []
        one = f"SELECT %s, pk FROM (SELECT edition.pk AS pk {_HITS.format(editions=asked.sql, order='DESC')})"
        params: list[Any] = []
        for position, stems in enumerate(groups):
            words = " AND ".join(_any(((stem,),)) for stem in stems)
            params += [position, *asked.params, _match(words, asked.marks), *_span(asked), most]
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join([one] * len(groups)), params)
            return list(cursor.fetchall())


def _entries(keys: Iterable[str]) -> Any:
    return IndexEntry.objects.filter(content_type_id=get_content_type_pk(Edition), object_id__in=list(keys))


def _span(asked: Narrowed) -> tuple[int, int]:
    return place(asked.first), place(asked.last) + (1 << STATEMENT_BITS + SEQUENCE_BITS)


def expression(query: Query, narrowing: Sequence[str] = ()) -> str:
    """Return what FTS5 is asked for: stems in quotes, so that nothing in them is an operator."""
    wanted = " AND ".join(_any(term) for term in query.wanted)
    unwanted = " OR ".join(_any(term) for term in query.unwanted)
    return _match(f"({wanted}) NOT ({unwanted})" if unwanted else wanted, narrowing)


def _match(words: str, narrowing: Sequence[str]) -> str:
    return " AND ".join([f"{{title body}} : ({words})", *(f'autocomplete : "{mark}"' for mark in narrowing)])


def _any(term: Term) -> str:
    phrases = ('"' + " ".join(map(token, stems)) + '"' for stems in term)
    return f"({' OR '.join(phrases)})"


def token(stem: str) -> str:
    """Return the stem as FTS5 reads it: one word, whatever its script.

    Its tokenizer knows the letters of Unicode 6.1; one that came later would split the word.
    """
    if stem.isascii():
        return stem
    return "".join(char if unicodedata.ucd_3_2_0.category(char)[0] in "LN" else f"u{ord(char):x}" for char in stem)


# For texts of ours; what a visitor types is not kept.
_kept_token = lru_cache(maxsize=20_000)(token)
