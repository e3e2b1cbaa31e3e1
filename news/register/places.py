"""Where in a long text a passage stands, and which of its words stand there: bounded work on two rows of keys. Pure."""

from collections import Counter as Tally
from collections.abc import Iterator, Sequence

from news.compare import alignment
from news.compare.alignment import Match

# Steps of one alignment (alignment.MOST_STEPS is a second of a slow machine).
STEPS = 150_000
# So many keys in a row, once in each, are the same place in both.
ROW = 4
# How far beyond a place that is sure more of it is looked for; and the longest passage without any such place.
SLACK = 30
FURTHEST = 300


def aligned(ours: Sequence[str], passage: Sequence[str]) -> list[Match]:
    """Return the stretches (position in `ours`, in the passage, length) that are one place in both, in order."""
    budget = alignment.Budget(STEPS)
    sure = list(_sure(ours, passage, budget))
    if sure:
        return list(_between(ours, passage, sure, budget))
    if len(passage) > FURTHEST:
        return []
    start, end = _window(ours, passage)
    return [(i + start, j, length) for i, j, length in alignment.matches(ours[start:end], passage, budget)]


def _sure(ours: Sequence[str], passage: Sequence[str], budget: alignment.Budget) -> Iterator[Match]:
    """Yield the rows of ROW keys that both have once, in order, joined where they touch."""
    left, right = _once(ours), _once(passage)
    common = left.keys() & right.keys()
    # Dictionaries are in the order of the text; each row is there once.
    one, other = [row for row in left if row in common], [row for row in right if row in common]
    i = j = length = 0
    for x, _y, count in alignment.matches(one, other, budget):
        for row in one[x : x + count]:
            if length and left[row] - i == right[row] - j <= length:
                length = left[row] - i + ROW
                continue
            if length and (left[row] < i + length or right[row] < j + length):
                continue
            if length:
                yield i, j, length
            i, j, length = left[row], right[row], ROW
    if length:
        yield i, j, length


def _once(keys: Sequence[str]) -> dict[tuple[str, ...], int]:
    """Return where each row stands that is there once."""
    rows = list(zip(*(keys[n:] for n in range(ROW)), strict=False))
    often = Tally(rows)
    return {row: place for place, row in enumerate(rows) if often[row] == 1}


def _between(
    ours: Sequence[str], passage: Sequence[str], sure: list[Match], budget: alignment.Budget
) -> Iterator[Match]:
    """Yield the sure stretches with what fits between them, and close around them."""
    i, j, _length = sure[0]
    first = (i - min(i, _reach(j)), j - min(j, _reach(i)))
    i, j, length = sure[-1]
    after, behind = len(ours) - i - length, len(passage) - j - length
    last = (i + length + min(after, _reach(behind)), j + length + min(behind, _reach(after)), 0)
    x, y = first
    for i, j, length in [*sure, last]:
        for left, right, count in alignment.matches(ours[x:i], passage[y:j], budget):
            yield x + left, y + right, count
        if length:
            yield i, j, length
        x, y = i + length, j + length


def _reach(count: int) -> int:
    return min(count + count // 5 + SLACK, FURTHEST)


def _window(ours: Sequence[str], passage: Sequence[str]) -> tuple[int, int]:
    """Return the stretch of our text that shares most words with the passage, rare ones first, and a little around."""
    size = len(passage) + len(passage) // 5
    if size + 2 * SLACK >= len(ours):
        return 0, len(ours)
    often, left = Tally(ours), Tally(passage)
    best = score = 0.0
    start = 0
    for place, key in enumerate(ours):
        left[key] -= 1
        score += (left[key] >= 0) / often[key]
        if place >= size:
            gone = ours[place - size]
            score -= (left[gone] >= 0) / often[gone]
            left[gone] += 1
        if score > best + 1e-9:
            best, start = score, place - size + 1
    return max(start - SLACK, 0), start + size + SLACK
