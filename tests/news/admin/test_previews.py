"""The page of a statement's preview links, as a publisher uses it."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from embassy.log import LogRow
from news import actions
from news.models import PreviewLink
from news.previews import rules
from tests.factories import DAY, MINUTE, NOW, make_clock, make_draft, make_live, make_scheduled, text
from tests.newsroom import address, minute, said, signed_in
from tests.reading import lines, links, tags

pytestmark = pytest.mark.django_db

LATER = NOW.replace(second=0) + DAY
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def clock():
    make_clock("London", "Europe/London")
    make_clock("Moscow", "Europe/Moscow", position=1)
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def client(publisher):
    return signed_in(publisher)


def page(edition):
    return address("previews", edition.statement_id)


def filled(**fields):
    until = minute("expires", "2021-10-27", "09:00", "Europe/London")
    return {"outlet": "The Daily Planet", "shows": "newest"} | until | fields


def given(answer):
    """Return the address that the page shows this once."""
    return next((tag["value"] for tag in tags(answer, "input") if tag.get("id") == "given-address"), None)


def row(answer):
    return lines(answer.content.decode().split('class="previews"')[1].split("</table>")[0])


def test_a_link_is_made_shown_once_and_opens(client):
    edition = make_draft(title="Words")
    answer = client.post(page(edition), filled(shows="fixed"))
    shown = given(answer)
    assert re.fullmatch(r"http://testserver/preview/[\w-]{43}/", shown)
    assert "no-store" in answer.headers["Cache-Control"]
    assert shown.encode() not in client.get(page(edition)).content
    assert Client().get(shown).status_code == 200
    link = PreviewLink.objects.get()
    assert (link.outlet, link.is_fixed, link.created_by.username) == ("The Daily Planet", True, "publisher")
    assert f"{link.expires_at:%Y-%m-%d %H:%M}" == "2021-10-27 08:00"


def test_the_page_says_what_became_of_each_link(client, clock):
    edition = make_draft(language="ru")
    shown = given(client.post(page(edition), filled()))
    assert shown.startswith("http://testserver/ru/preview/")
    clock.shift(MINUTE)
    Client(headers={"user-agent": "Firefox/140.0 (Windows)"}).get(shown)
    assert row(client.get(page(edition)))[7:] == [
        "The Daily Planet",
        "made by publisher, 25 Oct 22:41 London / 26 Oct 00:41 Moscow",
        "the newest words",
        "27 Oct 09:00 London / 11:00 Moscow",
        "open",
        "1 time, last 25 Oct 22:42 London / 26 Oct 00:42 Moscow",
        "25 Oct 22:42 London / 26 Oct 00:42 Moscow, Firefox, Windows, 127.0.0.1",
        "New address",
        "Revoke",
    ]


def test_a_new_address_ends_the_old_one_at_once(client):
    edition = make_draft()
    old = given(client.post(page(edition), filled()))
    answer = client.post(f"{page(edition)}{PreviewLink.objects.get().pk}/renew/")
    assert Client().get(old).status_code == 404
    assert Client().get(given(answer)).status_code == 200
    assert PreviewLink.objects.count() == 1


def test_a_revoked_link_is_over_for_good(client):
    edition = make_draft()
    shown = given(client.post(page(edition), filled()))
    pk = PreviewLink.objects.get().pk
    answer = client.post(f"{page(edition)}{pk}/revoke/", follow=True)
    assert said(answer) == ["The link of The Daily Planet is revoked: it opens nothing any more."]
    assert "revoked 25 Oct 22:41 London / 26 Oct 00:41 Moscow" in row(answer)
    assert Client().get(shown).status_code == 404
    for verb, sentence in {
        "renew": "This link has ended: make a new one.",
        "revoke": "This link has ended already.",
    }.items():
        assert said(client.post(f"{page(edition)}{pk}/{verb}/", follow=True)) == [sentence]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"outlet": " "}, "This field is required."),
        ({"outlet": "x" * 101}, "Ensure this value has at most 100 characters (it has 101)."),
        ({"expires_day": ""}, "Give both the day and the time, or neither."),
        ({"expires_day": "2021-10-25"}, "That time has passed: choose a later end of the link."),
        ({"expires_day": "2022-10-27"}, "A preview link lasts at most 90 days: choose an earlier end."),
        ({"shows": "all"}, "Select a valid choice. all is not one of the available choices."),
    ],
)
def test_what_is_refused_is_said_and_makes_no_link(client, fields, sentence):
    answer = client.post(page(make_draft()), filled(**fields))
    assert sentence in lines(answer)
    assert PreviewLink.objects.count() == 0


def test_what_is_public_needs_no_link(client):
    edition = make_live()
    answer = client.get(page(edition))
    assert "There is no text to share now: what is public needs no preview link." in lines(answer)
    answer = client.post(page(edition), filled())
    assert PreviewLink.objects.count() == 0


@pytest.mark.parametrize(
    ("make", "ends"),
    [
        (lambda: make_scheduled(LATER), LATER + HOUR),
        (lambda: make_draft(public_from=LATER), LATER + HOUR),
        (lambda: make_draft(public_from=NOW - DAY), NOW + 7 * DAY),
        (make_draft, NOW + 7 * DAY),
        (lambda: make_scheduled(LATER + 365 * DAY), NOW + 7 * DAY),
    ],
)
def test_a_link_usually_ends_an_hour_after_the_embargo_or_in_a_week(client, make, ends):
    edition = make()
    assert rules.usual_expiry(edition, NOW) == ends.replace(second=0, microsecond=0)
    day = next(tag["value"] for tag in tags(client.get(page(edition)), "input") if tag.get("name") == "expires_day")
    assert day == f"{ends + HOUR:%Y-%m-%d}"


def test_the_log_knows_who_shared_what_and_no_token(client):
    edition = make_draft(title="Words")
    shown = given(client.post(page(edition), filled()))
    pk = PreviewLink.objects.get().pk
    renewed = given(client.post(f"{page(edition)}{pk}/renew/"))
    client.post(f"{page(edition)}{pk}/revoke/")
    written = LogRow.objects.filter(verb__in=("share", "renew_link", "revoke_link")).order_by("pk")
    assert [(one.verb_in_words, one.by.username, one.title, one.detail) for one in written] == [
        (words, "publisher", "Words", "The Daily Planet, 2021-10-27 08:00 UTC")
        for words in ("Made a preview link", "Gave a preview link a new address", "Revoked a preview link")
    ]
    everything = repr(list(LogRow.objects.values_list()))
    assert not [one for one in (shown, renewed) if one.split("/")[-2] in everything]


def test_who_may_not_share_is_refused(client, writer, editor, visitor):
    edition = make_draft()
    given(client.post(page(edition), filled()))
    start = f"{page(edition)}{PreviewLink.objects.get().pk}/"
    for user in (writer, editor):
        other = signed_in(user)
        assert other.get(page(edition)).status_code == 403
        assert [other.post(one).status_code for one in (page(edition), f"{start}renew/", f"{start}revoke/")] == [
            403
        ] * 3
    for one in (page(edition), f"{start}renew/", f"{start}revoke/"):
        assert visitor.post(one).status_code == 302
    assert PreviewLink.objects.get().is_live(NOW)
    with pytest.raises(actions.Refusal, match="Your account may not show texts to outsiders"):
        actions.share(edition.statement, outlet="x", expires_at=LATER, is_fixed=False, by=writer, at=NOW)


def test_the_buttons_send_and_links_of_other_statements_stay_apart(client):
    edition, other = make_draft(), make_draft()
    client.post(page(edition), filled())
    pk = PreviewLink.objects.get().pk
    assert [client.get(f"{page(edition)}{pk}/{verb}/").status_code for verb in ("renew", "revoke")] == [302, 302]
    assert [client.post(f"{page(other)}{pk}/{verb}/").status_code for verb in ("renew", "revoke")] == [404, 404]
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    assert strict.post(page(edition), filled()).status_code == 403
    assert client.get(address("previews", 999)).status_code == 404
    assert client.get(address("previews", "x")).status_code == 404


def test_the_statements_page_leads_to_its_links_and_to_the_site_at_its_minute(client, writer):
    draft, scheduled, live = make_draft(), make_scheduled(LATER, public_from_zone="Europe/London"), make_live()
    as_at = f"/admin/as-at/2021-10-26T21:41Z/messages/{scheduled.statement.number}/"
    found = {edition: client.get(address("change", edition.statement_id)) for edition in (draft, scheduled, live)}
    assert {edition: "../previews/" in links(answer) for edition, answer in found.items()} == {
        draft: True,
        scheduled: True,
        live: False,
    }
    assert [as_at in links(answer) for answer in found.values()] == [False, True, False]
    assert (
        "See it as at 22:41" in lines(found[scheduled])[-1] or "See it as at 22:41" in found[scheduled].content.decode()
    )
    assert client.get(as_at, follow=True).status_code == 200
    assert "../previews/" not in links(signed_in(writer).get(address("change", draft.statement_id)))


def test_the_pages_queries_do_not_grow_with_the_links(client, django_assert_max_num_queries):
    edition = make_draft()
    for n in range(5):
        actions.share(edition.statement, outlet=f"{n}", expires_at=LATER, is_fixed=n % 2 == 0, by=None, at=NOW)
    actions.change_draft(edition, text(), by=None, at=NOW)
    assert reverse("admin:news_statement_previews", args=[1])
    with django_assert_max_num_queries(20):
        client.get(page(edition))
