"""The JSON Feed at its address: JSON Feed 1.1 by its schema, read back, and led on from page to page."""

import json
from pathlib import Path
from typing import Any

import fastfeedparser  # type: ignore[import-untyped]
import jsonschema
import pytest

from news import jsonfeed
from news.feeds import chosen
from tests.factories import NOW
from tests.reading import addresses

pytestmark = pytest.mark.django_db

SCHEMA = json.loads((Path(__file__).parents[2] / "jsonfeed.schema.json").read_text())


def read(visitor: Any, path: str = "/feeds/feed.json") -> dict[str, Any]:
    answer = visitor.get(path)
    assert answer.headers["Content-Type"] == "application/feed+json; charset=utf-8"
    feed: dict[str, Any] = json.loads(answer.content)
    jsonschema.validate(feed, SCHEMA)
    return feed


def test_the_feed_holds_to_the_schema_in_every_language_and_category(visitor, site):
    feeds = [read(visitor, path) for path in ("/feeds/feed.json", "/ru/feeds/feed.json", "/feeds/news/feed.json")]
    assert [(feed["title"], feed["language"], len(feed["items"])) for feed in feeds] == [
        ("The Mission & Co", "en", 3),
        ("Миссия", "ru", 1),
        ("The Mission & Co: News <of> the & day", "en", 2),
    ]
    assert [(feed["home_page_url"], feed["feed_url"]) for feed in feeds] == [
        ("http://testserver/messages/", "http://testserver/feeds/feed.json"),
        ("http://testserver/ru/messages/", "http://testserver/ru/feeds/feed.json"),
        ("http://testserver/category/news/", "http://testserver/feeds/news/feed.json"),
    ]


def test_the_schema_would_see_a_fault(visitor, site):
    feed = read(visitor)
    for broken in (
        feed | {"version": "1.1"},
        feed | {"homepage": "http://testserver/"},
        feed | {"items": [{"id": "1"}]},
        feed | {"items": [{"id": 1, "content_text": ""}]},
        feed | {"items": [{"id": "1", "content_text": "", "url": "/messages/1/"}]},
        feed | {"items": [{"id": "1", "content_text": "", "date_published": "2021-10-25"}]},
    ):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(broken, SCHEMA)


def test_it_tells_the_same_statements_as_the_other_forms(visitor, site):
    items = read(visitor)["items"]
    atom = fastfeedparser.parse(visitor.get("/feeds/atom.xml").content).entries
    assert [(item["id"], item["title"], item["url"]) for item in items] == [(e.id, e.title, e.link) for e in atom]


def test_another_library_reads_it(visitor, site):
    found = fastfeedparser.parse(visitor.get("/feeds/feed.json").content.decode())
    assert (found.feed.title, found.feed.author, found.feed.language) == ("The Mission & Co", "The Mission & Co", "en")
    rich = found.entries[2]
    assert (rich.id, rich.title) == (site.rich.statement.tag, "Day 10 <i>& all</i>")
    assert len(rich.enclosures) == 2
    assert all(
        address.partition(":")[0] in {"http", "mailto"} or address.startswith("https://")
        for address in addresses(rich.content[0]["value"])
    )


def test_what_it_says_can_be_taken_over(visitor, site):
    feed = jsonfeed.read(visitor.get("/feeds/feed.json").content)
    found = list(jsonfeed.items(feed, language="", languages=["en", "ru"], now=NOW))
    assert [one for one in found if isinstance(one, jsonfeed.Problem)] == []
    assert len(found) == 3


def test_its_pages_lead_to_the_end_and_each_holds_to_the_schema(visitor, site, monkeypatch):
    monkeypatch.setattr(chosen, "MOST", 1)
    path, seen = "/feeds/feed.json", []
    while path:
        feed = read(visitor, path)
        seen += [item["title"] for item in feed["items"]]
        path = feed.get("next_url", "").removeprefix("http://testserver")
    assert seen == ["Of eleven!", "Withdrawn: Of lost", "Day 10 <i>& all</i>"]
