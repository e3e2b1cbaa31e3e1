"""What pages show of statements: lists, texts, dates."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import template
from django.template import Context
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from embassy import moment
from embassy.zoned import in_every_clock, in_home_time
from news import richtext, texttokens
from news.library.shown import Shown
from news.models import Edition

register = template.Library()

LATEST = 10


@register.inclusion_tag("news/_latest.html", takes_context=True)
def latest_messages(context: Context, beside: Edition | None = None) -> dict[str, Any]:
    """Print the ten newest statements of the page's language; without the one that stands above them, `beside`."""
    language = translation.get_language()
    newest = Edition.objects.listed(moment.now()).filter(language=language).newest_first().with_names()
    editions = [edition for edition in newest[: LATEST + 1] if edition != beside][:LATEST]
    return {"editions": editions, "numbers": context["numbers"], "is_all": not editions and beside is not None}


@register.simple_tag
def numbers() -> Mapping[str, texttokens.Count]:
    """Return the counters' numbers for texts; asked of the database once, and only where a text has one."""
    lazy: Any = SimpleLazyObject(lambda: texttokens.counts(moment.now()))
    return lazy  # type: ignore[no-any-return]


@register.filter
def line(text: str, numbers: Mapping[str, texttokens.Count]) -> SafeString:
    """Print a title or a summary, counters' numbers filled in."""
    return richtext.render_line(text, numbers)


@register.filter
def line_text(text: str, numbers: Mapping[str, texttokens.Count]) -> str:
    """Print a title where only plain text can stand."""
    return texttokens.as_text(text, numbers)


@register.simple_tag
def body_with_pictures(html: str, numbers: Mapping[str, texttokens.Count], files: Shown) -> SafeString:
    """Print a body, cleaned once more, counters' numbers and the pictures of its edition filled in."""
    return richtext.render(html, numbers, files.figure, is_page=True)


@register.filter
def address(parameters: Mapping[str, str]) -> str:
    """Print parameters as the query of an address."""
    return urlencode(parameters)


@register.filter
def home_time(instant: datetime) -> str:
    """Print an instant as the home calendar and clock show it: `26 October 2021, 00:41 (Moscow)`."""
    return in_home_time(instant)


@register.filter
def machine_time(instant: datetime) -> str:
    """Print an instant for the attribute `datetime`: to the second, because HTML knows no microseconds."""
    return instant.isoformat(timespec="seconds")


@register.filter
def every_clock(instant: datetime, first: str = "") -> str:
    """Print an instant on every clock of the header, the zone `first` leading."""
    return in_every_clock(instant, first)
