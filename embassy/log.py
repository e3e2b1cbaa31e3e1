"""The log: who did what, when and from where. Rows are only ever added, whoever asks."""

from contextvars import ContextVar
from datetime import datetime
from typing import Any, NoReturn

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.utils.translation import gettext_lazy as _

# The address of the client whose request is being answered: set by a middleware, empty for commands.
address: ContextVar[str] = ContextVar("address", default="")
_labels: dict[str, Any] = {}


def name_verbs(verbs: type[models.TextChoices]) -> None:
    """Make the labels of an app's verbs known: each app names what it does, once, when it is ready."""
    _labels.update(dict(verbs.choices))


def verb_choices() -> list[tuple[str, Any]]:
    """Return every verb that can stand in the log with its label, in the order in which the apps named them."""
    return list(_labels.items())


class LogQuerySet(models.QuerySet["LogRow"]):
    """Rows are only added."""

    def _refuse(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise TypeError("The log is only added to.")

    update = delete = bulk_update = _refuse


class LogRow(models.Model):
    """One thing that was done, written in the transaction that did it; never changed."""

    at = models.DateTimeField(_("when"), db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        verbose_name=_("account"),
        help_text=_("Empty: a command, or a name that no account has."),
        related_name="+",
    )
    who = models.CharField(
        _("who"),
        max_length=150,
        blank=True,
        default="",
        help_text=_("The name at that time. Of a name that no account has, only the beginning: it may be a password."),
    )
    verb = models.CharField(_("what"), max_length=32)
    # Numbers, not relations: a draft that was thrown away leaves its rows here.
    statement_pk = models.PositiveBigIntegerField(_("statement"), null=True, db_index=True)
    edition_pk = models.PositiveBigIntegerField(_("edition"), null=True)
    title = models.CharField(_("about"), max_length=300, blank=True, default="")
    detail = models.TextField(_("detail"), blank=True, default="")
    address = models.CharField(_("from where"), max_length=45, blank=True, default="")

    objects = LogQuerySet.as_manager()

    class Meta:
        verbose_name = _("log row")
        verbose_name_plural = _("log")
        ordering = ("-pk",)
        default_permissions = ("view",)

    def __str__(self) -> str:
        about = f" “{self.title}”" if self.title else ""
        return f"{self.at:%Y-%m-%d %H:%M} UTC: {self.verb_in_words}{about}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new row; a written one cannot be changed."""
        if not self._state.adding:
            raise TypeError("The log is only added to.")
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refuse: the log is only added to."""
        raise TypeError("The log is only added to.")

    @property
    def verb_in_words(self) -> str:
        """What was done, in words."""
        return str(_labels.get(self.verb, self.verb))


def write(
    verb: str,
    *,
    by: User | None,
    at: datetime,
    who: str = "",
    statement_pk: int | None = None,
    edition_pk: int | None = None,
    title: str = "",
    detail: str = "",
) -> LogRow:
    """Add a row on what `by` (None: a command, or nobody known) did at the aware instant `at`; from where, it knows.

    Neither a password, nor a code, nor a token may stand in any of the texts.
    """
    return LogRow.objects.create(
        at=at,
        by=by,
        who=(who or (by.get_username() if by else ""))[:150],
        verb=verb,
        statement_pk=statement_pk,
        edition_pk=edition_pk,
        title=title[:300],
        detail=detail,
        address=address.get(),
    )
