"""The history of a statement: every edition to read, any two side by side, any one restored, and what was done."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from embassy import moment
from embassy.log import LogRow
from embassy.zoned import in_every_clock
from news import actions, compare, permissions, texttokens
from news.admin import words
from news.admin.verbs import Said, Verb, verb_view
from news.library import shown
from news.models import Edition, Statement
from news.states import Right, State


@dataclass(frozen=True)
class Told:
    """An edition and what the history tells of it at an instant."""

    edition: Edition
    kind: str
    situation: str
    # The edition to compare it with unless somebody chooses: the one before.
    before: Edition | None
    can_be_restored: bool
    address: str = ""

    @property
    def name(self) -> str:
        """“Edition 3”, or what the newsroom calls a text that is not approved."""
        return name(self.edition)

    @property
    def badge(self) -> SafeString:
        """What it is now, as a badge."""
        return words.badge(self.kind, self.situation)

    @property
    def headline(self) -> str:
        """“Edition 3: Public now”; a draft is said to be one once."""
        return self.name if self.name == self.situation else f"{self.name}: {self.situation}"

    @property
    def interval(self) -> str:
        """From when until when it was, is or will be public, on every clock; empty for a draft."""
        edition = self.edition
        if edition.state != State.APPROVED or edition.public_from is None:
            return ""
        begins = in_every_clock(edition.public_from, edition.public_from_zone)
        if edition.public_until is None:
            return _("from %(begins)s") % {"begins": begins}
        return _("from %(begins)s until %(ends)s") % {"begins": begins, "ends": in_every_clock(edition.public_until)}


class HistoryPages(admin.ModelAdmin):
    """The pages of a statement’s history, for the admin of statements."""

    def get_urls(self) -> list[URLPattern]:
        """Add the addresses of the history: staff can pass them on to each other."""
        pages: list[tuple[str, str, Callable[..., HttpResponse]]] = [
            ("editions/", "editions", self.editions_view),
            ("editions/<int:edition_pk>/", "edition", self.edition_view),
            ("editions/<int:edition_pk>/restore/", "restore", self.restore_view),
            ("compare/", "compare", self.compare_view),
        ]
        urls: list[URLPattern] = super().get_urls()
        return [
            path(f"<path:object_id>/{address}", self.admin_site.admin_view(view), name=f"news_statement_{name}")
            for address, name, view in pages
        ] + urls

    def history_view(self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None) -> Any:
        """Show what the log says of the statement: Django's own history knows nothing of the verbs."""
        statement = self._readable(request, object_id)
        rows = LogRow.objects.filter(statement_pk=statement.pk).select_related("by")
        context = {"rows": rows, "tab": "history"} | (extra_context or {})
        return self._page(request, statement, "history", _("What was done"), context)

    def editions_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """List every edition, the newest first."""
        statement = self._readable(request, object_id)
        at = moment.now()
        standing = statement.standing(at)
        context = {
            "told": _told(statement, at),
            "can_restore": permissions.may_write(request.user),
            "obstacle": _obstacle(statement, at) if standing.draft or standing.scheduled else "",
            "tab": "editions",
        }
        return self._page(request, statement, "editions", _("Editions"), context)

    def edition_view(self, request: HttpRequest, object_id: str, edition_pk: int) -> HttpResponse:
        """Show one edition in full."""
        statement = self._readable(request, object_id)
        at = moment.now()
        told = next((one for one in _told(statement, at) if one.edition.pk == edition_pk), None)
        if told is None:
            raise Http404
        context = {
            "told": told,
            "edition": told.edition,
            "numbers": texttokens.counts(at),
            "files": shown.of(told.edition, shown.newsroom),
            "comments": told.edition.comments.select_related("by"),
            "can_restore": permissions.may_write(request.user) and told.can_be_restored,
            "tab": "edition",
        }
        return self._page(request, statement, "edition", told.name, context)

    def compare_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show two editions side by side: those that the address names, or the newest and the one before it."""
        statement = self._readable(request, object_id)
        told = _told(statement, moment.now())
        by_pk = {str(one.edition.pk): one for one in told}
        new = by_pk.get(request.GET.get("new", ""), told[0])
        asked = by_pk.get(request.GET.get("old", ""))
        old = asked or by_pk[str((new.before or new.edition).pk)]
        everything = request.GET.get("everything") == "1"
        context = {
            "told": told,
            "old": old,
            "new": new,
            "everything": everything,
            "changes": compare.editions(old.edition, new.edition, everything=everything),
            "tab": "compare",
        }
        return self._page(request, statement, "compare", _("Compare editions"), context)

    def restore_view(self, request: HttpRequest, object_id: str, edition_pk: int) -> HttpResponse:
        """Ask, then begin a draft with the words of an older edition."""
        statement = self._readable(request, object_id)
        edition = statement.editions.filter(state=State.APPROVED, pk__in=[edition_pk][: edition_pk < 2**63]).first()
        if edition is None:
            raise Http404
        obstacle = _obstacle(statement, moment.now())
        if obstacle and request.method != "POST":
            self.message_user(request, obstacle, messages.WARNING)
            return HttpResponseRedirect(reverse("admin:news_statement_editions", args=[statement.pk]))
        return verb_view(self, _restoring(edition))(request, object_id)

    def _readable(self, request: HttpRequest, object_id: str) -> Statement:
        statement = self.get_object(request, object_id)
        if statement is None or not self.has_view_permission(request, statement):
            raise Http404
        return statement  # type: ignore[no-any-return]

    def _page(
        self, request: HttpRequest, statement: Statement, name: str, title: str, context: dict[str, Any]
    ) -> TemplateResponse:
        common = {"title": title, "subtitle": str(statement), "opts": self.opts, "original": statement}
        page = {**self.admin_site.each_context(request), **common, **context}
        return TemplateResponse(request, f"admin/news/statement/{name}.html", page)


def name(edition: Edition) -> str:
    """Return what the newsroom calls an edition: “Edition 3”, or the state of one that is not approved."""
    if edition.sequence:
        return _("Edition %(sequence)d") % {"sequence": edition.sequence}
    return str(State(edition.state).label)


def situation(edition: Edition, at: datetime, *, is_open: bool) -> str:
    """Return what an edition is at the aware instant `at`; `is_open` says whether readers can open a past one."""
    if edition.state != State.APPROVED:
        return str(State(edition.state).label)
    if edition.is_scheduled(at):
        return _("Scheduled")
    if edition.is_visible(at):
        return _("Public now, under a notice") if edition.withdrawal_notice else _("Public now")
    if edition.removal_reason:
        return _("Removed")
    return _("Superseded: readers can open it") if is_open else _("Superseded: readers cannot open it")


def kind(edition: Edition, at: datetime) -> str:
    """Return the kind of badge that says what an edition is at the aware instant `at`."""
    if edition.state != State.APPROVED:
        return edition.state
    if edition.is_scheduled(at):
        return "scheduled"
    if edition.is_visible(at):
        return "withdrawn" if edition.withdrawal_notice else "live"
    return "removed" if edition.removal_reason else "superseded"


def _told(statement: Statement, at: datetime) -> list[Told]:
    # The bodies can be large: the one or two that are read are asked for by themselves.
    everyone: QuerySet[Edition] = statement.editions.select_related(
        "statement", "category", "picture", "author", "approved_by", "reviewed_by"
    ).defer("body")
    # A draft comes last, whenever it was begun: it is what will follow.
    editions = sorted(everyone, key=lambda edition: (edition.sequence is None, edition.sequence or 0))
    open_ones = set(Edition.objects.readable(at).filter(statement=statement).values_list("pk", flat=True))
    told = []
    for edition, before in zip(editions, [None, *editions], strict=False):
        is_open = edition.pk in open_ones
        told.append(
            Told(
                edition=edition,
                kind=kind(edition, at),
                situation=situation(edition, at, is_open=is_open),
                before=before,
                can_be_restored=edition.state == State.APPROVED,
                address=_address(edition, at) if is_open else "",
            )
        )
    return told[::-1]


def _address(edition: Edition, at: datetime) -> str:
    return edition.get_absolute_url() if edition.is_visible(at) else edition.get_edition_url()


def _obstacle(statement: Statement, at: datetime) -> str:
    now = statement.standing(at)
    if now.draft:
        return _("There is a draft already: release or discard it first, then restore.")
    if now.scheduled:
        return _("An edition is scheduled: take it back to draft and discard it first, then restore.")
    return ""


def _restoring(edition: Edition) -> Verb:
    """Return the verb that begins a draft with the words of `edition`."""

    def restore(statement: Statement, said: Said, *, by: Any, at: datetime) -> None:
        obstacle = _obstacle(statement, at)
        if obstacle:
            raise actions.Refusal(obstacle)
        actions.start_edition(statement, like=edition, by=by, at=at)

    return Verb(
        name="restore",
        label=gettext_lazy("Restore as a new draft"),
        right=Right.WRITE,
        is_offered=lambda _statement, _now: True,  # the view has looked for what stands in its way
        act=restore,
        done=_("A draft with the words of edition %(sequence)d is open.") % {"sequence": edition.sequence},
        explanation=_(
            "A draft with the words of edition %(sequence)d is made: “%(title)s”. What the public reads stays as it "
            "is until the draft is approved."
        )
        % {"sequence": edition.sequence, "title": edition.title},
    )
