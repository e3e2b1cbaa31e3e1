"""Which texts a feed tells of: what was told last, whatever the archive holds; and when any of it changed last."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape

from django.db.models import Q

from news import steady
from news.models import Category, Edition
from news.models.edition import EditionQuerySet

MOST = 50
# Of texts as a feed writes them. A larger answer would not fit into the page cache, and would be made for each reader.
MOST_BYTES = 400_000
SECOND = timedelta(seconds=1)


class Unknown(Exception):  # noqa: N818  the newsroom's word
    """No public statement has the register number from which a page of a feed was to go on."""


@dataclass(frozen=True)
class Chosen:
    """The texts of one page of a feed, what was told last first, and the register number after which it goes on."""

    editions: list[Edition]
    older: int | None


def choose(
    language: str, category: Category | None, *, at: datetime, before: int | None = None, room: int = MOST_BYTES
) -> Chosen:
    """Return up to MOST texts of a language, and of a category, that are visible at the aware instant `at`.

    What is withdrawn is among them, so that whoever has its text learns of it. `before` is the register number that the
    page follows: a position that no new statement shifts; raises Unknown where none has it. One query, two with it.
    There are fewer where they would take more than `room` bytes, but never none.
    """
    editions = Edition.objects.visible(at).filter(language=language)
    if category is not None:
        editions = editions.filter(category=category)
    if before is not None:
        editions = _told_before(editions, _position(before, at))
    rows = list(editions.last_told_first().select_related("statement", "category")[: MOST + 1])
    found = rows[: _fitting(rows[:MOST], room)]
    return Chosen(found, found[-1].statement.number if len(found) < len(rows) else None)


def changed(language: str, at: datetime) -> datetime | None:
    """Return the aware instant at which texts of the language last began or ended, by `at`; None within its second.

    For `Last-Modified`, which counts whole seconds: whoever saw the first of two changes in one second must not be told
    that nothing changed since. To be asked before the texts are: what changes in between is then told once more.
    """
    last = _last_edge(language, at)
    return last if at >= last + SECOND else None


def _position(number: int, at: datetime) -> Edition:
    # What was removed is a position too: its readers are on the way from it to what is older.
    found = Edition.objects.begun(at).filter(statement__number=number).order_by("-sequence").first()
    if found is None:
        raise Unknown
    return found


def _told_before(editions: EditionQuerySet, one: Edition) -> EditionQuerySet:
    return editions.filter(
        Q(announced_at__lt=one.announced_at) | Q(announced_at=one.announced_at, statement_id__lt=one.statement_id),
        # Said twice, so that the index leads to it.
        announced_at__lte=one.announced_at,
    )


def _fitting(editions: list[Edition], room: int) -> int:
    """Return how many of the texts there is room for: at least one, however long it is."""
    size = 0
    for count, edition in enumerate(editions):
        size += len(escape(edition.body).encode()) + len(edition.summary.encode())
        if size > room:
            return max(count, 1)
    return len(editions)


def _last_edge(language: str, at: datetime) -> datetime:
    # What grows with the archive is asked once for each change of it, as the months' counts are (news.archive).
    own = Edition.objects.filter(language=language)
    return steady.since(f"feeds:changed:{language}", own, at, lambda: None)[0]
