"""What follows from Django's own signals of signing in and out."""

from typing import Any

from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest
from django_otp import DEVICE_ID_SESSION_KEY

from embassy import log, moment
from embassy.accounts import sessions
from embassy.accounts.deeds import Deed


@receiver(user_logged_in)
def begin_session(sender: Any, request: HttpRequest, user: User, **_kwargs: Any) -> None:
    """Start the session's limits; whoever gives the password anew gives the code anew."""
    sessions.begin(request.session, moment.machine())
    request.session.pop(DEVICE_ID_SESSION_KEY, None)


@receiver(user_logged_out)
def note_signed_out(sender: Any, request: HttpRequest, user: User | None, **_kwargs: Any) -> None:
    """Write a row; nobody signs out who was not signed in."""
    if user is not None:
        log.write(Deed.SIGNED_OUT, by=user, at=moment.now())
