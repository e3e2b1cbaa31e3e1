import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from counters.models import Counter
from embassy import moment
from embassy.look import emblem
from embassy.management.commands.load_demo import EMBLEM, FEED
from embassy.models import Clock, ContactLine, Mission
from news import jsonfeed, richtext
from news.models import Category, Edition, LibraryFile, Statement
from news.states import Situation
from tests.factories import make_clock
from tests.tables import dump

pytestmark = pytest.mark.django_db


def test_the_demo_shows_all_that_a_site_can_hold():
    call_command("load_demo", verbosity=0)
    at = moment.now()
    dates = Edition.objects.begun(at).order_by("date").values_list("date", flat=True)
    assert (dates.last() - dates.first()).days > 2.9 * 365
    assert len(Edition.objects.listed(at)) >= 60
    assert {edition.language for edition in Edition.objects.listed(at)} == {"en", "ru"}
    assert Category.objects.filter(editions__in=Edition.objects.listed(at)).distinct().count() == 4
    assert [clock.zone for clock in Clock.objects.in_order()] == ["Europe/Moscow", "Europe/London"]
    assert (Counter.objects.shown(at).count(), ContactLine.objects.count(), Mission.objects.count()) == (2, 2, 1)
    for situation in (Situation.DRAFT, Situation.SCHEDULED, Situation.LIVE, Situation.WITHDRAWN):
        assert Statement.objects.in_situation(situation, at).exists(), situation
    assert Edition.objects.superseded(at).exists()
    assert {edition.language for edition in Edition.objects.featured(at)} == {"en", "ru"}
    assert Statement.objects.exclude(translation_of=None).count() == 26
    assert (LibraryFile.objects.pictures().count(), LibraryFile.objects.documents().count()) == (4, 1)
    assert LibraryFile.objects.public(at).count() == 3
    assert not LibraryFile.objects.unused().exists()


def test_the_demo_has_an_emblem_of_its_own_the_same_each_time():
    digests = set()
    for _ in range(2):
        with transaction.atomic():
            call_command("load_demo", verbosity=0)
            mission = Mission.objects.get()
            digests.add(mission.emblem)
            transaction.set_rollback(True)
    assert EMBLEM.stat().st_size < 15_000
    assert len(emblem.content(digests.pop()) or b"") < 15_000
    assert digests == set()


def test_the_demo_is_loaded_into_an_empty_site_only():
    make_clock()
    before = dump()
    with pytest.raises(CommandError, match=r"^The site is not empty: the demo is loaded into an empty one only\.$"):
        call_command("load_demo")
    assert dump() == before


def test_nothing_of_the_demo_s_texts_is_cleaned_away():
    items = jsonfeed.read(FEED.read_bytes())["items"]
    assert {one["id"]: richtext.clean(one["content_html"]).removed for one in items} == {one["id"]: [] for one in items}
