import re
from urllib.parse import quote, unquote_to_bytes, urljoin

import pytest
import time_machine
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from embassy import moment, pages
from embassy.asat import Walk
from news import actions
from tests.factories import (
    DAY,
    MINUTE,
    NOW,
    make_category,
    make_clock,
    make_counter,
    make_document,
    make_draft,
    make_live,
    make_next,
    make_picture,
    make_removed,
    make_scheduled,
)
from tests.generated import examples
from tests.newsroom import minute, signed_in
from tests.reading import addresses, lines, rows, tags

pytestmark = pytest.mark.django_db

LATER = NOW + DAY
THERE = "/admin/as-at/2021-10-26T21:41Z"


@pytest.fixture(autouse=True)
def _stand_still():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def staff(writer):
    return signed_in(writer)


def without_bar(answer):
    """Return the page as the visitor gets it: no bar, the addresses of the site itself, a clock that runs."""
    html = re.sub(r"<aside class=\"as-at-bar\".*?</aside>\n", "", answer.content.decode(), flags=re.DOTALL)
    return html.replace(THERE, "").replace(" data-as-at=", " data-at=")


def test_the_page_is_the_visitors_own_at_that_instant(staff, visitor):
    make_clock()
    make_counter(slug="fire")
    category = make_category("News")
    edition = make_live(title="Day {days:fire} & more", category=category, featured_until=NOW + 9 * DAY)
    actions.schedule(make_next(edition, at=NOW - MINUTE), public_from=LATER, by=None, at=NOW - MINUTE)
    make_scheduled(
        LATER, title="The harbour opens", body='<p><a href="/messages/?to=2021-10-01&amp;before=2">all</a></p>'
    )
    removed = make_removed()
    paths = ["/", "/ru/", "/messages/", "/messages/?category=news&from=x", "/messages/2021/10/", "/category/news/"]
    paths += ["/messages/1/editions/1/", removed.get_absolute_url(), "/nothing-here/", "/messages/2/the-harbour-opens/"]
    for path in paths:
        walked = staff.get(THERE + path)
        with time_machine.travel(LATER, tick=False):
            visited = visitor.get(path)
        assert (path, walked.status_code, without_bar(walked)) == (path, visited.status_code, visited.content.decode())
        same = ("Content-Language", "Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options")
        assert [walked.headers[name] for name in same] == [visited.headers[name] for name in same]


def test_redirects_keep_the_instant(staff):
    edition = make_scheduled(LATER)
    answer = staff.get(f"{THERE}/messages/1/")
    assert (answer.status_code, answer.headers["Location"]) == (301, THERE + edition.get_absolute_url())
    assert staff.get(f"{THERE}/messages?a=b").headers["Location"] == f"{THERE}/messages/?a=b"
    assert staff.get(f"{THERE}//evil.example").headers.get("Location", THERE).startswith(THERE)


def test_every_address_of_a_walked_page_leads_to_the_same_instant(staff):
    make_clock()
    make_scheduled(LATER, category=make_category("News"))
    make_scheduled(LATER, language="ru")
    seen, waiting = set(), [f"{THERE}/"]
    while waiting:
        address = waiting.pop()
        if address in seen or address.startswith(("/static/", "http://testserver/static/")):
            continue
        seen.add(address)
        answer = staff.get(address)
        assert answer.status_code in {200, 301}, address
        # What programs read (feeds, pictures) says the addresses that visitors will have.
        if address == "/admin/" or address.startswith("/admin/as-at/?") or "html" not in answer.headers["Content-Type"]:
            continue
        found = addresses(answer) - {"/admin/", "/admin/as-at/", "#content"}
        waiting += [urljoin(address, one).removeprefix("http://testserver") for one in found]
    assert {one for one in seen if not one.startswith(f"{THERE}/")} == set()
    assert len(seen) > 10


def test_drafts_never_appear_and_scheduled_texts_from_their_instant_on(staff):
    make_draft(title="Xdraft", public_from=NOW)
    make_scheduled(LATER, title="Xscheduled")
    make_next(make_live(title="Xlive"), title="Xnext")
    for instant, titles in {
        NOW - 2 * DAY: [],
        NOW: ["Xlive"],
        LATER - MINUTE: ["Xlive"],
        LATER: ["Xscheduled", "Xlive"],
        LATER + 9999 * DAY: ["Xscheduled", "Xlive"],
    }.items():
        answer = staff.get(Walk(instant.replace(second=0)).address("/"))
        assert {row.split(" - ")[1] for row in rows(answer)} == set(titles)
        assert "Xdraft" not in answer.content.decode()
        assert "Xnext" not in answer.content.decode()


def test_the_bar_says_the_instant_in_every_clock_and_offers_another(staff):
    make_clock("London", "Europe/London")
    make_clock("Moscow", "Europe/Moscow", position=1)
    answer = staff.get(f"{THERE}/messages/?before=7")
    assert "26 Oct 22:41 London / 27 Oct 00:41 Moscow" in " ".join(lines(answer)[:5])
    fields = {tag["name"]: tag["value"] for tag in tags(answer, "input")[:3]}
    assert fields == {"path": "/messages/?before=7", "at_day": "2021-10-26", "at_time": "22:41"}
    chosen = staff.get(
        "/admin/as-at/", {"path": "/messages/?before=7"} | minute("at", "2021-11-01", "09:00", "Europe/London")
    )
    assert chosen.headers["Location"] == "/admin/as-at/2021-11-01T09:00Z/messages/?before=7"


@pytest.mark.parametrize(
    "path", ["//evil.example/", "https://evil.example/", "/admin/", "messages/", "/preview/x/", ""]
)
def test_the_form_leads_nowhere_else(staff, path):
    chosen = staff.get("/admin/as-at/", {"path": path} | minute("at", "2021-11-01", "09:00", "UTC"))
    assert chosen.headers["Location"].startswith("/admin/as-at/2021-11-01T09:00Z/")


@pytest.mark.parametrize(
    "instant", ["now", "2021-10-25", "2021-02-29T09:00Z", "9999-12-31T23:59Z", "2021-10-25T09:00", "%00"]
)
def test_an_instant_that_is_none_is_asked_for_again(staff, instant):
    answer = staff.get(f"/admin/as-at/{instant}/messages/")
    assert answer.status_code == 404
    assert "write it like 2021-10-25T21:41Z" in " ".join(lines(answer))
    assert tags(answer, "form")[-1]["action"] == "/admin/as-at/"
    assert staff.get("/admin/as-at/").status_code == 200
    assert "required" in staff.get("/admin/as-at/?at_day=").content.decode()


def test_an_instant_written_otherwise_leads_to_its_address(staff):
    answer = staff.get("/admin/as-at/2021-10-27T00:41:30+03:00/messages/?a=1")
    assert answer.headers["Location"] == f"{THERE}/messages/?a=1"


@pytest.mark.parametrize("path", ["/admin/", "/static/css/base.css", "/preview/x/", "/ru/preview/x/"])
def test_only_public_pages_are_walked(staff, path):
    assert staff.get(THERE + path).status_code == 404


def test_it_neither_reads_nor_fills_the_page_cache_and_sets_no_cookie(staff, visitor):
    make_live(title="Xlive")
    visitor.get("/")
    before = {address: page.content for address, page in pages._store._pages.items()}
    staff.cookies["django_language"] = "ru"
    answer = staff.get("/admin/as-at/2021-10-25T21:41Z/", headers={"if-none-match": visitor.get("/").headers["ETag"]})
    assert (answer.status_code, answer.headers["Content-Language"]) == (200, "en")
    assert "no-store" in answer.headers["Cache-Control"]
    assert "public" not in answer.headers["Cache-Control"]
    assert "ETag" not in answer.headers
    assert not answer.cookies
    assert {address: page.content for address, page in pages._store._pages.items()} == before
    assert not moment.is_fixed()


def test_whoever_may_not_see_statements_is_refused(visitor, writer):
    make_scheduled(LATER, title="Xscheduled")
    for path in ("/admin/as-at/", f"{THERE}/", f"{THERE}/messages/1/"):
        answer = visitor.get(path)
        assert (answer.status_code, answer.headers["Location"]) == (302, f"/admin/login/?next={quote(path)}")
    writer.user_permissions.clear()
    assert [signed_in(writer).get(path).status_code for path in ("/admin/as-at/", f"{THERE}/")] == [403, 403]
    writer.is_staff = False
    writer.save()
    assert signed_in(writer).get(f"{THERE}/").status_code == 302
    assert signed_in(writer).post(f"{THERE}/").status_code == 302


def test_nothing_is_posted_to_a_walked_page(staff):
    assert [staff.post(path).status_code for path in ("/admin/as-at/", f"{THERE}/")] == [405, 405]


def test_files_are_read_as_at_the_instant_too(staff, visitor):
    make_scheduled(LATER, picture=make_picture(), attachments=(make_document(),))
    page = staff.get(f"{THERE}/messages/1/", follow=True)
    files = {one for one in addresses(page) if "/files/" in one and " " not in one}
    assert len(files) == 3
    for address in files:
        walked = staff.get(address)
        assert (walked.status_code, walked.headers["X-Content-Type-Options"]) == (200, "nosniff")
        assert b"".join(walked.streaming_content)
        assert "no-store" in walked.headers["Cache-Control"]
        assert {"ETag", "Age"} & set(walked.headers) == set()
        assert staff.get(address.replace("26T", "25T")).status_code == 404
        assert visitor.get(address.removeprefix(THERE)).status_code == 404


@examples(100)
@given(
    st.lists(
        st.sampled_from(["messages", "ru", "1", "..", "%00", "%ff", "[x", "admin", "preview", "files", "?", ""]),
        max_size=5,
    )
)
def test_any_path_behind_the_instant_is_no_failure(writer, parts):
    client = Client(raise_request_exception=False)
    client.force_login(writer)
    raw = unquote_to_bytes(f"{THERE}/" + "/".join(parts)).decode("latin-1")
    assert client.get("/", PATH_INFO=raw).status_code in {200, 301, 302, 404, 410}
