"""Names of uploaded files: what somebody's computer called them, fit to be shown, stored and offered again."""

import re
import unicodedata
from pathlib import PurePosixPath

from django.utils.translation import ngettext
from slugify import slugify

from news.models.library import LONGEST_NAME

LONGEST_EXTENSION = 12
KILOBYTE = 1024


def clean(name: str) -> str:
    """Return the last part of the name in one line: no folder, no control or direction mark, not too long."""
    name = re.split(r"[/\\]", name)[-1]
    # Marks that turn the direction make "gpj.exe" of "exe.jpg"; nothing that cannot be seen is part of a name.
    shown = "".join(sign if unicodedata.category(sign)[0] not in "CZ" else " " for sign in name)
    shown = " ".join(unicodedata.normalize("NFC", shown).split()).strip(". ")
    path = PurePosixPath(shown)
    suffix = path.suffix if len(path.suffix) <= LONGEST_EXTENSION else ""
    stem = shown.removesuffix(suffix)[: LONGEST_NAME - len(suffix)].strip()
    return f"{stem or 'file'}{suffix}"


def extension(name: str) -> str:
    """Return the ending of the name in small letters, without its dot."""
    return PurePosixPath(clean(name)).suffix.removeprefix(".").lower()


def address(name: str, ending: str) -> str:
    """Return the name as the last part of an address: Latin letters, and the ending that we decided on."""
    stem = slugify(PurePosixPath(clean(name)).stem, max_length=60)
    return f"{stem or 'file'}.{ending}"


def size_in_words(size: int) -> str:
    """Return “240 KB” or “3.2 MB”."""
    from django.utils.formats import number_format
    from django.utils.translation import gettext as _

    if size < KILOBYTE:
        return ngettext("%d byte", "%d bytes", size) % size
    if size < KILOBYTE * KILOBYTE:
        return _("%s KB") % number_format(round(size / KILOBYTE))
    return _("%s MB") % number_format(size / KILOBYTE / KILOBYTE, decimal_pos=1)
