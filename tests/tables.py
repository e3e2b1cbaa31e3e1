"""The rows of the newsroom's tables, to show what an act wrote and that a refusal wrote nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from embassy.log import LogRow
from embassy.models import SiteVersion
from news.actions import Refusal
from news.models import Category, Comment, Edition, Statement


def dump() -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table that a verb can write to."""
    models = (Statement, Edition, Comment, Category, LogRow, SiteVersion)
    return {model.__name__: list(model._default_manager.order_by("pk").values_list()) for model in models}


@contextmanager
def refused(sentence: str) -> Iterator[None]:
    """Expect the refusal with exactly this sentence, and every table as it was."""
    before = dump()
    with pytest.raises(Refusal) as caught:
        yield
    assert str(caught.value) == sentence
    assert dump() == before
