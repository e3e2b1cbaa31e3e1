"""A statement and its translations, public at one instant: all of them or none, each by its own rules."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from embassy import version
from news.actions.approving import force, release, schedule
from news.actions.rules import By, Refusal, require
from news.models import Edition, Statement

Seen = Mapping[int, datetime]
NOTHING_SEEN: Seen = {}


def release_together(editions: Sequence[Edition], *, seen: Seen = NOTHING_SEEN, by: By, at: datetime) -> list[Edition]:
    """Approve the texts of one statement and its translations and make them public now.

    `seen` says by key what `changed_at` of each was when `by` read it. A refusal names the text.
    """
    return _all_or_none(editions, lambda one: release(one, seen=seen.get(one.pk), by=by, at=at))


def schedule_together(
    editions: Sequence[Edition],
    *,
    public_from: datetime,
    zone: str = "",
    seen: Seen = NOTHING_SEEN,
    by: By,
    at: datetime,
) -> list[Edition]:
    """Approve the texts of one statement and its translations for one whole minute to come.

    `zone` is the IANA name of the clock on which the minute was typed; `seen` is as for `release_together`.
    """
    return _all_or_none(
        editions, lambda one: schedule(one, public_from=public_from, zone=zone, seen=seen.get(one.pk), by=by, at=at)
    )


def force_together(
    editions: Sequence[Edition],
    *,
    reason: str,
    public_from: datetime | None = None,
    zone: str = "",
    seen: Seen = NOTHING_SEEN,
    by: By,
    at: datetime,
) -> list[Edition]:
    """Approve the first of the texts without a second person, and each other so only where `by` changed it last.

    What somebody else wrote is approved as always, for `by` is its second person. Otherwise as `force`.
    """

    def verb(edition: Edition) -> Edition:
        if edition.pk == editions[0].pk or (by is not None and _author(edition) == by.pk):
            return force(edition, reason=reason, public_from=public_from, zone=zone, by=by, at=at)
        if public_from is None:
            return release(edition, seen=seen.get(edition.pk), by=by, at=at)
        return schedule(edition, public_from=public_from, zone=zone, seen=seen.get(edition.pk), by=by, at=at)

    return _all_or_none(editions, verb)


def _all_or_none(editions: Sequence[Edition], verb: Callable[[Edition], Edition]) -> list[Edition]:
    with version.raised_once():
        statements = {one.pk: one for one in Statement.objects.filter(editions__in=[each.pk for each in editions])}
        groups = {one.translation_of_id or one.pk for one in statements.values()}
        require(len(statements) == len(editions), _("One of the texts no longer exists: look at the statement again."))
        require(len(groups) == 1, _("These texts are no translations of each other."))
        # The register counts up with the instant: what has a number already goes first, then the original.
        order = sorted(editions, key=lambda one: _place(statements[one.statement_id]))
        return [_named(one, statements[one.statement_id], verb) for one in order]


def _named(edition: Edition, statement: Statement, verb: Callable[[Edition], Edition]) -> Edition:
    try:
        return verb(edition)
    except Refusal as refusal:
        names = {"title": edition.title, "language": statement.get_language_display(), "why": refusal}
        raise Refusal(_("“%(title)s” (%(language)s): %(why)s") % names) from refusal


def _place(statement: Statement) -> tuple[bool, int, bool, int]:
    is_numbered = statement.number is not None
    return not is_numbered, statement.number or 0, statement.translation_of_id is not None, statement.pk


def _author(edition: Edition) -> int | None:
    """Return who changed the words last, as the database holds it now."""
    return Edition.objects.filter(pk=edition.pk).values_list("author", flat=True).first()
