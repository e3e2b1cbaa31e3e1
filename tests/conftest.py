"""The cast: a visitor, a writer, a publisher, an administrator; and the instant at which most tests stand."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from embassy import moment, pages
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


def _staff(name: str, *codenames: str, **fields: Any) -> User:
    user = User.objects.create_user(name, password=PASSWORD, is_staff=True, **fields)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return user


WRITING = ("view_statement", "add_statement", "change_statement")


@pytest.fixture
def visitor() -> Client:
    return Client()


@pytest.fixture
def writer(db: None) -> User:
    return _staff("writer", *WRITING)


@pytest.fixture
def publisher(db: None) -> User:
    return _staff("publisher", *WRITING, "release_statement")


@pytest.fixture
def administrator(db: None) -> User:
    return User.objects.create_superuser("administrator", password=PASSWORD)
