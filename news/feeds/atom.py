"""Atom (RFC 4287)."""

from datetime import UTC, datetime
from typing import Any
from xml.sax.xmlreader import AttributesImpl

from django.utils.feedgenerator import Atom1Feed, rfc3339_date
from django.utils.xmlutils import SimplerXMLGenerator

from news.feeds.entries import Entry

# When a feed without entries changed last: it must say a time (section 4.1.1), and no clock may be asked for one.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class AtomFeed(Atom1Feed):
    """A feed that says of everything in which language it is, and whose time is that of its newest news."""

    def add(self, entry: Entry) -> None:
        """Add an entry."""
        self.add_item(
            entry.title,
            entry.address,
            entry.summary,
            author_name=self.feed["author_name"],
            pubdate=entry.published,
            updateddate=entry.updated,
            unique_id=entry.id,
            enclosures=entry.enclosures,
            entry=entry,
        )

    def latest_post_date(self) -> datetime:
        """Return when readers were last told of something: never the machine's time."""
        return max((item["updateddate"] for item in self.items), default=NEVER)

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        """Write what the feed says of itself (section 4.1.1)."""
        language = self.feed["language"]
        handler.addQuickElement("id", self.feed["id"])
        handler.addQuickElement("title", self.feed["title"])
        handler.addQuickElement("updated", rfc3339_date(_second(self.latest_post_date())))
        _link(handler, "self", self.feed["feed_url"], type="application/atom+xml")
        _link(handler, "alternate", self.feed["link"], type="text/html", hreflang=language)
        for code, address in self.feed["translations"]:
            _link(handler, "alternate", address, type="application/atom+xml", hreflang=code)
        _author(handler, self.feed["author_name"], self.feed["author_link"])

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        """Write an entry (section 4.1.2)."""
        entry: Entry = item["entry"]
        handler.addQuickElement("id", entry.id)
        handler.addQuickElement("title", entry.title)
        _link(handler, "alternate", item["link"], type="text/html", hreflang=entry.language)
        handler.addQuickElement("published", rfc3339_date(_second(entry.published)))
        handler.addQuickElement("updated", rfc3339_date(_second(entry.updated)))
        _author(handler, item["author_name"], self.feed["author_link"])
        if entry.category:
            term, name = entry.category
            handler.addQuickElement("category", "", {"term": term, "label": name})
        if entry.summary:
            handler.addQuickElement("summary", entry.summary)
        handler.addQuickElement("content", entry.html, {"type": "html"})
        for one in entry.enclosures:
            _link(handler, "enclosure", one.url, type=one.mime_type, length=str(one.length))


def _link(handler: SimplerXMLGenerator, rel: str, address: str, **attributes: str) -> None:
    handler.addQuickElement("link", "", {"rel": rel, "href": address, **attributes})


def _author(handler: SimplerXMLGenerator, name: str, address: str) -> None:
    handler.startElement("author", AttributesImpl({}))
    handler.addQuickElement("name", name)
    handler.addQuickElement("uri", address)
    handler.endElement("author")


def _second(instant: datetime) -> datetime:
    # Not every reader's program takes the parts of a second that the format allows (section 3.3).
    return instant.replace(microsecond=0)
