"""Pages of the site as a whole: errors in its own look, and what machines ask."""

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.db import Error as DatabaseError
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse, translate_url
from django.views.decorators.cache import never_cache

from embassy import version


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what cannot be understood; to an unknown host name, say which setting names those that are known."""
    context = {"is_unknown_host": isinstance(exception, DisallowedHost)}
    return HttpResponse(render_to_string("400.html", context), status=400)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an unknown address with a page that leads on."""
    # Nothing in another language either: its links lead home. The address itself may be one that no URL parser reads.
    alternates = {code: translate_url(reverse("news:home"), code) for code, _name in settings.LANGUAGES}
    return render(request, "404.html", {"alternates": alternates}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer a failure of ours; asks the database nothing, for it may be what failed."""
    return render(request, "500.html", status=500)


@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that this process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Say whether pages can be made: the database answers and holds our tables."""
    try:
        with connection.cursor():
            version.number()
    except DatabaseError:
        return HttpResponse("the database does not answer\n", status=503, content_type="text/plain")
    return HttpResponse("ready\n", content_type="text/plain")
