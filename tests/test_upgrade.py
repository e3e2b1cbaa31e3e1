"""What an update makes of the rows of a site that was there before: called on the rows as they stood."""

from importlib import import_module

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import F

from embassy.log import LogRow
from news import actions
from news.models import Edition
from tests.factories import NOW, make_draft, make_live, make_withdrawn

pytestmark = pytest.mark.django_db


def models_at(app, name):
    return MigrationExecutor(connection).loader.project_state((app, name)).apps


def test_rows_of_the_log_from_before_name_who_it_was(writer):
    actions.change_draft(make_draft(), actions.Text(title="A", date=NOW.date()), by=writer, at=NOW)
    then = models_at("embassy", "0003_log_from_where")
    then.get_model("embassy", "LogRow").objects.update(who="")
    import_module("embassy.migrations.0003_log_from_where").name_who(then, None)
    assert list(LogRow.objects.values_list("verb", "who")) == [("change", "writer"), ("write", "")]


def test_what_one_person_released_alone_is_marked_and_nothing_else(publisher, second_publisher):
    lone, pair, withdrawn = make_live(), make_live(), make_withdrawn()
    then = models_at("news", "0005_lone_releases")
    rows = then.get_model("news", "Edition").objects
    # As the version before could leave them; the rule of today would not let them in without a reason.
    rows.filter(pk=lone.pk).update(approved_by=publisher.pk, author=publisher.pk, forced_reason="x")
    rows.filter(pk=pair.pk).update(approved_by=publisher.pk, author=second_publisher.pk)
    rows.filter(pk=withdrawn.pk).update(approved_by=publisher.pk, author=publisher.pk)
    module = import_module("news.migrations.0005_lone_releases")
    module.mark(then, None)
    marked = Edition.objects.filter(approved_by=F("author")).exclude(forced_reason="")
    assert list(marked.values_list("pk", "forced_reason")) == [(lone.pk, module.REASON)]
    assert list(Edition.objects.awaiting_review()) == [lone]
