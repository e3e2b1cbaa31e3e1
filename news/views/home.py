"""The home page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from embassy import moment
from news.library import shown
from news.models import Edition


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the featured statement and the latest messages."""
    editions = Edition.objects.featured(moment.now()).filter(language=translation.get_language())
    featured = editions.newest_first().with_names().first()
    files = shown.of(featured) if featured else None
    return render(request, "news/home.html", {"featured": featured, "files": files})
