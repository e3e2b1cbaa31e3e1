"""Where machines that watch the site are answered."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import resolve

PROBES = ("/healthz", "/readyz")


def health_middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Answer a probe before anybody looks at its host name or asks for TLS: it calls by whatever address it has."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path_info in PROBES:
            response: HttpResponse = resolve(request.path_info).func(request)
            return response
        return get_response(request)

    return middleware
