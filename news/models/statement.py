"""The permanent thing: a number, a language, an address, and its editions."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
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
        if {"number", "tag", "language"}.intersection(changes) and self.filter(number__isnull=False).exists():
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

    def behind(self) -> Self:
        """Return the translations whose original has changed since their words were held against it.

        The original's approved texts count, what is scheduled too, but no minor ones; and that it was removed. Whose
        link is older than this mark is taken to follow what was there when its own words were changed last.
        """
        own = Edition.objects.filter(statement=OuterRef("pk")).order_by(F("sequence").desc(nulls_first=True))
        followed = own.values_list(Coalesce("follows_as_of", "changed_at"))[:1]
        told = Edition.objects.filter(state=State.APPROVED, statement=OuterRef("translation_of"))
        is_removed = Q(public_until__gt=OuterRef("followed")) & ~Q(removal_reason="")
        newer = told.filter(Q(minor=False, changed_at__gt=OuterRef("followed")) | is_removed)
        translations = self.filter(translation_of__isnull=False).alias(followed=Subquery(followed))
        return translations.filter(Exists(newer))

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
    tag = models.CharField(
        max_length=500,
        unique=True,
        null=True,
        blank=True,
        editable=False,
        help_text=_("The identifier in feeds (RFC 4151): given with the register number, the same for ever."),
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
                condition=Q(number__isnull=True, tag__isnull=True) | Q(number__isnull=False, tag__isnull=False),
                name="tag_comes_with_number",
            ),
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
        kept = {"number": self.number, "tag": self.tag, "language": self.language}
        if not self._state.adding and numbered.exclude(**kept).exists():
            raise TypeError("A register number stays.")
        super().save(*args, **kwargs)

    def last_written(self) -> Edition | None:
        """Return the draft, or else the text that was approved last; no query where editions are prefetched."""
        return max(self.editions.all(), key=lambda one: (one.sequence is None, one.sequence or 0), default=None)

    def told_edition(self) -> Edition | None:
        """Return the text that was approved last and is no minor change, or was removed; no query where prefetched."""
        approved = [one for one in self.editions.all() if one.state == State.APPROVED]
        told = [one for one in approved if one.removal_reason or not one.minor]
        return max(told, key=lambda one: one.sequence or 0, default=None)

    def told_as_of(self, upto: Edition | None = None) -> datetime | None:
        """Return when its approved texts were changed or removed last, up to `upto`; no query where prefetched.

        An aware instant; minor changes do not count. None where nothing was approved that counts.
        """
        last = upto.sequence if upto else None
        approved = [one for one in self.editions.all() if one.state == State.APPROVED]
        told = [one for one in approved if last is None or (one.sequence or 0) <= last]
        instants = [one.changed_at for one in told if not one.minor]
        return max(
            instants + [one.public_until for one in told if one.removal_reason and one.public_until], default=None
        )

    @property
    def followed_as_of(self) -> datetime | None:
        """When the original's text was changed last that this translation's words were held against."""
        last = self.last_written()
        return (last.follows_as_of or last.changed_at) if last and self.translation_of_id else None

    @property
    def is_behind(self) -> bool:
        """Whether the original has changed since: the same answer as the query's."""
        told, followed = self.translation_of and self.translation_of.told_as_of(), self.followed_as_of
        return bool(told and followed and told > followed)

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
