"""The whole register as one feed that `importing` reads: all that the public can read now, and nothing else.

Drafts, what is scheduled, and the words of removed texts stay where they are. Memory stays flat.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import translation

from embassy import moment
from news.exporting import register
from news.jsonfeed import own, writing
from news.jsonfeed.about import About
from news.models import Category, Edition, LibraryFile, Rendition
from news.models.edition import EditionQuerySet
from news.models.library import LibraryFileQuerySet

BATCH = 100

Progress = Callable[[Iterable[Any], int], Iterable[Any]]


class Target(Protocol):
    """What takes text: a file, or a command's output."""

    def write(self, text: str, /) -> object:
        """Take the next piece."""


class Changed(Exception):  # noqa: N818  the newsroom's word
    """What is stored of a file is not what the library has taken in; the text says which."""


def absolute(path: str) -> str:
    """Return the path with the scheme and the first host name of this site."""
    host = settings.ALLOWED_HOSTS[0].lstrip(".").replace("*", "localhost")
    return f"{'https' if settings.HTTPS else 'http'}://{host}{path}"


def folder(file: Path) -> Path:
    """Return where the pictures and documents of an export lie: beside its file."""
    return file.with_name(f"{file.name}.files")


def write(target: Target, *, title: str, folder: Path | None, at: datetime, progress: Progress) -> int:
    """Write the export as it is at the aware instant `at`; return how many statements can be read in it.

    The files go to `folder`, where there is one. The same content is the same bytes.
    """
    with translation.override(settings.LANGUAGE_CODE), moment.at(at):
        head = {
            "version": writing.VERSION,
            "title": title,
            "home_page_url": absolute(reverse("news:home")),
            "language": settings.LANGUAGE_CODE,
            own.NAME: {
                "export": own.EXPORT,
                "categories": [writing.named(one) for one in Category.objects.in_order()],
                "files": [_file(one, folder) for one in progress(_files(at), _files(at).count())],
                "removed": list(_removed(at)),
                "register": register.state(at),
            },
        }
        target.write(_indented(head, 0).removesuffix("\n}") + ',\n "items": [')
        count, visible = 0, Edition.objects.visible(at)
        for item in progress(_items(at), visible.count()):
            target.write(("," if count else "") + "\n  " + _indented(item, 2))
            count += 1
        target.write("\n ]\n}\n")
    return count


def _indented(value: Any, depth: int) -> str:
    # No line break stands in a JSON text itself: each one is ours.
    return json.dumps(value, ensure_ascii=False, indent=1).replace("\n", "\n" + " " * depth)


def _items(at: datetime) -> Iterator[dict[str, Any]]:
    """Yield the statements in the order in which they began: it decides which of a day comes first in lists."""
    last = 0
    while batch := list(_visible(at).filter(statement__gt=last).order_by("statement_id")[:BATCH]):
        about, earlier = About(batch, at), _earlier(batch, at)
        for edition in batch:
            with translation.override(edition.language):
                yield _item(edition, writing.whole(edition, about=about, absolute=absolute), earlier)
        last = batch[-1].statement_id


def _visible(at: datetime) -> EditionQuerySet:
    return Edition.objects.visible(at).select_related("statement", "category", "line")


def _item(edition: Edition, item: dict[str, Any], earlier: dict[int, list[dict[str, Any]]]) -> dict[str, Any]:
    more = {
        "source": edition.statement.source,
        "featured_until": writing.exact(edition.featured_until),
        "line": register.line(edition),
        "earlier": earlier.get(edition.statement_id),
    }
    item[own.NAME] |= {name: value for name, value in more.items() if value}
    return item


def _earlier(editions: list[Edition], at: datetime) -> dict[int, list[dict[str, Any]]]:
    """Return the texts before these, by statement: those that can be read with their words, the others without."""
    statements = [edition.statement_id for edition in editions]
    before = Edition.objects.begun(at).filter(statement__in=statements, public_until__lte=at).order_by("sequence")
    readable = set(Edition.objects.superseded(at).filter(statement__in=statements).values_list("pk", flat=True))
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for one in before.select_related("category", "line").prefetch_related("uses__file"):
        found[one.statement_id].append(_old_text(one) if one.pk in readable else _gap(one))
    return found


def _old_text(edition: Edition) -> dict[str, Any]:
    words = {"title": edition.title, "summary": edition.summary, "body": edition.body}
    more = {"public_until": writing.exact(edition.public_until), "line": register.line(edition)}
    return writing.text(edition) | more | words


def _gap(edition: Edition) -> dict[str, Any]:
    place = {
        "edition": edition.sequence,
        "removed": True,
        "public_from": writing.exact(edition.public_from),
        "public_until": writing.exact(edition.public_until),
        "removal_reason": edition.removal_reason or None,
        "line": register.line(edition, is_gone=True),
    }
    return {name: value for name, value in place.items() if value is not None}


def _removed(at: datetime) -> Iterator[dict[str, Any]]:
    """Yield the statements that nobody can read any more: their numbers are never given again, here or elsewhere."""
    gone = Edition.objects.begun(at).exclude(statement__in=Edition.objects.visible(at).values("statement"))
    gone = gone.select_related("statement", "line").defer("body", "summary").order_by("statement_id", "sequence")
    for statement, editions in groupby(gone, key=lambda one: one.statement):
        about = {
            "id": statement.tag,
            "number": statement.number,
            "language": statement.language,
            "source": statement.source,
            "texts": [_gap(one) for one in editions],
        }
        yield {name: value for name, value in about.items() if value is not None}


def _files(at: datetime) -> LibraryFileQuerySet:
    return LibraryFile.objects.public(at).order_by("uploaded_at", "pk").prefetch_related("renditions")


def _file(file: LibraryFile, folder: Path | None) -> dict[str, Any]:
    offer = {"is_offered": True, "terms": writing.labels(file.terms)} if file.is_offered else {}
    stored = [_stored(file, one, folder) for one in sorted(file.renditions.all(), key=lambda one: one.pk)]
    return writing.described(file) | offer | {"stored": stored}


def _stored(file: LibraryFile, rendition: Rendition, folder: Path | None) -> dict[str, Any]:
    with default_storage.open(rendition.path) as opened:
        content = opened.read()
    if len(content) != rendition.size:
        raise Changed(f"{rendition.path} is not what the library has taken in: restore it from a backup.")
    if folder is not None:
        target = folder / file.token / rendition.name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return {
        "name": rendition.name,
        "content_type": rendition.content_type,
        "sha256": hashlib.sha256(content).hexdigest(),
    }
