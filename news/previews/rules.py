"""What a preview link answers at an instant: which text, or why none."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from django.urls import reverse
from django.utils import translation

from news.models import Edition, PreviewLink
from news.previews import tokens
from news.states import Standing, standing

USUAL = timedelta(days=7)
LONGEST = timedelta(days=90)
# Beyond its minute, so that whoever opens the link just then is led on to the public page.
AFTER_EMBARGO = timedelta(hours=1)


class Outcome(Enum):
    """What becomes of somebody who opens a link."""

    SHOWN = "shown"
    # The words are not those that were shared.
    CHANGED = "changed"
    # What was shared has been public: the public address answers, whatever it says by now.
    PUBLIC = "public"
    # Expired, revoked, unknown, or about nothing that there is: never told apart.
    ENDED = "ended"


@dataclass(frozen=True)
class Answer:
    """The outcome, and the edition to show where there is one."""

    outcome: Outcome
    edition: Edition | None = None


ENDED = Answer(Outcome.ENDED)


def find(token: str) -> PreviewLink | None:
    """Return the link of the token, whatever has become of it: one query, also for a token that nobody was given."""
    asked = tokens.digest(token)
    link = PreviewLink.objects.filter(digest=asked).select_related("statement").first()
    # The index of the database finds what is equal in a time of its own; what is said rests on this comparison.
    is_same = tokens.is_same(asked, link.digest if link else tokens.digest(""))
    return link if is_same else None


def answer(link: PreviewLink, at: datetime) -> Answer:
    """Return what the link answers at the aware instant `at`."""
    if not link.is_live(at):
        return ENDED
    editions = list(link.statement.editions.all())
    shared = next((edition for edition in editions if edition.pk == link.edition_id), None)
    if link.is_fixed:
        return _fixed(link, shared, at)
    if any(_settles(link, edition, at) for edition in editions):
        return Answer(Outcome.PUBLIC)
    edition = next_edition(standing(editions, at))
    return Answer(Outcome.SHOWN, edition) if edition else ENDED


def next_edition(now: Standing[Edition]) -> Edition | None:
    """Return the text that can be shared: what is being written, or what is to come."""
    return now.draft or now.scheduled


def public_address(link: PreviewLink) -> str:
    """Return the address at which the public reads the statement, or why it cannot."""
    with translation.override(link.statement.language):
        return reverse("news:number", args=[link.statement.number])


def usual_expiry(edition: Edition | None, at: datetime) -> datetime:
    """Return when a link to the edition ends unless staff choose otherwise: soon after the embargo, or in a week."""
    embargo = not_before(edition, at) if edition else None
    if embargo and embargo + AFTER_EMBARGO <= at + LONGEST:
        return embargo + AFTER_EMBARGO
    return at.replace(second=0, microsecond=0) + USUAL


def not_before(edition: Edition, at: datetime) -> datetime | None:
    """Return the instant before which nobody may publish the words; None where no time to come is set."""
    return edition.public_from if edition.public_from and edition.public_from > at else None


def words_digest(edition: Edition) -> str:
    """Return a digest of all that a reader sees of the edition, in its own language: another one means other words."""
    with translation.override(edition.language):  # not that of whoever shares it, or of the address it is read at
        return _digest(edition)


def _digest(edition: Edition) -> str:
    words: list[Any] = [getattr(edition, name) for name in ("title", "summary", "body", "date", "category_id")]
    words += [edition.language, edition.change_note, str(edition.category and edition.category.name)]
    for use in edition.uses.order_by("role", "position", "pk").select_related("file"):
        file = use.file
        words += [use.role, file.pk, str(file.alt), file.is_decorative, str(file.caption), file.credit]
    return hashlib.sha256(repr(words).encode("utf-8", "surrogatepass")).hexdigest()


def _fixed(link: PreviewLink, shared: Edition | None, at: datetime) -> Answer:
    if shared is None:
        return Answer(Outcome.CHANGED)
    if _has_begun(shared, at):
        return Answer(Outcome.PUBLIC)
    if not tokens.is_same(words_digest(shared), link.words_digest):
        return Answer(Outcome.CHANGED)
    return Answer(Outcome.SHOWN, shared)


def _settles(link: PreviewLink, edition: Edition, at: datetime) -> bool:
    """Tell whether the link is over with the edition: what came after what was shared is not for its outlet."""
    if edition.pk == link.edition_id:
        return _has_begun(edition, at)
    removed = bool(edition.removal_reason) and edition.public_until is not None and edition.public_until <= at
    if removed and edition.public_until is not None and edition.public_until > link.created_at:
        return True
    return _has_begun(edition, at) and edition.public_from is not None and edition.public_from > link.created_at


def _has_begun(edition: Edition, at: datetime) -> bool:
    return edition.sequence is not None and edition.public_from is not None and edition.public_from <= at
