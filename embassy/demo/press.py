"""Whom the demo's press asks, when, and what it may print."""

from datetime import datetime, time

from embassy.labels import label
from embassy.models import PressContact, PressHours
from news import actions
from news.models import LibraryFile

CONTACTS = (
    {
        "name": {"en": "Anna Example", "ru": "Анна Примерова"},
        "role": {"en": "Press attaché", "ru": "пресс-атташе"},
        "phone": "+44 (0) 20 7946 0001",
        "email": "anna@example.org",
        "languages": {"en": "English, Russian", "ru": "английский, русский"},
    },
    {
        "name": {"en": "Duty press officer", "ru": "Дежурный пресс-службы"},
        "role": {"en": "outside of office hours, urgent matters", "ru": "вне рабочих часов, срочные вопросы"},
        "phone": "+44 (0) 20 7946 0002",
        "languages": {"en": "English", "ru": "английский"},
    },
)
HOURS = (
    {
        "label": {"en": "Press office", "ru": "Пресс-служба"},
        "first_weekday": 0,
        "last_weekday": 4,
        "opens": time(9, 30),
        "closes": time(17, 30),
        "zone": "Europe/London",
    },
    {
        "label": {"en": "Duty press officer", "ru": "Дежурный пресс-службы"},
        "first_weekday": 0,
        "last_weekday": 4,
        "opens": time(17, 30),
        "closes": time(22),
        "zone": "Europe/London",
    },
)
TERMS = {
    "en": "Free for reporting, with the credit; not for advertising.",
    "ru": "Бесплатно для СМИ с указанием автора; не для рекламы.",
}


def desk() -> None:
    """Say whom the press asks, and when."""
    for position, contact in enumerate(CONTACTS, start=1):
        PressContact.objects.create(**contact, position=position)
    for position, hours in enumerate(HOURS, start=1):
        PressHours.objects.create(**hours, position=position)


def offer(files: tuple[LibraryFile, ...], at: datetime) -> None:
    """Offer the files to the press."""
    for file in files:
        file.is_offered, file.terms = True, label(TERMS)
        actions.change_file(file, by=None, at=at)
