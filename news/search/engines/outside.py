"""The words in Elasticsearch or OpenSearch, by modelsearch: it says who has them, the database says who may be shown.

What is sent there are the texts of approved editions, scheduled ones too: an engine outside belongs behind the same
door as the database. While it does not answer, nothing is found, and the log says so.
"""

import logging
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

from django.db import transaction
from modelsearch.index import SearchField
from modelsearch.query import And, Not, Or, Phrase, SearchQuery

from news.models import Edition
from news.models.edition import EditionQuerySet
from news.search import plain
from news.search.engines import Row
from news.search.query import Query, Term

# So many of the best are asked for; an engine refuses more than 10,000.
MOST_ASKED = 5_000
T = TypeVar("T")
logger = logging.getLogger(__name__)


class _Stems(SearchField):  # type: ignore[misc]
    """A field of the document: stems of the title, or of all the rest."""

    def get_value(self, obj: Edition) -> str:
        """Return the stems as one text."""
        return " ".join(plain.stems(obj)[0 if self.field_name == "title" else 1])


class Outside:
    """An Engine over modelsearch's backend for an engine outside."""

    def __init__(self, backend: Any) -> None:
        Edition.search_fields = [_Stems("title", boost=8), _Stems("body")]
        self._backend = backend
        self._index = backend.get_index_for_model(Edition)
        self._rebuilder: Any = None

    def enter(self, editions: Sequence[Edition]) -> None:
        """Send approved editions once their transaction is through."""
        transaction.on_commit(partial(_tried, partial(self._index.add_items, Edition, list(editions)), None))

    def leave(self, edition: Edition) -> None:
        """Take an edition out once the transaction is through."""
        transaction.on_commit(partial(_tried, partial(self._index.delete_item, edition), None))

    def prepare(self) -> None:
        """Begin a new index beside the one that is asked; whatever the engine answers then is raised."""
        self._rebuilder = self._backend.rebuilder_class(self._index)
        self._index = self._rebuilder.start()
        self._index.add_model(Edition)

    def missing(self, editions: Sequence[int]) -> list[int]:  # noqa: ARG002  an Engine's method
        """Return none: what is in an engine outside, `rebuild_search` makes anew."""
        return []

    def tidy(self) -> None:
        """Do nothing: an engine outside keeps its own order."""

    def sweep(self) -> int:
        """Let the new index take the place of the old one; what is found is looked up in the database anyway."""
        if self._rebuilder:
            self._rebuilder.finish()
            self._rebuilder, self._index = None, self._backend.get_index_for_model(Edition)
        return 0

    def some(self, editions: EditionQuerySet, query: Query, limit: int) -> list[Row]:
        """Return the best of the editions that have the words."""
        return self._rows(editions, query)[:limit]

    def best(self, editions: EditionQuerySet, query: Query, most: int, ranked: int) -> tuple[list[Row], int]:
        """Return the editions that have the words with scores, and how many there are."""
        rows = self._rows(editions, query)
        return rows[:ranked] if len(rows) > most else rows, min(len(rows), most + 1)

    def page(
        self, editions: EditionQuerySet, query: Query, behind: Edition | None, limit: int, *, is_oldest_first: bool
    ) -> list[int]:
        """Return the first of the editions by day that have the words, behind the place of `behind`."""
        rows = {(row.date, row.statement): row.edition for row in self._rows(editions, query)}
        places = sorted(rows, reverse=not is_oldest_first)
        if behind:
            here = behind.date, behind.statement_id
            places = [place for place in places if (place > here if is_oldest_first else place < here)]
        return [rows[place] for place in places[:limit]]

    def sharing(self, editions: EditionQuerySet, groups: Sequence[Sequence[str]], most: int) -> list[tuple[int, int]]:
        """Return for each group of stems the best of the editions that have all of them."""
        found = []
        for number, stems in enumerate(groups):
            query = Query("", "", tuple(((stem,),) for stem in stems))
            found += [(number, row.edition) for row in self._rows(editions, query)[:most]]
        return found

    def _rows(self, editions: EditionQuerySet, query: Query) -> list[Row]:
        nothing: dict[int, float] = {}
        scores = _tried(lambda: self._scores(query), nothing)
        columns = editions.filter(pk__in=scores).order_by().values_list("pk", "date", "statement_id", "category_id")
        rows = [Row(*row, scores[row[0]]) for row in columns]
        return sorted(rows, key=lambda row: -row.score)

    def _scores(self, query: Query) -> dict[int, float]:
        results = self._backend.search(asked(query), Edition.objects.only("pk"))[:MOST_ASKED]
        return {edition.pk: edition.score or 0.0 for edition in results.annotate_score("score")}


def asked(query: Query) -> SearchQuery:
    """Return the query in modelsearch's words; a stem is a phrase of one word, so that nothing in it is an operator."""
    wanted: list[SearchQuery] = [_any(term) for term in query.wanted]
    return And([*wanted, *(Not(_any(term)) for term in query.unwanted)])


def _any(term: Term) -> SearchQuery:
    return Or([Phrase(" ".join(stems)) for stems in term])


def _tried(ask: Callable[[], T], otherwise: T) -> T:
    try:
        return ask()
    except Exception:
        # Whatever the client raises: a page without results beats no page, and no text is lost with it.
        logger.exception("The search engine of SEARCH_URL does not answer; `manage.py rebuild_search` makes up for it.")
        return otherwise
