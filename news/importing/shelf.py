"""The pictures and documents of what is taken over: from the library, or from the folder beside an export."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _

from embassy.labels import label
from news import actions
from news.importing import beside
from news.jsonfeed.shapes import OwnFile
from news.library import moved
from news.library.refusal import Refused
from news.models import LibraryFile


class Shelf:
    """Files of the library by the tokens that a feed has for them.

    `folder` is where the export's files lie, if anywhere; `described` what the feed says of all its files.
    """

    def __init__(self, folder: Path | None, described: Iterable[OwnFile], *, is_move: bool, at: datetime) -> None:
        self._folder, self._is_move, self._at = folder, is_move, at
        self._described = {file.token: file for file in described}
        self._known: dict[str, LibraryFile] = {}
        self._missing: dict[str, str] = {}

    def take_all(self) -> list[str]:
        """Take every file that the feed describes, in its order; return a sentence on each that could not be taken."""
        return [sentence for token in self._described if (sentence := self.look_up(token)[1])]

    def describe(self, files: Iterable[OwnFile]) -> None:
        """Add what an item says of its files."""
        for file in files:
            self._described.setdefault(file.token, file)

    def forget(self) -> None:
        """Look everything up anew: a file that came with a refused item is gone with it."""
        self._known.clear()

    def look_up(self, token: str) -> tuple[LibraryFile | None, str]:
        """Return the library's file for the feed's token, taken in from beside the feed; or why there is none."""
        if token in self._missing:
            return None, self._missing[token]
        if token not in self._known:
            try:
                self._known[token] = self._find(token)
            except (Refused, actions.Refusal) as refusal:
                self._missing[token] = str(refusal)
                return None, str(refusal)
        return self._known[token], ""

    def _find(self, token: str) -> LibraryFile:
        described = self._described.get(token)
        if described is None:
            # A text of this very site, or one that names what nobody described.
            own = LibraryFile.objects.filter(token=token).first()
            if own is None:
                raise Refused(
                    _("“%(name)s” is not in the library, and the feed does not describe it.") % {"name": token}
                )
            return own
        # What readers are told of a picture names no upload: it is known here where it came with an export before.
        is_it = {"sha256": described.sha256} if described.sha256 else {"token": token}
        return LibraryFile.objects.filter(**is_it).first() or self._take(described)

    def _take(self, described: OwnFile) -> LibraryFile:
        kind = LibraryFile.Kind(described.kind)
        prepared = moved.prepare(kind, described.name, described.sha256, self._contents(described))
        file = LibraryFile(
            alt=dict(described.alt),
            is_decorative=described.is_decorative,
            caption=dict(described.caption),
            credit=described.credit,
        )
        if self._is_move and described.is_offered:
            # Another mission's site has a press page of its own.
            file.is_offered, file.terms = True, label(dict(described.terms))
        if not LibraryFile.objects.filter(token=described.token).exists():
            file.token = described.token
        return actions.add_file(file, prepared, by=None, at=self._at)

    def _contents(self, described: OwnFile) -> dict[str, bytes]:
        """Return the stored bytes by name, each seen to be the bytes that the feed means."""
        if self._folder is None or not described.stored:
            raise Refused(_("“%(name)s” did not come with the feed.") % {"name": described.name})
        if len(described.stored) > moved.MOST_STORED:
            raise Refused(_("“%(name)s” is not the file that the feed describes.") % {"name": described.name})
        found = {}
        for one in described.stored:
            found[one.name] = beside.content(self._folder, described.token, one.name, shown=described.name)
            if hashlib.sha256(found[one.name]).hexdigest() != one.sha256:
                raise Refused(_("“%(name)s” is not the file that the feed describes.") % {"name": described.name})
        return found
