"""Ways into the newsroom for tests whose story is another one."""

from django.conf import settings
from django.contrib.auth.models import User
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.newsroom import signed_in


def come_in(page: Page, live_server: LiveServer, user: User) -> None:
    """Give the browser a session of the user's, without the page for signing in."""
    session = signed_in(user).cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": session.key, "value": session.value, "url": live_server.url}])
