"""What goes over the wire: whole, in part, or not at all; under headers that let a file do nothing."""

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from news.library import serving
from news.models import Rendition
from tests import uploads
from tests.factories import make_document, make_live, make_picture
from tests.generated import examples
from tests.reading import content as content_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(now):
    document = make_document("Отчёт 2021.pdf")
    make_live(attachments=(document,))
    return document


@pytest.fixture
def path(document):
    return f"/files/{document.token}/otchet-2021.pdf"


@pytest.fixture
def content(document):
    with default_storage.open(document.renditions.get().path) as stored:
        return stored.read()


@pytest.fixture
def visitor(visitor):
    """A visitor who takes what is sent to its end, as every client does."""

    class Visitor:
        head = visitor.head

        def get(self, *args, **kwargs):
            answer = visitor.get(*args, **kwargs)
            answer.sent = list(answer.streaming_content) if answer.streaming else [answer.content]
            return answer

    return Visitor()


def body(answer):
    return b"".join(answer.sent)


def test_a_document_is_a_download_of_our_type_that_can_do_nothing(path, content, visitor):
    answer = visitor.get(path)
    assert body(answer) == content
    headers = dict(answer.headers)
    assert headers["Content-Type"] == "application/pdf"
    assert headers["Content-Length"] == str(len(content))
    assert headers["Content-Disposition"] == "attachment; filename*=utf-8''%D0%9E%D1%82%D1%87%D1%91%D1%82%202021.pdf"
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    # NOW is 41 minutes past: whatever keeps it asks again when the minute is over.
    assert headers["Cache-Control"] == "public, max-age=60"
    assert "Set-Cookie" not in headers
    assert "Vary" not in headers


def test_a_picture_is_shown_in_place_on_any_site(now, visitor):
    picture = make_picture()
    make_live(picture=picture)
    answer = visitor.get(f"/files/{picture.token}/40.webp")
    assert answer.headers["Content-Type"] == "image/webp"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Content-Disposition" not in answer.headers
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_head_says_the_same_and_sends_nothing(path, content, visitor):
    head, got = visitor.head(path), visitor.get(path)
    assert head.content == b""
    assert dict(head.headers) == dict(got.headers)
    assert (visitor.head(path + "x").status_code, visitor.head(path + "x").content) == (404, b"")


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [("bytes=0-9", 0, 10), ("bytes=5-", 5, None), ("bytes=-7", -7, None), ("bytes=9-9", 9, 10)],
)
def test_a_part(path, content, visitor, asked, start, end):
    answer = visitor.get(path, headers={"range": asked})
    wanted = content[start:end]
    first = start if start >= 0 else len(content) + start
    assert (answer.status_code, body(answer)) == (206, wanted)
    assert answer.headers["Content-Range"] == f"bytes {first}-{first + len(wanted) - 1}/{len(content)}"
    assert answer.headers["Content-Length"] == str(len(wanted))


def test_a_part_behind_the_end(path, content, visitor):
    answer = visitor.get(path, headers={"range": f"bytes={len(content)}-"})
    assert (answer.status_code, answer.content) == (416, b"")
    assert answer.headers["Content-Range"] == f"bytes */{len(content)}"


@pytest.mark.parametrize("asked", ["bytes=0-1,4-5", "bytes=x", "pages=1-2"])
def test_several_parts_or_none_that_is_understood_is_all(path, content, visitor, asked):
    answer = visitor.get(path, headers={"range": asked})
    assert (answer.status_code, body(answer)) == (200, content)


def test_a_part_of_what_the_reader_has_the_beginning_of(path, content, visitor):
    etag = visitor.head(path).headers["ETag"]
    for condition, expected in ((etag, 206), ('"other"', 200), ("Mon, 25 Oct 2021 21:41:00 GMT", 200)):
        assert visitor.get(path, headers={"range": "bytes=0-3", "if-range": condition}).status_code == expected


def test_what_the_reader_has_is_not_sent_again(path, visitor):
    etag = visitor.head(path).headers["ETag"]
    answer = visitor.get(path, headers={"if-none-match": f'"other", {etag}'})
    assert (answer.status_code, answer.content) == (304, b"")
    assert answer.headers["ETag"] == etag
    assert "max-age=" in answer.headers["Cache-Control"]
    assert visitor.get(path, headers={"if-none-match": '"other"'}).status_code == 200


def test_a_large_file_is_sent_in_chunks(now, visitor):
    document = make_document(content=uploads.pdf(b"%" + b"x" * 200_000 + b"\n"))
    make_live(attachments=(document,))
    answer = visitor.get(f"/files/{document.token}/programme.pdf")
    chunks = answer.sent
    assert [len(chunk) for chunk in chunks[:-1]] == [serving.CHUNK] * (len(chunks) - 1)
    assert sum(map(len, chunks)) == document.size


@examples(60)
@given(
    st.sampled_from(["range", "if-range", "if-none-match", "if-match", "if-modified-since", "accept-encoding"]),
    st.text(st.characters(max_codepoint=255), max_size=40)
    | st.sampled_from(["bytes=0-0", "*", "bytes=-" + "9" * 9_000]),
)
def test_whatever_a_header_says_the_file_comes_or_a_part_of_it(path, name, value):
    headers = {name: value.replace("\n", "").replace("\r", "")}
    answer = Client(raise_request_exception=False).get(path, headers=headers)
    assert (answer.status_code, len(content_of(answer)) >= 0) in {(status, True) for status in (200, 206, 304, 416)}


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_nothing_but_reading_is_possible(path, method):
    assert getattr(Client(enforce_csrf_checks=True), method)(path).status_code == 405


def test_what_the_storage_lost_is_not_found(path, document, visitor):
    default_storage.delete(document.renditions.get().path)
    assert visitor.get(path).status_code == 404


@pytest.mark.parametrize("tail", ["", "/", "/41.webp", "/40.webp/", "/..%2f40.webp", "/%00", "/40.webp%0d%0aX:y", "/Ж"])
def test_other_addresses_of_a_public_file_are_nothing(now, visitor, tail):
    picture = make_picture()
    make_live(picture=picture)
    assert visitor.get(f"/files/{picture.token}{tail}").status_code == 404
    assert visitor.get(f"/ru/files/{picture.token}/40.webp").status_code == 404


def test_the_address_cannot_be_guessed(now):
    tokens = {make_picture().token for _n in range(20)}
    assert {len(token) for token in tokens} == {22}
    assert len(tokens) == 20
    assert Rendition.objects.filter(path__contains="harbour").count() == 0
