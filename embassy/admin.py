"""What staff see of the mission: its name, clocks, contact lines, whom the press asks and when."""

import zoneinfo
from datetime import datetime
from itertools import groupby
from typing import Any

import pytz
from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from i18nfield.admin import I18nModelAdmin

from embassy import moment, storing
from embassy.logged import LoggedAdmin
from embassy.look import emblem
from embassy.look.forms import MissionForm
from embassy.models import Clock, ContactLine, Mission, PressContact, PressHours

admin.site.site_title = _("Newsroom")
admin.site.site_header = _("Newsroom")
admin.site.index_title = _("Newsroom")


@admin.register(Mission)
class MissionAdmin(LoggedAdmin, I18nModelAdmin):
    """The mission: one row, its name and its look."""

    form = MissionForm

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Group the fields; show the emblem alone to whoever may only look, and its removal where there is one."""
        last: tuple[str, ...] = ("new_emblem", "remove_emblem") if obj and obj.emblem else ("new_emblem",)
        if obj and not self.has_change_permission(request, obj):
            last = ("emblem_as_it_is",)
        return (
            (_("Name"), {"fields": ("name", "strapline")}),
            (_("Look"), {"fields": ("colour", "colour_dark", "face", *last)}),
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:  # noqa: ARG002
        """Know the one field that is no field of the form."""
        return ("emblem_as_it_is",)

    @admin.display(description=_("emblem"))
    def emblem_as_it_is(self, mission: Mission) -> str:
        """Print the emblem."""
        shown = emblem.shown(mission)
        return format_html('<img src="{}" width="{}" height="{}" alt="">', *shown) if shown else "-"

    def changeform_view(self, *args: Any, **kwargs: Any) -> Any:
        """Keep no emblem of a change that was not saved."""
        with storing.all_or_nothing():
            return super().changeform_view(*args, **kwargs)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Allow the first mission only."""
        return bool(super().has_add_permission(request)) and not Mission.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        """Keep the mission: every page prints it."""
        return False


def zones_by_country(at: datetime) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return zone choices grouped by country, each with what its clocks show at the aware instant `at`.

    The countries of zones come from pytz (IANA's zone.tab); only zones that this machine can compute are offered.
    """
    known = zoneinfo.available_timezones()
    pairs = sorted(
        (pytz.country_names[country], zone)
        for country in pytz.country_timezones
        for zone in pytz.country_timezones[country]
        if zone in known
    )
    groups = [
        (country, [(zone, f"{zone} ({moment.clock_face(at, zone)})") for _country, zone in group])
        for country, group in groupby(pairs, key=lambda pair: pair[0])
    ]
    return [(str(_("No country")), [("UTC", f"UTC ({moment.clock_face(at, 'UTC')})")]), *groups]


class ZoneForm(forms.ModelForm):
    """A form with a zone picker."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = zones_by_country(moment.now())
        if self.instance.zone and self.instance.zone not in {zone for _country, zones in choices for zone, _ in zones}:
            # An old alias such as Europe/Kiev: kept as it is.
            choices.insert(0, (str(_("As it is")), [(self.instance.zone, self.instance.zone)]))
        self.fields["zone"] = forms.ChoiceField(
            label=_("Time zone"), choices=[("", "---------"), *choices], help_text=_("In brackets: the time there now.")
        )


class ClockForm(ZoneForm):
    """A clock."""

    class Meta:
        model = Clock
        fields = ("label", "zone", "position")


class PressHoursForm(ZoneForm):
    """Hours, typed with the browser's own picker of times: the stock admin's counts from the server's clock."""

    class Meta:
        model = PressHours
        fields = ("label", "first_weekday", "last_weekday", "opens", "closes", "zone", "position")
        widgets = {
            "opens": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "closes": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }


class PlacedAdmin(LoggedAdmin, I18nModelAdmin):
    """Rows that staff put in order."""

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Place a new one behind the others."""
        initial: dict[str, Any] = super().get_changeform_initial_data(request)
        return {"position": self.model.objects.next_position()} | initial


@admin.register(Clock)
class ClockAdmin(PlacedAdmin):
    """The clocks of the header."""

    form = ClockForm
    list_display = ("label", "zone", "time_there_now", "position", "is_home")

    def save_model(self, request: HttpRequest, obj: Clock, form: Any, change: bool) -> None:  # noqa: FBT001
        """Save the clock; say so where another city is home by it."""
        before = moment.home_zone()
        super().save_model(request, obj, form, change)
        if moment.home_zone() != before:
            sentence = _("Home is now %(zone)s: the date of the site and its counters follow the calendar there.")
            self.message_user(request, sentence % {"zone": moment.home_zone().key}, messages.WARNING)

    @admin.display(description=_("time there now"))
    def time_there_now(self, clock: Clock) -> str:
        """Print what the clock shows."""
        return moment.clock_face(moment.now(), clock.zone)

    @admin.display(description=_("home"), boolean=True)
    def is_home(self, clock: Clock) -> bool:
        """Tell whether the clock sets the site's date."""
        home: Clock | None = Clock.objects.in_order().first()
        return home == clock


@admin.register(ContactLine)
class ContactLineAdmin(PlacedAdmin):
    """The contact lines of the header."""

    list_display = ("__str__", "kind", "position")


@admin.register(PressContact)
class PressContactAdmin(PlacedAdmin):
    """Whom journalists ask."""

    list_display = ("__str__", "role", "phone", "email", "position")


@admin.register(PressHours)
class PressHoursAdmin(PlacedAdmin):
    """When the press office answers."""

    form = PressHoursForm
    list_display = ("__str__", "position")
