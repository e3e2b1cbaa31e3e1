"""What a statement is called from outside: the readable part of its address, and its identifier in feeds."""

from datetime import datetime

from django.conf import settings
from slugify import slugify

from news import texttokens


def slug(title: str) -> str:
    """Return the title as lower-case Latin words with hyphens, 1 to 80 characters; Cyrillic is transliterated.

    A counter's number is left out, so that the address does not change every day. The result is never digits only:
    /messages/<number>/10/ would be October.
    """
    words = slugify(texttokens.without(title), max_length=80, word_boundary=True, save_order=True)
    if not words:
        return "statement"
    return f"no-{words}"[:80] if words.isdigit() else words


def tag(number: int, at: datetime) -> str:
    """Return the permanent identifier (RFC 4151, a `tag:` URI) of the statement that gets `number` at the instant `at`.

    It names the site's first host of that day, and stays whatever the site is called later.
    """
    host = settings.ALLOWED_HOSTS[0].lstrip(".").lower()
    authority = "localhost" if host in {"*", ""} or host.startswith("[") else host
    return f"tag:{authority},{at:%Y-%m-%d}:{number}"
