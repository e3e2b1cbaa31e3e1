"""Words of plain texts, blocks of HTML texts: what was, beside what took its place."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, NamedTuple

from news.compare import alignment
from news.compare.readable import Block, blocks

PartKind = Literal["same", "removed", "added"]
RowKind = Literal["same", "changed", "removed", "added"]
LONGEST_SAME = 3
Pair = tuple[int | None, int | None]


class Part(NamedTuple):
    """A stretch of words."""

    kind: PartKind
    text: str


@dataclass(frozen=True)
class Row:
    """One block beside the one that took its place; where there is none, that side is empty."""

    kind: RowKind
    left: list[Part]
    right: list[Part]
    left_block: str = ""
    right_block: str = ""

    @property
    def is_form_only(self) -> bool:
        """Tell whether the words are the same, and only their form, or the file of a picture, is another."""
        return self.kind == "changed" and all(part.kind == "same" for part in self.left + self.right)


@dataclass(frozen=True)
class Stretch:
    """Rows in a row: unchanged ones in the midst of others are folded away, the rest is shown."""

    rows: list[Row]
    is_folded: bool


def folded(rows: list[Row]) -> list[Stretch]:
    """Return the rows in stretches; of an unchanged one that is longer than LONGEST_SAME only the ends are shown."""
    found: list[Stretch] = []
    for is_same, group in groupby(rows, key=lambda row: row.kind == "same"):
        run = list(group)
        if not is_same or len(run) <= LONGEST_SAME or len(run) == len(rows):
            found.append(Stretch(run, is_folded=False))
            continue
        found += [Stretch(run[:1], is_folded=False), Stretch(run[1:-1], is_folded=True)]
        found.append(Stretch(run[-1:], is_folded=False))
    return found


def words(old: str, new: str) -> list[Part]:
    """Return the plain texts in one: what is the same, what went, what came, in reading order.

    `same` and `removed` joined are the old text, `same` and `added` the new one.
    """
    return _words(old, new, alignment.Budget())


def beside(old: str, new: str) -> Row:
    """Return two plain texts as one row of two columns."""
    left, right = _sides(words(old, new))
    return Row("same" if old == new else "changed", left, right)


def values(old: str, new: str) -> Row:
    """Return two values (a day, a time, a name) as one row: another one is another one, not a word of it."""
    if old == new:
        return beside(old, new)
    return Row("changed", [Part("removed", old)] if old else [], [Part("added", new)] if new else [])


def texts(old_html: str, new_html: str) -> list[Row]:
    """Return two HTML texts block by block for two columns; what has no counterpart stands alone."""
    budget = alignment.Budget()
    old, new = blocks(old_html), blocks(new_html)
    return [_row(old, new, pair, budget) for pair in _aligned(old, new, budget)]


def _words(old: str, new: str, budget: alignment.Budget) -> list[Part]:
    found = alignment.stretches(alignment.tokens(old), alignment.tokens(new), budget)
    return [Part(kind, "".join(pieces)) for kind, pieces in found]


def _sides(parts: list[Part]) -> tuple[list[Part], list[Part]]:
    return [part for part in parts if part.kind != "added"], [part for part in parts if part.kind != "removed"]


def _row(old: list[Block], new: list[Block], pair: Pair, budget: alignment.Budget) -> Row:
    was = old[pair[0]] if pair[0] is not None else None
    is_ = new[pair[1]] if pair[1] is not None else None
    if was is None or is_ is None:
        left = [Part("removed", was.text)] if was else []
        right = [Part("added", is_.text)] if is_ else []
        return Row("removed" if was else "added", left, right, was.name if was else "", is_.name if is_ else "")
    left, right = _sides(_words(was.text, is_.text, budget))
    return Row("same" if was == is_ else "changed", left, right, was.name, is_.name)


def _aligned(old: list[Block], new: list[Block], budget: alignment.Budget) -> Iterator[Pair]:
    """Yield pairs of positions in both columns, every block once and in order."""
    i = j = 0
    for x, y, length in [*alignment.matches(old, new, budget), (len(old), len(new), 0)]:
        yield from _paired(old[i:x], new[j:y], i, j)
        yield from zip(range(x, x + length), range(y, y + length), strict=True)
        i, j = x + length, y + length


def _paired(old: list[Block], new: list[Block], first_old: int, first_new: int) -> Iterator[Pair]:
    """Pair the blocks of two stretches that share none: by likeness, in order."""
    i = j = 0
    likes = alignment.alike([block.text for block in old], [block.text for block in new])
    for x, y in [*likes, (len(old), len(new))]:
        yield from ((first_old + position, None) for position in range(i, x))
        yield from ((None, first_new + position) for position in range(j, y))
        if x < len(old) and y < len(new):
            yield first_old + x, first_new + y
        i, j = x + 1, y + 1
