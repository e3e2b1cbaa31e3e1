"""The page cache: public pages in this process's memory, under all that a page depends on.

A page is a pure function of path, language and instant, so its key is: host, path (the language is in it), the known
parameters, the minute, and the site version. Such a page is never wrong, and nothing ever needs to be purged.
"""

import re
import sys
from collections import OrderedDict
from datetime import datetime
from threading import Lock
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.crypto import salted_hmac
from django.utils.http import parse_etags, parse_http_date_safe, urlencode

from embassy import moment, wire

PARAMETERS = ("category", "from", "to", "before", "q", "language", "order", "print", "after", "of")
MOST_BYTES = 64 * 1024 * 1024
LARGEST_PAGE = 512 * 1024
# What a page takes in memory besides its words: a redirect has none, and all the same is not free.
_OVERHEAD = 1024
KEPT_STATUSES = {200, 301, 410}
# Preview links, under the prefix of whichever language.
_PRIVATE = re.compile(r"/+(?:[a-z-]+/+)?preview(?:/|\Z)", re.IGNORECASE)
# The one page that takes what a visitor pastes; it writes nothing.
_TAKES_POSTS = re.compile(r"/(?:[a-z-]+/)?verify/\Z")
STALE_IF_ERROR = 24 * 60 * 60


class Key(NamedTuple):
    """All that the bytes of a public page depend on."""

    address: str
    minute: int
    version: int

    @property
    def etag(self) -> str:
        """A validator that needs no rendering; salted, so that it does not tell the site version.

        Weak (RFC 9110, 8.8.1): it is that of the page, whether the page travels packed or not.
        """
        return 'W/"' + salted_hmac("embassy.pages", repr(self)).hexdigest()[:32] + '"'


class _Page(NamedTuple):
    key: Key
    made: datetime
    status: int
    headers: dict[str, str]
    content: bytes
    is_packed: bool

    @property
    def size(self) -> int:
        """How many bytes of memory it takes, its address and headers with it; rather too many than too few."""
        texts = (self.key.address, *self.headers, *self.headers.values())
        return _OVERHEAD + len(self.content) + sum(map(sys.getsizeof, texts))


class _Store:
    """The last page of each address, up to MOST_BYTES of them; the one that was made longest ago goes first."""

    def __init__(self) -> None:
        self._pages: OrderedDict[str, _Page] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def get(self, address: str) -> _Page | None:
        with self._lock:
            return self._pages.get(address)

    def put(self, page: _Page) -> None:
        with self._lock:
            self._forget(page.key.address)
            self._pages[page.key.address] = page
            self._bytes += page.size
            while self._bytes > MOST_BYTES:
                self._forget(next(iter(self._pages)))

    def clear(self) -> None:
        with self._lock:
            for address in list(self._pages):
                self._forget(address)

    def _forget(self, address: str) -> None:
        page = self._pages.pop(address, None)
        self._bytes -= page.size if page else 0


_store = _Store()


def is_public(path: str) -> bool:
    """Tell whether the path is a page for visitors: not the newsroom's, not a static file (probes never come here)."""
    return not path.startswith(("/admin/", "/static/"))


def is_file(path: str) -> bool:
    """Tell whether the path is a stored file's or of a look: checked and answered by itself, never kept here."""
    return path.startswith(("/files/", "/look/", "/emblem/"))


def is_private(path: str) -> bool:
    """Tell whether the page is for whoever holds its address alone: the cache never sees it, nor does an ETag."""
    return _PRIVATE.match(path) is not None


def takes_posts(path: str) -> bool:
    """Tell whether the page answers what a visitor sends it: such an answer is nobody else's, and never kept."""
    return _TAKES_POSTS.match(path) is not None


def out_of_sight(response: HttpResponse) -> HttpResponse:
    """Keep a private page, an error there too, from caches and search engines, and its address from other sites."""
    response.headers.pop("ETag", None)
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def key(request: HttpRequest, version: int, at: datetime) -> Key:
    """Return the key of the page that the request asks for at the aware instant `at`."""
    return Key(_address(request), int(at.timestamp()) // 60, version)


def kept(request: HttpRequest, key: Key) -> HttpResponse | None:
    """Return the page kept under `key`, or 304 where the visitor has it; None where there is none."""
    if key.etag in map(_weak, parse_etags(request.headers.get("If-None-Match", ""))):
        response: HttpResponse = HttpResponseNotModified()
        patch_vary_headers(response, ["Accept-Encoding"])  # RFC 9110, 15.4.5: as on the page itself
        return _for_a_minute(request, response, key, moment.now())
    page = _store.get(key.address)
    if page is None or page.key != key:
        return None
    return _for_a_minute(request, _answer(request, page), key, moment.now())


def keep(request: HttpRequest, key: Key, response: HttpResponse, at: datetime) -> HttpResponse:
    """Keep the page under `key` where it may be kept, and return it with its validity: until the minute ends."""
    if response.status_code not in KEPT_STATUSES | {404} or response.streaming or response.cookies:
        return response
    is_kept = response.status_code in KEPT_STATUSES and request.method == "GET"
    is_kept = is_kept and len(response.content) <= LARGEST_PAGE
    packed = wire.pack(response) if is_kept or wire.takes_gzip(request) else None
    if is_kept:
        content = response.content if packed is None else packed
        _store.put(_Page(key, at, response.status_code, dict(response.items()), content, packed is not None))
    return _for_a_minute(request, wire.sent(request, response, packed), key, at)


def last_good(request: HttpRequest) -> HttpResponse | None:
    """Return the last page made for this address, with its age: for the time in which the database does not answer."""
    page = _store.get(_address(request))
    if page is None or request.method == "POST":  # what was sent is answered by no page that is kept
        return None
    response = _answer(request, page)
    response.headers["Age"] = str(max(int((moment.now() - page.made).total_seconds()), 0))
    response.headers["Cache-Control"] = "no-store"
    return response


def clear() -> None:
    """Forget every page: for tests, whose databases come and go within a minute."""
    _store.clear()


def _address(request: HttpRequest) -> str:
    known = [(name, value) for name in PARAMETERS for value in request.GET.getlist(name)]
    return f"{request.scheme}://{request.get_host()}{request.path}?{urlencode(known)}"


def _answer(request: HttpRequest, page: _Page) -> HttpResponse:
    packed = page.content if page.is_packed else None
    # Unpacking takes a tenth of packing, and hardly anybody asks for it.
    content = b"" if packed and wire.takes_gzip(request) else wire.unpack(packed) if packed else page.content
    return wire.sent(request, HttpResponse(content, status=page.status, headers=page.headers), packed)


def _weak(etag: str) -> str:
    return etag if etag.startswith("W/") else f"W/{etag}"


def _for_a_minute(request: HttpRequest, response: HttpResponse, key: Key, at: datetime) -> HttpResponse:
    is_own = "ETag" in response.headers
    response.headers.setdefault("ETag", key.etag)
    patch_cache_control(response, public=True, max_age=moment.seconds_to_next_minute(at), stale_if_error=STALE_IF_ERROR)
    if not is_own:
        return response
    # A validator of the content itself outlives the minute: programs ask for a feed all day, and it seldom changes.
    response.headers["ETag"] = _weak(response.headers["ETag"])
    modified = parse_http_date_safe(response.headers.get("Last-Modified", ""))
    return get_conditional_response(request, response.headers["ETag"], modified, response) or response
