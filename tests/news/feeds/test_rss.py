"""The RSS feed: what RSS 2.0 and its profile ask for, rule by rule, and what two libraries of others read in it."""

from email.utils import parsedate_to_datetime
from typing import Any
from xml.etree import ElementTree as ET

import fastfeedparser  # type: ignore[import-untyped]
import feedparser  # type: ignore[import-untyped]
import pytest

from tests.factories import DAY, NOW

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"


def read(visitor: Any, path: str = "/feeds/rss.xml") -> ET.Element:
    answer = visitor.get(path)
    assert answer.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    root = ET.fromstring(answer.content)
    assert (root.tag, root.get("version"), len(root)) == ("rss", "2.0", 1)
    return root[0]


def test_the_channel_says_what_it_must(visitor, site):
    channel = read(visitor)
    once = {name: channel.findtext(name) for name in ("title", "link", "description", "language", "lastBuildDate")}
    assert once == {
        "title": "The Mission & Co",
        "link": "http://testserver/messages/",
        "description": "Every statement, in full, as it is published.",
        "language": "en",
        "lastBuildDate": "Sun, 24 Oct 2021 21:41:00 +0000",
    }
    assert all(len(channel.findall(name)) == 1 for name in once)
    # The profile: the feed's own address, as Atom writes it.
    (own,) = channel.findall(f"{ATOM}link")
    assert dict(own.attrib) == {"rel": "self", "href": "http://testserver/feeds/rss.xml"}


def test_every_item_keeps_to_the_profile(visitor, site):
    items = read(visitor).findall("item")
    for item in items:
        for name in ("title", "link", "description", "pubDate", "guid", CONTENT, CREATOR):
            assert len(item.findall(name)) == 1, name
        assert item.find("guid").get("isPermaLink") == "false"
        assert item.findtext("guid").startswith("tag:localhost,")
        assert parsedate_to_datetime(item.findtext("pubDate")) <= NOW
        # An author is an e-mail address, and nothing else: a name has an element of its own.
        assert item.find("author") is None
        assert item.findtext(CREATOR) == "The Mission & Co"
        assert len(item.findall("enclosure")) <= 1
    assert len({item.findtext("guid") for item in items}) == len(items) == 3


def test_an_enclosure_says_its_address_length_and_type(visitor, site):
    rich = read(visitor).findall("item")[2]
    enclosure = dict(rich.find("enclosure").attrib)
    file = visitor.get(enclosure["url"])
    assert (enclosure["type"], enclosure["length"]) == ("image/png", str(len(b"".join(file.streaming_content))))
    assert file.headers["Content-Type"] == "image/png"
    further = [dict(link.attrib) for link in rich.findall(f"{ATOM}link")]
    assert [(one["rel"], one["type"]) for one in further] == [("enclosure", "application/pdf")] * 2
    assert int(further[0]["length"]) == site.document.size


def test_feedparser_reads_every_field(visitor, site):
    found = feedparser.parse(visitor.get("/feeds/rss.xml").content)
    assert (found.bozo, found.version) == (False, "rss20")
    assert (found.feed.title, found.feed.link, found.feed.language) == (
        "The Mission & Co",
        "http://testserver/messages/",
        "en",
    )
    entry = found.entries[2]
    assert (entry.id, entry.guidislink) == (site.rich.statement.tag, False)
    assert entry.link == f"http://testserver{site.rich.get_absolute_url()}"
    assert (entry.title, entry.author) == ("Day 10 <i>& all</i>", "The Mission & Co")
    assert entry.summary == "<p>Quoted: “&lt;b&gt;” &amp; 10<br />and more</p>"
    assert [tag.term for tag in entry.tags] == ["News <of> the & day"]
    assert "It is day 10." in entry.content[0].value
    assert len(entry.enclosures) == 3
    corrected = found.entries[0]
    assert corrected.published_parsed[:3] == (2021, 10, 21)
    assert corrected.updated_parsed[:3] == (2021, 10, 24)


def test_another_library_reads_the_same(visitor, site):
    one = feedparser.parse(visitor.get("/feeds/rss.xml").content)
    other = fastfeedparser.parse(visitor.get("/feeds/rss.xml").content)
    assert (other.feed.title, other.feed.link) == (one.feed.title, one.feed.link)
    items = read(visitor).findall("item")
    assert [entry.content[0]["value"] for entry in other.entries] == [item.findtext(CONTENT) for item in items]
    for mine, theirs in zip(one.entries, other.entries, strict=True):
        assert (theirs.id, theirs.title, theirs.link, theirs.author) == (mine.id, mine.title, mine.link, mine.author)
        assert parsedate_to_datetime(mine.published).isoformat() == theirs.published
        assert [link["url"] for link in theirs.get("enclosures", [])] == [link.href for link in mine.enclosures[:1]]


def test_of_one_language_and_of_one_category(visitor, site):
    assert [item.findtext("title") for item in read(visitor, "/ru/feeds/rss.xml").findall("item")] == ["По-русски"]
    assert [item.findtext("title") for item in read(visitor, "/ru/feeds/news/rss.xml").findall("item")] == ["По-русски"]
    channel = read(visitor, "/feeds/news/rss.xml")
    assert (channel.findtext("title"), len(channel.findall("item"))) == ("The Mission & Co: News <of> the & day", 2)


def test_a_feed_without_items_reads_no_clock(visitor, clock):
    before = visitor.get("/feeds/rss.xml").content
    clock.shift(DAY)
    assert visitor.get("/feeds/rss.xml").content == before
    assert feedparser.parse(before).bozo is False
