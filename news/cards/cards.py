"""What the card of an edition shows, and where it is."""

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from embassy import mission, moment
from news import texttokens
from news.cards.drawing import Card
from news.models import Edition


def address(edition: Edition) -> str:
    """Return the address of the edition's card, in the language of the statement."""
    with translation.override(edition.language):
        return reverse("news:card", args=[edition.statement.number, edition.sequence])


def shown(edition: Edition, numbers: Mapping[str, texttokens.Count], *, at: datetime) -> Card:
    """Return what the card of an edition that can be read at the aware instant `at` shows, in its language."""
    number = edition.statement.number
    with translation.override(settings.LANGUAGE_CODE):
        name_otherwise = mission.name()
    with translation.override(edition.language):
        return Card(
            mission=(mission.name(), name_otherwise),
            title=(texttokens.as_text(edition.title, numbers),),
            date=(moment.day_in_words(edition.date), f"{edition.date:%d.%m.%Y}"),
            number=(_("No. %(number)s") % {"number": number}, str(number)),
            mark=(_mark(edition, at),),
        )


def _mark(edition: Edition, at: datetime) -> str:
    if edition.withdrawal_notice:
        return _("Withdrawn")
    return "" if edition.is_visible(at) else _("Superseded")
