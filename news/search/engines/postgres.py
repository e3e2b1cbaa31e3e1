# ruff: noqa: S608, SLF001  no value stands in the text of a question; rows on which nothing hangs are deleted unread
"""The words in PostgreSQL: modelsearch's table with its GIN indexes, a row for each edition under the edition's key.

What PostgreSQL calls the configuration of a language is not asked: the stems are ours, and go in as they are, so that
both databases find the same.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import Any
from zlib import crc32

from django.db import connection
from django.db.models import Exists, OuterRef
from modelsearch.backends.database.postgres.postgres import IndexEntry, PostgresIndex, PostgresSearchBackend
from modelsearch.utils import get_content_type_pk

from news.models import Edition, Statement
from news.models.edition import EditionQuerySet
from news.search import plain
from news.search.engines import Row, check_place
from news.search.engines.asked import marks, narrowed
from news.search.query import Query, Term
from news.states import State

# What a text of more words says of the place of the others: PostgreSQL's limit, and that of one word's places.
LAST_POSITION, MOST_PLACES = 16_383, 255
# So many of the newest texts are read one by one; where a page is not full then, the index says which have the words.
NEAR = 1_000
STATEMENT_BITS = 31
EARLIEST, LATEST = 0.0, 2.0**53

_ENTER = """
    INSERT INTO modelsearch_indexentry
    (id, content_type_id, object_id, title_norm, title, autocomplete, body, title_text, body_text)
    VALUES (%s, %s, %s, %s, %s::tsvector, %s::tsvector, %s::tsvector, '', '')
    ON CONFLICT (id) DO UPDATE SET title_norm = EXCLUDED.title_norm, title = EXCLUDED.title,
    autocomplete = EXCLUDED.autocomplete, body = EXCLUDED.body"""
_COLUMNS = "edition.pk, edition.date, edition.statement_id, edition.category_id, words.id"
# `+ 0`: so that the words are found by their own index first, and by nothing else.
_JOIN = "JOIN ({editions}) AS edition ON edition.pk = words.id + 0"
_WITHIN = "words.title_norm >= %(low)s AND words.title_norm < %(high)s {marked}"
_SOME = f"""
    SELECT {_COLUMNS} FROM modelsearch_indexentry AS words {_JOIN}
    WHERE words.body @@ %(words)s::tsquery AND {_WITHIN} {{paired}} LIMIT %(limit)s"""
# First the nearest texts, one by one: with a word that many have, the page is full soon. Where it is not, the index
# says which have the words, and they are put in order by what their rows say, whose texts are not read for that.
_NEAR_AND_FAR = f"""
    near AS MATERIALIZED (
        SELECT {_COLUMNS}, words.title_norm FROM (
            SELECT id, body, title_norm FROM modelsearch_indexentry AS words
            WHERE {_WITHIN} {{gate}} ORDER BY title_norm {{order}} LIMIT {NEAR}
        ) AS words {_JOIN} WHERE words.body @@ %(words)s::tsquery ORDER BY words.title_norm {{order}} LIMIT %(page)s
    ), far AS MATERIALIZED (
        SELECT {_COLUMNS}, words.title_norm FROM (
            SELECT id, title_norm FROM modelsearch_indexentry AS words WHERE words.body @@ %(words)s::tsquery
            AND {_WITHIN} {{paired}} {{gate}} AND (SELECT count(*) FROM near) < %(page)s ORDER BY title_norm {{order}}
        ) AS words {_JOIN} ORDER BY words.title_norm {{order}} LIMIT %(page)s
    ), page AS (
        SELECT * FROM near WHERE (SELECT count(*) FROM near) >= %(page)s UNION ALL SELECT * FROM far
    )"""
_PAGE = f"WITH {_NEAR_AND_FAR} SELECT pk FROM page ORDER BY title_norm {{order}}"
_IS_MORE = "(SELECT count(*) FROM few) > %(most)s"
_BEST = f"""
    WITH few AS MATERIALIZED ({_SOME}), {_NEAR_AND_FAR}
    SELECT hit.pk, hit.date, hit.statement_id, hit.category_id, ts_rank(words.body, %(words)s::tsquery, 1),
    (SELECT count(*) FROM few) FROM (
        SELECT * FROM few WHERE NOT {_IS_MORE}
        UNION ALL SELECT pk, date, statement_id, category_id, id FROM page WHERE {_IS_MORE}
    ) AS hit JOIN modelsearch_indexentry AS words ON words.id = hit.id"""
_CLEAN = """
    SELECT gin_clean_pending_list(index.oid) FROM pg_index
    JOIN pg_class AS index ON index.oid = pg_index.indexrelid JOIN pg_am ON pg_am.oid = index.relam
    WHERE pg_index.indrelid = 'modelsearch_indexentry'::regclass AND pg_am.amname = 'gin'"""
# PostgreSQL counts the cost of reading the whole table, and forgets that a text is kept apart from its row: it would
# read 100,000 texts rather than ask the index. These hold for the one question alone.
_PLAN = {"enable_seqscan": "off", "max_parallel_workers_per_gather": "0", "jit": "off"}


def place(day: date, statement: int = 0, sequence: int = 0) -> float:
    """Return where a row stands in lists: exact in the 53 bits of a double. Without a statement, before the day.

    Raises ValueError for a statement that SQLite, too, has no room for.
    """
    check_place(statement, sequence)
    return float(day.toordinal() << STATEMENT_BITS | statement)


class Index(PostgresIndex):  # type: ignore[misc]
    """The table: rows go in by themselves, and nothing is worked out over all the others."""

    def add_items(self, model: type[Edition], objs: Iterable[Edition]) -> None:
        """Put editions in, in the place of what was there of them."""
        kind, rows = get_content_type_pk(model), []
        for edition in objs:
            title, text = plain.stems(edition)
            mark = " ".join(marks(edition.language, edition.category_id))
            key = (edition.pk, kind, str(edition.pk), place(edition.date, edition.statement_id, edition.sequence or 0))
            rows.append((*key, pairs(title, text), mark, vector(title, text)))
        with connection.cursor() as cursor:
            cursor.executemany(_ENTER, rows)


class Postgres(PostgresSearchBackend):  # type: ignore[misc]
    """modelsearch's backend with this project's index and its own questions: an Engine."""

    index_class = Index

    def enter(self, editions: Sequence[Edition]) -> None:
        """Put the words of approved editions in."""
        self.add_bulk(Edition, editions)

    def leave(self, edition: Edition) -> None:
        """Take the words of an edition out."""
        IndexEntry.objects.filter(pk=edition.pk)._raw_delete(connection.alias)

    def prepare(self) -> None:
        """Nothing is to be got ready: rows take the place of rows."""

    def missing(self, editions: Sequence[int]) -> list[int]:
        """Return those of some editions that are not in."""
        there = set(IndexEntry.objects.filter(pk__in=editions).values_list("pk", flat=True))
        return [key for key in editions if key not in there]

    def tidy(self) -> None:
        """Count what is in the tables that a question reads, and put what waits beside the indexes into them."""
        with connection.cursor() as cursor:
            for model in (IndexEntry, Edition, Statement):
                cursor.execute(f"ANALYZE {model._meta.db_table}")
            cursor.execute(_CLEAN)

    def sweep(self) -> int:
        """Take out what belongs to no approved edition."""
        approved = Edition.objects.filter(state=State.APPROVED, pk=OuterRef("pk"))
        return int(IndexEntry.objects.filter(~Exists(approved))._raw_delete(connection.alias))

    def some(self, editions: EditionQuerySet, query: Query, limit: int) -> list[Row]:
        """Return some of the editions that have the words."""
        return [Row(*row[:4]) for row in _ask(_SOME, editions, query, limit=limit)]

    def best(self, editions: EditionQuerySet, query: Query, most: int, ranked: int) -> tuple[list[Row], int]:
        """Return the editions that have the words with scores, and how many there are."""
        rows = _ask(_BEST, editions, query, gate=f"AND {_IS_MORE}", limit=most + 1, most=most, page=ranked)
        return [Row(*row[:5]) for row in rows], rows[0][5] if rows else 0

    def page(
        self, editions: EditionQuerySet, query: Query, behind: Edition | None, limit: int, *, is_oldest_first: bool
    ) -> list[int]:
        """Return the first of the editions by day that have the words, behind the place of `behind`."""
        order, low, high = "ASC" if is_oldest_first else "DESC", EARLIEST, LATEST
        if behind and is_oldest_first:
            low = place(behind.date, behind.statement_id) + 1
        elif behind:
            high = place(behind.date, behind.statement_id)
        return [row[0] for row in _ask(_PAGE, editions, query, order=order, low=low, high=high, page=limit)]

    def sharing(self, editions: EditionQuerySet, groups: Sequence[Sequence[str]], most: int) -> list[tuple[int, int]]:
        """Return for each group of stems some of the editions that have all of them."""
        words: dict[str, Any] = {
            f"words{number}": " & ".join(f"'{stem}'" for stem in stems) for number, stems in enumerate(groups)
        }
        one = f"SELECT {{position}}, pk FROM ({_SOME}) AS hit{{position}}"
        parts = [
            one.replace("{position}", str(position)).replace("%(words)s", f"%({name})s")
            for position, name in enumerate(words)
        ]
        return [(row[0], row[1]) for row in _ask(" UNION ALL ".join(parts), editions, None, limit=most, **words)]


def _ask(
    sql: str,
    editions: EditionQuerySet,
    query: Query | None,
    *,
    order: str = "DESC",
    gate: str = "",
    low: float = EARLIEST,
    high: float = LATEST,
    **params: Any,
) -> list[tuple[Any, ...]]:
    """Return the rows of a question, asked with the plan that it is written for; one round trip."""
    if (asked := narrowed(editions)) is None:
        return []
    params["words"] = expression(query) if query else ""
    params["low"] = max(low, place(asked.first))
    params["high"] = min(high, place(asked.last) + 2**STATEMENT_BITS)
    params["marks"] = " & ".join(asked.marks)
    params["pairs"] = pairs_of(query) if query else ""
    paired = "AND words.title @@ %(pairs)s::tsquery" if params["pairs"] else ""
    marked = "AND words.autocomplete @@ %(marks)s::tsquery" if asked.marks else ""
    # Their values, too, by name: one question can hold the editions twice.
    names = {f"edition{number}": value for number, value in enumerate(asked.params)}
    inner = asked.sql % tuple(f"%({name})s" for name in names)
    question = sql.format(editions=inner, marked=marked, paired=paired, order=order, gate=gate)
    before = "".join(f"SET LOCAL {name} = {value}; " for name, value in _PLAN.items())
    after = "".join(f"; SET LOCAL {name} TO DEFAULT" for name in _PLAN)
    with connection.cursor() as cursor:
        cursor.execute(f"{before}{question}{after}", params | names)
        for _ in _PLAN:
            cursor.nextset()
        return list(cursor.fetchall())


def vector(title: Sequence[str], text: Sequence[str]) -> str:
    """Return the stems with their places as PostgreSQL reads a tsvector: those of the title weigh more."""
    places: dict[str, list[str]] = {}
    for number, stem in enumerate(title, 1):
        places.setdefault(stem, []).append(f"{number}A")
    # A place is left free: no phrase goes from the title on into the text.
    for number, stem in enumerate(text, len(title) + 2):
        places.setdefault(stem, []).append(str(min(number, LAST_POSITION)))
    return " ".join(f"'{stem}':{','.join(numbers[:MOST_PLACES])}" for stem, numbers in places.items())


def pair(first: str, second: str) -> str:
    """Return a short word for two that stand side by side: one of 65,536, so that a few pairs share each.

    GIN knows which texts have two words, and reads each of them to learn whether they stand side by side; of words that
    all texts have, that would be all texts. With these it reads the few that can.
    """
    return f"{crc32(f'{first} {second}'.encode()) & 0xFFFF:04x}"


def pairs(*parts: Sequence[str]) -> str:
    """Return the pairs of words of some texts as PostgreSQL reads a tsvector."""
    return " ".join(sorted({pair(*both) for part in parts for both in pairwise(part)}))


def pairs_of(query: Query) -> str:
    """Return the tsquery for the pairs that the phrases of a query must have; "" where it has none."""
    phrases = [[sorted({pair(*both) for both in pairwise(stems)}) for stems in term] for term in query.wanted]
    either = [[f"({' & '.join(stems)})" for stems in term] for term in phrases if all(term)]
    return " & ".join(f"({' | '.join(term)})" for term in either)


def expression(query: Query) -> str:
    """Return what PostgreSQL reads as a tsquery: stems in quotes, so that nothing in them is an operator."""
    return " & ".join([*map(_any, query.wanted), *(f"!{_any(term)}" for term in query.unwanted)])


def _any(term: Term) -> str:
    phrases = (" <-> ".join(f"'{stem}'" for stem in stems) for stems in term)
    return f"({' | '.join(f'({phrase})' for phrase in phrases)})"
