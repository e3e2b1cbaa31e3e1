"""When a session ends: by the clock, by its owner, or because the account was closed."""

from datetime import datetime, timedelta

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session

# However busy it is, and however long nobody touches it.
LONGEST = timedelta(hours=12)
IDLE = timedelta(hours=2)
# How often a busy session is written: its last use is known to the minute, and pages stay cheap.
WRITTEN_EVERY = timedelta(minutes=1)

SIGNED_IN_AT = "signed_in_at"
SEEN_AT = "seen_at"


def begin(session: SessionBase, now: datetime) -> None:
    """Start both limits."""
    session[SIGNED_IN_AT] = session[SEEN_AT] = now.timestamp()


def is_over(session: SessionBase, now: datetime) -> bool:
    """Tell whether one of the limits is reached; a session that does not say since when it is has none to wait for."""
    at = now.timestamp()
    since, seen = session.get(SIGNED_IN_AT, 0), session.get(SEEN_AT, 0)
    return bool(at - since >= LONGEST.total_seconds() or at - seen >= IDLE.total_seconds())


def touch(session: SessionBase, now: datetime) -> None:
    """Note that the session is in use."""
    if now.timestamp() - session[SEEN_AT] >= WRITTEN_EVERY.total_seconds():
        session[SEEN_AT] = now.timestamp()


def end_all(user: User, *, but: str | None = None) -> int:
    """End the user's sessions, except the one with the key `but`; returns how many.

    A session's row does not tell whose it is, so all are read: there are as many as people who signed in today.
    """
    ended = 0
    for session in Session.objects.all():
        if session.session_key != but and session.get_decoded().get(SESSION_KEY) == str(user.pk):
            session.delete()
            ended += 1
    return ended
