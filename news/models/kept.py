"""What was approved stays as it was: no code path changes its words, takes its place away or deletes it."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import models
from django.db.models import QuerySet

from embassy.version import PublicModel, PublicQuerySet
from news.states import State

M = TypeVar("M", bound=models.Model)

WORDS: tuple[str, ...] = (
    "language",
    "title",
    "summary",
    "body",
    "date",
    "category_id",
    "picture_id",
    "change_note",
    "minor",
)
WORDS += ("withdrawal_notice", "author_id", "statement_id")
# These are its own while it is approved: what is scheduled gives them back when it becomes a draft again.
PLACE = ("sequence", "public_from")
REMOVAL = ("removal_reason", "public_until")
# What a verb may change of an approved edition, many at once as well.
FREE = {"featured_until", "reviewed_by", "reviewed_at", "is_registered"}


class KeptQuerySet(PublicQuerySet[M]):
    """A QuerySet that neither changes nor deletes what was approved, whoever asks."""

    def update(self, **changes: Any) -> int:
        """Change rows that nobody has approved; of approved ones only what is not part of the text or its place."""
        if not FREE.issuperset(changes) and self.filter(state=State.APPROVED).exists():
            raise TypeError("What was approved is never changed: write a new edition.")
        return super().update(**changes)

    update.alters_data = True  # type: ignore[attr-defined]

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete drafts; what was approved stays."""
        if self.filter(state=State.APPROVED).exists():
            raise TypeError("What was approved is never deleted.")
        return super().delete()

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]

    def bulk_create(self, objs: Iterable[M], *args: Any, **kwargs: Any) -> list[M]:
        """Create rows; none takes the place of another."""
        if kwargs.get("update_conflicts"):
            raise TypeError("What was approved is never changed: write a new edition.")
        return super().bulk_create(objs, *args, **kwargs)


class KeptModel(PublicModel):
    """An edition as the database keeps it: once approved, its words stay."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the row; refuse other words, or another place, for what was approved."""
        if not self._state.adding:
            self._refuse_to_change_what_was_approved()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete a draft; what was approved stays, whoever asks."""
        if self._stored() is not None:
            raise TypeError("What was approved is never deleted.")
        return super().delete(*args, **kwargs)

    def _refuse_to_change_what_was_approved(self) -> None:
        stored = self._stored()
        if stored is None:
            return
        kept = [*WORDS]
        if getattr(self, "state") == State.APPROVED:  # noqa: B009  the heir has the fields
            kept += PLACE
        if stored["removal_reason"]:
            kept += [*REMOVAL, "state"]
        if any(getattr(self, name) != stored[name] for name in kept):
            raise TypeError("What was approved is never changed: write a new edition.")

    def _stored(self) -> dict[str, Any] | None:
        """Return what the database holds of the row, if it is approved there."""
        rows: QuerySet[Any] = type(self)._default_manager.filter(pk=self.pk)  # noqa: SLF001
        approved: dict[str, Any] | None = (
            rows.filter(state=State.APPROVED).values(*WORDS, *PLACE, *REMOVAL, "state").first()
        )
        return approved
