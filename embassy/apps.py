"""The mission itself and the wiring of the site."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EmbassyConfig(AppConfig):
    """Identity, clocks, contact lines, site version."""

    name = "embassy"
    verbose_name = _("Mission")

    def ready(self) -> None:
        """Name the verbs of the admin's own forms for the log."""
        from embassy import log
        from embassy.logged import Change

        log.name_verbs(Change)
