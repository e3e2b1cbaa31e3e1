"""What search engines ask for: robots.txt, and the sitemaps of what is listed now."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from embassy import moment
from news import sitemaps

XML = "application/xml; charset=utf-8"
# Of these a page is a result made for one reader (RFC 9309, 2.2.3, has the two wildcards).
RESULTS = ("q", "print", "of")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Let everything be read but the newsroom, previews and results (RFC 9309), and say where the sitemap is."""
    closed = ["/admin/"]
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            closed.append(f"{reverse('news:home')}preview/")
    closed += [f"/*{mark}{name}=" for name in RESULTS for mark in "?&"]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), ""]
    lines.append(f"Sitemap: {request.build_absolute_uri(reverse('machines:sitemap'))}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Answer with the index of the sitemaps."""
    at = moment.now()
    context = {"parts": sitemaps.parts(at), "has_news": sitemaps.has_news(at)}
    return _xml(request, "news/sitemap_index.xml", context)


@require_safe
def sitemap_part(request: HttpRequest, part: int) -> HttpResponse:
    """Answer with the addresses of the statements of one part of the register."""
    entries = sitemaps.statements(moment.now(), part)
    if not entries:
        raise Http404  # the format has no empty list
    return _xml(request, "news/sitemap.xml", {"entries": entries})


@require_safe
def pages_sitemap(request: HttpRequest) -> HttpResponse:
    """Answer with the addresses of what is no statement."""
    return _xml(request, "news/sitemap.xml", {"entries": sitemaps.pages()})


@require_safe
def news_sitemap(request: HttpRequest) -> HttpResponse:
    """Answer with the statements of the last two days; with an empty list, which the news format has, on quiet days."""
    return _xml(request, "news/sitemap_news.xml", {"articles": sitemaps.news(moment.now())})


def _xml(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    base = request.build_absolute_uri("/").removesuffix("/")
    return render(request, template, {"base": base} | context, content_type=XML)
