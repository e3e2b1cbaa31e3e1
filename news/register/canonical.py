"""The digest of an edition: SHA-256 (FIPS 180-4) over a text form that never changes (docs/register.md).

Frozen: a digest that was printed once has to hold for ever. Another form is another version, beside this one.
"""

from collections.abc import Iterator
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from news.models import Edition

FIRST_LINE = "Embassy canonical text 1"
# In this order; each with its length before it, so that no word can pass from one to the next.
FIELDS = (
    ("title", "title"),
    ("summary", "summary"),
    ("change note", "change_note"),
    ("withdrawal notice", "withdrawal_notice"),
    ("body", "body"),
)


def text(edition: "Edition") -> bytes:
    """Return the canonical text of an approved edition, UTF-8: its place in the register, then its words as stored."""
    return "".join(_parts(edition)).encode()


def digest(edition: "Edition") -> str:
    """Return the digest of an approved edition: 64 hexadecimal digits, lower case."""
    return sha256(text(edition)).hexdigest()


def _parts(edition: "Edition") -> Iterator[str]:
    yield f"{FIRST_LINE}\n"
    yield f"number: {edition.statement.number}\n"
    yield f"edition: {edition.sequence}\n"
    yield f"language: {edition.language}\n"
    yield f"date: {edition.date.isoformat()}\n"
    for name, field in FIELDS:
        value: str = getattr(edition, field)
        yield f"{name}: {len(value.encode())}\n{value}\n"
