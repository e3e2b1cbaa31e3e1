"""What a button beside a statement’s form asks, says and does; `news.admin.offers` lists the buttons."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from embassy import moment
from news import actions, permissions
from news.actions.rules import helpers
from news.admin import together
from news.admin.shown import shown_words
from news.admin.start import clocks
from news.admin.words import badges, time_that_matters
from news.models import Edition, Statement
from news.states import Right, Standing

Offered = Callable[[Statement, Standing[Edition]], bool]
Said = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Verb:
    """One button: when it is offered, whose right it is, what it asks for, and the action behind it."""

    name: str
    label: Any
    right: Right
    is_offered: Offered
    act: Callable[..., Any]
    done: Any
    explanation: Any
    form: Callable[..., Form] | None = None
    danger: bool = False
    shows_words: bool = False
    beside: Callable[[Statement, datetime], dict[str, Any]] | None = None

    @property
    def address(self) -> str:
        """The last part of the verb's address."""
        return self.name.replace("_", "-")


def verb_view(model_admin: ModelAdmin, verb: Verb) -> Callable[[HttpRequest, str], HttpResponse]:
    """Return the view of a verb: a page that explains and asks, then the action."""

    def view(request: HttpRequest, object_id: str) -> HttpResponse:
        statement = model_admin.get_object(request, object_id)
        if statement is None or not model_admin.has_view_permission(request, statement):
            raise Http404
        if not permissions.may(request.user, verb.right):
            raise PermissionDenied(whose_it_is(verb.label, verb.right))
        standing = statement.standing(moment.now())
        if request.method != "POST" and not verb.is_offered(statement, standing):
            sentence = _("“%(verb)s” does not fit what this statement is now: look at its buttons.")
            model_admin.message_user(request, sentence % {"verb": verb.label}, messages.WARNING)
            return HttpResponseRedirect(_next(object_id))
        form = verb.form(request.POST or None, statement=statement) if verb.form else None
        if request.method == "POST" and (form is None or form.is_valid()):
            said = form.cleaned_data if form else {}
            try:
                verb.act(statement, said, by=request.user, at=moment.now())
            except actions.Refusal as refusal:
                model_admin.message_user(request, str(refusal), messages.ERROR)
                statement = model_admin.get_object(request, object_id) or statement
                standing = statement.standing(moment.now())
                form = _once_more(verb, request, statement) if form else None
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
            "badges": badges(standing),
            "time_that_matters": time_that_matters(standing),
            "clocks": clocks(moment.now()),
            "form": form,
            "draft": standing.draft,
            "public": standing.visible,
            "words": shown_words(model_admin, statement) if verb.shows_words else [],
            "others": together.words(model_admin, statement) if verb.shows_words else [],
            **(verb.beside(statement, moment.now()) if verb.beside else {}),
        }
        return TemplateResponse(request, "admin/news/statement/verb.html", context)

    return view


def _once_more(verb: Verb, request: HttpRequest, statement: Statement) -> Form | None:
    """Return the form as it was sent, for the words that the page now shows."""
    if verb.form is None:
        return None
    typed, fresh = request.POST.copy(), verb.form(statement=statement)
    if "seen" in fresh.fields and fresh.fields["seen"].initial:
        typed["seen"] = fresh.fields["seen"].initial
    if together.NAME in typed:
        together.once_more(typed, statement)
    return verb.form(typed, statement=statement)


def whose_it_is(name: Any, right: Right) -> str:
    """Say whose a page of that name is, and who can help."""
    sentence = _("“%(name)s” is for those who may %(right)s.") % {"name": name, "right": right.label}
    return f"{sentence} {helpers(right)}"


def _next(object_id: str) -> str:
    if Statement.objects.filter(pk=object_id).exists():
        return reverse("admin:news_statement_change", args=[object_id])
    return reverse("admin:news_statement_changelist")
