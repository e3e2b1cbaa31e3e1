import pytest
from django.test import Client, RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from embassy.accounts.address import client_address, lockout_address
from embassy.log import LogRow
from tests.door import give_password


def ask(proxies: int, settings, header: str | None = None, direct: str = "10.0.0.1"):
    settings.TRUSTED_PROXIES = proxies
    extra = {} if header is None else {"HTTP_X_FORWARDED_FOR": header}
    return RequestFactory().get("/", REMOTE_ADDR=direct, **extra)


@pytest.mark.parametrize(
    ("proxies", "header", "found"),
    [
        (0, None, "10.0.0.1"),
        (0, "192.0.2.1", "10.0.0.1"),
        (1, "192.0.2.1", "192.0.2.1"),
        (1, "203.0.113.9, 192.0.2.1", "192.0.2.1"),
        (2, "203.0.113.9, 192.0.2.1, 10.0.0.9", "192.0.2.1"),
        (2, "192.0.2.1", "10.0.0.1"),
        (1, None, "10.0.0.1"),
        (1, "192.0.2.1:4711", "192.0.2.1"),
        (1, "[2001:db8::1]:4711", "2001:db8::1"),
        (1, "::ffff:192.0.2.1", "192.0.2.1"),
        (1, "unknown", "10.0.0.1"),
        (1, "192.0.2.1, <script>", "10.0.0.1"),
    ],
)
def test_only_what_our_own_proxies_wrote_counts(proxies, header, found, settings):
    assert client_address(ask(proxies, settings, header)) == found


@given(st.text(max_size=60))
def test_whatever_a_visitor_claims_counts_for_nothing_behind_one_proxy(claimed):
    from django.test import override_settings

    with override_settings(TRUSTED_PROXIES=1):
        request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=f"{claimed},192.0.2.1")
        assert client_address(request) == "192.0.2.1"


def test_guesses_of_one_network_are_counted_as_one(settings):
    found = {lockout_address(ask(0, settings, direct=f"2001:db8:1:2:{number}::1")) for number in range(3)}
    assert found == {"2001:db8:1:2::"}
    assert lockout_address(ask(0, settings, direct="192.0.2.1")) == "192.0.2.1"
    assert lockout_address(ask(0, settings, direct="")) is None


@pytest.mark.django_db
def test_a_header_that_nobody_vouches_for_neither_hides_nor_frees(editor):
    for number in range(5):
        answer = give_password(
            Client(), "editor", "wrong", REMOTE_ADDR="192.0.2.66", HTTP_X_FORWARDED_FOR=f"203.0.113.{number}"
        )
    assert answer.status_code == 429
    assert set(LogRow.objects.values_list("address", flat=True)) == {"192.0.2.66"}
