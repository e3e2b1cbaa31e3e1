"""Days that have passed since a date."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CountersConfig(AppConfig):
    """Days that have passed since a date."""

    name = "counters"
    verbose_name = _("Counters")
