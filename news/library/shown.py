"""What a page shows of an edition's files: the lead picture, the pictures in its text, the attachments.

Where they are fetched is the caller's to say: a visitor's page, the newsroom and a preview link each have their own
addresses and their own check.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.urls import reverse

from embassy.labels import label
from news.library import names
from news.models import Edition, LibraryFile, Rendition, Use

COLUMN = 640
# Makes an address from a file's token and a rendition's name.
Address = Callable[[str, str], str]


def public(token: str, name: str) -> str:
    """Return the address for everybody: it answers while a text that shows the file can be read."""
    return reverse("files:file", args=[token, name])


def newsroom(token: str, name: str) -> str:
    """Return the address for staff: it answers whatever the state of the texts."""
    return reverse("admin:news_picture_file", args=[token, name])


@dataclass(frozen=True)
class Figure:
    """A picture as a page prints it."""

    src: str
    srcset: str
    webp: str
    sizes: str
    width: int
    height: int
    alt: str
    caption: str
    credit: str
    is_block: bool
    is_lead: bool


@dataclass(frozen=True)
class Attachment:
    """A document as a page offers it: “PDF, 240 KB”."""

    address: str
    title: str
    kind: str
    size: str


class Shown:
    """The files of one edition, asked of the database once; templates print `lead` and `attachments`."""

    def __init__(self, uses: Iterable[Use], address: Address) -> None:
        self._address = address
        self._lead: LibraryFile | None = None
        self._pictures: dict[str, LibraryFile] = {}
        self._documents: list[LibraryFile] = []
        for use in uses:
            if use.role == Use.Role.ATTACHMENT:
                self._documents.append(use.file)
            elif use.role == Use.Role.LEAD:
                self._lead = use.file
            else:
                self._pictures[use.file.token] = use.file

    @property
    def lead(self) -> Figure | None:
        """The edition's own picture."""
        return self._figure(self._lead, "", is_block=True, is_lead=True) if self._lead else None

    def alternatives(self, words: Mapping[str, str]) -> list[str]:
        """Return what readers' programs say of each picture: `words`, by token, are those that the text has for it."""
        lead = [self._figure(self._lead, "", is_block=True, is_lead=True)] if self._lead else []
        inside = [
            self._figure(file, words.get(token, ""), is_block=True, is_lead=False)
            for token, file in self._pictures.items()
        ]
        return [figure.alt for figure in (*lead, *inside) if figure.alt]

    @property
    def attachments(self) -> list[Attachment]:
        """The documents, in the order in which staff put them."""
        return [self._attachment(file) for file in self._documents]

    def figure(self, token: str, words: str, is_block: bool) -> str:  # noqa: FBT001  richtext's own order
        """Return the HTML for a picture in the text: for `richtext.render`; nothing where the edition has it not."""
        file = self._pictures.get(token)
        if file is None:
            return ""
        figure = self._figure(file, words, is_block=is_block, is_lead=False)
        return render_to_string("news/_picture.html", {"figure": figure}).strip()

    def _figure(self, file: LibraryFile, words: str, *, is_block: bool, is_lead: bool) -> Figure:
        sizes = sorted((one for one in file.renditions.all() if one.width), key=lambda one: one.width or 0)
        webp = [one for one in sizes if one.content_type == "image/webp"]
        others = [one for one in sizes if one.content_type != "image/webp"]
        largest = others[-1]
        return Figure(
            src=self._address(file.token, largest.name),
            srcset=self._set(file, others),
            webp=self._set(file, webp),
            # Where a page is wide, a picture is as wide as a column of text (tokens.css), but never wider than it is.
            sizes=f"{largest.width}px" if (largest.width or 0) < COLUMN else "(min-width: 42rem) 40rem, 92vw",
            width=largest.width or 0,
            height=largest.height or 0,
            alt=words or ("" if file.is_decorative else str(label(file.alt))),
            caption=str(label(file.caption)),
            credit=file.credit,
            is_block=is_block,
            is_lead=is_lead,
        )

    def _set(self, file: LibraryFile, renditions: list[Rendition]) -> str:
        return ", ".join(f"{self._address(file.token, one.name)} {one.width}w" for one in renditions)

    def _attachment(self, file: LibraryFile) -> Attachment:
        (stored,) = file.renditions.all()
        kind = stored.name.rpartition(".")[2].upper()
        address = self._address(file.token, stored.name)
        return Attachment(address, file.title, kind, names.size_in_words(file.size))


def of(edition: Edition, address: Address = public) -> Shown:
    """Return what the edition shows, at addresses made by `address`: two queries, whatever it shows."""
    uses = edition.uses.select_related("file").prefetch_related("file__renditions").order_by("position")
    return Shown(uses, address)
