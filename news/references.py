"""Pictures in texts: a text holds `<img src="/files/TOKEN">`, a reference that stays, never an address that can rot.

What a page prints in its place comes from the library (`news.library.shown`), for whichever reader. Imports nothing of
ours: `richtext` decides what is clean.
"""

import re
from collections.abc import Callable, Mapping
from html import escape, unescape

from django.urls import reverse

# Makes the HTML for a picture: its token, the text's own words for it, and whether a block may stand there.
Figure = Callable[[str, str, bool], str]

# Where the editor shows it, where a page shows it, copied from a page with its host, and as it is stored.
_ADDRESS = re.compile(r"(?:https?://[^/?#\s]+)?/(?:[^?#\s]*/)?files/([A-Za-z0-9_-]{22})(?:/[^/?#\s]*)?")
# The tags of clean HTML: every value is quoted, and no value holds a quote.
_REST = r'(?:[^">]|"[^"]*")*+'
_TAG = re.compile(rf"<([a-z][a-z0-9]*+)({_REST})>")
_IMG = re.compile(rf"<img(?=[\s>])({_REST})>")
_BLANK = r"(?:\s|&nbsp;|<br>)*+"
_SEVERAL = rf"(?:{_BLANK}<img(?=[\s>]){_REST}>)++"
# Pictures that fill a paragraph, begin it, or end it: only a block has room for their words. And any other tag.
_PLACES = re.compile(
    rf"<p(?=[\s>]){_REST}>(?P<all>{_SEVERAL}){_BLANK}</p>"
    rf"|(?P<start><p(?=[\s>]){_REST}>)(?P<first>{_SEVERAL})"
    rf"|(?P<last>{_SEVERAL}){_BLANK}</p>"
    rf"|<(?P<tag>[a-z][a-z0-9]*+)(?P<rest>{_REST})>"
)
_VALUE = re.compile(r'([a-z]+)="([^"]*)"')


def canonical(address: str) -> str | None:
    """Return the reference that the address of a picture means; None where it is not the library's."""
    found = _ADDRESS.fullmatch(address.strip())
    return f"/files/{found[1]}" if found else None


def without_others(html: str) -> str:
    """Return clean HTML without the pictures that are no reference."""
    return _TAG.sub(lambda tag: "" if tag[1] == "img" and 'src="' not in tag[2] else tag[0], html)


def found_in(html: str) -> dict[str, str]:
    """Return the tokens of the pictures in clean HTML, in order, each with the words that the text has for it."""
    found: dict[str, str] = {}
    for tag in _TAG.finditer(html):
        if tag[1] == "img":
            token, words = _parts(tag[2])
            found.setdefault(token, words)
    return found


def fill(html: str, figure: Figure) -> str:
    """Return clean HTML with `figure` in the place of every picture; a block where it fills or ends a paragraph."""
    if "<img" not in html:
        return html

    def blocks(pictures: str) -> str:
        return "".join(figure(*_parts(one[1]), True) for one in _IMG.finditer(pictures))  # noqa: FBT003

    def filled(found: re.Match[str]) -> str:
        if found["all"]:
            return blocks(found["all"])
        if found["first"]:
            return blocks(found["first"]) + found["start"]
        if found["last"]:
            return "</p>" + blocks(found["last"])
        return figure(*_parts(found["rest"]), False) if found["tag"] == "img" else found[0]  # noqa: FBT003

    return _PLACES.sub(filled, html)


def renamed(html: str, tokens: Mapping[str, str]) -> str:
    """Return clean HTML with other tokens for its pictures; a picture without one is left out."""

    def kept(tag: re.Match[str]) -> str:
        if tag[1] != "img":
            return tag[0]
        token, words = _parts(tag[2])
        return f'<img alt="{escape(words)}" src="/files/{tokens[token]}">' if token in tokens else ""

    if "<img" not in html or all(tokens.get(token) == token for token in found_in(html)):
        return html
    return _TAG.sub(kept, html).replace("<p></p>", "")


def for_staff(html: str) -> str:
    """Return clean HTML with addresses at which staff see the pictures, public or not: for the editor."""

    def shown(tag: re.Match[str]) -> str:
        if tag[1] != "img":
            return tag[0]
        token, words = _parts(tag[2])
        return f'<img alt="{escape(words)}" src="{reverse("admin:news_picture_small", args=[token])}">'

    return _TAG.sub(shown, html) if "<img" in html else html


def nothing(_token: str, _words: str, _is_block: bool) -> str:  # noqa: FBT001
    """Print no picture: for a text that is read without its library."""
    return ""


def _parts(attributes: str) -> tuple[str, str]:
    values = dict(_VALUE.findall(attributes))
    return values["src"].rpartition("/")[2], unescape(values.get("alt", ""))
