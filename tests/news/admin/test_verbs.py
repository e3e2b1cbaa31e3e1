from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import User
from django.test import Client

from news import actions
from news.admin.offers import VERBS
from news.admin.verbs import Verb
from news.models import Edition, Statement
from news.states import Right
from tests.factories import (
    DAY,
    NOW,
    make_behind,
    make_clock,
    make_draft,
    make_live,
    make_next,
    make_removed,
    make_scheduled,
    make_submitted,
)
from tests.newsroom import address, minute, said, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _stand(now: datetime) -> None:
    make_clock("Moscow", "Europe/Moscow", position=1)


def test_withdraw_asks_for_the_notice_and_takes_it(publisher: User) -> None:
    client, live = signed_in(publisher), make_live()
    empty = client.post(address("withdraw", live.statement_id), {"words": " "})
    assert empty.context["form"].errors == {"words": ["This field is required."]}
    response = client.post(address("withdraw", live.statement_id), {"words": "The date was wrong."})
    assert said(response) == ["It is withdrawn: its page carries the notice, and lists show it no longer."]
    assert Edition.objects.visible(NOW).get().withdrawal_notice == "The date was wrong."


def test_remove_takes_the_reason(publisher: User) -> None:
    client, live = signed_in(publisher), make_live()
    client.post(address("remove", live.statement_id), {"words": "A court said so."})
    assert not Edition.objects.visible(NOW).exists()
    gone = Client().get(live.get_absolute_url())
    assert gone.status_code == 410
    assert "A court said so." in gone.content.decode()


def test_new_edition_opens_a_draft_with_the_public_words(publisher: User) -> None:
    client, live = signed_in(publisher), make_live(title="As it was")
    response = client.post(address("new_edition", live.statement_id))
    assert response["Location"] == address("change", live.statement_id)
    assert Edition.objects.drafts().get().title == "As it was"


def test_take_back_and_release_now_of_what_is_scheduled(publisher: User) -> None:
    client, first, second = signed_in(publisher), make_scheduled(), make_scheduled()
    client.post(address("take_back", first.statement_id))
    client.post(address("release_now", second.statement_id))
    assert [edition.pk for edition in Edition.objects.drafts()] == [first.pk]
    assert [edition.pk for edition in Edition.objects.visible(NOW)] == [second.pk]


def test_feature_until_a_minute_and_no_longer(publisher: User) -> None:
    client, live = signed_in(publisher), make_live()
    client.post(address("feature", live.statement_id), minute("until", "2021-12-24", "09:00", "Europe/Moscow"))
    assert [edition.pk for edition in Edition.objects.featured(NOW)] == [live.pk]
    client.post(address("feature", live.statement_id), minute("until", "", "", "Europe/Moscow"))
    assert not Edition.objects.featured(NOW).exists()


def test_discard_of_a_statement_that_was_never_numbered_leaves_nothing(publisher: User) -> None:
    client, draft = signed_in(publisher), make_draft()
    response = client.post(address("discard", draft.statement_id))
    assert response["Location"] == address("changelist")
    assert not Statement.objects.exists()


def test_a_refusal_says_the_rule_and_changes_nothing(publisher: User) -> None:
    client, removed = signed_in(publisher), make_removed()
    response = client.post(address("withdraw", removed.statement_id), {"words": "Too late."})
    assert said(response) == ["Nothing of this statement is public now."]
    assert Edition.objects.count() == 1


def test_asking_changes_nothing(publisher: User, second_publisher: User) -> None:
    client, live = signed_in(publisher), make_live()
    editions = [live, make_next(make_live()), make_scheduled(), make_submitted()]
    editions += [actions.force(make_draft(), reason="Now.", by=second_publisher, at=NOW), make_behind()]
    before = list(Edition.objects.order_by("pk").values())
    for verb in VERBS:
        answers = [client.get(address(verb.name, edition.statement_id)) for edition in editions]
        # Where there is nothing to ask, the way leads back to the statement.
        assert {answer.status_code for answer in answers} | {302} == {200, 302}, verb.name
    assert list(Edition.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.name)
def test_nobody_without_the_right_can_do_it(writer: User, publisher: User, verb: Verb) -> None:
    editions = [make_live(), make_scheduled(), make_submitted(), make_draft()]
    editions.append(actions.force(make_draft(), reason="Now.", by=publisher, at=NOW))
    before = list(Edition.objects.order_by("pk").values())
    for edition in editions:
        words = {"words": "No.", "when": "now", "seen": edition.changed_at.isoformat()}
        for client in (Client(), signed_in(_outsider())):
            response = client.post(address(verb.name, edition.statement_id), words)
            assert response.status_code in {302, 404}
        if verb.right not in {Right.READ, Right.WRITE}:
            response = signed_in(writer).post(address(verb.name, edition.statement_id), words)
            assert response.status_code == 403
    assert list(Edition.objects.order_by("pk").values()) == before


def _outsider() -> User:
    """A member of staff without any right."""
    return User.objects.get_or_create(username="outsider", is_staff=True)[0]


def test_approve_asks_from_when_and_takes_what_was_read(publisher: User) -> None:
    client, submitted = signed_in(publisher), make_submitted()
    read = {"seen": submitted.changed_at.isoformat()}
    asked = client.post(address("approve", submitted.statement_id), read)
    assert asked.context["form"].errors == {"when": ["Choose: now, or from a minute on."]}
    half = client.post(address("approve", submitted.statement_id), read | {"when": "time"})
    assert half.context["form"].errors == {"public_from": ["Give the day and the minute from which it is public."]}
    when = {"when": "time"} | minute("public_from", "2021-12-24", "09:00", "Europe/Moscow")
    client.post(address("approve", submitted.statement_id), read | when)
    assert Edition.objects.scheduled(NOW).get().public_from == datetime(2021, 12, 24, 6, tzinfo=UTC)


def test_reschedule_moves_what_is_scheduled(publisher: User) -> None:
    client, scheduled = signed_in(publisher), make_scheduled(NOW + DAY)
    moved = minute("public_from", "2021-12-24", "09:00", "Europe/Moscow")
    client.post(address("reschedule", scheduled.statement_id), moved)
    assert Edition.objects.get().public_from == datetime(2021, 12, 24, 6, tzinfo=UTC)
