"""What the press page offers: each file with its terms, and each size in which it can be fetched."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from slugify import slugify

from embassy.labels import label
from news.library import names, shown
from news.models import LibraryFile, Rendition

# The newest ones. A page of more would be a catalogue: the press office sends older ones.
MOST = 60
# Wide enough for a column of the page.
SMALL = 480


@dataclass(frozen=True)
class Download:
    """One size of a file: “JPEG, 1600 × 1000, 240 KB”, and what the reader's computer calls it."""

    address: str
    name: str
    kind: str
    pixels: str
    size: str


@dataclass(frozen=True)
class Offer:
    """A file as the press page offers it; `src` is empty for a document."""

    title: str
    credit: str
    terms: str
    alt: str
    src: str
    width: int
    height: int
    downloads: tuple[Download, ...]


def offers(at: datetime) -> list[Offer]:
    """Return what is offered at the aware instant `at`, the newest first, at most MOST: two queries."""
    files = LibraryFile.objects.offered(at).newest_first().prefetch_related("renditions")[:MOST]
    return [_offer(file) for file in files]


def _offer(file: LibraryFile) -> Offer:
    # WebP is for pages: what a newsroom's programs take is the other format.
    stored = [one for one in file.renditions.all() if one.content_type != "image/webp"]
    stored.sort(key=lambda one: (one.width or 0, one.pk))
    small = next((one for one in stored if (one.width or 0) >= SMALL), stored[-1])
    alt, title = str(label(file.alt)), str(label(file.caption))
    return Offer(
        title=(title or alt or _("Picture")) if file.is_picture else file.title,
        credit=file.credit,
        terms=str(label(file.terms)),
        # What the title says already is not said twice.
        alt="" if file.is_decorative or not title else alt,
        src=shown.public(file.token, small.name) if file.is_picture else "",
        width=small.width or 0,
        height=small.height or 0,
        downloads=tuple(_download(file, one) for one in reversed(stored)),
    )


def _download(file: LibraryFile, stored: Rendition) -> Download:
    stem, _, ending = stored.name.rpartition(".")
    # Not what somebody's computer called it: of a picture nobody outside ever learns that.
    words = slugify(str(label(file.alt)) or str(label(file.caption)), max_length=60, word_boundary=True)
    return Download(
        address=shown.public(file.token, stored.name),
        name=f"{words or 'picture'}-{stem}.{ending}" if file.is_picture else file.name,
        kind={"jpg": "JPEG"}.get(ending, ending.upper()),
        pixels=f"{stored.width}\u00a0×\u00a0{stored.height}" if stored.width else "",
        size=names.size_in_words(stored.size),
    )
