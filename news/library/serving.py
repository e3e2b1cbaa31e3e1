"""Answering with a stored file: whole or in part, in chunks, under headers that let it do nothing."""

from collections.abc import Iterator
from typing import IO

from django.core.files.storage import default_storage
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotModified,
    StreamingHttpResponse,
)
from django.utils.http import content_disposition_header, parse_etags

from news.library import ranges
from news.models import Rendition

CHUNK = 64 * 1024


class _Chunks:
    """The bytes of one part of an open file; closing it closes the file, read to the end or not."""

    def __init__(self, file: IO[bytes], part: ranges.Part) -> None:
        self._file, self._left = file, part.length
        file.seek(part.first)

    def __iter__(self) -> Iterator[bytes]:
        while self._left > 0 and (chunk := self._file.read(min(CHUNK, self._left))):
            self._left -= len(chunk)
            yield chunk

    def close(self) -> None:
        self._file.close()


def answer(request: HttpRequest, rendition: Rendition) -> HttpResponseBase:
    """Answer with the rendition, which the caller has checked that this reader may have.

    How long it may be kept is the caller's to say.
    """
    response = _content(request, rendition)
    file = rendition.file
    headers = {
        "ETag": _etag(rendition),
        "Accept-Ranges": "bytes",
        "X-Content-Type-Options": "nosniff",
        # Opened by itself, it is a page of nothing: no script, no form, no request, an origin of its own.
        "Content-Security-Policy": "default-src 'none'; sandbox",
        # Feeds show pictures on other sites; nobody has a reason to build a document into a page.
        "Cross-Origin-Resource-Policy": "cross-origin" if file.is_picture else "same-origin",
    }
    for name, value in headers.items():
        response.headers[name] = value
    if not file.is_picture:
        # Never shown inside of our origin, a PDF neither: what it can do depends on who shows it.
        response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=file.name)
    return response


def _content(request: HttpRequest, rendition: Rendition) -> HttpResponseBase:
    etag, size = _etag(rendition), rendition.size
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        return HttpResponseNotModified()
    part = None
    # If-Range names what the reader has a part of. No date is ever sent: one in it is not ours.
    if request.headers.get("If-Range", etag) == etag:
        try:
            part = ranges.parse(request.headers.get("Range", ""), size)
        except ranges.Unsatisfiable:
            return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"}, content_type="text/plain")
    whole = ranges.Part(0, size)
    length = (part or whole).length
    headers = {"Content-Length": str(length)}
    if part:
        headers["Content-Range"] = f"bytes {part.first}-{part.first + part.length - 1}/{size}"
    status = 206 if part else 200
    if request.method == "HEAD":
        return HttpResponse(status=status, headers=headers, content_type=rendition.content_type)
    try:
        file = default_storage.open(rendition.path)
    except FileNotFoundError:
        raise Http404 from None
    chunks = _Chunks(file, part or whole)
    return StreamingHttpResponse(chunks, status=status, headers=headers, content_type=rendition.content_type)


def _etag(rendition: Rendition) -> str:
    # What is stored never changes, so its address tells one content from another.
    return f'"{rendition.file.token}-{rendition.name}"'
