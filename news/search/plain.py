"""The words of an edition as the index keeps them: plain, stemmed in its language, title apart from the rest. Pure."""

import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Protocol

from news import texttokens
from news.search import words

# Clean HTML as it is stored: every value is quoted. What these begin or end is a word's end too.
_BREAK = re.compile(
    r'</?(?:blockquote|br|caption|dd|dl|dt|h[1-6]|hr|img|li|ol|p|pre|table|tbody|td|tfoot|th|thead|tr|ul)\b(?:[^">]|"[^"]*")*>'
)
_TAG = re.compile(r'<[/a-z](?:[^">]|"[^"]*")*>')
# What PostgreSQL holds of one text is a little more than this in bytes; a million letters of prose are half of it.
MOST_BYTES = 1_000_000


class Written(Protocol):
    """What the index takes of an edition."""

    language: str
    title: str
    summary: str
    body: str


def plain(html: str) -> str:
    """Return the words of clean HTML as plain text in one line: no tags, no pictures, no `{days:…}`."""
    text = _TAG.sub("", _BREAK.sub(" ", texttokens.without(html)))
    return " ".join(unescape(text).split())


def stems(edition: Written) -> tuple[list[str], list[str]]:
    """Return the stems of the title, and those of the summary and the text; of endless texts the beginning."""
    title = words.kept_stems(texttokens.without(edition.title), edition.language)
    summary = words.kept_stems(texttokens.without(edition.summary), edition.language)
    body = words.kept_stems(plain(edition.body), edition.language)
    text = summary + body
    # No character takes more than four bytes: hardly any text has to be measured.
    is_short = 4 * sum(map(len, text)) + 8 * len(text) <= MOST_BYTES
    return title, text if is_short else list(_within(MOST_BYTES, text))


def _within(most_bytes: int, found: Iterable[str]) -> Iterator[str]:
    """Yield stems as long as they fit: a word that comes again takes only a place."""
    seen: set[str] = set()
    for stem in found:
        most_bytes -= 2 if stem in seen else len(stem.encode()) + 8
        if most_bytes < 0:
            return
        seen.add(stem)
        yield stem
