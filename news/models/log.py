"""What was done to statements: who, what, when."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from news.states import Act


class LogQuerySet(models.QuerySet["LogRow"]):
    """Rows are only added."""

    def _refuse(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise TypeError("The log is only added to.")

    update = delete = bulk_update = _refuse


class LogRow(models.Model):
    """One thing that was done. Written by the actions, in their transaction; never changed."""

    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        verbose_name=_("who"),
        help_text=_("Empty: a command."),
        related_name="+",
    )
    verb = models.CharField(_("what"), max_length=32, choices=Act)
    # A number, not a relation: a draft that was thrown away leaves its rows here.
    statement_pk = models.PositiveBigIntegerField(_("statement"), db_index=True)
    edition_pk = models.PositiveBigIntegerField(_("edition"), null=True)
    title = models.CharField(_("title"), max_length=300)
    detail = models.TextField(_("detail"), blank=True, default="")

    objects = LogQuerySet.as_manager()

    class Meta:
        verbose_name = _("log row")
        verbose_name_plural = _("log")
        ordering = ("-pk",)
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} UTC: {self.get_verb_display()} “{self.title}”"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new row; a written one cannot be changed."""
        if not self._state.adding:
            raise TypeError("The log is only added to.")
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refuse: the log is only added to."""
        raise TypeError("The log is only added to.")
