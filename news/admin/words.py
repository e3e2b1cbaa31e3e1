"""The situation of a statement, in the words of the newsroom."""

from datetime import datetime

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


def when(edition: Edition) -> str:
    """Return the instant from which the edition is public, on every clock, the one in which it was typed first."""
    instant: datetime | None = edition.public_from
    return in_every_clock(instant, edition.public_from_zone) if instant else ""
