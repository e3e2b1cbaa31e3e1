"""A newsroom with something of everything in it: what is looked at by eye, by ear and by keyboard."""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.models import User

from embassy import moment
from embassy.models import Mission
from news import actions
from news.models import Edition
from tests.factories import (
    make_behind,
    make_category,
    make_clock,
    make_contact_line,
    make_counter,
    make_document,
    make_draft,
    make_live,
    make_next,
    make_offer,
    make_picture,
    make_press_contact,
    make_press_hours,
    make_removed,
    make_scheduled,
    make_withdrawn,
    shown_in_text,
)

BODY = "<p>The <em>first</em> ship is expected, says <a href='https://port.example/'>the port</a>.</p><h2>When</h2>"
TABLE = "<table><caption>Ships</caption><tr><th>Day</th><th>Number</th></tr><tr><td>Monday</td><td>4</td></tr></table>"


@dataclass(frozen=True)
class Staffroom:
    """The texts of the newsroom, each named by what it is, and the addresses of previews."""

    texts: dict[str, Edition]
    previews: dict[str, str]


def furnish(writer: User, editor: User, publisher: User) -> Staffroom:
    """Make a text in every situation, from today's clock; with pictures, documents, comments, links and numbers."""
    at = moment.now().replace(second=0, microsecond=0)
    day, hour = timedelta(days=1), timedelta(hours=1)
    make_clock("Moscow", "Europe/Moscow", position=1)
    make_clock("London", "Europe/London", position=2)
    make_contact_line(label="Consular queries:")
    make_contact_line("press@embassy.example", "email", label="Press:")
    Mission.objects.create(name="Embassy of the Demo Republic")
    make_press_contact(email="anna@embassy.example")
    make_press_hours()
    make_offer(caption="The Ambassador")
    make_counter("the fire in the harbour", slug="fire")
    make_counter("the flood", slug="unused")
    category = make_category("Press releases")
    picture, paper = make_picture(alt="Ships", caption="The harbour", credit="The port"), make_document()
    before = at - 9 * day
    texts = {
        "draft": make_draft(at=before, by=writer, body=BODY),
        "submitted": make_draft(at=before, by=writer, body=BODY),
        "returned": make_draft(at=before, by=writer, body=BODY),
        "scheduled": make_scheduled(at + day, at=before, category=category),
        "live": make_live(
            at=before,
            title="Live",
            body=BODY + TABLE + shown_in_text(picture, "Ships in port"),
            category=category,
            picture=picture,
            attachments=(paper,),
            featured_until=at + day,
            summary="After {days:fire} days.",
        ),
        "corrected": make_live(at=before, title="Before", body=BODY),
        "withdrawn": make_withdrawn(at=before, until=at - hour),
        "removed": make_removed(at=before, until=at - hour),
        "forced": make_draft(at=before, by=publisher),
        "behind": make_behind(at=at - hour, title="Что изменилось"),
    }
    actions.submit(texts["submitted"], by=writer, at=before)
    actions.submit(texts["returned"], by=writer, at=before)
    actions.return_(texts["returned"], comment="Noon in which city?", by=editor, at=at - hour)
    # As people press a button: at no whole second.
    just = at - hour + timedelta(microseconds=440_951)
    actions.release(make_next(texts["corrected"], at=just, title="After", body=BODY), by=None, at=just)
    actions.force(texts["forced"], reason="The telephone did not stop.", by=publisher, at=at - hour)
    previews = {}
    for name, is_fixed in (("submitted", False), ("scheduled", True)):
        _, token = actions.share(
            texts[name].statement, outlet="The Paper", expires_at=at + day, is_fixed=is_fixed, by=publisher, at=at
        )
        previews[name] = f"/preview/{token}/"
    return Staffroom(texts, previews)
