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
    make_live,
    make_next,
    make_removed,
    text,
)
from tests.reading import rows

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
    Edition.objects.update(category=category, date=date(2021, 10, 25))


@pytest.mark.parametrize("number", [1, 3, 25])
@pytest.mark.parametrize(
    ("path", "queries"),
    [
        # One for the site version; then for every page mission, clocks, contact lines and counters.
        ("/", 9),
        ("/messages/", 11),
        ("/messages/?category={category}&from=2021-01-01", 11),
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
    assert len(rows(answer)) == (0 if "before" in path else min(number, 10 if path == "/" else 25))


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
    with django_assert_num_queries(13):
        visitor.get(edition.get_absolute_url())
    with django_assert_num_queries(8):
        visitor.get(f"/messages/{edition.statement.number}/editions/1/")
    with django_assert_num_queries(2):
        visitor.get(f"/messages/{edition.statement.number}/")


def test_error_pages(visitor, django_assert_num_queries):
    fill(3)
    removed = make_removed()
    cache.clear()
    with django_assert_num_queries(5):
        visitor.get("/nothing-here/")
    with django_assert_num_queries(7):
        visitor.get(removed.get_absolute_url())
