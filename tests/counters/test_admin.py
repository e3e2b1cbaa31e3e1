from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from counters.models import Counter
from tests.factories import DAY, NOW, make_clock, make_counter, make_draft
from tests.newsroom import minute, signed_in
from tests.reading import lines

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _stand(now: datetime) -> None:
    make_clock("Moscow", "Europe/Moscow", position=1)


def _form(**fields: str) -> dict[str, str]:
    words = {"name_0": "the fire", "name_1": "пожара", "remark_0": "no answer", "remark_1": "ответа нет"}
    return words | {"slug": "", "date": "2021-10-24", "position": "1", "ended_on": ""} | fields


def test_a_counter_is_made_and_the_list_says_what_it_says(administrator: User) -> None:
    client = signed_in(administrator)
    client.post(reverse("admin:counters_counter_add"), _form())
    assert Counter.objects.get().slug == "the-fire"
    rows = client.get(reverse("admin:counters_counter_changelist")).content.decode().split("<tbody>")[1]
    assert lines(rows)[0] == "2 days have passed since the fire - no answer"


def test_a_date_in_the_future_is_refused_by_the_home_calendar(administrator: User) -> None:
    client = signed_in(administrator)
    # It is the 26th at home, and still the 25th in UTC.
    today = client.post(reverse("admin:counters_counter_add"), _form(date="2021-10-26"))
    assert today.status_code == 302
    tomorrow = client.post(reverse("admin:counters_counter_add"), _form(date="2021-10-27"))
    assert tomorrow.context["adminform"].form.errors == {
        "date": ["This day has not come yet: days are counted from a day that has begun in the home zone."]
    }


def test_times_are_typed_on_a_city_s_clock(administrator: User) -> None:
    form = _form(**minute("shown_from", "2021-11-01", "09:00", "Europe/Moscow"))
    signed_in(administrator).post(reverse("admin:counters_counter_add"), form)
    assert Counter.objects.get().shown_from == datetime(2021, 11, 1, 6, tzinfo=UTC)
    assert list(Counter.objects.shown(NOW)) == []


def test_shown_until_before_shown_from_is_refused(administrator: User) -> None:
    form = _form(
        **minute("shown_from", "2021-11-02", "09:00", "Europe/Moscow"),
        **minute("shown_until", "2021-11-01", "09:00", "Europe/Moscow"),
    )
    response = signed_in(administrator).post(reverse("admin:counters_counter_add"), form)
    assert response.context["adminform"].form.errors == {"__all__": ["“Shown until” must come after “shown from”."]}


def test_an_end_before_the_date_is_refused(administrator: User) -> None:
    response = signed_in(administrator).post(reverse("admin:counters_counter_add"), _form(ended_on="2021-10-01"))
    assert response.context["adminform"].form.errors == {"__all__": ["A count cannot end before its date."]}


def test_the_short_name_never_changes(administrator: User) -> None:
    counter = make_counter(slug="fire")
    form = _form(slug="flood")
    signed_in(administrator).post(reverse("admin:counters_counter_change", args=[counter.pk]), form)
    assert Counter.objects.get().slug == "fire"


def test_a_counter_that_a_text_prints_cannot_be_deleted(administrator: User) -> None:
    client, used, unused = signed_in(administrator), make_counter(slug="used"), make_counter(slug="unused")
    make_draft(body="<p>{days:used}</p>", at=NOW - DAY)
    for counter in (used, unused):
        client.post(reverse("admin:counters_counter_delete", args=[counter.pk]), {"post": "yes"})
    picked = {"action": "delete_selected", "_selected_action": [used.pk], "post": "yes"}
    client.post(reverse("admin:counters_counter_changelist"), picked)
    assert list(Counter.objects.all()) == [used]


def test_a_counter_s_own_date_is_kept(administrator: User) -> None:
    signed_in(administrator).post(reverse("admin:counters_counter_add"), _form(ended_on="2021-10-25"))
    counter = Counter.objects.get()
    assert (counter.date, counter.ended_on) == (date(2021, 10, 24), date(2021, 10, 25))


def test_the_end_of_time_is_refused(administrator: User) -> None:
    form = _form(**minute("shown_until", "9999-12-31", "23:59", "Europe/Moscow"))
    response = signed_in(administrator).post(reverse("admin:counters_counter_add"), form)
    assert list(response.context["adminform"].form.errors) == ["shown_until"]
    assert not Counter.objects.exists()
