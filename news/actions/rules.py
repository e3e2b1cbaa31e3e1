"""What every verb keeps: the rights, one writer at a time, the row as it is now, a log row, and refusals in words."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from embassy import version
from news import permissions
from news.models import Edition, LogRow, Statement
from news.states import Act, State

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T", Statement, Edition)
By = User | None


class Refusal(Exception):  # noqa: N818  the newsroom's word
    """A rule forbids the act; the text says which, and what to do. Nothing was written."""


# One transaction in which no other verb runs: raising the site version waits for its turn.
one_at_a_time = version.raising


def on_fresh(verb: Callable[Concatenate[T, P], R]) -> Callable[Concatenate[T, P], R]:
    """Run the verb alone (`one_at_a_time`), on the row as the database holds it now: what a page showed may be old."""

    @one_at_a_time
    @wraps(verb)
    def wrapper(row: T, /, *args: P.args, **kwargs: P.kwargs) -> R:
        fresh = type(row)._default_manager.filter(pk=row.pk).first()  # noqa: SLF001
        require(fresh is not None, _("This text no longer exists: somebody discarded it."))
        assert fresh is not None  # noqa: S101  the line above refused
        require_in_order(fresh, cast("datetime", kwargs["at"]))
        return verb(fresh, *args, **kwargs)

    return wrapper


def require(condition: bool, sentence: str) -> None:  # noqa: FBT001
    """Refuse with the sentence where the condition does not hold."""
    if not condition:
        raise Refusal(sentence)


def require_writer(by: By) -> None:
    """Refuse somebody who may not write."""
    require(by is None or permissions.may_write(by), _("Your account may not write statements. Ask an administrator."))


def require_releaser(by: By) -> None:
    """Refuse somebody who may not decide what is public."""
    require(
        by is None or permissions.may_release(by),
        _("Your account may not decide what is public. Ask somebody who may release statements."),
    )


def require_draft(edition: Edition) -> None:
    """Refuse an edition that is no draft."""
    require(
        edition.state == State.DRAFT,
        _("This edition is no draft: what the public reads is changed by a new edition."),
    )


def require_in_order(row: Statement | Edition, at: datetime) -> None:
    """Refuse an act that something later has overtaken."""
    # An act that waited for its turn, or whose machine's clock is slow, must not undo what the public has read since.
    statement_pk = row.statement_id if isinstance(row, Edition) else row.pk
    require(
        not LogRow.objects.filter(statement_pk=statement_pk, at__gt=at).exists(),
        _("Somebody changed this statement a moment ago: look at it again, then try once more."),
    )


def require_later(edition: Edition, at: datetime) -> None:
    """Refuse an instant at which the edition only begins: its interval would be empty."""
    require(
        edition.public_from is not None and at > edition.public_from,
        _("The text became public at this very instant: try again."),
    )


def log(verb: Act, edition: Edition, *, by: By, at: datetime, detail: str = "") -> None:
    """Write the log row of what was done."""
    LogRow.objects.create(
        at=at,
        by=by,
        verb=verb,
        statement_pk=edition.statement_id,
        edition_pk=edition.pk,
        title=edition.title,
        detail=detail,
    )
