"""Taking a file in: checked and drawn before anything is written, then stored with all its renditions or not at all."""

import hashlib
from typing import Any, NamedTuple

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from embassy import storing
from news.library import documents, names, pictures
from news.library.refusal import Refused
from news.models import LibraryFile, Rendition

Kind = LibraryFile.Kind
FOLDER = "library"
ENDINGS = {documents.PDF: "pdf"} | {form.content_type: ending for ending, form in documents.OFFICE.items()}


class Prepared(NamedTuple):
    """A file that was checked, with all that is to be stored of it."""

    kind: LibraryFile.Kind
    name: str
    sha256: str
    renditions: list[pictures.Drawn]

    @property
    def largest(self) -> pictures.Drawn:
        """The rendition that stands for the file."""
        return self.renditions[-1]

    def existing(self) -> LibraryFile | None:
        """Return the file of the library with the same content, where there is one."""
        return LibraryFile.objects.filter(sha256=self.sha256).first()


def prepare(upload: "UploadedFile[Any]", kind: LibraryFile.Kind) -> Prepared:
    """Check the upload and draw what is to be stored of it; refuse it with a sentence. Nothing is written yet.

    It takes seconds where a picture is large: call it outside of a transaction.
    """
    name = names.clean(str(upload.name or ""))
    most = pictures.MOST_BYTES if kind == Kind.PICTURE else documents.MOST_BYTES
    if upload.size is None or upload.size > most:
        sentence = _("“%(name)s” has %(size)s: at most %(most)s can be taken. Make it smaller and choose it again.")
        shown = {"size": names.size_in_words(upload.size or 0), "most": names.size_in_words(most)}
        raise Refused(sentence % {"name": name, **shown})
    data = upload.read()
    if upload.size and len(data) < upload.size:
        # Several files in one request were more than is kept in memory.
        raise Refused(_("“%(name)s” did not arrive as a whole: choose it again.") % {"name": name})
    if not data:
        raise Refused(_("“%(name)s” is empty: look at the file and choose it again.") % {"name": name})
    if kind == Kind.PICTURE:
        drawn = pictures.draw(name, data)
    else:
        content_type = documents.content_type(name, data)
        stored_name = names.address(name, ENDINGS[content_type])
        drawn = [pictures.Drawn(stored_name, content_type, 0, 0, data)]
    return Prepared(kind, name, hashlib.sha256(data).hexdigest(), drawn)


def store(file: LibraryFile, prepared: Prepared) -> None:
    """Fill the row with what the prepared file is, save it and store its renditions; the caller's transaction."""
    largest = prepared.largest
    file.kind, file.name, file.sha256 = prepared.kind, prepared.name, prepared.sha256
    file.content_type, file.size = largest.content_type, len(largest.content)
    file.width, file.height = largest.width or None, largest.height or None
    file.save()
    with storing.all_or_nothing():
        Rendition.objects.bulk_create(
            Rendition(
                file_id=file.pk,
                name=one.name,
                path=storing.write(f"{FOLDER}/{file.token}/{one.name}", one.content),
                content_type=one.content_type,
                size=len(one.content),
                width=one.width or None,
                height=one.height or None,
            )
            for one in prepared.renditions
        )
