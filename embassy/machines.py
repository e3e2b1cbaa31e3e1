"""What machines ask of the site as a whole: its icon, its web manifest, and whom to tell of a security hole."""

from datetime import UTC, datetime
from functools import cache

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from embassy import mission, moment
from embassy.look import chosen
from embassy.look.house import LIGHT

MONTHS = 10
ICONS = (
    ("icons/icon-192.png", "192x192", "image/png", "any"),
    ("icons/icon-512.png", "512x512", "image/png", "any"),
    ("icons/maskable-512.png", "512x512", "image/png", "maskable"),
    ("favicon.svg", "any", "image/svg+xml", "any"),
)


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Answer at the one address that browsers try by themselves."""
    return HttpResponse(_icon(), content_type="image/x-icon")


@cache
def _icon() -> bytes:
    return (settings.BASE_DIR / "static" / "favicon.ico").read_bytes()


@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    """Answer with the web manifest in the page's language (https://www.w3.org/TR/appmanifest/)."""
    home = reverse("news:home")
    icons = [
        {"src": staticfiles_storage.url(name), "sizes": sizes, "type": content_type, "purpose": purpose}
        for name, sizes, content_type, purpose in ICONS
    ]
    content = {
        "id": home,
        "name": mission.name(),
        "lang": translation.get_language(),
        "dir": "rtl" if translation.get_language_bidi() else "ltr",
        "start_url": home,
        "scope": "/",
        "display": "browser",
        "background_color": LIGHT.paper,
        "theme_color": chosen.of(mission.known()).light,
        "icons": icons,
    }
    parameters = {"ensure_ascii": False, "indent": 1}
    return JsonResponse(content, content_type="application/manifest+json", json_dumps_params=parameters)


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Say whom to tell of a security hole (RFC 9116), where operators have said so."""
    if not settings.SECURITY_CONTACTS:
        raise Http404
    lines = [f"Contact: {contact}" for contact in settings.SECURITY_CONTACTS]
    lines.append(f"Expires: {expires(moment.now()):%Y-%m-%dT%H:%M:%SZ}")
    lines.append(f"Preferred-Languages: {', '.join(code for code, _name in settings.LANGUAGES)}")
    if request.is_secure():
        # RFC 9116, 2.5.2: an address of the web begins with https.
        lines.append(f"Canonical: {request.build_absolute_uri()}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def expires(at: datetime) -> datetime:
    """Return until when to believe what is said at the aware instant `at`: nine to ten months, and less than a year.

    The first of a month (UTC): the text changes once a month, and not with each request (RFC 9116, 2.5.5).
    """
    years, month = divmod(at.astimezone(UTC).month - 1 + MONTHS, 12)
    year = at.astimezone(UTC).year + years
    return min(datetime(year, month + 1, 1, tzinfo=UTC), moment.LATEST) if year <= moment.LATEST.year else moment.LATEST
