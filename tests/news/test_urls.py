from datetime import date

import pytest
from django.urls import Resolver404, resolve, reverse
from hypothesis import given
from hypothesis import strategies as st

from news import addresses
from news.models.limits import FIRST_YEAR, LAST_YEAR
from tests.generated import examples


@pytest.mark.parametrize(
    ("path", "name", "arguments"),
    [
        ("/", "home", {}),
        ("/messages/", "messages", {}),
        ("/messages/1/", "number", {"number": 1}),
        ("/messages/999999999/", "number", {"number": 999_999_999}),
        ("/messages/1/a-title/", "statement", {"number": 1, "slug": "a-title"}),
        ("/messages/1/editions/2/", "edition", {"number": 1, "sequence": 2}),
        ("/messages/2021/", "year", {"year": 2021}),
        ("/messages/2021/01/", "month", {"year": 2021, "month": 1}),
        ("/messages/2021/13/", "statement", {"number": 2021, "slug": "13"}),
        ("/messages/2021/1/", "statement", {"number": 2021, "slug": "1"}),
        ("/messages/2021/a-title/", "statement", {"number": 2021, "slug": "a-title"}),
        ("/messages/1812/", "number", {"number": 1812}),
        ("/messages/12/10/", "statement", {"number": 12, "slug": "10"}),
        ("/category/press-releases/", "category", {"slug": "press-releases"}),
    ],
)
def test_what_stands_at_an_address(path, name, arguments):
    found = resolve(path)
    assert (found.view_name, found.kwargs) == (f"news:{name}", arguments)


@pytest.mark.parametrize(
    "path",
    [
        "/messages/0/",
        "/messages/01/",
        "/messages/-1/",
        "/messages/1000000000/",
        "/messages/٣/",
        "/messages/1",
        "/messages/1/a/b/",
        "/messages/1/editions/0/",
        "/category/",
        "/category/a/b/",
        "/category/ф/",
        "/ru/",
        "//",
    ],
)
def test_what_is_no_address(path):
    with pytest.raises(Resolver404):
        resolve(path)


def test_every_year_that_dates_may_have_has_a_page():
    for year in (FIRST_YEAR, LAST_YEAR):
        assert resolve(f"/messages/{year}/").view_name == "news:year"
    for year in (FIRST_YEAR - 1, LAST_YEAR + 1):
        assert resolve(f"/messages/{year}/").view_name == "news:number"


@examples(200)
@given(st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)))
def test_every_month_has_an_address_that_leads_back(day):
    path = reverse("news:month", args=[day.year, day.month])
    assert path == f"/messages/{day:%Y/%m}/"
    assert resolve(path).kwargs == {"year": day.year, "month": day.month}


@examples(300)
@given(st.integers(1, 999_999_999), st.text(max_size=300))
def test_every_title_has_an_address_that_leads_back_and_is_no_month(number, title):
    slug = addresses.slug(title)
    found = resolve(reverse("news:statement", args=[number, slug]))
    assert (found.view_name, found.kwargs) == ("news:statement", {"number": number, "slug": slug})


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("A Title, with: signs!", "a-title-with-signs"),
        ("Заявление для СМИ", "zaiavlenie-dlia-smi"),
        ("10", "no-10"),
        ("…", "statement"),
        ("", "statement"),
        ("{days:fire} days", "days"),
        ("Editions", "editions"),
    ],
)
def test_the_readable_part(title, slug):
    assert addresses.slug(title) == slug
    assert len(addresses.slug(title * 100)) <= 80
