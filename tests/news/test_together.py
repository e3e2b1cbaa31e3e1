"""A statement and its translations, public at one instant: all of them or none, each by its own rules."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from embassy import version
from embassy.log import LogRow
from news import actions
from news.models import Edition
from tests.factories import DAY, MINUTE, NOW, make_draft, make_live, make_submitted, make_translation, text
from tests.tables import refused

pytestmark = pytest.mark.django_db

OWN = "You changed these words last, and nobody approves their own words."
FORCE = "Where it cannot wait, force the release and say why."
CHANGED = "The text was changed after you opened this page: read it again, then approve it."
LATER = NOW.replace(second=0, microsecond=0) + DAY


def submitted(original: Edition, *, language: str = "ru", by: Any = None, **fields: Any) -> Edition:
    """Return a translation that waits for approval."""
    draft = make_translation(original, language=language, **fields)
    actions.change_draft(draft, text(**fields), by=by, at=NOW - DAY)
    return actions.submit(draft, by=None, at=NOW - DAY)


@pytest.fixture
def pair(writer: User) -> list[Edition]:
    original = make_draft(title="Fire", by=writer)
    translation = submitted(original, title="Пожар", by=writer)
    return [actions.submit(original, by=writer, at=NOW - DAY), translation]


def visible() -> list[tuple[str, Any]]:
    return list(Edition.objects.visible(NOW).order_by("language").values_list("title", "public_from"))


def test_a_pair_is_public_at_one_instant_and_each_text_has_its_row_in_the_log(pair, publisher):
    done = actions.release_together(pair, by=publisher, at=NOW)
    assert visible() == [("Fire", NOW), ("Пожар", NOW)]
    assert [one.approved_by for one in done] == [publisher] * 2
    rows = LogRow.objects.filter(verb="release").order_by("pk")
    assert [(row.title, row.by, row.at) for row in rows] == [("Fire", publisher, NOW), ("Пожар", publisher, NOW)]


def test_a_pair_is_scheduled_for_one_minute(pair, publisher):
    actions.schedule_together(pair, public_from=LATER, zone="Europe/Moscow", by=publisher, at=NOW)
    scheduled = Edition.objects.scheduled(NOW).order_by("pk")
    assert [(one.public_from, one.public_from_zone) for one in scheduled] == [(LATER, "Europe/Moscow")] * 2
    assert visible() == []


def test_the_site_gets_one_new_version_with_both(pair, publisher):
    before = version.number()
    actions.release_together(pair, by=publisher, at=NOW)
    assert version.number() == before + 1


@pytest.mark.parametrize("is_reversed", [False, True])
def test_the_original_has_the_lower_number_whichever_page_it_was_done_on(pair, publisher, is_reversed):
    actions.release_together(pair[::-1] if is_reversed else pair, by=publisher, at=NOW)
    assert [one.statement.number for one in Edition.objects.order_by("pk")] == [1, 2]


def test_where_one_is_the_approver_s_own_neither_is_public_and_it_says_which(writer, publisher):
    original = make_submitted(title="Fire", by=writer)
    own = submitted(original, title="Пожар", by=publisher)
    nobody = "Nobody else has an account that may: ask an administrator for one."
    with refused(f"“Пожар” (Русский): {OWN} {nobody} {FORCE}"):
        actions.release_together([original, own], by=publisher, at=NOW)
    with refused(f"“Пожар” (Русский): {OWN} {nobody} {FORCE}"):
        actions.schedule_together([original, own], public_from=LATER, by=publisher, at=NOW)


def test_where_one_changed_since_it_was_read_neither_is_public(pair, publisher):
    seen = {one.pk: one.changed_at for one in pair}
    actions.change_draft(pair[1], text(title="Потоп"), by=None, at=NOW - MINUTE)
    with refused(f"“Пожар” (Русский): {CHANGED}"):
        actions.release_together(pair, seen=seen, by=publisher, at=NOW)


def test_where_one_is_not_submitted_any_more_neither_is_public(pair, publisher):
    actions.recall(pair[1], by=None, at=NOW - MINUTE)
    with refused("“Пожар” (Русский): Only what is submitted can be approved: submit it first."):
        actions.release_together(pair, by=publisher, at=NOW)
    actions.discard_draft(pair[1], by=None, at=NOW - MINUTE)
    with refused("One of the texts no longer exists: look at the statement again."):
        actions.release_together(pair, by=publisher, at=NOW)


def test_a_minute_that_has_passed_is_refused_for_all(pair, publisher):
    with refused("“Fire” (English): That time has passed: choose a later one, or release now."):
        actions.schedule_together(pair, public_from=LATER - 2 * DAY, by=publisher, at=NOW)


def test_texts_that_are_no_translations_of_each_other_do_not_go_together(pair, publisher):
    stranger = make_submitted()
    with refused("These texts are no translations of each other."):
        actions.release_together([pair[0], stranger], by=publisher, at=NOW)


def test_two_translations_go_without_their_original_too(publisher):
    original = make_live(at=NOW - 2 * DAY)
    both = [submitted(original, language=code, title=code) for code in ("ru", "ar")]
    actions.release_together(both, by=publisher, at=NOW)
    assert [title for title, _at in visible()] == ["ar", original.title, "ru"]


def test_who_may_not_release_releases_nothing(pair, editor):
    with refused("“Fire” (English): Your account may not decide what is public. Nobody else has an account that may: "
                 "ask an administrator for one."):  # fmt: skip
        actions.release_together(pair, by=editor, at=NOW)


def test_by_force_what_is_one_s_own_is_marked_and_what_another_wrote_is_approved(writer, publisher):
    own = make_submitted(title="Fire", by=publisher)
    hers = submitted(own, title="Пожар", by=writer)
    mine = submitted(own, language="ar", title="حريق", by=publisher)
    actions.force_together([own, hers, mine], reason="The night.", by=publisher, at=NOW)
    reasons = Edition.objects.order_by("pk").values_list("title", "forced_reason", "public_from")
    assert list(reasons) == [("Fire", "The night.", NOW), ("Пожар", "", NOW), ("حريق", "The night.", NOW)]
    assert list(LogRow.objects.filter(at=NOW).order_by("pk").values_list("verb", flat=True)) == [
        "force",
        "release",
        "force",
    ]


def test_by_force_all_of_them_wait_for_the_same_minute(writer, publisher):
    own = make_draft(title="Fire", by=publisher)
    hers = submitted(own, title="Пожар", by=writer)
    seen = {hers.pk: hers.changed_at}
    actions.force_together([own, hers], reason="The night.", public_from=LATER, seen=seen, by=publisher, at=NOW)
    assert set(Edition.objects.scheduled(NOW).values_list("public_from", flat=True)) == {LATER}
    assert Edition.objects.scheduled(NOW).count() == 2


def test_by_force_what_changed_since_it_was_read_keeps_all_back(writer, publisher):
    own = make_draft(title="Fire", by=publisher)
    hers = submitted(own, title="Пожар", by=writer)
    with refused(f"“Пожар” (Русский): {CHANGED}"):
        actions.force_together([own, hers], reason="X.", seen={hers.pk: NOW - 9 * DAY}, by=publisher, at=NOW)
