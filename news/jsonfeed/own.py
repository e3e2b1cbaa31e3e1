"""What a site of our own says of its statements under `_embassy`, an extension as JSON Feed allows it.

docs/moving.md describes every field. Whoever wrote the feed, each is checked like the rest.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from news.jsonfeed import fields
from news.jsonfeed.fields import BadItem, Object
from news.jsonfeed.shapes import Named, Own, OwnFile, OwnLine, OwnRegister, OwnText, Printed, Stored
from news.models.limits import LONGEST_BODY, LONGEST_SUMMARY, LONGEST_TITLE

NAME = "_embassy"
# The version of what an export says; a later one says what this program would not understand.
EXPORT = 1
LONGEST_ID = 500
# Notes, notices and reasons: no rule of ours makes them as short as a summary.
LONGEST_SENTENCE = 100_000
# As many texts as the list of `earlier` can hold: the index of words has room for a few thousand more after it.
LAST_EDITION = fields.MOST_ENTRIES
LONGEST_NAME = 120
TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")
SHA256 = re.compile(r"[0-9a-f]{64}")
# One part of a path, and no other folder.
FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,99}")
# Ed25519: 64 bytes (RFC 8032).
_SIGNATURE = re.compile(r"[0-9a-f]{128}")
_SLUG = re.compile(r"[-a-zA-Z0-9_]{1,60}")


def extension(raw: Object) -> Object:
    """Return what stands under `_embassy`; an empty object where nothing does."""
    return fields.inner(raw, NAME)


def is_export(feed: Object) -> bool:
    """Tell whether a site of our own wrote the feed as its whole register, in the order in which it began."""
    version = fields.number(extension(feed), "export")
    if version is not None and version > EXPORT:
        raise BadItem(_("it was written by a later version of this program"))
    return version is not None


def feed_objects(feed: Object, name: str) -> Iterator[Object]:
    """Yield what an export says of its categories, files or removed statements, which stands beside its items."""
    return fields.objects(extension(feed), name, most=fields.MOST_OF_FEED) if is_export(feed) else iter(())


def read(raw: Object, *, printed: Printed, now: datetime) -> Own | None:
    """Return what the item of a site of our own says beyond JSON Feed; None for any other item.

    Raises BadItem for what is wrong, and for what was not public yet at the aware instant `now`.
    """
    ours = extension(raw)
    number = fields.number(ours, "number")
    if number is None:
        return None
    usual = {"title": printed.title, "summary": printed.summary, "body": printed.body}
    current = _text(usual | ours, day=printed.date, public_from=printed.published)
    return _own(number, ours, (*_texts(ours, "earlier"), current), now)


def read_removed(raw: Object, *, now: datetime) -> Own:
    """Return what a feed of ours says of a statement that nobody can read any more: its places, without any words."""
    number = fields.number(raw, "number")
    texts = _texts(raw, "texts")
    if number is None or not texts or not all(text.is_gone for text in texts):
        raise BadItem(_("it was removed, and is not described as that"))
    return _own(number, raw, texts, now)


def file(raw: Object) -> OwnFile:
    """Return a file; raises BadItem for one that no library can hold.

    What readers are told of a picture has neither its name nor its digest: it is called by its alternative text.
    """
    token, alt = _matching(raw, "token", TOKEN), fields.label(raw, "alt")
    is_told_only = raw.get("kind") == "picture" and not raw.get("stored") and raw.get("sha256") is None
    found = OwnFile(
        token=token,
        kind=fields.text(raw, "kind", 8),
        name=fields.text(raw, "name", LONGEST_NAME) or next(filter(None, alt.values()), token)[:LONGEST_NAME],
        sha256="" if is_told_only else _matching(raw, "sha256", SHA256),
        alt=alt,
        is_decorative=fields.is_true(raw, "is_decorative"),
        caption=fields.label(raw, "caption"),
        credit=fields.text(raw, "credit", 200),
        is_offered=fields.is_true(raw, "is_offered"),
        terms=fields.label(raw, "terms"),
        stored=tuple(_stored(one) for one in fields.objects(raw, "stored")),
    )
    if found.kind not in {"picture", "document"}:
        raise BadItem(_("“%s” is neither a picture nor a document") % found.name)
    return found


def category(raw: Object) -> Named:
    """Return a category by its address and names."""
    return Named(_matching(raw, "slug", _SLUG), fields.label(raw, "names"))


def register(feed: Object) -> OwnRegister | None:
    """Return what an export says of the register of digests; None where it says nothing."""
    raw = fields.inner(extension(feed), "register")
    if not raw:
        return None
    keys = [
        (_matching(one, "public_key", SHA256), _instant(one, "added_at"), _signature(one, "endorsement"))
        for one in fields.objects(raw, "keys", most=fields.MOST_OF_FEED)
    ]
    signatures = [
        (
            fields.number(one, "position") or 0,
            _matching(one, "public_key", SHA256),
            _instant(one, "signed_at"),
            _signature(one, "signature"),
        )
        for one in fields.objects(raw, "signatures", most=fields.MOST_OF_FEED)
    ]
    return OwnRegister(
        count=fields.number(raw, "count", least=0) or 0,
        head=_matching(raw, "head", SHA256),
        keys=tuple(keys),
        signatures=tuple(signatures),
    )


def _own(number: int, raw: Object, texts: tuple[OwnText, ...], now: datetime) -> Own:
    if any(text.public_from > now for text in texts):
        raise BadItem(_("“%s” lies in the future") % "public_from")
    files = tuple(file(one) for one in fields.objects(raw, "files"))
    return Own(number=number, source=fields.text(raw, "source", LONGEST_ID), texts=texts, files=files)


def _texts(raw: Object, name: str) -> tuple[OwnText, ...]:
    return tuple(_text(one, day=None, public_from=None) for one in fields.objects(raw, name))


def _text(raw: Object, *, day: date | None, public_from: datetime | None) -> OwnText:
    begun = fields.instant(raw, "public_from") or public_from
    if begun is None:
        raise BadItem(_("one of its texts has no “public_from”"))
    sequence = fields.number(raw, "edition") or 1
    if sequence > LAST_EDITION:
        raise BadItem(_("“%(name)s” is more than %(most)d") % {"name": "edition", "most": LAST_EDITION})
    is_gone = fields.is_true(raw, "removed")
    found = fields.inner(raw, "category")
    text = OwnText(
        sequence=sequence,
        title=fields.text(raw, "title", LONGEST_TITLE).strip(),
        summary=fields.text(raw, "summary", LONGEST_SUMMARY).strip(),
        body=fields.text(raw, "body", LONGEST_BODY),
        date=fields.day(raw, "date") or day or begun.date(),
        category=category(found) if found else None,
        public_from=begun,
        public_until=fields.instant(raw, "public_until"),
        announced_at=fields.instant(raw, "announced_at"),
        featured_until=fields.instant(raw, "featured_until"),
        minor=fields.is_true(raw, "minor"),
        change_note=fields.text(raw, "change_note", LONGEST_SENTENCE),
        withdrawal_notice=fields.text(raw, "withdrawal_notice", LONGEST_SENTENCE),
        removal_reason=fields.text(raw, "removal_reason", LONGEST_SENTENCE),
        lead=fields.text(raw, "lead", 22),
        attachments=fields.texts(raw, "attachments", 22),
        line=_line(line) if (line := fields.inner(raw, "line")) else None,
        is_gone=is_gone,
    )
    if is_gone and (text.title or text.summary or text.body):
        raise BadItem(_("one of its texts was removed and still has words"))
    return text


def _line(raw: Object) -> OwnLine:
    digest = _matching(raw, "digest", SHA256) if "digest" in raw else ""
    return OwnLine(position=fields.number(raw, "position") or 0, entered_at=_instant(raw, "entered_at"), digest=digest)


def _instant(raw: Object, name: str) -> datetime:
    found = fields.instant(raw, name)
    if found is None:
        raise BadItem(_("“%s” is missing") % name)
    return found


def _signature(raw: Object, name: str) -> str:
    return _matching(raw, name, _SIGNATURE) if raw.get(name) else ""


def _stored(raw: Object) -> Stored:
    return Stored(
        name=_matching(raw, "name", FILE_NAME),
        content_type=fields.text(raw, "content_type", 100),
        sha256=_matching(raw, "sha256", SHA256),
    )


def _matching(raw: Object, name: str, pattern: re.Pattern[str]) -> str:
    value: Any = fields.text(raw, name, 200)
    if not pattern.fullmatch(value):
        raise BadItem(_("“%s” is not what it should be") % name)
    return str(value)
