"""The cast: a visitor, a writer, an editor, two publishers, an administrator; and when most tests stand."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from embassy import moment, pages
from news.permissions import ROLES
from tests.factories import NOW

PASSWORD = "correct horse battery staple"


@pytest.fixture(autouse=True)
def _no_kept_pages() -> None:
    """Keep one test's pages out of the next one's."""
    from django.core.cache import cache

    pages.clear()
    cache.clear()


@pytest.fixture
def now() -> Iterator[datetime]:
    """Stand at NOW: 00:41 on 26 October 2021 in Moscow, 22:41 on the 25th in London."""
    with moment.at(NOW):
        yield NOW


def _staff(name: str, role: str) -> User:
    """Make somebody with the rights of the role: not by its group, which a test that empties the database loses."""
    user = User.objects.create_user(name, password=PASSWORD, is_staff=True)
    names = [right.split(".") for right in ROLES[role]]
    known = Permission.objects.select_related("content_type")
    user.user_permissions.set(one for one in known if [one.content_type.app_label, one.codename] in names)
    return user


@pytest.fixture
def visitor() -> Client:
    return Client()


@pytest.fixture
def writer(db: None) -> User:
    return _staff("writer", "writer")


@pytest.fixture
def editor(db: None) -> User:
    return _staff("editor", "editor")


@pytest.fixture
def publisher(db: None) -> User:
    return _staff("publisher", "publisher")


@pytest.fixture
def second_publisher(db: None) -> User:
    return _staff("second", "publisher")


@pytest.fixture
def administrator(db: None) -> User:
    return User.objects.create_superuser("administrator", password=PASSWORD)
