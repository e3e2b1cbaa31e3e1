import logging
from datetime import timedelta

import pytest
import time_machine
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.auth.models import User
from django.test import Client

from embassy.log import LogRow
from tests.conftest import PASSWORD
from tests.door import code_of, give_code, give_password, is_in, phone, verbs, wrong_code
from tests.reading import lines

pytestmark = pytest.mark.django_db

ATTACKER, OWNER = "192.0.2.66", "198.51.100.7"
LOCKED_OUT = (
    "Name, password or code were wrong too often from here. Wait 15 minutes, then sign in again. "
    "If you forgot your password or lost your phone, an administrator of this site helps meanwhile."
)


def guess(name: str = "editor", password: str = "wrong", times: int = 5, address: str = ATTACKER):
    for _ in range(times):
        answer = give_password(Client(), name, password, REMOTE_ADDR=address)
    return answer


def test_guessing_closes_the_door_for_a_while_and_says_for_how_long_and_who_helps(editor):
    assert guess(times=4).status_code == 200
    answer = guess(times=1)
    assert (answer.status_code, answer["Retry-After"]) == (429, "900")
    assert LOCKED_OUT in lines(answer.content.decode())
    assert guess(password=PASSWORD, times=1).status_code == 429


def test_the_real_person_comes_in_from_elsewhere_meanwhile(editor):
    key = phone(editor).key
    guess(times=30)
    client = Client(REMOTE_ADDR=OWNER)
    give_password(client, "editor")
    give_code(client, code_of(key))
    assert is_in(client)
    # And that does not open the door for the one who guesses.
    assert guess(password=PASSWORD, times=1).status_code == 429


def test_the_door_opens_by_itself_and_knocking_does_not_keep_it_closed(editor):
    with time_machine.travel("2026-01-05T09:00Z", tick=False) as clock:
        guess()
        for _ in range(14):
            clock.shift(timedelta(minutes=1))
            assert guess(times=1).status_code == 429
        answer = guess(times=1)
        assert "Wait 1 minute, then" in answer.content.decode()
        clock.shift(timedelta(minutes=1, seconds=1))
        assert guess(password=PASSWORD, times=1).status_code == 302


def test_one_password_tried_with_many_names_closes_the_door_to_the_address(editor):
    for number in range(50):
        answer = guess(name=f"name{number}", times=1)
    assert answer.status_code == 429
    assert guess(name="another", times=1).status_code == 429
    assert give_password(Client(), "editor", REMOTE_ADDR=OWNER).status_code == 302


def test_wrong_codes_count_as_wrong_guesses_though_the_password_is_right(editor):
    key = phone(editor).key
    with time_machine.travel("2026-01-05T09:00Z", tick=False) as clock:
        for _ in range(4):
            client = Client(REMOTE_ADDR=ATTACKER)
            # The password in between must not set the count back.
            give_password(client, "editor")
            assert give_code(client, wrong_code(key)).status_code == 200
            clock.shift(20)
        assert give_code(client, wrong_code(key)).status_code == 429
        assert give_code(client, code_of(key)).status_code == 429
        assert not is_in(client)


def test_a_name_that_nobody_has_gets_the_same_words_and_the_same_lock(editor):
    known, unknown = guess(times=1), guess(name="nobody", times=1)
    assert [str(error) for error in known.context["form"].non_field_errors()] == [
        str(error) for error in unknown.context["form"].non_field_errors()
    ]
    assert (guess(times=4).status_code, guess(name="nobody", times=4).status_code) == (429, 429)


@pytest.mark.parametrize("fields", [{"is_staff": False}, {"is_staff": True, "is_active": False}])
def test_an_account_that_may_not_come_in_is_answered_as_if_it_were_not_there(fields):
    User.objects.create_user("reader", password=PASSWORD, **fields)
    words = [
        guess(name=name, password=PASSWORD, times=1).context["form"].non_field_errors() for name in ("reader", "x")
    ]
    assert words[0] == words[1]
    assert guess(name="reader", password=PASSWORD, times=4).status_code == 429


def test_the_same_work_is_done_for_a_name_that_nobody_has(editor, monkeypatch):
    from django.contrib.auth.hashers import MD5PasswordHasher

    hashed = []
    encode = MD5PasswordHasher.encode

    def count(*args):
        hashed.append(1)
        return encode(*args)

    monkeypatch.setattr(MD5PasswordHasher, "encode", count)
    guess(times=1)
    known = len(hashed)
    guess(name="nobody", times=1)
    assert (known, len(hashed)) == (1, 2)


def test_what_axes_keeps_does_not_grow_and_holds_nothing_that_was_typed(editor):
    with time_machine.travel("2026-01-05T09:00Z", tick=False) as clock:
        for number in range(12):
            guess(name=f"geheim{number}", password="geheim", times=1)
        kept = repr(list(AccessAttempt.objects.values()))
        assert AccessAttempt.objects.count() == 12
        assert "geheim" not in kept
        clock.shift(timedelta(minutes=16))
        guess(times=1)
        assert AccessAttempt.objects.count() == 1
    assert not AccessLog.objects.exists()
    assert not AccessFailureLog.objects.exists()


def test_a_password_that_is_asked_for_again_inside_is_counted_too(editor):
    from tests.newsroom import verified

    client = verified(editor)
    for _ in range(5):
        answer = client.post("/admin/security/codes/", {"password": "wrong"})
    assert answer.status_code == 429


def test_the_old_password_is_guessed_no_longer_than_at_the_door(editor):
    from tests.newsroom import verified

    client = verified(editor)
    form = {"old_password": "wrong", "new_password1": "a longer horse", "new_password2": "a longer horse"}
    assert [client.post("/admin/password_change/", form).status_code for _ in range(5)] == [200] * 4 + [429]
    assert client.post("/admin/password_change/", form | {"old_password": PASSWORD}).status_code == 429
    assert client.get("/admin/").status_code == 200


def test_the_log_says_who_was_refused_and_locked_out_once_from_where_with_what(editor):
    chrome = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36"
    for _ in range(8):
        Client(REMOTE_ADDR=ATTACKER, HTTP_USER_AGENT=chrome).post(
            "/admin/login/", {"username": "editor", "password": "wrong"}
        )
    assert verbs() == ["sign_in_refused"] * 5 + ["locked_out"]
    row = LogRow.objects.last()
    assert (row.by, row.who, row.address, row.detail) == (editor, "editor", ATTACKER, "Chrome, Windows")


def test_no_row_and_no_line_of_the_server_holds_what_was_typed(editor, caplog):
    caplog.set_level(logging.DEBUG)
    # People also type their password, or a code, where the name belongs.
    guess(name="my-geheim-password", password="geheim", times=6)
    key = phone(editor).key
    client = Client()
    give_password(client, "editor")
    give_code(client, "geheim")
    give_code(client, code_of(key))
    rows = " ".join(str(one) for row in LogRow.objects.values_list() for one in row)
    assert verbs().count("sign_in_refused") == 5
    secrets = ("geheim", PASSWORD, code_of(key), key, client.session.session_key)
    assert [secret for secret in secrets if secret in rows + caplog.text] == []
    assert LogRow.objects.filter(by=None).last().who == "my…"
