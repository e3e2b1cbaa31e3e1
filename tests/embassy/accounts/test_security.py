import pytest
from django.test import Client

from embassy.accounts import factor
from tests.conftest import PASSWORD
from tests.door import code_of, give_code, give_password, phone
from tests.factories import NOW, make_clock
from tests.newsroom import verified
from tests.reading import lines

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0"
PAGE = "/admin/security/"


def rows(page):
    return [(f"{at:%d.%m.%Y %H:%M}", row.verb, row.address, row.detail) for row, at, _ in page.context["rows"]]


def test_a_person_sees_the_own_sign_ins_and_refusals_on_the_home_clock(editor, writer, now):
    make_clock("Moscow", "Europe/Moscow")
    client = Client(REMOTE_ADDR="198.51.100.7", HTTP_USER_AGENT=FIREFOX)
    for name, password in (("editor", "wrong"), ("writer", PASSWORD), ("editor", PASSWORD)):
        give_password(client, name, password)
    give_code(client, code_of(phone(editor).key))
    page = client.get(PAGE)
    day, where = "26.10.2021 00:41", "198.51.100.7"
    assert rows(page) == [
        (day, "signed_in", where, "Firefox, Windows"),
        (day, "password_given", where, "Firefox, Windows"),
        (day, "sign_in_refused", where, "Firefox, Windows"),
    ]
    assert page.context["zone"] == "Europe/Moscow"
    assert "When (Europe/Moscow)" in lines(page.content.decode())


def test_the_page_shows_the_second_factor_and_the_codes_that_are_left(editor):
    client = verified(editor)
    factor.use_code(editor, factor.make_codes(editor)[0])
    html = client.get(PAGE).content.decode()
    assert "You have 9 recovery codes left." in html
    assert all(f'href="/admin/security/{act}/"' in html for act in ("phone", "codes"))


def test_the_header_of_every_page_leads_there(editor):
    assert 'href="/admin/security/"' in verified(editor).get("/admin/").content.decode()


@pytest.mark.parametrize("attempts", [1, 3])
def test_the_page_costs_the_same_whoever_tried(editor, attempts, django_assert_num_queries):
    client = verified(editor)
    for number in range(attempts):
        give_password(Client(REMOTE_ADDR=f"192.0.2.{number}"), "editor", "wrong")
    client.get(PAGE)
    with django_assert_num_queries(10):
        client.get(PAGE)


def test_where_no_second_factor_is_asked_for_the_page_says_so(editor, settings):
    settings.SECOND_FACTOR = "off"
    html = verified(editor).get(PAGE).content.decode()
    assert "This site does not ask for one: a password alone is enough." in html


@pytest.mark.parametrize("path", ["login/", "second-factor/", "second-factor/set-up/", "security/codes/"])
def test_every_input_has_a_label_and_tells_the_browser_what_it_is(editor, path):
    client = Client()
    if path.startswith("second"):
        give_password(client, "editor")
    if path == "second-factor/":
        phone(editor)
    if path.startswith("security"):
        client = verified(editor)
    html = client.get(f"/admin/{path}").content.decode()
    inputs = [part.split(">")[0] for part in html.split("<input ")[1:]]
    for one in inputs:
        if 'type="hidden"' not in one and 'type="submit"' not in one:
            assert 'autocomplete="' in one
            assert f'for="{one.split("id=")[1].split(chr(34))[1]}"' in html


def test_instants_are_shown_as_they_were(editor, now):
    from embassy import log

    log.write("signed_in", by=editor, at=NOW)
    assert rows(verified(editor).get(PAGE))[0][0] == "25.10.2021 21:41"
