"""Texts in pieces, those that were looked for apart: templates print them. No HTML is made here. Pure."""

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from news.search import words
from news.search.query import Query
from news.search.words import Word

# Of an endless text the excerpt comes from the beginning: a page of results reads 25 texts.
MOST_READ = 30_000
BEFORE_HIT = 60
_GAP = "…"


class Piece(NamedTuple):
    """A piece of a text, and whether it was looked for."""

    text: str
    is_marked: bool


def marked(text: str, query: Query) -> list[Piece]:
    """Return the whole text in pieces, the words and phrases that were looked for marked."""
    pieces: list[Piece] = []
    done = 0
    for start, end in _merged(sorted(set(_places(text, query)))):
        pieces += [Piece(text[done:start], is_marked=False), Piece(text[start:end], is_marked=True)]
        done = end
    pieces.append(Piece(text[done:], is_marked=False))
    return [piece for piece in pieces if piece.text]


def excerpt(plain_text: str, query: Query, length: int = 240) -> list[Piece]:
    """Return about `length` characters of a text around the first words that were looked for, in pieces."""
    first = min((start for start, _ in islice(_places(plain_text[:MOST_READ], query), 1)), default=0)
    start = _word_start(plain_text, first - BEFORE_HIT) if first > BEFORE_HIT * 2 else 0
    end = _word_end(plain_text, start + length)
    before, after = _GAP if start else "", _GAP if end < len(plain_text) else ""
    return marked(f"{before}{plain_text[start:end].strip()}{after}", query)


def _places(text: str, query: Query) -> Iterator[tuple[int, int]]:
    """Yield where the text has what was looked for: of each language in order."""
    for language in query.languages:
        runs: dict[str, list[tuple[str, ...]]] = {}
        for run in (run for term in query.wanted for run in term):
            runs.setdefault(run[0], []).append(run)
        yield from _runs(words.positions(text, language), runs)


def _runs(found: list[Word], runs: dict[str, list[tuple[str, ...]]]) -> Iterator[tuple[int, int]]:
    for position, word in enumerate(found):
        for run in runs.get(word.stem, ()):
            here = found[position : position + len(run)]
            if tuple(one.stem for one in here) == run:
                yield word.start, here[-1].end


def _merged(places: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the places, those that overlap as one."""
    if not places:
        return
    start, end = places[0]
    for next_start, next_end in places[1:]:
        if next_start > end:
            yield start, end
            start = next_start
        end = max(end, next_end)
    yield start, end


def _word_start(text: str, position: int) -> int:
    """Return where the first whole word from `position` on begins."""
    blank = text.find(" ", max(position, 0), position + BEFORE_HIT)
    return blank + 1 if blank >= 0 else max(position, 0)


def _word_end(text: str, position: int) -> int:
    """Return where the last whole word before `position` ends."""
    if position >= len(text):
        return len(text)
    blank = text.rfind(" ", position - BEFORE_HIT, position)
    return blank if blank > 0 else position
