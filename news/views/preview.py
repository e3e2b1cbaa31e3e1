"""Previews: a text before its time, for whoever holds the address that an outlet was given.

`embassy.pages` knows that these pages are private: caches and search engines never see them, nor do other sites their
addresses.
"""

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from embassy import browsers, moment
from news import actions
from news.library import serving, shown
from news.models import Edition, PreviewLink, Rendition
from news.previews import rules
from news.previews.rules import Answer, Outcome


@require_safe
def preview(request: HttpRequest, secret: str) -> HttpResponse:
    """Show what the link shows now, under its embargo; or say that there is nothing, and whom to ask."""
    link, answer = _find(secret)
    if link is None:
        return render(request, "news/preview_ended.html", {"alternates": {}}, status=404)
    if answer.outcome is Outcome.PUBLIC:
        return HttpResponseRedirect(rules.public_address(link))
    # In the language of the text, whatever stands before its address.
    with translation.override(link.statement.language):
        response = _page(request, link, answer.edition, partial(_file_address, secret))
        response.headers["Content-Language"] = link.statement.language
    if request.method == "GET" and answer.edition is not None:
        # The one thing that a page of ours writes when it is only read: the outlet is told nothing by it, and the
        # press office is asked “who has seen it?” on the day on which a text leaks. Programs that look at a link before
        # people do ask with HEAD, or appear here under their own name.
        browser = browsers.in_words(request.headers.get("User-Agent", ""))
        actions.record_opening(link, browser=browser, at=moment.now())
    return response


def _page(request: HttpRequest, link: PreviewLink, edition: Edition | None, address: shown.Address) -> HttpResponse:
    context: dict[str, Any] = {"link": link, "edition": edition, "alternates": {}}
    if edition is None:
        return render(request, "news/preview_changed.html", context, status=410)
    context |= {"files": shown.of(edition, address), "not_before": rules.not_before(edition, moment.now())}
    return render(request, "news/preview.html", context)


@require_safe
def preview_file(request: HttpRequest, secret: str, token: str, name: str) -> HttpResponseBase:
    """Answer with a file that the shown edition shows; checked on every request, like the words themselves."""
    _link, answer = _find(secret)
    if answer.edition is None:
        raise Http404
    rendition = get_object_or_404(Rendition.objects.at_address(token, name).of_edition(answer.edition))
    return serving.answer(request, rendition)


def _file_address(secret: str, token: str, name: str) -> str:
    return reverse("news:preview_file", args=[secret, token, name])


def _find(secret: str) -> tuple[PreviewLink | None, Answer]:
    """Return the link with what it answers now; one that has ended is as unknown as one that never was."""
    link = rules.find(secret)
    answer = rules.answer(link, moment.now()) if link else rules.ENDED
    return (None, answer) if answer.outcome is Outcome.ENDED else (link, answer)
