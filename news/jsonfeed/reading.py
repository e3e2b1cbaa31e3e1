"""Reading JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/): each item becomes a text, or a reason why not.

What a site of our own wrote says more of it, under `_embassy`: `own` reads that.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from embassy import moment
from news.jsonfeed import fields, own
from news.jsonfeed.fields import BadItem
from news.jsonfeed.shapes import Own
from news.models.limits import FIRST_YEAR, LAST_YEAR, LONGEST_BODY, LONGEST_SUMMARY, LONGEST_TITLE

VERSIONS = ("https://jsonfeed.org/version/1", "https://jsonfeed.org/version/1.1")
LONGEST_ID = 500


class BadFeed(Exception):  # noqa: N818  the newsroom's word
    """The whole feed cannot be read; the text says why."""


@dataclass(frozen=True)
class Item:
    """One message of a feed. `position` counts from 1 in the feed's order; `published` is aware, UTC."""

    position: int
    id: str
    title: str
    summary: str
    body: str
    date: date
    published: datetime
    language: str
    tag: str
    translation_of: str
    own: Own | None = None


@dataclass(frozen=True)
class Problem:
    """Why the item at a position cannot be taken."""

    position: int
    id: str
    reason: str

    def __str__(self) -> str:
        name = f" ({self.id})" if self.id else ""
        return _("item %(position)s%(name)s: %(reason)s") % {
            "position": self.position,
            "name": name,
            "reason": self.reason,
        }


def read(data: bytes) -> dict[str, Any]:
    """Return the feed's object; raises BadFeed with a sentence where it is no JSON Feed."""
    try:
        feed = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BadFeed(_("The feed is not UTF-8 text (byte %d).") % error.start) from error
    except RecursionError as error:
        raise BadFeed(_("The feed is nested too deeply.")) from error
    except ValueError as error:
        raise BadFeed(_("The feed is not JSON: %s.") % error) from error
    if not isinstance(feed, dict) or feed.get("version") not in VERSIONS:
        raise BadFeed(_("This is no JSON Feed: its “version” must be %s.") % VERSIONS[-1])
    if not isinstance(feed.get("items"), list):
        raise BadFeed(_("This is no JSON Feed: “items” must be a list."))
    return feed


def items(feed: dict[str, Any], *, language: str, languages: Sequence[str], now: datetime) -> Iterator[Item | Problem]:
    """Yield each item, or what is wrong with it.

    `language` is for items that name none (else the feed's own); only `languages` are taken, and nothing that is
    published after the aware instant `now`.
    """
    seen: set[str] = set()
    default = language or feed.get("language") or languages[0]
    for position, raw in enumerate(feed["items"], start=1):
        identifier = _identifier(raw)
        try:
            item = _item(position, raw, default=default, languages=languages, now=now)
            if item.id in seen:
                raise BadItem(_("an earlier item has the same “id”"))  # noqa: TRY301
        except BadItem as error:
            yield Problem(position, identifier, str(error))
        else:
            seen.add(item.id)
            yield item


def removed(feed: dict[str, Any], *, languages: Sequence[str], now: datetime) -> Iterator[Item | Problem]:
    """Yield what the export of a site of our own says of each statement that nobody can read any more.

    They have no words; positions go on behind those of the items.
    """
    for position, raw in enumerate(own.feed_objects(feed, "removed"), start=len(feed["items"]) + 1):
        identifier = _identifier(raw)
        try:
            found = own.read_removed(raw, now=now)
            language = _language(raw, None, languages)
        except BadItem as error:
            yield Problem(position, identifier, str(error))
        else:
            last = found.texts[-1]
            yield Item(position, identifier, "", "", "", last.date, last.public_from, language, "", "", found)


def _item(position: int, raw: Any, *, default: Any, languages: Sequence[str], now: datetime) -> Item:
    if not isinstance(raw, dict):
        raise BadItem(_("it is no object"))
    identifier = _identifier(raw)
    if not identifier or len(identifier) > LONGEST_ID:
        raise BadItem(_("“id” must be a text of 1 to %d characters") % LONGEST_ID)
    title = fields.text(raw, "title", LONGEST_TITLE).strip()
    if not title:
        raise BadItem(_("it has no “title”"))
    published, day = _published(raw, now)
    item = Item(
        position=position,
        id=identifier,
        title=title,
        summary=fields.text(raw, "summary", LONGEST_SUMMARY).strip(),
        body=_body(raw),
        date=day,
        published=published,
        language=_language(raw, default, languages),
        tag=_tag(raw),
        translation_of=fields.text(own.extension(raw), "translation_of", LONGEST_ID),
    )
    return replace(item, own=own.read(raw, printed=item, now=now))


def _identifier(raw: Any) -> str:
    """Return the item's id; a number counts as its digits (the specification asks readers to take it)."""
    value = raw.get("id") if isinstance(raw, dict) else None
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    return value.strip() if isinstance(value, str) and fields.is_storable(value) else ""


def _body(raw: dict[str, Any]) -> str:
    html, text = fields.text(raw, "content_html", LONGEST_BODY), fields.text(raw, "content_text", LONGEST_BODY)
    if raw.get("content_html") is None and raw.get("content_text") is None:
        raise BadItem(_("it has neither “content_html” nor “content_text”"))
    if html or not text:
        return html
    paragraphs = [part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]
    return format_html_join("", "{}", ((format_html("<p>{}</p>", paragraph),) for paragraph in paragraphs))


def _published(raw: dict[str, Any], now: datetime) -> tuple[datetime, date]:
    """Return the instant, and the date as its publisher's calendar had it."""
    text = fields.text(raw, "date_published", 64)
    if not text:
        raise BadItem(_("it has no “date_published”"))
    try:
        instant = moment.parse(text)
    except ValueError as error:
        raise BadItem(_("“date_published” %s") % error) from error
    if instant > now:
        raise BadItem(_("“date_published” lies in the future"))
    day = datetime.fromisoformat(text).date()
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise BadItem(
            _("“date_published” lies outside of the years %(first)d to %(last)d")
            % {"first": FIRST_YEAR, "last": LAST_YEAR}
        )
    return instant, day


def _language(raw: dict[str, Any], default: Any, languages: Sequence[str]) -> str:
    name = raw.get("language") or default
    if isinstance(name, str):
        for candidate in (name.lower(), name.lower().split("-")[0]):
            if candidate in languages:
                return candidate
    raise BadItem(
        _("its language %(name)s is none of the site’s: %(languages)s")
        % {"name": str(name)[:40], "languages": ", ".join(languages)}
    )


def _tag(raw: dict[str, Any]) -> str:
    tags = raw.get("tags") or []
    if not isinstance(tags, list):
        raise BadItem(_("“tags” is no list"))
    return fields.text({"tags": tags[0]}, "tags", 200).strip() if tags else ""
