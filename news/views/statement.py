"""A statement's page, and its superseded texts."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from embassy import moment
from news.library import shown
from news.models import Edition


@require_safe
def statement(request: HttpRequest, number: int, slug: str = "") -> HttpResponse:
    """Show the edition that is public now; the number alone, an old or a wrong slug leads to its address."""
    at = moment.now()
    edition = (
        Edition.objects.visible(at)
        .filter(statement__number=number)
        .select_related("statement__translation_of", "category")
        .first()
    )
    if edition is None:
        return _gone(request, number)
    if request.path != edition.get_absolute_url():
        return HttpResponsePermanentRedirect(edition.get_absolute_url())
    context = {
        "edition": edition,
        "files": shown.of(edition),
        "notes": edition.statement.change_notes(edition),
        "earlier": edition.statement.superseded_editions(at),
        "alternates": edition.statement.addresses_by_language(at),
    }
    return render(request, "news/statement.html", context)


@require_safe
def edition(request: HttpRequest, number: int, sequence: int) -> HttpResponse:
    """Show a text that a later edition replaced; the current one leads to the statement's address."""
    at = moment.now()
    one = Edition.objects.filter(statement__number=number, sequence=sequence).select_related("statement", "category")
    current = one.visible(at).first()
    if current:
        return HttpResponsePermanentRedirect(current.get_absolute_url())
    old = one.superseded(at).first()
    if old is None:
        return _gone(request, number, get_object_or_404(one.begun(at)))
    if request.path != old.get_edition_url():
        return HttpResponsePermanentRedirect(old.get_edition_url())
    latest = Edition.objects.visible(at).select_related("statement").get(statement=old.statement)
    context = {
        "edition": old,
        "files": shown.of(old),
        "latest": latest,
        "alternates": {old.language: old.get_edition_url()},
    }
    response = render(request, "news/edition.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _gone(request: HttpRequest, number: int, old: Edition | None = None) -> HttpResponse:
    """Answer 410 with the reason for what was public once, 404 for what never was.

    Of a statement that came back, `old` is a text that did not: the removal that closed it says why.
    """
    begun = Edition.objects.begun(moment.now()).filter(statement__number=number)
    removals = begun.exclude(removal_reason="").order_by("sequence")
    removed = removals.filter(sequence__gte=old.sequence).first() if old else removals.last()
    if removed is None:
        raise Http404
    return render(request, "410.html", {"number": number, "removed": removed}, status=410)
