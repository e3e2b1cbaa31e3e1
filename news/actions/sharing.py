"""Sharing: showing a text to an outlet before its time, and ending that."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.utils.translation import gettext as _

from embassy import log as embassy_log
from embassy import moment
from news.actions.rules import By, log, on_fresh, one_at_a_time, require, require_right
from news.models import PreviewLink, PreviewOpening, Statement
from news.models.edition import newest
from news.models.preview import LONGEST_OUTLET
from news.previews import rules, tokens
from news.states import Act, Right

P = ParamSpec("P")
R = TypeVar("R")
SAME_OPENING = timedelta(minutes=1)


@on_fresh
def share(
    statement: Statement, *, outlet: str, expires_at: datetime, is_fixed: bool, by: By, at: datetime
) -> tuple[PreviewLink, str]:
    """Make a link to the next edition for one outlet; return it with its token, which nobody can look up later.

    A fixed link shows the words as they are now or none; any other one the newest words, whatever is done to them.
    """
    _require_sharer(by)
    edition = rules.next_edition(statement.standing(at))
    require(edition is not None, _("There is no text to share: what is public needs no preview link."))
    assert edition is not None  # noqa: S101  the line above refused
    outlet = " ".join(outlet.split())
    require(bool(outlet), _("Name the outlet that the link is for."))
    require(len(outlet) <= LONGEST_OUTLET, _("The name of the outlet is longer than %d characters.") % LONGEST_OUTLET)
    require(moment.is_whole_minute(expires_at), _("Choose a whole minute."))
    require(expires_at > at, _("That time has passed: choose a later end of the link."))
    require(
        expires_at <= at + rules.LONGEST,
        _("A preview link lasts at most %d days: choose an earlier end.") % rules.LONGEST.days,
    )
    token = tokens.make()
    link = PreviewLink.objects.create(
        statement=statement,
        edition=edition,
        words_digest=rules.words_digest(edition) if is_fixed else "",
        outlet=outlet,
        digest=tokens.digest(token),
        expires_at=expires_at,
        created_by=by,
        created_at=at,
    )
    _log(Act.SHARE, link, by=by, at=at)
    return link, token


def _on_fresh_link(
    verb: Callable[Concatenate[PreviewLink, P], R],
) -> Callable[Concatenate[PreviewLink, P], R]:
    """Run the verb alone, on the link as the database holds it now; refuse where it has ended."""

    @one_at_a_time
    @wraps(verb)
    def wrapper(link: PreviewLink, /, *args: P.args, **kwargs: P.kwargs) -> R:
        fresh = PreviewLink.objects.select_related("statement", "edition").filter(pk=link.pk).first()
        require(fresh is not None, _("This link no longer exists: its draft was discarded."))
        assert fresh is not None  # noqa: S101  the line above refused
        return verb(fresh, *args, **kwargs)

    return wrapper


@_on_fresh_link
def renew_link(link: PreviewLink, *, by: By, at: datetime) -> tuple[PreviewLink, str]:
    """Give the link a new address and return it with the token; the old address opens nothing from now on."""
    _require_sharer(by)
    require(link.is_live(at), _("This link has ended: make a new one."))
    token = tokens.make()
    link.digest = tokens.digest(token)
    link.save()
    _log(Act.RENEW_LINK, link, by=by, at=at)
    return link, token


@_on_fresh_link
def revoke_link(link: PreviewLink, *, by: By, at: datetime) -> PreviewLink:
    """End the link before its time."""
    _require_sharer(by)
    require(link.is_live(at), _("This link has ended already."))
    link.revoked_at = at
    link.save()
    _log(Act.REVOKE_LINK, link, by=by, at=at)
    return link


def record_opening(link: PreviewLink, *, browser: str, at: datetime) -> None:
    """Note that somebody opened the link; who reloads the page within a minute is not counted again.

    Nothing that is public changes, so neither the site version nor the log of the newsroom hears of it.
    """
    seen = {"address": embassy_log.address.get(), "browser": browser[:80]}
    if not link.openings.filter(at__gt=at - SAME_OPENING, **seen).exists():
        PreviewOpening.objects.create(link=link, at=at, **seen)


def _require_sharer(by: By) -> None:
    require_right(by, Right.SHARE, _("Your account may not show texts to outsiders."))


def _log(verb: Act, link: PreviewLink, *, by: By, at: datetime) -> None:
    about = link.edition or newest(link.statement.editions.all())
    assert about is not None  # noqa: S101  a statement is never without an edition
    # Whose link and until when; never its token.
    log(verb, about, by=by, at=at, detail=f"{link.outlet}, {moment.in_utc(link.expires_at)}")
