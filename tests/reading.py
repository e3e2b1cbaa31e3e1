"""Reading pages as a visitor does: lines of text, links, titles."""

from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse

BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "button",
        "caption",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "label",
        "legend",
        "li",
        "main",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "select",
        "summary",
        "table",
        "td",
        "th",
        "title",
        "tr",
        "ul",
    ]
)
UNSEEN = frozenset({"head", "script", "style", "template"})

Attributes = dict[str, str]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.title: list[str] = []
        self.tags: list[tuple[str, Attributes]] = []
        self._unseen = 0
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        self._unseen += tag in UNSEEN
        self._in_title = tag == "title"
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in UNSEEN
        self._in_title = False
        self._break(tag)

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title.append(data)
        if not self._unseen:
            self.words.append(" ".join(f"|{data}|".split()).removeprefix("|").removesuffix("|"))

    def _break(self, tag: str) -> None:
        if tag in BLOCKS:
            self.words.append("\n")


def _read(html: str | HttpResponse) -> _Reader:
    reader = _Reader()
    reader.feed(html if isinstance(html, str) else html.content.decode())
    reader.close()
    return reader


def lines(html: str | HttpResponse) -> list[str]:
    """Return the text of the page line by line: block elements break lines, white space is folded."""
    found = (" ".join(line.split()) for line in "".join(_read(html).words).split("\n"))
    return [line for line in found if line]


def title(html: str | HttpResponse) -> str:
    """Return what the browser's tab shows."""
    return " ".join("".join(_read(html).title).split())


def tags(html: str | HttpResponse, name: str) -> list[Attributes]:
    """Return the attributes of every element of that name, in order."""
    return [attributes for tag, attributes in _read(html).tags if tag == name]


def links(html: str | HttpResponse) -> list[str]:
    """Return the targets of the links that a reader can follow, in order."""
    return [attributes["href"] for attributes in tags(html, "a") if "href" in attributes]


def addresses(html: str | HttpResponse) -> set[str]:
    """Return every address in the page, of links, pictures, forms and whatever else."""
    found = [item for _tag, attributes in _read(html).tags for item in attributes.items()]
    single = {value for name, value in found if name in {"href", "src", "action", "data", "poster"}}
    several = [one.split() for name, value in found if name == "srcset" for one in value.split(",")]
    return single | {parts[0] for parts in several if parts}


def content(answer: Any) -> bytes:
    """Return what was sent, in one piece or in chunks."""
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def rows(html: str | HttpResponse) -> list[str]:
    """Return the lines of a list of messages: `25.10.2021 - Title`."""
    return [line for line in lines(html) if len(line) > 13 and line[2] == line[5] == "." and line[10:13] == " - "]
