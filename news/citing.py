"""How a statement is cited: one sentence that still holds in ten years, and the short address that it names."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from news import addresses, texttokens
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


def citation(edition: Edition, numbers: Numbers, *, absolute: Absolute, is_superseded: bool = False) -> Citation:
    """Return the citation of an edition that can be read, in the active language.

    The short address leads to the text that is public now; so one that is superseded names its own address.
    """
    number = edition.statement.number
    assert number is not None  # noqa: S101  what can be read has one
    short, own = absolute(addresses.short(number)), edition.get_edition_url()
    sentence = addresses.citation(
        title=_quoted(texttokens.as_text(edition.title, numbers)),
        number=number,
        edition=edition.sequence or 0,
        day=edition.date,
        address=absolute(own) if is_superseded else short,
        is_withdrawn=bool(edition.withdrawal_notice),
    )
    asked = own if is_superseded else str(number)
    return Citation(sentence, short, canonical.digest(edition), asked)


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
