import re

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from embassy.accounts import factor
from embassy.accounts.models import RecoveryCode
from embassy.log import LogRow
from tests.conftest import PASSWORD
from tests.door import code_of, codes_on, give_code, give_password, is_in, key_on, phone, verbs, wrong_code
from tests.newsroom import signed_in, verified
from tests.reading import lines

pytestmark = pytest.mark.django_db

SET_UP = "/admin/second-factor/set-up/"


def test_the_first_sign_in_sets_up_a_phone_and_shows_ten_codes_once(editor):
    client = Client()
    answer = give_password(client, "editor", follow=True)
    assert [address for address, _ in answer.redirect_chain] == [
        "/admin/second-factor/?next=%2Fadmin%2F",
        f"{SET_UP}?next=%2Fadmin%2F",
    ]
    assert not is_in(client)
    key = key_on(answer.content.decode())
    page = client.post(SET_UP, {"code": code_of(key)})
    codes = codes_on(page.content.decode())
    assert len(set(codes)) == 10
    assert all(re.fullmatch(r"([a-z2-7]{4} ){3}[a-z2-7]{4}", code) for code in codes)
    assert is_in(client)
    assert codes_on(client.get(SET_UP, follow=True).content.decode()) == []
    assert verbs() == ["password_given", "phone_set_up", "signed_in", "codes_made"]


def test_what_is_kept_of_recovery_codes_does_not_let_anybody_in(editor):
    codes = factor.make_codes(editor)
    kept = " ".join(RecoveryCode.objects.values_list("digest", flat=True))
    assert [code for code in codes if code.replace(" ", "") in kept] == []


def test_the_pages_of_the_second_factor_are_kept_nowhere_and_the_key_is_in_no_address(editor):
    client = Client()
    answer = give_password(client, "editor", follow=True)
    assert "no-store" in answer["Cache-Control"]
    key = key_on(answer.content.decode())
    assert not any(key in address for address, _ in answer.redirect_chain)
    shown = client.post(SET_UP, {"code": code_of(key)})
    assert "no-store" in shown["Cache-Control"]


def test_a_key_that_one_session_saw_is_not_the_next_ones(editor):
    # Else somebody with the password could read it, and wait until its owner sets it up.
    seen = [key_on(give_password(Client(), "editor", follow=True).content.decode()) for _ in range(2)]
    assert seen[0] != seen[1]
    assert not TOTPDevice.objects.exists()


def test_a_wrong_code_sets_nothing_up(editor):
    client = Client()
    key = key_on(give_password(client, "editor", follow=True).content.decode())
    answer = client.post(SET_UP, {"code": wrong_code(key)})
    assert answer.context["form"].errors["code"] == [
        "That code is not the one. Does your phone show the right time? Type the code that it shows now."
    ]
    assert key_on(answer.content.decode()) == key
    assert not is_in(client)


def test_password_and_code_let_in_and_lead_where_one_wanted_to_go(editor):
    key = phone(editor).key
    client = Client()
    asked = client.get("/admin/security/", follow=True)
    there = asked.redirect_chain[-1][0]
    given = client.post(there, {"username": "editor", "password": PASSWORD, "next": "/admin/security/"})
    answer = client.post(given["Location"], {"code": f" {code_of(key)[:3]} {code_of(key)[3:]} "})
    assert (answer.status_code, answer["Location"]) == (302, "/admin/security/")
    assert is_in(client)
    assert verbs() == ["password_given", "signed_in"]


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_the_way_on_stays_here(editor, wanted):
    client = Client()
    give_password(client, "editor")
    answer = client.post("/admin/second-factor/", {"code": code_of(phone(editor).key), "next": wanted})
    assert answer["Location"] == "/admin/"


def test_a_code_works_once(editor):
    code = code_of(phone(editor).key)
    first, second = Client(), Client()
    for client in (first, second):
        give_password(client, "editor")
    assert give_code(first, code).status_code == 302
    assert give_code(second, code).status_code == 200
    assert (is_in(first), is_in(second)) == (True, False)


def test_the_code_that_set_the_phone_up_does_not_sign_in(editor):
    client = Client()
    key = key_on(give_password(client, "editor", follow=True).content.decode())
    client.post(SET_UP, {"code": code_of(key)})
    other = Client()
    give_password(other, "editor")
    give_code(other, code_of(key))
    assert not is_in(other)


def test_a_recovery_code_lets_in_once_and_says_how_many_are_left(editor):
    phone(editor)
    code, *_others = factor.make_codes(editor)
    client, other = Client(), Client()
    give_password(client, "editor")
    answer = give_code(client, code.upper(), follow=True)
    assert [str(message) for message in answer.context["messages"]] == [
        "That recovery code is used up. You have 9 left. The page “Security” makes new ones."
    ]
    assert is_in(client)
    give_password(other, "editor")
    assert give_code(other, code).context["form"].errors
    assert not is_in(other)
    assert "recovery_used" in verbs()


def test_a_recovery_code_is_its_owners_alone(editor, writer):
    phone(editor)
    code, *_others = factor.make_codes(writer)
    client = Client()
    give_password(client, "editor")
    give_code(client, code)
    assert not is_in(client)


def test_after_wrong_codes_the_phone_waits_but_never_for_long_and_a_recovery_code_lets_in(editor):
    device = phone(editor)
    with time_machine.travel("2026-01-05T09:00Z", tick=False) as clock:
        for _ in range(20):
            assert not factor.is_right(editor, factor.phone_of(editor), wrong_code(device.key))
            clock.shift(400)
        clock.shift(-400)
        with pytest.raises(factor.TooSoonError) as wait:
            factor.is_right(editor, factor.phone_of(editor), code_of(device.key))
        assert wait.value.seconds == 256
        client = Client()
        give_password(client, "editor")
        assert give_code(client, code_of(device.key)).context["form"].errors["code"] == [
            "Too many wrong codes. Wait 256 seconds, then type the code that the phone shows then."
        ]
        give_code(client, factor.make_codes(editor)[0])
        assert is_in(client)


def test_a_new_phone_asks_for_the_password_and_the_old_one_ends(editor):
    old = phone(editor)
    client, elsewhere = verified(editor), verified(editor)
    assert client.get(SET_UP)["Location"] == "/admin/security/phone/"
    assert client.post("/admin/security/phone/", {"password": "wrong"}).context["form"].errors
    assert client.get(SET_UP)["Location"] == "/admin/security/phone/"
    page = client.post("/admin/security/phone/", {"password": PASSWORD}, follow=True)
    client.post(SET_UP, {"code": code_of(key_on(page.content.decode()))})
    assert (is_in(client), is_in(elsewhere)) == (True, False)
    assert not TOTPDevice.objects.filter(key=old.key).exists()


def test_half_a_sign_in_gets_no_new_phone_where_there_is_one(editor):
    phone(editor)
    client = Client()
    give_password(client, "editor")
    assert client.get(SET_UP)["Location"] == "/admin/second-factor/"
    assert client.post(SET_UP, {"code": "123456"})["Location"] == "/admin/second-factor/"
    assert client.post("/admin/security/phone/", {"password": PASSWORD})["Location"].startswith("/admin/login/")


def test_new_recovery_codes_ask_for_the_password_and_end_the_old_ones(editor):
    old = factor.make_codes(editor)
    client = verified(editor)
    assert codes_on(client.get("/admin/security/codes/").content.decode()) == []
    page = client.post("/admin/security/codes/", {"password": PASSWORD})
    assert len(codes_on(page.content.decode())) == 10
    assert not factor.use_code(editor, old[0])
    assert factor.use_code(editor, codes_on(page.content.decode())[3])


def test_an_operator_resets_and_its_owner_sets_up_anew(editor, capsys):
    client = verified(editor)
    factor.make_codes(editor)
    call_command("reset_second_factor", "editor")
    assert "editor sets up a phone at the next sign-in" in capsys.readouterr().out
    assert not is_in(client)
    assert "_auth_user_id" not in client.session
    assert not RecoveryCode.objects.exists()
    assert give_password(client, "editor", follow=True).redirect_chain[-1][0].startswith(SET_UP)
    assert [(row.by, row.title) for row in LogRow.objects.filter(verb="factor_reset")] == [(None, "editor")]
    with pytest.raises(CommandError, match="There is no account “nobody”"):
        call_command("reset_second_factor", "nobody")


def test_where_it_is_off_the_password_is_enough_and_every_page_says_so(editor, settings):
    settings.SECOND_FACTOR = "off"
    client = Client()
    give_password(client, "editor")
    page = client.get(reverse("admin:index")).content.decode()
    assert "Trial: this site asks for no second factor (SECOND_FACTOR=off)." in lines(page)
    assert client.get("/admin/second-factor/")["Location"] == "/admin/security/"
    assert "asks for no second factor" not in Client().get("/admin/login/").content.decode()
    assert verbs() == ["signed_in"]


def test_half_a_sign_in_can_be_given_up(editor):
    client = Client()
    give_password(client, "editor")
    client.post("/admin/logout/")
    assert "_auth_user_id" not in client.session
    assert client.get("/admin/second-factor/")["Location"].startswith("/admin/login/")


def test_the_password_given_anew_asks_for_the_code_anew(editor):
    client = verified(editor)
    give_password(client, "editor")
    assert not is_in(client)


def test_somebody_elses_phone_verifies_nobody(editor, writer):
    client = signed_in(editor)
    session = client.session
    session["otp_device_id"] = phone(writer).persistent_id
    session.save()
    assert not is_in(client)
