"""Stored script in every field that staff can type into: two layers, each shown alone."""

from collections.abc import Iterator
from html import escape

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, Route
from pytest_django.live_server_helper import LiveServer

from counters.models import Counter
from embassy import moment
from embassy.models import Clock, ContactLine, Mission
from news import actions, richtext
from news.admin.forms import StatementForm
from news.models import Category, Edition
from tests.browser.payloads import PAYLOADS
from tests.factories import (
    DAY,
    MINUTE,
    NOW,
    make_counter,
    make_document,
    make_draft,
    make_live,
    make_next,
    make_picture,
    overwrite,
    shown_in_text,
)

pytestmark = pytest.mark.django_db(transaction=True)

# What a visitor does to a page, all at once: events on every element, a click on every link.
PROVOKE = """() => {
  for (const element of document.querySelectorAll('*')) {
    for (const name of ['mouseover', 'mouseenter', 'pointerenter', 'focus', 'click', 'toggle', 'error', 'load']) {
      element.dispatchEvent(new Event(name, {cancelable: true}));
    }
  }
  return [...document.querySelectorAll('a, area')].map((link) => link.protocol).filter(
    (protocol) => !['http:', 'https:', 'mailto:', 'tel:', 'about:', ':', ''].includes(protocol));
}"""
# No database that we use holds NUL.
STORABLE = [payload.replace("\x00", "") for payload in PAYLOADS]
COUNT = "globalThis.hits = 0; globalThis.hit = () => { globalThis.hits += 1; };"


def _context(browser: Browser, *, bypass_csp: bool) -> BrowserContext:
    context = browser.new_context(bypass_csp=bypass_csp)
    context.add_init_script(COUNT)
    return context


@pytest.fixture
def unprotected(browser: Browser) -> Iterator[Page]:
    """A browser that ignores our content security policy: what the pages hold is all that counts."""
    context = _context(browser, bypass_csp=True)
    yield context.new_page()
    context.close()


def _hits(page: Page) -> int:
    page.wait_for_timeout(30)
    return int(page.evaluate("globalThis.hits"))


def test_the_corpus_is_large_and_bites(unprotected: Page) -> None:
    """Printed raw, many of the payloads run: what the other tests show is not the corpus's weakness."""
    running = 0
    unprotected.goto("about:blank")
    for payload in PAYLOADS:
        unprotected.set_content(f"<!doctype html><script>{COUNT}</script><body>{payload}")
        unprotected.evaluate(PROVOKE)
        running += unprotected.evaluate("globalThis.hits") > 0
    assert len(PAYLOADS) >= 200
    assert running >= 60


def test_the_policy_alone_stops_what_is_printed_raw(browser: Browser, live_server: LiveServer) -> None:
    """Printed raw on a page with the policy of public pages, none of a half runs: the second layer holds by itself."""
    policy = Client().get("/")["Content-Security-Policy"]
    context = _context(browser, bypass_csp=False)
    page = context.new_page()

    def raw(route: Route) -> None:
        number = route.request.url.rsplit("/", 1)[-1]
        if not number.isdecimal():
            route.abort()  # a picture or script that the payload asks for
            return
        headers = {"Content-Security-Policy": policy, "Content-Type": "text/html; charset=utf-8"}
        route.fulfill(body=f"<!doctype html><body>{PAYLOADS[int(number)]}".encode(), headers=headers)

    page.route("**/raw/*", raw)
    for number, payload in list(enumerate(PAYLOADS))[::2]:
        page.goto(f"{live_server.url}/raw/{number}", wait_until="domcontentloaded")
        page.evaluate(PROVOKE)
        assert page.evaluate("globalThis.hits") == 0, payload
    context.close()


def _store_everywhere() -> None:
    """Put every payload into every field, past the forms, and into bodies past the cleaning too."""
    settings_language = settings.LANGUAGE_CODE
    everything = " ".join(PAYLOADS)
    Mission.objects.create(name={settings_language: everything}, strapline={settings_language: everything})
    for number, payload in enumerate(STORABLE):
        label = {settings_language: payload}
        Category.objects.create(name=label)
        Counter.objects.create(name=label, remark=label, slug=f"counter-{number}", date=NOW.date())
        Clock.objects.create(label=label, zone="Europe/London", position=number)
        for kind in ContactLine.Kind:
            ContactLine.objects.create(label=label, value=payload[:200], kind=kind)


def test_no_label_runs_script_on_a_page(unprotected: Page, live_server: LiveServer) -> None:
    _store_everywhere()
    for path in ("/", "/messages/", "/ru/", "/nothing-here/"):
        unprotected.goto(live_server.url + path)
        assert unprotected.evaluate(PROVOKE) == []
        assert _hits(unprotected) == 0


def test_no_label_runs_script_in_the_newsroom(unprotected: Page, live_server: LiveServer, administrator: User) -> None:
    _store_everywhere()
    _sign_in(unprotected, live_server, administrator)
    for path in ("counters/counter/", "embassy/clock/", "embassy/contactline/", "news/category/", "embassy/mission/1/"):
        unprotected.goto(f"{live_server.url}/admin/{path}")
        assert unprotected.evaluate(PROVOKE.replace("'click', ", "")) == []
        assert _hits(unprotected) == 0


def _hits_on(page: Page, path: str) -> int:
    """Show the page at `path` without its server, for speed; return how often script ran."""
    page.set_content(Client().get(path).content.decode(), wait_until="domcontentloaded")
    assert page.evaluate(PROVOKE) == []
    return int(page.evaluate("globalThis.hits"))


def _publish(payload: str, *, is_cleaned: bool) -> Edition:
    """Publish the payload as title, summary, body and change note, then withdraw it with the payload as notice."""
    words = {"title": payload[:300], "summary": payload, "body": payload}
    first = make_live(at=NOW - DAY, **words)
    actions.release(make_next(first, at=NOW, change_note=payload, **words), by=None, at=NOW)
    withdrawn = actions.withdraw(first.statement, notice=payload, by=None, at=NOW + MINUTE)
    if not is_cleaned:
        overwrite(Edition.objects.filter(pk=withdrawn.pk), body=payload)
    return withdrawn


@pytest.mark.parametrize("is_cleaned", [True, False], ids=["cleaned on save", "raw in the database"])
def test_no_text_note_or_notice_runs_script(unprotected: Page, *, is_cleaned: bool) -> None:
    make_counter(slug="fire")
    unprotected.goto("about:blank")
    # Every payload in one place of the four: `clean` itself is asked for all of them, below and in `tests/news`.
    for payload in STORABLE[is_cleaned::4]:
        with moment.at(NOW + DAY):
            page = _publish(payload, is_cleaned=is_cleaned).get_absolute_url()
            assert _hits_on(unprotected, page) == 0, payload


def test_no_superseded_text_and_no_list_runs_script(unprotected: Page) -> None:
    make_counter(slug="fire")
    unprotected.goto("about:blank")
    with moment.at(NOW + DAY):
        for payload in STORABLE[2::4]:
            first = make_live(at=NOW - DAY, title=payload[:300], summary=payload, body=payload)
            overwrite(Edition.objects.filter(pk=first.pk), body=payload)
            actions.release(make_next(first, at=NOW, title=payload[:300], summary=payload), by=None, at=NOW)
            assert _hits_on(unprotected, first.get_edition_url()) == 0, payload
        for path in ("/", "/messages/", "/messages/2021/"):
            assert _hits_on(unprotected, path) == 0


def test_no_reason_of_a_removal_runs_script(unprotected: Page) -> None:
    unprotected.goto("about:blank")
    with moment.at(NOW + DAY):
        for payload in STORABLE[3::4]:
            removed = actions.remove(make_live(at=NOW - DAY).statement, reason=payload, by=None, at=NOW)
            assert _hits_on(unprotected, removed.get_absolute_url()) == 0, payload


def test_no_text_runs_script_in_the_newsroom(unprotected: Page, live_server: LiveServer, administrator: User) -> None:
    """The editor puts the text into its own page: it must be clean before, whatever the database holds."""
    _sign_in(unprotected, live_server, administrator)
    draft = make_draft()
    live = make_live()
    for payload in STORABLE[::28]:
        raw = {"title": payload[:300], "summary": payload, "body": payload}
        overwrite(Edition.objects.filter(pk__in=(draft.pk, live.pk)), **raw)
        for edition in (draft, live):
            unprotected.goto(f"{live_server.url}/admin/news/statement/{edition.statement_id}/change/")
            if edition is draft:
                unprotected.wait_for_selector(".cke_editable")
            assert _hits(unprotected) == 0, payload
    unprotected.goto(f"{live_server.url}/admin/news/statement/")
    assert _hits(unprotected) == 0
    unprotected.goto(f"{live_server.url}/admin/embassy/logrow/")
    assert _hits(unprotected) == 0


def test_the_editor_begins_with_clean_html_for_every_payload() -> None:
    """The same as above without a browser, for the whole corpus: what the form holds is what the allow-list leaves."""
    draft = make_draft()
    for payload in STORABLE:
        Edition.objects.filter(pk=draft.pk).update(body=payload)
        assert StatementForm(instance=draft.statement)["body"].value() == richtext.clean(payload).html
        refused = StatementForm({"body": payload}, instance=draft.statement)
        assert refused["body"].value() == richtext.clean(payload).html


def _sign_in(page: Page, live_server: LiveServer, user: User) -> None:
    client = Client()
    client.force_login(user)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([cookie])  # type: ignore[list-item]


def test_no_word_of_a_picture_runs_script(unprotected: Page) -> None:
    unprotected.goto("about:blank")
    with moment.at(NOW):
        for payload in STORABLE[::9]:
            label = {"en": payload, "ru": payload}
            picture = make_picture(f"{payload}.png", alt=label, caption=label, credit=payload[:200])
            document = make_document(f"{payload}.pdf", caption=label)
            body = shown_in_text(picture, escape(payload)) + f"<ul><li>{shown_in_text(picture)[3:-4]}</li></ul>"
            edition = make_live(picture=picture, body=body, attachments=(document,))
            assert _hits_on(unprotected, edition.get_absolute_url()) == 0, payload
