"""What a feed says of a statement, in words that every format shares: Atom and RSS only write it down."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils.feedgenerator import Enclosure
from django.utils.translation import gettext as _

from news import richtext, texttokens
from news.jsonfeed.about import About
from news.jsonfeed.content import Absolute, absolute_links
from news.library import shown
from news.models import Edition, LibraryFile
from news.xmltext import fit


@dataclass(frozen=True)
class Entry:
    """One statement in a feed. Title and summary are plain text, `html` has absolute addresses only."""

    id: str
    address: str
    language: str
    title: str
    summary: str
    html: str
    published: datetime
    updated: datetime
    category: tuple[str, str] | None
    enclosures: list[Enclosure]


class Files(shown.Shown):
    """The files of one edition as feeds show them: few programs know more of a picture than its address and words."""

    def figure(self, token: str, words: str, is_block: bool) -> str:  # noqa: FBT001  richtext's own order
        """Return the HTML for a picture in the text; nothing where the edition has it not."""
        file = self._pictures.get(token)
        if file is None:
            return ""
        figure = self._figure(file, words, is_block=is_block, is_lead=False)
        return render_to_string("news/_entry_picture.html", {"figure": figure}).strip()

    @property
    def enclosures(self) -> list[Enclosure]:
        """The lead picture and the documents, each with its length in bytes and its type."""
        files = [self._lead, *self._documents] if self._lead else self._documents
        return [self._enclosure(file) for file in files]

    def _enclosure(self, file: LibraryFile) -> Enclosure:
        # Of a picture the largest in the format that every program reads, as pages name it; of a document there is one.
        stored = [one for one in file.renditions.all() if one.content_type != "image/webp"]
        largest = max(stored, key=lambda one: one.width or 0)
        return Enclosure(self._address(file.token, largest.name), str(largest.size), largest.content_type)


def entries(editions: list[Edition], *, absolute: Absolute, at: datetime) -> Iterator[Entry]:
    """Yield what a feed says of each edition at the aware instant `at`, with addresses made by `absolute`.

    Three queries, however many editions there are; one more for the clocks where one was changed or withdrawn, and one
    where a text prints a counter's number.
    """
    about, numbers = About(editions, at), _numbers(editions, at)
    for edition in editions:
        yield _entry(edition, about, absolute, numbers)


def _entry(edition: Edition, about: About, absolute: Absolute, numbers: Mapping[str, texttokens.Count]) -> Entry:
    files = Files(edition.uses.all(), lambda token, name: absolute(shown.public(token, name)))
    address = absolute(edition.get_absolute_url())
    title, is_withdrawn = texttokens.as_text(edition.title, numbers), bool(edition.withdrawal_notice)
    context: dict[str, Any] = {"edition": edition, "files": files, "notes": about.change_notes(edition)}
    if not is_withdrawn:
        # Digits first: a feed cannot keep a number right as a page does.
        body = richtext.render(texttokens.as_text(edition.body, numbers), {}, files.figure)
        context["body"] = body
    summary = edition.withdrawal_notice or texttokens.as_text(edition.summary, numbers)
    assert edition.statement.tag and edition.announced_at  # noqa: S101, PT018  it is public
    return Entry(
        id=edition.statement.tag,
        address=address,
        language=edition.language,
        title=fit(_("Withdrawn: %(title)s") % {"title": title} if is_withdrawn else title),
        summary=fit(summary),
        html=fit(absolute_links(render_to_string("news/_entry.html", context).strip(), address)),
        published=about.first_public(edition),
        updated=edition.announced_at,
        category=(edition.category.slug, fit(str(edition.category))) if edition.category else None,
        enclosures=[] if is_withdrawn else files.enclosures,
    )


def _numbers(editions: Iterable[Edition], at: datetime) -> Mapping[str, texttokens.Count]:
    """Return the counters' numbers; asked of the database only where a text prints one."""
    shown_ones = [edition for edition in editions if not edition.withdrawal_notice]
    texts = [edition.title for edition in editions] + [one.body + one.summary for one in shown_ones]
    return texttokens.counts(at) if texttokens.slugs(*texts) else {}
