"""Words of a text: where they stand, and their stems, by which "reports" finds "reported". Pure."""

import re
import threading
import unicodedata
from functools import lru_cache
from typing import Any, NamedTuple

import snowballstemmer

# What nobody sees between letters: soft hyphens, joiners, marks of direction.
UNSEEN = "\u00ad\u200b-\u200f\u2060\ufeff"
# Letters and digits of any script, with the marks that stand on them (stress, vowel points).
# What follows an English apostrophe, whatever sign is typed for it, is no word: "the mission's" is found by "mission".
_WORD = re.compile(f"[^\\W_](?:[^\\W_]|[\u0300-\u036f\u064b-\u0670{UNSEEN}])*(?:['’`´]s(?![^\\W_]))?")
_UNSEEN = re.compile(f"[{UNSEEN}]")
# Beyond this no word of a language goes on: what is longer is no word, and would only fill the index.
LONGEST = 60
# So much of it is read for that: in a vowelled text each letter has marks, which are no letters of their own.
_MOST_READ = 4 * LONGEST
# Django's code of a language, where the stemmer has another word for it than the language's English name.
_ALGORITHMS = {
    "ar": "arabic",
    "ca": "catalan",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "ne": "nepali",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
    "yi": "yiddish",
}


class Word(NamedTuple):
    """A word of a text: its stem, and where it begins and ends in the text."""

    stem: str
    start: int
    end: int


def positions(text: str, language: str) -> list[Word]:
    """Return the words of `text` in order, each with its stem in `language` (a code such as `ru`) and its place.

    For texts of ours: their words stay in memory for the next text.
    """
    found = ((kept_stem(match.group(), language), match) for match in _WORD.finditer(text))
    return [Word(one, match.start(), match.end()) for one, match in found if one]


def stems(text: str, language: str) -> list[str]:
    """Return the stems of the words of `text` in order; a language that no stemmer knows keeps its words whole.

    For what a visitor typed or pasted: nothing of it stays in memory.
    """
    found = _WORD.findall(text)
    known = {word: stem(word, language) for word in dict.fromkeys(found)}
    return [known[word] for word in found if known[word]]


def kept_stems(text: str, language: str) -> list[str]:
    """Return the same of a text of ours: its words stay in memory for the next text."""
    return [one for word in _WORD.findall(text) if (one := kept_stem(word, language))]


def kept_stem(word: str, language: str) -> str:
    """Return the stem of one word of ours; it stays in memory, unless it is too long to come again."""
    return _kept(word, language) if len(word) <= LONGEST else stem(word, language)


def stem(word: str, language: str) -> str:
    """Return the stem of one word, without case, stress and accents; "" where nothing is left of it."""
    plain = unicodedata.normalize("NFKC", _UNSEEN.sub("", word)[:_MOST_READ]).casefold()
    plain = re.split("['’`´]", plain)[0].replace("\u0301", "").replace("ё", "е")[:LONGEST]
    stemmer = _stemmers.of(language)
    stemmed = stemmer.stemWord(plain) if stemmer else plain
    # Accents go last: a stemmer knows endings by them. The two databases differ on them; so there are none.
    bare = unicodedata.normalize("NFKD", stemmed)
    return "".join(char for char in bare if char.isalnum())


# Of short words a few megabytes; in prose hardly a word is not among them.
_kept = lru_cache(maxsize=20_000)(stem)


class _Stemmers(threading.local):
    """A thread's own stemmers: one works on one word at a time."""

    def __init__(self) -> None:
        self._made: dict[str, Any] = {}

    def of(self, language: str) -> Any:
        """Return the stemmer of a language; None where there is none."""
        if language not in self._made:
            name = _ALGORITHMS.get(language.partition("-")[0])
            self._made[language] = snowballstemmer.stemmer(name) if name in snowballstemmer.algorithms() else None
        return self._made[language]


_stemmers = _Stemmers()
