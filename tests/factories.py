"""Makers of rows for tests: one per model, plain values, only what differs is named."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Any

from counters.models import Counter
from embassy.models import Clock, ContactLine, PressContact, PressHours
from embassy.version import PublicQuerySet
from news import actions
from news.actions import Text
from news.library import intake
from news.models import Category, Edition, LibraryFile
from tests import uploads

# An instant at which the tests' world stands: 26 October in Moscow, 25 October in London.
NOW = datetime(2021, 10, 25, 21, 41, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)

_numbers = count(1)


def overwrite(rows: Any, **fields: Any) -> int:
    """Change rows as nobody can, behind the back of the rule that keeps what was approved."""
    changed: int = PublicQuerySet.update(rows, **fields)
    return changed


def make_clock(label: str = "Moscow", zone: str = "Europe/Moscow", **fields: Any) -> Clock:
    return Clock.objects.create(label=label, zone=zone, **fields)


def make_contact_line(value: str = "+44 (0) 20 7946 0000", kind: str = "phone", **fields: Any) -> ContactLine:
    return ContactLine.objects.create(value=value, kind=kind, **fields)


def make_press_contact(name: Any = "Anna Example", phone: str = "+44 (0) 20 7946 0001", **fields: Any) -> PressContact:
    return PressContact.objects.create(name=name, phone=phone, **fields)


def make_press_hours(zone: str = "Europe/London", **fields: Any) -> PressHours:
    """Monday to Friday from 10:00 to 18:00."""
    return PressHours.objects.create(**{"opens": time(10), "closes": time(18), "zone": zone} | fields)


def make_counter(name: Any = "the fire in the harbour", **fields: Any) -> Counter:
    return Counter.objects.create(**{"name": name, "date": date(2018, 3, 4), "remark": "no answer yet"} | fields)


def make_category(name: Any = "Press releases", **fields: Any) -> Category:
    return Category.objects.create(name=name, **fields)


def make_picture(name: str = "harbour.png", *, content: bytes = b"", at: datetime = NOW - DAY, **fields: Any) -> Any:
    """A picture of the library, each of a colour of its own."""
    number = next(_numbers)
    content = content or uploads.picture("PNG", color=(number % 256, number // 256 % 256, 99))
    words = {"alt": f"Alternative text {number}"} | fields
    prepared = intake.prepare(uploads.upload(name, content), LibraryFile.Kind.PICTURE)
    return actions.add_file(LibraryFile(**words), prepared, by=None, at=at)


def make_offer(name: str = "portrait.png", *, at: datetime = NOW - DAY, **fields: Any) -> Any:
    """A picture that the press page offers."""
    return make_picture(name, at=at, **{"is_offered": True, "terms": "Free with the credit."} | fields)


def make_document(name: str = "programme.pdf", *, content: bytes = b"", at: datetime = NOW - DAY, **fields: Any) -> Any:
    """A document of the library, each with a content of its own."""
    content = content or uploads.pdf(b"/Lang (%d)" % next(_numbers))
    prepared = intake.prepare(uploads.upload(name, content), LibraryFile.Kind.DOCUMENT)
    return actions.add_file(LibraryFile(**fields), prepared, by=None, at=at)


def shown_in_text(picture: LibraryFile, words: str = "") -> str:
    """Return what the editor puts into a text for the picture."""
    return f'<p><img alt="{words}" src="/files/{picture.token}"></p>'


def text(**fields: Any) -> Text:
    number = next(_numbers)
    return Text(
        **{"title": f"Message {number}", "summary": f"Summary {number}", "body": f"<p>Body {number}</p>"}
        | {"date": date(2021, 10, 25)}
        | fields
    )


def make_draft(*, language: str = "en", at: datetime = NOW - DAY, by: Any = None, **fields: Any) -> Edition:
    return actions.write(text(**fields), language=language, by=by, at=at)


def make_submitted(**fields: Any) -> Edition:
    """A draft that waits for approval."""
    draft = make_draft(**fields)
    return actions.submit(draft, by=None, at=draft.changed_at)


def make_live(*, at: datetime = NOW - DAY, **fields: Any) -> Edition:
    """A statement that is public since `at`."""
    return actions.release(make_draft(at=at, **fields), by=None, at=at)


def make_scheduled(public_from: datetime = NOW + DAY, *, at: datetime = NOW - DAY, **fields: Any) -> Edition:
    """A statement that becomes public at `public_from`."""
    return actions.schedule(make_draft(at=at, **fields), public_from=public_from, by=None, at=at)


def make_next(edition: Edition, *, at: datetime = NOW, **fields: Any) -> Edition:
    """A draft of the next edition of a public statement, with a change note unless `minor` is given."""
    note = {} if fields.get("minor") else {"change_note": "A date was corrected."}
    draft = actions.start_edition(edition.statement, by=None, at=at)
    return actions.change_draft(draft, text(**note | fields), by=None, at=at)


def make_translation(original: Edition, *, language: str = "ru", at: datetime = NOW - DAY, **fields: Any) -> Edition:
    """A draft that translates a statement."""
    return actions.write(text(**fields), language=language, translation_of=original.statement, by=None, at=at)


def make_behind(*, at: datetime = NOW - MINUTE, **fields: Any) -> Edition:
    """A public translation whose original has changed since, at `at`."""
    original = make_live(at=NOW - 2 * DAY)
    translation = actions.release(make_translation(original, **fields), by=None, at=NOW - DAY)
    actions.release(make_next(original, at=at), by=None, at=at)
    return translation


def make_withdrawn(*, at: datetime = NOW - DAY, until: datetime = NOW - MINUTE, **fields: Any) -> Edition:
    """A statement that was public since `at` and is withdrawn since `until`."""
    return actions.withdraw(make_live(at=at, **fields).statement, notice="It was wrong.", by=None, at=until)


def make_removed(*, at: datetime = NOW - DAY, until: datetime = NOW - MINUTE, **fields: Any) -> Edition:
    """A statement that was public since `at` and is removed since `until`."""
    return actions.remove(make_live(at=at, **fields).statement, reason="A court said so.", by=None, at=until)


def make_preview(edition: Edition, *, expires_at: datetime | None = None, at: datetime = NOW, **fields: Any) -> Any:
    """The path of a new preview link, and the link; it ends a day and an hour later."""
    said = {"outlet": "The Daily Planet", "is_fixed": False} | fields
    until = expires_at or at.replace(second=0, microsecond=0) + DAY + 60 * MINUTE
    link, token = actions.share(edition.statement, expires_at=until, by=None, at=at, **said)
    return f"/preview/{token}/", link
