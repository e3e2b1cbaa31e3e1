"""States and steps as data: what staff do to an edition, and what an instant makes of a statement.

Imports nothing of ours. The diagram in docs/four-eyes.md is drawn from STEPS.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """What staff did to an edition. Scheduled, live and superseded are no states: they are intervals at an instant."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned")
    APPROVED = "approved", _("Approved")


# Not approved yet: of each statement at most one edition, “the draft”.
WRITING = (State.DRAFT, State.SUBMITTED, State.RETURNED)


class Act(models.TextChoices):
    """What was done, as the log names it: one for each verb of `news.actions`."""

    WRITE = "write", _("Began a draft")
    CHANGE = "change", _("Changed the draft")
    DESCRIBE = "describe", _("Changed language or translation")
    START_EDITION = "start_edition", _("Began a new edition")
    FOLLOW = "follow", _("Said which edition of the original it follows")
    DISCARD_DRAFT = "discard_draft", _("Discarded the draft")
    SUBMIT = "submit", _("Submitted for approval")
    RECALL = "recall", _("Took the submission back")
    RETURN = "return", _("Returned with a comment")
    COMMENT = "comment", _("Commented")
    RELEASE = "release", _("Approved and released")
    SCHEDULE = "schedule", _("Approved for a time")
    FORCE = "force", _("Forced without a second person")
    REVIEW = "review", _("Looked at what was forced")
    RESCHEDULE = "reschedule", _("Moved to another time")
    RELEASE_NOW = "release_now", _("Released before its time")
    TAKE_BACK = "take_back", _("Took back to draft")
    ADOPT = "adopt", _("Imported")
    FEATURE = "feature", _("Changed until when it is featured")
    WITHDRAW = "withdraw", _("Withdrew")
    REMOVE = "remove", _("Removed from the public")
    SHARE = "share", _("Made a preview link")
    RENEW_LINK = "renew_link", _("Gave a preview link a new address")
    REVOKE_LINK = "revoke_link", _("Revoked a preview link")
    ADD_FILE = "add_file", _("Added to the library")
    CHANGE_FILE = "change_file", _("Changed what the library says of a file")
    DELETE_FILE = "delete_file", _("Deleted from the library")


class Right(models.TextChoices):
    """What a person may do in the newsroom, as Django's permissions name it."""

    READ = "news.view_statement", _("read what is not public")
    WRITE = "news.change_statement", _("write drafts and submit them")
    EDIT = "news.return_statement", _("change what is submitted, and return it")
    RELEASE = "news.release_statement", _("decide what is public")
    SHARE = "news.share_statement", _("show a text to outsiders before its time")


@dataclass(frozen=True)
class Step:
    """One way in which an edition moves: from which states, to which (None: it stays), and whose right it is."""

    act: Act
    before: tuple[State, ...]
    after: State | None
    right: Right


STEPS = (
    Step(Act.CHANGE, (State.DRAFT, State.RETURNED), None, Right.WRITE),
    Step(Act.CHANGE, (State.SUBMITTED,), None, Right.EDIT),
    Step(Act.SUBMIT, (State.DRAFT, State.RETURNED), State.SUBMITTED, Right.WRITE),
    Step(Act.RECALL, (State.SUBMITTED,), State.DRAFT, Right.WRITE),
    Step(Act.RETURN, (State.SUBMITTED,), State.RETURNED, Right.EDIT),
    Step(Act.RELEASE, (State.SUBMITTED,), State.APPROVED, Right.RELEASE),
    Step(Act.SCHEDULE, (State.SUBMITTED,), State.APPROVED, Right.RELEASE),
    Step(Act.FORCE, WRITING, State.APPROVED, Right.RELEASE),
    # Only what is scheduled: what was public stays approved for good.
    Step(Act.TAKE_BACK, (State.APPROVED,), State.DRAFT, Right.RELEASE),
)


def step(act: Act, state: str) -> Step | None:
    """Return the step by which `act` moves an edition that is in `state`; None where it cannot."""
    return next((one for one in STEPS if one.act == act and state in one.before), None)


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
    draft = next((edition for edition in editions if edition.state in WRITING), None)
    if visible:
        situation = Situation.WITHDRAWN if visible.withdrawal_notice else Situation.LIVE
    elif any(e.state == State.APPROVED and e.public_from is not None and e.public_from <= at for e in editions):
        situation = Situation.REMOVED
    else:
        situation = Situation.SCHEDULED if scheduled else Situation.DRAFT
    return Standing(situation, visible, scheduled, draft)
