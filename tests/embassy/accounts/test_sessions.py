from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client

from tests.conftest import PASSWORD
from tests.door import code_of, give_code, give_password, is_in, phone, verbs
from tests.newsroom import signed_in, verified
from tests.reading import lines

pytestmark = pytest.mark.django_db

NEW = "a longer horse battery staple"


@pytest.fixture
def clock():
    with time_machine.travel("2026-01-05T09:00Z", tick=False) as clock:
        yield clock


def test_a_session_ends_after_two_hours_without_use_and_says_so(editor, clock):
    client = verified(editor)
    clock.shift(timedelta(hours=1, minutes=59))
    assert is_in(client)
    clock.shift(timedelta(hours=1, minutes=59))
    assert is_in(client)
    clock.shift(timedelta(hours=2))
    page = client.get("/admin/", follow=True)
    assert page.redirect_chain == [("/admin/login/?next=/admin/", 302)]
    assert "Your session ended: after 2 hours without use, and at the latest 12 hours after it began." in lines(
        page.content.decode()
    )
    assert verbs() == ["session_over"]


def test_a_busy_session_ends_after_twelve_hours(editor, clock):
    client = verified(editor)
    for _ in range(11):
        clock.shift(timedelta(hours=1, minutes=5))
        assert is_in(client)
    clock.shift(timedelta(minutes=4))
    assert is_in(client)
    clock.shift(timedelta(minutes=2))
    assert not is_in(client)


def test_a_session_that_says_nothing_of_its_beginning_is_over(editor, clock):
    client = verified(editor)
    session = client.session
    del session["signed_in_at"]
    session.save()
    assert not is_in(client)


def test_a_busy_session_is_written_once_a_minute_at_most(editor, clock, django_assert_num_queries):
    def writes() -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as queries:
            client.get("/admin/security/")
        return sum("UPDATE" in one["sql"] and "django_session" in one["sql"] for one in queries)

    client = verified(editor)
    assert [writes(), writes()] == [0, 0]
    clock.shift(59)
    assert writes() == 0
    clock.shift(1)
    assert [writes(), writes()] == [1, 0]


def test_signing_out_ends_the_session_on_the_server(editor):
    client = verified(editor)
    cookie = client.cookies["sessionid"].value
    client.post("/admin/logout/")
    thief = Client()
    thief.cookies["sessionid"] = cookie
    assert not is_in(thief)
    assert verbs() == ["signed_out"]


def test_a_new_password_ends_every_other_session(editor):
    client, elsewhere = verified(editor), verified(editor)
    form = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    client.post("/admin/password_change/", form)
    assert (is_in(client), is_in(elsewhere)) == (True, False)
    assert verbs() == ["password_changed"]


def test_a_password_that_an_administrator_sets_ends_every_session(editor, administrator):
    client = verified(editor)
    form = {"password1": NEW, "password2": NEW}
    verified(administrator).post(f"/admin/auth/user/{editor.pk}/password/", form)
    assert not is_in(client)


def test_the_other_sessions_end_at_a_button(editor, writer):
    client, elsewhere, somebody = verified(editor), verified(editor), verified(writer)
    page = client.post("/admin/security/sessions/", follow=True)
    assert [str(message) for message in page.context["messages"]] == ["1 other session was ended."]
    assert (is_in(client), is_in(elsewhere), is_in(somebody)) == (True, False, True)
    assert client.get("/admin/security/sessions/")["Location"] == "/admin/security/"


def test_the_session_of_a_closed_account_ends_and_does_not_come_back(editor, administrator):
    client = verified(editor)
    form = {"username": "editor", "date_joined_0": "2021-01-01", "date_joined_1": "00:00:00"}
    address = f"/admin/auth/user/{editor.pk}/change/"
    verified(administrator).post(address, form | {"is_staff": "on"})
    assert not is_in(client)
    verified(administrator).post(address, form | {"is_staff": "on", "is_active": "on"})
    assert not is_in(client)


def test_an_account_that_is_closed_elsewhere_is_out_at_once(editor):
    client = verified(editor)
    type(editor).objects.filter(pk=editor.pk).update(is_active=False)
    assert not is_in(client)


def test_signing_in_changes_the_sessions_key_and_sweeps_old_ones_out(editor, clock):
    signed_in(editor)
    clock.shift(timedelta(days=2))
    client = Client()
    give_password(client, "editor")
    before = client.session.session_key
    give_code(client, code_of(phone(editor).key))
    assert client.session.session_key != before
    assert [session.session_key for session in Session.objects.all()] == [client.session.session_key]


def test_the_cookie_is_for_the_server_alone(editor):
    client = verified(editor)
    client.get("/admin/")
    give_password(client, "editor")
    cookie = client.cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
