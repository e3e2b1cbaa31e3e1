"""What a reader typed, read as words, "phrases" and -exclusions. Pure."""

import re
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.utils.translation import gettext as _

from news.search import words

LONGEST = 1_000
MOST_WORDS = 20
# Asks for words in every language of the site at once.
ALL_LANGUAGES = "all"

_UNSEEN = re.compile(f"[{words.UNSEEN}]")
# A word or a phrase: its stems, once per language that is asked for; any of them will do.
Term = tuple[tuple[str, ...], ...]

_PART = re.compile(
    r'(?P<minus>(?<!\S)[-−–](?=["“”„«»\w]))?(?:["“”„«](?P<phrase>[^"“”„«»]*)["“”„«»]|(?P<chunk>[^\s"“”„«»]+))'
)


@dataclass(frozen=True)
class Query:
    """What to look for: every wanted term must be there, no unwanted one may be."""

    text: str
    language: str
    wanted: tuple[Term, ...] = ()
    unwanted: tuple[Term, ...] = ()
    remark: str = ""

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to look for; what is only excluded finds nothing either."""
        return not self.wanted

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages in whose stems the words are."""
        return _languages(self.language)


def parse(text: str, language: str) -> Query:
    """Read what a reader typed, in `language` (a code of the site, or `all`). Never raises; see `Query.remark`."""
    is_cut, text = len(text) > LONGEST, _UNSEEN.sub("", text[:LONGEST])
    text = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    wanted: list[Term] = []
    unwanted: list[Term] = []
    count = 0
    for part in _PART.finditer(text):
        term = _term(part["phrase"] if part["phrase"] is not None else part["chunk"], language)
        if not term or term in wanted or term in unwanted:
            continue
        if (count := count + len(term[0])) > MOST_WORDS:
            is_cut = True
            break
        (unwanted if part["minus"] else wanted).append(term)
    return Query(text, language, tuple(wanted), tuple(unwanted), _remark(wanted, unwanted, is_cut=is_cut))


def _term(text: str, language: str) -> Term:
    """Return the stems of a word or phrase in each language asked for, each once; nothing where it has no word."""
    found = [tuple(words.stems(text, one)) for one in _languages(language)]
    return tuple(dict.fromkeys(stems for stems in found if stems))


def _languages(language: str) -> tuple[str, ...]:
    return tuple(code for code, _ in settings.LANGUAGES) if language == ALL_LANGUAGES else (language,)


def _remark(wanted: list[Term], unwanted: list[Term], *, is_cut: bool) -> str:
    if unwanted and not wanted:
        return _("Write at least one word that the messages should have, besides those that they should not.")
    if is_cut:
        return _("Your request was long: only its beginning was looked for.")
    return ""
