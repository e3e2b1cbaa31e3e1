"""What a statement is called from outside: in its address, in feeds, in a citation."""

from datetime import date, datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from slugify import slugify

from embassy import mission, moment
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


def short(number: int) -> str:
    """Return the shortest address of the statement: the same in every language, because the number is."""
    with translation.override(settings.LANGUAGE_CODE):
        return reverse("news:short", args=[number])


def citation(*, title: str, number: int, edition: int, day: date, address: str, is_withdrawn: bool) -> str:
    """Return the sentence by which a text is cited, in the active language; `title` comes in its quotation marks."""
    parts = {
        "mission": mission.name(),
        "title": title,
        "number": number,
        "edition": edition,
        "date": moment.day_in_words(day),
        "address": address,
    }
    if is_withdrawn:
        sentence = _(
            "%(mission)s, %(title)s, statement No. %(number)s, edition %(edition)s, %(date)s (withdrawn), %(address)s"
        )
    else:
        sentence = _("%(mission)s, %(title)s, statement No. %(number)s, edition %(edition)s, %(date)s, %(address)s")
    return sentence % parts
