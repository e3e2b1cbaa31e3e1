"""The folder beside an export: ordinary files of a size that can be uploaded, and nothing that a link leads to."""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.utils.translation import gettext as _

from news.library import names, uploads
from news.library.refusal import Refused

# What the system says of a link where none may be: of one to a file, and of one to a folder.
_IS_LINK = {errno.ELOOP, errno.ENOTDIR}


def content(folder: Path, token: str, name: str, *, shown: str) -> bytes:
    """Return the bytes of `folder/token/name`; refuse what is no ordinary file with a sentence that calls it `shown`.

    It is looked at before it is read: a device has no end, and a pipe nothing to give.
    """
    try:
        with (
            _opened(folder, os.O_DIRECTORY) as outer,
            _opened(token, os.O_DIRECTORY | os.O_NOFOLLOW, outer) as inner,
            _opened(name, os.O_NOFOLLOW | os.O_NONBLOCK, inner) as file,
        ):
            return _read(file, shown)
    except OSError as error:
        if error.errno in _IS_LINK:
            raise _not_ordinary(shown) from error
        sentence = _("“%(name)s” cannot be read from the folder beside the feed: %(reason)s.")
        raise Refused(sentence % {"name": shown, "reason": error.strerror}) from error


@contextmanager
def _opened(path: str | Path, flags: int, folder: int | None = None) -> Iterator[int]:
    number = os.open(path, os.O_RDONLY | os.O_CLOEXEC | flags, dir_fd=folder)
    try:
        yield number
    finally:
        os.close(number)


def _read(file: int, shown: str) -> bytes:
    about = os.fstat(file)
    if not stat.S_ISREG(about.st_mode):
        raise _not_ordinary(shown)
    with os.fdopen(file, "rb", closefd=False) as opened:
        # One byte more than may be there: it can have grown meanwhile.
        found = b"" if about.st_size > uploads.MOST_BYTES else opened.read(uploads.MOST_BYTES + 1)
    size = max(about.st_size, len(found))
    if size > uploads.MOST_BYTES:
        sentence = _("“%(name)s” has %(size)s beside the feed: at most %(most)s can be taken.")
        most = names.size_in_words(uploads.MOST_BYTES)
        raise Refused(sentence % {"name": shown, "size": names.size_in_words(size), "most": most})
    return found


def _not_ordinary(shown: str) -> Refused:
    return Refused(_("“%(name)s” is no ordinary file in the folder beside the feed.") % {"name": shown})
