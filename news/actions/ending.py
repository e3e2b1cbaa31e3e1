"""Ending: a notice on what is public, or the end of its interval. A new edition undoes both."""

from datetime import datetime

from django.utils.translation import gettext as _

from news.actions.rules import By, log, on_fresh, require, require_later, require_quiet, require_releaser
from news.actions.showing import copy_shown
from news.actions.timeline import approve, copy_words, stop_scheduled
from news.models import Edition, Statement
from news.states import Act


@on_fresh
def withdraw(statement: Statement, *, notice: str, by: By, at: datetime) -> Edition:
    """Put a notice on the text that is public: it stays readable at its address and leaves every list."""
    require_releaser(by)
    require(bool(notice.strip()), _("Write the notice that the public will read."))
    now = statement.standing(at)
    require(now.visible is not None, _("Nothing of this statement is public now."))
    assert now.visible is not None  # noqa: S101  the line above refused
    require(not now.visible.withdrawal_notice, _("This statement is withdrawn already."))
    stop_scheduled(now, by=by, at=at)
    edition = Edition(statement=statement, author=by, changed_at=at, withdrawal_notice=notice.strip())
    copy_words(now.visible, edition)
    approve(edition, by=by, at=at, public_from=at)
    copy_shown(now.visible, edition)
    log(Act.WITHDRAW, edition, by=by, at=at, detail=notice)
    return edition


@on_fresh
def remove(statement: Statement, *, reason: str, by: By, at: datetime) -> Edition:
    """End the interval of the text that is public: its address answers 410 with the reason."""
    require_releaser(by)
    require(bool(reason.strip()), _("Write the reason that the public will read."))
    now = statement.standing(at)
    require(now.visible is not None, _("Nothing of this statement is public now."))
    assert now.visible is not None  # noqa: S101  the line above refused
    require_quiet(at)
    require_later(now.visible, at)
    stop_scheduled(now, by=by, at=at)
    edition = Edition.objects.get(pk=now.visible.pk)
    edition.public_until, edition.removal_reason = at, reason.strip()
    edition.save()
    log(Act.REMOVE, edition, by=by, at=at, detail=reason)
    return edition
