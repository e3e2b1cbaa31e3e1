"""How a statement is cited: one sentence that still holds in ten years, and the short address that it names."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from embassy import mission, moment
from news import texttokens
from news.models import Edition
from news.register import canonical
from news.search import plain

LONGEST_DESCRIPTION = 200
# Of a long text only the beginning is read for its description.
_BEGINNING = 20 * LONGEST_DESCRIPTION
# Makes an address of this site whole: with scheme and host.
Absolute = Callable[[str], str]
Numbers = Mapping[str, texttokens.Count]


@dataclass(frozen=True)
class Citation:
    """What readers copy, and by what they can check it later."""

    text: str
    short_address: str
    digest: str
    # By which the page that verifies is asked for this very edition.
    asked: str


def short_address(number: int) -> str:
    """Return the shortest address of the statement: the same in every language, because the number is."""
    with translation.override(settings.LANGUAGE_CODE):
        return reverse("news:short", args=[number])


def citation(edition: Edition, numbers: Numbers, *, absolute: Absolute, is_superseded: bool = False) -> Citation:
    """Return the citation of an edition that can be read, in the active language.

    The short address leads to the text that is public now; so one that is superseded names its own address.
    """
    number = edition.statement.number
    assert number is not None  # noqa: S101  what can be read has one
    short, own = absolute(short_address(number)), edition.get_edition_url()
    parts = {
        "mission": mission.name(),
        "title": _quoted(texttokens.as_text(edition.title, numbers)),
        "number": number,
        "edition": edition.sequence,
        "date": moment.day_in_words(edition.date),
        "address": absolute(own) if is_superseded else short,
    }
    if edition.withdrawal_notice:
        sentence = _(
            "%(mission)s, %(title)s, statement No. %(number)s, edition %(edition)s, %(date)s (withdrawn), %(address)s"
        )
    else:
        sentence = _("%(mission)s, %(title)s, statement No. %(number)s, edition %(edition)s, %(date)s, %(address)s")
    asked = own if is_superseded else str(number)
    return Citation(sentence % parts, short, canonical.digest(edition), asked)


def _quoted(title: str) -> str:
    """Return the title in the quotation marks of the active language; the same marks inside become the inner ones."""
    start, end = (_("“%(title)s”") % {"title": "\n"}).split("\n")
    inner = _INNER_MARKS.get(start, (start, end))
    return start + title.replace(start, inner[0]).replace(end, inner[1]) + end


# Of the outer marks that languages have, those that stand inside of them.
_INNER_MARKS = {"“": ("‘", "’"), "«": ("„", "“"), "„": ("‚", "‘")}


def description(edition: Edition, numbers: Numbers) -> str:
    """Return what the statement is about as one plain line: its summary, or else how its text begins."""
    if edition.summary:
        line = " ".join(texttokens.as_text(edition.summary, numbers).split())
    else:
        line = plain.plain(texttokens.as_text(_beginning(edition.body), numbers))
    return str(Truncator(line).chars(LONGEST_DESCRIPTION))


def _beginning(html: str) -> str:
    if len(html) <= _BEGINNING:
        return html
    # Cut between two words, and not inside of a tag.
    return _OPEN_TAG.sub("", html[:_BEGINNING].rpartition(" ")[0])


_OPEN_TAG = re.compile(r"<[^>]*\Z")
