"""What is worked out over the whole archive: once for each change of it, not once for each page."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from django.core.cache import cache

from embassy import version
from news.models.edition import EditionQuerySet

T = TypeVar("T")


def since(name: str, editions: EditionQuerySet, at: datetime, ask: Callable[[], T]) -> tuple[datetime, T]:
    """Return what `ask` returns of `editions` at the aware instant `at`, and since when it has been so.

    It is asked once per site version and change of the timeline of these editions, and kept under `name`.
    """
    key = f"{name}:{version.number()}"
    kept: tuple[datetime, datetime, T] | None = cache.get(key)
    if kept and kept[0] <= at < kept[1]:
        return kept[0], kept[2]
    found = ask()
    begins, ends = editions.unchanged_around(at)
    cache.set(key, (begins, ends, found), timeout=None)
    return begins, found
