"""What the pages of this site print around the words of an edition: whole lines, each at its place, in its language.

Every line here is one that these pages print for this very edition at this instant; nothing else is forgiven. The
words are those of the templates (`news/statement.html`, `edition.html` and what they include).
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from html import unescape

from django.conf import settings
from django.db.models import Q, prefetch_related_objects
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from embassy import moment
from embassy.zoned import in_home_time
from news import addresses, texttokens
from news.library import shown
from news.models import Edition, Statement
from news.register import canonical, ours, wording
from news.register.ours import Beside, Text

_IMG = re.compile(r'<img(?=[\s>])((?:[^">]|"[^"]*")*+)>')
_VALUE = re.compile(r'([a-z]+)="([^"]*)"')


@dataclass(frozen=True)
class Site:
    """What is asked once for all the editions that a passage is compared with."""

    at: datetime
    # Scheme and host of the site, as its pages name themselves.
    home: str
    # The public texts of each statement up to now, in order; the languages in which each can be read.
    begun: Mapping[int, list[Edition]]
    languages: Mapping[int, set[str]]
    counts: Mapping[str, texttokens.Count]


def site(editions: list[Edition], at: datetime, home: str) -> Site:
    """Return what the pages of these editions print at the aware instant `at`: the same few queries for any number."""
    prefetch_related_objects(editions, "statement", "category", "uses__file__renditions")
    begun: dict[int, list[Edition]] = defaultdict(list)
    fields = ("statement", "language", "sequence", "change_note", "removal_reason", "public_from", "public_until")
    texts = Edition.objects.begun(at).filter(statement__in={one.statement_id for one in editions})
    for one in texts.order_by("sequence").only(*fields):
        begun[one.statement_id].append(one)
    has_numbers = any(texttokens.slugs(one.title, one.summary, one.body) for one in editions)
    return Site(at, home, begun, _languages(editions, at), texttokens.counts(at) if has_numbers else {})


def texts(edition: Edition, site: Site, most: int) -> Iterator[Text]:
    """Yield what readers may have copied of an edition: its page, and its row in a list; of the body `most` letters."""
    with translation.override(edition.language):
        files = shown.Shown(edition.uses.all(), shown.public)
        blocks, pictures = _body(edition.body[:most], files)
        lead = _picture(render_to_string("news/_picture.html", {"figure": files.lead})) if files.lead else []
        first = [Beside(0, line) for line in [*_before(edition, site), *_offers(edition, site)]]
        title = [Beside(1, line) for line in lead]
        summary = [Beside(1, edition.summary)]
        last = [*_documents(files), *_notes(edition, site), *_earlier(edition, site), *_register(edition, site)]
    numbers = _numbers(edition, site)
    day = f"{edition.date:%d.%m.%Y}"
    end = len(blocks) + 1
    inside = [Beside(behind + 1, line) for behind, line in pictures]
    besides = [*first, *title, *summary, *inside, *(Beside(end, line) for line in last)]
    yield ours.text([edition.title, *blocks], besides, lead=day, numbers=numbers)
    if edition.summary:
        ends = [Beside(2, line) for line in last]
        yield ours.text([edition.title, edition.summary], [*first, *title, *ends], lead=day, numbers=numbers)


def _languages(editions: list[Edition], at: datetime) -> dict[int, set[str]]:
    """Return in which languages each statement, or a translation of it, can be read."""
    own = {one.statement_id: one.statement.translation_of_id or one.statement_id for one in editions}
    group = Statement.objects.filter(Q(pk__in=set(own.values())) | Q(translation_of__in=set(own.values())))
    original = {pk: first or pk for pk, first in group.values_list("pk", "translation_of")}
    spoken: dict[int, set[str]] = defaultdict(set)
    visible = Edition.objects.visible(at).filter(statement__in=list(original))
    for statement, language in visible.values_list("statement", "language"):
        spoken[original[statement]].add(language)
    return {statement: spoken[first] for statement, first in own.items()}


def _numbers(edition: Edition, site: Site) -> dict[str, range]:
    """Return which numbers the edition's pages can have printed since it began."""
    assert edition.public_from  # noqa: S101  it has begun
    first = moment.local(edition.public_from, moment.home_zone()).date()
    found = {}
    for slug in texttokens.slugs(edition.title, edition.summary, edition.body) & set(site.counts):
        count = site.counts[slug]
        last = min(first, count.ended_on) if count.ended_on else first
        found[slug] = range(max((last - count.since).days, 0), count.days + 1)
    return found


def _body(html: str, files: shown.Shown) -> tuple[list[str], list[tuple[int, str]]]:
    """Return the blocks of a body, and the lines of its pictures, each with the number of blocks in front of it."""
    blocks: list[str] = []
    lines: list[tuple[int, str]] = []
    pieces = _IMG.split(html)
    for text, picture in zip(pieces[::2], [*pieces[1::2], ""], strict=True):
        blocks += wording.plain(text)
        values = dict(_VALUE.findall(picture))
        token = values.get("src", "").rpartition("/")[2]
        figure = files.figure(token, unescape(values.get("alt", "")), True)  # noqa: FBT003  richtext's own order
        lines += [(len(blocks), line) for line in _picture(figure)]
    return blocks, lines


def _picture(figure: str) -> list[str]:
    """Return the lines that are copied with a picture: its caption and credit; some programs copy its words too."""
    words = [unescape(dict(_VALUE.findall(image)).get("alt", "")) for image in _IMG.findall(figure)]
    # The stylesheet puts the credit into a line of its own; a program that knows none leaves it behind the caption.
    return [*words, *wording.plain(figure), *wording.plain(figure.replace(' <span class="credit">', "<br>"))]


def _before(edition: Edition, site: Site) -> Iterator[str]:
    assert edition.public_from  # noqa: S101  it has begun
    begun = in_home_time(edition.public_from)
    if edition.withdrawal_notice:
        yield _("This statement is withdrawn.")
        yield f"{_('This statement is withdrawn.')} {begun}"
        yield edition.withdrawal_notice
    if edition.public_until and edition.public_until <= site.at:
        span = {"from": begun, "until": in_home_time(edition.public_until)}
        yield f"{_('This text is superseded.')} {_('It was public from %(from)s until %(until)s.') % span}"
        yield _("Read the text that is public now")
    day = f"{edition.date:%d.%m.%Y}"
    yield from (day, moment.day_in_words(edition.date))
    if edition.category:
        yield from (str(edition.category), f"{edition.category}, {day}")
    yield from (_("No. %(number)s") % {"number": edition.statement.number}, _whole(edition))


def _offers(edition: Edition, site: Site) -> Iterator[str]:
    """Yield the links to translations, each in its own language, by its name where no catalogue has the words."""
    for code, name in settings.LANGUAGES:
        if code in site.languages.get(edition.statement_id, ()) and code != edition.language:
            yield name
            with translation.override(code):
                yield pgettext("in the language of the catalogue", "Read in English")


def _documents(files: shown.Shown) -> Iterator[str]:
    for one in files.attachments:
        yield from (_("Documents"), one.title, f"{one.title} ({one.kind}, {one.size})")


def _notes(edition: Edition, site: Site) -> Iterator[str]:
    for one in _standing(edition, site):
        is_older = (one.sequence or 0) <= (edition.sequence or 0)
        if one.change_note and one.public_from and is_older:
            yield from (_("Changes"), f"{in_home_time(one.public_from)}: {one.change_note}")


def _earlier(edition: Edition, site: Site) -> Iterator[str]:
    for one in _standing(edition, site):
        if one.public_until and one.public_until <= site.at:
            until = _("public until %(until)s") % {"until": in_home_time(one.public_until)}
            yield from (_("Earlier texts"), f"{_('Edition %(sequence)s') % {'sequence': one.sequence}}, {until}")


def _standing(edition: Edition, site: Site) -> list[Edition]:
    """Return the statement's texts that can be read: what was removed took those before it, and its notes, along."""
    begun = site.begun.get(edition.statement_id, [])
    removed = [place for place, one in enumerate(begun, 1) if one.removal_reason]
    return begun[max(removed, default=0) :]


def _register(edition: Edition, site: Site) -> Iterator[str]:
    """Yield the block by which the page is cited."""
    short = site.home + addresses.short(edition.statement.number or 0)
    yield f"{_whole(edition)}, {site.home}{edition.get_absolute_url()}"  # under a text among others, for printing
    yield from (_("Cite this statement"), _("The citation, ready to copy"), _("Copy the citation"), _("Copied"))
    yield from (_citation(edition, address) for address in (short, site.home + edition.get_edition_url()))
    yield f"{_('Short address:')} {short}"
    digest = canonical.digest(edition)  # in a line of its own, where the stylesheet is known
    yield from (_("Digest of these words (SHA-256):"), digest, f"{_('Digest of these words (SHA-256):')} {digest}")
    yield _("Check a quotation against this statement")


def _whole(edition: Edition) -> str:
    number = {"number": edition.statement.number, "sequence": edition.sequence}
    return _("No. %(number)s, edition %(sequence)s") % number


def _citation(edition: Edition, address: str) -> str:
    assert edition.statement.number and edition.sequence  # noqa: S101, PT018  it has begun
    return addresses.citation(
        title=f"“{edition.title}”",
        number=edition.statement.number,
        edition=edition.sequence,
        day=edition.date,
        address=address,
        is_withdrawn=bool(edition.withdrawal_notice),
    )
