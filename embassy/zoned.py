"""Instants as staff type and read them: a day and a minute on the wall of a named city."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms.widgets import Script
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from embassy import moment
from embassy.models import validate_zone


@dataclass(frozen=True)
class ZonedInstant:
    """An instant (aware, UTC) and the IANA zone in which it was typed. No tuple: a widget takes those for its parts."""

    instant: datetime
    zone: str


def zone_choices() -> list[tuple[str, str]]:
    """Return the zones of the header's clocks with their labels, each once; the setting's where there is no clock."""
    choices: dict[str, str] = {}
    for clock in moment.clocks():
        choices.setdefault(clock.zone, str(clock))
    return list(choices.items()) or [(settings.TIME_ZONE, settings.TIME_ZONE)]


def in_every_clock(instant: datetime, first: str = "") -> str:
    """Return the aware instant on every clock of the header: `25 Oct 09:00 London / 11:00 Moscow`.

    The zone `first`, in which it was typed, comes first; a clock with another date names it.
    """
    parts, day = [], None
    for zone, label in sorted(zone_choices(), key=lambda choice: choice[0] != first):
        wall = moment.local(instant, zone)
        date_part = "" if wall.date() == day else _short_day(wall.date())
        day = wall.date()
        parts.append(f"{date_part}{moment.clock_face(instant, zone)} {label}")
    return " / ".join(parts)


def in_home_time(instant: datetime) -> str:
    """Return the aware instant as the home calendar and clock show it: `26 October 2021, 00:41 (Moscow)`."""
    zone, city = zone_choices()[0]
    day = moment.local(instant, zone).date()
    return f"{moment.day_in_words(day)}, {moment.clock_face(instant, zone)} ({city})"


def _short_day(day: date) -> str:
    # Translators: both are a day and its short month in the letters of Django's date format.
    form = _("j M") if day.year == moment.today().year else _("j M Y")
    return date_format(day, str(form)) + " "


def how_far(instant: datetime) -> str:
    """Return how far off the aware instant is, counted from the minute that the clocks show now: “in 3 h 20 min”."""
    passed = moment.now().replace(second=0, microsecond=0) - instant.replace(second=0, microsecond=0)
    if not passed:
        return gettext("this minute")
    if passed < timedelta(0):
        return gettext("in %(span)s") % {"span": _span(-passed)}
    return gettext("%(span)s ago") % {"span": _span(passed)}


def _span(span: timedelta) -> str:
    hours, minutes = divmod(span.seconds // 60, 60)
    names = {
        "days": ngettext("%(days)d day", "%(days)d days", span.days) % {"days": span.days},
        # Translators: h and min stand for hours and minutes, abbreviated.
        "hours": gettext("%(hours)d h") % {"hours": hours},
        "minutes": gettext("%(minutes)d min") % {"minutes": minutes},
    }
    if span.days:
        # Of a fortnight nobody counts the hours.
        return gettext("%(days)s %(hours)s") % names if hours and span.days < 14 else names["days"]
    if hours and minutes:
        return gettext("%(hours)s %(minutes)s") % names
    return names["hours"] if hours else names["minutes"]


@dataclass(frozen=True)
class Reading:
    """What a form says of what was typed: the instant in words, or why it is none, or which two it could be."""

    words: str = ""
    problem: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    chosen: str = ""


def read(typed: Sequence[Any], *, is_future: bool = False) -> Reading:
    """Return what the form says of a day, a time, a zone and the answer to “which of the two?”, as they were typed.

    The words are those of every clock and how far off it is; where `is_future`, also that the past is refused.
    """
    choices = _choices(typed)
    try:
        found = ZonedMinuteField().clean(list(typed))
    except ValidationError as error:
        # Half a time is no mistake while the other half is being typed.
        return Reading(
            problem="" if getattr(error, "code", "") == "incomplete" else " ".join(error.messages), choices=choices
        )
    if found is None:
        return Reading()
    names = {"everywhere": in_every_clock(found.instant, found.zone), "far": how_far(found.instant)}
    words = gettext("%(everywhere)s, %(far)s") % names
    if is_future and found.instant <= moment.now():
        words = gettext("%(everywhere)s, %(far)s: that time has passed, choose a later one.") % names
    return Reading(words, choices=choices, chosen=found.instant.isoformat() if choices else "")


def _choices(typed: Sequence[Any]) -> tuple[tuple[str, str], ...]:
    """Return the two instants that were typed where the clock shows the time twice, each with its words."""
    try:
        # Whatever was answered does not count: what else could it be?
        ZonedMinuteField().clean([*typed[:3], ""])
    except ValidationError as error:
        return tuple(getattr(error, "choices", ()))
    return ()


def _two_choices(instants: Sequence[datetime], zone: str) -> list[tuple[str, str]]:
    forms = (
        # Translators: name is that of the zone's time, such as BST.
        gettext("the first %(time)s (%(name)s): %(everywhere)s"),
        gettext("the second %(time)s (%(name)s): %(everywhere)s"),
    )
    return [
        (
            instant.isoformat(),
            form
            % {
                "time": moment.clock_face(instant, zone),
                "name": moment.local(instant, zone).tzname(),
                "everywhere": in_every_clock(instant, zone),
            },
        )
        for form, instant in zip(forms, instants, strict=True)
    ]


class DayInput(forms.DateInput):
    """A day, with the browser's own calendar. The stock admin's counts from the server's clock, not from a city's."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs={"type": "date"} | (attrs or {}), format="%Y-%m-%d")


class ZonedMinuteWidget(forms.MultiWidget):
    """A day, a time and the city whose clock it is; and which of the two is meant, where that clock shows it twice."""

    template_name = "admin/widgets/zoned_minute.html"
    is_future = False

    class Media:
        js = (Script("js/instants.js", type="module"),)

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        widgets: dict[str, forms.Widget | type[forms.Widget]] = {
            "day": DayInput({"aria-label": _("day")}),
            "time": forms.TimeInput(attrs={"type": "time", "aria-label": _("time")}, format="%H:%M"),
            "zone": forms.Select(attrs={"aria-label": _("city")}),
            "which": forms.TextInput(),  # the template asks the question, and only where there is one
        }
        super().__init__(widgets, attrs)

    def decompress(self, value: Any) -> list[Any]:
        """Split an instant for the inputs."""
        if isinstance(value, datetime):
            value = ZonedInstant(value, "")
        if not isinstance(value, ZonedInstant):
            return [None, None, moment.home_zone().key, ""]
        zone = value.zone or moment.home_zone().key
        wall = moment.local(value.instant, zone)
        typed = [wall.date(), wall.time(), zone]
        return [*typed, value.instant.isoformat() if _choices(typed) else ""]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Name the cities, print what the instant is in each of them, and ask which one is meant."""
        typed = list(value) if isinstance(value, list | tuple) else self.decompress(value)
        choices = zone_choices()
        if _is_zone(typed[2]) and typed[2] not in dict(choices):
            # The clock in which it was typed is gone from the header; the time still is what it was.
            choices.append((typed[2], typed[2]))
        self.widgets[2].choices = choices  # type: ignore[attr-defined]
        context = super().get_context(name, typed, attrs)
        return context | {"reading": read(typed, is_future=self.is_future), "is_future": self.is_future}


def _is_zone(name: Any) -> bool:
    try:
        validate_zone(name)
    except ValidationError:
        return False
    return True


class ZonedMinuteField(forms.MultiValueField):
    """A whole minute typed on a city's clock; its value is a ZonedInstant, or None where nothing was typed.

    With `is_future` the words beside it say that a time that has passed is refused; who refuses it is the form.
    """

    widget = ZonedMinuteWidget
    default_error_messages = {
        "incomplete": _("Give both the day and the time, or neither."),
        "year": _("That year is out of reach. Leave the field empty where there is no end."),
    }

    def __init__(self, *, is_future: bool = False, **kwargs: Any) -> None:
        fields = (
            forms.DateField(required=False),
            forms.TimeField(required=False, input_formats=["%H:%M", "%H.%M"]),
            forms.CharField(required=False, max_length=64),
            forms.CharField(required=False, max_length=64),
        )
        super().__init__(fields, **{"require_all_fields": False, "required": False} | kwargs)
        self.widget.is_future = is_future

    def clean(self, value: Any) -> ZonedInstant | None:
        """Refuse half a time; a city alone counts as nothing."""
        if isinstance(value, list | tuple) and not any(value[:2]):
            value = []
        found: ZonedInstant | None = super().clean(value)
        return found

    def compress(self, data_list: Any) -> ZonedInstant | None:
        """Return the instant; refuse a time that the city's clocks skip, and ask which where they show it twice."""
        if not data_list:
            return None
        day: date | None
        minute: time | None
        day, minute, zone, which = (*data_list, "")[:4]
        if day is None or minute is None:
            raise ValidationError(self.error_messages["incomplete"], code="incomplete")
        validate_zone(zone)
        try:
            instant = _instant(datetime.combine(day, minute), zone, which)
            if not moment.is_reachable(instant):
                raise OverflowError  # noqa: TRY301  the same answer as where the sum itself fails
            return ZonedInstant(instant, zone)
        except OverflowError as error:
            raise ValidationError(self.error_messages["year"], code="year") from error
        except ValueError as error:
            refusal = ValidationError(str(error), code="wall")
            if isinstance(error, moment.RepeatedTime):
                refusal.choices = _two_choices(error.instants, zone)  # type: ignore[attr-defined]
            raise refusal from error

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare as typed: the widget splits the instant."""
        typed = ZonedMinuteWidget().decompress(initial) if initial else [None, None, None, ""]
        return super().has_changed(typed, data)


def _instant(wall: datetime, zone: str, which: str) -> datetime:
    try:
        return moment.from_wall(wall, zone)
    except moment.RepeatedTime as error:
        # The answer is one of the two instants themselves: one that was given to another question answers nothing.
        for fold, instant in enumerate(error.instants):
            if which == instant.isoformat():
                return moment.from_wall(wall, zone, fold=fold)
        raise
