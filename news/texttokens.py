"""`{days:short-name}` in a text: a counter's number, printed for the instant that the page shows."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Protocol

from django.conf import settings
from django.utils.html import format_html
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

_TOKEN = re.compile(r"\{days:([-\w]*)\}")
# What somebody meant for a token: it would be printed as it stands.
_ATTEMPT = re.compile(r"\{\s*days\b[^{}]{0,80}\}?", re.IGNORECASE)


class Count(Protocol):
    """What the site's counters tell of one number."""

    @property
    def days(self) -> int: ...  # noqa: D102
    @property
    def since(self) -> date: ...  # noqa: D102
    @property
    def ended_on(self) -> date | None: ...  # noqa: D102


def counts(at: datetime) -> Mapping[str, Count]:
    """Return the numbers that texts may print at the aware instant `at`, by short name."""
    found: Mapping[str, Count] = import_string(settings.NEWS_DAYS_BY_SLUG)(at)
    return found


def token(slug: str) -> str:
    """Return what staff type for the counter `slug`."""
    return f"{{days:{slug}}}"


def slugs(*texts: str) -> set[str]:
    """Return the short names that the texts ask for."""
    return {slug for text in texts for slug in _TOKEN.findall(text)}


def unknown(*texts: str, at: datetime) -> str:
    """Return the sentence that names the short names which no counter has; empty where all are known."""
    for attempt in (attempt for text in texts for attempt in _ATTEMPT.findall(text)):
        if not _TOKEN.fullmatch(attempt):
            return _("“%(attempt)s” prints no number: write {days:short-name}.") % {"attempt": attempt}
    asked = slugs(*texts)
    missing = sorted(asked - set(counts(at))) if asked else []
    if not missing:
        return ""
    names = ", ".join(f"“{name}”" for name in missing)
    return _("No counter has the short name %(names)s. See the list of counters for the names.") % {"names": names}


def without(text: str) -> str:
    """Return the text with its tokens left out."""
    return _TOKEN.sub("", text)


def as_text(text: str, numbers: Mapping[str, Count]) -> str:
    """Return the plain text with digits for tokens: for feeds, page titles, attributes."""
    return _fill(text, numbers, lambda count: str(count.days))


def as_html(text: str, numbers: Mapping[str, Count]) -> str:
    """Return HTML (already escaped or cleaned) with a number that the page keeps right for each token."""
    return _fill(text, numbers, _element)


def _fill(text: str, numbers: Mapping[str, Count], show: Callable[[Count], str]) -> str:
    # A short name that no counter has (the form refuses it) prints a dash: better than an inner word of the newsroom.
    return _TOKEN.sub(lambda found: show(numbers[found[1]]) if found[1] in numbers else "–", text)


def _element(count: Count) -> SafeString:
    ended = count.ended_on.isoformat() if count.ended_on else ""
    return format_html(
        '<data class="days" value="{}" data-since="{}" data-ended="{}">{}</data>',
        count.days,
        count.since.isoformat(),
        ended,
        count.days,
    )
