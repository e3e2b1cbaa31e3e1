"""Releasing: what the public reads, and from when."""

from datetime import datetime

from django.utils.translation import gettext as _

from embassy import moment
from news.actions import timeline
from news.actions.rules import By, log, on_fresh, one_at_a_time, require, require_draft, require_releaser
from news.actions.writing import Text, put
from news.models import Edition, Statement
from news.states import Act, Situation, State


@on_fresh
def release(edition: Edition, *, by: By, at: datetime) -> Edition:
    """Make the edition public now; it takes over from the one that is public."""
    require_releaser(by)
    if edition.is_scheduled(at):
        timeline.take_back(edition)
    require_draft(edition)
    timeline.approve(edition, by=by, at=at, public_from=at)
    log(Act.RELEASE, edition, by=by, at=at)
    return edition


@on_fresh
def schedule(edition: Edition, *, public_from: datetime, by: By, at: datetime) -> Edition:
    """Approve the edition for a whole minute to come; at that instant it takes over by itself."""
    require_releaser(by)
    require_draft(edition)
    require(moment.is_whole_minute(public_from), _("Choose a whole minute."))
    require(moment.is_reachable(public_from), _("That year is out of reach."))
    require(public_from > at, _("That time has passed: choose a later one, or release now."))
    timeline.approve(edition, by=by, at=at, public_from=public_from)
    log(Act.SCHEDULE, edition, by=by, at=at, detail=f"{public_from:%Y-%m-%d %H:%M} UTC")
    return edition


@on_fresh
def take_back(edition: Edition, *, by: By, at: datetime) -> Edition:
    """Make a scheduled edition a draft again; the register number stays with the statement."""
    require_releaser(by)
    require(edition.is_scheduled(at), _("Only an edition that is scheduled can be taken back."))
    timeline.take_back(edition)
    log(Act.TAKE_BACK, edition, by=by, at=at)
    return edition


@one_at_a_time
def adopt(text: Text, *, source: str, language: str, by: By, at: datetime) -> Edition:
    """Take over a statement that was public elsewhere since `text.public_from`: numbered and approved at once."""
    require_releaser(by)
    require(text.public_from is not None and text.public_from <= at, _("It was not public yet."))
    require(not Statement.objects.filter(source=source).exists(), _("It was taken over before."))
    # A new statement has no other edition to agree with: one row of each is written, once.
    statement = Statement.objects.create(language=language, source=source, number=timeline.next_number())
    edition = Edition(statement=statement, author=by, changed_at=at)
    edition.state, edition.sequence, edition.approved_by, edition.approved_at = State.APPROVED, 1, by, at
    put(edition, text)
    log(Act.ADOPT, edition, by=by, at=at, detail=source)
    return edition


@on_fresh
def feature(statement: Statement, *, until: datetime | None, by: By, at: datetime) -> Edition:
    """Let the home page lead with the statement until an instant (None: no longer). Its words do not change."""
    require_releaser(by)
    now = statement.standing(at)
    require(now.situation == Situation.LIVE, _("Only a statement that is live can be featured."))
    require(until is None or until > at, _("That time has passed: choose a later one, or none to end it."))
    require(until is None or moment.is_reachable(until), _("That year is out of reach."))
    assert now.visible is not None  # noqa: S101  it is live
    now.visible.featured_until = until
    now.visible.save()
    log(Act.FEATURE, now.visible, by=by, at=at, detail=f"{until:%Y-%m-%d %H:%M} UTC" if until else "")
    return now.visible
