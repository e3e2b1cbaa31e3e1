"""robots.txt and the sitemaps: every listed statement, nothing else, in the form that search engines read."""

import re
from datetime import timedelta
from urllib import robotparser
from xml.etree import ElementTree as ET

import pytest
import time_machine

from embassy import pages
from embassy.models import Mission
from news import actions, sitemaps
from news.models import Edition
from tests.factories import (
    DAY,
    MINUTE,
    NOW,
    make_category,
    make_counter,
    make_draft,
    make_live,
    make_next,
    make_removed,
    make_scheduled,
    make_withdrawn,
    overwrite,
    text,
)

pytestmark = pytest.mark.django_db

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+\d\d:\d\d")


def valid(answer, root="urlset"):
    """Return the rows of a sitemap that keeps the rules of its schema (https://www.sitemaps.org/schemas/sitemap/0.9).

    These are: the root, then at least one row; in each first the address, then perhaps when it changed, then what is of
    other schemas; addresses of 12 to 2,048 characters, each once.
    """
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/xml; charset=utf-8")
    assert answer.content.startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n<')
    tree = ET.fromstring(answer.content)
    assert tree.tag == f"{SITEMAP}{root}"
    rows = list(tree)
    assert {row.tag for row in rows} <= {f"{SITEMAP}{'url' if root == 'urlset' else 'sitemap'}"}
    for row in rows:
        names = [child.tag for child in row]
        order = [name for name in (f"{SITEMAP}loc", f"{SITEMAP}lastmod") if name in names]
        assert names[: len(order)] == order
        assert all(not name.startswith(SITEMAP) for name in names[len(order) :])
        assert names.count(f"{SITEMAP}loc") == 1
        assert all(INSTANT.fullmatch(one.text) for one in row.iter(f"{SITEMAP}lastmod"))
        assert 12 <= len(loc(row)) <= 2048
        assert loc(row).startswith("http://testserver/")
    assert len({loc(row) for row in rows}) == len(rows) <= 50_000
    return rows


def loc(row):
    return row.findtext(f"{SITEMAP}loc")


def path(row):
    return loc(row).removeprefix("http://testserver")


def named(visitor):
    """Return the paths of all parts that the index names, in order."""
    parts = [path(row) for row in valid(visitor.get("/sitemap.xml"), "sitemapindex")]
    return {part: [path(row) for row in valid(visitor.get(part))] for part in parts}


def statements(visitor):
    return [one for part, paths in named(visitor).items() if re.search(r"-\d+\.xml", part) for one in paths]


# ---- statements -----------------------------------------------------------------------------------------------------


def test_listed_statements_of_all_languages_by_number_and_nothing_else(visitor, now):
    make_draft(), make_scheduled(), make_withdrawn(), make_removed()
    english, russian = make_live(), make_live(language="ru", title="Мост")
    changed = make_live(title="Old title", at=NOW - 2 * DAY)
    changed = actions.release(make_next(changed, at=NOW - MINUTE, title="New title"), by=None, at=NOW - MINUTE)
    assert statements(visitor) == [one.get_absolute_url() for one in (english, russian, changed)]


def test_at_its_instant_a_statement_is_named_although_nothing_ran(visitor):
    soon = make_scheduled(NOW + DAY)
    with time_machine.travel(NOW + DAY - timedelta(seconds=1), tick=False):
        assert statements(visitor) == []
        assert visitor.get("/sitemap-1.xml").status_code == 404
    with time_machine.travel(NOW + DAY, tick=False):
        assert statements(visitor) == [soon.get_absolute_url()]


def test_when_it_changed_is_when_readers_were_told(visitor, now):
    told = make_live(at=NOW - 2 * DAY)
    actions.release(make_next(told, at=NOW - MINUTE, minor=True), by=None, at=NOW - MINUTE)
    noted = actions.release(make_next(make_live(at=NOW - 2 * DAY), at=NOW - MINUTE), by=None, at=NOW - MINUTE)
    changed = [row.findtext(f"{SITEMAP}lastmod") for row in valid(visitor.get("/sitemap-1.xml"))]
    assert changed == [told.public_from.isoformat(), noted.public_from.isoformat()]
    part = valid(visitor.get("/sitemap.xml"), "sitemapindex")[-1]
    assert part.findtext(f"{SITEMAP}lastmod") == noted.public_from.isoformat()


def test_a_pair_names_both_wherever_they_stand_and_a_secret_translation_is_not_named(visitor, now, monkeypatch):
    monkeypatch.setattr(sitemaps, "PART", 2)
    original, alone = make_live(), make_live()
    make_live()

    def translate(edition, **fields):
        own = text(title="Перевод")
        draft = actions.write(own, language="ru", translation_of=edition.statement, by=None, at=NOW - DAY)
        return actions.release(draft, by=None, at=NOW - DAY) if fields.get("is_live") else draft

    russian = translate(original, is_live=True)
    translate(alone)
    pair = {
        "en": f"http://testserver{original.get_absolute_url()}",
        "ru": f"http://testserver{russian.get_absolute_url()}",
    }
    first, second = [valid(visitor.get(f"/sitemap-{part}.xml")) for part in (1, 2)]
    links = [
        {one.get("hreflang"): one.get("href") for one in row.iter(LINK) if one.get("rel") == "alternate"}
        for row in (*first, *second)
    ]
    assert links == [pair, {}, {}, pair]


def test_parts_are_parts_of_the_register_and_an_empty_one_is_not_named(visitor, now, monkeypatch):
    monkeypatch.setattr(sitemaps, "PART", 2)
    first = make_live()
    make_live()
    make_withdrawn(), make_removed()
    last = make_live()
    found = named(visitor)
    assert {part: len(paths) for part, paths in found.items() if "pages" not in part and "news" not in part} == {
        "/sitemap-1.xml": 2,
        "/sitemap-3.xml": 1,
    }
    assert (found["/sitemap-1.xml"][0], found["/sitemap-3.xml"]) == (
        first.get_absolute_url(),
        [last.get_absolute_url()],
    )
    assert [visitor.get(f"/sitemap-{part}.xml").status_code for part in (2, 4, 999_999_999)] == [404, 404, 404]
    assert visitor.get("/sitemap-0.xml").status_code == 404


def test_a_whole_part_is_small_enough_for_the_page_cache(visitor, now):
    longest = "Ш" * 80  # three letters of the address for each
    english = make_live(title=longest)
    draft = actions.write(text(title=longest), language="ru", translation_of=english.statement, by=None, at=NOW - DAY)
    actions.release(draft, by=None, at=NOW - DAY)
    each = len(visitor.get("/sitemap-1.xml").content) // 2
    assert each * sitemaps.PART < pages.LARGEST_PAGE


# ---- pages ----------------------------------------------------------------------------------------------------------


def test_pages_are_named_in_each_language_and_all_of_them_are_there(visitor, now):
    category = make_category("News")
    make_live(category=category)
    make_live(language="ru")
    paths = named(visitor)["/sitemap-pages.xml"]
    assert {"/", "/ru/", "/messages/", "/press/", "/ru/press/", "/feeds/", "/verify/"} <= set(paths)
    assert {"/category/news/", "/ru/category/news/", "/messages/2021/", "/ru/messages/2021/10/"} <= set(paths)
    assert {one: visitor.get(one).status_code for one in paths} == dict.fromkeys(paths, 200)


# ---- news -----------------------------------------------------------------------------------------------------------


def articles(visitor):
    return valid(visitor.get("/sitemap-news.xml"))


def test_the_news_are_those_of_two_days_the_newest_first(visitor, now):
    Mission.objects.create(name={"en": "The Mission", "ru": "Миссия"})
    make_counter("the fire", slug="fire")
    make_live(at=NOW - 2 * DAY)
    older = make_live(at=NOW - 2 * DAY + MINUTE, title="{days:fire} days & <nights>")
    corrected = make_live(at=NOW - 3 * DAY)
    actions.release(make_next(corrected, at=NOW - MINUTE), by=None, at=NOW - MINUTE)
    newer = make_live(at=NOW - MINUTE, language="ru", title="Мост")
    make_scheduled(), make_withdrawn(), make_draft()
    assert [path(row) for row in articles(visitor)] == [newer.get_absolute_url(), older.get_absolute_url()]
    assert [[one.text for one in row.find(f"{NEWS}news").iter() if not len(one)] for row in articles(visitor)] == [
        ["Миссия", "ru", newer.public_from.isoformat(), "Мост"],
        ["The Mission", "en", older.public_from.isoformat(), "1331 days & <nights>"],
    ]
    assert "/sitemap-news.xml" in named(visitor)


def test_on_quiet_days_the_list_of_news_is_empty_and_the_index_does_not_name_it(visitor, now):
    make_live(at=NOW - 3 * DAY)
    assert articles(visitor) == []
    assert list(named(visitor)) == ["/sitemap-pages.xml", "/sitemap-1.xml"]


def test_a_title_with_what_xml_cannot_hold_is_named_without_it(visitor, now):
    overwrite(Edition.objects.filter(pk=make_live(at=NOW - MINUTE).pk), title="A\x0bb\x1f & c")
    assert [row.find(f"{NEWS}news").findtext(f"{NEWS}title") for row in articles(visitor)] == ["Ab & c"]


# ---- robots.txt (RFC 9309) ------------------------------------------------------------------------------------------


def test_robots_may_read_all_but_the_newsroom_previews_and_results(visitor, now):
    answer = visitor.get("/robots.txt")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    rules = robotparser.RobotFileParser()
    rules.parse(answer.content.decode().splitlines())
    live = make_live()
    may = {path: rules.can_fetch("*", path) for path in ("/", "/ru/", live.get_absolute_url(), "/press/", "/feeds/")}
    assert set(may.values()) == {True}
    assert not any(rules.can_fetch("*", path) for path in ("/admin/", "/preview/x/", "/ru/preview/x/"))
    assert {"Disallow: /*?q=", "Disallow: /*&print="} <= set(answer.content.decode().splitlines())
    assert rules.site_maps() == ["http://testserver/sitemap.xml"]


# ---- cost -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 3, 25])
def test_a_sitemap_costs_the_same_whatever_it_names(visitor, django_assert_num_queries, number):
    for n in range(number):
        category = make_category(f"News {n}")
        english = make_live(category=category, at=NOW - MINUTE)
        russian = actions.write(text(), language="ru", translation_of=english.statement, by=None, at=NOW - MINUTE)
        actions.release(russian, by=None, at=NOW - MINUTE)
    with time_machine.travel(NOW, tick=False):
        # Of each one is for the site version.
        for asked, queries in (
            ("/sitemap.xml", 6),
            ("/sitemap-1.xml", 4),
            ("/sitemap-news.xml", 4),
            ("/sitemap-pages.xml", 5),
            ("/robots.txt", 1),
        ):
            with django_assert_num_queries(queries):
                visitor.get(asked)
        pages.clear()
        with django_assert_num_queries(4):  # what has to be counted was counted
            visitor.get("/sitemap.xml")
