"""Pages on the wire: packed where the browser takes it, the same page all the same."""

import gzip
from collections.abc import Iterator

import pytest
import time_machine
from django.http import HttpResponse
from django.test import RequestFactory

from embassy import pages, wire
from tests.factories import NOW, make_live, make_picture
from tests.reading import content

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _through_the_cache() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


GZIP = {"accept-encoding": "gzip, deflate, br"}


@pytest.mark.parametrize(
    "path", ["/", "/ru/messages/", "/feeds/atom.xml", "/feeds/feed.json", "/sitemap.xml", "/nowhere/"]
)
def test_a_page_is_the_same_packed_and_not(visitor, path):
    make_live()
    for _once_more in ("made", "kept"):
        packed, plain = visitor.get(path, headers=GZIP), visitor.get(path)
        assert packed.headers["Content-Encoding"] == "gzip"
        assert "Content-Encoding" not in plain.headers
        assert gzip.decompress(packed.content) == plain.content
        assert [int(one.headers["Content-Length"]) for one in (packed, plain)] == [
            len(packed.content),
            len(plain.content),
        ]
        assert "Accept-Encoding" in packed.headers["Vary"]
        assert packed.headers["Vary"] == plain.headers["Vary"]


def test_a_page_kept_for_one_is_answered_to_the_other(visitor):
    pages.clear()
    plain = visitor.get("/")
    packed = visitor.get("/", headers=GZIP)
    assert gzip.decompress(packed.content) == plain.content
    assert packed.headers["ETag"] == plain.headers["ETag"]
    again = visitor.get("/", headers=GZIP | {"if-none-match": plain.headers["ETag"]})
    assert (again.status_code, again.content, again.headers["Vary"]) == (304, b"", "Accept-Encoding")
    # What a proxy in between made strong is still the page that the visitor has.
    strong = plain.headers["ETag"].removeprefix("W/")
    assert visitor.get("/", headers={"if-none-match": strong}).status_code == 304


def test_the_head_of_a_packed_page_has_no_body(visitor):
    whole = visitor.get("/", headers=GZIP)
    head = visitor.head("/", headers=GZIP)
    assert (head.content, head.headers["Content-Length"]) == (b"", whole.headers["Content-Length"])


@pytest.mark.parametrize(
    ("header", "takes"),
    [
        ("gzip", True),
        ("br;q=1.0, gzip;q=0.8, *;q=0.1", True),
        ("*", True),
        ("GZIP", True),
        ("", False),
        ("br", False),
        ("gzip;q=0", False),
        ("gzip; q=0.000", False),
        ("gzip;level=9;q=0", False),
        ("*;q=0", False),
        ("*, gzip;q=0", False),
        ("gzip;q=0.001", True),
    ],
)
def test_what_a_browser_takes(header, takes):
    assert wire.takes_gzip(RequestFactory().get("/", headers={"accept-encoding": header})) is takes


def test_what_is_no_text_or_short_is_left_as_it_is(visitor):
    assert wire.pack(HttpResponse(b"x" * 1000, content_type="image/png")) is None
    assert wire.pack(HttpResponse("x" * (wire.LEAST_BYTES - 1))) is None
    picture = make_live(picture=make_picture()).uses.get().file
    file = visitor.get(f"/files/{picture.token}/{picture.renditions.first().name}", headers=GZIP)
    assert content(file)
    assert "Content-Encoding" not in file.headers
