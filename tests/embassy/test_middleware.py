from datetime import timedelta
from importlib import import_module

import pytest
import time_machine
from django.test import Client
from django.utils import translation

from embassy import moment
from tests.factories import NOW, make_category, make_clock, make_live, make_removed
from tests.reading import tags

pytestmark = pytest.mark.django_db


@pytest.fixture
def public_paths():
    statement, category = make_live(), make_category("News")
    removed = make_removed().statement
    return [
        "/",
        "/ru/",
        "/messages/",
        "/messages/?from=x&before=1",
        "/messages/2021/",
        "/ru/messages/2021/10/",
        category.get_absolute_url(),
        statement.get_absolute_url(),
        f"/messages/{statement.statement.number}/",
        f"/messages/{removed.number}/",
        "/messages/999/",
        "/nothing-here/",
    ]


def test_public_pages_set_no_cookie_and_do_not_depend_on_any(public_paths):
    with time_machine.travel(NOW, tick=False):
        for path in [*public_paths, "/admin", "/messages"] * 2:  # made anew, then from memory
            for client in (Client(), Client(headers={"cookie": "sessionid=x; csrftoken=y; django_language=ru"})):
                answer = client.get(path)
                assert (path, answer.cookies.output()) == (path, "")
                # Whether it travels packed is all that it depends on, beside its address.
                assert answer.headers.get("Vary", "Accept-Encoding") == "Accept-Encoding", path


def test_every_public_page_carries_the_security_headers(public_paths):
    expected = {
        "Content-Security-Policy": {
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self'",
            "font-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        },
        "X-Content-Type-Options": {"nosniff"},
        "X-Frame-Options": {"DENY"},
        "Referrer-Policy": {"same-origin"},
        "Cross-Origin-Opener-Policy": {"same-origin"},
    }
    with time_machine.travel(NOW, tick=False):
        for path in public_paths * 2:
            answer = Client().get(path)
            found = {name: set(answer.headers.get(name, "").split("; ")) for name in expected}
            assert (path, found) == (path, expected)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
def test_public_pages_are_only_read(public_paths, method):
    client = Client(enforce_csrf_checks=True)
    for path in public_paths:
        answer = getattr(client, method)(path)
        assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")


def test_options_of_the_whole_server_is_no_failure():
    assert Client().generic("OPTIONS", "/", PATH_INFO="*").status_code == 405


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("/", "en"),
        ("/ru/", "ru"),
        ("/nothing-here/", "en"),
        ("/ru/nothing-here/", "ru"),
        ("/en/", "en"),
        ("/fr/", "en"),
    ],
)
def test_the_address_alone_says_the_language(path, language):
    client = Client(headers={"accept-language": "ru" if language == "en" else "en"})
    client.cookies["django_language"] = "ru" if language == "en" else "en"
    answer = client.get(path)
    assert answer.headers["Content-Language"] == language
    assert [html["lang"] for html in tags(answer, "html")] == [language]


def test_the_first_language_has_no_prefix_of_its_own(visitor):
    assert visitor.get("/en/").status_code == 404
    assert visitor.get("/en/messages/").status_code == 404


def test_the_language_is_given_back_after_the_request(visitor):
    with translation.override("en"):
        visitor.get("/ru/")
        assert translation.get_language() == "en"


def test_staff_choose_their_language():
    client = Client()
    client.cookies["django_language"] = "ru"
    assert client.get("/admin/login/").headers["Content-Language"] == "ru"


def test_a_request_shows_one_instant_however_long_it_takes(visitor, monkeypatch):
    make_clock("UTC", "UTC")
    seen = []
    with time_machine.travel(NOW + timedelta(seconds=59), tick=False) as clock:

        def watched(zone, real=moment.local):
            clock.shift(30)
            seen.append(moment.now())
            return real(moment.now(), zone)

        monkeypatch.setattr(moment, "today", lambda: watched(moment.home_zone()).date())
        visitor.get("/")
    assert seen == [NOW + timedelta(seconds=59)]


def test_an_instant_that_the_caller_fixed_is_shown(visitor):
    make_clock("UTC", "UTC")
    with time_machine.travel(NOW + timedelta(days=400), tick=False), moment.at(NOW):
        assert "21:41" in visitor.get("/").content.decode()
    assert not moment.is_fixed()


def test_the_instant_is_given_back_after_a_failing_request(monkeypatch):
    def fail(*_args):
        raise ZeroDivisionError

    monkeypatch.setattr(import_module("news.views.home"), "render", fail)
    answer = Client(raise_request_exception=False).get("/")
    assert answer.status_code == 500
    assert not moment.is_fixed()


def test_unknown_hosts_are_refused(visitor):
    assert visitor.get("/", headers={"host": "evil.example"}).status_code == 400
