"""The register of digests for machines, the words behind a digest, and the page that says whether a text is ours."""

import json

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from embassy import moment
from news.models import Edition
from news.register import canonical, lines, publishing, verifying

FORM = "application/x-www-form-urlencoded"


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Show the state of the register, and up to a thousand of its lines behind the position `after`."""
    at = moment.now()
    typed = request.GET.get("after", "")
    after = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
    found = lines.page(at, after)
    state = publishing.state(at)
    is_last = not found or found[-1].position == state["count"]
    further = "" if is_last else f"{reverse('machines:register')}?after={found[-1].position}"
    state["lines"] = [publishing.line(line) for line in found]
    state["next"] = request.build_absolute_uri(further) if further else None
    return HttpResponse(json.dumps(state, indent=1) + "\n", content_type="application/json")


@require_safe
def canonical_text(request: HttpRequest, number: int, sequence: int) -> HttpResponse:
    """Show the very bytes over which the digest of an edition is made, while its text can be read."""
    readable = Edition.objects.readable(moment.now()).select_related("statement")
    edition = readable.filter(statement__number=number, sequence=sequence).first()
    if edition is None:
        raise Http404
    response = HttpResponse(canonical.text(edition), content_type="text/plain; charset=utf-8")
    response.headers["X-Robots-Tag"] = "noindex"
    return response


# Nothing is written and no account is asked: there is nothing that another site could forge, and no cookie to hold.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Answer whether a text, a number, an address or a digest is ours; what is pasted is neither kept nor logged."""
    if request.method == "POST" and request.content_type != FORM:
        return HttpResponse(status=415)  # files would be written to disk before anybody looks at them
    try:
        typed = request.POST.get("text", "") if request.method == "POST" else request.GET.get("of", "")
    except (SuspiciousOperation, BadRequest, UnreadablePostError):
        return HttpResponse(status=400)  # raised, each would leave a traceback in the log
    is_asked = request.method == "POST" or "of" in request.GET
    home = request.build_absolute_uri("/").rstrip("/")
    answer = verifying.answer(typed, moment.now(), home=home) if is_asked else None
    shown = typed[: verifying.LONGEST]
    response = render(request, "news/verify.html", {"answer": answer, "typed": shown, "most": verifying.LONGEST})
    if request.method == "POST":
        patch_cache_control(response, no_store=True)
    if is_asked:
        response.headers["X-Robots-Tag"] = "noindex"
    return response
