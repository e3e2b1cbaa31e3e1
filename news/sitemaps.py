"""What the sitemaps name (https://www.sitemaps.org/protocol.html): listed statements in all languages, and pages.

Statements come in parts by register number, never by a position in a list: a part stays the same part, and costs the
same for ever.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import F, Max, Q
from django.urls import reverse
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from embassy import mission
from news import archive, steady, texttokens
from news.models import Category, Edition
from news.xmltext import fit

# A part stays small enough for the page cache; the format would take fifty thousand.
PART = 500
NEWS_SPAN = timedelta(days=2)
MOST_NEWS = 1000
PAGES = ("home", "messages", "press", "feeds", "verify")


@dataclass(frozen=True)
class Entry:
    """A path, when readers were last told of it (aware), and the same in each language, where there are several."""

    path: str
    changed: datetime | None = None
    alternates: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Article:
    """What news aggregators want to know of a statement."""

    path: str
    mission: str
    language: str
    published: datetime
    title: str


def parts(at: datetime) -> dict[int, datetime]:
    """Return the parts that hold a statement listed at the aware instant `at`, each with its newest announcement.

    All of them have to be counted, so it is done once per site version and change of the timeline, not once per page.
    """
    return steady.since("sitemap", Edition.objects.all(), at, lambda: _count(at))[1]


def _count(at: datetime) -> dict[int, datetime]:
    listed = Edition.objects.listed(at).annotate(part=(F("statement__number") - 1) / PART + 1)
    return dict(listed.order_by("part").values_list("part").annotate(changed=Max("announced_at")))


def statements(at: datetime, part: int) -> list[Entry]:
    """Return the statements of one part that are listed at the aware instant `at`: three queries."""
    last = part * PART
    own = _listed(at, Q(statement__number__range=(last - PART + 1, last)))
    own.sort(key=lambda edition: edition.statement.number or 0)
    addresses = {edition.pk: edition.get_absolute_url() for edition in own}
    originals = {_original(edition) for edition in own}
    groups: dict[int, dict[str, str]] = defaultdict(dict)
    # A translation can stand in another part. Two questions: no index serves an OR over two tables.
    for question in (Q(statement__in=originals), Q(statement__translation_of__in=originals)):
        for edition in _listed(at, question):
            address = addresses.get(edition.pk) or edition.get_absolute_url()
            groups[_original(edition)][edition.language] = address
    entries = []
    for edition in own:
        alternates = dict(sorted(groups[_original(edition)].items()))
        entries.append(Entry(addresses[edition.pk], edition.announced_at, alternates if len(alternates) > 1 else {}))
    return entries


def _original(edition: Edition) -> int:
    return edition.statement.translation_of_id or edition.statement_id


def _listed(at: datetime, question: Q) -> list[Edition]:
    """Return the editions of the statements asked for that are listed at the aware instant `at`."""
    # Told apart here and not by the query: without statistics SQLite takes `state = approved` for the rarer thing than
    # some hundred statements, and reads every edition that there is.
    return [edition for edition in Edition.objects.filter(question).with_names() if edition.is_listed(at)]


def pages() -> list[Entry]:
    """Return what is no statement: home, archive, press and so on, categories, years and months that hold any."""
    slugs = list(Category.objects.in_order().values_list("slug", flat=True))
    entries = [entry for name in PAGES for entry in _in_every_language(f"news:{name}")]
    entries += [entry for slug in slugs for entry in _in_every_language("news:category", slug)]
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            for year in archive.years():
                entries.append(Entry(reverse("news:year", args=[year.number])))
                entries += [Entry(reverse("news:month", args=[year.number, one.first.month])) for one in year.months]
    return entries


def _in_every_language(name: str, *args: str) -> Iterable[Entry]:
    alternates = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            alternates[code] = reverse(name, args=args)
    return [Entry(path, None, alternates if len(alternates) > 1 else {}) for path in alternates.values()]


def has_news(at: datetime) -> bool:
    """Tell whether `news` has any at the aware instant `at`."""
    return bool(_told_lately(at))


def news(at: datetime) -> list[Article]:
    """Return the statements first told in the two days before the aware instant `at`, the newest first.

    At most MOST_NEWS, as the format asks
    (https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap).
    """
    # Asked of the database once, and only where a title has a counter's number.
    numbers: Any = SimpleLazyObject(lambda: texttokens.counts(at))
    return [_article(edition, published, numbers) for published, edition in _told_lately(at)]


def _told_lately(at: datetime) -> list[tuple[datetime, Edition]]:
    # What has a sequence is approved; without the state in it, an index leads straight to the days.
    first = Edition.objects.filter(sequence=1, public_from__gt=at - NEWS_SPAN, public_from__lte=at)
    newest = first.order_by("-public_from", "-statement").values_list("statement_id", "public_from")[:MOST_NEWS]
    began = {statement: published for statement, published in newest if published}
    found = [(began[edition.statement_id], edition) for edition in _listed(at, Q(statement__in=list(began)))]
    return sorted(found, key=lambda one: (one[0], one[1].statement_id), reverse=True)


def _article(edition: Edition, published: datetime, numbers: Mapping[str, texttokens.Count]) -> Article:
    with translation.override(edition.language):
        return Article(
            path=edition.get_absolute_url(),
            mission=fit(mission.name()),
            language=edition.language,
            published=published,
            title=fit(texttokens.as_text(edition.title, numbers)),
        )
