"""What a QuerySet of editions asks for, read so that an engine can look there alone.

Only to be quick: whether an edition may be shown, the whole QuerySet says, in the same question.
"""

from datetime import date
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db.models import Model
from django.db.models.expressions import Col
from django.db.models.lookups import Lookup
from django.db.models.sql.where import AND

from news.models.edition import EditionQuerySet

COLUMNS = ("pk", "date", "statement_id", "category_id", "sequence")


class Narrowed(NamedTuple):
    """The SQL that chooses the editions, and what every one of them has: its day within two, its marks."""

    sql: str
    params: tuple[Any, ...]
    first: date = date.min
    last: date = date.max
    marks: tuple[str, ...] = ()


def marks(language: str = "", category: int | None = None) -> tuple[str, ...]:
    """Return the words, beside those of the text, by which an engine finds the texts of a language and a category."""
    letters = "".join(char for char in language if char.isalnum())
    return (*([f"language{letters}"] if letters else []), *([f"category{category}"] if category else []))


def narrowed(editions: EditionQuerySet) -> Narrowed | None:
    """Read a QuerySet; None where it can hold nothing. Its SQL names the columns of COLUMNS."""
    try:
        sql, params = editions.order_by().values(*COLUMNS).query.sql_with_params()
    except EmptyResultSet:
        return None
    first, last, language, category = date.min, date.max, "", None
    for name, lookup, value in _conditions(editions):
        if name == "date" and lookup in {"gte", "exact"} and isinstance(value, date):
            first = max(first, value)
        if name == "date" and lookup in {"lte", "exact"} and isinstance(value, date):
            last = min(last, value)
        if name == "date" and lookup == "range" and all(isinstance(day, date) for day in value):
            first, last = max(first, value[0]), min(last, value[1])
        if name == "category" and lookup == "exact" and isinstance(value, int | Model):
            category = value.pk if isinstance(value, Model) else value
        if name == "language" and lookup == "exact" and isinstance(value, str):
            language = value
    return Narrowed(sql, params, first, last, marks(language, category))


def _conditions(editions: EditionQuerySet) -> list[tuple[str, str, Any]]:
    """Return the conditions on the edition's own fields that all have to hold: field, kind, value."""
    where = editions.query.where
    if where.connector != AND or where.negated:
        return []
    table, found = editions.query.base_table, []
    for child in where.children:
        lhs = getattr(child, "lhs", None)
        if isinstance(child, Lookup) and isinstance(lhs, Col) and lhs.alias == table:
            found.append((lhs.target.name, child.lookup_name or "", child.rhs))
    return found
