"""One field of an object that somebody else wrote: what it should be, or a sentence on what is wrong with it."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from embassy import moment
from embassy.labels import LONGEST as LONGEST_LABEL
from news.models.limits import FIRST_YEAR, LAST_YEAR

MOST_LABELS = 50
MOST_ENTRIES = 10_000
# What an export says once for all its statements: every file, every signature.
MOST_OF_FEED = 1_000_000
# What an address and a column can hold.
LARGEST = 999_999_999

Object = dict[str, Any]


class BadItem(Exception):  # noqa: N818  the newsroom's word
    """One item cannot be read; the text says why."""


def text(raw: Object, name: str, longest: int) -> str:
    """Return a text of at most `longest` characters; empty where the field is missing."""
    value = raw.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BadItem(_("“%s” is no text") % name)
    if not is_storable(value):
        raise BadItem(_("“%s” holds characters that are no text") % name)
    if len(value) > longest:
        raise BadItem(_("“%(name)s” is longer than %(longest)d characters") % {"name": name, "longest": longest})
    return value


def is_storable(text: str) -> bool:
    """Tell whether a database can hold the text: no NUL, no half of a surrogate pair."""
    if "\x00" in text:
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def number(raw: Object, name: str, *, least: int = 1) -> int | None:
    """Return a whole number from `least` on that an address can hold; None where the field is missing."""
    value = raw.get(name)
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= LARGEST:
        raise BadItem(_("“%(name)s” is no number from %(least)d on") % {"name": name, "least": least})
    return value


def is_true(raw: Object, name: str) -> bool:
    """Return a yes or no; no where the field is missing."""
    value = raw.get(name)
    if value is not None and not isinstance(value, bool):
        raise BadItem(_("“%s” is neither true nor false") % name)
    return bool(value)


def instant(raw: Object, name: str) -> datetime | None:
    """Return an aware instant in UTC; None where the field is missing."""
    value = text(raw, name, 64)
    if not value:
        return None
    try:
        return moment.parse(value)
    except ValueError as error:
        raise BadItem(_("“%(name)s” %(reason)s") % {"name": name, "reason": error}) from error


def day(raw: Object, name: str) -> date | None:
    """Return a date in the years in which a statement can be dated; None where the field is missing."""
    value = text(raw, name, 10)
    if not value:
        return None
    try:
        found = date.fromisoformat(value)
    except ValueError as error:
        raise BadItem(_("“%s” is no date: write it like 2021-10-25") % name) from error
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        names = {"name": name, "first": FIRST_YEAR, "last": LAST_YEAR}
        raise BadItem(_("“%(name)s” lies outside of the years %(first)d to %(last)d") % names)
    return found


def label(raw: Object, name: str) -> dict[str, str]:
    """Return a label: short texts by language."""
    found = inner(raw, name)
    if len(found) > MOST_LABELS or not all(is_storable(code) and len(code) <= 12 for code in found):
        raise BadItem(_("“%s” is no text by language") % name)
    return {code: text(found, code, LONGEST_LABEL) for code in found}


def inner(raw: Object, name: str) -> Object:
    """Return an object; an empty one where the field is missing."""
    value = raw.get(name)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise BadItem(_("“%s” is no object") % name)
    return value


def objects(raw: Object, name: str, *, most: int = MOST_ENTRIES) -> Iterator[Object]:
    """Yield the objects of a list of at most `most`; none where the field is missing."""
    for value in _list(raw, name, most):
        yield inner({name: value}, name)


def texts(raw: Object, name: str, longest: int) -> tuple[str, ...]:
    """Return the texts of a list, each of at most `longest` characters; none where the field is missing."""
    return tuple(text({name: value}, name, longest) for value in _list(raw, name, MOST_ENTRIES))


def _list(raw: Object, name: str, most: int) -> list[Any]:
    value = raw.get(name)
    if value is None:
        return []
    if not isinstance(value, list) or len(value) > most:
        raise BadItem(_("“%s” is no list") % name)
    return value
