"""Preview links of a statement: one page that lists them, makes them, and ends them."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Max
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from embassy import moment
from embassy.zoned import ZonedInstant, ZonedMinuteField, in_every_clock, zone_choices
from news import actions, permissions
from news.admin.verbs import whose_it_is
from news.models import Edition, PreviewLink, PreviewOpening, Statement
from news.models.preview import LONGEST_OUTLET
from news.previews import rules
from news.previews.rules import Outcome
from news.states import Right, Standing

LAST_OPENINGS = 20


class ShareForm(forms.Form):
    """What a preview link needs: whom it is for, what it shows, and how long."""

    outlet = forms.CharField(
        label=gettext_lazy("Outlet"),
        max_length=LONGEST_OUTLET,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=gettext_lazy("It is printed on the page: whoever passes the text on passes the name on too."),
    )
    shows = forms.ChoiceField(
        label=gettext_lazy("It shows"),
        choices=[
            ("newest", gettext_lazy("always the newest words")),
            ("fixed", gettext_lazy("these very words, or nothing once they are changed")),
        ],
        initial="newest",
        widget=forms.RadioSelect,
    )
    expires = ZonedMinuteField(
        label=gettext_lazy("It ends"),
        required=True,
        is_future=True,
        help_text=gettext_lazy("By itself, at that minute. You can end it earlier."),
    )

    def __init__(self, *args: Any, edition: Edition | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zone = edition.public_from_zone if edition else ""
        self.fields["expires"].initial = ZonedInstant(rules.usual_expiry(edition, moment.now()), zone)


@dataclass(frozen=True)
class Row:
    """A link, as the page lists it."""

    link: PreviewLink
    state: str
    is_live: bool
    opened: int
    last: Any
    openings: list[PreviewOpening]


class PreviewPages:
    """The addresses of a statement's preview links, for the admin of statements."""

    def __init__(self, model_admin: ModelAdmin) -> None:
        self._admin = model_admin

    @property
    def urls(self) -> list[URLPattern]:
        """The page itself, and what its buttons send to."""
        wrap, start = self._admin.admin_site.admin_view, "<path:object_id>/previews/"
        return [
            path(start, wrap(self._page), name="news_statement_previews"),
            path(f"{start}<int:pk>/renew/", wrap(self._renew), name="news_statement_preview_renew"),
            path(f"{start}<int:pk>/revoke/", wrap(self._revoke), name="news_statement_preview_revoke"),
        ]

    def _page(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """List the links; make a new one."""
        statement = self._statement(request, object_id)
        edition = rules.next_edition(statement.standing(moment.now()))
        form = ShareForm(request.POST or None, edition=edition)
        if request.method == "POST" and form.is_valid():
            said = form.cleaned_data
            try:
                link, token = actions.share(
                    statement,
                    outlet=said["outlet"],
                    expires_at=said["expires"].instant,
                    is_fixed=said["shows"] == "fixed",
                    by=_who(request),
                    at=moment.now(),
                )
            except actions.Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                return self._show(request, statement, ShareForm(edition=edition), link, token)
        return self._show(request, statement, form)

    def _renew(self, request: HttpRequest, object_id: str, pk: int) -> HttpResponse:
        """Give a link a new address, and show it."""
        statement = self._statement(request, object_id)
        if request.method != "POST":
            return HttpResponseRedirect(_address(statement))
        link = get_object_or_404(PreviewLink, statement=statement, pk=pk)
        try:
            link, token = actions.renew_link(link, by=_who(request), at=moment.now())
        except actions.Refusal as refusal:
            self._admin.message_user(request, str(refusal), messages.ERROR)
            return HttpResponseRedirect(_address(statement))
        edition = rules.next_edition(statement.standing(moment.now()))
        return self._show(request, statement, ShareForm(edition=edition), link, token)

    def _revoke(self, request: HttpRequest, object_id: str, pk: int) -> HttpResponse:
        """End a link."""
        statement = self._statement(request, object_id)
        if request.method != "POST":
            return HttpResponseRedirect(_address(statement))
        link = get_object_or_404(PreviewLink, statement=statement, pk=pk)
        try:
            actions.revoke_link(link, by=_who(request), at=moment.now())
        except actions.Refusal as refusal:
            self._admin.message_user(request, str(refusal), messages.ERROR)
        else:
            sentence = _("The link of %(outlet)s is revoked: it opens nothing any more.")
            self._admin.message_user(request, sentence % {"outlet": link.outlet}, messages.SUCCESS)
        return HttpResponseRedirect(_address(statement))

    def _statement(self, request: HttpRequest, object_id: str) -> Statement:
        statement: Statement | None = self._admin.get_object(request, object_id)
        if statement is None or not self._admin.has_view_permission(request, statement):
            raise Http404
        if not permissions.may_share(_who(request)):
            raise PermissionDenied(whose_it_is(_("Preview links"), Right.SHARE))
        return statement

    def _show(
        self,
        request: HttpRequest,
        statement: Statement,
        form: ShareForm,
        given: PreviewLink | None = None,
        token: str = "",
    ) -> HttpResponse:
        """Show the page; with it, once, the address of a link that was just made: nothing can show it later."""
        context = {
            **self._admin.admin_site.each_context(request),
            "title": _("Preview links"),
            "subtitle": str(statement),
            "opts": self._admin.opts,
            "original": statement,
            "form": form,
            "media": form.media,
            "can_share": rules.next_edition(statement.standing(moment.now())) is not None,
            "rows": _rows(statement),
            "given": given,
            "given_address": _absolute(request, statement, token) if given else "",
        }
        return TemplateResponse(request, "admin/news/statement/previews.html", context)


def offered(statement: Statement | None, standing: Standing[Edition] | None, user: Any) -> dict[str, Any]:
    """Return what the page of a statement offers of previews: its links, and the site as at the scheduled minute."""
    if statement is None or standing is None:
        return {"shares": False, "as_at": None}
    has_something = standing.draft or standing.scheduled or statement.preview_links.exists()
    return {"shares": bool(has_something) and permissions.may_share(user), "as_at": _as_at(statement, standing)}


def _as_at(statement: Statement, standing: Standing[Edition]) -> dict[str, str] | None:
    scheduled = standing.scheduled
    if scheduled is None or scheduled.public_from is None:
        return None
    zone = scheduled.public_from_zone or moment.home_zone()
    with translation.override(statement.language):
        page = reverse("news:number", args=[statement.number])
    start = reverse("as_at_page", args=[moment.written(scheduled.public_from)])
    city = dict(zone_choices()).get(str(zone), str(zone))
    time = f"{moment.clock_face(scheduled.public_from, zone)} {city}"
    return {"address": start.removesuffix("/") + page, "time": time}


def _rows(statement: Statement) -> list[Row]:
    at = moment.now()
    links = PreviewLink.objects.filter(statement=statement).select_related("created_by", "edition")
    openings: dict[int, list[PreviewOpening]] = {}
    for opening in PreviewOpening.objects.filter(link__statement=statement)[:500]:
        openings.setdefault(opening.link_id, []).append(opening)
    rows = []
    for link in links.annotate(opened=Count("openings"), last=Max("openings__at")):
        link.statement = statement  # its editions are read already
        state = _state(link, at)
        seen = openings.get(link.pk, [])[:LAST_OPENINGS]
        opened: dict[str, Any] = vars(link)  # what the query counted
        rows.append(Row(link, state, link.is_live(at), opened["opened"], opened["last"], seen))
    return rows


def _state(link: PreviewLink, at: Any) -> str:
    if link.revoked_at and link.revoked_at <= at:
        return _("revoked %(when)s") % {"when": in_every_clock(link.revoked_at)}
    if not link.is_live(at):
        return _("ended")
    return {
        Outcome.SHOWN: _("open"),
        Outcome.CHANGED: _("open, but shows nothing: the words were changed"),
        Outcome.PUBLIC: _("open, leads to the public page"),
        Outcome.ENDED: _("open, but there is no text to show now"),
    }[rules.answer(link, at).outcome]


def _absolute(request: HttpRequest, statement: Statement, token: str) -> str:
    with translation.override(statement.language):
        return request.build_absolute_uri(reverse("news:preview", args=[token]))


def _address(statement: Statement) -> str:
    return reverse("admin:news_statement_previews", args=[statement.pk])


def _who(request: HttpRequest) -> Any:
    return request.user
