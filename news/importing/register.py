"""The register of digests of a site that moves here: each line as it was, held against the text that came with it."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from news.jsonfeed import Item
from news.jsonfeed.shapes import OwnLine, OwnRegister
from news.models import Edition, RegisterKey, RegisterLine, RegisterSignature
from news.register import lines, signing
from news.register.chain import NO_LINE, Entry, following, instant_text

BATCH = 500


class Kept(NamedTuple):
    """A line as the feed has it, and the edition that it is of."""

    edition: int
    line: OwnLine


class Broken(Exception):  # noqa: N818  a sentence for the operator
    """The register that came with a feed does not hold; the text says why. Nothing of it was written."""


def restore(register: OwnRegister | None, items: Iterable[Item], *, at: datetime) -> None:
    """Write the register's lines, keys and signatures for the statements of `items`, which were just taken over.

    Raises Broken where lines are missing, where they are not the lines of these texts, and where a key or a signature
    does not hold.
    """
    if register is None:
        raise Broken(_("The feed says nothing of the register of digests."))
    kept = sorted(_kept(items), key=lambda one: one.line.position)
    # First how many: a feed can claim any number, and a list of so many would fill the memory.
    if len(kept) != register.count or any(one.line.position != place for place, one in enumerate(kept, 1)):
        raise Broken(_("Lines of the register of digests are missing, or come twice."))
    with transaction.atomic():
        _write_lines(register, kept, at)
        _require_keys(register, at)
        _require_signatures(register, at)
        keys = {
            public: RegisterKey.objects.create(public_key=public, added_at=added, endorsement=endorsement)
            for public, added, endorsement in register.keys
        }
        RegisterSignature.objects.bulk_create(
            RegisterSignature(line_id=position, key=keys[public], signature=signature, signed_at=signed)
            for position, public, signed, signature in register.signatures
        )


def _require_keys(register: OwnRegister, at: datetime) -> None:
    """Refuse keys that `signing` cannot have made: each comes once, with a signature, and endorsed by the one before.

    One that came when the key before it was lost has no endorsement, here as there: `checking` says so.
    """
    used = {public for _position, public, _signed, _signature in register.signatures}
    known, before = set[str](), ""
    for public, added, endorsement in register.keys:
        text = signing.key_text(public, instant_text(added))
        is_endorsed = not endorsement or (before != "" and signing.is_valid(before, endorsement, text))
        if public in known or public not in used or added > at or not is_endorsed:
            raise Broken(_("A key of the register of digests does not hold."))
        known.add(public)
        before = public


def _require_signatures(register: OwnRegister, at: datetime) -> None:
    public_keys = {public for public, _added, _endorsement in register.keys}
    signable = RegisterLine.objects.in_bulk({position for position, *_rest in register.signatures})
    known = set[tuple[int, str]]()
    for position, public, signed, signature in register.signatures:
        if public not in public_keys or position not in signable:
            raise Broken(_("A signature of the register of digests belongs to no line and key."))
        text = signing.head_text(position, signable[position].chain, instant_text(signed))
        if (position, public) in known or signed > at or not signing.is_valid(public, signature, text):
            raise Broken(_("A signature of the register of digests does not hold."))
        known.add((position, public))


def _kept(items: Iterable[Item]) -> Iterator[Kept]:
    rows = Edition.objects.filter(sequence__isnull=False).values_list("statement__number", "sequence", "pk")
    keys = {(number, sequence): pk for number, sequence, pk in rows}
    for item in items:
        for text in item.own.texts if item.own else ():
            pk = keys.get((item.own.number, text.sequence)) if item.own else None
            if pk is not None and text.line is not None:
                yield Kept(pk, text.line)


def _write_lines(register: OwnRegister, kept: list[Kept], at: datetime) -> None:
    chain, entered = NO_LINE, datetime.min.replace(tzinfo=at.tzinfo)
    for start in range(0, len(kept), BATCH):
        batch = kept[start : start + BATCH]
        editions = Edition.objects.select_related("statement").in_bulk([one.edition for one in batch])
        entries = [_entry(editions[one.edition], one.line) for one in batch]
        rows = []
        for one, made in zip(batch, following(start, chain, entries), strict=True):
            public_from = made.entry.public_from
            if not max(entered, public_from) <= one.line.entered_at <= at:
                raise Broken(_("Line %d of the register of digests is not in its time.") % made.position)
            chain, entered = made.chain, one.line.entered_at
            rows.append(
                RegisterLine(
                    position=made.position,
                    edition_id=one.edition,
                    digest=made.entry.digest,
                    chain=made.chain,
                    entered_at=entered,
                )
            )
        RegisterLine.objects.bulk_create(rows)
        Edition.objects.filter(pk__in=[one.edition for one in batch]).update(is_registered=True)
    if chain != register.head:
        raise Broken(_("The register of digests is not that of these texts."))


def _entry(edition: Edition, line: OwnLine) -> Entry:
    entry = lines.entry(edition)
    # Of a text whose words are gone only its digest moves; of any other the digest is worked out anew.
    is_gone = not edition.title
    return Entry(entry.number, entry.edition, entry.language, entry.public_from, line.digest) if is_gone else entry
