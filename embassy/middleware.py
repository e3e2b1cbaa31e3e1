"""What happens around every view: the site version, the instant and the language; then the page cache."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

from django.conf import settings
from django.db import Error as DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import timezone, translation

from embassy import moment, pages, version

Respond = Callable[[HttpRequest], HttpResponse]

READING = ("GET", "HEAD")


def moment_middleware(get_response: Respond) -> Respond:
    """Fix the instant that the whole request shows, unless the caller (`render`) has fixed one."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if moment.is_fixed():
            return get_response(request)
        path = request.path_info
        if pages.is_public(path) and not pages.is_private(path) and not pages.is_file(path):
            # First the version, then the instant. The other way round, a release between the two would be
            # missing from a page that is kept under the version which has it.
            try:
                request.site_version = version.number()  # type: ignore[attr-defined]
            except DatabaseError:
                return pages.last_good(request) or _respond(get_response, request)
        return _respond(get_response, request)

    return middleware


def _respond(get_response: Respond, request: HttpRequest) -> HttpResponse:
    with moment.at(moment.now(), is_current=True):
        return get_response(request)


def language_middleware(get_response: Respond) -> Respond:
    """Activate the language: of a public page its address alone says it; staff choose theirs."""

    def middleware(request: HttpRequest) -> HttpResponse:
        # Not split(): `OPTIONS *` comes without a slash.
        first = request.path_info.removeprefix("/").partition("/")[0]
        zone: AbstractContextManager[None] = nullcontext()
        if not pages.is_public(request.path_info):
            language = translation.get_language_from_request(request)
            # What Django's admin prints of its own, it prints in home time.
            zone = timezone.override(moment.home_zone())
        elif first in dict(settings.LANGUAGES) and first != settings.LANGUAGE_CODE:
            language = first
        else:
            language = settings.LANGUAGE_CODE
        with translation.override(language), zone:
            request.LANGUAGE_CODE = language
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    return middleware


def cache_middleware(get_response: Respond) -> Respond:
    """Answer a public page from memory where it was made before in this minute, for this version of the site."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if pages.is_public(request.path_info):
            takes_it = request.method == "POST" and pages.takes_posts(request.path_info)
            if request.method not in READING and not takes_it:
                # Here and not in each view: the form protection in between would answer 403 first.
                return HttpResponseNotAllowed(READING)
            # A public page cannot depend on a cookie, nor set one in answer to a spoilt one: it sees none.
            request.COOKIES = {}
        if pages.is_private(request.path_info):
            return _without_body(request, pages.out_of_sight(get_response(request)))
        if request.method not in READING or not hasattr(request, "site_version"):
            return get_response(request)
        key = pages.key(request, request.site_version, moment.now())
        response = pages.kept(request, key) or pages.keep(request, key, get_response(request), moment.now())
        return _without_body(request, response)

    return middleware


def _without_body(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    if request.method == "HEAD" and not response.streaming:
        response.content = b""  # the server warns of a body that it must not send; Content-Length stays
    return response
