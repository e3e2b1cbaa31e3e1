"""Two people for every word that becomes public: whose the words are, and what one person may do alone."""

from dataclasses import replace
from datetime import date

import pytest

from embassy.log import LogRow
from news import actions
from news.actions import Text
from news.models import Comment, Edition
from tests.factories import DAY, MINUTE, NOW, make_category, make_draft, make_live, make_submitted, overwrite, text
from tests.tables import refused

pytestmark = pytest.mark.django_db

OWN = "You changed these words last, and nobody approves their own words."
FORCE = "Where it cannot wait, force the release and say why."
APPROVE = {
    "release": actions.release,
    "schedule": lambda edition, **who: actions.schedule(edition, public_from=NOW + DAY, **who),
}
WORDS = Text(title="As it was", summary="S", body="<p>A <b>body</b></p>", date=date(2021, 10, 25))


def mine(by, **fields):
    """What somebody wrote and submitted."""
    draft = make_draft(by=by, **fields)
    return actions.submit(draft, by=by, at=NOW - DAY)


def forced(by, *, author=None):
    return actions.force(make_draft(by=author or by), reason="The night.", by=by, at=NOW - MINUTE)


@pytest.mark.parametrize("approve", APPROVE.values(), ids=APPROVE)
def test_nobody_approves_the_words_that_they_changed_last(approve, publisher, second_publisher):
    edition = mine(publisher)
    with refused(f"{OWN} Ask one of: second. {FORCE}"):
        approve(edition, by=publisher, at=NOW)
    assert approve(edition, by=second_publisher, at=NOW).approved_by == second_publisher


@pytest.mark.parametrize("approve", APPROVE.values(), ids=APPROVE)
def test_an_administrator_is_no_exception(approve, administrator):
    edition = mine(administrator)
    with refused(f"{OWN} Nobody else has an account that may: ask an administrator for one. {FORCE}"):
        approve(edition, by=administrator, at=NOW)


@pytest.mark.parametrize("state", ["draft", "returned"])
@pytest.mark.parametrize("approve", APPROVE.values(), ids=APPROVE)
def test_only_what_is_submitted_is_approved(approve, state, publisher):
    edition = make_submitted()
    edition = (
        actions.recall(edition, by=None, at=NOW)
        if state == "draft"
        else actions.return_(edition, comment="No.", by=None, at=NOW)
    )
    with refused("Only what is submitted can be approved: submit it first."):
        approve(edition, by=publisher, at=NOW)


@pytest.mark.parametrize(
    "change",
    [
        {"title": "As it is"},
        {"summary": ""},
        {"body": "<p>A  <b>body</b></p>"},
        {"body": "<p>A <i>body</i></p>"},
        {"date": date(2021, 10, 24)},
        {"change_note": "A word."},
        {"minor": True},
    ],
)
def test_whoever_changes_any_word_is_the_author(change, writer, publisher, second_publisher):
    edition = actions.submit(actions.write(WORDS, language="en", by=writer, at=NOW - DAY), by=writer, at=NOW - DAY)
    actions.change_draft(edition, replace(WORDS, **change), by=publisher, at=NOW)
    with refused(f"{OWN} Ask one of: second. {FORCE}"):
        actions.release(edition, by=publisher, at=NOW)
    assert actions.release(edition, by=second_publisher, at=NOW).author == publisher


def test_whoever_changes_the_category_is_the_author(writer, publisher):
    edition = actions.submit(actions.write(WORDS, language="en", by=writer, at=NOW - DAY), by=writer, at=NOW - DAY)
    assert (
        actions.change_draft(edition, replace(WORDS, category=make_category()), by=publisher, at=NOW).author
        == publisher
    )


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"title": "  As it was "},
        {"body": "<p>A <b>body</b></p>\n"},
        {"public_from": NOW + DAY, "public_from_zone": "Europe/London"},
        {"featured_until": NOW + DAY},
    ],
)
def test_whoever_changes_no_words_is_not(change, writer, publisher):
    edition = actions.submit(actions.write(WORDS, language="en", by=writer, at=NOW - DAY), by=writer, at=NOW - DAY)
    actions.change_draft(edition, replace(WORDS, **change), by=publisher, at=NOW)
    assert actions.release(edition, by=publisher, at=NOW).author == writer


def test_a_returned_text_says_why(writer, editor):
    edition = mine(writer)
    for nothing in ("", " \n "):
        with refused("Say what is to be changed: the writer reads it beside the text."):
            actions.return_(edition, comment=nothing, by=editor, at=NOW)
    actions.return_(edition, comment="The date.", by=editor, at=NOW)
    assert (Edition.objects.get().state, Comment.objects.get().words) == ("returned", "The date.")


def test_a_writer_takes_back_what_they_submitted_to_change_it(writer, editor, publisher):
    edition = mine(writer)
    helpers = "Ask one of: editor, publisher."
    for act in (lambda: actions.change_draft(edition, text(), by=writer, at=NOW),
                lambda: actions.discard_draft(edition, by=writer, at=NOW),
                lambda: actions.return_(edition, comment="No.", by=writer, at=NOW)):  # fmt: skip
        with refused(f"It is submitted, and your account may not change or return what is submitted. {helpers}"):
            act()
    actions.recall(edition, by=writer, at=NOW)
    assert actions.change_draft(edition, text(title="Better"), by=writer, at=NOW).title == "Better"


def test_an_editor_changes_what_is_submitted_and_does_not_release_it(writer, editor, publisher):
    edition = mine(writer)
    assert actions.change_draft(edition, text(), by=editor, at=NOW).author == editor
    for act in (actions.release, lambda e, **who: actions.force(e, reason="Now.", **who)):
        with refused("Your account may not decide what is public. Ask one of: publisher."):
            act(edition, by=editor, at=NOW)
    assert actions.release(edition, by=publisher, at=NOW).approved_by == publisher


@pytest.mark.parametrize("make", [make_draft, make_submitted])
@pytest.mark.parametrize("public_from", [None, NOW + DAY])
def test_a_publisher_forces_their_own_words_and_says_why(make, public_from, publisher):
    edition = make(by=None)
    overwrite(Edition.objects.filter(pk=edition.pk), author=publisher)
    with refused("Say why it cannot wait for a second person."):
        actions.force(edition, reason=" ", by=publisher, at=NOW)
    done = actions.force(edition, reason=" The night. ", public_from=public_from, by=publisher, at=NOW)
    assert (done.public_from, done.approved_by, done.forced_reason) == (public_from or NOW, publisher, "The night.")
    assert list(Edition.objects.awaiting_review()) == [done]
    detail = LogRow.objects.first().detail
    assert detail == ("2021-10-26 21:41 UTC: The night." if public_from else "The night.")


def test_somebody_else_looks_at_what_was_forced_and_only_once(writer, editor, publisher, second_publisher):
    edition = forced(publisher, author=editor)
    own = "You wrote or forced it yourself: somebody else has to look at it. Ask one of: second."
    for involved in (publisher, editor):
        with refused(own):
            actions.review(edition, by=involved, at=NOW)
    with refused("Your account may not look at forced releases for the others. Ask one of: editor, publisher, second."):
        actions.review(edition, by=writer, at=NOW)
    with refused("A person has to look at it, not a command."):
        actions.review(edition, by=None, at=NOW)
    actions.review(edition, by=second_publisher, at=NOW)
    assert not Edition.objects.awaiting_review().exists()
    with refused("Somebody has looked at it already."):
        actions.review(edition, by=second_publisher, at=NOW + MINUTE)
    live = make_live()
    with refused("Nobody forced this edition."):
        actions.review(live, by=second_publisher, at=NOW)


def test_what_is_taken_back_has_lost_its_approval_and_its_reason(publisher, second_publisher):
    edition = actions.force(make_draft(by=publisher), reason="Now.", public_from=NOW + DAY, by=publisher, at=NOW)
    actions.review(edition, by=second_publisher, at=NOW)
    actions.take_back(edition, by=publisher, at=NOW)
    assert Edition.objects.filter(state="draft", approved_by=None, forced_reason="", reviewed_by=None).exists()
    actions.submit(edition, by=publisher, at=NOW)
    with refused(f"{OWN} Ask one of: second. {FORCE}"):
        actions.release(edition, by=publisher, at=NOW)


def test_one_person_alone_moves_features_withdraws_and_removes(publisher, second_publisher):
    edition = actions.schedule(mine(publisher), public_from=NOW + DAY, by=second_publisher, at=NOW)
    actions.reschedule(edition, public_from=NOW + 2 * DAY, by=publisher, at=NOW)
    actions.release_now(edition, by=publisher, at=NOW + MINUTE)
    actions.feature(edition.statement, until=NOW + DAY, by=publisher, at=NOW + MINUTE)
    notice = actions.withdraw(edition.statement, notice="Wrong.", by=publisher, at=NOW + 2 * MINUTE)
    assert (notice.author, notice.approved_by, notice.title) == (publisher, publisher, edition.title)
    actions.remove(edition.statement, reason="Law.", by=publisher, at=NOW + 3 * MINUTE)
    assert Edition.objects.get(pk=edition.pk).approved_by == second_publisher
    assert not Edition.objects.awaiting_review().exists()


@pytest.mark.parametrize("change", [{"language": "ru"}, {"translation_of": True}])
def test_whoever_changes_the_language_or_the_link_to_the_original_is_the_author(change, publisher):
    original = make_live(language="ru").statement
    draft = make_submitted()
    fields = {"language": "en", "translation_of": None} | change
    if fields["translation_of"]:
        fields["translation_of"] = original
    actions.describe(draft.statement, by=publisher, at=NOW, **fields)
    with pytest.raises(actions.Refusal, match=r"^You changed these words last"):
        actions.release(draft, by=publisher, at=NOW)
