import contextlib
import zoneinfo
from datetime import date, time

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from counters.models import Counter
from embassy import moment, version
from embassy.models import Clock, ContactLine, Mission, PressContact, PressHours
from news.models import Category
from tests.factories import (
    NOW,
    make_category,
    make_clock,
    make_contact_line,
    make_counter,
    make_press_contact,
    make_press_hours,
)
from tests.generated import examples

pytestmark = pytest.mark.django_db

MAKERS = {Clock: make_clock, ContactLine: make_contact_line, Counter: make_counter, Category: make_category}
MAKERS |= {PressContact: make_press_contact, PressHours: make_press_hours}


def test_there_is_one_mission():
    Mission.objects.create(name="First")
    second = Mission(name="Second")
    second.save(force_insert=False)
    assert [str(mission) for mission in Mission.objects.all()] == ["Second"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Mission.objects.bulk_create([Mission(pk=2, name="Third")])


@pytest.mark.parametrize(
    "fields", [{"face": "comic"}, {"face": ""}, {"emblem": "0" * 64}, {"emblem_width": 20, "emblem_height": 20}]
)
def test_a_look_that_no_page_could_show_is_not_stored(fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        Mission.objects.create(name="The mission", **fields)


@pytest.mark.parametrize("zone", ["Europe/London", "Asia/Kathmandu", "UTC", "Etc/GMT+12", "America/Argentina/Ushuaia"])
def test_a_zone_of_this_machine_is_accepted(zone):
    Clock(label="City", zone=zone).full_clean()


@pytest.mark.parametrize(
    "zone", ["Mars/Olympus", "europe/london", "Europe/London ", "+03:00", "MSK", "../etc/passwd", "Europe", "right/UTC"]
)
def test_anything_else_is_refused_with_a_sentence(zone):
    with pytest.raises(ValidationError) as caught:
        Clock(label="City", zone=zone).full_clean()
    assert caught.value.message_dict["zone"] == [f"“{zone}” is no time zone. Write an IANA name such as Europe/London."]


@examples(300)
@given(st.text(max_size=80) | st.sampled_from(sorted(zoneinfo.available_timezones())))
def test_a_zone_is_accepted_exactly_where_a_page_can_show_it(zone):
    clock = Clock(label="City", zone=zone)
    try:
        clock.full_clean()
    except ValidationError:
        assert zone not in zoneinfo.available_timezones() - {"Factory", "localtime"}
    else:
        assert moment.local(NOW, clock.zone) == NOW


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("phone", "+44 (0) 20 7946 0000"),
        ("phone", "112"),
        ("email", "press@mission.example"),
        ("url", "https://mission.example/visas/"),
        ("text", "Monday to Friday, 9 to 17"),
    ],
)
def test_a_contact_line_that_fits_its_kind_is_accepted(kind, value):
    ContactLine(value=value, kind=kind).full_clean()


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("phone", "call us"),
        ("phone", "+٤٤ 20 7946"),
        ("phone", "+44"),
        ("email", "press"),
        ("url", "mission.example"),
        ("url", "javascript:alert(1)"),
        ("text", ""),
        ("fax", "020 7946 0000"),
    ],
)
def test_a_contact_line_that_does_not_fit_is_refused(kind, value):
    with pytest.raises(ValidationError):
        ContactLine(value=value, kind=kind).full_clean()


@examples(300)
@given(st.sampled_from(["phone", "email", "url", "text"]), st.text(max_size=40))
def test_a_link_has_the_scheme_of_its_kind_or_there_is_none(kind, value):
    href = ContactLine(kind=kind, value=value).href
    schemes = {"phone": ("tel:",), "email": ("mailto:",), "url": ("http://", "https://"), "text": ()}
    assert href == "" or href.startswith(schemes[kind])


@pytest.mark.parametrize(
    ("fields", "refused"),
    [
        ({"phone": "+44 (0) 20 7946 0001"}, []),
        ({"email": "anna@mission.example"}, []),
        ({}, ["__all__"]),
        ({"phone": "call us"}, ["phone"]),
        ({"email": "anna"}, ["email"]),
    ],
)
def test_a_press_contact_can_be_reached(fields, refused):
    try:
        PressContact(name="Anna", **fields).full_clean()
    except ValidationError as error:
        assert list(error.message_dict) == refused
    else:
        assert refused == []


def test_a_press_contact_that_nobody_can_reach_is_refused_by_the_database():
    with pytest.raises(IntegrityError), transaction.atomic():
        make_press_contact(phone="")


@pytest.mark.parametrize("fields", [{"zone": "Mars/Olympus"}, {"first_weekday": 7}, {"last_weekday": -1}])
def test_hours_are_on_days_of_a_week_in_a_zone_of_this_machine(fields):
    row = PressHours(**{"opens": time(10), "closes": time(18), "zone": "UTC"} | fields)
    with pytest.raises(ValidationError):
        row.full_clean()


@pytest.mark.parametrize("model", MAKERS, ids=lambda model: model.__name__)
def test_every_write_of_public_content_raises_the_site_version(model):
    numbers = [version.number()]
    row = MAKERS[model]()
    numbers.append(version.number())
    row.save()
    numbers.append(version.number())
    model.objects.filter(pk=row.pk).update(position=3)
    numbers.append(version.number())
    model.objects.bulk_create([])
    numbers.append(version.number())
    row.delete()
    numbers.append(version.number())
    model.objects.all().delete()
    numbers.append(version.number())
    assert numbers == sorted(set(numbers))


def test_the_mission_raises_the_site_version():
    before = version.number()
    Mission.objects.create(name="The Mission")
    assert version.number() > before


def test_a_write_that_fails_leaves_the_site_version():
    before = version.number()
    with pytest.raises(IntegrityError), transaction.atomic():
        make_counter(ended_on=date(2000, 1, 1))
    assert version.number() == before


def test_many_writes_in_one_transaction_raise_the_site_version_once():
    before = version.number()
    with version.raised_once():
        make_clock()
        make_counter()
    assert version.number() == before + 1
    make_clock()
    assert version.number() == before + 2


def test_many_writes_of_which_one_fails_leave_the_site_version():
    before = version.number()
    with contextlib.suppress(IntegrityError), version.raised_once():
        make_clock()
        make_counter(ended_on=date(2000, 1, 1))
    assert version.number() == before
    make_clock()
    assert version.number() == before + 1


def test_the_site_version_begins_at_nought_and_is_one_row():
    from embassy.models import SiteVersion

    SiteVersion.objects.all().delete()
    assert version.number() == 0
    version.raise_()
    version.raise_()
    assert list(SiteVersion.objects.values_list("pk", "number")) == [(1, 2)]
