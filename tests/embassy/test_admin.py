import zoneinfo
from datetime import datetime

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from embassy import moment
from embassy.admin import zones_by_country
from embassy.models import Clock, Mission, PressHours
from tests.factories import NOW, make_clock
from tests.newsroom import signed_in
from tests.reading import lines

pytestmark = pytest.mark.django_db


def test_zones_are_offered_by_country_with_the_time_there(now: datetime) -> None:
    choices = dict(zones_by_country(NOW))
    assert choices["Britain (UK)"] == [("Europe/London", "Europe/London (22:41)")]
    assert ("Europe/Moscow", "Europe/Moscow (00:41)") in choices["Russia"]
    assert choices["No country"] == [("UTC", "UTC (21:41)")]


def test_every_zone_that_is_offered_can_be_computed(now: datetime) -> None:
    offered = {zone for _country, zones in zones_by_country(NOW) for zone, _label in zones}
    assert offered <= zoneinfo.available_timezones()
    assert len(offered) > 300


def test_a_clock_is_made_with_the_picker(administrator: User, now: datetime) -> None:
    client = signed_in(administrator)
    form = {"label_0": "Moscow", "label_1": "Москва", "zone": "Europe/Moscow", "position": "1"}
    client.post(reverse("admin:embassy_clock_add"), form)
    clock = Clock.objects.get()
    assert (clock.zone, clock.label.localize("en"), clock.label.localize("ru")) == ("Europe/Moscow", "Moscow", "Москва")
    assert lines(client.get(reverse("admin:embassy_clock_changelist")).content.decode().split("<tbody>")[1])[:4] == [
        "Moscow",
        "Europe/Moscow",
        "00:41",
        "1",
    ]


def test_a_clock_keeps_an_old_name_of_its_zone(administrator: User, now: datetime) -> None:
    clock = make_clock("Kyiv", "Europe/Kiev")
    response = signed_in(administrator).post(
        reverse("admin:embassy_clock_change", args=[clock.pk]),
        {"label_0": "Kyiv", "label_1": "Киев", "zone": "Europe/Kiev", "position": "1"},
    )
    assert response.status_code == 302
    assert Clock.objects.get().zone == "Europe/Kiev"


def test_a_zone_that_is_none_is_refused(administrator: User) -> None:
    form = {"label_0": "Nowhere", "label_1": "", "zone": "Europe/Nowhere", "position": "1"}
    response = signed_in(administrator).post(reverse("admin:embassy_clock_add"), form)
    assert "zone" in response.context["adminform"].form.errors
    assert not Clock.objects.exists()


def test_the_form_of_plain_text_shows_it_as_the_first_language(administrator: User) -> None:
    clock = make_clock("Moscow")
    response = signed_in(administrator).get(reverse("admin:embassy_clock_change", args=[clock.pk]))
    html = response.content.decode()
    assert '<input type="text" name="label_0" value="Moscow"' in html
    assert html.count('value="Moscow"') == 1


def test_there_is_one_mission(administrator: User) -> None:
    client = signed_in(administrator)
    client.post(reverse("admin:embassy_mission_add"), {"name_0": "The mission", "strapline_0": ""})
    assert str(Mission.objects.get()) == "The mission"
    assert client.get(reverse("admin:embassy_mission_add")).status_code == 403
    assert client.post(reverse("admin:embassy_mission_delete", args=[1]), {"post": "yes"}).status_code == 403


@pytest.mark.parametrize(
    ("kind", "value", "sentence"),
    [
        ("phone", "call us", "Write a phone number such as +44 (0) 20 7946 0000."),
        ("email", "nobody", "Enter a valid email address."),
        ("url", "javascript:alert(1)", "Enter a valid URL."),
    ],
)
def test_a_contact_line_fits_its_kind(administrator: User, kind: str, value: str, sentence: str) -> None:
    form = {"label_0": "", "label_1": "", "value": value, "kind": kind, "position": "0"}
    response = signed_in(administrator).post(reverse("admin:embassy_contactline_add"), form)
    assert response.context["adminform"].form.errors == {"value": [sentence]}


def test_hours_are_made_with_the_picker_of_zones(administrator: User, now: datetime) -> None:
    client = signed_in(administrator)
    form = {"label_0": "Desk", "first_weekday": "0", "last_weekday": "3", "position": "0", "zone": "Europe/London"}
    form |= {"opens": "09:30", "closes": "17:00"}
    client.post(reverse("admin:embassy_presshours_add"), form)
    hours = PressHours.objects.get()
    assert str(hours) == "Desk Monday – Thursday, 09:30–17:00 (Europe/London)"
    page = client.get(reverse("admin:embassy_presshours_change", args=[hours.pk])).content.decode()
    assert '<input type="time" name="opens" value="09:30"' in page
    assert "Europe/Moscow (00:41)" in page


def test_staff_choose_their_language(administrator: User) -> None:
    client = signed_in(administrator)
    home = reverse("admin:index")
    client.post(reverse("set_language"), {"language": "ru", "next": home})
    assert '<html lang="ru"' in client.get(home).content.decode()


def test_times_of_the_admin_are_home_times(administrator: User, now: datetime) -> None:
    make_clock("Moscow", "Europe/Moscow")
    response = signed_in(administrator).get(reverse("admin:auth_user_change", args=[administrator.pk]))
    shown = moment.local(administrator.date_joined, "Europe/Moscow")
    assert f'value="{shown:%H:%M:%S}"' in response.content.decode()


def test_a_new_clock_goes_last_and_a_new_home_is_said(administrator: User, now: datetime) -> None:
    client = signed_in(administrator)
    make_clock("Moscow", "Europe/Moscow", position=1)
    page = client.get(reverse("admin:embassy_clock_add"))
    assert page.context["adminform"].form["position"].value() == 2
    form = {"label_0": "Kathmandu", "label_1": "", "zone": "Asia/Kathmandu", "position": "2"}
    quiet = client.post(reverse("admin:embassy_clock_add"), form, follow=True)
    assert not [one for one in map(str, quiet.context["messages"]) if "Home is now" in one]
    told = client.post(reverse("admin:embassy_clock_add"), form | {"position": "0"}, follow=True)
    assert str(next(iter(told.context["messages"]))) == (
        "Home is now Asia/Kathmandu: the date of the site and its counters follow the calendar there."
    )


def test_a_label_that_no_page_has_room_for_is_refused(administrator: User) -> None:
    form = {"label_0": "x" * 201, "label_1": "", "zone": "Europe/Moscow", "position": "1"}
    response = signed_in(administrator).post(reverse("admin:embassy_clock_add"), form)
    assert response.context["adminform"].form.errors == {"label": ["Write at most 200 characters in each language."]}
