"""Who may do what: pure functions of a user. What the state of an edition allows is another matter (`actions`)."""

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

User = AbstractBaseUser | AnonymousUser


def may_write(user: User) -> bool:
    """Tell whether the user may write drafts and change them."""
    return _has(user, "news.change_statement")


def may_release(user: User) -> bool:
    """Tell whether the user may decide what the public reads: release, schedule, withdraw, remove."""
    return _has(user, "news.release_statement")


def _has(user: User, permission: str) -> bool:
    return user.is_active and getattr(user, "has_perm", lambda _: False)(permission)
