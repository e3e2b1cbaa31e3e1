"""What a reader sees of HTML: its blocks, in order, as plain words."""

import re
from html.parser import HTMLParser
from typing import NamedTuple

from django.utils.translation import gettext as _

from news import richtext

# What the columns call a block; of blocks in one another the outer one names it, so that <li><p> is an item.
NAMES = {"h2": "heading", "h3": "heading", "h4": "heading", "li": "item", "dt": "item", "dd": "item"}
NAMES |= {"td": "cell", "th": "cell", "caption": "caption", "figcaption": "caption", "blockquote": "quotation"}
NAMES |= {"pre": "pre", "p": "paragraph"}
BREAKS = {*NAMES, "div", "figure", "ul", "ol", "dl", "table", "thead", "tbody", "tfoot", "tr", "hr"}
HOLDERS = ("td", "th", "li", "dd", "dt", "blockquote", "caption", "figcaption")
# What comes behind so many blocks is read as one: nobody writes so many, and each costs time.
MOST_BLOCKS = 20_000
_SPACE = re.compile(r"\s+")


class Block(NamedTuple):
    """A paragraph, an item, a cell, a picture: what it is, its words, and its marks, which show only as form."""

    name: str
    text: str
    form: str = ""


def blocks(html: str) -> list[Block]:
    """Return the readable blocks of `html`, whatever it holds: it is cleaned first."""
    reader = _Reader()
    # The standard library's reader is slow on broken markup alone, and what the cleaner writes is never broken.
    reader.feed(richtext.clean(html).html)
    reader.close()
    reader.end_block(is_last=True)
    return reader.found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Block] = []
        self._open: list[str] = []
        self._links: list[tuple[str, int]] = []
        self._words: list[str] = []
        self._form: list[str] = []
        self._length = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag == "img":
            self._picture(attributes)
        elif tag == "br":
            self._words.append("\n")
        elif tag == "hr":
            self.end_block()
            self.found.append(Block("rule", "* * *"))
        elif tag in BREAKS:
            self.end_block()
            self._open.append(tag)
        elif tag == "a":
            self._links.append((attributes.get("href") or "", len(self._words)))
        else:
            self._mark(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in BREAKS:
            self.end_block()
            if tag in self._open:
                while self._open.pop() != tag:
                    pass
        elif tag == "a" and self._links:
            address, begun = self._links.pop()
            if address and address != "".join(self._words[begun:]).strip():
                self._words.append(f" [{address}]")
        else:
            self._mark(f"/{tag}")

    def handle_data(self, data: str) -> None:
        self._words.append(data)
        self._length += len(data)

    def end_block(self, *, is_last: bool = False) -> None:
        """Keep what was read since the last block, if it says anything."""
        if len(self.found) >= MOST_BLOCKS and not is_last:
            self._words.append("\n")
            return
        text = "".join(self._words)
        text = text.strip("\n") if "pre" in self._open else _SPACE.sub(" ", text).strip()
        if text:
            outer = next((tag for tag in HOLDERS if tag in self._open), self._open[-1] if self._open else "p")
            self.found.append(Block(NAMES.get(outer, "paragraph"), text, " ".join(self._form)))
        self._words, self._form, self._length = [], [], 0

    def _mark(self, tag: str) -> None:
        self._form.append(f"{tag} {self._length}")

    def _picture(self, attributes: dict[str, str | None]) -> None:
        self.end_block()
        alternative = (attributes.get("alt") or "").strip()
        text = _("[picture: %s]") % alternative if alternative else _("[picture without words]")
        self.found.append(Block("picture", text, attributes.get("src") or ""))
