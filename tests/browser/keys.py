"""A person who has no mouse: Tab until what is wanted has the focus, and see where it is on the way."""

from typing import Any

from playwright.sync_api import Page

# What has the focus: how it is called, whether that can be seen, and a mark by which it is known again.
FOCUSED = r"""() => {
  const one = document.activeElement;
  const own = (part) => part?.textContent?.trim().replace(/\s+/g, " ").replace(/:$/, "");
  const name = one.getAttribute("aria-label") || own(one.labels?.[0]) || own(one) || one.title || one.value || "";
  const style = getComputedStyle(one);
  const seen = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1 || style.boxShadow !== "none";
  one.dataset.key ??= Math.random();
  return { name, seen, key: one.dataset.key, tag: one.tagName, inEditor: Boolean(one.closest(".cke")) };
}"""
MOST_STOPS = 120
# A day is typed in parts: its box is a stop for each, and one for its calendar.
PARTS_OF_A_BOX = 6


class Keys:
    """The keyboard, and nothing else."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def to(self, name: str) -> None:
        """Tab to what is called `name`; fail where the focus cannot be seen, or does not go on."""
        stops: list[str] = []
        last: list[Any] = []
        for _stop in range(MOST_STOPS):
            self.page.keyboard.press("Tab")
            found = self.page.evaluate(FOCUSED)
            if found["tag"] == "BODY":  # the end of the page; the next one is the first again
                continue
            assert found["seen"] or found["inEditor"], ("the focus cannot be seen", found, self.page.url)
            if found["name"].startswith(name):
                return
            stops.append(found["name"])
            last = [*last, found["key"]][-PARTS_OF_A_BOX:]
            assert len(last) < PARTS_OF_A_BOX or len(set(last)) > 1, ("the focus does not go on", found)
        raise AssertionError((name, stops))

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, words: str) -> None:
        """Type words where the focus is."""
        self.page.keyboard.type(words)

    def skip(self) -> None:
        """Leave the navigation out: the first stop of every page leads to its content."""
        self.to("Skip to main content")
        self.press("Enter")

    def follow(self, name: str) -> None:
        """Go to a link or a button in the content, press it, and wait for the page to which it leads."""
        self.skip()
        self.go(name)

    def go(self, name: str) -> None:
        """Go on to a link or a button, press it, and wait for the page to which it leads."""
        self.to(name)
        with self.page.expect_navigation():
            self.press("Enter")
