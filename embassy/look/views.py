"""A mission's stylesheet, a pure function of its address, and its emblem, whose address says its content."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_safe

from embassy.look import emblem as emblems
from embassy.look.chosen import Look
from embassy.look.house import Face

FOR_EVER = "public, max-age=31536000, immutable"
# The address says the colours and the face; how they are set is the release's.
FOR_A_DAY = "public, max-age=86400"


@require_safe
def stylesheet(request: HttpRequest, light: str, dark: str, face: str) -> HttpResponse:
    """Answer with the stylesheet that the address describes, where everybody can read its colours."""
    if face not in Face.values:
        raise Http404
    look = Look(f"#{light}", f"#{dark}", Face(face))
    if not look.is_readable:
        raise Http404
    content = look.stylesheet.encode()
    headers = {"Cache-Control": FOR_A_DAY, "Content-Length": str(len(content))}
    body = b"" if request.method == "HEAD" else content
    return HttpResponse(body, headers=headers, content_type="text/css; charset=utf-8")


@require_safe
def emblem(request: HttpRequest, digest: str) -> HttpResponseBase:
    """Answer with an emblem that is, or was, the mission's; it can do nothing but be seen."""
    content = emblems.content(digest)
    if content is None:
        raise Http404
    headers = {
        "Cache-Control": FOR_EVER,
        "Content-Length": str(len(content)),
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        # Like every picture of ours: feeds are read on other sites.
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    if request.method == "HEAD":
        return HttpResponse(headers=headers, content_type="image/png")
    # In one piece, and yet as files are: what renders pages tells the two apart by it.
    return StreamingHttpResponse([content], headers=headers, content_type="image/png")
