"""The picture that goes with a link to a statement."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from embassy import moment
from news import texttokens
from news.cards import cards, keeping
from news.models import Edition


@require_safe
def card(request: HttpRequest, number: int, sequence: int) -> HttpResponse:
    """Answer with the card of an edition while its text can be read; else as if there had never been one."""
    at = moment.now()
    readable = Edition.objects.readable(at).select_related("statement").defer("body")
    edition = get_object_or_404(readable, statement__number=number, sequence=sequence)
    if request.path != cards.address(edition):
        return HttpResponsePermanentRedirect(cards.address(edition))
    numbers = texttokens.counts(at) if texttokens.slugs(edition.title) else {}
    content = keeping.picture(cards.shown(edition, numbers, at=at))
    response = HttpResponse(content, content_type="image/png")
    # Other sites show it beside their link to the statement.
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
