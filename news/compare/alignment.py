"""What two sequences have in common, in bounded time: Myers' shortest edit where it is cheap, rare pieces where not."""

import re
from bisect import bisect_left
from collections import Counter as Tally
from collections.abc import Iterator, Sequence
from typing import Any, Literal

Match = tuple[int, int, int]

# A second of a slow machine, for all blocks of two texts together.
MOST_STEPS = 1_000_000
# Up to here the shortest edit is found at once; beyond, what occurs once in both cuts the sequences into pieces first.
SMALL = 4_000
# Blocks are one another's successor from this share of common words on.
ALIKE = 0.35
MOST_LIKENESSES = 4_000_000

# A word with its marks, an East Asian sign, a stretch of white space, any other sign.
_TOKEN = re.compile(
    r"\s+|[\u3040-\u30ff\u3400-\u9fff]|(?:(?![\u3040-\u30ff\u3400-\u9fff])[\w\u0300-\u036f])+|.", re.DOTALL
)


class Budget:
    """The steps that are left for one comparison."""

    def __init__(self, steps: int | None = None) -> None:
        self.steps = MOST_STEPS if steps is None else steps


def tokens(text: str) -> list[str]:
    """Return the words, signs and spaces of a text; joined they are the text."""
    return _TOKEN.findall(text)


def matches(a: Sequence[Any], b: Sequence[Any], budget: Budget) -> list[Match]:
    """Return stretches (position in `a`, in `b`, length) that both have, in order; swapped sides give swapped answers.

    The longest in all where the budget allows, fewer where it does not; it never fails.
    """
    if (len(b), list(b)) < (len(a), list(a)):
        return [(i, j, length) for j, i, length in _matches(b, a, budget)]
    return list(_matches(a, b, budget))


def stretches(
    a: list[str], b: list[str], budget: Budget
) -> Iterator[tuple[Literal["same", "removed", "added"], list[str]]]:
    """Yield both token lists in one: what is in both, only in `a`, only in `b`; in each gap what went comes first."""
    i = j = 0
    removed: list[str] = []
    added: list[str] = []
    for x, y, length in [*matches(a, b, budget), (len(a), len(b), 0)]:
        removed += a[i:x]
        added += b[j:y]
        i, j = x + length, y + length
        same = a[x:i]
        if (
            not any(not token.isspace() for token in same)
            and length
            and (removed or added)
            and i < len(a)
            and j < len(b)
        ):
            # A lone space between two changes is no island: one stretch of changed words reads better than five.
            removed += same
            added += same
            continue
        if removed:
            yield "removed", removed
        if added:
            yield "added", added
        if same:
            yield "same", same
        removed, added = [], []


def alike(old: list[str], new: list[str]) -> list[tuple[int, int]]:
    """Return pairs of positions of blocks that share many words, in order; the most alike in all."""
    if not old or not new:
        return []
    left, right = [_bag(text) for text in old], [_bag(text) for text in new]
    if len(old) * sum(map(len, right)) + len(new) * sum(map(len, left)) > MOST_LIKENESSES:
        return _by_rare_phrases(old, new)
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    likeness = [[_likeness(one, other) for other in right] for one in left]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            paired = likeness[i][j] + best[i + 1][j + 1] if likeness[i][j] >= ALIKE else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
    return list(_walk(best, likeness))


def _by_rare_phrases(old: list[str], new: list[str]) -> list[tuple[int, int]]:
    """Pair blocks by the phrases of three words that occur in one block of each side alone: one walk over the words."""
    left, right = _homes(old), _homes(new)
    votes = Tally((home, right[phrase]) for phrase, home in left.items() if home >= 0 and right.get(phrase, -1) >= 0)
    favourite = {i: j for (i, j), _count in sorted(votes.items(), key=lambda vote: vote[1])}
    return _rising(sorted(favourite.items()))


def _homes(texts: list[str]) -> dict[tuple[str, ...], int]:
    """Return the block of each phrase; -1 where it occurs in several."""
    homes: dict[tuple[str, ...], int] = {}
    for position, text in enumerate(texts):
        found = [token for token in tokens(text.lower()) if not token.isspace()]
        for phrase in zip(found, found[1:], found[2:], strict=False):
            if homes.setdefault(phrase, position) != position:
                homes[phrase] = -1
    return homes


def _walk(best: list[list[float]], likeness: list[list[float]]) -> Iterator[tuple[int, int]]:
    i = j = 0
    while i < len(likeness) and j < len(likeness[0]):
        if likeness[i][j] >= ALIKE and best[i][j] == likeness[i][j] + best[i + 1][j + 1]:
            yield i, j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1


def _bag(text: str) -> set[str]:
    return {token for token in tokens(text.lower()) if not token.isspace()}


def _likeness(one: set[str], other: set[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other) or 1)


def _matches(a: Sequence[Any], b: Sequence[Any], budget: Budget) -> Iterator[Match]:
    start, end = 0, 0
    shorter = min(len(a), len(b))
    while start < shorter and a[start] == b[start]:
        start += 1
    while end < shorter - start and a[-1 - end] == b[-1 - end]:
        end += 1
    if start:
        yield 0, 0, start
    middle_a, middle_b = a[start : len(a) - end], b[start : len(b) - end]
    for i, j, length in _middle(middle_a, middle_b, budget):
        yield start + i, start + j, length
    if end:
        yield len(a) - end, len(b) - end, end


def _middle(a: Sequence[Any], b: Sequence[Any], budget: Budget) -> Iterator[Match]:
    if not a or not b:
        return
    anchors = [] if len(a) + len(b) <= SMALL else _anchors(a, b)
    if not anchors:
        yield from _shortest(a, b, budget)
        return
    i = j = 0
    for x, y in [*anchors, (len(a), len(b))]:
        for left, right, length in _shortest(a[i:x], b[j:y], budget):
            yield i + left, j + right, length
        if x < len(a):
            yield x, y, 1
        i, j = x + 1, y + 1


def _anchors(a: Sequence[Any], b: Sequence[Any]) -> list[tuple[int, int]]:
    """Return the longest rising row of pieces that occur exactly once in each (patience)."""
    once_a, once_b = Tally(a), Tally(b)
    places = {piece: i for i, piece in enumerate(a) if once_a[piece] == 1 and once_b[piece] == 1}
    return _rising(sorted((places[piece], j) for j, piece in enumerate(b) if piece in places))


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest part of `pairs` (sorted, each left side once) in which the right side rises too."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int | None] = []
    for position, (_left, right) in enumerate(pairs):
        place = bisect_left(tails, right)
        tails[place : place + 1] = [right]
        ends[place : place + 1] = [position]
        before.append(ends[place - 1] if place else None)
    row: list[tuple[int, int]] = []
    last = ends[-1] if ends else None
    while last is not None:
        row.append(pairs[last])
        last = before[last]
    return row[::-1]


def _shortest(a: Sequence[Any], b: Sequence[Any], budget: Budget) -> list[Match]:
    """Return the matches of a shortest edit (Myers 1986, "An O(ND) difference algorithm"); none once steps run out."""
    furthest, trace = {1: 0}, []
    for edits in range(len(a) + len(b) + 1):
        trace.append(dict(furthest))
        for diagonal in range(-edits, edits + 1, 2):
            down = diagonal == -edits or (diagonal != edits and furthest[diagonal - 1] < furthest[diagonal + 1])
            x = furthest[diagonal + 1] if down else furthest[diagonal - 1] + 1
            begun = x
            while x < len(a) and x - diagonal < len(b) and a[x] == b[x - diagonal]:
                x += 1
            furthest[diagonal] = x
            budget.steps -= 1 + x - begun
            if x >= len(a) and x - diagonal >= len(b):
                return _backward(trace, len(a), len(b))
        if budget.steps < 0:
            return []
    return []


def _backward(trace: list[dict[int, int]], x: int, y: int) -> list[Match]:
    found: list[Match] = []
    for edits in reversed(range(len(trace))):
        furthest, diagonal = trace[edits], x - y
        down = diagonal == -edits or (diagonal != edits and furthest[diagonal - 1] < furthest[diagonal + 1])
        before = diagonal + 1 if down else diagonal - 1
        start_x = furthest[before]
        begun = start_x if down else start_x + 1
        if edits == 0:
            begun = 0
        if x > begun:
            found.append((begun, begun - diagonal, x - begun))
        x, y = start_x, start_x - before
    return found[::-1]
