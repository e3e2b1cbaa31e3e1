"""RSS 2.0 (https://www.rssboard.org/rss-specification), as its profile advises (https://www.rssboard.org/rss-profile)."""

from datetime import datetime
from typing import Any

from django.utils.feedgenerator import Rss201rev2Feed, rfc3339_date
from django.utils.html import escape, linebreaks
from django.utils.xmlutils import SimplerXMLGenerator

from news.feeds.atom import NEVER
from news.feeds.entries import Entry

CONTENT = "http://purl.org/rss/1.0/modules/content/"


class RssFeed(Rss201rev2Feed):
    """A feed whose items hold the whole text (`content:encoded`) beside the summary (`description`)."""

    def add(self, entry: Entry) -> None:
        """Add an item."""
        # HTML, by its readers' custom: what is plain text has to be written as such.
        description: Any = linebreaks(escape(entry.summary)) if entry.summary else None
        self.add_item(
            entry.title,
            entry.address,
            description,
            author_name=self.feed["author_name"],
            pubdate=entry.published,
            updateddate=entry.updated,
            unique_id=entry.id,
            unique_id_is_permalink=False,
            categories=[entry.category[1]] if entry.category else (),
            # Of several most readers' programs take the last or none: the profile asks for one.
            enclosures=entry.enclosures[:1],
            entry=entry,
        )

    def rss_attributes(self) -> dict[str, str]:
        """Return the version, and the namespaces that items use."""
        return super().rss_attributes() | {"xmlns:content": CONTENT}

    def latest_post_date(self) -> datetime:
        """Return when readers were last told of something: never the machine's time."""
        return max((item["updateddate"] for item in self.items), default=NEVER)

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        """Write an item, with the whole text, when it was told last, and its further files."""
        super().add_item_elements(handler, item)
        entry: Entry = item["entry"]
        handler.addQuickElement("content:encoded", entry.html)
        handler.addQuickElement("atom:updated", rfc3339_date(entry.updated.replace(microsecond=0)))
        for one in entry.enclosures[1:]:
            attributes = {"rel": "enclosure", "href": one.url, "type": one.mime_type, "length": str(one.length)}
            handler.addQuickElement("atom:link", "", attributes)
