"""The press page: whom to ask, when, and what may be printed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from embassy import moment
from news.library.offers import offers


@require_safe
def press(request: HttpRequest) -> HttpResponse:
    """Show press contacts, their hours on every clock, and the files that are offered, with their terms."""
    return render(request, "news/press.html", {"offers": offers(moment.now())})
