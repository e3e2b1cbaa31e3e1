"""Ways on from what the archive found: links that narrow it and links that widen it, and how many there are."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple, Protocol

from django.conf import settings
from django.urls import reverse, translate_url
from django.utils.formats import number_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from news.archive import Page
from news.models import Category, Edition
from news.search.query import ALL_LANGUAGES


class Result(Protocol):
    """What was found, by words or without."""

    @property
    def total(self) -> int: ...  # noqa: D102
    @property
    def is_more(self) -> bool: ...  # noqa: D102
    @property
    def years(self) -> list[tuple[int, int]]: ...  # noqa: D102
    @property
    def categories(self) -> list[tuple[Category | None, int]]: ...  # noqa: D102
    def page(self, before: str) -> Page: ...  # noqa: D102
    def texts(self, limit: int) -> list[Edition]: ...  # noqa: D102


class Way(NamedTuple):
    """A link to more or fewer messages: `number` of them; the address is empty where it leads nowhere else."""

    label: str
    address: str
    number: str = ""


def address(asked: Mapping[str, str], **changes: str) -> str:
    """Return the archive's address with what was asked and with `changes` to it; an empty one leaves a part out."""
    # `from` is a word of Python.
    wanted = dict(asked) | {name.rstrip("_"): value for name, value in changes.items()}
    order = ["q", "category", "from", "to", "language", "order", "print", "before"]
    parameters = {name: wanted[name] for name in order if wanted.get(name)}
    return f"{reverse('news:messages')}?{urlencode(parameters)}" if parameters else reverse("news:messages")


def by_year(counts: Iterable[tuple[int, int]], asked: Mapping[str, str], *, is_counted: bool = True) -> list[Way]:
    """Return a way to the messages of each year: it keeps all else, also a first or last day within the year."""
    here, ways = address(asked), []
    for year, count in counts:
        # Dates of four digits each, written from the year down: their order is the order of the letters.
        first = max(date(year, 1, 1).isoformat(), asked.get("from", ""))
        last = min(date(year, 12, 31).isoformat(), asked.get("to", "9999"))
        there = address(asked, from_=first, to=last)
        ways.append(Way(str(year), "" if there == here else there, in_digits(count) if is_counted else ""))
    return ways


def by_category(
    counts: Iterable[tuple[Category | None, int]], asked: Mapping[str, str], *, is_counted: bool = True
) -> list[Way]:
    """Return a way to the messages of each category: it keeps all else. Nothing leads to those that have none."""
    here, ways = address(asked), []
    for category, count in counts:
        there = address(asked, category=category.slug) if category else here
        label = str(category) if category else _("Without a category")
        ways.append(Way(label, "" if there == here else there, in_digits(count) if is_counted else ""))
    return ways


def wider(asked: Mapping[str, str]) -> list[Way]:
    """Return the ways to more messages than were asked for, each by one condition less."""
    ways = []
    if asked.get("category"):
        ways.append(Way(_("All categories"), address(asked, category="")))
    if asked.get("from") or asked.get("to"):
        ways.append(Way(_("Of any day"), address(asked, from_="", to="")))
    if len(settings.LANGUAGES) > 1 and asked.get("language") != ALL_LANGUAGES:
        ways.append(Way(_("All languages"), address(asked, language=ALL_LANGUAGES)))
    return ways


def alternates(asked: Mapping[str, str]) -> dict[str, str]:
    """Return the address of the same request in each language of the site."""
    found = {}
    for code, _name in settings.LANGUAGES:
        language = asked.get("language", "")
        path, _mark, query = address(asked, language="" if language == code else language).partition("?")
        found[code] = f"{translate_url(path, code)}?{query}" if query else translate_url(path, code)
    return found


def in_words(total: int, *, is_more: bool) -> str:
    """Return how many messages were found: `1,234 messages`; `More than 2,000 messages` where counting ended there."""
    if is_more:
        sentence = ngettext("More than %(number)s message", "More than %(number)s messages", total)
    else:
        sentence = ngettext("%(number)s message", "%(number)s messages", total)
    return sentence % {"number": in_digits(total)}


def remaining(number: int, *, is_more: bool) -> str:
    """Return the sentence on the messages that a page of whole texts leaves out; "" where it has all of them."""
    if number <= 0:
        return ""
    if is_more:
        sentence = ngettext(
            "More than %(number)s further message is not on this page: ask for fewer days to print the others.",
            "More than %(number)s further messages are not on this page: ask for fewer days to print the others.",
            number,
        )
    else:
        sentence = ngettext(
            "%(number)s further message is not on this page: ask for fewer days to print the others.",
            "%(number)s further messages are not on this page: ask for fewer days to print the others.",
            number,
        )
    return sentence % {"number": in_digits(number)}


def in_digits(number: int) -> str:
    """Return the number in the digits of the active language, in groups of three."""
    return number_format(number, use_l10n=True, force_grouping=True)
