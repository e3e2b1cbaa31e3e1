"""The library: pictures and documents, each with a screen; what editions show stays."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.forms import Script
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from i18nfield.admin import I18nModelAdmin

from embassy import moment, storing
from embassy.labels import label
from news import actions, permissions
from news.admin import library_views, words
from news.admin.library_form import LibraryForm
from news.library import documents, intake, names, pictures
from news.library.refusal import Refused
from news.models import Document, LibraryFile, Picture
from news.states import State


class UseFilter(admin.SimpleListFilter):
    """Shown by a statement, or by none."""

    title = gettext_lazy("use")
    parameter_name = "use"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:  # noqa: ARG002
        """Return the two."""
        return [("used", _("shown by a statement")), ("unused", _("shown by none"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:  # noqa: ARG002
        """Return the files of the chosen kind."""
        return {"used": queryset.used, "unused": queryset.unused}.get(self.value() or "", queryset.all)()


class LibraryAdmin(I18nModelAdmin):
    """What both screens have in common."""

    class Media:
        css = {"all": ("css/library.css",)}
        js = (Script("js/library.js", type="module"),)

    kind: LibraryFile.Kind
    form = LibraryForm
    list_filter = (UseFilter, "is_offered")
    list_per_page = 50
    search_fields = ("name",)  # get_search_results asks for every text of a file
    ordering = ("-uploaded_at", "-pk")
    said: tuple[str, ...] = ()
    offer = ("is_offered", "terms")
    facts: tuple[str, ...] = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return the files of this kind with how often they are shown."""
        queryset: QuerySet[Any] = super().get_queryset(request)
        shown = Count("uses__edition", distinct=True)
        queryset = queryset.filter(kind=self.kind).select_related("uploaded_by").annotate(shown=shown)
        return queryset  # noqa: RET504  of the type that the first line says

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:  # noqa: ARG002
        """Find every word in name, alternative text, caption or credit, in any language."""
        return queryset.matching(search_term), False

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002
        """Return the form, which knows the request for the sake of what was prepared."""
        form = super().get_form(request, obj, change, **kwargs)
        return type(form.__name__, (form,), {"request": request})

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Ask for the file where there is none yet; else show what it is and where it is used."""
        # Titles of what is not public are for those who may read it.
        where = ("where_used",) if permissions.may_read(request.user) else ()
        if obj:
            return (*self.facts, *self.said, *self.offer, *where)
        return ("upload", *self.said, *(self.offer if permissions.may_release(request.user) else ()))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:  # noqa: ARG002
        """Let be changed what is said of the file, not what it is; those who release decide what the press gets."""
        return (*self.facts, "where_used", *(() if permissions.may_release(request.user) else self.offer))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let the words of a file be changed by those who may change the texts that show it; others read them."""
        may = bool(super().has_change_permission(request, obj))
        return may and (obj is None or _may_change_words(request, obj))

    # ---- what is done --------------------------------------------------------------------------------------------

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """Check and draw what was sent before the transaction begins; a file that is there already leads to it."""
        upload = request.FILES.get("upload") if request.method == "POST" and not object_id else None
        if upload and self.has_add_permission(request):
            try:
                prepared = intake.prepare(upload, self.kind)
            except Refused as refusal:
                request.refused = str(refusal)  # type: ignore[attr-defined]
            else:
                existing = prepared.existing()
                if existing and "_popup" not in request.POST:
                    return self._lead_to(request, existing, prepared.name)
                if existing:
                    request.refused = self._is_there(existing, prepared.name)  # type: ignore[attr-defined]
                request.prepared = prepared  # type: ignore[attr-defined]
        try:
            with storing.all_or_nothing():
                return super().changeform_view(request, object_id, form_url, extra_context)
        except actions.Refusal as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return HttpResponseRedirect(self._address("changelist"))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001
        """Take the file in, or save what is said of it, by the verb for it."""
        by: Any = request.user
        if change:
            actions.change_file(obj, by=by, at=moment.now())
        else:
            actions.add_file(obj, form.cleaned_data["upload"], by=by, at=moment.now())

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None) -> Any:
        """Ask before a file is deleted; say why one that is shown cannot be."""
        file = self.get_object(request, object_id)
        if file and self.has_delete_permission(request, file) and actions.stays(file):
            self.message_user(request, actions.why_it_stays(file), messages.ERROR)
            return HttpResponseRedirect(self._address("change", file.pk))
        return super().delete_view(request, object_id, extra_context)

    def get_deleted_objects(self, objs: Any, request: Any) -> Any:
        """Say of what stays why it does, not which texts show it: they may be secret to whoever asks."""
        found = super().get_deleted_objects(objs, request)
        stay = [actions.why_it_stays(file) for file in objs if actions.stays(file)]
        return (*found[:3], stay or found[3])

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Delete the file by the verb for it."""
        by: Any = request.user
        actions.delete_file(obj, by=by, at=moment.now())

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        """Delete the files one by one, by the verb for it."""
        for file in queryset:
            self.delete_model(request, file)

    def _lead_to(self, request: HttpRequest, existing: LibraryFile, name: str) -> HttpResponse:
        self.message_user(request, self._is_there(existing, name), messages.WARNING)
        kind = existing.kind
        return HttpResponseRedirect(reverse(f"admin:news_{kind}_change", args=[existing.pk]))

    def _is_there(self, existing: LibraryFile, name: str) -> str:
        sentence = _("“%(name)s” is in the library already, as “%(existing)s”: use that one.")
        return sentence % {"name": name, "existing": existing.name}

    def _address(self, page: str, *args: Any) -> str:
        return reverse(f"admin:news_{self.opts.model_name}_{page}", args=args)

    # ---- what is shown -------------------------------------------------------------------------------------------

    @admin.display(description=gettext_lazy("size"), ordering="size")
    def size_in_words(self, file: LibraryFile) -> str:
        """Print “240 KB”, and of a picture its pixels."""
        size = names.size_in_words(file.size)
        return f"{file.width}\u00a0×\u00a0{file.height}, {size}" if file.width else size

    @admin.display(description=gettext_lazy("uploaded"), ordering="uploaded_at")
    def day(self, file: LibraryFile) -> str:
        """Print the day on which the file came, by the home calendar."""
        return f"{moment.local(file.uploaded_at, moment.home_zone()):%d.%m.%Y}"

    @admin.display(description=gettext_lazy("shown by"), ordering="shown")
    def use(self, file: Any) -> str:
        """Print how many texts show the file."""
        return ngettext("shown in %d text", "shown in %d texts", file.shown) % file.shown if file.shown else _("none")

    @admin.display(description=gettext_lazy("where it is shown"))
    def where_used(self, file: LibraryFile) -> SafeString | str:
        """Print the statements whose texts show the file, each with its state and the place in it."""
        uses = file.uses.select_related("edition__statement").order_by("-edition_id", "role")
        now, found = moment.now(), dict[int, list[Any]]()
        for use in uses:
            places = found.setdefault(use.edition.statement_id, [use.edition.statement])
            places += [use.get_role_display()] if use.get_role_display() not in places else []
        rows = [
            (
                reverse("admin:news_statement_change", args=[pk]),
                str(statement),
                ", ".join(str(place) for place in places),
                words.badges(statement.standing(now)),
            )
            for pk, (statement, *places) in found.items()
        ]
        if not rows:
            return _("Nowhere: it can be deleted.")
        listed = format_html_join("", '<li><a href="{}">{}</a> ({}): {}</li>', rows)
        rule = _("Its words are approved ones: those who release change them.") if _is_approved(file) else ""
        return format_html('<ul class="where-used">{}</ul>{}', listed, rule)


def _may_change_words(request: HttpRequest, file: LibraryFile) -> bool:
    user: Any = request.user
    shown = set(file.uses.values_list("edition__state", flat=True))
    if file.is_offered or State.APPROVED in shown:
        return permissions.may_release(user)
    return State.SUBMITTED not in shown or permissions.may_edit(user)


def _is_approved(file: LibraryFile) -> bool:
    return file.uses.filter(edition__state=State.APPROVED).exists()


@admin.register(Picture)
class PictureAdmin(LibraryAdmin):
    """Pictures, with the words for those who do not see them."""

    kind = LibraryFile.Kind.PICTURE
    list_display = ("thumbnail", "name", "words_for_it", "size_in_words", "use", "day")
    list_display_links = ("name",)
    search_help_text = gettext_lazy("Words of file name, alternative text, caption or credit")
    said = ("alt", "is_decorative", "caption", "credit", "rights")
    facts = ("thumbnail", "name", "size_in_words", "uploaded_by", "uploaded_at")

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002
        """Say at the file what can be taken and what becomes of it."""
        form = super().get_form(request, obj, change, **kwargs)
        upload = form.base_fields.get("upload")
        if upload:
            upload.widget.attrs["accept"] = ",".join(f".{ending}" for ending in pictures.FORMATS)
            sentence = _(
                "%(formats)s, at most %(most)s. It is drawn anew in several sizes, without what a camera writes into "
                "it (place, time, device); of a moving picture the first frame."
            )
            formats = ", ".join(dict.fromkeys(pictures.FORMATS.values()))
            upload.help_text = sentence % {"formats": formats, "most": names.size_in_words(pictures.MOST_BYTES)}
        return form

    def get_urls(self) -> list[URLPattern]:
        """Add what only the newsroom reads: the stored files, and the page on which the editor chooses."""
        return [*library_views.urls(self), *super().get_urls()]

    @admin.display(description=gettext_lazy("picture"))
    def thumbnail(self, picture: LibraryFile) -> SafeString:
        """Print the picture, small."""
        address = reverse("admin:news_picture_small", args=[picture.token])
        size = f"{picture.width} × {picture.height}"
        return format_html('<img class="thumbnail" src="{}" alt="{}" title="{}" loading="lazy">', address, "", size)

    @admin.display(description=gettext_lazy("alternative text"))
    def words_for_it(self, picture: LibraryFile) -> str:
        """Print what the picture says, or that it says nothing."""
        return _("(decorative)") if picture.is_decorative else str(label(picture.alt))


@admin.register(Document)
class DocumentAdmin(LibraryAdmin):
    """Documents that statements offer for download."""

    kind = LibraryFile.Kind.DOCUMENT
    list_display = ("__str__", "name", "ending", "size_in_words", "use", "day")
    search_help_text = gettext_lazy("Words of title or file name")
    said = ("caption", "rights")
    facts = ("name", "ending", "size_in_words", "uploaded_by", "uploaded_at")

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002
        """Call the caption what it is here, and say what can be taken."""
        form = super().get_form(request, obj, change, **kwargs)
        fields = form.base_fields
        if "caption" in fields:
            fields["caption"].label = _("Title")
            fields["caption"].help_text = _("What pages call it. Empty: its file name.")
        if "upload" in fields:
            endings = ("pdf", *documents.OFFICE)
            fields["upload"].widget.attrs["accept"] = ",".join(f".{ending}" for ending in endings)
            fields["upload"].help_text = _(
                "%(formats)s, at most %(most)s; without macros, scripts and passwords. It is stored as it is: what its "
                "properties say of authors and changes, everybody can read."
            ) % {"formats": ", ".join(endings), "most": names.size_in_words(documents.MOST_BYTES)}
        return form

    def get_urls(self) -> list[URLPattern]:
        """Add the address at which forms look documents up."""
        return [*library_views.document_urls(self), *super().get_urls()]

    @admin.display(description=gettext_lazy("type"))
    def ending(self, file: LibraryFile) -> str:
        """Print “PDF”, “DOCX”."""
        return intake.ENDINGS[file.content_type].upper()
