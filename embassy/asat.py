"""As at: staff walk the public site at any instant, and every address on the way keeps the instant.

The page is the very answer that a visitor would get (the same middleware, no cookies, nobody signed in), made with
another instant. Only its addresses are changed, and a bar is put on top.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from html import escape, unescape
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.encoding import escape_uri_path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from embassy import moment, pages
from embassy.zoned import ZonedInstant, ZonedMinuteField, in_every_clock

# What tells a visitor's browser to ask again, or whether it may keep the answer: none of it holds here.
OF_VISITORS = ("Age", "Cache-Control", "ETag", "Expires", "Last-Modified", "Vary")
# What staff’s browsers say and a visitor’s first request would not.
OF_STAFF = (
    "CSRF_COOKIE",
    "CSRF_COOKIE_NEEDS_UPDATE",
    "HTTP_AUTHORIZATION",
    "HTTP_COOKIE",
    "HTTP_IF_MATCH",
    "HTTP_IF_MODIFIED_SINCE",
    "HTTP_IF_NONE_MATCH",
    "HTTP_IF_RANGE",
    "HTTP_IF_UNMODIFIED_SINCE",
)


class AsAtForm(forms.Form):
    """The minute at which to walk the site."""

    at = ZonedMinuteField(
        label=gettext_lazy("As at"), required=True, help_text=gettext_lazy("You see what visitors see at that minute.")
    )
    path = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_path(self) -> str:
        """Return the path of a page for visitors; the home page for anything else."""
        path: str = self.cleaned_data["path"]
        return path if path.startswith("/") and is_walkable(path) else "/"  # behind a prefix, “//” names no host


@dataclass(frozen=True)
class Walk:
    """The site at one instant, on one host: how its addresses are kept inside."""

    instant: datetime
    host: str = ""

    @property
    def prefix(self) -> str:
        """What stands before every path."""
        return reverse("as_at_page", args=[moment.written(self.instant)]).removesuffix("/")

    def address(self, address: str) -> str:
        """Return the address at the same instant; what is no page of this site, or relative, stays as it is."""
        try:
            parts = urlsplit(address.strip())
        except ValueError:  # no browser follows it either
            return address
        if parts.netloc:
            is_ours = parts.scheme in {"", "http", "https"} and parts.netloc.lower() == self.host.lower()
        else:
            is_ours = not parts.scheme
        path = parts.path or ("/" if parts.netloc else "")
        if not is_ours or not path.startswith("/") or not is_walkable(path):
            return address
        return urlunsplit(parts._replace(path=self.prefix + path))

    def page(self, html: str) -> str:
        """Return the HTML with every address kept at the instant, and with a clock that stands."""
        return _TAG.sub(self._tag, html)

    def _tag(self, found: re.Match[str]) -> str:
        if not found["name"]:
            return found[0]
        start, end = found.span("attributes")
        start, end = start - found.start(), end - found.start()
        attributes = _ATTRIBUTE.sub(self._attribute, found["attributes"])
        if found["name"].lower() == "header":
            # static/js/moment.js keeps the header of a page that says when it was made: this one shall stand still.
            attributes = attributes.replace(" data-at=", " data-as-at=")
        return found[0][:start] + attributes + found[0][end:]

    def _attribute(self, found: re.Match[str]) -> str:
        name, value = found[1].lower(), unescape(found[found.lastindex or 2])
        if name in ADDRESSES:
            kept = self.address(value)
        elif name in SETS:
            candidates = [candidate.split() for candidate in value.split(",") if candidate.strip()]
            kept = ", ".join(" ".join([self.address(first), *rest]) for first, *rest in candidates)
        else:
            return found[0]
        return found[0] if kept == value else f'{found[1]}="{escape(kept)}"'


ADDRESSES = {"href", "src", "action", "formaction", "poster", "data"}
SETS = {"srcset", "imagesrcset"}
# A comment, or a start tag with its attributes. Every "<" of a text is escaped by the templates and by news.richtext.
_TAG = re.compile(
    r"""<!--.*?(?:-->|\Z) | <(?P<name>[a-z][^\s/>]*+)(?P<attributes>(?:[^>"']++|"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z))*+)""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"""([^\s"'=/]++)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++))""")
# The bar stands below the link to the content, which has to be the first of a page.
_BODY = re.compile(r"""<body\b[^>]*>(?:\s*<a class="skip"[^>]*>[^<]*</a>)?""")


def is_walkable(path: str) -> bool:
    """Tell whether a path of the site is a page that every visitor can ask for."""
    return pages.is_public(path) and not pages.is_private(path)


def may_walk(request: HttpRequest) -> bool:
    """Tell whether the person may see what is scheduled."""
    return request.user.has_perm("news.view_statement")


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Ask for the instant, and lead to the page at it."""
    if not may_walk(request):
        raise PermissionDenied
    if not request.GET:
        return _ask(request, AsAtForm(initial={"at": moment.now(), "path": "/"}))
    form = AsAtForm(request.GET)
    if not form.is_valid():
        return _ask(request, form)
    instant: ZonedInstant = form.cleaned_data["at"]
    return HttpResponseRedirect(Walk(instant.instant).prefix + form.cleaned_data["path"])


@require_safe
def page(request: WSGIRequest, instant: str, rest: str = "") -> HttpResponseBase:
    """Show the public page at the instant, under a bar that says so."""
    if not may_walk(request):
        raise PermissionDenied
    path = _path(request)
    try:
        at = moment.parse(instant)
    except ValueError as error:
        return _ask(request, AsAtForm(initial={"path": _asked(request)}), str(error), status=404)
    if not is_walkable(path):
        return _ask(request, AsAtForm(), _("Only pages that visitors can ask for are shown at an instant."), status=404)
    walk = Walk(at.replace(second=0, microsecond=0), request.get_host())
    if instant != moment.written(walk.instant):
        return HttpResponseRedirect(walk.prefix + _asked(request))
    return _with_bar(request, walk, _answer(request, walk, path))


def _path(request: WSGIRequest) -> str:
    # Not the view's argument: that one is decoded, and the page shall get what came over the wire.
    return "/" + str(request.environ["PATH_INFO"]).split("/", 4)[4]


def _asked(request: HttpRequest) -> str:
    """Return path and query of the public page that is asked for, as an address."""
    path = escape_uri_path("/" + request.path_info.split("/", 4)[4])
    query = request.META.get("QUERY_STRING", "")
    return f"{path}?{query}" if query else path


@cache
def _handler() -> BaseHandler:
    handler = BaseHandler()
    handler.load_middleware()
    return handler


def _answer(request: WSGIRequest, walk: Walk, path: str) -> HttpResponseBase:
    """Return what a visitor who asks for the path at the instant gets. A fixed instant passes the page cache by."""
    environ = {name: value for name, value in request.environ.items() if name not in OF_STAFF}
    inner = WSGIRequest(environ | {"REQUEST_METHOD": "GET", "PATH_INFO": path})
    with moment.at(walk.instant), timezone.override(None):
        response: HttpResponseBase = _handler().get_response(inner)
    response.cookies.clear()
    for name in OF_VISITORS:
        response.headers.pop(name, None)
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["X-Robots-Tag"] = "noindex"
    if "Location" in response.headers:
        response.headers["Location"] = walk.address(response.headers["Location"])
    return response


def _with_bar(request: HttpRequest, walk: Walk, response: HttpResponseBase) -> HttpResponseBase:
    if not isinstance(response, HttpResponse) or not response.headers["Content-Type"].startswith("text/html"):
        return response  # a file, a feed: as it is
    html = walk.page(response.content.decode())
    form = AsAtForm(initial={"at": walk.instant, "path": _asked(request)}, auto_id="as_at_%s")
    context = {
        "form": form,
        "when": in_every_clock(walk.instant),
        "is_to_come": walk.instant > moment.now(),
        "language": translation.get_language(),
    }
    bar = render_to_string("embassy/_as_at_bar.html", context)
    # A function: the bar may hold what a template of `sub` would read as a group.
    response.content = _BODY.sub(lambda found: found[0] + bar, html, count=1).encode()
    if "Content-Length" in response.headers:
        response.headers["Content-Length"] = str(len(response.content))
    return response


def _ask(request: HttpRequest, form: AsAtForm, sentence: str = "", *, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": _("The site as at an instant"),
        "form": form,
        "sentence": sentence,
    }
    return render(request, "embassy/as_at.html", context, status=status)
