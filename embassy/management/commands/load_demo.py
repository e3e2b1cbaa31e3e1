"""Fill an empty site with the demo: a neutral mission whose texts are the project's own."""

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from counters.models import Counter
from embassy import moment, storing
from embassy.demo import library, press
from embassy.look import emblem
from embassy.models import Clock, ContactLine, Mission
from news import actions, importing, jsonfeed
from news.actions import Text
from news.models import Category, Edition, Statement

DEMO = Path(__file__).resolve().parent.parent.parent / "demo"
FEED, EMBLEM = DEMO / "messages.json", DEMO / "emblem.png"

CATEGORIES = (
    {"en": "Statements", "ru": "Заявления"},
    {"en": "Press releases", "ru": "Пресс-релизы"},
    {"en": "Consular news", "ru": "Консульские новости"},
    {"en": "Culture and education", "ru": "Культура и образование"},
)
COUNTERS = (
    {
        "slug": "harbour-fire",
        "date": date(2024, 2, 29),
        "name": {"en": "the fire in the old harbour", "ru": "пожара в старом порту"},
        "remark": {"en": "the report of the inquiry is still awaited", "ru": "доклад комиссии всё ещё не опубликован"},
    },
    {
        "slug": "archive-closure",
        "date": date(2025, 3, 30),
        "name": {"en": "the closure of the joint archive", "ru": "закрытия совместного архива"},
        "remark": {"en": "no reopening date has been announced", "ru": "дата открытия не объявлена"},
    },
)
CONTACTS = (
    ({"en": "Consular queries:", "ru": "Консульские вопросы:"}, "+44 (0) 20 7946 0000", ContactLine.Kind.PHONE),
    ({"en": "Press office:", "ru": "Пресс-служба:"}, "press@example.org", ContactLine.Kind.EMAIL),
)


class Command(BaseCommand):
    """Load the demo into a site that holds no statement yet."""

    help = (
        "Fills an empty site with the demo: statements over three years in two languages, counters, clocks, contacts."
    )

    @transaction.atomic
    def handle(self, *_args: Any, **_options: Any) -> None:
        """Load everything, or nothing where the site is not empty."""
        if Statement.objects.exists() or Counter.objects.exists() or Clock.objects.exists():
            raise CommandError("The site is not empty: the demo is loaded into an empty one only.")
        with storing.all_or_nothing():
            _identity()
            outcome = importing.take_over(jsonfeed.read(FEED.read_bytes()))
            _what_staff_did(moment.now())
        self.stdout.write(f"Loaded the demo: {outcome.taken} statements.")


def _identity() -> None:
    mission = Mission(
        name={"en": "Embassy of the Demo Republic", "ru": "Посольство Демонстрационной Республики"},
        strapline={"en": "Press office", "ru": "Пресс-служба"},
    )
    emblem.keep(mission, emblem.draw(SimpleUploadedFile(EMBLEM.name, EMBLEM.read_bytes())))
    mission.save()
    Clock.objects.create(label={"en": "Moscow", "ru": "Москва"}, zone="Europe/Moscow", position=1)
    Clock.objects.create(label={"en": "London", "ru": "Лондон"}, zone="Europe/London", position=2)
    for position, (label, value, kind) in enumerate(CONTACTS, start=1):
        ContactLine.objects.create(label=label, value=value, kind=kind, position=position)
    press.desk()
    for position, name in enumerate(CATEGORIES, start=1):
        Category.objects.create(name=name, position=position)
    for position, fields in enumerate(COUNTERS, start=1):
        Counter.objects.create(**fields, position=position)


def _what_staff_did(at: datetime) -> None:
    """Show each thing that can happen to a statement: featured, corrected, withdrawn, scheduled, in draft."""
    for language in ("en", "ru"):
        newest = Edition.objects.listed(at).filter(language=language).newest_first().first()
        if newest:
            actions.feature(newest.statement, until=at + timedelta(days=365), by=None, at=at)
    _correct(Edition.objects.listed(at).get(statement__source="demo-en-028"), at)
    repaired = Statement.objects.get(source="demo-en-012")
    actions.withdraw(repaired, notice="The fault is repaired; this notice no longer applies.", by=None, at=at)
    shelf = library.fill(at)
    library.illustrate(shelf, at)
    press.offer((shelf["sea"], shelf["drawings"]), at)
    category = Category.objects.in_order().first()
    tomorrow = moment.today() + timedelta(days=1)
    planned = actions.write(
        Text(
            title="Opening of the spring season of concerts",
            summary="The programme is announced tomorrow morning.",
            body="<p>The Embassy announces the programme of its spring concerts. Admission is free.</p>",
            date=tomorrow,
            category=category,
            picture=shelf["strings"],
            attachments=(shelf["programme"],),
            public_from_zone="Europe/London",
        ),
        language="en",
        by=None,
        at=at,
    )
    nine = moment.from_wall(datetime.combine(tomorrow, time(9)), "Europe/London")
    actions.schedule(planned, public_from=nine, by=None, at=at)
    _in_the_newsroom(tomorrow, at)


def _in_the_newsroom(day: date, at: datetime) -> None:
    """Leave something to write, to approve and to mend."""

    def begin(title: str, body: str) -> Edition:
        return actions.write(Text(title=title, body=f"<p>{body}</p>", date=day), language="en", by=None, at=at)

    begin("Answers to letters of readers", "To be written.")
    hours = begin("Opening hours over the holidays", "The consular section is open from 10:00 to 12:00.")
    actions.submit(hours, by=None, at=at)
    lecture = begin("Lecture on the history of the river bridges", "The lecture begins at 18:00. Seats are free.")
    actions.submit(lecture, by=None, at=at)
    actions.return_(lecture, comment="Please add the address of the hall.", by=None, at=at)


def _correct(edition: Edition, at: datetime) -> None:
    draft = actions.start_edition(edition.statement, by=None, at=at)
    text = Text(
        title=draft.title,
        summary=draft.summary,
        body=draft.body,
        date=draft.date,
        category=draft.category,
        featured_until=draft.featured_until,
        change_note="The hours in the table were corrected.",
    )
    actions.release(actions.change_draft(draft, text, by=None, at=at), by=None, at=at)
