"""After a large import the index of words is put in order, once and outside of the import's transaction."""

import pytest
from django.db import connection

from news import importing
from news.importing import Undone
from news.models import Statement
from news.search import indexing
from tests.feeds import feed, item


@pytest.fixture
def tidied(monkeypatch):
    """Return whether each tidying ran within the import's transaction, and how many statements there were."""
    found = []
    monkeypatch.setattr(indexing, "tidy", lambda: found.append((connection.in_atomic_block, Statement.objects.count())))
    monkeypatch.setattr(importing, "MANY", 3)
    return found


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("now")
def test_the_index_is_put_in_order_after_many_and_only_then(tidied):
    importing.take_over(feed(item("a"), item("b")))
    with pytest.raises(Undone):
        importing.take_over(feed(item("c"), item("d"), item("e")), dry_run=True)
    assert tidied == []
    importing.take_over(feed(item("c"), item("d"), item("e")))
    assert tidied == [(False, 5)]
