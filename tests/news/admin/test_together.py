"""A pair released at one instant, as publishers do it: read both, tick, press one button."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from news import actions
from news.models import Edition
from tests.factories import DAY, MINUTE, NOW, make_clock, make_draft, make_live, make_submitted, make_translation, text
from tests.newsroom import address, minute, said, signed_in
from tests.reading import lines, tags

pytestmark = pytest.mark.django_db

TITLE = "Release at the same instant"
CHANGED = "The text was changed after you opened this page: read it again, then approve it."


@pytest.fixture(autouse=True)
def _stand(now: Any) -> None:
    make_clock("Moscow", "Europe/Moscow", position=1)
    make_clock("London", "Europe/London", position=2)


@pytest.fixture
def pair(writer: User) -> list[Edition]:
    original = make_submitted(title="Fire", body="<p>In the harbour</p>", by=writer)
    translation = make_translation(original, title="Пожар", body="<p>В порту</p>")
    return [original, actions.submit(translation, by=writer, at=NOW - DAY)]


def ticks(response: Any) -> list[str]:
    """Return what the ticks of the page send."""
    return [one["value"] for one in tags(response, "input") if one.get("name") == "together"]


def asked(user: User, edition: Edition, verb: str = "approve") -> Any:
    return signed_in(user).get(address(verb, edition.statement_id))


def press(user: User, edition: Edition, page: Any, verb: str = "approve", **fields: Any) -> Any:
    seen = {"seen": page.context["form"]["seen"].value()} if verb == "approve" else {}
    return signed_in(user).post(address(verb, edition.statement_id), seen | fields)


def public() -> list[tuple[str, Any]]:
    return list(Edition.objects.visible(NOW).order_by("pk").values_list("title", "public_from"))


@pytest.mark.parametrize("verb", ["approve", "force"])
@pytest.mark.parametrize("on", [0, 1])
def test_the_page_shows_both_texts_and_offers_the_other_one_unticked(pair, publisher, verb, on):
    shown = asked(publisher, pair[on], verb)
    assert {"In the harbour", "В порту", TITLE} <= set(lines(shown))
    assert ticks(shown) == [f"{pair[1 - on].pk} {pair[1 - on].changed_at.isoformat()}"]
    assert not any("checked" in one for one in tags(shown, "input") if one.get("name") == "together")


def test_both_are_public_now_by_one_button(pair, publisher):
    shown = asked(publisher, pair[1])
    assert said(press(publisher, pair[1], shown, when="now", together=ticks(shown))) == ["It is approved."]
    assert public() == [("Fire", NOW), ("Пожар", NOW)]


def test_both_are_scheduled_for_one_minute(pair, publisher):
    shown = asked(publisher, pair[0])
    time = minute("public_from", "2021-10-27", "09:00", "Europe/Moscow")
    press(publisher, pair[0], shown, when="time", together=ticks(shown), **time)
    scheduled = Edition.objects.scheduled(NOW)
    assert {(one.public_from, one.public_from_zone) for one in scheduled} == {
        (scheduled[0].public_from, "Europe/Moscow")
    }
    assert len(scheduled) == 2


def test_unticked_the_other_one_waits_on(pair, publisher):
    press(publisher, pair[0], asked(publisher, pair[0]), when="now")
    assert (public(), Edition.objects.awaiting_approval().get().title) == ([("Fire", NOW)], "Пожар")


@pytest.mark.parametrize("make", [make_draft, make_live])
def test_what_is_not_submitted_cannot_be_ticked(publisher, make):
    original = make(title="Fire", at=NOW - 2 * DAY)
    translation = actions.submit(make_translation(original), by=None, at=NOW - DAY)
    shown = asked(publisher, translation)
    assert (ticks(shown), TITLE in lines(shown)) == ([], False)


def test_both_are_forced_by_one_button(pair, publisher):
    shown = asked(publisher, pair[0], "force")
    press(publisher, pair[0], shown, "force", words="The night.", together=ticks(shown))
    assert public() == [("Fire", NOW), ("Пожар", NOW)]
    assert list(Edition.objects.order_by("pk").values_list("forced_reason", flat=True)) == ["The night.", ""]


def test_what_changed_since_keeps_both_back_and_the_tick_stands_for_the_new_words(pair, publisher):
    shown = asked(publisher, pair[0])
    actions.change_draft(pair[1], text(title="Потоп", body="<p>В городе</p>"), by=None, at=NOW - MINUTE)
    refused = press(publisher, pair[0], shown, when="now", together=ticks(shown))
    assert said(refused) == [f"“Потоп” (Русский): {CHANGED}"]
    assert (public(), "В городе" in lines(refused)) == ([], True)
    assert [one["value"] for one in tags(refused, "input") if "checked" in one and one["name"] == "together"] == ticks(
        refused
    )
    press(publisher, pair[0], refused, when="now", together=ticks(refused))
    assert public() == [("Fire", NOW), ("Потоп", NOW)]


def test_what_somebody_took_back_meanwhile_keeps_both_back_and_is_named(pair, publisher):
    shown = asked(publisher, pair[0])
    actions.recall(pair[1], by=None, at=NOW - MINUTE)
    refused = press(publisher, pair[0], shown, when="now", together=ticks(shown))
    assert said(refused) == ["“Пожар” (Русский): Only what is submitted can be approved: submit it first."]
    actions.discard_draft(pair[1], by=None, at=NOW - MINUTE)
    refused = press(publisher, pair[0], shown, when="now", together=ticks(shown))
    assert said(refused) == ["One of the texts no longer exists: look at the statement again."]
    assert public() == []


@pytest.mark.parametrize("tick", ["", "x", "1", "1 now", "\x00", "9" * 40 + " 2021-10-25T21:41Z", "1 2021-10-25T21:41"])
def test_a_tick_that_no_page_offered_releases_nothing(pair, publisher, tick):
    answer = press(publisher, pair[0], asked(publisher, pair[0]), when="now", together=[tick])
    assert (answer.status_code, public()) == (200, [])


def test_the_text_of_a_stranger_is_not_released_by_a_tick(pair, publisher):
    stranger = make_submitted()
    tick = f"{stranger.pk} {stranger.changed_at.isoformat()}"
    answer = press(publisher, pair[0], asked(publisher, pair[0]), when="now", together=[tick])
    assert (said(answer), public()) == (["These texts are no translations of each other."], [])
