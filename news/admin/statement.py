"""Statements: one list, one form; the buttons are the verbs of `news.actions`."""

from functools import partial
from typing import Any

from csp.constants import UNSAFE_INLINE
from csp.decorators import csp_update
from django.contrib import admin, messages
from django.db.models import Exists, Max, OuterRef, Prefetch, Q, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from embassy import moment, version
from news import actions, permissions
from news.admin import conflict, translations, words
from news.admin.columns import Columns
from news.admin.filters import CategoryFilter, SituationFilter, WaitingFilter
from news.admin.forms import ReadingForm, StatementForm
from news.admin.history import HistoryPages
from news.admin.offers import VERBS
from news.admin.previews import PreviewPages, offered
from news.admin.shown import SHOWN, ShownText, standing_now
from news.admin.translations import TranslationFilter
from news.admin.verbs import verb_view
from news.models import Comment, Edition, Statement
from news.states import Act, Situation, State, step

# The editor's buttons are inline handlers and styles; only its own pages may run them (docs/adr/0003-the-editor.md).
EDITOR_POLICY = {"script-src-attr": [UNSAFE_INLINE], "style-src": [UNSAFE_INLINE], "img-src": ["data:"]}


@admin.register(Statement)
class StatementAdmin(Columns, HistoryPages, ShownText, admin.ModelAdmin):
    """What staff write and decide. A text that is public is changed by a new edition, never in place."""

    form = StatementForm
    list_display = ("title", "situation", "day", "tongue", "author", "no")
    list_filter = (SituationFilter, WaitingFilter, TranslationFilter, "language", CategoryFilter)
    list_display_links = ("title",)
    list_per_page = 50
    ordering = ("-pk",)  # the model's own is lost where rows are counted
    search_fields = ("number",)  # get_search_results asks the editions
    search_help_text = gettext_lazy("Words of title or summary, or a register number")
    autocomplete_fields = ("translation_of",)
    change_form_template = "admin/news/statement/change_form.html"

    class Media:
        css = {"all": ("css/library.css",)}

    # ---- the list ------------------------------------------------------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> QuerySet[Statement]:
        """Return the statements with what the list prints of their editions: a few queries for any number of rows."""
        editions = Edition.objects.select_related("category", "author").defer("body", "summary")
        queryset: QuerySet[Statement] = super().get_queryset(request).annotate(last_date=Max("editions__date"))
        originals = Prefetch("translation_of__editions", Edition.objects.defer("body", "summary"))
        return queryset.prefetch_related(Prefetch("editions", editions), originals)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Statement], search_term: str
    ) -> tuple[QuerySet[Statement], bool]:
        """Find every word in the title or summary of one edition, or the register number."""
        if request.path.endswith("/autocomplete/"):
            queryset = queryset.filter(translation_of=None)  # a translation is of an original
        term = search_term.replace("\x00", " ").strip()
        if not term:
            return queryset, False
        editions = Edition.objects.filter(statement=OuterRef("pk"))
        for word in term.split()[:10]:
            editions = editions.filter(Q(title__icontains=word) | Q(summary__icontains=word))
        found = Q(Exists(editions))
        digits = term.lower().removeprefix("no.").removeprefix("№").strip()
        if digits.isdecimal() and len(digits) < 10:
            found |= Q(number=int(digits))
        return queryset.filter(found), False

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        """Add the shortest way to a withdrawal, for those whose right it is."""
        return (*self.list_display, "ways") if permissions.may_release(_who(request)) else self.list_display

    # ---- the form ------------------------------------------------------------------------------------------------

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002
        """Return the form, which knows the request for the sake of a refusal."""
        if not self._has_editor(request, obj):
            kwargs["form"] = ReadingForm
        form = super().get_form(request, obj, change, **kwargs)
        return type(form.__name__, (form,), {"request": request})

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Fill in what a link to a new translation says; anything else in the address fills in nothing."""
        return translations.begun_with(request.GET)

    def get_readonly_fields(self, request: HttpRequest, obj: Statement | None = None) -> tuple[str, ...]:
        """Offer the words for change only where there is a draft."""
        if self._has_editor(request, obj):
            return ("situation",)
        return (*SHOWN, "language", "translation_of")

    def get_fieldsets(self, request: HttpRequest, obj: Statement | None = None) -> Any:
        """Arrange the form; the note on what changes is asked for only where something was public."""
        if not self._has_editor(request, obj):
            return [(None, {"fields": (*SHOWN, "language", "translation_of")})]
        fields: list[Any] = [("language", "translation_of"), "title", "summary", "body", "picture", "attachments"]
        fields += [("date", "category")]
        if obj and standing_now(obj).situation in {Situation.LIVE, Situation.WITHDRAWN, Situation.REMOVED}:
            fields += ["minor", "change_note"]
        if obj and obj.is_behind:
            fields.insert(1, "follows")
        top = ("situation", *fields, "seen") if obj else tuple(fields)
        return [
            (None, {"fields": top}),
            (_("When the public reads it"), {"fields": ("public_from", "featured_until")}),
        ]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        """Delete nothing: a draft is discarded by its own button, what was ever public stays."""
        return False

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """Show and take the form; where an action refuses, show it again with the reason and all that was typed."""
        statement = self.get_object(request, object_id) if object_id else None
        if object_id and statement is None and _holds_text(request):
            # Somebody discarded it while this was written: what was typed is offered as a new statement.
            request.refusal = _("Somebody discarded this draft. Your text is below: save it as a new statement.")  # type: ignore[attr-defined]
            object_id, form_url = None, reverse("admin:news_statement_add")
        context = self._buttons(request, statement) | (extra_context or {})
        show = partial(super().changeform_view, request, object_id, form_url, context)
        try:
            response = show()
        except actions.Refusal as refusal:
            request.refusal = refusal  # type: ignore[attr-defined]
            context["conflict"] = refusal if isinstance(refusal, conflict.Conflict) else None
            response = show()
        if not self._has_editor(request, statement):
            return response
        return csp_update(EDITOR_POLICY)(lambda _request: response)(request)

    # Nobody else writes between the look at what is there and the save.
    @version.raised_once()
    def save_model(self, request: HttpRequest, obj: Statement, form: ModelForm, change: bool) -> None:  # noqa: FBT001
        """Write the draft by the verb for it, then do what the button says."""
        by, at, data = _who(request), moment.now(), form.cleaned_data
        draft = Edition.objects.drafts().filter(statement=obj.pk).first() if change else None
        if not isinstance(form, StatementForm):
            raise actions.Refusal(_("There is no draft any more: somebody released or discarded it."))
        other = conflict.other_way(request, obj, form, at=at) if change else None
        if change and not other:
            conflict.look(request, obj, draft, form)
        if other:
            edition, obj.pk = other, other.statement_id
        elif draft:
            language = data.get("language") or obj.language
            actions.describe(obj, language=language, translation_of=data.get("translation_of"), by=by, at=at)
            edition = actions.change_draft(draft, form.text, by=by, at=at)
        else:
            edition = actions.write(
                form.text, language=data["language"], translation_of=data.get("translation_of"), by=by, at=at
            )
            obj.pk = edition.statement_id
            obj._state.adding = False  # noqa: SLF001  the action saved it
        translations.note_following(edition, data.get("follows") or (), by=by, at=at)
        if "_submit" in request.POST:
            actions.submit(edition, by=by, at=at)
        obj.refresh_from_db()
        self._tell_removed(request, form)

    def response_add(self, request: HttpRequest, obj: Statement, post_url_continue: str | None = None) -> HttpResponse:  # noqa: ARG002
        """Stay on the statement and say what it is now."""
        return self._stay(request, obj)

    def response_change(self, request: HttpRequest, obj: Statement) -> HttpResponse:
        """Stay on the statement and say what it is now."""
        return self._stay(request, obj)

    def view_on_site(self, obj: Statement) -> str | None:
        """Return the public address while there is one."""
        visible = standing_now(obj).visible
        return visible.get_absolute_url() if visible else None

    # ---- the verbs -----------------------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        """Add an address for each verb of a statement that needs words or has no form of its own."""
        verbs = [
            path(
                f"<path:object_id>/{verb.address}/",
                self.admin_site.admin_view(verb_view(self, verb)),
                name=f"news_statement_{verb.name}",
            )
            for verb in VERBS
        ]
        return verbs + PreviewPages(self).urls + super().get_urls()

    def _has_editor(self, request: HttpRequest, statement: Statement | None) -> bool:
        """Tell whether the page is for writing: a new statement, or a draft and somebody who may change it."""
        if statement is None or _holds_text(request):
            return True  # what was typed is shown again, even where there is nothing left to save it to
        draft = standing_now(statement).draft
        way = step(Act.CHANGE, draft.state) if draft else None
        return way is not None and permissions.may(_who(request), way.right)

    def _buttons(self, request: HttpRequest, statement: Statement | None) -> dict[str, Any]:
        standing = standing_now(statement) if statement else None
        user = _who(request)
        state = (standing.draft.state if standing.draft else "") if standing else State.DRAFT
        writes = step(Act.CHANGE, state)
        return {
            "writes": writes is not None and permissions.may(user, writes.right),
            "submits": step(Act.SUBMIT, state) is not None and permissions.may_write(user),
            "comments": statement and Comment.objects.filter(edition__statement=statement).select_related("by"),
            "returned": state == State.RETURNED and _last_comment(statement),
            "forced": statement and Edition.objects.awaiting_review().filter(statement=statement).first(),
            "verbs": [
                verb
                for verb in VERBS
                if statement and standing and verb.is_offered(statement, standing) and permissions.may(user, verb.right)
            ],
            **offered(statement, standing, user),
            **translations.shown(statement, moment.now(), may_add=permissions.may_write(user)),
        }

    def _stay(self, request: HttpRequest, statement: Statement) -> HttpResponse:
        situation = words.in_words(standing_now(statement))
        number = _(" No. %d.") % statement.number if statement.number else ""
        self.message_user(request, _("Saved: %(situation)s.") % {"situation": situation} + number, messages.SUCCESS)
        address = reverse("admin:news_statement_change", args=[statement.pk])
        return HttpResponseRedirect(address + conflict.saved_mark(request))

    def _tell_removed(self, request: HttpRequest, form: StatementForm) -> None:
        removed = form.fields["body"].removed  # type: ignore[attr-defined]
        if removed:
            sentence = _("The text was cleaned. This was taken out: %s.") % ", ".join(removed[:20])
            self.message_user(request, sentence, messages.WARNING)


def _last_comment(statement: Statement | None) -> Comment | None:
    """Return what was said last about the draft: why it came back."""
    said = Comment.objects.filter(edition__statement=statement, edition__state=State.RETURNED)
    return said.select_related("by").last()


def _holds_text(request: HttpRequest) -> bool:
    """Tell whether somebody sent the statement's form."""
    return request.method == "POST" and "body" in request.POST


def _who(request: HttpRequest) -> Any:
    return request.user
