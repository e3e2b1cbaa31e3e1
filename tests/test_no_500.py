"""Whatever a visitor sends, no answer is a failure of ours."""

from datetime import date
from urllib.parse import quote, unquote_to_bytes, urlencode

import pytest
from django.test import Client
from hypothesis import example, given
from hypothesis import strategies as st

from tests.factories import make_category, make_clock, make_counter, make_live, make_removed, make_withdrawn
from tests.generated import examples

pytestmark = pytest.mark.django_db

PARAMETERS = ["q", "category", "from", "to", "before", "language", "order", "print", "page", "", "utm_source"]

any_bytes = st.binary(max_size=20).map(lambda data: "".join(f"%{byte:02x}" for byte in data))
any_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
nasty = st.sampled_from(
    [
        "..",
        ".",
        "%00",
        "%2e%2e",
        "%2f",
        "%5c",
        "%0d%0aX:y",
        "%ff",
        "%c0%af",
        "%u0041",
        "%",
        "%%",
        "٣",
        "１",
        "２０２１",
        "[x",
        "]",
        "{",
        "|",
        "\\",
        "^",
        "`",
        "'",
        '"',
        "<script>",
        "{{7*7}}",
        "0",
        "-1",
        "1e9",
        "0x1",
        "messages",
        "category",
        "editions",
        "ru",
        "en",
        "admin",
        "static",
        "1",
        "2",
        "2021",
        "10",
        "13",
        "99999999999",
    ]
)
segments = st.one_of(nasty, any_text.map(quote), any_bytes)
paths = st.builds(
    lambda start, parts, end: start + "/".join(parts) + end,
    st.sampled_from(
        [
            "/",
            "/ru/",
            "/messages/",
            "/ru/messages/",
            "/messages/1/",
            "/messages/1/editions/",
            "/category/",
            "/preview/",
            "/files/",
            "/files/" + "x" * 22 + "/",
            "//",
        ]
    ),
    st.lists(segments, max_size=4),
    st.sampled_from(["/", "", "//"]),
)
days = st.one_of(
    st.dates().map(date.isoformat),
    st.dates().map(lambda day: f"{day:%d.%m.%Y}"),
    st.sampled_from(["0001-01-01", "9999-12-31", "2021-02-29", "٢٠٢١-10-25", "2021-10-25T00:00"]),
)
numbers = st.integers(-(10**30), 10**30).map(str)
parameter_values = st.one_of(any_text, days, numbers, nasty)
queries = st.lists(st.tuples(st.sampled_from(PARAMETERS), parameter_values), max_size=5).map(urlencode) | any_bytes


@pytest.fixture(autouse=True)
def world(now):
    make_clock()
    make_counter(slug="fire")
    make_live(title="Day {days:fire}", category=make_category("News"))
    make_withdrawn()
    make_removed()


def status(path, query="", **extra):
    """Ask as a server does that hands on what came over the wire: no client in between that tidies up."""
    client = Client(raise_request_exception=False)
    return client.get("/", PATH_INFO=unquote_to_bytes(path).decode("latin-1"), QUERY_STRING=query, **extra).status_code


@examples(250)
@given(paths)
@example("//[x/")
@example("//[x]/messages/")
@example("///")
@example("/messages/1/%E2%80%AE/")
@example("/messages/1/" + "a" * 100_000 + "/")
def test_any_path(path):
    assert status(path) in {200, 301, 302, 400, 404, 410}


@examples(150)
@given(st.binary(max_size=30))
def test_any_bytes_of_a_path(data):
    assert status("/" + "".join(f"%{byte:02x}" for byte in data)) in {200, 301, 302, 400, 404, 410}


@examples(250)
@given(
    st.sampled_from(["/", "/messages/", "/ru/messages/", "/messages/2021/", "/messages/2021/10/", "/category/news/"]),
    queries,
)
@example("/messages/", "from=0001-01-01&to=9999-12-31")
@example("/messages/", "&".join(f"before={n}" for n in range(2000)))
@example("/messages/", "category=" + "a" * 100_000)
def test_any_query(path, query):
    assert status(path, query) in {200, 400}


@examples(100)
@given(
    st.text(st.characters(max_codepoint=255), max_size=40)
    | st.sampled_from(["testserver:99999", "[::1", "a@b", "a:b:c"])
)
def test_any_host(host):
    assert status("/", headers={"host": host}) in {200, 400}


@examples(100)
@given(
    st.sampled_from(
        ["if-none-match", "if-modified-since", "accept-language", "cookie", "accept", "range", "x-forwarded-host"]
    ),
    st.text(st.characters(max_codepoint=255), max_size=60),
)
@example("cookie", "sessionid=x; csrftoken=y; messages=z")
@example("range", "bytes=0-0,-1")
def test_any_header(name, value):
    assert status("/messages/", headers={name: value}) in {200, 304, 400}


@examples(60)
@given(st.sampled_from(["GET", "POST", "OPTIONS", "PROPFIND", "get", "X" * 300]), paths)
@example("OPTIONS", "*")
@example("CONNECT", "mission.example:443")
def test_any_method(method, path):
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    answer = client.generic(method, "/", PATH_INFO=unquote_to_bytes(path).decode("latin-1"))
    assert answer.status_code in {200, 301, 302, 400, 403, 404, 405, 410}


@examples(80)
@given(st.integers(1, 2**31 - 1) | st.integers(10**8, 10**12), st.integers(1, 2**31 - 1) | st.integers(10**8, 10**12))
def test_any_number(number, sequence):
    assert status(f"/messages/{number}/") in {200, 301, 404, 410}
    assert status(f"/messages/{number}/editions/{sequence}/") in {200, 301, 404, 410}
    assert status("/messages/", f"before={number}") == 200
