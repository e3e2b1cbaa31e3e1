from importlib import import_module

import pytest
from django.db import OperationalError, connection
from django.test import Client, RequestFactory

from embassy import views
from tests.factories import make_clock, make_live, make_removed
from tests.reading import lines, links, tags, title

pytestmark = pytest.mark.django_db


def refuse(*_args):
    raise OperationalError


def test_an_unknown_address_gets_a_page_that_leads_on(visitor, now):
    make_clock()
    answer = visitor.get("/nothing-here/")
    assert (answer.status_code, title(answer)) == (404, "Page not found - Embassy")
    assert {"Page not found", "Moscow: 00:41", "all messages"} <= set(lines(answer))
    assert "/messages/" in links(answer)


def test_on_an_unknown_address_the_other_language_is_its_home_page(visitor):
    answer = visitor.get("/ru/nothing-here/")
    assert [(link["lang"], link["href"]) for link in tags(answer, "a") if "hreflang" in link] == [
        ("en", "/"),
        ("ru", "/ru/"),
    ]


def test_a_removed_statement_gets_a_page_that_leads_on(visitor, now):
    answer = visitor.get(make_removed().get_absolute_url())
    assert (answer.status_code, title(answer)) == (410, "This statement was removed - Embassy")
    assert {"This statement was removed", "all messages"} <= set(lines(answer))


def test_a_failure_of_ours_has_the_sites_look_and_asks_the_database_nothing(django_assert_num_queries, now):
    with django_assert_num_queries(0):
        answer = views.server_error(RequestFactory().get("/"))
    assert (answer.status_code, title(answer)) == (500, "Something went wrong on our side")
    sheets = [link["href"] for link in tags(answer, "link") if link["rel"] == "stylesheet"]
    of_pages = [link["href"] for link in tags(Client().get("/"), "link") if link["rel"] == "stylesheet"]
    # But for the mission's own look, which the database knows.
    assert sheets == [sheet for sheet in of_pages if sheet.startswith("/static/")]


def test_a_failing_view_answers_with_that_page(monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(import_module("news.views.home"), "render", refuse)
    with django_assert_num_queries(2):  # the site version and the featured statement, before the view fails
        answer = Client(raise_request_exception=False).get("/ru/")
    assert answer.status_code == 500
    assert [html["lang"] for html in tags(answer, "html")] == ["ru"]
    assert "Cache-Control" not in answer.headers


def test_without_a_database_every_page_is_that_page():
    make_live()
    client = Client(raise_request_exception=False)
    with connection.execute_wrapper(refuse):
        answers = [client.get(path) for path in ("/", "/messages/", "/messages/1/", "/ru/nothing-here/")]
    assert [answer.status_code for answer in answers] == [500] * 4
    assert {title(answer) for answer in answers[:3]} == {"Something went wrong on our side"}


@pytest.mark.parametrize("host", ["testserver", "10.0.0.7:8000", "anything.example"])
def test_probes_are_answered_whatever_the_host(host):
    client = Client(headers={"host": host})
    health, ready = client.get("/healthz"), client.get("/readyz")
    assert (health.status_code, health.content) == (200, b"ok\n")
    assert (ready.status_code, ready.content) == (200, b"ready\n")
    assert "no-store" in health.headers["Cache-Control"]


def test_probes_tell_a_process_that_lives_from_a_database_that_does_not(visitor):
    with connection.execute_wrapper(refuse):
        health, ready = visitor.get("/healthz"), visitor.get("/readyz")
    assert health.status_code == 200
    assert (ready.status_code, ready.content) == (503, b"the database does not answer\n")


def test_an_unknown_host_is_told_which_setting_names_the_known_ones():
    answer = Client(headers={"host": "elsewhere.example"}).get("/admin/")
    assert (answer.status_code, title(answer)) == (400, "This request cannot be answered")
    sentence = "This site does not answer to this name. Whoever runs it can add the name to the setting ALLOWED_HOSTS."
    assert lines(answer) == ["This request cannot be answered", sentence]


def test_staff_without_the_right_are_told_who_can_help(writer):
    client = Client()
    client.force_login(writer)
    answer = client.get("/admin/embassy/clock/")
    assert (answer.status_code, title(answer)) == (403, "Not for this account")


def test_a_form_that_is_out_of_date_says_how_to_keep_the_text(administrator):
    client = Client(enforce_csrf_checks=True)
    client.force_login(administrator)
    answer = client.post("/admin/news/statement/add/", {"title": "Long work"})
    assert (answer.status_code, title(answer)) == (403, "The form is out of date")
    assert "Go back: your text is still there." in lines(answer)[1]
