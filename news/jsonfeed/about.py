"""What a feed tells of many editions besides themselves, asked of the database once for all of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cached_property

from django.db.models import Prefetch, prefetch_related_objects

from news import texttokens
from news.models import Edition, Use


class About:
    """Editions that are visible at an aware instant, with when their statements began, and what changed since."""

    def __init__(self, editions: Iterable[Edition], at: datetime) -> None:
        self.editions, self.at = list(editions), at
        uses = Use.objects.select_related("file").prefetch_related("file__renditions")
        prefetch_related_objects(self.editions, "category", "statement", Prefetch("uses", uses))
        statements = [edition.statement_id for edition in self.editions]
        begun = Edition.objects.begun(at).filter(statement__in=statements).order_by("sequence")
        self._begun: dict[int, list[Edition]] = defaultdict(list)
        for one in begun.only("statement", "sequence", "public_from", "change_note", "removal_reason"):
            self._begun[one.statement_id].append(one)

    @cached_property
    def _originals(self) -> dict[int, str | None]:
        originals = {edition.statement.translation_of_id for edition in self.editions} - {None}
        visible = Edition.objects.visible(self.at).filter(statement__in=originals)
        # Not whether it is a translation: of what, and only where the public can read that.
        return dict(visible.values_list("statement", "statement__tag"))

    @cached_property
    def numbers(self) -> Mapping[str, texttokens.Count]:
        """The counters' numbers at the instant; asked only where a text may print one."""
        texts = (text for one in self.editions for text in (one.title, one.summary, one.body))
        return texttokens.counts(self.at) if texttokens.slugs(*texts) else {}

    def first_public(self, edition: Edition) -> datetime:
        """Return when the statement could first be read, in whichever edition."""
        first = min(one.public_from for one in self._begun[edition.statement_id] if one.public_from)
        return min(first, edition.public_from or first)

    def original_of(self, edition: Edition) -> str | None:
        """Return the tag of the statement that it translates, where that can be read."""
        return self._originals.get(edition.statement.translation_of_id or 0)

    def change_notes(self, edition: Edition) -> list[Edition]:
        """Return the editions with a change note up to `edition`, the newest first: as the statement's page does.

        What was removed before it took its notes along.
        """
        own = [one for one in self._begun[edition.statement_id] if (one.sequence or 0) <= (edition.sequence or 0)]
        removed = [one.sequence or 0 for one in own if one.removal_reason and one.pk != edition.pk]
        last = max(removed, default=0)
        return [one for one in reversed(own) if one.change_note and (one.sequence or 0) > last]
