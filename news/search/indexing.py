"""Into the index: an edition is in it from the moment it is approved, in the transaction that approves it.

Drafts are never in it. What is in it need not be public: `news.search.finding` only ever looks among the editions that
its caller may show.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db import transaction
from django.db.models.signals import post_save

from news.models import Edition
from news.models.edition import EditionQuerySet
from news.search import engines
from news.states import State

# So many texts are in memory at once, and are written in one transaction: other writers come between.
AT_ONCE = 100

Progress = Callable[[Iterable[int], int], Iterable[int]]


def connect() -> None:
    """Watch where editions are saved: the one place that every verb, every import and every command goes through."""
    post_save.connect(_saved, sender=Edition, dispatch_uid="news.search")


def _saved(sender: type[Edition], instance: Edition, *, created: bool, raw: bool, **_more: Any) -> None:
    if raw:
        return
    if instance.state == State.APPROVED:
        engines.current().enter([instance])
    elif not created:
        # A release that was called back: its words may change before it is approved again.
        engines.current().leave(instance)


def is_filled() -> bool:
    """Tell whether the newest approved edition is in the index; where none is approved there is nothing to be in it."""
    newest = list(_approved().order_by("-pk").values_list("pk", flat=True)[:1])
    return not engines.current().missing(newest)


def fill(progress: Progress, *, is_anew: bool = False) -> int:
    """Put in what is missing, or with `is_anew` everything; take out what belongs nowhere. Returns how many went in.

    Safe beside writers, in steps of AT_ONCE editions, each a transaction of its own; memory stays flat. `progress` gets
    the keys of all approved editions in order, and how many there are.
    """
    engine, entered = engines.current(), 0
    if is_anew:
        engine.prepare()
    for chunk in _chunks(progress(_keys(), _approved().count())):
        wanted = chunk if is_anew else engine.missing(chunk)
        entered += _enter(wanted) if wanted else 0
    engine.sweep()
    if entered > AT_ONCE:
        engine.tidy()
    return entered


def tidy() -> None:
    """Get the database ready to answer quickly after a great many texts came in: once their transaction is through.

    Some seconds at most; harmless beside writers, and whenever it is called.
    """
    engines.current().tidy()


@transaction.atomic
def _enter(keys: list[int]) -> int:
    # Read in the transaction that writes: what is called back meanwhile stays out.
    editions = list(_approved().filter(pk__in=keys))
    engines.current().enter(editions)
    return len(editions)


def _approved() -> EditionQuerySet:
    return Edition.objects.filter(state=State.APPROVED)


def _keys() -> Iterator[int]:
    """Yield the keys of all approved editions, a little at a time: no long reading keeps writers out."""
    last = 0
    while keys := list(_approved().filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        yield from keys
        last = keys[-1]


def _chunks(keys: Iterable[int]) -> Iterable[list[int]]:
    chunk: list[int] = []
    for key in keys:
        chunk.append(key)
        if len(chunk) == AT_ONCE:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
