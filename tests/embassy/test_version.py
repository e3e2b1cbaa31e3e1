"""The site version: every write of public content raises it, in the transaction of the write."""

from concurrent.futures import ThreadPoolExecutor, wait
from datetime import date, time
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, transaction

from counters.models import Counter
from embassy import version
from embassy.models import Clock, ContactLine, Mission, PressContact, PressHours
from embassy.version import PublicModel, PublicQuerySet, SiteVersion
from news.models import Category, Edition, LibraryFile, Statement
from tests.factories import NOW, make_live


def unsaved(model, **fields):
    """Return a row of the model that is not written yet."""
    plain = {
        Mission: {"pk": 1, "name": "Mission"},
        Clock: {"label": "Moscow", "zone": "Europe/Moscow"},
        PressContact: {"name": "Anna", "phone": "112"},
        PressHours: {"opens": time(9), "closes": time(17), "zone": "Europe/London"},
        ContactLine: {"value": "Ring twice"},
        Counter: {"name": "the fire", "slug": "fire", "date": date(2018, 3, 4)},
        Category: {"name": "News", "slug": "news"},
        LibraryFile: {"kind": "document", "name": "a.pdf", "size": 1, "sha256": "0" * 64, "uploaded_at": NOW},
        Edition: {"title": "An answer", "date": date(2021, 1, 1), "changed_at": NOW, "language": "en"},
    }[model]
    return model(**plain | fields)


def fields_of(row):
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if field.name != "id"}


MODELS: list[Any] = [Mission, Clock, ContactLine, PressContact, PressHours, Counter, Category, Edition, LibraryFile]
FIELD = {Mission: "strapline", ContactLine: "value", Edition: "summary", Clock: "label", Counter: "remark"}
FIELD |= {LibraryFile: "credit", PressHours: "label"}

# Writes to a row that is there.
WRITES = {
    "save": lambda row: row.save(),
    "save of one field": lambda row: row.save(update_fields=[FIELD.get(type(row), "name")]),
    "delete": lambda row: row.delete(),
    "update": lambda row: type(row).objects.update(**{FIELD.get(type(row), "name"): "New"}),
    "update of none": lambda row: type(row).objects.filter(pk=-1).update(**{FIELD.get(type(row), "name"): "New"}),
    "delete of all": lambda row: type(row).objects.all().delete(),
    "bulk_update": lambda row: type(row).objects.bulk_update([row], [FIELD.get(type(row), "name")]),
    "update_or_create": lambda row: type(row).objects.update_or_create(
        {FIELD.get(type(row), "name"): "New"}, pk=row.pk
    ),
}
# Writes of a row that is not there yet.
MAKES = {
    "save": lambda row: row.save(),
    "create": lambda row: type(row).objects.create(**fields_of(row)),
    "get_or_create": lambda row: type(row).objects.get_or_create(fields_of(row), pk=1),
    "update_or_create": lambda row: type(row).objects.update_or_create(fields_of(row), pk=1),
    "bulk_create": lambda row: type(row).objects.bulk_create([row]),
}


def new_row(model):
    return unsaved(model, statement=Statement.objects.create(language="en")) if model is Edition else unsaved(model)


def old_row(model):
    row = new_row(model)
    row.save()
    return row


def raises_in_its_transaction(write, row):
    """Tell whether the write raises the version, and whether undoing the write undoes that too."""
    before = version.number()
    with transaction.atomic():
        write(row)
        inside = version.number()
        transaction.set_rollback(True)
    return inside > before and version.number() == before


def test_these_are_all_the_models_that_pages_show():
    heirs = {heir for model in PublicModel.__subclasses__() for heir in (model, *model.__subclasses__())}
    assert {model for model in heirs if not (model._meta.abstract or model._meta.proxy)} == set(MODELS)
    assert [model for model in MODELS if not isinstance(model.objects.all(), PublicQuerySet)] == []


@pytest.mark.django_db
@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("how", MAKES)
def test_a_new_row_raises_the_version(model, how):
    assert raises_in_its_transaction(MAKES[how], new_row(model))


@pytest.mark.django_db
@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("how", WRITES)
def test_a_changed_or_deleted_row_raises_the_version(model, how):
    assert raises_in_its_transaction(WRITES[how], old_row(model))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("model", MODELS)
def test_a_write_that_fails_leaves_the_version(model, monkeypatch):
    row = new_row(model)
    version.raise_()
    before = version.number()

    def fail(*_args, **_kwargs):
        raise ZeroDivisionError

    monkeypatch.setattr("django.db.models.Model.save", fail)
    with pytest.raises(ZeroDivisionError):
        row.save()
    assert version.number() == before


@pytest.mark.django_db(transaction=True)
def test_a_write_outside_of_a_transaction_makes_its_own():
    before = version.number()
    Clock.objects.create(label="Moscow", zone="Europe/Moscow")
    assert version.number() == before + 1
    assert Clock.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_many_writes_can_raise_the_version_once():
    Clock.objects.create(label="Moscow", zone="Europe/Moscow")
    before = version.number()
    with version.raised_once():
        make_live()
        Clock.objects.update(label="London")
        assert version.number() == before + 1
    assert version.number() == before + 1
    Clock.objects.update(label="Moscow")
    assert version.number() == before + 2


@pytest.mark.django_db(transaction=True)
def test_many_writes_of_which_one_fails_leave_the_version():
    Clock.objects.create(label="Moscow", zone="Europe/Moscow")
    before = version.number()

    def change_and_fail():
        with version.raised_once():
            Clock.objects.update(label="London")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change_and_fail()
    assert (version.number(), str(Clock.objects.get())) == (before, "Moscow")
    Clock.objects.update(label="London")
    assert version.number() == before + 1


@pytest.mark.django_db
def test_reading_does_not_raise_the_version():
    Clock.objects.create(label="Moscow", zone="Europe/Moscow")
    before = version.number()
    assert [str(clock) for clock in Clock.objects.in_order()] == ["Moscow"]
    assert Clock.objects.get_or_create(zone="Europe/Moscow")[1] is False
    assert version.number() == before


@pytest.mark.django_db
def test_the_number_is_one_query(django_assert_num_queries):
    for expected in (0, 1):
        with django_assert_num_queries(1):
            assert version.number() == expected
        version.raise_()


@pytest.mark.django_db
def test_there_is_one_row_and_it_counts_up_by_one():
    for _ in range(3):
        version.raise_()
    assert list(SiteVersion.objects.values_list("pk", "number")) == [(1, 3)]
    assert str(SiteVersion.objects.get()) == "3"


@pytest.mark.django_db(transaction=True)
def test_no_raise_is_lost_when_many_write_at_once():
    start = Barrier(6)

    def write(_):
        try:
            connection.ensure_connection()
            start.wait(timeout=30)
            for _step in range(5):
                with transaction.atomic():
                    version.raise_()
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(write, range(6)))
    assert version.number() == 30


@pytest.mark.django_db(transaction=True)
def test_the_second_writer_waits_until_the_first_is_done():
    version.raise_()
    started, order = Barrier(2), []

    def second():
        try:
            connection.ensure_connection()
            started.wait(timeout=30)
            with transaction.atomic():
                version.raise_()
                order.append(("second", version.number()))
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            version.raise_()
            later = pool.submit(second)
            started.wait(timeout=30)
            # Long enough for a second writer who does not wait.
            assert wait([later], timeout=0.3).done == set()
            order.append(("first", version.number()))
        later.result(timeout=30)
    assert order == [("first", 2), ("second", 3)]
