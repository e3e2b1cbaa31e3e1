"""What staff see of counters."""

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from i18nfield.admin import I18nModelAdmin

from counters.models import Counter
from embassy import moment
from embassy.logged import LoggedAdmin
from embassy.zoned import DayInput, ZonedMinuteField


class CounterForm(forms.ModelForm):
    """A counter; its times are typed on a city's clock."""

    shown_from = ZonedMinuteField(label=_("Shown from"), help_text=_("Empty: at once."))
    shown_until = ZonedMinuteField(label=_("Shown until"), help_text=_("Empty: with no end."))

    class Meta:
        model = Counter
        fields = ("name", "slug", "date", "remark", "position", "shown_from", "shown_until", "ended_on")
        widgets = {"date": DayInput, "ended_on": DayInput}

    def clean_shown_from(self) -> datetime | None:
        """Return the instant that was typed."""
        return self._instant("shown_from")

    def clean_shown_until(self) -> datetime | None:
        """Return the instant that was typed."""
        return self._instant("shown_until")

    def _instant(self, name: str) -> datetime | None:
        typed = self.cleaned_data[name]
        return typed.instant if typed else None


@admin.register(Counter)
class CounterAdmin(LoggedAdmin, I18nModelAdmin):
    """The banners: what each says at this moment."""

    form = CounterForm
    list_display = ("sentence", "date", "is_shown", "slug", "position")
    list_display_links = ("sentence",)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Place a new one behind the others."""
        initial: dict[str, Any] = super().get_changeform_initial_data(request)
        return {"position": Counter.objects.next_position()} | initial

    @admin.display(description=_("what it says now"))
    def sentence(self, counter: Counter) -> str:
        """Print the sentence as the public reads it."""
        return counter.sentence(moment.now())

    @admin.display(description=_("shown now"), boolean=True)
    def is_shown(self, counter: Counter) -> bool:
        """Tell whether the header shows the counter."""
        return Counter.objects.shown(moment.now()).filter(pk=counter.pk).exists()

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:  # noqa: ARG002
        """Keep the short name of a counter that is there: texts print its number by it."""
        return ("slug",) if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Keep a counter whose number a text prints: end it or hide it instead."""
        if obj and import_string(settings.COUNTERS_IS_SLUG_USED)(obj.slug):
            return False
        return bool(super().has_delete_permission(request, obj))

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Offer no deletion of many: each has to be asked about."""
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}
