"""Which edition shows which file, and where: as much a part of what was approved as its words."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from news.states import State


class UseQuerySet(models.QuerySet["Use"]):
    """A QuerySet that neither changes nor deletes what an approved edition shows, whoever asks."""

    def update(self, **changes: Any) -> int:
        """Change what drafts show."""
        self._refuse_for_what_was_approved()
        return super().update(**changes)

    update.alters_data = True  # type: ignore[attr-defined]

    def delete(self) -> tuple[int, dict[str, int]]:
        """Take out what drafts show."""
        self._refuse_for_what_was_approved()
        return super().delete()

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]

    def _refuse_for_what_was_approved(self) -> None:
        if self.filter(edition__state=State.APPROVED).exists():
            raise TypeError("What was approved keeps its pictures and files: write a new edition.")


class Use(models.Model):
    """That an edition shows a file, and where; written with the edition's words."""

    class Role(models.TextChoices):
        """Where in the edition the file stands."""

        LEAD = "lead", _("lead picture")
        BODY = "body", _("in the text")
        ATTACHMENT = "attachment", _("attachment")

    edition = models.ForeignKey("news.Edition", on_delete=models.CASCADE, related_name="uses")
    file = models.ForeignKey("news.LibraryFile", on_delete=models.PROTECT, related_name="uses")
    role = models.CharField(_("place"), max_length=10, choices=Role)
    position = models.PositiveSmallIntegerField(default=0)

    objects = UseQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ("role", "position", "pk")
        constraints = [models.UniqueConstraint(fields=["edition", "role", "file"], name="one_use_in_each_place")]

    def __str__(self) -> str:
        return f"“{self.edition}”: {self.get_role_display()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save a new row: what an edition shows is written with its words, as a whole."""
        if not self._state.adding:
            raise TypeError("What an edition shows is written anew, never changed.")
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> tuple[int, dict[str, int]]:
        """Take out what a draft shows."""
        return type(self).objects.filter(pk=self.pk).delete()
