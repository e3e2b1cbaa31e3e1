"""Approving: a second person lets an edition become public, now or at a minute to come."""

from datetime import datetime

from django.utils.translation import gettext as _

from embassy import moment
from news.actions import timeline
from news.actions.checking import require_title
from news.actions.rules import (
    By,
    Refusal,
    helpers,
    log,
    on_fresh,
    require,
    require_future_minute,
    require_right,
    require_second_person,
    require_step,
)
from news.models import Edition
from news.states import Act, Right


@on_fresh
def release(edition: Edition, *, seen: datetime | None = None, by: By, at: datetime) -> Edition:
    """Approve the edition and make it public now; it takes over from the one that is public.

    `seen` is the edition's `changed_at` when `by` read it: what was changed since is not approved unread.
    """
    require_step(Act.RELEASE, edition, by=by)
    require_title(edition)
    _require_unchanged(edition, seen)
    require_second_person(edition, by=by)
    timeline.approve(edition, by=by, at=at, public_from=at)
    log(Act.RELEASE, edition, by=by, at=at)
    return edition


@on_fresh
def schedule(
    edition: Edition, *, public_from: datetime, zone: str = "", seen: datetime | None = None, by: By, at: datetime
) -> Edition:
    """Approve the edition for a whole minute to come; at that instant it takes over by itself.

    `zone` is the IANA name of the clock on which the minute was typed; `seen` is as for `release`.
    """
    require_step(Act.SCHEDULE, edition, by=by)
    require_title(edition)
    _require_unchanged(edition, seen)
    require_second_person(edition, by=by)
    require_future_minute(public_from, at)
    edition.public_from_zone = zone or edition.public_from_zone
    timeline.approve(edition, by=by, at=at, public_from=public_from)
    log(Act.SCHEDULE, edition, by=by, at=at, detail=moment.in_utc(public_from))
    return edition


@on_fresh
def force(
    edition: Edition, *, reason: str, public_from: datetime | None = None, zone: str = "", by: By, at: datetime
) -> Edition:
    """Approve without a second person, now or for a minute to come; it is marked until another one has looked at it.

    `zone` is the IANA name of the clock on which the minute was typed.
    """
    require_step(Act.FORCE, edition, by=by)
    require_title(edition)
    require(by is not None, _("A command needs no force: it approves by itself."))
    require(bool(reason.strip()), _("Say why it cannot wait for a second person."))
    if public_from is not None:
        require_future_minute(public_from, at)
    edition.forced_reason, edition.public_from_zone = reason.strip(), zone or edition.public_from_zone
    timeline.approve(edition, by=by, at=at, public_from=at if public_from is None else public_from)
    when = f"{moment.in_utc(public_from)}: " if public_from else ""
    log(Act.FORCE, edition, by=by, at=at, detail=when + edition.forced_reason)
    return edition


@on_fresh
def review(edition: Edition, *, by: By, at: datetime) -> Edition:
    """Look afterwards at what one person forced: the mark goes, who looked stays."""
    require(bool(edition.forced_reason), _("Nobody forced this edition."))
    require(edition.reviewed_at is None, _("Somebody has looked at it already."))
    require(by is not None, _("A person has to look at it, not a command."))
    require_right(by, Right.EDIT, _("Your account may not look at forced releases for the others."))
    assert by is not None  # noqa: S101  refused above
    involved = {edition.author_id, edition.approved_by_id}
    if by.pk in involved:
        sentence = _("You wrote or forced it yourself: somebody else has to look at it.")
        raise Refusal(f"{sentence} {helpers(Right.EDIT, besides=involved)}")
    edition.reviewed_by, edition.reviewed_at = by, at
    edition.save()
    log(Act.REVIEW, edition, by=by, at=at)
    return edition


def _require_unchanged(edition: Edition, seen: datetime | None) -> None:
    require(
        seen is None or edition.changed_at == seen,
        _("The text was changed after you opened this page: read it again, then approve it."),
    )
