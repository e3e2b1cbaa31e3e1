"""When readers are told of a text, and the identifier under which feeds know its statement."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from news import actions, addresses
from news.models import Edition, Statement
from tests.factories import DAY, MINUTE, NOW, make_draft, make_live, make_next, make_scheduled, overwrite

pytestmark = pytest.mark.django_db


def told(edition):
    return Edition.objects.get(pk=edition.pk).announced_at


def test_readers_are_told_of_a_text_when_it_begins():
    assert told(make_draft()) is None
    assert told(make_live(at=NOW - DAY)) == NOW - DAY
    assert told(make_scheduled(NOW + DAY)) == NOW + DAY


def test_readers_are_told_of_a_correction_and_of_a_withdrawal_but_not_of_a_slip_of_the_pen():
    live = make_live(at=NOW - 9 * DAY)
    slip = actions.release(make_next(live, minor=True, at=NOW - 8 * DAY), by=None, at=NOW - 8 * DAY)
    assert told(slip) == NOW - 9 * DAY
    correction = actions.release(make_next(slip, at=NOW - 7 * DAY), by=None, at=NOW - 7 * DAY)
    assert told(correction) == NOW - 7 * DAY
    slip = actions.release(make_next(correction, minor=True, at=NOW - 6 * DAY), by=None, at=NOW - 6 * DAY)
    assert told(slip) == NOW - 7 * DAY
    assert told(actions.withdraw(live.statement, notice="Wrong.", by=None, at=NOW - DAY)) == NOW - DAY


def test_a_text_that_comes_back_after_a_removal_is_told_even_where_it_is_minor():
    live = make_live(at=NOW - DAY)
    actions.remove(live.statement, reason="Law.", by=None, at=NOW - MINUTE)
    assert told(actions.release(make_next(live, minor=True), by=None, at=NOW)) == NOW


def test_what_is_scheduled_is_told_at_its_time_wherever_that_moves():
    live = make_live(at=NOW - DAY)
    draft = make_next(live, at=NOW)
    edition = actions.schedule(draft, public_from=NOW + DAY - timedelta(minutes=41), by=None, at=NOW)
    edition = actions.reschedule(edition, public_from=NOW.replace(minute=50), by=None, at=NOW)
    assert told(edition) == NOW.replace(minute=50)
    assert told(actions.release_now(edition, by=None, at=NOW + MINUTE)) == NOW + MINUTE
    other = make_scheduled()
    assert told(actions.take_back(other, by=None, at=NOW)) is None


def test_the_identifier_comes_with_the_number_and_stays(settings):
    live = make_live(at=NOW - DAY)
    tag = live.statement.tag
    assert tag == f"tag:localhost,2021-10-24:{live.statement.number}"
    settings.ALLOWED_HOSTS = ["press.example.org"]
    actions.release(make_next(live, title="Another title"), by=None, at=NOW)
    statement = Statement.objects.get(pk=live.statement_id)
    assert statement.tag == tag
    statement.tag = "tag:elsewhere,2021-10-24:1"
    with pytest.raises(TypeError, match="stays"):
        statement.save()
    with pytest.raises(TypeError, match="stays"):
        Statement.objects.update(tag=None)
    assert make_live(at=NOW).statement.tag.startswith("tag:press.example.org,2021-10-25:")


@pytest.mark.parametrize(
    ("hosts", "authority"),
    [
        (["Press.Example.org", "localhost"], "press.example.org"),
        ([".example.org"], "example.org"),
        (["*"], "localhost"),
        (["[::1]"], "localhost"),
    ],
)
def test_an_identifier_names_the_first_host(settings, hosts, authority):
    settings.ALLOWED_HOSTS = hosts
    assert addresses.tag(12, NOW) == f"tag:{authority},2021-10-25:12"


def test_an_update_tells_and_tags_what_was_there_before():
    live = make_live(at=NOW - 9 * DAY)
    slip = actions.release(make_next(live, minor=True, at=NOW - 8 * DAY), by=None, at=NOW - 8 * DAY)
    correction = actions.release(make_next(slip, at=NOW - 7 * DAY), by=None, at=NOW - 7 * DAY)
    other, draft = make_live(at=NOW - DAY), make_draft()
    everything = Edition.objects.order_by("pk").values_list("pk", "announced_at")
    tags = Statement.objects.order_by("pk").values_list("tag", flat=True)
    before = list(everything), list(tags)
    then = MigrationExecutor(connection).loader.project_state(("news", "0010_tell_and_tag")).apps
    # The rule of today lets nobody forget: another value stands for none.
    overwrite(Edition.objects.filter(state="approved"), announced_at=NOW)
    then.get_model("news", "Statement").objects.filter(number__isnull=False).update(tag=None, number=None)
    for number, one in enumerate((live, other), start=1):
        then.get_model("news", "Statement").objects.filter(pk=one.statement_id).update(number=number, tag=f"x{number}")
    module = import_module("news.migrations.0010_tell_and_tag")
    module.tell(then, None)
    module.give_tags(then, None)
    assert (list(everything), list(tags)) == before
    assert told(correction) == NOW - 7 * DAY
    assert told(draft) is None
