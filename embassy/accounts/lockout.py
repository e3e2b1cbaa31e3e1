"""Guessing: what django-axes counts, when it closes the door, and what the one outside reads.

Counted by the pair (name, address), so that somebody who guesses from elsewhere closes the door to themselves alone;
and by address, more patiently, against one password tried with many names.
"""

from datetime import timedelta
from math import ceil
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Max, Sum
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.crypto import salted_hmac

from embassy import log, moment
from embassy.accounts.address import lockout_address
from embassy.accounts.deeds import Deed
from embassy.browsers import in_words


def name_key(request: HttpRequest, credentials: dict[str, Any] | None) -> str | None:
    """Return what axes counts a name under: not the name, for people also type their password into its field."""
    name = (credentials or {}).get("username") or request.POST.get("username")
    return salted_hmac("embassy.accounts.lockout", str(name)).hexdigest()[:40] if name else None


class Lockout(AxesDatabaseHandler):
    """The counting of django-axes, with a higher limit for an address alone, and with rows in the log."""

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """Return how many wrong guesses count: AXES_FAILURE_LIMIT of them close the door."""
        by_pair, by_address = (
            attempts.aggregate(sum=Sum("failures_since_start"))["sum"] or 0
            for attempts in self.get_user_attempts(request, credentials)
        )
        return max(by_pair, by_address * settings.AXES_FAILURE_LIMIT // settings.LOCKOUT_ADDRESS_LIMIT)

    def user_login_failed(
        self, sender: Any, credentials: dict[str, Any], request: Any = None, verb: str = Deed.REFUSED, **kwargs: Any
    ) -> None:
        """Count the guess, and write what happened; a closed door that is tried again is no news."""
        was_locked = request is not None and request.axes_locked_out
        super().user_login_failed(sender, credentials, request, **kwargs)
        if request is None or was_locked:
            return
        name = str(credentials.get("username", ""))
        _note(verb, name, request)
        if request.axes_locked_out:
            _note(Deed.LOCKED, name, request)


def is_open(request: HttpRequest, name: str) -> bool:
    """Tell whether guesses from here at this name are looked at; else the answer becomes the page that says so."""
    is_allowed = bool(AxesProxyHandler.is_allowed(request, {"username": name}))
    if not is_allowed:
        request.axes_locked_out = True  # type: ignore[attr-defined]
        request.axes_credentials = {"username": name}  # type: ignore[attr-defined]
    return is_allowed


def count_wrong(request: HttpRequest, user: User, verb: Deed) -> None:
    """Count what was typed as a wrong guess at the account, and write it under `verb`."""
    AxesProxyHandler.user_login_failed(
        sender=__name__, credentials={"username": user.get_username()}, request=request, verb=verb
    )


def forget(request: HttpRequest, user: User) -> None:
    """Forget the wrong guesses of one who is in: of the pair alone, else one right account would open an address."""
    key = name_key(request, {"username": user.get_username()})
    AxesProxyHandler.reset_attempts(username=key, ip_address=lockout_address(request))


def locked_out_page(
    request: HttpRequest, response: HttpResponse | None, credentials: dict[str, Any] | None
) -> HttpResponse:
    """Answer one who is locked out: for how long, and who helps."""
    attempts = AxesProxyHandler.get_implementation().get_user_attempts(request, credentials)
    times = [attempt.aggregate(last=Max("attempt_time"))["last"] for attempt in attempts]
    last = max((time for time in times if time), default=moment.machine())
    left: timedelta = last + settings.AXES_COOLOFF_TIME - moment.machine()
    minutes = max(1, ceil(left.total_seconds() / 60))
    html = render_to_string("429.html", {"minutes": minutes}, request)
    return HttpResponse(html, status=429, headers={"Retry-After": str(minutes * 60), "Cache-Control": "no-store"})


def client_in_server_log(*_args: Any) -> str:
    """Name the client in axes' lines of the server's log: by its address alone, for what was typed can be a secret."""
    return log.address.get() or "?"


def _note(verb: str, name: str, request: HttpRequest) -> None:
    user = User.objects.filter(username=name).first()
    # Only the beginning of a name that nobody has: it may be somebody's password in the wrong field.
    who = name if user else f"{name[:2]}…"
    log.write(verb, by=user, who=who, at=moment.now(), detail=in_words(request.META.get("HTTP_USER_AGENT", "")))
