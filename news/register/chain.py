"""A line of the register: which text, since when, its digest; and the chain, which no line before it can leave.

Frozen like the canonical text: what was published once has to stay what anybody computes.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

FIRST_LINE = "Embassy register line 1"
# What stands for the line before the first.
NO_LINE = "0" * 64


@dataclass(frozen=True)
class Entry:
    """What a line says of a text; the instant is aware."""

    number: int
    edition: int
    language: str
    public_from: datetime
    digest: str


@dataclass(frozen=True)
class Line:
    """An entry with its place in the register, and the chain up to it: 64 hexadecimal digits, lower case."""

    position: int
    entry: Entry
    chain: str


def instant_text(instant: datetime) -> str:
    """Return the aware instant in UTC to the microsecond: `2021-10-25T21:41:00.000000Z`."""
    return instant.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def chained(before: str, position: int, entry: Entry) -> str:
    """Return the chain at `position`: the SHA-256 of the line, which names the chain `before` it."""
    text = (
        f"{FIRST_LINE}\n"
        f"previous: {before}\n"
        f"position: {position}\n"
        f"number: {entry.number}\n"
        f"edition: {entry.edition}\n"
        f"language: {entry.language}\n"
        f"public from: {instant_text(entry.public_from)}\n"
        f"digest: {entry.digest}\n"
    )
    return sha256(text.encode()).hexdigest()


def following(position: int, chain: str, entries: Iterable[Entry]) -> Iterator[Line]:
    """Yield the entries as the lines behind `position` (0: the first ones), whose chain is `chain`."""
    for entry in entries:
        position += 1
        chain = chained(chain, position, entry)
        yield Line(position, entry, chain)
