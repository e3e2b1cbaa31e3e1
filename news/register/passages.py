"""A pasted passage beside a text of ours: the same words, or which of them differ. Plain text comes in; pure.

What is no difference says `wording`, what a page prints around the words `ours`. Whatever is pasted, the work is
bounded.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from news.compare.alignment import Match
from news.register import ours as printed
from news.register import places, wording
from news.register.ours import Text
from news.register.wording import Token

# Shorter runs at the edge of a passage are common words that happen to stand somewhere.
SAFE_RUN = 8
# At the edge of a passage so many of our words may have been replaced by others; more are words around it.
MOST_REPLACED = 4
# Of a longer stretch a page shows the beginning and the end.
MOST_SHOWN = 80


class Part(NamedTuple):
    """A stretch of a passage: `same` in both, `removed` (ours alone), `added` (pasted alone), `left out` of a page."""

    kind: str
    text: str


@dataclass(frozen=True)
class Compared:
    """What a passage is beside a text of ours; what the page prints around that is no part of it."""

    parts: tuple[Part, ...] = ()
    # How many of the pasted words are ours, in their order; how many there are; the most of ours in a row; how many
    # of ours between them are not there.
    shared: int = 0
    count: int = 0
    run: int = 0
    missing: int = 0
    is_whole: bool = False

    @property
    def is_same(self) -> bool:
        """Tell whether every word and sign is ours, and none is missing between them."""
        return bool(self.parts) and all(part.kind == "same" for part in self.parts)


def rows(found: Iterable[Token], size: int = 3) -> set[tuple[str, ...]]:
    """Return every `size` words in a row: what two texts share of them says cheaply how alike they are."""
    words = [key.casefold() for key in wording.keys(found)]
    return set(zip(*(words[n:] for n in range(size)), strict=False))


def same(passage: Sequence[Token], ours: Text) -> Compared | None:
    """Return the passage beside our text where that has it word for word; cheap."""
    passage = _whole(passage, ours)
    asides = printed.asides(passage, ours)
    kept = printed.without(passage, asides)
    mine = _joined_keys(ours.tokens)
    place = mine.find(_joined_keys(kept)) if kept else -1
    if place < 0 or printed.misplaced(asides, [(mine.count("\x00", 0, place), 0, len(kept))], len(kept)):
        return None
    words = wording.count(kept)
    is_whole = words == wording.count(ours.tokens)
    return Compared((Part("same", wording.shown(kept)),), shared=words, count=words, run=words, is_whole=is_whole)


def compare(passage: Sequence[Token], ours: Text) -> Compared:
    """Return the passage beside the place of our text that is most like it."""
    passage = _whole(passage, ours)
    asides = printed.asides(passage, ours)
    kept, matches = _matched(passage, asides, ours)
    if wrong := set(printed.misplaced(asides, matches, len(kept))):
        asides = [aside for aside in asides if aside not in wrong]
        kept, matches = _matched(passage, asides, ours)
        if printed.misplaced(asides, matches, len(kept)):
            kept, matches = _matched(passage, [], ours)
    return _compared(kept, ours, matches)


def _whole(passage: Sequence[Token], ours: Text) -> list[Token]:
    return wording.rejoined(passage, {token.key for token in ours.tokens})


def _matched(passage: Sequence[Token], asides: list[printed.Aside], ours: Text) -> tuple[list[Token], list[Match]]:
    kept = printed.without(passage, asides)
    matches = places.aligned([token.key for token in ours.tokens], [token.key for token in kept])
    return kept, _without_strays(matches, ours.tokens)


def _joined_keys(found: Sequence[Token]) -> str:
    return "\x00" + "\x00".join(token.key for token in found) + "\x00"


def _without_strays(matches: list[Match], ours: Sequence[Token]) -> list[Match]:
    """Return the matches without the common words at both ends that lie apart from the rest."""

    def is_stray(edge: Match, inner: Match) -> bool:
        first, second = sorted((edge, inner))
        apart = max(second[0] - first[0] - first[2], second[1] - first[1] - first[2])
        words = wording.count(ours[edge[0] : edge[0] + edge[2]])
        return words < SAFE_RUN and apart > 2 * words + 1

    while len(matches) > 1 and is_stray(matches[0], matches[1]):
        del matches[0]
    while len(matches) > 1 and is_stray(matches[-1], matches[-2]):
        del matches[-1]
    return matches


def _compared(passage: Sequence[Token], ours: Text, matches: list[Match]) -> Compared:
    count = wording.count(passage)
    if not matches:
        return Compared(count=count)
    begin = i = _begin(matches[0], ours)
    j = 0
    parts: list[Part] = []
    for x, y, length in [*matches, _end(matches[-1], passage, ours)]:
        parts += _gap(ours, (i, x), passage[j:y])
        parts.append(Part("same", wording.shown(passage[y : y + length])))
        i, j = x + length, y + length
    joined = _joined(part for part in parts if part.text)
    counted = [(part.kind, wording.count(wording.tokens(part.text))) for part in joined]
    runs = [words for kind, words in counted if kind == "same"]
    missing = sum(words for kind, words in counted if kind == "removed")
    is_whole = not wording.count(ours.tokens[:begin]) and not wording.count(ours.tokens[i:])
    return Compared(joined, min(sum(runs), count), count, max(runs, default=0), missing, is_whole)


def _begin(first: Match, ours: Text) -> int:
    """Return where our side begins: in front of the few words of the same block that others may have replaced."""
    i, j, _length = first
    return i if j > MOST_REPLACED else max(i - j, *(edge for edge in ours.edges if edge <= i))


def _end(last: Match, passage: Sequence[Token], ours: Text) -> Match:
    """Return where both sides end, as a match of nothing: behind the few words of the same block likewise."""
    i, j, length = last
    left = len(passage) - j - length
    edges = (edge for edge in ours.edges if edge >= i + length)
    return i + length if left > MOST_REPLACED else min(i + length + left, *edges), len(passage), 0


def _gap(ours: Text, span: tuple[int, int], added: Sequence[Token]) -> list[Part]:
    """Return what differs between two matches; the numbers of counters do not."""
    removed = ours.tokens[span[0] : span[1]]
    begin = 0
    while begin < min(len(removed), len(added)) and ours.fits(removed[begin].key, added[begin].key):
        begin += 1
    end = 0
    while end < min(len(removed), len(added)) - begin and ours.fits(removed[-1 - end].key, added[-1 - end].key):
        end += 1
    found = [Part("same", wording.shown(added[:begin]))]
    for kind, span_of in (("removed", removed), ("added", added)):
        words = wording.shown(span_of[begin : len(span_of) - end])
        # The blank in front of a changed word is not struck out with it.
        found += [Part("same", words[: len(words) - len(words.lstrip())]), Part(kind, words.lstrip())]
    found.append(Part("same", wording.shown(added[len(added) - end :])))
    return [part for part in found if part.text]


def shortened(parts: Iterable[Part]) -> list[Part]:
    """Return the parts with the middle of the long ones left out: what differs, with some words around it."""
    found: list[Part] = []
    for part in parts:
        pieces = re.findall(r"\s*\S+", part.text)
        if len(pieces) <= MOST_SHOWN:
            found.append(part)
            continue
        half = MOST_SHOWN // 2
        found.append(Part(part.kind, "".join(pieces[:half])))
        found.append(Part("left out", " […]"))
        found.append(Part(part.kind, "".join(pieces[-half:])))
    return found


def _joined(parts: Iterable[Part]) -> tuple[Part, ...]:
    found: list[Part] = []
    for part in parts:
        if found and found[-1].kind == part.kind:
            found[-1] = Part(part.kind, found[-1].text + part.text)
        else:
            found.append(part)
    return tuple(found)
