"""The lines of the register: written once a text has begun, and shown as if they had been written at that instant.

A text that begins by its schedule has no verb that runs then. So every verb that makes something public writes what
has begun meanwhile, and a page works out the same lines for what no verb has written yet: what was shown is what is
written later. A line's instant is when its text became part of this site: its beginning, or its approval where that
came later (it was taken over from elsewhere), and never before the line in front of it.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from embassy import moment, version
from news.models import Edition, RegisterLine
from news.models.edition import EditionQuerySet
from news.models.register import KeptForever
from news.register import canonical
from news.register.chain import NO_LINE, Entry, Line, following

PAGE = 1000
BATCH = 500


@dataclass(frozen=True)
class Head:
    """The end of the register: how many lines it has, the chain up to the last, and since when it is there."""

    position: int = 0
    chain: str = NO_LINE
    entered_at: datetime = moment.EARLIEST


class Waiting(NamedTuple):
    """A text without a line; as a tuple, its place among the others."""

    at: datetime
    number: int
    sequence: int
    pk: int


class Place(NamedTuple):
    """Where a text stands in the register, and its digest."""

    position: int
    digest: str


def settle(at: datetime, *, taken_over: Collection[int] = ()) -> int:
    """Write the lines of all that has begun by the aware instant `at` and has none; return how many were written.

    Statements that were `taken_over` (their keys), which takes a while, enter now: behind what began meanwhile. One
    cheap query where there are none. Memory stays flat, and it is part of the transaction of whoever calls it.
    """
    if not _unwritten(at).exists():
        return 0
    with version.raised_once():  # one writer at a time: nobody else enters the same texts
        head = last()
        waiting = _waiting(at, head, taken_over)
        for start in range(0, len(waiting), BATCH):
            batch = waiting[start : start + BATCH]
            made = list(_made(head, batch))
            RegisterLine.objects.bulk_create(
                RegisterLine(
                    position=line.position,
                    edition_id=key.pk,
                    digest=line.entry.digest,
                    chain=line.chain,
                    entered_at=key.at,
                )
                for key, line in made
            )
            Edition.objects.filter(pk__in=[key.pk for key in batch]).update(is_registered=True)
            key, line = made[-1]
            head = Head(line.position, line.chain, key.at)
    return len(waiting)


def last() -> Head:
    """Return the end of what is written."""
    return _head(RegisterLine.objects.order_by("-position"))


def head(at: datetime) -> Head:
    """Return the end of the register as it is at the aware instant `at`."""
    written = last()
    if written.entered_at > at:
        # Along the index of instants, which are in the order of the lines.
        return _head(RegisterLine.objects.filter(entered_at__lte=at).order_by("-entered_at", "-position"))
    made = _unwritten_lines(at)
    return Head(made[-1][1].position, made[-1][1].chain, made[-1][0].at) if made else written


def page(at: datetime, after: int) -> list[Line]:
    """Return up to PAGE lines behind the position `after`, as the register is at the aware instant `at`."""
    until = after + PAGE
    rows = RegisterLine.objects.filter(position__gt=after, position__lte=until, entered_at__lte=at)
    found = [_line(row) for row in rows.order_by("position").values_list(*_COLUMNS)]
    return found + [line for _key, line in _unwritten_lines(at) if after < line.position <= until]


def place(edition: Edition, at: datetime) -> Place | None:
    """Return the edition's position and digest as the register has them at `at`; None where it is not in it."""
    row = RegisterLine.objects.filter(edition=edition, entered_at__lte=at).first()
    if row:
        return Place(row.position, row.digest)
    made = (Place(line.position, line.entry.digest) for key, line in _unwritten_lines(at) if key.pk == edition.pk)
    return next(made, None)


def with_digest(digest: str, at: datetime) -> Edition | None:
    """Return the edition whose digest it is, if the register holds it at the aware instant `at`."""
    row = RegisterLine.objects.filter(digest=digest, entered_at__lte=at).first()
    made = [key.pk for key, line in _unwritten_lines(at) if line.entry.digest == digest]
    keys = [row.edition_id] if row else made
    return Edition.objects.select_related("statement").filter(pk__in=keys).first()


def entry(edition: Edition) -> Entry:
    """Return what the register says of an edition that has begun."""
    assert edition.sequence and edition.public_from and edition.statement.number  # noqa: S101, PT018  it was approved
    return Entry(
        edition.statement.number,
        edition.sequence,
        edition.language,
        edition.public_from,
        canonical.digest(edition),
    )


_NEEDED = ("language", "sequence", "public_from", "date", *(field for _name, field in canonical.FIELDS))
_EDITION = ("edition__statement__number", "edition__sequence", "edition__language", "edition__public_from")
_COLUMNS = ("position", *_EDITION, "digest", "chain")


def _line(row: tuple[int, int, int, str, datetime, str, str]) -> Line:
    position, number, sequence, language, public_from, digest, chain = row
    return Line(position, Entry(number, sequence, language, public_from, digest), chain)


def _head(rows: KeptForever) -> Head:
    found = rows.values_list("position", "chain", "entered_at").first()
    return Head(*found) if found else Head()


def _unwritten(at: datetime) -> EditionQuerySet:
    # The second condition is for a row that somebody restored without its mark: a text has one line, whatever happens.
    return Edition.objects.begun(at).filter(is_registered=False, line__isnull=True)


def _waiting(at: datetime, head: Head, taken_over: Collection[int] = ()) -> list[Waiting]:
    late = set(taken_over)
    rows = _unwritten(at).values_list("public_from", "approved_at", "statement", "statement__number", "sequence", "pk")
    keys = []
    for begun, approved, statement, number, sequence, pk in rows:
        assert begun and approved and number and sequence  # noqa: S101, PT018  it was approved
        entered = at if statement in late else max(begun, approved, head.entered_at)
        keys.append(Waiting(entered, number, sequence, pk))
    return sorted(key for key in keys if key.at <= at)


def _unwritten_lines(at: datetime) -> list[tuple[Waiting, Line]]:
    """Return what `settle` would write at the aware instant `at`; asked once for a page."""

    def ask() -> list[tuple[Waiting, Line]]:
        head = last()
        return list(_made(head, _waiting(at, head)))

    return moment.remember(f"register {at.isoformat()}", ask)


def _made(head: Head, waiting: list[Waiting]) -> Iterator[tuple[Waiting, Line]]:
    """Yield the lines of the texts, in order, behind `head`."""
    for start in range(0, len(waiting), BATCH):
        batch = waiting[start : start + BATCH]
        texts = Edition.objects.select_related("statement").only(*_NEEDED, "statement__number")
        editions = texts.in_bulk([key.pk for key in batch])
        lines = following(head.position, head.chain, (entry(editions[key.pk]) for key in batch))
        for key, line in zip(batch, lines, strict=True):
            yield key, line
            head = Head(line.position, line.chain, key.at)
