"""All messages: filtered, by year, by month, by category; pages that no new statement shifts."""

from calendar import monthrange
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.views.decorators.http import require_safe

from embassy import moment
from news import archive
from news.forms import ArchiveForm
from news.models import Category, Edition
from news.models.edition import EditionQuerySet


@require_safe
def messages(request: HttpRequest) -> HttpResponse:
    """Show all messages, filtered as the form asks."""
    form = ArchiveForm(request.GET)
    return _list(request, form.filter(_listed()), form=form)


@require_safe
def year(request: HttpRequest, year: int) -> HttpResponse:
    """Show the messages of a year and its months."""
    editions = _listed().filter(date__range=(date(year, 1, 1), date(year, 12, 31)))
    # /messages/2021/ is a year; whoever means the statement No. 2021 is led on from here.
    namesake = Edition.objects.visible(moment.now()).filter(statement__number=year).select_related("statement").first()
    return _list(request, editions, year=archive.year(year), namesake=namesake)


@require_safe
def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """Show the messages of a month."""
    # A range of dates and not the month of a date: an index leads straight to it.
    first, last = date(year, month, 1), date(year, month, monthrange(year, month)[1])
    editions = _listed().filter(date__range=(first, last))
    return _list(request, editions, year=archive.year(year), month=first)


@require_safe
def category(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the messages of one category."""
    category = get_object_or_404(Category, slug=slug)
    return _list(request, _listed().filter(category=category), category=category)


def _listed() -> EditionQuerySet:
    language = translation.get_language()
    return Edition.objects.listed(moment.now()).filter(language=language).newest_first().with_names()


def _list(request: HttpRequest, editions: EditionQuerySet, **context: Any) -> HttpResponse:
    context["page"] = archive.page(editions, request.GET.get("before", ""))
    context["years"] = archive.years()
    return render(request, "news/archive.html", context)
