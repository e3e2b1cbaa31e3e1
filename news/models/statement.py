"""The permanent thing: a number, a language, an address, and its editions."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, Max, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from news.models.edition import Edition
from news.states import Situation, Standing, State, standing

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager


def language_choices() -> list[tuple[str, str]]:
    """Return the site's languages; a callable, so that a new language needs no migration."""
    return list(settings.LANGUAGES)


class StatementQuerySet(models.QuerySet["Statement"]):
    """The words in which the newsroom asks for statements."""

    def update(self, **changes: Any) -> int:
        """Change statements; a register number, once given, stays with its statement and its language."""
        if {"number", "language"}.intersection(changes) and self.filter(number__isnull=False).exists():
            raise TypeError("A register number stays.")
        return super().update(**changes)

    update.alters_data = True  # type: ignore[attr-defined]

    def in_situation(self, situation: Situation, at: datetime) -> Self:
        """Return the statements that are in `situation` at the aware instant `at`."""
        own = Edition.objects.filter(statement=OuterRef("pk"))
        begun = own.filter(state=State.APPROVED, public_from__lte=at)
        conditions: dict[Situation, tuple[Any, ...]] = {
            Situation.DRAFT: (~Exists(begun), ~Exists(own.scheduled(at))),
            Situation.SCHEDULED: (~Exists(begun), Exists(own.scheduled(at))),
            Situation.LIVE: (Exists(own.listed(at)),),
            Situation.WITHDRAWN: (Exists(own.visible(at)), ~Exists(own.listed(at))),
            Situation.REMOVED: (Exists(begun), ~Exists(own.visible(at))),
        }
        return self.filter(*conditions[situation])

    def ever_public(self, at: datetime) -> Self:
        """Return the statements that the public could read at some time up to the aware instant `at`."""
        return self.filter(Exists(Edition.objects.begun(at).filter(statement=OuterRef("pk"))))


class Statement(models.Model):
    """A statement of the mission. Never deleted once it has a register number."""

    number = models.PositiveIntegerField(
        _("register number"),
        unique=True,
        null=True,
        blank=True,
        editable=False,
        help_text=_("Given when the statement is first released or scheduled; never reused."),
    )
    language = models.CharField(_("language"), max_length=12, choices=language_choices)
    translation_of = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="translations",
        verbose_name=_("translation of"),
        help_text=_("The statement that this one translates; readers are offered both."),
    )
    source = models.CharField(
        _("source"),
        max_length=500,
        unique=True,
        null=True,
        blank=True,
        editable=False,
        help_text=_("The identifier of the imported item: importing it again changes nothing."),
    )

    objects = StatementQuerySet.as_manager()

    if TYPE_CHECKING:
        editions: RelatedManager[Edition]
        translations: RelatedManager["Statement"]

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ("-pk",)
        # No right to delete: a draft is discarded by its action, and what was ever numbered stays.
        default_permissions = ("add", "change", "view")
        permissions = [
            ("return_statement", _("Can change submitted statements and return them")),
            ("release_statement", _("Can approve, release, schedule, withdraw and remove statements")),
            ("share_statement", _("Can share statements with outsiders before their time")),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(number__isnull=True) | Q(number__gt=0), name="number_from_one"),
            models.CheckConstraint(
                condition=Q(translation_of__isnull=True) | ~Q(translation_of=F("pk")),
                name="no_translation_of_itself",
                violation_error_message=_("A statement cannot be a translation of itself."),
            ),
            models.UniqueConstraint(
                fields=["translation_of", "language"],
                name="one_translation_in_each_language",
                violation_error_message=_("That statement has a translation into this language already."),
            ),
        ]

    def __str__(self) -> str:
        newest = max(self.editions.all(), key=lambda edition: edition.pk, default=None)
        title = newest.title if newest else _("(no text)")
        return _("No. %(number)s: %(title)s") % {"number": self.number, "title": title} if self.number else str(title)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the statement; a register number, once given, stays with its statement and its language."""
        numbered = Statement.objects.filter(pk=self.pk, number__isnull=False)
        if not self._state.adding and numbered.exclude(number=self.number, language=self.language).exists():
            raise TypeError("A register number stays.")
        super().save(*args, **kwargs)

    def change_notes(self, edition: Edition) -> list[Edition]:
        """Return the editions up to `edition` that came with a change note, the newest first, by number and time.

        What was removed before it took its notes along.
        """
        removed = self.editions.filter(sequence__lt=edition.sequence).exclude(removal_reason="")
        last_removed = removed.aggregate(last=Max("sequence"))["last"] or 0
        noted = self.editions.filter(sequence__gt=last_removed, sequence__lte=edition.sequence).exclude(change_note="")
        return list(noted.order_by("-sequence").only("change_note", "public_from", "sequence", "statement"))

    def superseded_editions(self, at: datetime) -> list[Edition]:
        """Return the texts that another replaced by the aware instant `at` and that may still be read, newest first."""
        old = Edition.objects.superseded(at).filter(statement=self).order_by("-sequence")
        return list(old.only("sequence", "language", "public_from", "public_until", "statement"))

    def removed_edition(self, at: datetime) -> Edition | None:
        """Return the edition whose interval ended with a removal, for its reason; None while one is visible."""
        last = Edition.objects.begun(at).filter(statement=self).order_by("-public_from").first()
        return None if last is None or last.is_visible(at) else last

    def addresses_by_language(self, at: datetime) -> dict[str, str]:
        """Return the addresses of this statement and of its translations that are visible at the aware instant `at`."""
        original = self.translation_of_id or self.pk
        # First the few statements, by themselves: no index serves an OR over two tables, nor a subquery on SQLite.
        statements = Statement.objects.filter(Q(pk=original) | Q(translation_of=original)).values_list("pk", flat=True)
        group = Edition.objects.visible(at).filter(statement__in=list(statements))
        return {
            edition.language: edition.get_absolute_url() for edition in group.select_related("statement").defer("body")
        }

    def standing(self, at: datetime) -> Standing[Edition]:
        """Return what the statement is at the aware instant `at`; one query, none where editions are prefetched."""
        return standing(self.editions.all(), at)
