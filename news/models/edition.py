"""One text of a statement, valid on an interval of time."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Exists, F, Max, Min, OuterRef, Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from modelsearch.index import Indexed

from embassy import moment
from news import addresses, states, texttokens
from news.models.category import Category
from news.models.kept import KeptModel, KeptQuerySet
from news.models.limits import LONGEST_BODY, LONGEST_SUMMARY, LONGEST_TITLE, validate_statement_date
from news.states import WRITING, State

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager

    from news.models.comment import Comment
    from news.models.use import Use


class EditionQuerySet(KeptQuerySet["Edition"]):
    """The language of the domain: what is public, and when. Views never filter on state or time themselves."""

    def begun(self, at: datetime) -> Self:
        """Return the editions whose time has come by the aware instant `at`, over or not."""
        return self.filter(state=State.APPROVED, public_from__lte=at)

    def visible(self, at: datetime) -> Self:
        """Return the editions that can be read at the aware instant `at`, withdrawn ones included."""
        return self.begun(at).filter(Q(public_until__isnull=True) | Q(public_until__gt=at))

    def listed(self, at: datetime) -> Self:
        """Return the editions that lists, feeds and search show at the aware instant `at`."""
        return self.visible(at).filter(withdrawal_notice="")

    def scheduled(self, at: datetime) -> Self:
        """Return the approved editions whose time has not come at the aware instant `at`."""
        return self.filter(state=State.APPROVED, public_from__gt=at)

    def drafts(self) -> Self:
        """Return the editions that nobody has approved yet: of each statement at most one."""
        return self.filter(state__in=WRITING)

    def awaiting_approval(self) -> Self:
        """Return the editions that are submitted."""
        return self.filter(state=State.SUBMITTED)

    def awaiting_review(self) -> Self:
        """Return the editions that one person forced, and that nobody else has looked at since."""
        return self.filter(reviewed_at__isnull=True).exclude(forced_reason="")

    def superseded(self, at: datetime) -> Self:
        """Return the texts that a later edition replaced by the aware instant `at` and that may still be read.

        What was removed stays closed for good, and so does every text before it; while the statement cannot be read,
        its old texts cannot either.
        """
        return self.begun(at).filter(self._superseded(at))

    def readable(self, at: datetime) -> Self:
        """Return the editions whose text has an address at the aware instant `at`: visible, or superseded by one."""
        is_open = Q(public_until__isnull=True) | Q(public_until__gt=at)
        return self.begun(at).filter(is_open | self._superseded(at))

    def _superseded(self, at: datetime) -> Q:
        own = Edition.objects.filter(statement=OuterRef("statement"))
        closed = own.filter(sequence__gte=OuterRef("sequence"), public_until__lte=at).exclude(removal_reason="")
        return Q(Exists(own.visible(at)), ~Exists(closed), public_until__lte=at)

    def featured(self, at: datetime) -> Self:
        """Return the listed editions that staff asked to feature beyond the aware instant `at`."""
        return self.listed(at).filter(featured_until__gt=at)

    def unchanged_around(self, at: datetime) -> tuple[datetime, datetime]:
        """Return the span around the aware instant `at` in which no approved edition begins or ends."""
        edges = self.filter(state=State.APPROVED).aggregate(
            begun=Max("public_from", filter=Q(public_from__lte=at)),
            ended=Max("public_until", filter=Q(public_until__lte=at)),
            begins=Min("public_from", filter=Q(public_from__gt=at)),
            ends=Min("public_until", filter=Q(public_until__gt=at)),
        )
        past = [edge for edge in (edges["begun"], edges["ended"]) if edge]
        future = [edge for edge in (edges["begins"], edges["ends"]) if edge]
        return max(past, default=moment.EARLIEST), min(future, default=moment.LATEST)

    def last_told_first(self) -> Self:
        """Return the editions by when readers were told of them, the newest first: the order of feeds."""
        return self.order_by("-announced_at", "-statement_id")

    def newest_first(self) -> Self:
        """Return the editions by statement date, the newest first; of one day the one begun last."""
        return self.order_by("-date", "-statement_id")

    def older_than(self, edition: "Edition") -> Self:
        """Return what comes after `edition` in `newest_first`: a position that no new statement shifts."""
        return self.filter(
            Q(date__lt=edition.date) | Q(date=edition.date, statement_id__lt=edition.statement_id),
            date__lte=edition.date,
        )

    def with_names(self) -> Self:
        """Return the editions with what a list prints of them, in the same query, and without their bodies."""
        return self.select_related("statement", "category").defer("body", "change_note", "removal_reason")


class Edition(Indexed, KeptModel):  # type: ignore[misc]
    """One text of a statement, with who wrote it, who approved it, and when the public can read it."""

    statement = models.ForeignKey(
        "news.Statement", on_delete=models.PROTECT, related_name="editions", verbose_name=_("statement")
    )
    # The statement's language once more: without it no index leads straight to the newest ten of one language.
    language = models.CharField(max_length=12, editable=False)
    sequence = models.PositiveIntegerField(
        _("edition"), null=True, blank=True, editable=False, help_text=_("Given when the edition is approved.")
    )
    title = models.CharField(_("title"), max_length=LONGEST_TITLE)
    summary = models.TextField(
        _("summary"),
        blank=True,
        default="",
        validators=[MaxLengthValidator(LONGEST_SUMMARY)],
        help_text=_("Printed under the title in lists. {days:short-name} prints a counter’s number."),
    )
    body = models.TextField(_("text"), blank=True, default="", validators=[MaxLengthValidator(LONGEST_BODY)])
    date = models.DateField(
        _("statement date"),
        validators=[validate_statement_date],
        help_text=_("The date printed with the statement; it may lie in the past."),
    )
    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, null=True, blank=True, related_name="editions", verbose_name=_("category")
    )
    picture = models.ForeignKey(
        "news.Picture", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    # What the text that it translates was when its words were last held against it (that text's `changed_at`).
    follows_as_of = models.DateTimeField(null=True, editable=False)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.DRAFT, editable=False)
    public_from = models.DateTimeField(_("public from"), null=True, blank=True)
    public_from_zone = models.CharField(max_length=64, blank=True, default="", editable=False)
    public_until = models.DateTimeField(_("public until"), null=True, blank=True, editable=False)
    # When readers are told of these words: where they begin; of a minor edition, where the one before it was told.
    announced_at = models.DateTimeField(null=True, editable=False)
    # Whether the register of digests has its line already: one that is to come gets it once it has begun.
    is_registered = models.BooleanField(default=False, editable=False)
    featured_until = models.DateTimeField(
        _("featured until"), null=True, blank=True, help_text=_("The home page leads with it until then.")
    )
    change_note = models.TextField(
        _("change note"),
        blank=True,
        default="",
        validators=[MaxLengthValidator(LONGEST_SUMMARY)],
        help_text=_("The public sentence that says what this edition changes."),
    )
    minor = models.BooleanField(
        _("minor change"), default=False, help_text=_("A slip of the pen: no change note, and nobody is told.")
    )
    withdrawal_notice = models.TextField(_("withdrawal notice"), blank=True, default="", editable=False)
    removal_reason = models.TextField(_("reason of removal"), blank=True, default="", editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    changed_at = models.DateTimeField(_("last changed"), editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, editable=False)
    # Why one person alone approved it; marked until another one has looked at it.
    forced_reason = models.TextField(blank=True, default="", editable=False)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True, editable=False)

    if TYPE_CHECKING:
        comments: RelatedManager[Comment]
        uses: RelatedManager[Use]

    objects = EditionQuerySet.as_manager()
    # `news.search.indexing` puts editions into the index: drafts are none of its business.
    search_auto_update = False

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        # Rights are given on statements: an edition is never handled by itself.
        default_permissions = ()
        indexes = [
            # Equal on state and language, then in the order of the page: the newest ten cost the same for ever.
            models.Index(fields=["state", "language", "-date", "-statement"], name="edition_newest_first"),
            models.Index(fields=["state", "category", "language", "-date", "-statement"], name="edition_by_category"),
            # Led by the instant alone: without statistics SQLite would take (state, public_from) for lists.
            models.Index(fields=["public_from"], name="edition_by_start"),
            models.Index(fields=["state", "language", "-announced_at", "-statement"], name="edition_by_announcement"),
            models.Index(
                fields=["state", "category", "language", "-announced_at", "-statement"], name="edition_announced_in"
            ),
            # The state is a column of it, not in its condition: SQLite knows no parameter's value when it plans, so a
            # condition with one never matches.
            models.Index(fields=["state", "public_from"], name="edition_to_register", condition=Q(is_registered=False)),
            models.Index(
                fields=["state", "language", "featured_until"],
                name="edition_featured",
                condition=Q(featured_until__isnull=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["statement", "sequence"], name="one_sequence_per_statement"),
            models.UniqueConstraint(
                fields=["statement"],
                condition=Q(state=State.APPROVED, public_until__isnull=True),
                name="one_open_interval_per_statement",
            ),
            models.UniqueConstraint(
                fields=["statement"], condition=Q(state__in=WRITING), name="one_draft_per_statement"
            ),
            models.CheckConstraint(
                condition=Q(public_until__isnull=True) | Q(public_from__lt=F("public_until")),
                name="interval_in_order",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=State.APPROVED,
                    public_from__isnull=False,
                    sequence__isnull=False,
                    approved_at__isnull=False,
                    announced_at__isnull=False,
                )
                | Q(
                    state__in=WRITING,
                    public_until__isnull=True,
                    sequence__isnull=True,
                    approved_at__isnull=True,
                    announced_at__isnull=True,
                    approved_by__isnull=True,
                    withdrawal_notice="",
                    forced_reason="",
                ),
                name="approval_says_when_and_which",
            ),
            models.CheckConstraint(
                condition=Q(removal_reason="") | Q(public_until__isnull=False), name="removal_ends_the_interval"
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True, reviewed_at__isnull=True)
                | (Q(reviewed_by__isnull=False, reviewed_at__isnull=False) & ~Q(forced_reason="")),
                name="review_says_who_and_when",
            ),
            # A withdrawal keeps the words, and is one person's to decide: it cannot wait.
            models.CheckConstraint(
                condition=~Q(approved_by=F("author")) | ~Q(forced_reason="") | ~Q(withdrawal_notice=""),
                name="four_eyes",
            ),
            models.CheckConstraint(condition=Q(minor=False) | Q(change_note=""), name="minor_has_no_note"),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the edition with its statement's language."""
        self.language = self.statement.language
        super().save(*args, **kwargs)

    def is_visible(self, at: datetime) -> bool:
        """Tell whether the edition can be read at the aware instant `at`: the same answer as the query's."""
        return states.is_visible(self, at)

    def is_listed(self, at: datetime) -> bool:
        """Tell whether lists show the edition at the aware instant `at`: the same answer as the query's."""
        return states.is_listed(self, at)

    def is_scheduled(self, at: datetime) -> bool:
        """Tell whether the edition is approved and still to come at `at`: the same answer as the query's."""
        return states.is_scheduled(self, at)

    @property
    def slug(self) -> str:
        """The readable part of the address, made from the title."""
        return addresses.slug(self.title)

    def get_absolute_url(self) -> str:
        """Return the statement's address, in the language of the statement."""
        with translation.override(self.language):
            return reverse("news:statement", args=[self.statement.number, self.slug])

    def get_edition_url(self) -> str:
        """Return the address at which this very text stays once another has replaced it."""
        with translation.override(self.language):
            return reverse("news:edition", args=[self.statement.number, self.sequence])


def is_counter_used(slug: str) -> bool:
    """Tell whether any text, public or not, prints the number of the counter `slug`."""
    token = texttokens.token(slug)
    return Edition.objects.filter(
        Q(title__contains=token) | Q(summary__contains=token) | Q(body__contains=token)
    ).exists()


def newest(editions: "Iterable[Edition]") -> "Edition | None":
    """Return the edition that was written last."""
    return max(editions, key=lambda edition: edition.pk, default=None)
