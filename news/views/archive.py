"""All messages: by words, category and days, by year, by month; pages that no new statement shifts."""

import re
from calendar import monthrange
from datetime import date
from itertools import accumulate
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from embassy import moment
from news import archive, charts, hits, narrowing
from news.forms import ArchiveForm
from news.library import shown
from news.models import Edition
from news.search import finding
from news.search.finding import Order
from news.templatetags.news import numbers

# So many whole texts are printed at once, and no more once they are so long together.
MOST_PRINTED = 100
MOST_PRINTED_CHARACTERS = 500_000
_NUMBER = re.compile(r"(?:(?:No\.?|№|#)\s*)?([1-9][0-9]{0,8})", re.IGNORECASE)


@require_safe
def messages(request: HttpRequest) -> HttpResponse:
    """Show all messages, as the form asks; or all that were found with their whole texts, to print them."""
    form = ArchiveForm(request.GET)
    if request.GET.get("print") == "all":
        return _print(request, form)
    # Whoever looks for a number may mean the statement that has it.
    number = _NUMBER.fullmatch(form.asked.get("q", ""))
    return _list(request, form, is_asked=bool(form.asked), namesake=_statement(int(number[1])) if number else None)


@require_safe
def year(request: HttpRequest, year: int) -> HttpResponse:
    """Show the messages of a year and its months."""
    form = ArchiveForm(initial={"from": date(year, 1, 1), "to": date(year, 12, 31)})
    # /messages/2021/ is a year; whoever means the statement No. 2021 is led on from here.
    return _list(request, form, year=archive.year(year), namesake=_statement(year))


@require_safe
def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """Show the messages of a month."""
    # A range of dates and not the month of a date: an index leads straight to it.
    first, last = date(year, month, 1), date(year, month, monthrange(year, month)[1])
    return _list(request, ArchiveForm(initial={"from": first, "to": last}), year=archive.year(year), month=first)


@require_safe
def category(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the messages of one category."""
    form = ArchiveForm(initial={"category": slug})
    if form.choice.category is None:
        raise Http404
    return _list(request, form, category=form.choice.category)


def _statement(number: int) -> Edition | None:
    return Edition.objects.visible(moment.now()).filter(statement__number=number).select_related("statement").first()


def _find(form: ArchiveForm) -> narrowing.Result:
    if form.query.is_empty:
        return archive.Browsed(form.choice, form.categories, is_oldest_first=form.chosen_order is Order.OLDEST)
    return finding.find(form.choice.editions, form.query, order=form.chosen_order)


def _list(request: HttpRequest, form: ArchiveForm, **context: Any) -> HttpResponse:
    found, asked = _find(form), form.asked
    page = found.page(request.GET.get("before", ""))
    context |= {"form": form, "asked": asked, "page": page, "wider": narrowing.wider(asked)}
    context["count"] = narrowing.in_words(found.total, is_more=found.is_more)
    context |= _ways(form, found)
    if context.get("is_asked"):
        context |= {"here": asked, "alternates": narrowing.alternates(asked)}
        context |= {"print_address": narrowing.address(asked, print="all")}
    else:
        # A page of a year or a category says at its own address what it asks for.
        year = context.get("year")
        context |= {"here": {}, "chart": charts.of(archive.years(), year and year.number)}
        context["headings"] = charts.headings()
    if not form.query.is_empty:
        context["hits"] = hits.of(page.editions, form.query, numbers())
    return render(request, "news/archive.html", context)


def _ways(form: ArchiveForm, found: narrowing.Result) -> dict[str, Any]:
    """Return the ways to fewer messages; where there are too many to count, those that the archive has, uncounted."""
    counts = archive.Browsed(form.choice, form.categories) if found.is_more else found
    is_counted, years = not found.is_more, counts.years
    by_year = narrowing.by_year(years, form.asked, is_counted=is_counted)
    return {
        "by_category": narrowing.by_category(counts.categories, form.asked, is_counted=is_counted),
        # What is not counted has no bar.
        "by_year": list(zip(by_year, charts.lengths(count for _year, count in years), strict=True)),
        # The best of very many are the best of the newest: whoever wants all of them reads them by day.
        "ranked": finding.MOST_RANKED if found.is_more and form.chosen_order is Order.BEST else 0,
        "by_day_address": narrowing.address(form.asked, order=Order.NEWEST.value),
    }


def _print(request: HttpRequest, form: ArchiveForm) -> HttpResponse:
    found = _find(form)
    editions = _as_long_as_paper(found.texts(MOST_PRINTED))
    context = {
        "form": form,
        "asked": form.asked,
        "editions": editions,
        "count": narrowing.in_words(found.total, is_more=found.is_more),
        "remaining": narrowing.remaining(found.total - len(editions), is_more=found.is_more),
        "list_address": narrowing.address(form.asked),
        # Words alone: pictures and documents stand at each address.
        "files": shown.Shown((), shown.public),
        "alternates": {},
    }
    return render(request, "news/print.html", context)


def _as_long_as_paper(editions: list[Edition]) -> list[Edition]:
    """Return the first texts that are not too long together; always one."""
    lengths = accumulate(len(edition.body) for edition in editions)
    fitting = sum(length <= MOST_PRINTED_CHARACTERS for length in lengths)
    return editions[: max(fitting, 1)]
