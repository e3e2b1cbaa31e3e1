"""Writing JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/): what `reading` reads, and what feed readers expect.

What JSON Feed has no name for stands in `_embassy`, an extension as the specification allows it (docs/moving.md).
Keys come in one order, so that the same content is the same bytes.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.utils import translation
from django.utils.html import escape
from django.utils.translation import gettext as _

from embassy import moment
from embassy.labels import label
from news import texttokens
from news.jsonfeed import content
from news.jsonfeed.about import About
from news.jsonfeed.content import Absolute
from news.models import Category, Edition, LibraryFile, Use

VERSION = "https://jsonfeed.org/version/1.1"


def feed(
    editions: Iterable[Edition],
    *,
    title: str,
    language: str,
    home_page_url: str,
    feed_url: str,
    absolute: Absolute,
    at: datetime,
    next_url: str | None = None,
    author: str = "",
) -> dict[str, Any]:
    """Return the feed of editions that are visible at the aware instant `at`, in their order.

    What is withdrawn is told as such, without its words. Costs a fixed number of queries, however many there are.
    """
    head = {
        "version": VERSION,
        "title": title,
        "home_page_url": home_page_url,
        "feed_url": feed_url,
        "next_url": next_url,
        "language": language,
        "authors": [{"name": author}] if author else None,
    }
    about = About(editions, at)
    items = [item(edition, about=about, absolute=absolute) for edition in about.editions]
    return _filled(head) | {"items": items}


def item(edition: Edition, *, about: About, absolute: Absolute) -> dict[str, Any]:
    """Return one visible edition as an item for readers of feeds."""
    with translation.override(edition.language):
        if not edition.withdrawal_notice:
            return whole(edition, about=about, absolute=absolute)
        found = whole(edition, about=about, absolute=absolute)
        notice = f"<p>{escape(edition.withdrawal_notice)}</p>".replace("\n", "<br>")
        found["title"] = _("Withdrawn: %(title)s") % {"title": found["title"]}
        found["content_html"] = notice
        # Whoever takes it over has the title as it was, and no more: the words are not offered any longer.
        found["_embassy"] |= {"title": edition.title, "body": ""}
        for name in ("summary", "image", "attachments"):
            found.pop(name, None)
        for name in ("summary", "lead", "attachments", "files"):
            found["_embassy"].pop(name, None)
        return found


def whole(edition: Edition, *, about: About, absolute: Absolute) -> dict[str, Any]:
    """Return one visible edition with all its words, withdrawn or not; in the language that is active."""
    first = about.first_public(edition)
    told = edition.announced_at
    html = content.html(edition, absolute=absolute, numbers=about.numbers)
    title, summary = (texttokens.as_text(text, about.numbers) for text in (edition.title, edition.summary))
    words = {"title": title, "summary": summary, "body": html}
    # Only where they differ: a picture, a number that goes on counting, an address within the site.
    stored = {name: getattr(edition, name) for name, printed in words.items() if getattr(edition, name) != printed}
    files = content.files(edition, absolute=absolute)
    found = {
        "id": edition.statement.tag,
        "url": absolute(edition.get_absolute_url()),
        "title": title,
        "summary": summary or None,
        "content_html": html,
        "date_published": _at_home(first),
        "date_modified": _at_home(told) if told and told != first else None,
        "tags": [edition.category.name.localize(edition.language)] if edition.category else None,
        "language": edition.language,
        "image": files.lead.src if files.lead else None,
        "attachments": _attachments(edition, absolute) or None,
    }
    ours: dict[str, Any] = {"number": edition.statement.number, "translation_of": about.original_of(edition)}
    ours |= text(edition) | stored
    ours["change_notes"] = [_note(noted) for noted in about.change_notes(edition)] or None
    ours["files"] = [told_of(use.file) for use in edition.uses.all()] or None
    return _filled(found) | {"_embassy": _filled(ours)}


def text(edition: Edition) -> dict[str, Any]:
    """Return what is ours to say of one text besides its words."""
    shown = list(edition.uses.all())
    return _filled(
        {
            "edition": edition.sequence,
            "date": edition.date.isoformat(),
            "category": named(edition.category) if edition.category else None,
            "public_from": exact(edition.public_from),
            "announced_at": exact(edition.announced_at),
            "minor": edition.minor or None,
            "change_note": edition.change_note or None,
            "withdrawal_notice": edition.withdrawal_notice or None,
            "lead": next((use.file.token for use in shown if use.role == Use.Role.LEAD), None),
            "attachments": [use.file.token for use in shown if use.role == Use.Role.ATTACHMENT] or None,
        }
    )


def named(category: Category) -> dict[str, Any]:
    """Return a category by its address and all its names."""
    return {"slug": category.slug, "names": labels(category.name)}


def described(file: LibraryFile) -> dict[str, Any]:
    """Return what pages say of a file of the library, in every language; `sha256` is that of what was uploaded."""
    return _filled(
        {
            "token": file.token,
            "kind": file.kind,
            "name": file.name,
            "sha256": file.sha256,
            "alt": labels(file.alt) or None,
            "is_decorative": file.is_decorative or None,
            "caption": labels(file.caption) or None,
            "credit": file.credit or None,
        }
    )


def told_of(file: LibraryFile) -> dict[str, Any]:
    """Return of that what readers are told: of a picture not what its file was called, nor which file it was.

    It was drawn anew so that only the picture is left; a document is offered as it was uploaded, under its name.
    """
    hidden = {"name", "sha256"} if file.is_picture else set()
    return {name: value for name, value in described(file).items() if name not in hidden}


def labels(value: Any) -> dict[str, str]:
    """Return a label's texts by language, in one order."""
    return {code: str(text) for code, text in sorted(label(value).data.items()) if text}


def exact(instant: datetime | None) -> str | None:
    """Return an aware instant to the microsecond, in UTC: `2021-10-25T21:41:00.000001Z`."""
    return None if instant is None else instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _at_home(instant: datetime) -> str:
    """Return the instant as the home clock shows it, as RFC 3339 writes it."""
    local = moment.local(instant, moment.home_zone())
    offset = local.utcoffset()
    # Before there were zones, clocks were minutes and seconds apart, which RFC 3339 cannot say.
    is_whole = offset is not None and offset.total_seconds() % 60 == 0
    return local.isoformat() if is_whole else str(exact(instant))


def _attachments(edition: Edition, absolute: Absolute) -> list[dict[str, Any]]:
    offered = zip(
        content.files(edition, absolute=absolute).attachments,
        [use.file for use in edition.uses.all() if use.role == Use.Role.ATTACHMENT],
        strict=True,
    )
    return [
        {"url": shown.address, "mime_type": file.content_type, "title": shown.title, "size_in_bytes": file.size}
        for shown, file in offered
    ]


def _note(edition: Edition) -> dict[str, Any]:
    return {"edition": edition.sequence, "at": exact(edition.public_from), "note": edition.change_note}


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}
