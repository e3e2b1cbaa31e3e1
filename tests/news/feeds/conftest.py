"""A site whose feeds have everything to tell: files, links, numbers, a correction, a withdrawal, what is not public."""

from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine

from embassy.models import Mission
from news import actions
from tests.factories import (
    DAY,
    MINUTE,
    NOW,
    make_category,
    make_clock,
    make_counter,
    make_document,
    make_draft,
    make_live,
    make_next,
    make_picture,
    make_removed,
    make_scheduled,
    make_withdrawn,
    shown_in_text,
)

LINKS = (
    '<p>See <a href="/messages/1/">the first</a>, <a href="other/?a=1&amp;b=2">another</a>, '
    '<a href="#end">the end</a>, '
    '<a href="//paper.example/x">a paper</a>, <a href="mailto:press@mission.example">the press office</a>.</p>'
)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Stand the machine's clock at NOW, so that requests go the way of visitors: through the cache."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def site(db: None, clock: Any) -> SimpleNamespace:
    Mission.objects.create(name={"en": "The Mission & Co", "ru": "Миссия"})
    make_clock()
    make_counter(slug="fire", date=date(2021, 10, 16))
    news = make_category({"en": "News <of> the & day", "ru": "Новости"}, slug="news")
    picture, lead = make_picture(alt="Boats & nets"), make_picture(alt="The quay", credit="A. Smith")
    document = make_document(caption="The programme")
    rich = make_live(
        title="Day {days:fire} <i>& all</i>",
        summary="Quoted: “<b>” & {days:fire}\nand more",
        body=LINKS + f"<p>It is day {{days:fire}}.</p>{shown_in_text(picture)}",
        category=news,
        picture=lead,
        attachments=(document, make_document(caption="Annex")),
        at=NOW - 3 * DAY,
    )
    corrected = make_live(title="Of ten", at=NOW - 4 * DAY)
    correction = make_next(corrected, at=NOW - DAY, title="Of eleven", change_note="Ten became eleven.")
    actions.release(correction, by=None, at=NOW - DAY)
    slip = make_next(corrected, at=NOW - MINUTE, title="Of eleven!", minor=True)
    actions.release(slip, by=None, at=NOW - MINUTE)
    lost: dict[str, Any] = {
        "title": "Of lost",
        "summary": "xsummary",
        "body": f"<p>xbody</p>{shown_in_text(make_picture(alt='xalt'))}",
    }
    lost |= {"picture": make_picture(caption="xcaption"), "attachments": (make_document(caption="xdocument"),)}
    withdrawn = make_withdrawn(category=news, at=NOW - 5 * DAY, until=NOW - 2 * DAY, **lost)
    make_removed(title="Of xremoved", category=news)
    make_scheduled(NOW + DAY, title="Of xtomorrow", category=news)
    make_draft(title="Of xdraft", category=news)
    russian = make_live(title="По-русски", language="ru", category=news)
    return SimpleNamespace(
        news=news,
        rich=rich,
        corrected=corrected.statement,
        withdrawn=withdrawn,
        russian=russian,
        lead=lead,
        document=document,
    )
