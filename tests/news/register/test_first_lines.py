"""A site that is older than the register gets the lines that it would have."""

from importlib import import_module

import pytest
from django.apps import apps

from news import actions
from news.models import Edition, RegisterLine
from news.register import lines
from tests.factories import (
    DAY,
    MINUTE,
    NOW,
    make_draft,
    make_live,
    make_next,
    make_removed,
    make_scheduled,
    make_withdrawn,
    overwrite,
)

pytestmark = pytest.mark.django_db

enter = import_module("news.migrations.0012_first_lines").enter


def written():
    fields = ("position", "edition__pk", "digest", "chain", "entered_at")
    return list(RegisterLine.objects.order_by("position").values_list(*fields))


def test_the_first_lines_are_those_that_the_register_would_have_written(now):
    first = make_live(title="Ж “1”", at=NOW - 2 * DAY)
    make_scheduled(NOW + DAY)
    make_scheduled(NOW - MINUTE)
    make_withdrawn()
    make_removed(language="ru")
    actions.release(make_next(first, at=NOW), by=None, at=NOW)
    make_draft()
    expected = []
    for write in (lambda: lines.settle(NOW), lambda: enter(apps, None)):
        RegisterLine.objects.all()._raw_delete("default")
        overwrite(Edition.objects.all(), is_registered=False)
        write()
        expected.append(written())
    assert len(expected[0]) == 6
    assert expected[0] == expected[1]
    assert lines.settle(NOW) == 0
    enter(apps, None)
    assert written() == expected[1]
