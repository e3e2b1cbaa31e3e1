"""The verbs that a statement offers beside its form: what each asks, says and does."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from embassy import moment
from news import actions
from news.admin.forms import FeatureForm, NoticeForm
from news.models import Edition, Statement
from news.states import Situation, Standing

Offered = Callable[[Statement, Standing[Edition]], bool]
Said = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Verb:
    """One button: when it is offered, whose right it is, what it asks for, and the action behind it."""

    name: str
    label: Any
    right: str
    is_offered: Offered
    act: Callable[..., Any]
    done: Any
    explanation: Any
    form: Callable[..., Form] | None = None
    danger: bool = False

    @property
    def address(self) -> str:
        """The last part of the verb's address."""
        return self.name.replace("_", "-")


def _start_edition(statement: Statement, said: Said, *, by: Any, at: datetime) -> None:
    actions.start_edition(statement, by=by, at=at)


def _take_back(statement: Statement, said: Said, *, by: Any, at: datetime) -> None:
    actions.take_back(_scheduled(statement, at), by=by, at=at)


def _release(statement: Statement, said: Said, *, by: Any, at: datetime) -> None:
    actions.release(_scheduled(statement, at), by=by, at=at)


def _withdraw(statement: Statement, said: Said, *, by: Any, at: datetime) -> None:
    actions.withdraw(statement, notice=said["words"], by=by, at=at)


def _remove(statement: Statement, said: Said, *, by: Any, at: datetime) -> None:
    actions.remove(statement, reason=said["words"], by=by, at=at)


def _feature(statement: Statement, said: Said, *, by: Any, at: datetime) -> None:
    until = said["until"]
    actions.feature(statement, until=until.instant if until else None, by=by, at=at)


def _discard(statement: Statement, said: Said, *, by: Any, at: datetime) -> None:
    draft = statement.standing(at).draft
    if draft is None:
        raise actions.Refusal(_("There is no draft any more."))
    actions.discard_draft(draft, by=by, at=at)


def _scheduled(statement: Statement, at: datetime) -> Edition:
    scheduled = statement.standing(at).scheduled
    if scheduled is None:
        raise actions.Refusal(_("Nothing of this statement is scheduled any more."))
    return scheduled


VERBS = (
    Verb(
        name="new_edition",
        label=_("Write a new edition"),
        right="write",
        is_offered=lambda _statement, now: (
            now.draft is None
            and now.scheduled is None
            and now.situation in {Situation.LIVE, Situation.WITHDRAWN, Situation.REMOVED}
        ),
        act=_start_edition,
        done=_("A draft with the words of the last public text is open."),
        explanation=_("A draft with the words of the last public text is made. The public text stays as it is."),
    ),
    Verb(
        name="take_back",
        label=_("Take back to draft"),
        right="release",
        is_offered=lambda _statement, now: now.scheduled is not None,
        act=_take_back,
        done=_("It is a draft again; nothing is scheduled."),
        explanation=_("What is scheduled becomes a draft again. The register number stays with the statement."),
    ),
    Verb(
        name="release_now",
        label=_("Release now"),
        right="release",
        is_offered=lambda _statement, now: now.scheduled is not None,
        act=_release,
        done=_("It is public."),
        explanation=_("What is scheduled becomes public at once, not at its time."),
    ),
    Verb(
        name="feature",
        label=_("Feature"),
        right="release",
        is_offered=lambda _statement, now: now.situation == Situation.LIVE,
        act=_feature,
        done=_("Saved."),
        explanation=_("The home page leads with this statement until the time given; empty, it does not."),
        form=FeatureForm,
    ),
    Verb(
        name="withdraw",
        label=_("Withdraw"),
        right="release",
        is_offered=lambda _statement, now: now.situation == Situation.LIVE,
        act=_withdraw,
        done=_("It is withdrawn: its page carries the notice, and lists show it no longer."),
        explanation=_(
            "The text stays at its address under a notice, and leaves every list. A next edition that is scheduled "
            "becomes a draft again. A new edition undoes it."
        ),
        form=partial(NoticeForm, label=_("Notice to the public")),
        danger=True,
    ),
    Verb(
        name="remove",
        label=_("Remove"),
        right="release",
        is_offered=lambda _statement, now: now.visible is not None,
        act=_remove,
        done=_("It is removed: its address answers with the reason. A browser may show it until the minute ends."),
        explanation=_(
            "The text and all its earlier editions can no longer be read; the address answers with the reason. "
            "A next edition that is scheduled becomes a draft again. A new edition brings the statement back."
        ),
        form=partial(NoticeForm, label=_("Reason for the public")),
        danger=True,
    ),
    Verb(
        name="discard",
        label=_("Discard draft"),
        right="write",
        # The only text of a numbered statement stays: a number without a text would be a hole in the register.
        is_offered=lambda statement, now: (
            now.draft is not None and (statement.number is None or now.situation != Situation.DRAFT)
        ),
        act=_discard,
        done=_("The draft is gone."),
        explanation=_("The draft is thrown away for good. What is or was public stays."),
        danger=True,
    ),
)


def verb_view(model_admin: ModelAdmin, verb: Verb) -> Callable[[HttpRequest, str], HttpResponse]:
    """Return the view of a verb: a page that explains and asks, then the action."""

    def view(request: HttpRequest, object_id: str) -> HttpResponse:
        statement = model_admin.get_object(request, object_id)
        if statement is None or not model_admin.has_view_permission(request, statement):
            raise Http404
        form = verb.form(request.POST or None, statement=statement) if verb.form else None
        if request.method == "POST" and (form is None or form.is_valid()):
            said = form.cleaned_data if form else {}
            try:
                verb.act(statement, said, by=request.user, at=moment.now())
            except actions.Refusal as refusal:
                model_admin.message_user(request, str(refusal), messages.ERROR)
            else:
                model_admin.message_user(request, str(verb.done), messages.SUCCESS)
                return HttpResponseRedirect(_next(object_id))
        context = {
            **model_admin.admin_site.each_context(request),
            "title": verb.label,
            "subtitle": str(statement),
            "opts": model_admin.opts,
            "original": statement,
            "verb": verb,
            "form": form,
        }
        return TemplateResponse(request, "admin/news/statement/verb.html", context)

    return view


def _next(object_id: str) -> str:
    if Statement.objects.filter(pk=object_id).exists():
        return reverse("admin:news_statement_change", args=[object_id])
    return reverse("admin:news_statement_changelist")
