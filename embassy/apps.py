"""The mission itself and the wiring of the site."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EmbassyConfig(AppConfig):
    """Identity, clocks, contact lines, site version."""

    name = "embassy"
    verbose_name = _("Mission")
