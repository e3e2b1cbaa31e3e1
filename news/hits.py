"""What a list shows of the messages that have the words that a reader looks for: title and excerpt in pieces."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.db.models.functions import Substr

from news import texttokens
from news.models import Edition
from news.search.marks import Piece, excerpt, marked
from news.search.plain import plain
from news.search.query import Query

# What stands further behind in a text is found, but not shown: one list can hold 25 texts of a million characters.
LONGEST = 50_000
BEGINNING = 1_500


class Hit(NamedTuple):
    """A message of the list, with its title and an excerpt in pieces, some of them marked."""

    edition: Edition
    title: list[Piece]
    excerpt: list[Piece]


def of(editions: Iterable[Edition], query: Query, numbers: Mapping[str, texttokens.Count]) -> list[Hit]:
    """Return the messages with the words of `query` marked; one query for all of their texts."""
    editions = list(editions)
    chosen = Edition.objects.filter(pk__in=[edition.pk for edition in editions])
    bodies = dict(chosen.values_list("pk", Substr("body", 1, LONGEST)))
    return [_hit(edition, bodies.get(edition.pk, ""), query, numbers) for edition in editions]


def _hit(edition: Edition, body: str, query: Query, numbers: Mapping[str, texttokens.Count]) -> Hit:
    # Numbers first: the index has none, but a reader is to see the sentence whole.
    text = f"{texttokens.as_text(edition.summary, numbers)} {plain(texttokens.as_text(_whole_tags(body), numbers))}"
    return Hit(edition, marked(texttokens.as_text(edition.title, numbers), query), _excerpt(text.strip(), query))


def _excerpt(text: str, query: Query) -> list[Piece]:
    """Return the excerpt, from the first paragraphs where they do: every word that is read costs time."""
    pieces = excerpt(text[:BEGINNING], query)
    # Where it ends with the beginning, the beginning was cut in the middle of it.
    is_inside = len(text) <= BEGINNING or pieces[-1].text.endswith("…")
    return pieces if is_inside and any(piece.is_marked for piece in pieces) else excerpt(text, query)


def _whole_tags(html: str) -> str:
    """Return what was cut off at LONGEST without the half of a tag at its end."""
    return html.rpartition("<")[0] if len(html) == LONGEST else html
