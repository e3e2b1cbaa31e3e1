"""Around every request: from where it comes, and whether its session still holds."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, get_user
from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from embassy import log, moment
from embassy.accounts import sessions
from embassy.accounts.address import client_address
from embassy.accounts.deeds import Deed

Respond = Callable[[HttpRequest], HttpResponse]


def address_middleware(get_response: Respond) -> Respond:
    """Tell the log from where the request comes."""

    def middleware(request: HttpRequest) -> HttpResponse:
        token = log.address.set(client_address(request))
        try:
            return get_response(request)
        finally:
            log.address.reset(token)

    return middleware


def session_middleware(get_response: Respond) -> Respond:
    """End a session whose time is up, and say so on the page that asks to sign in again."""

    def middleware(request: HttpRequest) -> HttpResponse:
        # The cookie first: to look into a session that nobody has would make every answer vary by cookie.
        if settings.SESSION_COOKIE_NAME in request.COOKIES and SESSION_KEY in request.session:
            now = moment.machine()
            if sessions.is_over(request.session, now):
                _end(request)
            else:
                sessions.touch(request.session, now)
        return get_response(request)

    return middleware


def _end(request: HttpRequest) -> None:
    user = get_user(request)
    request.session.flush()
    request.user = AnonymousUser()
    if isinstance(user, User):
        log.write(Deed.SESSION_OVER, by=user, at=moment.now())
    sentence = _(
        "Your session ended: after %(idle)d hours without use, and at the latest %(longest)d hours after it began."
    )
    hours = {"idle": sessions.IDLE.seconds // 3600, "longest": sessions.LONGEST.seconds // 3600}
    messages.warning(request, sentence % hours)
