"""Between writing and approving: what is submitted, taken back, returned, and said about it."""

from datetime import datetime

from django.utils.translation import gettext as _

from news.actions.rules import By, log, on_fresh, require, require_right, require_step
from news.models import Comment, Edition
from news.models.limits import LONGEST_SUMMARY
from news.states import Act, Right, State


@on_fresh
def submit(edition: Edition, *, comment: str = "", by: By, at: datetime) -> Edition:
    """Ask for approval: writers can no longer change the words, editors can."""
    require_step(Act.SUBMIT, edition, by=by)
    require_title(edition)
    return _move(Act.SUBMIT, edition, State.SUBMITTED, words=comment, by=by, at=at)


@on_fresh
def recall(edition: Edition, *, by: By, at: datetime) -> Edition:
    """Take a submission back to go on writing."""
    require_step(Act.RECALL, edition, by=by)
    return _move(Act.RECALL, edition, State.DRAFT, by=by, at=at)


@on_fresh
def return_(edition: Edition, *, comment: str, by: By, at: datetime) -> Edition:
    """Give a submitted text back to its writers, with what is to be changed."""
    require_step(Act.RETURN, edition, by=by)
    require(bool(comment.strip()), _("Say what is to be changed: the writer reads it beside the text."))
    return _move(Act.RETURN, edition, State.RETURNED, words=comment, by=by, at=at)


@on_fresh
def comment(edition: Edition, *, words: str, by: By, at: datetime) -> Comment:
    """Say something about an edition to the other staff; the public never reads it."""
    require_right(by, Right.WRITE, _("Your account may not comment on statements."))
    said = _say(edition, words, by=by, at=at)
    log(Act.COMMENT, edition, by=by, at=at, detail=said.words)
    return said


def require_title(edition: Edition) -> None:
    """Refuse a text without a title: a draft begun on a removed text that moved here without its words has none."""
    require(bool(edition.title), _("A statement needs a title."))


def _move(act: Act, edition: Edition, state: State, *, words: str = "", by: By, at: datetime) -> Edition:
    # `changed_at` stays: the words are the same, and a form that is open elsewhere is still right.
    edition.state = state
    edition.save()
    if words.strip():
        _say(edition, words, by=by, at=at)
    log(act, edition, by=by, at=at, detail=words.strip())
    return edition


def _say(edition: Edition, words: str, *, by: By, at: datetime) -> Comment:
    require(bool(words.strip()), _("Write the comment."))
    require(len(words) <= LONGEST_SUMMARY, _("The comment is longer than %d characters.") % LONGEST_SUMMARY)
    return Comment.objects.create(edition=edition, by=by, at=at, words=words.strip())
