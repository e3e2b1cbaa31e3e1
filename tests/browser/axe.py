"""What keeps a page from people who read it by ear, by keyboard, in the dark or on a phone, as axe finds it."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDE, PHONE = {"width": 1280, "height": 800}, {"width": 360, "height": 740}
QUICK = {"resultTypes": ["violations"], "preload": False}
ALL = QUICK | {"runOnly": {"type": "tag", "values": TAGS}}
# On a phone in the dark only these can differ: a page's structure does not.
LOOKS = QUICK | {"runOnly": {"type": "rule", "values": ["color-contrast", "target-size"]}}
# Colours that are on their way from light to dark are neither; a sheet of the document's own is no inline style.
STILL = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { transition: none !important; }");
  document.adoptedStyleSheets.push(sheet);
}"""
RUN = """([options, once]) => axe
  .run({ include: [['html']], exclude: once.map((part) => [part]) }, options)
  .then((all) => all.violations)"""
# A page is as wide as its screen; what is wider scrolls by itself, and can be reached by keyboard to scroll it.
OVERFLOWING = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  const scrolls = (one) => one && one !== document.documentElement && one !== document.body &&
    (["auto", "scroll", "hidden"].includes(getComputedStyle(one).overflowX) || scrolls(one.parentElement));
  return [...document.querySelectorAll("body *")]
    .filter((one) => one.getBoundingClientRect().right > room + 1 && !scrolls(one))
    .map((one) => `${one.tagName.toLowerCase()}#${one.id}.${one.className}`).slice(0, 5);
}"""


class Look:
    """Looks at pages one after the other, and remembers what was wrong."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.found: list[str] = []
        self._script = Axe().axe_script
        # What is the same on every page is looked at on the first one alone.
        self.once: list[str] = []

    def at(self, address: str, *, status: int = 200, is_stock: bool = False) -> None:
        """Go to a page, and look at it; at a stock one of Django's on a wide screen alone."""
        answer = self.page.goto(address)
        assert answer, address
        assert answer.status == status, (address, answer.status)
        self.here(address, is_stock=is_stock)

    def here(self, name: str, *, is_stock: bool = False) -> None:
        """Look at the page that is open: on a wide screen by all rules, then on a phone in the dark."""
        page = self.page
        page.wait_for_load_state()  # after a click the answer can be here in part
        if page.locator("textarea[data-type=ckeditortype]").count():  # the editor is not there at once
            page.locator(".cke_editable[role=textbox]").wait_for()
        page.evaluate(self._script)
        page.evaluate(STILL)
        found = self._run(ALL, "")
        if is_stock:
            self.found += [f"{name}: {one}" for one in found]
            return
        page.emulate_media(color_scheme="dark")
        page.set_viewport_size(PHONE)
        found += self._run(LOOKS, "dark phone ")
        found += [f"too wide for a phone: {wide}" for wide in page.evaluate(OVERFLOWING)]
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(WIDE)
        self.found += [f"{name}: {one}" for one in found]
        self.once = ["#nav-sidebar"]

    def _run(self, options: dict[str, Any], what: str) -> list[str]:
        violations = self.page.evaluate(RUN, [options, self.once])
        return [
            f"{what}{one['id']}: {' '.join(map(str, node['target']))} {_why(node)}"
            for one in violations
            for node in one["nodes"]
        ]


def _why(node: Any) -> str:
    messages = [check["message"] for check in (*node["any"], *node["all"], *node["none"])]
    return f"({messages[0]})" if messages else ""
