"""Counters: a named date and the number of days that have passed since."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from counters import elapsed
from embassy import moment
from embassy.labels import LabelField, free_slug, label
from embassy.version import PublicModel, PublicQuerySet


class CounterQuerySet(PublicQuerySet["Counter"]):
    """The words in which the site asks for counters."""

    def shown(self, at: datetime) -> Self:
        """Return the counters that the header shows at the aware instant `at`."""
        home = moment.local(at, moment.home_zone()).date()
        return self.filter(
            Q(shown_from__isnull=True) | Q(shown_from__lte=at),
            Q(shown_until__isnull=True) | Q(shown_until__gt=at),
            date__lte=home,
        )


@dataclass(frozen=True)
class Count:
    """What a counter says on one home date: what a text needs to print its number and a page to keep it right."""

    days: int
    since: date
    ended_on: date | None
    has_ended: bool

    def __str__(self) -> str:
        return str(self.days)


class Counter(PublicModel):
    """An incident date with a name and a remark: “N days have passed since NAME - REMARK”."""

    name = LabelField(
        _("name"),
        help_text=_(
            "What happened, as it reads after “N days have passed since …”. "
            "In Russian: as it reads after «N дней прошло с момента …» (genitive case)."
        ),
    )
    slug = models.SlugField(
        _("short name"),
        max_length=60,
        unique=True,
        blank=True,
        help_text=_(
            "For texts: {days:short-name} prints the number. Made from the name where empty; it never changes."
        ),
    )
    date = models.DateField(_("date"), help_text=_("The day it happened, in the home calendar. That day counts as 0."))
    remark = LabelField(_("remark"), blank=True, default="", help_text=_("Printed after the sentence and a dash."))
    position = models.PositiveSmallIntegerField(_("position"), default=0, help_text=_("The lowest comes first."))
    shown_from = models.DateTimeField(
        _("shown from"), null=True, blank=True, help_text=_("A whole minute, home time. Empty: at once.")
    )
    shown_until = models.DateTimeField(
        _("shown until"), null=True, blank=True, help_text=_("A whole minute, home time. Empty: with no end.")
    )
    ended_on = models.DateField(
        _("ended on"),
        null=True,
        blank=True,
        help_text=_("From this day on the number stands still, and the sentence says so."),
    )

    objects = CounterQuerySet.as_manager()

    class Meta:
        verbose_name = _("counter")
        verbose_name_plural = _("counters")
        ordering = ("position", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(shown_from__isnull=True) | Q(shown_until__isnull=True) | Q(shown_from__lt=F("shown_until")),
                name="counter_shown_in_order",
                violation_error_message=_("“Shown until” must come after “shown from”."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("date")),
                name="counter_ends_after_its_date",
                violation_error_message=_("A count cannot end before its date."),
            ),
        ]

    def __str__(self) -> str:
        return str(label(self.name))

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the counter, with a short name made from its name where none was given."""
        self.name = label(self.name)
        if not self.slug:
            taken = Counter.objects.exclude(pk=self.pk).values_list("slug", flat=True)
            self.slug = free_slug(self.name, taken, otherwise="counter")
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Refuse a date that has not come yet in the home zone, and times that are no whole minutes."""
        day: date | None = self.date  # a form that was refused leaves it empty
        if day and day > moment.today():
            raise ValidationError(
                {"date": _("This day has not come yet: days are counted from a day that has begun in the home zone.")},
            )
        for name in ("shown_from", "shown_until"):
            value = getattr(self, name)
            if value and not moment.is_reachable(value):
                raise ValidationError({name: _("That year is out of reach.")})
            if value and not moment.is_whole_minute(value):
                raise ValidationError({name: _("Choose a whole minute.")})

    def count(self, at: datetime) -> Count:
        """Return the number of days at the aware instant `at`, by the home calendar."""
        today = moment.local(at, moment.home_zone()).date()
        return Count(
            elapsed.days(self.date, today, self.ended_on),
            self.date,
            self.ended_on,
            elapsed.has_ended(today, self.ended_on),
        )

    def sentence(self, at: datetime) -> str:
        """Return the banner's sentence in the active language, the number included."""
        count = self.count(at)
        return self.phrase(count.days, has_ended=count.has_ended).replace("{days}", str(count.days), 1)

    def phrase(self, days: int, *, has_ended: bool) -> str:
        """Return the sentence for a number of days, with `{days}` in the number's place (day 0 has none)."""
        names = {"name": str(label(self.name)), "day": moment.day_in_words(self.ended_on) if self.ended_on else ""}
        if has_ended:
            text = ngettext(
                "{days} day had passed since %(name)s when the count ended on %(day)s",
                "{days} days had passed since %(name)s when the count ended on %(day)s",
                days,
            )
        elif days == 0:
            text = gettext("Less than a day has passed since %(name)s")
        else:
            text = ngettext("{days} day has passed since %(name)s", "{days} days have passed since %(name)s", days)
        sentence = text % names
        remark = str(label(self.remark))
        return f"{sentence} - {remark}" if remark else sentence


def days_by_slug(at: datetime) -> Mapping[str, Count]:
    """Return every counter's number at the aware instant `at`, by short name, for {days:…} in texts."""
    return {counter.slug: counter.count(at) for counter in Counter.objects.all()}
