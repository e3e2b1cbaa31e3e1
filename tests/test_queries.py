"""The cost of a page does not grow with its rows: the same number of queries at 1, at 3 and at 25."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.core.cache import cache

from embassy import pages
from news import actions
from news.models import Category, Edition
from tests.factories import (
    DAY,
    MINUTE,
    NOW,
    make_category,
    make_clock,
    make_contact_line,
    make_counter,
    make_document,
    make_live,
    make_next,
    make_picture,
    make_removed,
    overwrite,
    shown_in_text,
    text,
)
from tests.reading import rows, tags

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _through_the_cache() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def fill(number: int) -> None:
    """Make a site with so many of everything: statements with a counter's number, a category and a translation."""
    for n in range(number):
        make_clock(f"City {n}", position=n)
        make_contact_line(position=n)
        counter = make_counter(f"Event {n}", position=n)
        category = make_category(f"News {n}", position=n)
        fields = {"title": f"Day {{days:{counter.slug}}}", "category": category, "featured_until": NOW + DAY}
        english = make_live(**fields)
        russian = actions.write(text(**fields), language="ru", translation_of=english.statement, by=None, at=NOW - DAY)
        actions.release(russian, by=None, at=NOW - DAY)
    overwrite(Edition.objects.all(), category=category, date=date(2021, 10, 25))


@pytest.mark.parametrize("number", [1, 3, 25])
@pytest.mark.parametrize(
    ("path", "queries"),
    [
        # One for the site version; then for every page mission, clocks, contact lines and counters.
        # The lead’s pictures; titles share one question for the counters.
        ("/", 9),
        ("/messages/", 11),
        ("/messages/?category={category}&from=2021-01-01", 11),
        ("/messages/?from=2021-01-01&order=oldest", 11),
        # A query for each language of the site.
        ("/messages/?language=all", 12),
        ("/messages/?print=all", 10),
        ("/messages/?q=summary", 11),
        ("/messages/?q=summary&order=newest&language=all", 12),
        ("/messages/?q=summary&print=all", 8),
        ("/messages/?before=1", 11),
        ("/messages/2021/", 12),
        ("/messages/2021/10/", 11),
        ("/category/{category}/", 11),
        ("/ru/category/{category}/", 11),
    ],
)
def test_lists(visitor, django_assert_num_queries, path, queries, number):
    fill(number)
    path = path.format(category=Category.objects.last().slug)
    with django_assert_num_queries(queries):
        answer = visitor.get(path)
    if "print" in path:
        assert len(tags(answer, "article")) == number
    else:
        shown = number * 2 if "language=all" in path else number
        beside_lead = min(number - 1, 10)
        assert len(rows(answer)) == (0 if "before" in path else beside_lead if path == "/" else min(shown, 25))


@pytest.mark.parametrize("number", [1, 3, 25])
def test_a_list_whose_months_were_counted_before(visitor, django_assert_num_queries, number):
    fill(number)
    visitor.get("/messages/")
    pages.clear()
    with django_assert_num_queries(9):
        visitor.get("/messages/")


@pytest.mark.parametrize("number", [1, 3, 25])
def test_a_statement(visitor, django_assert_num_queries, number):
    fill(number)
    edition = make_live(title="Of many changes")
    for n in range(number, 0, -1):
        edition = actions.release(make_next(edition, at=NOW - n * MINUTE), by=None, at=NOW - n * MINUTE)
    with django_assert_num_queries(15):
        visitor.get(edition.get_absolute_url())
    with django_assert_num_queries(9):
        visitor.get(f"/messages/{edition.statement.number}/editions/1/")
    with django_assert_num_queries(2):
        visitor.get(f"/messages/{edition.statement.number}/")


@pytest.mark.parametrize("number", [1, 3, 25])
def test_a_statement_with_files(visitor, django_assert_num_queries, number):
    fill(1)
    pictures = [make_picture() for _n in range(number)]
    files = {"picture": pictures[0], "attachments": tuple(make_document() for _n in range(number))}
    edition = make_live(body="".join(map(shown_in_text, pictures)), **files)
    with django_assert_num_queries(16):
        answer = visitor.get(edition.get_absolute_url())
    assert len(tags(answer, "img")) == number + 1


def test_error_pages(visitor, django_assert_num_queries):
    fill(3)
    removed = make_removed()
    cache.clear()
    with django_assert_num_queries(5):
        visitor.get("/nothing-here/")
    with django_assert_num_queries(7):
        visitor.get(removed.get_absolute_url())
