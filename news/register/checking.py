"""Does the register hold? Every line against its chain and its text, every signature against its key.

What somebody downloaded is checked without the site or its database by `copies`.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef

from news.models import Edition, RegisterKey, RegisterLine, RegisterSignature
from news.register import lines, publishing, signing
from news.register.chain import NO_LINE, Entry, chained

BATCH = 500


def database(at: datetime) -> Iterator[str]:
    """Yield once for each line, with a sentence where it is at fault ("" where it is not); memory stays flat."""
    chain, entered, before = NO_LINE, None, 0
    closed = Edition.objects.filter(
        statement=OuterRef("edition__statement"), sequence__gte=OuterRef("edition__sequence"), public_until__lte=at
    ).exclude(removal_reason="")
    rows = RegisterLine.objects.order_by("position").select_related("edition__statement")
    rows = rows.annotate(is_closed=Exists(closed))
    for row in rows.iterator(chunk_size=BATCH):
        faults = [*_faults(row, chain, at)]
        if row.position != before + 1:
            faults.append(f"Line {before + 1} is missing.")
        if entered and row.entered_at < entered:
            faults.append(f"Line {row.position} stands behind one that entered later.")
        yield " ".join(faults)
        chain, entered, before = row.chain, row.entered_at, row.position


def _faults(row: RegisterLine, chain: str, at: datetime) -> Iterator[str]:
    edition = row.edition
    if not edition.sequence or not edition.public_from or not edition.statement.number or edition.public_from > at:
        yield f"Line {row.position} is of a text that is not public."
        return
    name = f"No. {edition.statement.number}, edition {edition.sequence}"
    now = lines.entry(edition)
    # Where a site moved here, the words of what was removed stayed behind; the chain still vouches for their digest.
    # Of a text that another replaced, and that can be read, they have to be there.
    is_gone = getattr(row, "is_closed", False) and not (edition.title or edition.summary or edition.body)
    if now.digest != row.digest and not is_gone:
        yield f"Line {row.position}: the words of {name} are not those that were public."
    kept = Entry(now.number, now.edition, now.language, now.public_from, row.digest)
    if chained(chain, row.position, kept) != row.chain:
        yield f"Line {row.position} ({name}) does not continue the chain."
    if row.entered_at < edition.public_from:
        yield f"Line {row.position} ({name}) entered before its text was public."


def lost() -> Iterator[str]:
    """Yield a sentence for each text that had a line and has none."""
    marked = Edition.objects.filter(is_registered=True, line__isnull=True).select_related("statement")
    for edition in marked.iterator():
        yield f"No. {edition.statement.number}, edition {edition.sequence} has lost its line."
    # No join here: it would leave out the very rows that are looked for.
    texts = Edition.objects.filter(statement__number__isnull=False).values("pk")
    for position in (
        RegisterLine.objects.exclude(edition__in=texts).order_by("position").values_list("position", flat=True)
    ):
        yield f"Line {position} has lost its text."


def signatures() -> Iterator[str]:
    """Yield a sentence for each signature and each key that does not hold."""
    keys = [publishing.key(key) for key in RegisterKey.objects.order_by("pk")]
    yield from faults_of_keys(keys)
    whole = RegisterSignature.objects.filter(key__in=RegisterKey.objects.values("pk"))
    whole = whole.filter(line__in=RegisterLine.objects.values("pk"))
    for pk in RegisterSignature.objects.exclude(pk__in=whole.values("pk")).order_by("pk").values_list("pk", flat=True):
        yield f"Signature {pk} has lost its key or its line."
    for one in RegisterSignature.objects.select_related("line", "key").order_by("pk").iterator():
        yield from faults_of_signature(publishing.signature(one), keys)


def faults_of_keys(keys: list[dict[str, str]], trusted: str = "") -> Iterator[str]:
    """Yield what is wrong with the keys behind the `trusted` one (none: the first): each endorses the next."""
    public = [key["public_key"] for key in keys]
    if trusted and trusted not in public:
        yield f"The register does not know the key {trusted}."
        return
    first = public.index(trusted) if trusted else 0
    if not trusted and keys and keys[0]["endorsement"]:
        yield f"The key in front of {public[0]} is missing: it endorsed that one."
    for before, key in zip(keys[first:], keys[first + 1 :], strict=False):
        text = signing.key_text(key["public_key"], key["added_at"])
        if not signing.is_valid(before["public_key"], key["endorsement"], text):
            yield f"The key {key['public_key']} is not endorsed by the one before it: ask whether it is the mission’s."


def faults_of_signature(signature: dict[str, Any], keys: list[dict[str, str]]) -> Iterator[str]:
    """Yield what is wrong with a signature."""
    text = signing.head_text(signature["position"], signature["chain"], signature["signed_at"])
    if signature["public_key"] not in [key["public_key"] for key in keys]:
        yield f"Line {signature['position']} is signed by a key that is not among the keys."
    elif not signing.is_valid(signature["public_key"], signature["signature"], text):
        yield f"The signature of line {signature['position']} does not hold."
