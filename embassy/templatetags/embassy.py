"""What every page shows of the mission: header, language switch."""

from typing import Any, NamedTuple

from django import template
from django.conf import settings
from django.template import Context
from django.urls import translate_url

from embassy import hours, mission, moment
from embassy.look import chosen, emblem
from embassy.look.house import FONTS
from embassy.models import ContactLine, PressContact
from embassy.zoned import in_every_clock

register = template.Library()


class Alternate(NamedTuple):
    """The same page in another language: its code, the language's own name, the address."""

    code: str
    name: str
    url: str


@register.inclusion_tag("embassy/_header.html")
def site_header() -> dict[str, Any]:
    """Print the mission's emblem and name, the home date, the clocks and the contact lines."""
    at = moment.now()
    clocks = [(clock, moment.clock_face(at, clock.zone)) for clock in moment.clocks()]
    return {
        "mission": mission.known(),
        "emblem": emblem.shown(mission.known()),
        "at": at,
        "home_zone": moment.home_zone().key,
        "today": moment.today(),
        "clocks": clocks,
        "contact_lines": ContactLine.objects.in_order(),
    }


@register.inclusion_tag("embassy/_look.html")
def look() -> dict[str, Any]:
    """Print what the head needs of the mission's look: its typeface early and, where it has its own, its colours."""
    chosen_look = chosen.of(mission.known())
    return {"look": chosen_look, "fonts": FONTS[chosen_look.face]}


@register.inclusion_tag("embassy/_press_contacts.html")
def press_contacts(*, is_press_page: bool = False) -> dict[str, Any]:
    """Print whom journalists ask; elsewhere than on the press page, with a link to it."""
    return {"contacts": PressContact.objects.in_order(), "is_press_page": is_press_page}


@register.inclusion_tag("embassy/_press_hours.html")
def press_hours() -> dict[str, Any]:
    """Print when the press office answers, on every clock."""
    return {"hours": hours.at(moment.now())}


@register.filter
def in_words(day: Any) -> str:
    """Print a date as the header does: `26 October 2021`."""
    return moment.day_in_words(day)


@register.filter
def on_every_clock(instant: Any) -> str:
    """Print an aware instant on every clock of the header: `25 Oct 09:00 London / 11:00 Moscow`."""
    return in_every_clock(instant)


@register.simple_tag
def mission_name() -> str:
    """Print the mission's name, for titles."""
    return mission.name()


@register.simple_tag(takes_context=True)
def language_links(context: Context) -> list[Alternate]:
    """Return the page in each language; a view that knows better (a statement) gives `alternates`."""
    own = context.get("alternates")
    if own is not None:
        return [Alternate(code, name, own[code]) for code, name in settings.LANGUAGES if code in own]
    path = context["request"].path
    return [Alternate(code, name, translate_url(path, code)) for code, name in settings.LANGUAGES]


@register.simple_tag(takes_context=True)
def absolute(context: Context, path: str) -> str:
    """Return the path with scheme and host."""
    return str(context["request"].build_absolute_uri(path))
