import re
from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from embassy import pages, version
from embassy.models import Mission
from tests.factories import (
    MINUTE,
    NOW,
    make_category,
    make_clock,
    make_contact_line,
    make_counter,
    make_live,
    make_removed,
    make_scheduled,
)
from tests.reading import lines, rows

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """Stand the machine's clock at NOW, so that requests go the way of visitors: through the cache."""
    with time_machine.travel(NOW, tick=False) as coordinates:
        yield coordinates


def test_the_same_page_in_the_same_minute_costs_one_query(visitor, clock, django_assert_num_queries):
    make_live()
    first = visitor.get("/")
    clock.shift(59)
    with django_assert_num_queries(1) as queries:
        second = visitor.get("/")
    assert "embassy_siteversion" in queries.captured_queries[0]["sql"]
    assert second.content == first.content
    assert second.headers["ETag"] == first.headers["ETag"]


def test_the_next_minute_makes_the_page_anew(visitor, clock):
    make_clock("UTC", "UTC")
    seen = []
    for _ in range(3):
        seen += [line for line in lines(visitor.get("/")) if line.startswith("UTC:")]
        clock.shift(30)
    assert seen == ["UTC: 21:41", "UTC: 21:41", "UTC: 21:42"]


@pytest.mark.parametrize(
    "save",
    [
        lambda: Mission.objects.create(name="New words"),
        lambda: make_clock("New words"),
        lambda: make_contact_line("New words", "text"),
        lambda: make_counter("New words"),
        lambda: make_category("New words"),
        lambda: make_live(title="New words"),
    ],
    ids=["mission", "clock", "contact line", "counter", "category", "statement"],
)
def test_what_staff_save_is_on_the_page_at_once(visitor, save):
    before = visitor.get("/messages/")
    save()
    after = visitor.get("/messages/")
    assert "New words" not in before.content.decode()
    assert "New words" in after.content.decode()
    assert before.headers["ETag"] != after.headers["ETag"]


def test_a_deleted_clock_is_gone_at_once(visitor):
    clock = make_clock("UTC", "UTC")
    assert "UTC: 21:41" in lines(visitor.get("/"))
    clock.delete()
    assert "UTC: 21:41" not in lines(visitor.get("/"))


def test_a_scheduled_release_appears_at_its_minute_without_a_write(visitor, clock):
    make_live(title="Before")
    make_scheduled(NOW + MINUTE, title="On time")
    number = version.number()
    assert rows(visitor.get("/")) == ["25.10.2021 - Before"]
    clock.shift(59.9)
    assert rows(visitor.get("/")) == ["25.10.2021 - Before"]
    clock.shift(0.1)
    assert rows(visitor.get("/")) == ["25.10.2021 - On time", "25.10.2021 - Before"]
    assert version.number() == number


def test_unknown_parameters_are_ignored(visitor, django_assert_num_queries):
    plain = visitor.get("/messages/")
    with django_assert_num_queries(1):
        tagged = visitor.get("/messages/?utm_source=x&page=2&fbclid=y")
    assert (tagged.content, tagged.headers["ETag"]) == (plain.content, plain.headers["ETag"])


def test_known_parameters_are_told_apart(visitor):
    for day in (date(2021, 10, 24), date(2021, 10, 25)):
        make_live(date=day, title=f"Of {day}")
    assert rows(visitor.get("/messages/?from=2021-10-25")) == ["25.10.2021 - Of 2021-10-25"]
    assert rows(visitor.get("/messages/?to=2021-10-24")) == ["24.10.2021 - Of 2021-10-24"]
    assert len(rows(visitor.get("/messages/?from=2021-10-24&to=2021-10-25"))) == 2


def test_a_visitor_who_has_the_page_gets_304_without_rendering(visitor, clock, django_assert_num_queries):
    make_live()
    etag = visitor.get("/").headers["ETag"]
    pages.clear()
    clock.shift(20)
    with django_assert_num_queries(1):
        answer = visitor.get("/", headers={"if-none-match": f'"other", {etag}'})
    assert (answer.status_code, answer.content, answer.headers["ETag"]) == (304, b"", etag)
    assert re.findall(r"max-age=(\d+)", answer.headers["Cache-Control"]) == ["40"]


@pytest.mark.parametrize("value", ['"other"', "*", "W/x", "", '"'])
def test_anything_else_gets_the_page(visitor, value):
    assert visitor.get("/", headers={"if-none-match": value}).status_code == 200


def test_an_old_etag_is_no_good_after_a_save_nor_after_the_minute(visitor, clock):
    etag = visitor.get("/").headers["ETag"]
    make_live()
    assert visitor.get("/", headers={"if-none-match": etag}).status_code == 200
    etag = visitor.get("/").headers["ETag"]
    clock.shift(60)
    assert visitor.get("/", headers={"if-none-match": etag}).status_code == 200


def test_an_etag_does_not_tell_the_site_version(visitor):
    assert re.fullmatch(r'W/"[0-9a-f]{32}"', visitor.get("/").headers["ETag"])


@pytest.mark.parametrize(("second", "age"), [(0, 60), (0.5, 60), (1, 59), (59, 1), (59.9, 1)])
def test_a_page_lives_downstream_until_its_minute_ends(visitor, clock, second, age):
    clock.shift(second)
    expected = {"public", f"max-age={age}", "stale-if-error=86400"}
    for _ in range(2):
        assert set(visitor.get("/").headers["Cache-Control"].split(", ")) == expected


def test_redirects_and_errors_live_no_longer_than_their_minute(visitor):
    statement, removed, scheduled = make_live(), make_removed(), make_scheduled()
    paths = [f"/messages/{one.statement.number}/" for one in (statement, removed, scheduled)] + ["/nothing-here/"]
    answers = [visitor.get(path) for path in paths]
    assert [answer.status_code for answer in answers] == [301, 410, 404, 404]
    expected = ["max-age=60", "public", "stale-if-error=86400"]
    assert [sorted(answer.headers["Cache-Control"].split(", ")) for answer in answers] == [expected] * 4


def test_made_up_addresses_do_not_fill_the_memory(visitor, monkeypatch):
    visitor.get("/messages/")
    (size,) = [page.size for page in pages._store._pages.values()]
    for number in range(5):
        visitor.get(f"/nothing-{number}/")
    assert len(pages._store._pages) == 1
    monkeypatch.setattr(pages, "MOST_BYTES", 4 * size)
    for number in range(20):
        visitor.get(f"/messages/?before={number}")
    kept = [page.size for page in pages._store._pages.values()]
    assert 2 <= len(kept) <= 5
    assert pages._store._bytes == sum(kept) <= 4 * size


def test_redirects_do_not_fill_the_memory(visitor, monkeypatch):
    number = make_live().statement.number
    monkeypatch.setattr(pages, "MOST_BYTES", 100_000)
    for turn in range(100):
        assert visitor.get(f"/messages/{number}/x/?q={turn}{'a' * 3_900}").status_code == 301
    kept = pages._store._pages.values()
    assert 2 <= len(kept) < 20
    # The address, which is kept twice (Location can hold it too), and what each page takes besides.
    assert sum(len(page.key.address) + 1_000 for page in kept) <= pages._store._bytes <= 100_000
    pages.clear()
    assert pages._store._bytes == 0


def test_a_page_too_large_to_keep_is_served_all_the_same(visitor, monkeypatch):
    monkeypatch.setattr(pages, "LARGEST_PAGE", 10)
    answer = visitor.get("/")
    assert (answer.status_code, len(pages._store._pages)) == (200, 0)
    assert "ETag" in answer.headers


def test_staff_pages_are_never_kept(visitor):
    answer = visitor.get("/admin/login/")
    assert len(pages._store._pages) == 0
    assert "no-store" in answer.headers["Cache-Control"]
