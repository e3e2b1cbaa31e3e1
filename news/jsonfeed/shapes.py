"""The shapes of what a site of our own says of its statements: what `own` reads, and an import takes over."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol


class Printed(Protocol):
    """What an item says in JSON Feed's own words."""

    @property
    def title(self) -> str: ...  # noqa: D102
    @property
    def summary(self) -> str: ...  # noqa: D102
    @property
    def body(self) -> str: ...  # noqa: D102
    @property
    def date(self) -> date: ...  # noqa: D102
    @property
    def published(self) -> datetime: ...  # noqa: D102


@dataclass(frozen=True)
class Named:
    """A category: the last part of its address, and its names by language."""

    slug: str
    names: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class OwnLine:
    """The line of a text in the register of digests; the digest is said only of a text whose words are not."""

    position: int
    entered_at: datetime
    digest: str


@dataclass(frozen=True, kw_only=True)
class OwnRegister:
    """The register of digests as a whole: how many lines, the chain up to the last, and what was signed by which keys.

    Keys are (public key, added at, endorsement), signatures (position, public key, signed at, signature).
    """

    count: int
    head: str
    keys: tuple[tuple[str, datetime, str], ...]
    signatures: tuple[tuple[int, str, datetime, str], ...]


@dataclass(frozen=True, kw_only=True)
class OwnText:
    """One text of a statement as it is stored, with its place. `is_gone`: it was removed, and has no words here."""

    sequence: int
    title: str
    summary: str
    body: str
    date: date
    category: Named | None
    public_from: datetime
    public_until: datetime | None
    announced_at: datetime | None
    featured_until: datetime | None
    minor: bool
    change_note: str
    withdrawal_notice: str
    removal_reason: str
    lead: str
    attachments: tuple[str, ...]
    line: OwnLine | None = None
    is_gone: bool = False


@dataclass(frozen=True, kw_only=True)
class Stored:
    """One stored object of a file; `sha256` is that of its bytes."""

    name: str
    content_type: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class OwnFile:
    """A file of the library, and what pages say of it; `sha256` is that of what was uploaded."""

    token: str
    kind: str
    name: str
    sha256: str
    alt: Mapping[str, str]
    is_decorative: bool
    caption: Mapping[str, str]
    credit: str
    is_offered: bool
    terms: Mapping[str, str]
    stored: tuple[Stored, ...]


@dataclass(frozen=True, kw_only=True)
class Own:
    """What a site of our own says of a statement; `texts` in their order, the one that is public now the last."""

    number: int
    source: str
    texts: tuple[OwnText, ...]
    files: tuple[OwnFile, ...]
