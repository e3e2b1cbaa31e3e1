from collections.abc import Iterator

import pytest
import time_machine
from django.db import OperationalError, connection
from django.test import Client

from embassy import pages, version
from news import actions
from news.models import Edition
from tests.factories import (
    NOW,
    make_draft,
    make_live,
)
from tests.reading import rows, title

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """Stand the machine's clock at NOW, so that requests go the way of visitors: through the cache."""
    with time_machine.travel(NOW, tick=False) as coordinates:
        yield coordinates


@pytest.fixture
def database_down(monkeypatch):
    """Make every query fail from now on."""

    def go_down():
        def refuse(*_args):
            raise OperationalError

        monkeypatch.setattr(version, "number", refuse)
        context = connection.execute_wrapper(refuse)
        context.__enter__()
        down.append(context)

    down = []
    yield go_down
    for context in down:
        context.__exit__(None, None, None)


def test_a_release_between_reading_the_version_and_rendering(visitor, monkeypatch):
    """The page that was made in between has the new text under the old version: nobody can ask for that again."""
    draft = make_draft(title="Just now")
    real, acts = version.number, [lambda: actions.release(draft, by=None, at=NOW)]

    def number():
        read = real()
        while acts:
            acts.pop()()
        return read

    monkeypatch.setattr("embassy.version.number", number)
    first = visitor.get("/")
    second = visitor.get("/", headers={"if-none-match": first.headers["ETag"]})
    assert acts == []
    assert second.status_code == 200
    assert rows(second) == ["25.10.2021 - Just now"]
    assert second.headers["ETag"] != first.headers["ETag"]


def test_a_release_while_the_page_is_rendered_is_on_the_next_one(visitor, monkeypatch):
    draft = make_draft(title="Just now")
    real = pages.keep

    def keep(request, key, response, at):
        monkeypatch.undo()
        actions.release(draft, by=None, at=NOW)
        return real(request, key, response, at)

    monkeypatch.setattr(pages, "keep", keep)
    assert rows(visitor.get("/")) == []
    assert rows(visitor.get("/")) == ["25.10.2021 - Just now"]


def test_without_a_database_visitors_get_the_last_good_page_with_its_age(visitor, clock, database_down):
    make_live(title="Good")
    good = visitor.get("/")
    clock.shift(3600)
    database_down()
    answer = visitor.get("/")
    assert (answer.status_code, answer.content) == (200, good.content)
    assert (answer.headers["Age"], answer.headers["Cache-Control"]) == ("3600", "no-store")
    assert "Content-Security-Policy" in answer.headers


def test_without_a_database_a_page_never_made_is_a_plain_error(database_down):
    client = Client(raise_request_exception=False)
    client.get("/")
    database_down()
    answer = client.get("/messages/")
    assert (answer.status_code, title(answer)) == (500, "Something went wrong on our side")
    assert "Age" not in answer.headers


def test_an_error_is_never_kept(monkeypatch):
    client = Client(raise_request_exception=False)
    with monkeypatch.context() as failing:
        failing.setattr(Edition.objects, "featured", lambda _at: 1 / 0)
        assert client.get("/").status_code == 500
    assert client.get("/").status_code == 200


def test_languages_and_hosts_never_share_a_page(settings):
    settings.ALLOWED_HOSTS = ["one.example", "two.example"]
    make_live(title="English", language="en")
    make_live(title="Русский", language="ru")
    seen = {}
    for _ in range(2):
        for host in settings.ALLOWED_HOSTS:
            for path in ("/", "/ru/"):
                answer = Client(headers={"host": host}).get(path)
                assert f"http://{host}/" in answer.content.decode()
                seen.setdefault((host, path), set()).add(tuple(rows(answer)))
    assert seen == {
        ("one.example", "/"): {("25.10.2021 - English",)},
        ("one.example", "/ru/"): {("25.10.2021 - Русский",)},
        ("two.example", "/"): {("25.10.2021 - English",)},
        ("two.example", "/ru/"): {("25.10.2021 - Русский",)},
    }


def test_a_request_without_a_host_shares_nothing_with_another_host(settings):
    """HTTP/1.0 allows it; then the server's own address is the host."""
    settings.ALLOWED_HOSTS = ["one.example", "127.0.0.1"]
    Client(SERVER_NAME="127.0.0.1").get("/")
    assert "127.0.0.1" not in Client(headers={"host": "one.example"}).get("/").content.decode()


def test_http_and_https_never_share_a_page(visitor):
    assert visitor.get("/").headers["ETag"] != visitor.get("/", secure=True).headers["ETag"]
    assert 'href="https://testserver/' in visitor.get("/", secure=True).content.decode()
    assert 'href="http://testserver/' in visitor.get("/").content.decode()


def test_head_is_answered_from_the_same_page_without_its_body(visitor, django_assert_num_queries):
    page = visitor.get("/")
    with django_assert_num_queries(1):
        head = visitor.head("/")
    assert (head.status_code, head.content) == (200, b"")
    for name in ("ETag", "Cache-Control", "Content-Type", "Content-Length", "Content-Language"):
        assert head.headers[name] == page.headers[name]


def test_head_first_leaves_no_empty_page_behind(visitor):
    make_live(title="Whole")
    visitor.head("/")
    assert rows(visitor.get("/")) == ["25.10.2021 - Whole"]
