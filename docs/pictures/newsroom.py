"""The full site: the demo, and on it a newsroom with a text in every situation, in one language."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from io import StringIO
from itertools import count
from typing import Any

from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.db.models import Model
from django.utils import translation

from counters.models import Counter
from docs.pictures.words import ARABIC, SAYINGS, TITLES
from docs.stage import NOW, signed_in
from embassy import moment
from embassy.labels import LabelField, label
from embassy.log import LogRow
from embassy.models import Clock, ContactLine, Mission, PressContact, PressHours
from news import actions
from news.models import Category, Edition, LibraryFile, PreviewLink

PASSWORD = "correct horse battery staple"  # noqa: S105  of a site that is thrown away
ROLES = ("writer", "editor", "publisher")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LABELLED: tuple[type[Model], ...] = (
    Mission, Clock, ContactLine, PressContact, PressHours, Category, Counter, LibraryFile,
)  # fmt: skip


@dataclass(frozen=True)
class Site:
    """What the pictures are taken of: sessions by name, and what stands in the braces of addresses."""

    language: str
    sessions: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    interfere: Callable[[], None] = lambda: None


def furnish(language: str) -> Site:
    """Fill an empty site, standing at NOW; every text of the newsroom is in the language."""
    # In the language in which its staff work.
    with moment.at(NOW), translation.override(language):
        call_command("load_demo", verbosity=0, stdout=StringIO())
        if language == "ar":
            _translate_labels()
        people = hire()
        texts = _write(language, people)
        places = _share(texts, people, language)
        places |= {name: f"/admin/news/statement/{one.statement_id}" for name, one in texts.items()}
        places |= _public(texts) | _rows(people) | {"word": SAYINGS[language]["word"]}
    draft, editor = texts["draft"], people["editor"]

    def interfere() -> None:
        with moment.at(NOW):
            words: dict[str, Any] = {"title": draft.title, "summary": SAYINGS[language]["summary"], "body": "<p>—</p>"}
            actions.change_draft(draft, actions.Text(date=NOW.date(), **words), by=editor, at=NOW)

    return Site(language, sessions_of(people), places, interfere)


def hire() -> dict[str, User]:
    """Make a person of each role, an administrator, and one who has no phone yet."""
    people = {}
    for role in ROLES:
        people[role] = User.objects.create_user(role, password=PASSWORD, is_staff=True)
        people[role].groups.set(Group.objects.filter(name=role))
    people["administrator"] = User.objects.create_superuser("administrator", password=PASSWORD)
    people["newcomer"] = User.objects.create_user("newcomer", password=PASSWORD, is_staff=True)
    people["newcomer"].groups.set(Group.objects.filter(name="writer"))
    return people


def sessions_of(people: dict[str, User]) -> dict[str, str]:
    """Return everybody's session; one more of the writer, who still owes the code."""
    found = {name: signed_in(person) for name, person in people.items() if name != "newcomer"}
    found["half"] = signed_in(people["writer"], is_verified=False)
    return found | {"newcomer": signed_in(people["newcomer"], has_phone=False)}


def body(language: str, picture: LibraryFile | None = None) -> str:
    """Return a text with everything that a text can have."""
    says = SAYINGS[language]
    shown = f'<p><img alt="{says["alt"]}" src="/files/{picture.token}"></p>' if picture else ""
    rows = "".join(f"<tr><td>{day}</td><td>{day * 4}</td></tr>" for day in range(1, 5))
    return (
        f"<p>{says['first']}</p><h2>{says['heading']}</h2><p>{says['second']}</p>{shown}"
        f"<blockquote><p>{says['quote']}</p></blockquote><p>{says['second']}</p><h3>{says['column']}</h3>"
        f"<ul><li>{says['item']}</li><li>{says['heading']}</li></ul><table><caption>{says['item']}</caption>"
        f"<tr><th>{says['column']}</th><th>{says['number']}</th></tr>{rows}</table><p>{says['first']}</p>"
    )


def _translate_labels() -> None:
    for model in LABELLED:
        names = [one.name for one in model._meta.fields if isinstance(one, LabelField)]  # noqa: SLF001
        for row in model._default_manager.all():  # noqa: SLF001
            for name in names:
                data = label(getattr(row, name)).data
                if arabic := ARABIC.get(data.get("en", "") if isinstance(data, dict) else ""):
                    setattr(row, name, label({**data, "ar": arabic}))
            row.save()


def _write(language: str, people: dict[str, User]) -> dict[str, Edition]:
    """Leave a text in each situation. What is done comes in the order in which it was done, a minute apart."""
    writer, editor, publisher = (people[role] for role in ROLES)
    says, titles, minutes = SAYINGS[language], TITLES[language], _minutes()
    pictures = LibraryFile.objects.filter(kind=LibraryFile.Kind.PICTURE).order_by("pk")
    paper = LibraryFile.objects.filter(kind=LibraryFile.Kind.DOCUMENT).first()
    category = Category.objects.in_order().first()

    def write(name: str, **fields: Any) -> Edition:
        said = {"title": titles[name], "summary": says["summary"], "body": body(language), "category": category}
        text = actions.Text(**{**said, "date": NOW.date(), **fields})
        return actions.write(text, language=language, by=writer, at=next(minutes))

    def release(edition: Edition) -> Edition:
        submitted = actions.submit(edition, by=writer, at=next(minutes))
        return actions.release(submitted, by=publisher, at=next(minutes))

    if language == "ar":  # the demo has none
        for number in range(60):
            title = list(titles.values())[number % len(titles)]
            release(write("plain", title=title, date=(NOW - DAY * 17 * (number + 1)).date()))
    files = {"picture": pictures[0], "attachments": (paper,) if paper else ()}
    live = write("live", body=body(language, pictures[1]), **files, featured_until=NOW + 30 * DAY)
    texts = {name: release(write(name)) for name in ("withdrawn", "removed", "corrected")}
    texts |= {"plain": release(write("plain", summary="", body=f"<p>{says['second']}</p>")), "live": release(live)}
    other = "ru" if language != "ru" else "en"
    for name, tongue in (("original", language), ("behind", other)):
        of = {"translation_of": texts["original"].statement} if name == "behind" else {}
        words = actions.Text(title=TITLES[tongue]["original"], body=body(tongue), date=NOW.date(), category=category)
        texts[name] = release(actions.write(words, language=tongue, by=writer, at=next(minutes), **of))
    for name in ("corrected", "original", "live"):
        draft = actions.start_edition(texts[name].statement, by=writer, at=next(minutes))
        new = body(language).replace(says["second"], says["second"] + " " + says["quote"], 1)
        words = actions.Text(
            title=titles[name], summary=says["summary"], body=new, date=NOW.date(), category=category,
            change_note=says["note"],
        )  # fmt: skip
        draft = actions.change_draft(draft, words, by=writer, at=next(minutes))
        texts[name if name != "live" else "next"] = release(draft) if name != "live" else draft
    actions.withdraw(texts["withdrawn"].statement, notice=says["notice"], by=publisher, at=next(minutes))
    actions.remove(texts["removed"].statement, reason=says["reason"], by=publisher, at=next(minutes))
    waiting = ("draft", "submitted", "returned", "scheduled", "forced", "shared")
    texts |= {name: write("scheduled" if name == "shared" else name) for name in waiting}
    for name in ("submitted", "returned", "scheduled", "shared"):
        actions.submit(texts[name], by=writer, at=next(minutes))
    actions.return_(texts["returned"], comment=says["comment"], by=editor, at=next(minutes))
    nine = (NOW + DAY).replace(hour=9, minute=0)
    actions.schedule(texts["scheduled"], public_from=nine, zone="Europe/London", by=publisher, at=next(minutes))
    actions.force(texts["forced"], reason=says["urgent"], by=publisher, at=next(minutes))
    return texts


def _minutes() -> Iterator[Any]:
    return (NOW - 12 * HOUR + n * timedelta(minutes=1) for n in count())


def _share(texts: dict[str, Edition], people: dict[str, User], language: str) -> dict[str, str]:
    """Make links for outlets: to a text that waits, one under embargo, and one whose words have changed since."""
    places, publisher = {}, people["publisher"]
    for number, (name, is_fixed) in enumerate((("submitted", False), ("scheduled", True), ("shared", True))):
        at = NOW - HOUR + timedelta(minutes=number)
        said: dict[str, Any] = {"outlet": SAYINGS[language]["outlet"], "expires_at": NOW + DAY, "is_fixed": is_fixed}
        link, token = actions.share(texts[name].statement, by=publisher, at=at, **said)
        places[f"preview-{name}"] = f"/preview/{token}/"
    changed = actions.Text(title=texts["shared"].title, body="<p>—</p>", date=NOW.date())
    shared = Edition.objects.get(pk=texts["shared"].pk)
    actions.change_draft(shared, changed, by=people["editor"], at=NOW - HOUR / 2)
    actions.record_opening(PreviewLink.objects.earliest("pk"), browser="Firefox, Linux", at=NOW - HOUR / 3)
    return places | {"link": str(link.pk)}


def _public(texts: dict[str, Edition]) -> dict[str, str]:
    """Return the public addresses of what was released, each without its language."""
    places: dict[str, str] = {}
    for name in ("live", "corrected", "withdrawn", "removed", "plain", "original"):
        edition = Edition.objects.select_related("statement").get(pk=texts[name].pk)
        address = edition.get_absolute_url().removeprefix(f"/{edition.language}")
        places |= {f"public-{name}": address, f"number-{name}": str(edition.statement.number)}
    first = texts["corrected"].statement.editions.order_by("sequence")[0]
    return places | {"edition": f"/messages/{places['number-corrected']}/editions/1/", "edition-pk": str(first.pk)}


def _rows(people: dict[str, User]) -> dict[str, str]:
    """Return the keys of one row of each other model, by the model's name."""
    models: tuple[type[Model], ...] = (*LABELLED, Group)
    places = {model.__name__.lower(): str(model._default_manager.earliest("pk").pk) for model in models}  # noqa: SLF001
    files = LibraryFile.objects.order_by("pk")
    kinds = (LibraryFile.Kind.PICTURE, LibraryFile.Kind.DOCUMENT)
    places |= {
        name: str(files.filter(kind=kind)[0].pk) for name, kind in zip(("picture", "document"), kinds, strict=True)
    }
    slug = Category.objects.in_order()[0].slug
    spare = Counter.objects.create(name="—", date=NOW.date(), shown_until=NOW - DAY)
    return places | {"user": str(people["writer"].pk), "slug": slug, "spare": str(spare.pk),
                     "logrow": str(LogRow.objects.latest("pk").pk)}  # fmt: skip
