"""The mission's name, for all that speaks in its name: pages, feeds, citations, cards. Asked once for each instant."""

from django.utils.translation import gettext as _

from embassy import moment
from embassy.models import Mission


def name() -> str:
    """Return the mission's name in the active language; a general word while nobody has entered one."""
    return str(known() or _("Embassy"))


def known() -> Mission | None:
    """Return the mission; None while nobody has entered one."""
    found: Mission | None = moment.remember("mission", Mission.objects.first)
    return found
