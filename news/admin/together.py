"""Releasing a statement and its translations at one instant: the ticks on the form, and what each of them shows."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from embassy import moment
from news import actions
from news.admin.shown import shown_words
from news.admin.translations import around
from news.models import Edition, Statement
from news.states import State

NAME = "together"


class Ticked(NamedTuple):
    """A text that is to be released too, and what its `changed_at` was when the page showed it."""

    pk: int
    seen: datetime


class TickedField(forms.TypedMultipleChoiceField):
    """Texts as the page showed them: one that has changed since, or is gone, is for the verb to refuse in words."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=ticked, required=False, **kwargs)

    def valid_value(self, value: Any) -> bool:
        """Take what the page once offered."""
        try:
            ticked(value)
        except ValueError:
            return False
        return True


class TogetherForm(forms.Form):
    """Beside another question: which of the translations that are submitted go public at the same instant."""

    def offer_together(self, statement: Statement) -> None:
        """Add the question, where there is anything to tick or something was ticked."""
        choices = [(value(one), f"{one.statement.get_language_display()}: {one.title}") for one in submitted(statement)]
        # Approved meanwhile: the tick stands, so that the verb says so instead of releasing one text of two.
        if choices or (self.is_bound and NAME in self.data):
            self.fields[NAME] = TickedField(
                label=_("Release at the same instant"),
                choices=choices,
                help_text=_("All of them become public, or none. Their words stand above."),
            )


def submitted(statement: Statement) -> list[Edition]:
    """Return the texts of the statement in other languages that wait for approval, the original first."""
    keys = [one.edition.pk for one in around(statement, moment.now()) if one.edition.state == State.SUBMITTED]
    found = Edition.objects.filter(pk__in=keys).select_related("statement").in_bulk()
    return [found[key] for key in keys if key in found]


def value(edition: Edition) -> str:
    """Return what the tick of an edition sends."""
    return f"{edition.pk} {edition.changed_at.isoformat()}"


def ticked(sent: str) -> Ticked:
    """Read what a tick sent; raises ValueError for anything else."""
    key, _blank, seen = sent.partition(" ")
    instant = datetime.fromisoformat(seen)
    if not (key.isascii() and key.isdigit() and len(key) < 19) or instant.tzinfo is None:
        raise ValueError(sent)
    return Ticked(int(key), instant)


def once_more(typed: QueryDict, statement: Statement) -> None:
    """Let the ticks stand for the words that the page now shows."""
    fresh = {str(one.pk): value(one) for one in submitted(statement)}
    sent = [fresh.get(one.partition(" ")[0]) for one in typed.getlist(NAME)]
    typed.setlist(NAME, [one for one in sent if one])


def words(shower: Any, statement: Statement) -> list[tuple[Statement, list[tuple[Any, Any]]]]:
    """Return each text that can be ticked with all of it that becomes public."""
    return [(one.statement, shown_words(shower, one.statement)) for one in submitted(statement)]


def with_ticked(
    draft: Edition, said: dict[str, Any], alone: Callable[..., Any], together: Callable[..., Any], **rest: Any
) -> None:
    """Do the verb to the draft alone, or together with what is ticked."""
    ticks: list[Ticked] = said.get(NAME) or []
    if not ticks:
        alone(draft, **rest)
        return
    found = Edition.objects.in_bulk([one.pk for one in ticks])
    if any(one.pk not in found for one in ticks):
        raise actions.Refusal(gettext_lazy("One of the texts no longer exists: look at the statement again."))
    seen = {one.pk: one.seen for one in ticks}
    if "seen" in rest:
        seen[draft.pk] = rest.pop("seen")
    together([draft, *(found[one.pk] for one in ticks)], seen=seen, **rest)
