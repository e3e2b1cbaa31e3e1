"""What is approved: moved to another time, taken back, featured."""

from datetime import datetime

from django.utils.translation import gettext as _

from embassy import moment
from news.actions import timeline
from news.actions.rules import By, log, on_fresh, require, require_future_minute, require_releaser
from news.models import Edition, Statement
from news.states import Act, Situation


@on_fresh
def release_now(edition: Edition, *, by: By, at: datetime) -> Edition:
    """Make a scheduled edition public at once, not at its time; it stays approved by whom it was."""
    require_releaser(by)
    _require_scheduled(edition, at)
    timeline.move(edition, at=at, public_from=at)
    log(Act.RELEASE_NOW, edition, by=by, at=at)
    return edition


@on_fresh
def reschedule(edition: Edition, *, public_from: datetime, zone: str = "", by: By, at: datetime) -> Edition:
    """Move a scheduled edition to another minute to come, typed on the clock of `zone`; it stays approved as it was."""
    require_releaser(by)
    _require_scheduled(edition, at)
    require_future_minute(public_from, at)
    before = edition.public_from
    assert before is not None  # noqa: S101  it is scheduled
    edition.public_from_zone = zone or edition.public_from_zone
    timeline.move(edition, at=at, public_from=public_from)
    log(Act.RESCHEDULE, edition, by=by, at=at, detail=f"{moment.in_utc(before)} → {moment.in_utc(public_from)}")
    return edition


@on_fresh
def take_back(edition: Edition, *, by: By, at: datetime) -> Edition:
    """Make a scheduled edition a draft again; the register number stays with the statement."""
    require_releaser(by)
    _require_scheduled(edition, at)
    timeline.take_back(edition, at=at)
    log(Act.TAKE_BACK, edition, by=by, at=at)
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
    log(Act.FEATURE, now.visible, by=by, at=at, detail=moment.in_utc(until) if until else "")
    return now.visible


def _require_scheduled(edition: Edition, at: datetime) -> None:
    require(edition.is_scheduled(at), _("It is not scheduled any more: look at the statement again."))
