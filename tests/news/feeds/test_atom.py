"""The Atom feed: what RFC 4287 demands, rule by rule, and what two libraries of other people read in it."""

from datetime import datetime, timedelta
from typing import Any
from xml.etree import ElementTree as ET

import fastfeedparser  # type: ignore[import-untyped]
import feedparser  # type: ignore[import-untyped]
import pytest

from news.models import Edition
from tests.factories import DAY, NOW

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def read(visitor: Any, path: str = "/feeds/atom.xml") -> ET.Element:
    answer = visitor.get(path)
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(answer.content)


def texts(parent: ET.Element, name: str) -> list[str]:
    return [one.text or "" for one in parent.findall(ATOM + name)]


def links(parent: ET.Element, rel: str) -> list[dict[str, str]]:
    return [dict(one.attrib) for one in parent.findall(f"{ATOM}link") if one.get("rel") == rel]


def entry_html(visitor: Any, identifier: str) -> str:
    found = read(visitor).findall(f"{ATOM}entry")
    return next(texts(one, "content")[0] for one in found if texts(one, "id") == [identifier])


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_the_feed_says_what_it_must_of_itself(visitor, site):
    feed = read(visitor)
    # 4.1.1: exactly one id, title, updated; an author; a self link that leads here; no alternate twice.
    assert (feed.tag, feed.get(LANG)) == (f"{ATOM}feed", "en")
    assert texts(feed, "id") == ["http://testserver/feeds/atom.xml"]
    assert texts(feed, "title") == ["The Mission & Co"]
    assert texts(feed, "updated") == ["2021-10-24T21:41:00+00:00"]
    assert [one.findtext(f"{ATOM}name") for one in feed.findall(f"{ATOM}author")] == ["The Mission & Co"]
    assert [link["href"] for link in links(feed, "self")] == ["http://testserver/feeds/atom.xml"]
    assert [(link["href"], link["hreflang"], link["type"]) for link in links(feed, "alternate")] == [
        ("http://testserver/messages/", "en", "text/html"),
        ("http://testserver/ru/feeds/atom.xml", "ru", "application/atom+xml"),
    ]


def test_every_entry_says_what_it_must(visitor, site):
    entries = read(visitor).findall(f"{ATOM}entry")
    for entry in entries:
        # 4.1.2: exactly one id, title, updated, at most one content, published, summary; an alternate link.
        for name in ("id", "title", "updated", "published", "content", "summary"):
            assert len(entry.findall(ATOM + name)) == 1, name
        assert entry.find(f"{ATOM}content").get("type") == "html"
        assert entry.find(f"{ATOM}author").findtext(f"{ATOM}name") == "The Mission & Co"
        (alternate,) = links(entry, "alternate")
        assert alternate["href"].startswith("http://testserver/messages/")
        # 3.3: a date with its offset; it was told when it began or later.
        published, updated = (instant(texts(entry, name)[0]) for name in ("published", "updated"))
        assert published.utcoffset() == timedelta(0)
        assert published <= updated <= NOW
    # 4.2.6: an identifier is a URI, and never one of two entries.
    assert len({texts(entry, "id")[0] for entry in entries}) == len(entries) == 3
    assert all(texts(entry, "id")[0].startswith("tag:localhost,") for entry in entries)


def test_what_was_told_last_comes_first_and_a_slip_of_the_pen_tells_nothing(visitor, site):
    entries = read(visitor).findall(f"{ATOM}entry")
    assert [texts(entry, "title")[0] for entry in entries] == [
        "Of eleven!",
        "Withdrawn: Of lost",
        "Day 10 <i>& all</i>",
    ]
    told = [(instant(texts(one, "published")[0]), instant(texts(one, "updated")[0])) for one in entries]
    assert told == [(NOW - 4 * DAY, NOW - DAY), (NOW - 5 * DAY, NOW - 2 * DAY), (NOW - 3 * DAY, NOW - 3 * DAY)]


def test_feedparser_reads_every_field(visitor, site):
    found = feedparser.parse(visitor.get("/feeds/atom.xml").content)
    assert (found.bozo, found.version) == (False, "atom10")
    assert (found.feed.title, found.feed.author, found.feed.language) == ("The Mission & Co", "The Mission & Co", "en")
    assert found.feed.link == "http://testserver/messages/"
    entry = found.entries[2]
    assert entry.id == site.rich.statement.tag
    assert entry.link == f"http://testserver{site.rich.get_absolute_url()}"
    assert (entry.title, entry.title_detail.type) == ("Day 10 <i>& all</i>", "text/plain")
    assert (entry.summary, entry.summary_detail.type) == ("Quoted: “<b>” & 10\nand more", "text/plain")
    assert (entry.author, entry.published_parsed[:5]) == ("The Mission & Co", (2021, 10, 22, 21, 41))
    assert [(tag.term, tag.label) for tag in entry.tags] == [("news", "News <of> the & day")]
    assert [(one.type, int(one.length) > 0) for one in entry.enclosures] == [
        ("image/png", True),
        ("application/pdf", True),
        ("application/pdf", True),
    ]
    assert "It is day 10." in entry.content[0].value
    assert entry.content[0].language == "en"


def test_another_library_reads_the_same(visitor, site):
    one = feedparser.parse(visitor.get("/feeds/atom.xml").content)
    other = fastfeedparser.parse(visitor.get("/feeds/atom.xml").content)
    assert other.feed.title == one.feed.title
    assert other.feed.link == one.feed.link
    for mine, theirs in zip(one.entries, other.entries, strict=True):
        assert (theirs.id, theirs.title, theirs.link, theirs.author) == (mine.id, mine.title, mine.link, mine.author)
        assert instant(theirs.published) == instant(mine.published)
        assert instant(theirs.updated) == instant(mine.updated)
        assert theirs.content[0]["value"] == entry_html(visitor, mine.id)


def test_an_identifier_stays_when_the_title_and_with_it_the_address_changes(visitor, site):
    entry = read(visitor).find(f"{ATOM}entry")
    assert texts(entry, "id") == [site.corrected.tag]
    assert links(entry, "alternate")[0]["href"].endswith("/of-eleven/")
    assert Edition.objects.get(statement=site.corrected, sequence=1).slug == "of-ten"


def test_of_one_language_and_of_one_category(visitor, site):
    russian = read(visitor, "/ru/feeds/atom.xml")
    assert (russian.get(LANG), texts(russian, "title")) == ("ru", ["Миссия"])
    assert [texts(one, "title") for one in russian.findall(f"{ATOM}entry")] == [["По-русски"]]
    news = read(visitor, "/feeds/news/atom.xml")
    assert texts(news, "title") == ["The Mission & Co: News <of> the & day"]
    assert links(news, "alternate")[0]["href"] == "http://testserver/category/news/"
    assert len(news.findall(f"{ATOM}entry")) == 2


def test_a_feed_without_entries_reads_no_clock(visitor, clock):
    before = visitor.get("/feeds/atom.xml").content
    clock.shift(DAY)
    assert visitor.get("/feeds/atom.xml").content == before
    assert feedparser.parse(before).bozo is False
