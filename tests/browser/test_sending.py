"""A button that is pressed twice sends once, and what was typed on a verb's page outlives the session."""

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from embassy import moment
from news.models import Comment, Statement
from tests.browser.signing_in import come_in
from tests.conftest import PASSWORD
from tests.factories import make_clock, make_draft
from tests.newsroom import address

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _clocks(transactional_db: None) -> None:
    make_clock("Moscow", "Europe/Moscow", position=1)


def test_a_double_click_saves_one_statement(page: Page, live_server: LiveServer, writer: User) -> None:
    come_in(page, live_server, writer)
    page.goto(live_server.url + address("add"))
    page.get_by_label("Title").fill("The harbour")
    page.get_by_role("button", name="Save draft").dblclick()
    expect(page.locator(".messagelist")).to_contain_text("Saved: Draft.")
    assert Statement.objects.count() == 1


def test_words_for_a_verb_outlive_the_session_and_go_once_they_are_taken(
    page: Page, live_server: LiveServer, writer: User
) -> None:
    draft = make_draft(at=moment.now())
    come_in(page, live_server, writer)
    page.goto(live_server.url + address("comment", draft.statement_id))
    page.locator("textarea").fill("Name the harbour.")
    Session.objects.all().delete()
    page.get_by_role("button", name="Comment").click()
    page.get_by_label("Username").fill(writer.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.locator("textarea")).to_have_value("Name the harbour.")
    page.get_by_role("button", name="Comment").dblclick()
    expect(page.locator(".messagelist")).to_contain_text("Your comment stands below the text.")
    assert [comment.words for comment in Comment.objects.all()] == ["Name the harbour."]
    page.goto(live_server.url + address("comment", draft.statement_id))
    expect(page.locator("textarea")).to_have_value("")
