"""The situation of a statement, in the words of the newsroom."""

from datetime import datetime
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from embassy.zoned import in_every_clock
from news.models import Edition
from news.states import Situation, Standing, State

NEXT = {
    State.DRAFT: gettext_lazy("next edition in draft"),
    State.SUBMITTED: gettext_lazy("next edition submitted"),
    State.RETURNED: gettext_lazy("next edition returned"),
}


def in_words(standing: Standing[Edition]) -> str:
    """Return “Draft”, “Scheduled 25 Oct 09:00 London / 11:00 Moscow”, “Live, next edition scheduled …” and so on."""
    parts = [str(Situation(standing.situation).label)]
    scheduled, draft = standing.scheduled, standing.draft
    if draft and standing.situation == Situation.DRAFT:
        parts = [str(State(draft.state).label)]
    if standing.situation == Situation.SCHEDULED and scheduled:
        parts = [_("Scheduled %(when)s") % {"when": when(scheduled)}]
    elif scheduled:
        parts.append(_("next edition scheduled %(when)s") % {"when": when(scheduled)})
    if draft and standing.situation != Situation.DRAFT:
        parts.append(str(NEXT[State(draft.state)]))
    return ", ".join(parts)


def badge(kind: str, label: Any) -> SafeString:
    """Return a state as a badge: the word says it; the shape and the frame of its kind are newsroom.css's."""
    return format_html('<span class="state {}">{}</span>', kind, label)


def badges(standing: Standing[Edition]) -> SafeString:
    """Return what `in_words` says, each state as a badge with its time beside it."""
    scheduled, draft = standing.scheduled, standing.draft
    found: list[tuple[Any, str]] = []
    if draft and standing.situation == Situation.DRAFT:
        found.append((badge(draft.state, State(draft.state).label), ""))
    elif scheduled and standing.situation == Situation.SCHEDULED:
        found.append((badge("scheduled", Situation.SCHEDULED.label), f" {when(scheduled)}"))
    else:
        found.append((badge(standing.situation, Situation(standing.situation).label), ""))
    if scheduled and standing.situation != Situation.SCHEDULED:
        found.append((badge("scheduled next", _("next edition scheduled")), f" {when(scheduled)}"))
    if draft and standing.situation != Situation.DRAFT:
        found.append((badge(f"{draft.state} next", NEXT[State(draft.state)]), ""))
    # Whoever hears the page hears where one state ends.
    return format_html_join(format_html('<span class="visually-hidden">{}</span> ', ","), "{}{}", found)


def time_that_matters(standing: Standing[Edition]) -> str:
    """Return since when it is what it is, or when its writer wants it public, on every clock; or nothing."""
    visible, draft = standing.visible, standing.draft
    if visible:
        return _("since %(when)s") % {"when": when(visible)}
    if draft and draft.public_from:
        return _("to be public %(when)s") % {"when": when(draft)}
    return ""


def who(user: Any) -> str:
    """Return the name of whoever did something; what nobody did, a command did."""
    return user.get_full_name() or user.get_username() if user else _("a command")


def when(edition: Edition) -> str:
    """Return the instant from which the edition is public, on every clock, the one in which it was typed first."""
    instant: datetime | None = edition.public_from
    return in_every_clock(instant, edition.public_from_zone) if instant else ""
