"""Instants as staff type and read them: a day and a minute on the wall of a named city."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
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


def _short_day(day: date) -> str:
    # Translators: both are a day and its short month in the letters of Django's date format.
    form = _("j M") if day.year == moment.today().year else _("j M Y")
    return date_format(day, str(form)) + " "


class DayInput(forms.DateInput):
    """A day, with the browser's own calendar. The stock admin's counts from the server's clock, not from a city's."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs={"type": "date"} | (attrs or {}), format="%Y-%m-%d")


class ZonedMinuteWidget(forms.MultiWidget):
    """A day, a time and the city whose clock it is."""

    template_name = "admin/widgets/zoned_minute.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        widgets: dict[str, forms.Widget | type[forms.Widget]] = {
            "day": DayInput({"aria-label": _("day")}),
            "time": forms.TimeInput(attrs={"type": "time", "aria-label": _("time")}, format="%H:%M"),
            "zone": forms.Select(attrs={"aria-label": _("city")}),
        }
        super().__init__(widgets, attrs)

    def decompress(self, value: Any) -> list[Any]:
        """Split an instant for the three inputs."""
        if isinstance(value, datetime):
            value = ZonedInstant(value, "")
        if not isinstance(value, ZonedInstant):
            return [None, None, moment.home_zone().key]
        zone = value.zone or moment.home_zone().key
        wall = moment.local(value.instant, zone)
        return [wall.date(), wall.time(), zone]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Name the cities, and print what the instant is in each of them."""
        choices = zone_choices()
        if isinstance(value, ZonedInstant) and value.zone and value.zone not in dict(choices):
            # The clock in which it was typed is gone from the header; the time still is what it was.
            choices.append((value.zone, value.zone))
        self.widgets[2].choices = choices  # type: ignore[attr-defined]
        context = super().get_context(name, value, attrs)
        instant = value.instant if isinstance(value, ZonedInstant) else value if isinstance(value, datetime) else None
        context["everywhere"] = in_every_clock(instant) if instant else ""
        return context


class ZonedMinuteField(forms.MultiValueField):
    """A whole minute typed on a city's clock; its value is a ZonedInstant, or None where nothing was typed."""

    widget = ZonedMinuteWidget
    default_error_messages = {
        "incomplete": _("Give both the day and the time, or neither."),
        "year": _("That year is out of reach. Leave the field empty where there is no end."),
    }

    def __init__(self, **kwargs: Any) -> None:
        fields = (
            forms.DateField(required=False),
            forms.TimeField(required=False, input_formats=["%H:%M", "%H.%M"]),
            forms.CharField(required=False, max_length=64),
        )
        super().__init__(fields, **{"require_all_fields": False, "required": False} | kwargs)

    def clean(self, value: Any) -> ZonedInstant | None:
        """Refuse half a time; a city alone counts as nothing."""
        if isinstance(value, list | tuple) and not any(value[:2]):
            value = []
        found: ZonedInstant | None = super().clean(value)
        return found

    def compress(self, data_list: Any) -> ZonedInstant | None:
        """Return the instant; refuse a time that the city's clocks skip or show twice."""
        if not data_list:
            return None
        day: date | None
        minute: time | None
        day, minute, zone = data_list
        validate_zone(zone)
        if day is None or minute is None:
            raise ValidationError(self.error_messages["incomplete"], code="incomplete")
        try:
            instant = moment.from_wall(datetime.combine(day, minute), zone)
            if not moment.is_reachable(instant):
                raise OverflowError  # noqa: TRY301  the same answer as where the sum itself fails
            return ZonedInstant(instant, zone)
        except OverflowError as error:
            raise ValidationError(self.error_messages["year"], code="year") from error
        except ValueError as error:
            raise ValidationError(str(error), code="wall") from error

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare as typed: the widget splits the instant."""
        typed = ZonedMinuteWidget().decompress(initial) if initial else [None, None, None]
        return super().has_changed(typed, data)
