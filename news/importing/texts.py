"""What an item becomes: the text that is public, and those before it, with the files that the library has for them."""

from collections.abc import Iterator

from news import references, richtext
from news.actions import Origin, Place, Text
from news.importing.categories import Categories
from news.importing.shelf import Shelf
from news.jsonfeed import Item
from news.jsonfeed.shapes import OwnText
from news.models import LibraryFile

Kind = LibraryFile.Kind


class Texts:
    """Makes texts of items; `left_out` are sentences on the files of the last item that could not be had."""

    def __init__(self, categories: Categories, shelf: Shelf) -> None:
        self._categories, self._shelf = categories, shelf
        self.left_out: list[str] = []

    def forget(self) -> None:
        """Look at the database anew: what was made for a refused item is gone with it."""
        self._categories.forget()
        self._shelf.forget()

    def of(self, item: Item) -> tuple[Text, Origin]:
        """Return the text that is public now, and where it comes from; the register number is the caller's to give."""
        self.left_out = []
        if item.own is None:
            text = Text(
                title=item.title,
                summary=item.summary,
                body=self._body(item.body),
                date=item.date,
                category=self._categories.of(item),
                public_from=item.published,
            )
            return text, Origin()
        self._shelf.describe(item.own.files)
        *earlier, last = [(self._text(text, item), _place(text)) for text in item.own.texts]
        return last[0], Origin(place=last[1], earlier=tuple(earlier))

    def _text(self, own: OwnText, item: Item) -> Text:
        lead = list(self._files([own.lead], Kind.PICTURE)) if own.lead else []
        return Text(
            title=own.title,
            summary=own.summary,
            body=self._body(own.body),
            date=own.date,
            category=self._categories.named(own.category) if own.category else self._categories.of(item),
            picture=lead[0] if lead else None,
            attachments=tuple(self._files(own.attachments, Kind.DOCUMENT)),
            public_from=own.public_from,
            featured_until=own.featured_until,
            change_note=own.change_note,
            minor=own.minor,
        )

    def _body(self, html: str) -> str:
        if "<img" not in html.lower():
            return html
        clean = richtext.clean(html).html
        wanted = list(references.found_in(clean))
        known = {token: file.token for token in wanted for file in self._files([token], Kind.PICTURE)}
        return references.renamed(clean, known)

    def _files(self, tokens: list[str] | tuple[str, ...], kind: LibraryFile.Kind) -> Iterator[LibraryFile]:
        for token in tokens:
            file, why_not = self._shelf.look_up(token)
            if file is not None and file.kind == kind:
                yield file
            elif why_not and why_not not in self.left_out:
                self.left_out.append(why_not)


def _place(own: OwnText) -> Place:
    return Place(
        sequence=own.sequence,
        public_until=own.public_until,
        announced_at=own.announced_at,
        withdrawal_notice=own.withdrawal_notice,
        removal_reason=own.removal_reason,
        is_gone=own.is_gone,
    )
