"""Texts on the wire: packed by gzip where the browser takes it."""

import gzip
import re

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

# What is text, and gets smaller.
_TEXTS = re.compile(r"text/|application/(?:[a-z.-]+\+)?(?:xml|json)\b|image/svg\+xml")
# Below this the words that say it is packed take more than is gained.
LEAST_BYTES = 256


def pack(response: HttpResponse) -> bytes | None:
    """Return the response's content packed; None where it is no text, too short, or has an encoding already."""
    kind = response.headers.get("Content-Type", "")
    if response.streaming or "Content-Encoding" in response.headers or not _TEXTS.match(kind):
        return None
    content = response.content
    # mtime: the same words are the same bytes.
    return gzip.compress(content, compresslevel=6, mtime=0) if len(content) >= LEAST_BYTES else None


def unpack(packed: bytes) -> bytes:
    """Return what was packed."""
    return gzip.decompress(packed)


def takes_gzip(request: HttpRequest) -> bool:
    """Tell whether the browser takes gzip (RFC 9110, 12.5.3): named, or meant by `*`, and not refused by `q=0`."""
    named: dict[str, bool] = {}
    for part in request.headers.get("Accept-Encoding", "").lower().split(","):
        coding, *parameters = (piece.strip() for piece in part.split(";"))
        named[coding] = not any(re.fullmatch(r"q\s*=\s*0(?:\.0*)?", one) for one in parameters)
    return named.get("gzip", named.get("*", False))


def sent(request: HttpRequest, response: HttpResponse, packed: bytes | None) -> HttpResponse:
    """Return the response with its content packed, where there is a packed one and the browser takes it."""
    if response.streaming or not _TEXTS.match(response.headers.get("Content-Type", "")):
        return response
    patch_vary_headers(response, ["Accept-Encoding"])
    if packed is not None and takes_gzip(request):
        response.content = packed
        response.headers["Content-Encoding"] = "gzip"
        response.headers["Content-Length"] = str(len(packed))
    return response
