"""The words and signs of a plain text, and by what they are compared. Pure.

White space, line ends, the styles of quotation marks and dashes, ё and е, and invisible signs are no difference.
"""

import re
import unicodedata
from collections.abc import Container, Iterable
from html import unescape
from typing import NamedTuple

DAYS = "{days:"
_SOFT_BREAK = re.compile("\u00ad[ \t]*+\r?\n")
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\x00-\x08\x0e-\x1f\x7f]"
)
_QUOTES = "\"'`´‘’‚‛“”„‟′″‹›«»＂＇"
_DASHES = "-‐‑‒–—―−﹘﹣－"
_TOKEN = re.compile(
    rf"\{{days:[-\w]*\}}|[{re.escape(_QUOTES)}]+|[{re.escape(_DASHES)}]+|…|\.{{3}}"
    r"|[\u3040-\u30ff\u3400-\u9fff]|(?:(?![\u3040-\u30ff\u3400-\u9fff])[\w\u0300-\u036f])+|\S"
)
_LIST_SIGNS = frozenset("•·▪‣◦●")
# Clean HTML alone: each alternative runs to its end, so that no input makes it start over.
_TAG = re.compile(r"""<(/?[a-z][a-z0-9]*+|!)(?:[^>"']++|"[^"]*+"|'[^']*+')*+>""", re.IGNORECASE)
_INLINE = frozenset(
    "a abbr b cite code data del em i ins q s small span strong sub sup u".split()  # noqa: SIM905  a list of words
)
# Readers write one for the other, printers too.
_SAME_LETTERS = str.maketrans("ёЁ", "еЕ")


class Token(NamedTuple):
    """A word or sign: what it is compared by, what is shown of it, and what stands in front of it."""

    key: str
    text: str
    space: str

    @property
    def is_word(self) -> bool:
        """Tell whether it is a word or a number, not a sign."""
        return self.key.startswith(DAYS) or any(char.isalnum() for char in self.key)


def plain(html: str) -> list[str]:
    """Return the blocks of clean HTML as plain text, as a browser copies them."""
    text = _TAG.sub(lambda tag: "" if tag[1].lower().strip("/") in _INLINE else "\n\n", html)
    return [block for block in unescape(text).split("\n\n") if block.strip()]


def tokens(text: str) -> list[Token]:
    """Return the words and signs of a plain text."""
    text = _INVISIBLE.sub("", _SOFT_BREAK.sub("", unicodedata.normalize("NFC", text)))
    found: list[Token] = []
    end = 0
    for match in _TOKEN.finditer(text):
        one, space = match.group(), text[end : match.start()]
        end = match.end()
        if one not in _LIST_SIGNS:
            found.append(Token(_key(one), one, "\n" if "\n" in space else " " if space else ""))
    return found


def pasted(text: str) -> list[Token]:
    """Return the tokens of a passage from its first word to its last: the signs around it are those of its quoting."""
    found = tokens(text)
    words = [place for place, token in enumerate(found) if token.is_word]
    return found[words[0] : words[-1] + 1] if words else []


def rejoined(found: Iterable[Token], known: Container[str] | None = None) -> list[Token]:
    """Return the tokens with words that a hyphen parts at a line end whole again: only those `known`, if it is given.

    “well-⏎known” may be one word or two: only our own text can say.
    """
    whole: list[Token] = []
    for token in found:
        if _is_parted(whole[-2:], token):
            first = whole[-2]
            key = _key(first.text + token.text)
            if known is None or key in known:
                whole[-2:] = [Token(key, first.text + token.text, first.space)]
                continue
        whole.append(token)
    return whole


def keys(found: Iterable[Token]) -> tuple[str, ...]:
    """Return the keys of the words alone."""
    return tuple(token.key for token in found if token.is_word)


def count(found: Iterable[Token]) -> int:
    """Return how many words there are."""
    return sum(token.is_word for token in found)


def shown(found: Iterable[Token]) -> str:
    """Return the tokens as a page shows them."""
    # A counter's short name is the newsroom's own word.
    return "".join(token.space + ("…" if token.key.startswith(DAYS) else token.text) for token in found)


def _is_parted(before: list[Token], token: Token) -> bool:
    if token.space != "\n" or len(before) < 2:
        return False
    word, hyphen = before
    return hyphen.key == "-" and not hyphen.space and word.is_word and token.is_word


def _key(token: str) -> str:
    if token.startswith(DAYS):
        return token
    if token[0] in _QUOTES:
        return '"'
    if token[0] in _DASHES:
        return "-"
    return token.replace("…", "...").translate(_SAME_LETTERS)
