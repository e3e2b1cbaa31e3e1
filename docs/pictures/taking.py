"""Taking the pictures of one part of the site in one language: a site of its own, a browser of its own."""

import logging
import re
import tempfile
from base64 import b64decode
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docs import stage

WIDTHS = (320, 768, 1280, 1920)
SCHEMES = ("light", "dark")
LANGUAGES = ("en", "ru", "ar")
PAPER = 794  # pixels: A4 at 96 to the inch
MOST_HEIGHT = 8_000
# What the browser says of every answer that is no 200, and of http.
NO_NEWS = re.compile("status of|Cross-Origin-Opener-Policy")
# Pictures that wait until they are scrolled to, fonts, and what scripts say beside the fields.
SETTLED = """async () => {
    const images = [...document.images];
    images.forEach((image) => { image.loading = "eager"; });
    await Promise.race([
        Promise.all([document.fonts.ready, ...images.map((image) => image.decode().catch(() => {}))]),
        new Promise((done) => setTimeout(done, 10000)),
    ]);
    await Promise.all(document.getAnimations().map((one) => one.finished));
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const { scrollHeight, scrollWidth, clientWidth } = document.documentElement;
    return { height: scrollHeight, over: scrollWidth - clientWidth };
}"""


@dataclass(frozen=True)
class Job:
    """One part of the site in one language."""

    part: str
    language: str
    folder: Path

    def target(self, name: str) -> Path:
        """Return where the picture of that name lies."""
        return self.folder / self.language / f"{self.part}-{name}"


def take(job: Job) -> list[str]:
    """Take the pictures of the job, in a process of its own; return what seemed wrong, a line for each page."""
    from tests import arabic

    logging.disable(logging.WARNING)  # guesses at the door are meant
    with tempfile.TemporaryDirectory(prefix="pictures-") as folder:
        arabic.compile_into(Path(folder) / "locale")
        # The third language is not in the switch of the other pictures: most sites have two.
        stage.set_up(folder, LANGUAGES="en,ru,ar" if job.language == "ar" else "en,ru")
        from django.db import connections

        from docs.pictures import extremes, newsroom
        from docs.pictures.shown import PARTS
        from embassy.management.commands import picture

        kind, pages = PARTS[job.part]
        fill = {"full": newsroom.furnish, "empty": extremes.empty, "hard": extremes.hard}[kind]
        site = fill(job.language)
        # The browser's driver keeps an event loop, beside which Django refuses its database: a thread of its own.
        with picture.serving(stage.NOW) as address, ThreadPoolExecutor(1) as thread:
            notes = thread.submit(Camera(job, site, address, _failure(job.language)).take_all, pages).result()
        connections.close_all()
    return notes


def _failure(language: str) -> str:
    """Return the page of a failure of ours."""
    from django.test import RequestFactory
    from django.utils import translation

    from embassy import views

    with translation.override(language):
        return views.server_error(RequestFactory().get("/fails/")).content.decode()


class Camera:
    """A browser before the site."""

    def __init__(self, job: Job, site: Any, address: str, failure: str) -> None:
        self.job, self.site, self.address, self.failure = job, site, address, failure
        self.notes: list[str] = []
        self.windows: dict[str, Any] = {}
        self.answers: list[Any] = []
        self.errors: list[str] = []

    def take_all(self, pages: Any) -> list[str]:
        """Take every page; return the notes."""
        from playwright.sync_api import Error, sync_playwright

        from docs.pictures.deeds import STRANGER
        from embassy.management.commands.picture import FLAGS

        chromium = stage.chromium("make pictures")
        flags = [*FLAGS, f"--host-resolver-rules=MAP {STRANGER} 127.0.0.1", "--disable-dev-shm-usage"]
        with (
            sync_playwright() as playwright,
            playwright.chromium.launch(executable_path=chromium, args=flags) as self.browser,
        ):
            for shown in pages:
                try:
                    self._take_page(shown)
                except Error as error:
                    self._note(shown.name, f"not taken: {error.message.splitlines()[0]}")
        return self.notes

    def _note(self, name: str, words: str) -> None:
        self.notes.append(f"{self.job.language}/{self.job.part}-{name}: {words}")

    def _address(self, shown: Any) -> str:
        from docs.pictures import deeds

        address = shown.address.format_map(self.site.places)
        return address if address.startswith(("/admin/", "/files/")) else deeds.prefix(self.site) + address

    @contextmanager
    def _opened(self, shown: Any) -> Iterator[Any]:
        """Open a window: the one in which the same person looked before, or where something is done, one of its own."""
        if shown.does:
            page = self._window(shown.who)
            yield page
            page.context.close()
            return
        page = self.windows[shown.who] = self.windows.get(shown.who) or self._window(shown.who)
        page.emulate_media(media="screen", color_scheme="light")
        page.set_viewport_size({"width": 1280, "height": 900})
        yield page

    def _window(self, who: str) -> Any:
        context = self.browser.new_context(
            locale={"en": "en-GB"}.get(self.job.language, self.job.language),
            timezone_id="Europe/London",
            viewport={"width": 1280, "height": 900},
            base_url=self.address,
            reduced_motion="reduce",
        )
        context.set_default_timeout(15_000)
        context.clock.set_fixed_time(stage.NOW)
        cookies = {"django_language": self.job.language} | ({"sessionid": self.site.sessions[who]} if who else {})
        context.add_cookies([{"name": name, "value": value, "url": self.address} for name, value in cookies.items()])
        context.route("**/fails/", lambda route: route.fulfill(status=500, body=self.failure, content_type="text/html"))
        page = context.new_page()
        page.on("response", lambda answer: self.answers.append((answer.request, answer.status)))
        page.on("console", lambda said: self.errors.append(said.text) if said.type == "error" else None)
        return page

    def _take_page(self, shown: Any) -> None:
        with self._opened(shown) as page:
            self.answers.clear()
            self.errors.clear()
            page.goto(self._address(shown))
            if shown.does:
                shown.does(page, self.site)
            if page.locator("textarea.ckeditor, [data-type=ckeditortype]").count():
                page.locator(".cke_editable, .cke_wysiwyg_frame").first.wait_for()
            self._look_back(shown)
            self._shoot(page, shown)

    def _look_back(self, shown: Any) -> None:
        """Note what the server and the browser said of the page that should not be."""
        status = [status for request, status in self.answers if request.is_navigation_request()][-1]
        if status != shown.status:
            self._note(shown.name, f"answers {status}, not {shown.status}")
        besides = [(request.url, status) for request, status in self.answers if not request.is_navigation_request()]
        missing = {url.removeprefix(self.address) for url, status in besides if status >= 400}
        for words in (*sorted(missing), *(said for said in dict.fromkeys(self.errors) if not NO_NEWS.search(said))):
            self._note(shown.name, words[:160])

    def _shoot(self, page: Any, shown: Any) -> None:
        wire = page.context.new_cdp_session(page)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme)
                over = self._keep(page, wire, width, f"{shown.name}-{width}-{scheme}.png")
            if over > 0:
                self._note(shown.name, f"scrolls sideways by {over} px at {width} px")
        if shown.is_printed:
            page.set_viewport_size({"width": PAPER, "height": 1123})
            page.emulate_media(media="print", color_scheme="light")
            self._keep(page, wire, PAPER, f"{shown.name}-print.png")
            page.pdf(path=self.job.target(f"{shown.name}.pdf"), format="A4", prefer_css_page_size=True)
        wire.detach()

    def _keep(self, page: Any, wire: Any, width: int, name: str) -> int:
        size = page.evaluate(SETTLED)
        clip = {"x": 0, "y": 0, "width": width, "height": min(size["height"], MOST_HEIGHT), "scale": 1}
        # Quick to write rather than small: there are thousands of them.
        asked = {"format": "png", "captureBeyondViewport": True, "optimizeForSpeed": True, "clip": clip}
        target = self.job.target(name)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(b64decode(wire.send("Page.captureScreenshot", asked)["data"]))
        over: int = size["over"]
        return over
