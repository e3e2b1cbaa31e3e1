"""Half a sign-in opens nothing: every address under /admin/, found by walking them."""

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.regex_helper import normalize

from tests.door import give_password, phone

pytestmark = pytest.mark.django_db

AT_THE_DOOR = {
    "/admin/login/",
    "/admin/logout/",
    "/admin/language/",
    "/admin/second-factor/",
    "/admin/second-factor/set-up/",
}


def walk(patterns, before=""):
    for one in patterns:
        here = before + str(one.pattern.regex.pattern).lstrip("^").replace("\\Z", "")
        if isinstance(one, URLResolver):
            yield from walk(one.url_patterns, here)
        elif isinstance(one, URLPattern):
            form, names = normalize(here)[0]
            yield "/" + form % dict.fromkeys(names, "1")


def admin_addresses():
    return sorted({address for address in walk(get_resolver().url_patterns) if address.startswith("/admin/")})


def test_the_addresses_are_found():
    assert set(admin_addresses()) >= AT_THE_DOOR | {
        "/admin/",
        "/admin/jsi18n/",
        "/admin/security/",
        "/admin/auth/user/1/password/",
        "/admin/embassy/logrow/export/",
        "/admin/news/statement/1/change/",
    }
    assert len(admin_addresses()) > 60


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("has_phone", [True, False])
def test_half_a_sign_in_opens_nothing(administrator, method, has_phone):
    if has_phone:
        phone(administrator)
    client = Client()
    give_password(client, "administrator")
    answers = {}
    for address in admin_addresses():
        if address not in AT_THE_DOOR:
            answer = getattr(client, method)(address)
            answers[address] = (answer.status_code, answer.get("Location", "").split("?")[0])
    wrong = {address: found for address, found in answers.items() if found != (302, "/admin/login/")}
    assert wrong == {}


def test_the_login_page_leads_half_a_sign_in_to_the_code(administrator):
    client = Client()
    give_password(client, "administrator")
    answer = client.get("/admin/login/?next=/admin/security/")
    assert answer["Location"] == "/admin/second-factor/?next=%2Fadmin%2Fsecurity%2F"


def test_no_screen_shows_the_phones_secrets_or_the_guesses():
    registered = {model._meta.label for model in admin.site._registry}
    assert {
        label for label in registered if label.startswith(("otp", "axes", "django_otp", "accounts", "sessions"))
    } == set()
