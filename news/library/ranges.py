"""Which bytes of a file a reader asks for (RFC 9110, section 14)."""

import re
from typing import NamedTuple

_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})", re.ASCII)


class Part(NamedTuple):
    """The bytes from `first` on, `length` of them."""

    first: int
    length: int


class Unsatisfiable(Exception):  # noqa: N818  the standard's word
    """The range begins behind the end."""


def parse(header: str, size: int) -> Part | None:
    """Return the one part of `size` bytes that the header asks for; None where all of them are to be sent.

    What is malformed, and more than one range, is passed over, as the standard allows.
    """
    found = _RANGE.fullmatch(header.strip())
    if not found or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    if not first:
        length = min(int(last), size)
        if not length:
            raise Unsatisfiable
        return Part(size - length, length)
    if last and int(last) < int(first):
        return None
    if int(first) >= size:
        raise Unsatisfiable
    end = min(int(last), size - 1) if last else size - 1
    return Part(int(first), end - int(first) + 1)
