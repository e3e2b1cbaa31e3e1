"""Feeds of what was told last, of a language or of one category in it, and the page that explains them."""

import re
from datetime import datetime
from functools import partial
from hashlib import sha256
from json import dumps

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse, translate_url
from django.utils import translation
from django.utils.http import http_date
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from embassy import mission, moment
from news.feeds import chosen
from news.feeds.atom import AtomFeed
from news.feeds.entries import entries
from news.feeds.rss import RssFeed
from news.jsonfeed import writing
from news.models import Category
from news.xmltext import fit


@require_safe
def feeds(request: HttpRequest) -> HttpResponse:
    """Explain feeds, and show the address of each."""
    return render(request, "news/feeds.html", {"categories": Category.objects.in_order()})


@require_safe
def atom_feed(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Answer with the Atom feed of the language, or of a category in it."""
    return _xml(request, AtomFeed, _category(slug))


@require_safe
def rss_feed(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Answer with the RSS feed of the language, or of a category in it."""
    return _xml(request, RssFeed, _category(slug))


@require_safe
def json_feed(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Answer with the JSON Feed of the language, or of a category in it; its `next_url` leads on to what is older."""
    category, absolute = _category(slug), request.build_absolute_uri
    language, at = translation.get_language(), moment.now()
    changed = chosen.changed(language, at)
    page = _page_of(request, category, at)
    feed = writing.feed(
        page.editions,
        title=_title(category),
        language=language,
        home_page_url=absolute(_page(category)),
        feed_url=absolute(request.path),
        next_url=absolute(f"{request.path}?before={page.older}") if page.older else None,
        absolute=absolute,
        at=at,
        author=mission.name(),
    )
    return _answer(dumps(feed, ensure_ascii=False).encode(), "application/feed+json; charset=utf-8", changed)


def _xml(request: HttpRequest, form: type[AtomFeed | RssFeed], category: Category | None) -> HttpResponse:
    language, at = translation.get_language(), moment.now()
    changed = chosen.changed(language, at)
    absolute = request.build_absolute_uri
    feed = form(
        fit(_title(category)),
        absolute(_page(category)),
        gettext("Every statement, in full, as it is published."),
        language=language,
        author_name=fit(mission.name()),
        author_link=absolute(reverse("news:home")),
        feed_url=absolute(request.path),
        feed_guid=absolute(request.path),
        translations=_translations(request),
    )
    for entry in entries(chosen.choose(language, category, at=at).editions, absolute=absolute, at=at):
        feed.add(entry)
    return _answer(feed.writeString("utf-8").encode(), feed.content_type, changed)


def _answer(content: bytes, content_type: str, changed: datetime | None) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response.headers["ETag"] = f'"{sha256(content).hexdigest()[:32]}"'
    if changed:
        response.headers["Last-Modified"] = http_date(changed.timestamp())
    return response


def _category(slug: str) -> Category | None:
    return get_object_or_404(Category, slug=slug) if slug else None


def _title(category: Category | None) -> str:
    return f"{mission.name()}: {category}" if category else mission.name()


def _page(category: Category | None) -> str:
    return category.get_absolute_url() if category else reverse("news:messages")


def _translations(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the same feed in each further language: its code and its address."""
    codes = [code for code, _name in settings.LANGUAGES if code != translation.get_language()]
    return [(code, request.build_absolute_uri(translate_url(request.path, code))) for code in codes]


def _page_of(request: HttpRequest, category: Category | None, at: datetime) -> chosen.Chosen:
    """Return the texts that follow the register number `before`, the newest without one; anything else is nowhere."""
    before = request.GET.get("before", "")
    if before and not re.fullmatch(r"[1-9][0-9]{0,8}", before):
        raise Http404
    # Half the room: where a page prints a text otherwise than it is stored, this form holds both.
    choose = partial(chosen.choose, translation.get_language(), category, at=at, room=chosen.MOST_BYTES // 2)
    try:
        return choose(before=int(before) if before else None)
    except chosen.Unknown:
        raise Http404 from None
