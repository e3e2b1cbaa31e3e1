"""A text of ours as a page prints it: its words, and the lines that may stand around them, each at its place. Pure."""

from bisect import bisect_left
from collections import Counter as Tally
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from news.compare.alignment import Match
from news.register import wording
from news.register.wording import DAYS, Token

Keys = tuple[str, ...]
# A line of nothing else is a rule between paragraphs; question marks and the like are none.
_RULES = frozenset('-*_|=~#+"')


class Beside(NamedTuple):
    """A line that the page prints behind so many blocks of the text (0: in front of all)."""

    blocks: int
    line: str


@dataclass(frozen=True)
class Text:
    """A text of ours: its tokens, where its blocks begin and end, and what the page prints at such places besides."""

    tokens: tuple[Token, ...]
    edges: tuple[int, ...]
    besides: Mapping[Keys, frozenset[int]] = field(default_factory=dict)
    # What a list prints in front of the title in the same line, before a dash.
    lead: Keys = ()
    # Which numbers a page printed for `{days:…}`, by short name.
    numbers: Mapping[str, range] = field(default_factory=dict)

    def fits(self, key: str, pasted: str) -> bool:
        """Tell whether the page printed `pasted` where the text has `key`."""
        if key == pasted or not key.startswith(DAYS):
            return key == pasted
        numbers = self.numbers.get(key[len(DAYS) : -1])
        if numbers is None:  # of a counter that is gone a page prints a dash
            return pasted == "-"
        return pasted.isascii() and pasted.isdecimal() and len(pasted) < 9 and int(pasted) in numbers

    def places(self, words: Keys) -> frozenset[int]:
        """Return where the page prints the line of these words besides its text; nowhere for most lines."""
        if words in self.besides:
            return self.besides[words]
        counted = (
            phrase for phrase in self.besides if len(phrase) == len(words) and any(DAYS in key for key in phrase)
        )
        same = (phrase for phrase in counted if all(map(self.fits, phrase, words)))
        return frozenset[int]().union(*(self.besides[phrase] for phrase in same))


class Aside(NamedTuple):
    """A stretch of a passage that is no part of the text, and where in the text the page prints it."""

    start: int
    end: int
    places: frozenset[int]


def text(
    blocks: Iterable[str],
    besides: Iterable[Beside] = (),
    *,
    lead: str = "",
    numbers: Mapping[str, range] | None = None,
) -> Text:
    """Return a text of ours from its blocks."""
    found: list[Token] = []
    edges = [0]
    for block in blocks:
        found += [token._replace(space="\n") if not n else token for n, token in enumerate(wording.tokens(block))]
        edges.append(len(found))
    at: dict[Keys, frozenset[int]] = {}
    for behind, lines in besides:
        # A line end in a notice is one on the page.
        for line in lines.splitlines():
            words = wording.keys(wording.tokens(line))
            at[words] = at.get(words, frozenset()) | {edges[behind]}
    at.pop((), None)
    return Text(tuple(found), tuple(edges), at, wording.keys(wording.tokens(lead)), numbers or {})


def asides(passage: Sequence[Token], ours: Text) -> list[Aside]:
    """Return the whole lines of the passage that the page prints besides its text; the text itself is none."""
    own = Tally(wording.keys(ours.tokens[i:j]) for i, j in pairwise(ours.edges))
    found: list[Aside] = []
    for start, end in _lines(passage):
        words = wording.keys(passage[start:end])
        if own[words]:
            own[words] -= 1
        elif words and (places := ours.places(words)):
            found.append(Aside(start, end, places))
        elif not words and _RULES.issuperset("".join(token.key for token in passage[start:end])):
            found.append(Aside(start, end, frozenset(ours.edges)))
        elif ours.lead and words[: len(ours.lead)] == ours.lead:
            found += _lead(passage, (start, end), ours)
    return found


def without(passage: Sequence[Token], found: Iterable[Aside]) -> list[Token]:
    """Return the passage without what stands aside."""
    kept: list[Token] = []
    last = 0
    for aside in found:
        kept += passage[last : aside.start]
        last = aside.end
    return [*kept, *passage[last:]]


def misplaced(found: Sequence[Aside], matches: Sequence[Match], length: int) -> list[Aside]:
    """Return what does not stand where the page prints it; `matches` are of the `length` tokens that were kept."""
    wrong, gone = [], 0
    starts = [y for _x, y, _count in matches]
    for aside in found:
        low, high = _between(matches, starts, aside.start - gone, length)
        if not any(low <= place <= high for place in aside.places):
            wrong.append(aside)
        gone += aside.end - aside.start
    return wrong


def _lines(passage: Sequence[Token]) -> Iterator[tuple[int, int]]:
    starts = [place for place, token in enumerate(passage) if not place or token.space == "\n"]
    return pairwise([*starts, len(passage)])


def _lead(passage: Sequence[Token], line: tuple[int, int], ours: Text) -> Iterator[Aside]:
    start, end = line
    dash = next((place for place in range(start, end) if passage[place].key == "-"), end)
    if dash < end and wording.keys(passage[start:dash]) == ours.lead:
        yield Aside(start, dash + 1, frozenset({0}))


def _between(matches: Sequence[Match], starts: Sequence[int], place: int, length: int) -> tuple[int, int]:
    """Return from where to where in our text the `place` between two kept tokens lies; `starts` are the matches'."""
    following = bisect_left(starts, place)
    low = -1
    if following:
        x, y, count = matches[following - 1]
        if y + count > place:
            return x + place - y, x + place - y
        low = x + count
    if following == len(matches):
        return low, low + length - place
    x, y, _count = matches[following]
    # In front of all: as far from the first match as in the passage.
    return low if following else max(x - (y - place), 0), x
