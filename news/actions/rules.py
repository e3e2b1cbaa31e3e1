"""What every verb keeps: the rights, one writer at a time, the row as it is now, a log row, and refusals in words."""

import time
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from embassy import log as embassy_log
from embassy import moment, version
from embassy.log import LogRow
from news import permissions
from news.models import Edition, Statement
from news.states import WRITING, Act, Right, State, step

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T", Statement, Edition)
By = User | None
MOST_NAMES = 5


class Refusal(Exception):  # noqa: N818  the newsroom's word
    """A rule forbids the act; the text says which, and what to do. Nothing was written."""


# So many seconds an act may wait for its turn; and so many it may take from then on, at the most.
LONGEST_WAIT = 30.0
LONGEST_ACT = 5.0


def one_at_a_time(verb: Callable[P, R]) -> Callable[P, R]:
    """Run the verb in a transaction in which no other one runs: raising the site version waits for its turn."""

    @version.raising
    def alone(asked: float, *args: P.args, **kwargs: P.kwargs) -> R:
        waited = max(time.monotonic() - asked, moment.waited())
        require(waited < LONGEST_WAIT, _("This had to wait too long for others: look again, then try once more."))
        return verb(*args, **kwargs)

    @wraps(verb)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        return alone(time.monotonic(), *args, **kwargs)

    return wrapper


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


def require_right(by: By, right: Right, sentence: str) -> None:
    """Refuse somebody without the right; the sentence says which, and this adds who can help."""
    if by is not None and not permissions.may(by, right):  # not `require`: who can help is asked only where it matters
        raise Refusal(f"{sentence} {helpers(right)}")


def require_writer(by: By) -> None:
    """Refuse somebody who may not write."""
    require_right(by, Right.WRITE, _("Your account may not write statements."))


def require_releaser(by: By) -> None:
    """Refuse somebody who may not decide what is public."""
    require_right(by, Right.RELEASE, _("Your account may not decide what is public."))


def helpers(right: Right, *, besides: Collection[int | None] = ()) -> str:
    """Say who has the right, besides the accounts of these keys, so that whoever is refused knows whom to ask."""
    people = User.objects.with_perm(right.value, backend="django.contrib.auth.backends.ModelBackend")
    others = people.filter(is_staff=True).order_by("username")
    names = [user.get_full_name() or user.get_username() for user in others if user.pk not in besides]
    if not names:
        return _("Nobody else has an account that may: ask an administrator for one.")
    shown = ", ".join(names[:MOST_NAMES]) + ("…" if len(names) > MOST_NAMES else "")
    return _("Ask one of: %(names)s.") % {"names": shown}


def require_step(act: Act, edition: Edition, *, by: By) -> None:
    """Refuse an act for which the edition is in the wrong state, or the person in the wrong role (`states.STEPS`)."""
    if act in {Act.RELEASE, Act.SCHEDULE} and by is None and edition.state in WRITING:
        return  # an operator's command asks for no second person
    found = step(act, edition.state)
    require(found is not None, _refused_state(act, edition))
    assert found is not None  # noqa: S101  the line above refused
    require_right(by, found.right, _refused_right(found.right))


def require_second_person(edition: Edition, *, by: By) -> None:
    """Refuse to let somebody approve words that they changed last."""
    if by is None or edition.author_id != by.pk:
        return
    sentences = (
        _("You changed these words last, and nobody approves their own words."),
        helpers(Right.RELEASE, besides={by.pk}),
        _("Where it cannot wait, force the release and say why."),
    )
    raise Refusal(" ".join(sentences))


def require_future_minute(public_from: datetime, at: datetime) -> None:
    """Refuse an instant that no edition can be scheduled for at the aware instant `at`."""
    require(moment.is_whole_minute(public_from), _("Choose a whole minute."))
    require(moment.is_reachable(public_from), _("That year is out of reach."))
    require(public_from > at, _("That time has passed: choose a later one, or release now."))


def require_in_order(row: Statement | Edition, at: datetime) -> None:
    """Refuse an act that something later has overtaken."""
    # An act that waited for its turn, or whose machine's clock is slow, must not undo what the public has read since.
    statement_pk = row.statement_id if isinstance(row, Edition) else row.pk
    require(
        not LogRow.objects.filter(statement_pk=statement_pk, at__gt=at).exists(),
        _("Somebody changed this statement a moment ago: look at it again, then try once more."),
    )


def require_quiet(at: datetime) -> None:
    """Refuse an act of a request that changes what is public, while any text begins between its instant and its end.

    Readers have seen that text by then, and its line in the register: nothing may come before it, or take it back.
    """
    waited = moment.waited()
    if not waited:
        return  # an instant that a test or a command chose
    until = at + timedelta(seconds=waited + LONGEST_ACT)
    begins = Edition.objects.scheduled(at).filter(public_from__lte=until)
    require(not begins.exists(), _("A text becomes public at this very moment: look again, then try once more."))


def require_later(edition: Edition, at: datetime) -> None:
    """Refuse an instant at which the edition only begins: its interval would be empty."""
    require(
        edition.public_from is not None and at > edition.public_from,
        _("The text became public at this very instant: try again."),
    )


def log(verb: Act, edition: Edition, *, by: By, at: datetime, detail: str = "") -> None:
    """Write the log row of what was done."""
    embassy_log.write(
        verb,
        by=by,
        at=at,
        statement_pk=edition.statement_id,
        edition_pk=edition.pk,
        title=edition.title,
        detail=detail,
    )


def _refused_state(act: Act, edition: Edition) -> str:
    if edition.state == State.APPROVED:
        return _("This edition is no draft: what the public reads is changed by a new edition.")
    if edition.state == State.SUBMITTED:
        return _("It is submitted for approval already.")
    if act in {Act.RELEASE, Act.SCHEDULE}:
        return _("Only what is submitted can be approved: submit it first.")
    return _("It is not submitted: nobody waits for it yet.")


def _refused_right(right: Right) -> str:
    sentences = {
        Right.WRITE: _("Your account may not write statements."),
        Right.EDIT: _("It is submitted, and your account may not change or return what is submitted."),
        Right.RELEASE: _("Your account may not decide what is public."),
    }
    return sentences[right]
