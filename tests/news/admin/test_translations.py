"""Translations in the newsroom: what the pages of both say, the mark and its tick, and a pair released together."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from news import actions
from news.models import Edition, Statement
from tests.factories import (
    DAY,
    MINUTE,
    NOW,
    make_behind,
    make_category,
    make_clock,
    make_draft,
    make_live,
    make_next,
    make_translation,
    overwrite,
)
from tests.newsroom import address, buttons, form, said, signed_in
from tests.reading import lines, links, tags

pytestmark = pytest.mark.django_db

MARK = "The original has changed since these words were held against it. See what changed in the original"
TICK = "These words follow edition 2 of the original."


@pytest.fixture(autouse=True)
def _stand(now: Any) -> None:
    make_clock("Moscow", "Europe/Moscow", position=1)
    make_clock("London", "Europe/London", position=2)


def page(user: User, edition: Edition) -> Any:
    return signed_in(user).get(address("change", edition.statement_id))


def is_marked() -> bool:
    return Statement.objects.behind().exists()


def shown_with(response: Any) -> dict[str, str]:
    """Return what the hidden fields of a page send again."""
    hidden = [one for one in tags(response, "input") if one.get("type") == "hidden" and one["name"] == "seen"]
    return {one["name"]: one["value"] for one in hidden}


def sent(edition: Edition, **fields: Any) -> dict[str, Any]:
    """Return what the form of a translation's draft sends."""
    last = Edition.objects.drafts().get(statement=edition.statement_id)
    link = edition.statement.translation_of_id
    return form("save", language="ru", translation_of=link, seen=last.changed_at.isoformat(), **fields)


def test_both_point_to_each_other_with_what_they_are_and_what_is_scheduled(writer):
    original = make_live(title="Fire", at=NOW - 2 * DAY)
    translation = make_translation(original, title="Пожар", at=NOW - DAY)
    draft = make_next(original, at=NOW)
    actions.schedule(draft, public_from=NOW + DAY, by=None, at=NOW)
    there, back = page(writer, original), page(writer, translation)
    assert "Русский: Пожар. Draft. The original has changed since. See what changed" in lines(there)
    scheduled = "Live, next edition scheduled 27 Oct 00:41 Moscow / 26 Oct 22:41 London"
    assert f"English, the original: No. 1: {draft.title}. {scheduled}." in lines(back)
    assert address("change", translation.statement_id) in links(there)
    assert address("change", original.statement_id) in links(back)


def test_a_missing_translation_is_begun_with_what_is_known_of_it(writer):
    original = make_live(category=make_category("Trade"))
    response = page(writer, original)
    assert "Write the translation: Русский" in lines(response)
    target = next(link for link in links(response) if "translation_of" in link)
    assert parse_qs(urlsplit(target).query) == {
        "translation_of": [str(original.statement_id)],
        "language": ["ru"],
        "date": ["2021-10-25"],
        "category": [str(original.category_id)],
    }
    begun = signed_in(writer).get(target).context["adminform"].form
    assert [begun[name].value() for name in ("translation_of", "language", "date", "category")] == [
        original.statement_id,
        "ru",
        original.date,
        original.category_id,
    ]
    make_translation(original)
    assert "Write the translation: Русский" not in lines(page(writer, original))


@pytest.mark.parametrize("wrong", ["abc", "", "\x00", "9" * 40, "9" * 18, "-1", "1'", "²", "2021-13-01"])
def test_an_address_that_no_page_made_fills_in_nothing(writer, wrong):
    make_translation(make_live())
    names = ("translation_of", "language", "date", "category", "picture", "attachments", "minor", "public_from")
    for name in names:
        shown = signed_in(writer).get(address("add"), {name: wrong})
        assert shown.context["adminform"].form.initial == {}, name
    translation = Statement.objects.latest("pk")
    answer = signed_in(writer).get(address("add"), {"translation_of": translation.pk, "language": "ru"})
    assert answer.context["adminform"].form.initial == {"language": "ru"}


def test_a_statement_in_one_language_on_a_site_of_one_says_nothing(writer, settings):
    settings.LANGUAGES = [("en", "English")]
    assert "In other languages" not in lines(page(writer, make_live()))


def test_the_mark_leads_to_what_changed_and_is_gone_once_somebody_says_that_it_follows(writer):
    translation = make_behind()
    original = translation.statement.translation_of
    assert original
    shown = page(writer, translation)
    assert MARK in lines(shown)
    old, new = original.editions.order_by("sequence")
    compare = f"{address('compare', original.pk)}?old={old.pk}&new={new.pk}"
    assert links(shown).count(compare) == 1
    assert signed_in(writer).get(compare).status_code == 200
    assert "It follows the original" in buttons(shown)[0]
    follow = address("follow", translation.statement_id)
    asked = signed_in(writer).get(follow)
    assert compare in links(asked)
    seen = shown_with(asked)
    answer = signed_in(writer).post(follow, seen)
    assert said(answer) == ["Noted: the mark is gone, and the log says that you looked."]
    assert MARK not in lines(page(writer, translation))
    again = signed_in(writer).post(follow, seen)
    assert said(again) == ["Its original has not changed since."]


CHANGED = ["The original has changed once more: compare its texts."]


@pytest.mark.parametrize("minor", [True, False])
def test_a_page_opened_before_the_original_changed_once_more_takes_no_mark_away(writer, minor):
    translation = make_behind()
    client, follow = signed_in(writer), address("follow", translation.statement_id)
    seen = shown_with(client.get(follow))
    newest = translation.statement.translation_of.editions.get(sequence=2)
    note = {"minor": True} if minor else {}
    actions.release(make_next(newest, at=NOW, **note), by=None, at=NOW)
    answer = client.post(follow, seen)
    assert (said(answer), is_marked()) == (CHANGED, True)
    # The page that answers is one of the text as it is now.
    assert shown_with(answer) not in ({}, seen)
    client.post(follow, shown_with(answer))
    assert not is_marked()


@pytest.mark.parametrize("seen", [{}, {"seen": ""}, {"seen": "\x00"}, {"seen": "9" * 9999}])
def test_what_no_page_sent_takes_no_mark_away(writer, seen):
    translation = make_behind()
    answer = signed_in(writer).post(address("follow", translation.statement_id), seen, follow=True)
    assert (answer.status_code, is_marked()) == (200, True)


def test_while_a_draft_exists_the_tick_in_its_form_is_the_way(writer):
    translation = make_behind()
    client, follow = signed_in(writer), address("follow", translation.statement_id)
    seen = shown_with(client.get(follow))
    make_next(translation, at=NOW)
    assert said(client.post(follow, seen)) == ["There is a draft: say it with the tick in its form."]
    assert is_marked()
    actions.release(Edition.objects.drafts().get(), by=None, at=NOW)
    alone = make_translation(translation.statement.translation_of.editions.first(), language="ar")
    overwrite(Edition.objects.filter(pk=alone.pk), follows_as_of=NOW - 3 * DAY)
    client.post(address("follow", alone.statement_id), seen)
    assert Edition.objects.get(pk=alone.pk).follows_as_of == NOW - 3 * DAY


def test_a_removed_original_marks_its_translation_and_the_mark_leads_to_the_reason(writer):
    original = make_live(title="Fire", at=NOW - 500 * DAY)
    translation = make_translation(original, title="Пожар", at=NOW - 400 * DAY)
    actions.remove(original.statement, reason="It named a witness.", by=None, at=NOW)
    shown = page(writer, translation)
    assert MARK in lines(shown)
    reason = address("edition", original.statement_id, original.pk)
    assert reason in links(shown)
    assert "It named a witness." in lines(signed_in(writer).get(reason))
    start = lines(signed_in(writer).get(reverse("admin:index")))
    assert "Translations whose original has changed" in start
    # The tick is for the text as it was removed: one from a page before that says nothing.
    tick = next(one["value"] for one in tags(shown, "input") if one.get("name") == "follows")
    old = f"{original.pk} {original.changed_at.isoformat()}"
    change = address("change", translation.statement_id)
    for value, stays in ((old, True), (tick, False)):
        assert signed_in(writer).post(change, sent(translation, follows=[value])).status_code == 302
        assert is_marked() == stays


@pytest.mark.parametrize("verb", ["withdraw", "remove"])
def test_whoever_ends_a_text_is_told_what_stays_public_in_other_languages(publisher, verb):
    original = make_live(title="Fire", at=NOW - 2 * DAY)
    sentence = "What is public or scheduled in other languages stays so: each is withdrawn or removed on its own page."
    translation = make_translation(original, title="Пожар", at=NOW - DAY)
    client = signed_in(publisher)
    assert sentence not in lines(client.get(address(verb, original.statement_id)))  # a draft is not public
    actions.release(translation, by=None, at=NOW - DAY)
    for ended, other, words in (
        (original, translation, "Русский: No. 2: Пожар. Live."),
        (translation, original, "English, the original: No. 1: Fire. Live."),
    ):
        shown = client.get(address(verb, ended.statement_id))
        assert {sentence, words} <= set(lines(shown))
        assert address("change", other.statement_id) in links(shown)
    actions.remove(translation.statement, reason="Wrong.", by=None, at=NOW)
    assert sentence not in lines(client.get(address(verb, original.statement_id)))


def test_of_a_draft_the_form_asks_and_only_its_tick_takes_the_mark_away(writer):
    translation = make_behind()
    make_next(translation, at=NOW)
    client, change = signed_in(writer), address("change", translation.statement_id)
    shown = client.get(change)
    assert TICK in lines(shown)
    assert "It follows the original" not in buttons(shown)[0]
    client.post(change, sent(translation, title="Other words", minor="on"))
    assert is_marked()
    assert client.post(change, sent(translation, follows=["1 x", "nothing"], minor="on")).status_code == 200
    tick = next(one["value"] for one in tags(shown, "input") if one.get("name") == "follows")
    assert client.post(change, sent(translation, follows=[tick], minor="on")).status_code == 302
    assert not is_marked()
    assert TICK not in lines(client.get(change))


def test_the_tick_is_for_the_edition_that_the_page_named(writer):
    translation = make_behind()
    make_next(translation, at=NOW)
    client, change = signed_in(writer), address("change", translation.statement_id)
    tick = next(one["value"] for one in tags(client.get(change), "input") if one.get("name") == "follows")
    newest = translation.statement.translation_of.editions.get(sequence=2)
    actions.release(make_next(newest, at=NOW), by=None, at=NOW)
    client.post(change, sent(translation, follows=[tick], minor="on"))
    assert Edition.objects.drafts().get().follows_as_of == newest.changed_at


@pytest.mark.parametrize("number", [1, 3, 12])
def test_the_start_page_lists_them_at_the_same_cost(writer, django_assert_num_queries, number):
    made = [make_behind(title=f"Пожар {n}", at=NOW - n * MINUTE) for n in range(number)]
    client = signed_in(writer)
    with django_assert_num_queries(20):
        shown = client.get(reverse("admin:index"))
    section = shown.content.decode().split('<section aria-labelledby="start-behind">')[1].split("</section>")[0]
    found = lines(section)
    assert found[0] == "Translations whose original has changed"
    assert found[5] == "Пожар 0"
    assert ("All whose original has changed" in " ".join(found)) == (number > 10)
    original = made[0].statement.translation_of
    assert found[6:11] == ["A date was corrected.", "See what changed", str(original), "Live", "this minute"]


def test_the_list_says_it_and_its_filter_finds_it(writer):
    marked, fine = make_behind(), make_translation(make_live(at=NOW - DAY))
    alone = make_draft()
    client = signed_in(writer)

    def found(chosen: str) -> list[int]:
        response = client.get(address("changelist"), {"translation": chosen})
        return sorted(one.pk for one in response.context["cl"].queryset)

    assert found("behind") == [marked.statement_id]
    assert found("translation") == [marked.statement_id, fine.statement_id]
    assert found("none") == [alone.statement_id]
    assert found("original") == [one.statement.translation_of_id for one in (marked, fine)]
    assert len(found("nonsense")) == 5
    rows = lines(client.get(address("changelist")).content.decode().split("tbody>")[1])
    assert (rows.count("The original has changed since"), rows.count("Follows the original")) == (1, 1)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_as_often_for_many_as_for_one(writer, django_assert_num_queries, rows):
    for _ in range(rows):
        make_behind()
    client = signed_in(writer)
    with django_assert_num_queries(13):
        client.get(address("changelist"))
