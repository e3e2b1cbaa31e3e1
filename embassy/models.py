"""The mission's own data: its name, clocks, contact lines, whom the press asks and when, and the site version."""

import re
import zoneinfo
from collections.abc import Callable
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db import models
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from embassy.labels import LabelField, label
from embassy.log import LogRow
from embassy.look import chosen
from embassy.look.house import DARK, LIGHT, Face, Scheme
from embassy.version import PublicModel, PublicQuerySet, SiteVersion

__all__ = ["Clock", "ContactLine", "LogRow", "Mission", "PressContact", "PressHours", "SiteVersion", "validate_zone"]


@cache
def _zones() -> frozenset[str]:
    # Asked once: each time the whole folder of zones is read, which takes longer than all else a form does.
    return frozenset(zoneinfo.available_timezones() - {"Factory", "localtime"})  # two that are no place's


def validate_zone(name: str) -> None:
    """Refuse a name that is no IANA time zone of this machine."""
    if name not in _zones():
        raise ValidationError(
            _("“%(name)s” is no time zone. Write an IANA name such as Europe/London."),
            code="zone",
            params={"name": name},
        )


def validate_phone(value: str) -> None:
    """Refuse what nobody can dial."""
    if not re.fullmatch(r"\+?[0-9][0-9()./ \-]{2,}", value):
        raise ValidationError(_("Write a phone number such as +44 (0) 20 7946 0000."), code="phone")


def dialled(phone: str) -> str:
    """Return the link that dials the number."""
    # “(0)” is dialled only inside the country, so it has no place after an international prefix (RFC 3966).
    national = phone.replace("(0)", "") if phone.startswith("+") else phone
    return "tel:" + re.sub(r"[^+0-9]", "", national)


class MissionQuerySet(PublicQuerySet["Mission"]):
    """The words in which the site asks for its mission."""


class Mission(PublicModel):
    """The mission whose site this is: one row."""

    name = LabelField(_("name"), help_text=_("Printed at the top of every page, in each language."))
    strapline = LabelField(_("strapline"), blank=True, default="", help_text=_("A short line under the name."))
    colour = models.CharField(
        _("colour"),
        max_length=7,
        blank=True,
        default="",
        help_text=_("Of links, buttons and charts. Leave it empty for the standard one."),
    )
    colour_dark = models.CharField(
        _("colour in dark"),
        max_length=7,
        blank=True,
        default="",
        help_text=_("For visitors whose screen is set to dark. Leave it empty to have it worked out from the colour."),
    )
    face = models.CharField(
        _("typeface"), max_length=6, choices=Face, default=Face.SERIF, help_text=_("Of texts and headings.")
    )
    # The digest that names it in the storage, and its size (embassy/look/emblem.py).
    emblem = models.CharField(_("emblem"), max_length=64, blank=True, default="", editable=False)
    emblem_width = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    emblem_height = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)

    objects = MissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("mission")
        verbose_name_plural = _("mission")
        default_permissions = ("add", "change", "view")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pk=1),
                name="one_mission",
                violation_error_message=_("There is one mission already: change that one."),
            ),
            models.CheckConstraint(condition=models.Q(face__in=Face.values), name="face_is_known"),
            models.CheckConstraint(
                condition=models.Q(emblem="", emblem_width=None, emblem_height=None)
                # Said of NULL too: a check that is neither true nor false holds.
                | models.Q(emblem_width__isnull=False, emblem_height__isnull=False) & ~models.Q(emblem=""),
                name="emblem_with_its_size",
            ),
        ]

    def __str__(self) -> str:
        return str(label(self.name))

    def clean(self) -> None:
        """Refuse colours that not everybody can read, with the nearest that can be; write the others in one way."""
        refused = {}
        schemes: dict[str, Scheme] = {"colour": LIGHT, "colour_dark": DARK}
        for name, scheme in schemes.items():
            if not (typed := getattr(self, name)):
                continue
            reading = chosen.read(typed, scheme)
            if reading.is_refused:
                refused[name] = reading.words
            else:
                setattr(self, name, reading.colour)
        if refused:
            raise ValidationError(refused)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the mission as the one row that there is."""
        self.pk = 1
        super().save(*args, **kwargs)


# What a contact line's value must be, by its kind; text may be anything.
CHECKS: dict[str, Callable[[str], object]] = {
    "email": validate_email,
    "phone": validate_phone,
    "url": URLValidator(schemes=["http", "https"]),
}


class ClockQuerySet(PublicQuerySet["Clock"]):
    """The words in which the site asks for clocks."""


class Clock(PublicModel):
    """A city in the header whose time is shown. The first clock is home."""

    label = LabelField(_("label"), help_text=_("The city, as the header prints it before the time."))
    zone = models.CharField(_("time zone"), max_length=64, validators=[validate_zone])
    position = models.PositiveSmallIntegerField(
        _("position"),
        default=0,
        help_text=_("The lowest comes first. The first clock is home: its date is the site’s date."),
    )

    objects = ClockQuerySet.as_manager()

    class Meta:
        verbose_name = _("clock")
        verbose_name_plural = _("clocks")
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return str(label(self.label))


class ContactLineQuerySet(PublicQuerySet["ContactLine"]):
    """The words in which the site asks for contact lines."""


class ContactLine(PublicModel):
    """A line of the header that tells how to reach the mission."""

    class Kind(models.TextChoices):
        """What the value is, and so what it links to."""

        PHONE = "phone", _("phone")
        EMAIL = "email", _("email")
        URL = "url", _("web address")
        TEXT = "text", _("text")

    label = LabelField(
        _("label"),
        blank=True,
        default="",
        help_text=_("Printed before the value, as you type it: “Consular queries:”."),
    )
    value = models.CharField(_("value"), max_length=200)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.TEXT)
    position = models.PositiveSmallIntegerField(_("position"), default=0, help_text=_("The lowest comes first."))

    objects = ContactLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact line")
        verbose_name_plural = _("contact lines")
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return f"{label(self.label)} {self.value}".strip()

    def clean(self) -> None:
        """Refuse a value that does not fit its kind."""
        try:
            CHECKS.get(self.kind, str)(self.value)
        except ValidationError as error:
            raise ValidationError({"value": error.messages}) from error

    @property
    def href(self) -> str:
        """The link's target; empty for plain text and for a value that does not fit its kind."""
        try:
            self.clean()
        except ValidationError:
            return ""
        if self.kind == self.Kind.EMAIL:
            return f"mailto:{self.value}"
        if self.kind == self.Kind.PHONE:
            return dialled(self.value)
        return self.value if self.kind == self.Kind.URL else ""


class PressContactQuerySet(PublicQuerySet["PressContact"]):
    """The words in which the site asks for press contacts."""


class PressContact(PublicModel):
    """Whom journalists ask: a person or a desk, printed with every statement and on the press page."""

    name = LabelField(_("name"), help_text=_("A person’s name or that of a desk, as it is printed."))
    role = LabelField(
        _("role"), blank=True, default="", help_text=_("What the person does: “Press attaché”. Printed after the name.")
    )
    phone = models.CharField(_("phone"), max_length=200, blank=True, default="", validators=[validate_phone])
    email = models.EmailField(_("email"), blank=True, default="")
    languages = LabelField(
        _("languages"), blank=True, default="", help_text=_("In which languages questions are answered.")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0, help_text=_("The lowest comes first."))

    objects = PressContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("press contact")
        verbose_name_plural = _("press contacts")
        ordering = ("position", "pk")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(phone="", email=""),
                name="press_contact_can_be_reached",
                violation_error_message=_("Give a phone number, an email address, or both."),
            ),
        ]

    def __str__(self) -> str:
        return str(label(self.name))

    @property
    def tel(self) -> str:
        """The link that dials the phone number."""
        return dialled(self.phone)


class PressHoursQuerySet(PublicQuerySet["PressHours"]):
    """The words in which the site asks for press hours."""


class PressHours(PublicModel):
    """When the press office answers: some days of the week, from a time to a time, on the clock of one zone."""

    label = LabelField(_("label"), blank=True, default="", help_text=_("Whose hours these are: “Press desk”."))
    first_weekday = models.PositiveSmallIntegerField(_("first day"), choices=WEEKDAYS, default=0)
    last_weekday = models.PositiveSmallIntegerField(
        _("last day"), choices=WEEKDAYS, default=4, help_text=_("It may lie in the next week: Sunday to Thursday.")
    )
    opens = models.TimeField(_("opens"))
    closes = models.TimeField(
        _("closes"), help_text=_("A time that is not after the one of opening is one of the next day.")
    )
    zone = models.CharField(
        _("time zone"),
        max_length=64,
        validators=[validate_zone],
        help_text=_("The press page prints the hours on every clock of the header."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0, help_text=_("The lowest comes first."))

    objects = PressHoursQuerySet.as_manager()

    class Meta:
        verbose_name = _("press hours")
        verbose_name_plural = _("press hours")
        ordering = ("position", "pk")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(first_weekday__lte=6, last_weekday__lte=6), name="press_hours_on_days_of_a_week"
            ),
        ]

    def __str__(self) -> str:
        days = f"{WEEKDAYS[self.first_weekday]} – {WEEKDAYS[self.last_weekday]}"
        return f"{label(self.label)} {days}, {self.opens:%H:%M}–{self.closes:%H:%M} ({self.zone})".strip()
