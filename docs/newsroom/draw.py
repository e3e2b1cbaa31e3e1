# ruff: noqa: INP001  a script beside what it draws, no package
"""Draw the pictures of docs/newsroom.md: `make guide`. A temporary site at a fixed instant, the demo, and a browser."""

import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from docs.stage import NOW, ROOT, chromium, set_up, signed_in

HERE = Path(__file__).resolve().parent
WIDTH = 1280
COLOURS = 64
PEOPLE = ("writer", "editor", "publisher")
TITLE = "The harbour opens again"
BODY = (
    "<p>The first ship is expected at noon. The pilots’ office answers questions of shipowners from eight o’clock."
    "</p><h2>Who may land</h2><p>Until Friday: ships with food and medicine. From Saturday: everybody.</p>"
)
HOURS = (
    "<p>From 1 December the consular section is open from nine to one o’clock, on Wednesdays also in the afternoon.</p>"
    "<h2>Appointments</h2><p>Please book a day on the telephone. For emergencies no appointment is needed.</p>"
)
VISIT = (
    "<p>The minister arrives on Wednesday morning. Journalists are welcome at all four places; please bring your press "
    "card.</p><h2>Wednesday</h2><p>The library, ten o’clock. The harbour, noon.</p>"
)


def main() -> None:
    """Make the site, draw, and throw the site away."""
    with tempfile.TemporaryDirectory(prefix="newsroom-guide-") as folder:
        set_up(folder)
        from django.db import connections

        from embassy import moment
        from embassy.management.commands import picture

        with moment.at(NOW):
            newsroom = _furnish()
        # The browser's driver keeps an event loop, beside which Django refuses its database: a thread of its own.
        with picture.serving(NOW) as site, ThreadPoolExecutor(1) as thread:
            for name, drawn in thread.submit(_draw_all, site, newsroom).result().items():
                target = HERE / f"{name}.png"
                target.write_bytes(drawn)
                sys.stdout.write(f"{target.relative_to(ROOT)}: {len(drawn) // 1024} KB\n")
        connections.close_all()


@dataclass(frozen=True)
class Newsroom:
    """What the pictures show: everybody's session, and the addresses of the texts."""

    sessions: dict[str, str]
    half_signed_in: str
    texts: dict[str, str]
    preview: str
    interfere: Callable[[], None]


def _furnish() -> Newsroom:
    """Fill the site with the demo, and with a morning's work."""
    from django.contrib.auth.models import Group, User
    from django.core.management import call_command

    from embassy import moment
    from news import actions
    from news.models import Category

    call_command("load_demo", verbosity=0, stdout=StringIO())
    people = {name: User.objects.create_user(name, is_staff=True) for name in PEOPLE}
    for name, person in people.items():
        person.groups.set(Group.objects.filter(name=name))
    writer, editor, publisher = people.values()
    hour, category = timedelta(hours=1), Category.objects.in_order().first()

    def write(title: str, **fields: Any) -> Any:
        text = actions.Text(title=title, date=NOW.date(), category=category, **fields)
        return actions.write(text, language="en", by=writer, at=NOW - 3 * hour)

    returned = write("Visiting hours of the consular section", summary="From December on.", body=HOURS)
    actions.submit(returned, by=writer, at=NOW - 2 * hour)
    actions.return_(returned, comment="Which hours on Fridays? Please ask the section.", by=editor, at=NOW - hour)
    nine = {"public_from": NOW.replace(hour=9, minute=0), "public_from_zone": "Europe/London"}
    submitted = write(TITLE, summary="Ships are expected today.", body=BODY, **nine)
    actions.submit(submitted, by=writer, at=NOW - hour)
    shared = write("Minister’s visit: programme for the press", summary="Two days, four places.", body=VISIT, **nine)
    actions.submit(shared, by=writer, at=NOW - hour)
    actions.schedule(shared, public_from=nine["public_from"], by=publisher, at=NOW - hour / 2)
    _, token = actions.share(
        shared.statement,
        outlet="The Morning Paper",
        expires_at=NOW + 4 * hour,
        is_fixed=False,
        by=publisher,
        at=NOW - hour / 3,
    )
    draft = write("A reading in the library", summary="Poems in two languages.", body="<p>Admission is free.</p>")

    def interfere() -> None:
        text = actions.Text(
            title="A reading in the library",
            summary="Poems in two languages.",
            date=NOW.date(),
            category=category,
            body="<p>Admission costs nothing.</p>",
        )
        with moment.at(NOW):
            actions.change_draft(draft, text, by=editor, at=NOW)

    texts = {"returned": returned, "submitted": submitted, "shared": shared, "draft": draft}
    return Newsroom(
        sessions={name: signed_in(person) for name, person in people.items()},
        half_signed_in=signed_in(writer, is_verified=False),
        texts={name: f"/admin/news/statement/{edition.statement_id}" for name, edition in texts.items()},
        preview=f"/preview/{token}/",
        interfere=interfere,
    )


# ---- the pictures --------------------------------------------------------------------------------------------------


def _draw_all(site: str, newsroom: Newsroom) -> dict[str, bytes]:
    """Return every picture by its name."""
    from playwright.sync_api import sync_playwright

    from embassy.management.commands.picture import FLAGS

    drawn: dict[str, bytes] = {}
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=chromium("make guide"), args=FLAGS) as browser,
    ):

        @contextmanager
        def opened(session: str = "") -> Iterator[Any]:
            context = browser.new_context(
                locale="en-GB", timezone_id="Europe/London", viewport={"width": WIDTH, "height": 900}, base_url=site
            )
            context.clock.set_fixed_time(NOW)
            if session:
                context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
            yield context.new_page()
            context.close()

        def keep(name: str, page: Any, height: int, top: int = 0) -> None:
            page.wait_for_timeout(400)  # what scripts say beside the fields
            clip = {"x": 0, "y": top, "width": WIDTH, "height": height}
            drawn[name] = _small(page.screenshot(clip=clip, full_page=True, animations="disabled"))

        _draw_writing(opened, keep, newsroom)
        _draw_deciding(opened, keep, newsroom)
    return drawn


def _draw_writing(opened: Callable[..., Any], keep: Callable[..., None], newsroom: Newsroom) -> None:
    with opened(newsroom.half_signed_in) as page:
        page.goto("/admin/second-factor/")
        keep("code", page, 470)
    with opened(newsroom.sessions["writer"]) as page:
        page.goto(newsroom.texts["returned"] + "/change/")
        page.locator(".cke_editable").wait_for()
        keep("write", page, 900)
        page.goto("/admin/news/picture/choose/")
        keep("pictures", page, 400)
        page.goto(newsroom.texts["draft"] + "/change/")
        page.get_by_label("Title").fill("A reading in the library on Thursday")
        with ThreadPoolExecutor(1) as thread:
            thread.submit(newsroom.interfere).result()
        page.get_by_role("button", name="Save draft").click()
        keep("two-people", page, 760)


def _draw_deciding(opened: Callable[..., Any], keep: Callable[..., None], newsroom: Newsroom) -> None:
    with opened(newsroom.sessions["publisher"]) as page:
        page.goto("/admin/")
        keep("start", page, 800)
        page.goto(newsroom.texts["submitted"] + "/approve/")
        keep("approve", page, 850)
        page.goto(newsroom.texts["shared"] + "/change/")
        page.get_by_role("link", name="See it as at").click()
        keep("as-at", page, 620)
    with opened() as page:
        page.goto(newsroom.preview)
        keep("preview", page, 620)


def _small(png: bytes) -> bytes:
    """Return the picture with few colours: text and flat areas lose nothing that an eye sees."""
    from PIL import Image

    target = BytesIO()
    image = Image.open(BytesIO(png)).convert("RGB")
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(target, "PNG", optimize=True)
    return target.getvalue()


if __name__ == "__main__":
    main()
