"""What a preview link shows, to whom, and until when: through its address, as an outlet opens it."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from embassy import version
from news import actions
from news.models import PreviewLink, PreviewOpening, Statement
from news.previews import rules, tokens
from tests.factories import (
    DAY,
    MINUTE,
    NOW,
    make_clock,
    make_draft,
    make_live,
    make_next,
    make_picture,
    make_preview,
    make_scheduled,
    text,
)
from tests.generated import examples
from tests.reading import lines

pytestmark = pytest.mark.django_db

LATER = NOW.replace(second=0) + DAY
ENDED = "This link has ended or was never given."
CHANGED = "This text was changed after it was shared."


@pytest.fixture(autouse=True)
def clock():
    make_clock("London", "Europe/London")
    make_clock("Moscow", "Europe/Moscow", position=1)
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def opened(path):
    return Client().get(path)


def says(answer, sentence):
    return sentence in " ".join(lines(answer))


def test_a_link_shows_its_own_statement_and_no_other(clock):
    mine, other = make_scheduled(LATER, title="Xmine"), make_scheduled(LATER, title="Xother")
    first, second = make_preview(mine)[0], make_preview(other)[0]
    assert "Xother" not in opened(first).content.decode()
    assert "Xmine" not in opened(second).content.decode()
    clock.move_to(LATER)
    assert opened(first).headers["Location"] == f"/messages/{mine.statement.number}/"


def test_unknown_revoked_expired_and_renewed_are_told_apart_by_nothing(clock):
    gone, revoked = make_preview(make_draft())
    actions.revoke_link(revoked, by=None, at=NOW)
    old, renewed = make_preview(make_draft())
    _link, token = actions.renew_link(renewed, by=None, at=NOW)
    late = make_preview(make_draft(), expires_at=NOW.replace(second=0) + MINUTE)[0]
    clock.shift(MINUTE)
    answers = [opened(path) for path in (f"/preview/{tokens.make()}/", "/preview/x/", gone, old, late)]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert len({repr(answer.headers) for answer in answers}) == 1
    assert says(answers[0], ENDED)
    assert opened(f"/preview/{token}/").status_code == 200


def test_a_link_ends_at_its_minute_by_itself(clock):
    path = make_preview(make_draft(), expires_at=LATER)[0]
    before = version.number()
    clock.move_to(LATER - timedelta(seconds=1))
    assert opened(path).status_code == 200
    clock.move_to(LATER)
    assert says(opened(path), ENDED)
    assert version.number() == before


def test_a_link_that_follows_shows_the_newest_words_whatever_is_done_to_them():
    draft = make_draft(title="First words")
    path = make_preview(draft)[0]
    actions.change_draft(draft, text(title="Second words"), by=None, at=NOW)
    assert says(opened(path), "Second words")
    actions.submit(draft, by=None, at=NOW)
    assert says(opened(path), "Second words")
    scheduled = actions.schedule(draft, public_from=LATER, by=None, at=NOW)
    assert says(opened(path), "Not before 26 Oct 22:41 London")
    actions.take_back(scheduled, by=None, at=NOW)
    assert opened(path).status_code == 200


def test_a_fixed_link_shows_these_words_or_none(clock):
    draft = make_draft(title="First words")
    path = make_preview(draft, is_fixed=True)[0]
    assert says(opened(path), "First words")
    actions.schedule(draft, public_from=LATER, by=None, at=NOW)
    assert says(opened(path), "First words")
    actions.take_back(draft, by=None, at=NOW)
    actions.change_draft(draft, text(title="Second words"), by=None, at=NOW)
    answer = opened(path)
    assert (answer.status_code, says(answer, CHANGED)) == (410, True)
    assert "words</h1>" not in answer.content.decode()
    assert says(opened(make_preview(draft, is_fixed=True)[0]), "Second words")


@pytest.mark.parametrize("is_fixed", [True, False])
@pytest.mark.parametrize("end", ["release", "withdraw", "remove"])
def test_once_public_it_leads_to_the_public_address_and_shows_no_later_draft(clock, is_fixed, end):
    draft = make_draft(title="Shared")
    path = make_preview(draft, is_fixed=is_fixed, expires_at=LATER + DAY)[0]
    clock.shift(MINUTE)
    at = NOW + MINUTE
    edition = actions.release(draft, by=None, at=at)
    if end == "withdraw":
        actions.withdraw(edition.statement, notice="Wrong.", by=None, at=at + MINUTE)
    elif end == "remove":
        actions.remove(edition.statement, reason="Law.", by=None, at=at + MINUTE)
    make_next(edition, at=at + 2 * MINUTE, title="Xlater")
    clock.shift(3 * MINUTE)
    answer = Client().get(path, follow=True)
    assert answer.redirect_chain[0] == ("/messages/1/", 302)
    assert answer.status_code == (410 if end == "remove" else 200)
    assert "Xlater" not in answer.content.decode()


@pytest.mark.parametrize(("is_fixed", "sentence"), [(True, CHANGED), (False, ENDED)])
def test_of_a_next_edition_that_was_discarded_nothing_is_left(is_fixed, sentence):
    draft = make_next(make_live())
    path = make_preview(draft, is_fixed=is_fixed)[0]
    actions.discard_draft(draft, by=None, at=NOW)
    assert says(opened(path), sentence)


def test_a_statement_that_never_had_a_number_takes_its_links_along():
    draft = make_draft()
    path = make_preview(draft)[0]
    opened(path)
    actions.discard_draft(draft, by=None, at=NOW)
    assert (PreviewLink.objects.count(), PreviewOpening.objects.count(), Statement.objects.count()) == (0, 0, 0)
    assert says(opened(path), ENDED)


within = st.integers(-3, 3).map(lambda minutes: NOW + minutes * MINUTE)


@examples(150)
@given(within, st.integers(1, 4), st.none() | within, within)
def test_the_query_and_the_link_agree_on_when_it_opens(created, lasts, revoked, now):
    statement = Statement.objects.first() or make_draft().statement
    link = PreviewLink(statement=statement, outlet="x", digest=tokens.make(), created_at=created, revoked_at=revoked)
    link.expires_at = created + lasts * MINUTE
    link.save()
    is_live = created <= now < link.expires_at and not (revoked and revoked <= now)
    assert PreviewLink.objects.live(now).filter(pk=link.pk).exists() == link.is_live(now) == is_live
    assert (rules.answer(link, now) is rules.ENDED) == (not is_live)


@pytest.mark.parametrize("change", [{"caption": "Another"}, {"alt": "Another"}, {"credit": "Another"}])
def test_a_fixed_link_holds_the_words_of_its_pictures_too(change):
    picture = make_picture(alt="A ship")
    path = make_preview(make_draft(picture=picture), is_fixed=True)[0]
    assert says(opened(path), "A ship") or "A ship" in opened(path).content.decode()
    for name, words in change.items():
        setattr(picture, name, words)
    actions.change_file(picture, by=None, at=NOW)
    assert says(opened(path), CHANGED)
