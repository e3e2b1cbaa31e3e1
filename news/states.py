"""States as data: what staff do to an edition, and what an instant makes of a statement. Imports nothing of ours."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """What staff did to an edition. Scheduled, live and superseded are no states: they are intervals at an instant."""

    DRAFT = "draft", _("Draft")
    APPROVED = "approved", _("Approved")


class Act(models.TextChoices):
    """What was done, as the log names it: one for each verb of `news.actions`."""

    WRITE = "write", _("Began a draft")
    CHANGE = "change", _("Changed the draft")
    DESCRIBE = "describe", _("Changed language or translation")
    START_EDITION = "start_edition", _("Began a new edition")
    DISCARD_DRAFT = "discard_draft", _("Discarded the draft")
    RELEASE = "release", _("Released")
    SCHEDULE = "schedule", _("Scheduled for a time")
    TAKE_BACK = "take_back", _("Took back to draft")
    ADOPT = "adopt", _("Imported")
    FEATURE = "feature", _("Changed until when it is featured")
    WITHDRAW = "withdraw", _("Withdrew")
    REMOVE = "remove", _("Removed from the public")


class Situation(models.TextChoices):
    """What a statement is at an instant, in the words of the newsroom."""

    DRAFT = "draft", _("Draft")
    SCHEDULED = "scheduled", _("Scheduled")
    LIVE = "live", _("Live")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    REMOVED = "removed", _("Removed")


class Timed(Protocol):
    """What this module needs to know of an edition."""

    @property
    def state(self) -> str: ...  # noqa: D102
    @property
    def public_from(self) -> datetime | None: ...  # noqa: D102
    @property
    def public_until(self) -> datetime | None: ...  # noqa: D102
    @property
    def withdrawal_notice(self) -> str: ...  # noqa: D102


E = TypeVar("E", bound=Timed)
# Not bound: a model's fields are descriptors, which no type checker takes for a protocol's attributes.
S = TypeVar("S")


def is_visible(edition: Timed, at: datetime) -> bool:
    """Tell whether the edition can be read at the aware instant `at`."""
    return (
        edition.state == State.APPROVED
        and edition.public_from is not None
        and edition.public_from <= at
        and (edition.public_until is None or at < edition.public_until)
    )


def is_listed(edition: Timed, at: datetime) -> bool:
    """Tell whether lists, feeds and search show the edition at the aware instant `at`."""
    return is_visible(edition, at) and not edition.withdrawal_notice


def is_scheduled(edition: Timed, at: datetime) -> bool:
    """Tell whether the edition is approved and its time has not come at the aware instant `at`."""
    return edition.state == State.APPROVED and edition.public_from is not None and edition.public_from > at


@dataclass(frozen=True)
class Standing(Generic[S]):
    """A statement at an instant: its situation, and the editions that make it."""

    situation: Situation
    visible: S | None
    scheduled: S | None
    draft: S | None


def standing(editions: Iterable[E], at: datetime) -> Standing[E]:
    """Return what one statement's editions make of it at the aware instant `at`."""
    editions = list(editions)
    visible = next((edition for edition in editions if is_visible(edition, at)), None)
    scheduled = next((edition for edition in editions if is_scheduled(edition, at)), None)
    draft = next((edition for edition in editions if edition.state == State.DRAFT), None)
    if visible:
        situation = Situation.WITHDRAWN if visible.withdrawal_notice else Situation.LIVE
    elif any(e.state == State.APPROVED and e.public_from is not None and e.public_from <= at for e in editions):
        situation = Situation.REMOVED
    else:
        situation = Situation.SCHEDULED if scheduled else Situation.DRAFT
    return Standing(situation, visible, scheduled, draft)
