"""Addresses of the library that only the newsroom reads: stored files whatever is public, and where forms choose."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from news import permissions
from news.library import converter, serving  # noqa: F401  converter knows <file_token:…>
from news.models import LibraryFile, Rendition

PER_PAGE = 24


def urls(pictures: admin.ModelAdmin) -> list[URLPattern]:
    """Return the addresses beside the list of pictures."""
    view = pictures.admin_site.admin_view
    return [
        path("files/<file_token:token>/", view(small, cacheable=True), name="news_picture_small"),
        path("files/<file_token:token>/<str:name>", view(file, cacheable=True), name="news_picture_file"),
        path("<int:pk>/thumbnail/", view(thumbnail, cacheable=True), name="news_picture_thumbnail"),
        path("choose/", view(Chooser(pictures)), name="news_picture_choose"),
    ]


def document_urls(documents: admin.ModelAdmin) -> list[URLPattern]:
    """Return the address at which a form looks documents up."""
    view = documents.admin_site.admin_view(_DocumentsJson.as_view(model_admin=documents))
    return [path("find/", view, name="news_document_find")]


@require_safe
def file(request: HttpRequest, token: str, name: str) -> HttpResponseBase:
    """Answer with a stored file, whatever is public: for whoever may read drafts."""
    return _answer(request, Rendition.objects.at_address(token, name).first)


@require_safe
def small(request: HttpRequest, token: str) -> HttpResponseBase:
    """Answer with the smallest rendition of a picture: for lists and for the editor."""
    return _answer(request, _smallest().filter(file__token=token).first)


@require_safe
def thumbnail(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Answer with the smallest rendition of the picture that a form has chosen."""
    return _answer(request, _smallest().filter(file=pk).first)


def _smallest() -> Any:
    return Rendition.objects.filter(width__isnull=False).select_related("file").order_by("width", "size")


def _answer(request: HttpRequest, find: Any) -> HttpResponseBase:
    user: Any = request.user
    if not permissions.may_read(user):
        raise PermissionDenied
    rendition = find()
    if rendition is None:
        raise Http404
    response = serving.answer(request, rendition)
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    # Whoever signs out sees no more of it: every time it is asked whether it may be shown.
    patch_cache_control(response, private=True, no_cache=True)
    return response


class Chooser:
    """The page on which the editor's picture dialog chooses; `js/library.js` hands the choice back to the editor."""

    def __init__(self, pictures: admin.ModelAdmin) -> None:
        self._pictures = pictures

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Show the newest pictures, or those in which the words stand."""
        if not self._pictures.has_view_permission(request):
            raise PermissionDenied
        words = request.GET.get("q", "")
        found = LibraryFile.objects.pictures().matching(words).newest_first()
        # The parameters by which the editor is called back go on with every page; the script alone reads them.
        kept = {name: request.GET[name] for name in ("CKEditor", "CKEditorFuncNum", "langCode") if name in request.GET}
        context = {
            **self._pictures.admin_site.each_context(request),
            "title": _("Choose a picture"),
            "is_popup": True,
            "is_nav_sidebar_enabled": False,
            "words": words,
            "kept": kept,
            "page": Paginator(found, PER_PAGE).get_page(request.GET.get("p")),
        }
        return TemplateResponse(request, "admin/news/picture/choose.html", context)


class _DocumentsJson(AutocompleteJsonView):
    """Finds documents for a form, as Django's own view does for a field of a model; here there is none."""

    model_admin: Any = None

    def process_request(self, request: HttpRequest) -> Any:
        """Return the words that were typed, and where to look."""
        if not self.has_perm(request):
            raise PermissionDenied
        return request.GET.get("term", ""), self.model_admin, _AnyDocument, "pk"


class _AnyDocument:
    @staticmethod
    def get_limit_choices_to() -> dict[str, Any]:
        return {}
