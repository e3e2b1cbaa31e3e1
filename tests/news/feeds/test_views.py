"""How feeds are found and fetched: the page, the links in every page's head, headers, the cost."""

import pytest
from django.core.cache import cache

from news import actions
from tests.factories import (
    DAY,
    MINUTE,
    NOW,
    make_category,
    make_clock,
    make_document,
    make_live,
    make_next,
    make_picture,
    shown_in_text,
)
from tests.reading import lines, links, tags

pytestmark = pytest.mark.django_db

FORMS = {"atom.xml": "application/atom+xml", "rss.xml": "application/rss+xml", "feed.json": "application/feed+json"}


def offered(visitor, path):
    """Return the feeds that the page's head names: type and address."""
    found = [tag for tag in tags(visitor.get(path), "link") if tag["rel"] == "alternate" and "type" in tag]
    return [(tag["type"], tag["href"]) for tag in found]


def named(folder):
    return [(kind, f"{folder}{name}") for name, kind in FORMS.items()]


def test_every_page_names_the_feeds_of_its_language(visitor, site):
    for path in ("/", "/messages/", site.rich.get_absolute_url(), "/feeds/"):
        assert offered(visitor, path) == named("/feeds/")
    assert offered(visitor, "/ru/") == named("/ru/feeds/")
    assert offered(visitor, "/category/news/") == named("/feeds/news/") + named("/feeds/")
    assert offered(visitor, "/nothing-here/") == named("/feeds/")


def test_the_page_explains_feeds_and_leads_to_each_of_them(visitor, site):
    page = visitor.get("/feeds/")
    assert lines(page).count("Feeds") == 2  # its heading, and the link that leads to it from everywhere
    found = [link for link in links(page) if link.endswith(("xml", "json"))]
    assert found == [f"/feeds/{name}" for name in FORMS] + [f"/feeds/news/{name}" for name in FORMS]
    shown = [field["value"] for field in tags(page, "input") if "readonly" in field]
    assert shown == [f"http://testserver/feeds/{name}" for name in FORMS]
    assert {visitor.get(link).status_code for link in found} == {200}
    assert "/ru/feeds/news/atom.xml" in links(visitor.get("/ru/feeds/"))


def test_every_page_leads_to_the_feeds(visitor, site):
    assert "/feeds/" in links(visitor.get("/"))
    assert "/ru/feeds/" in links(visitor.get("/ru/"))


@pytest.mark.parametrize("name", FORMS)
def test_what_does_not_exist_has_no_feed(visitor, clock, name):
    make_category("News", slug="news")
    statuses = [visitor.get(path).status_code for path in (f"/feeds/news/{name}", f"/feeds/other/{name}")]
    assert statuses == [200, 404]


@pytest.mark.parametrize("name", FORMS)
def test_a_feed_says_of_what_type_it_is_and_when_it_changed(visitor, clock, name):
    live = make_live(at=NOW - DAY)
    answer = visitor.get(f"/feeds/{name}")
    assert answer.headers["Content-Type"] == f"{FORMS[name]}; charset=utf-8"
    assert answer.headers["Last-Modified"] == "Sun, 24 Oct 2021 21:41:00 GMT"
    actions.remove(live.statement, reason="A court said so.", by=None, at=NOW - MINUTE)
    assert visitor.get(f"/feeds/{name}").headers["Last-Modified"] == "Mon, 25 Oct 2021 21:40:00 GMT"


@pytest.mark.parametrize("name", FORMS)
def test_a_program_that_has_the_feed_gets_a_short_answer(visitor, clock, name):
    make_live()
    first = visitor.get(f"/feeds/{name}")
    again = visitor.get(f"/feeds/{name}", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    make_live()
    changed = visitor.get(f"/feeds/{name}", headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200


@pytest.mark.parametrize("name", FORMS)
def test_the_short_answer_holds_beyond_the_minute_and_for_programs_that_know_only_the_date(visitor, clock, name):
    make_live(at=NOW - DAY)
    first = visitor.get(f"/feeds/{name}")
    tag, date = first.headers["ETag"], first.headers["Last-Modified"]
    clock.shift(5 * MINUTE)
    known = [{"If-None-Match": tag}, {"If-None-Match": tag.removeprefix("W/")}, {"If-Modified-Since": date}]
    for headers in known * 2:  # made, and then kept
        again = visitor.get(f"/feeds/{name}", headers=headers)
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
        assert "max-age" in again.headers["Cache-Control"]
    # Who sends both means the first (RFC 9110, section 13.2.2).
    both = {"If-None-Match": '"other"', "If-Modified-Since": date}
    assert visitor.get(f"/feeds/{name}", headers=both).status_code == 200
    make_live(at=NOW - MINUTE)
    assert [visitor.get(f"/feeds/{name}", headers=headers).status_code for headers in known] == [200, 200, 200]


def fill(number):
    make_clock()
    category = make_category("News", slug="news")
    files = {"picture": make_picture(), "attachments": (make_document(),)}
    fields = files | {"body": shown_in_text(make_picture()), "category": category}
    for n in range(number):
        live = make_live(at=NOW - DAY, **fields)
        changed = make_next(live, at=NOW - MINUTE, change_note=f"Note {n}.", **fields)
        actions.release(changed, by=None, at=NOW - MINUTE)


@pytest.mark.parametrize("number", [1, 3, 25])
def test_the_cost_is_the_same_for_one_and_for_many(visitor, clock, django_assert_num_queries, number):
    fill(number)
    # The site version twice, the last change, the mission, the texts, their history, uses with files, sizes, clocks.
    costs = {"/feeds/atom.xml": 9, "/feeds/rss.xml": 9, "/feeds/feed.json": 9, "/feeds/news/atom.xml": 10}
    for path, queries in costs.items():
        cache.clear()
        with django_assert_num_queries(queries):
            answer = visitor.get(path)
        assert answer.content.count(b"tag:localhost,") == number
    # Like every page; and the categories.
    with django_assert_num_queries(6):
        visitor.get("/feeds/")
