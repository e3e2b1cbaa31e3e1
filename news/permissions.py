"""Who may do what: pure functions of a user. What the state of an edition allows is another matter (`states`)."""

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

from news.states import Right

User = AbstractBaseUser | AnonymousUser

_READER = ("news.view_category", "counters.view_counter", "news.view_picture", "news.view_document")
_WRITER = (
    *_READER,
    Right.READ,
    Right.WRITE,
    "news.add_statement",
    "news.add_picture",
    "news.change_picture",
    "news.add_document",
    "news.change_document",
)
_EDITOR = (*_WRITER, Right.EDIT)
_PUBLISHER = (
    *_EDITOR,
    Right.RELEASE,
    Right.SHARE,
    "news.add_category",
    "news.change_category",
    "news.delete_picture",
    "news.delete_document",
    "counters.add_counter",
    "counters.change_counter",
    "embassy.view_logrow",
)
# The groups that every site has, and the rights of each. A migration makes them; changed rights need another one.
# Accounts, clocks, contact lines and the mission's name are administrators' alone.
ROLES: dict[str, tuple[str, ...]] = {
    "writer": tuple(str(right) for right in _WRITER),
    "editor": tuple(str(right) for right in _EDITOR),
    "publisher": tuple(str(right) for right in _PUBLISHER),
}

# Rights that nobody has, administrators included, although Django's screens know them.
NEVER = frozenset(
    {
        "news.delete_statement",
        "embassy.add_logrow",
        "embassy.change_logrow",
        "embassy.delete_logrow",
        "embassy.delete_mission",
    }
)

# Whose the addresses under /admin/ are, by name. Not here: Django's own for each model, which follow its add, change,
# delete and view rights, and the verbs of a statement, each of which names its right (`news.admin.offers`).
# tests/test_rights.py asks each of them as each role, and fails for one of which nobody said whose it is.
DOOR, HALF_IN, STAFF = "everybody", "everybody of the staff, by the password alone", "everybody of the staff"
ADDRESSES: dict[str, str] = {
    "admin:login": DOOR,
    "admin:logout": DOOR,
    "set_language": DOOR,
    "admin:second_factor": HALF_IN,
    "admin:second_factor_set_up": HALF_IN,
    "admin:index": STAFF,
    "admin:app_list": STAFF,
    "admin:jsi18n": STAFF,
    "admin:view_on_site": STAFF,
    "admin:password_change": STAFF,
    "admin:password_change_done": STAFF,
    "admin:security": STAFF,
    "admin:end_sessions": STAFF,
    "admin:new_phone": STAFF,
    "admin:new_codes": STAFF,
    "instant": STAFF,
    "as_at": Right.READ,
    "as_at_page": Right.READ,
    "admin:autocomplete": Right.READ,
    "admin:news_statement_editions": Right.READ,
    "admin:news_statement_edition": Right.READ,
    "admin:news_statement_compare": Right.READ,
    "admin:news_statement_restore": Right.WRITE,
    "admin:news_statement_previews": Right.SHARE,
    "admin:news_statement_preview_renew": Right.SHARE,
    "admin:news_statement_preview_revoke": Right.SHARE,
    "admin:news_picture_small": Right.READ,
    "admin:news_picture_file": Right.READ,
    "admin:news_picture_thumbnail": Right.READ,
    "admin:news_picture_choose": "news.view_picture",
    "admin:news_document_find": "news.view_document",
    "admin:embassy_logrow_export": "embassy.view_logrow",
    "admin:auth_user_password_change": "auth.change_user",
}


def may(user: User, right: Right) -> bool:
    """Tell whether the user has the right; nobody who is not active has any."""
    return user.is_active and bool(getattr(user, "has_perm", lambda _: False)(right.value))


def may_read(user: User) -> bool:
    """Tell whether the user may read what is not public."""
    return may(user, Right.READ)


def may_write(user: User) -> bool:
    """Tell whether the user may write drafts, change and submit them."""
    return may(user, Right.WRITE)


def may_edit(user: User) -> bool:
    """Tell whether the user may change what is submitted, and return it."""
    return may(user, Right.EDIT)


def may_release(user: User) -> bool:
    """Tell whether the user may decide what the public reads: approve, release, schedule, withdraw, remove."""
    return may(user, Right.RELEASE)


def may_share(user: User) -> bool:
    """Tell whether the user may show a text to outsiders before its time."""
    return may(user, Right.SHARE)
