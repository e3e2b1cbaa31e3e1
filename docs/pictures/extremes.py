"""Two more sites: one that nobody has filled yet, and one with everything that makes pages hard to draw."""

from datetime import date, timedelta

from counters.models import Counter
from docs.pictures.newsroom import DAY, Site, body, hire, sessions_of
from docs.pictures.words import CITIES, SAYINGS, TITLES
from docs.stage import NOW
from embassy import moment
from embassy.demo import library
from embassy.models import Clock, ContactLine, Mission
from news import actions
from news.models import Category, LibraryFile


def empty(language: str) -> Site:
    """Hire people, and nothing else: no mission, no clock, no statement."""
    with moment.at(NOW):
        return Site(language, sessions_of(hire()))


def hard(language: str) -> Site:
    """Fill a site with long, short, many and unbroken."""
    with moment.at(NOW):
        people, says = hire(), SAYINGS[language]
        _identity(language)
        shelf = library.fill(NOW - DAY * 40)
        long = " ".join([*TITLES[language].values()] * 2).split()
        titles = {
            "long": " ".join(long[:40])[:300],
            "unbroken": (says["long"] * 3)[:150],
            "picture": " ".join(long[3:43])[:300],
            "one": says["one"],
        }
        places, category = {}, Category.objects.in_order().first()
        for number, (name, title) in enumerate(titles.items()):
            text = actions.Text(
                title=title,
                date=(NOW - number * DAY).date(),
                summary={"unbroken": says["long"] * 4, "picture": says["summary"] * 3}.get(name, ""),
                body=f"<p>{says['one']}.</p>" if name == "one" else _wide(language, shelf["sea"]),
                category=category,
                picture=shelf["chess"] if name in {"picture", "unbroken"} else None,
                attachments=(shelf["programme"],) if name == "picture" else (),
                featured_until=NOW + DAY if name == "long" else None,
            )
            at = NOW - DAY * 9 + timedelta(minutes=number)
            draft = actions.write(text, language=language, by=people["writer"], at=at)
            draft = actions.submit(draft, by=people["writer"], at=at)
            statement = actions.release(draft, by=people["publisher"], at=at).statement
            places[name] = f"/messages/{statement.number}/"
            places[f"{name}-text"] = f"/admin/news/statement/{statement.pk}"
    return Site(language, sessions_of(people), places)


def _identity(language: str) -> None:
    says, titles = SAYINGS[language], list(TITLES[language].values())
    Mission.objects.create(
        name={"en": "Permanent Mission", language: f"{titles[0]} — {titles[1]}"},
        strapline={"en": "Press", language: says["long"]},
    )
    for position, (name, zone) in enumerate(CITIES):
        Clock.objects.create(label=name, zone=zone, position=position)
    for position in range(5):
        ContactLine.objects.create(
            label={"en": "Line", language: f"{titles[position]}:"}, value="+44 (0) 20 7946 0000", kind="phone",
            position=position,
        )  # fmt: skip
    for position in range(9):
        name = says["long"] * 2 if position == 8 else titles[position]
        since = date(2026, 11, 24) - timedelta(days=9**position % 40_000)
        remark = "" if position % 2 else says["summary"]
        Counter.objects.create(
            name={"en": "that day", language: name}, date=since, position=position, slug=f"c{position}",
            remark={"en": "", language: remark},
        )  # fmt: skip
    for position in range(12):
        name = says["long"] if position == 11 else titles[position % 11]
        Category.objects.create(name={"en": f"Category {position}", language: name}, position=position)


def _wide(language: str, picture: LibraryFile) -> str:
    columns = "".join(f"<th>{SAYINGS[language]['column']} {n}</th>" for n in range(14))
    text = body(language, picture).replace("{days:harbour-fire}", "{days:c4}")
    return (
        text
        + f"<h2>{SAYINGS[language]['long']}</h2><table><tr>{columns}</tr></table><p>{SAYINGS[language]['long'] * 4}</p>"
    )
