"""Which texts share the rarest words of a passage: candidates for whoever compares it, not an answer."""

from collections import defaultdict
from collections.abc import Sequence

from news.models import Edition
from news.models.edition import EditionQuerySet
from news.search import engines
from news.search import words as _words

# So many long words are looked up, and so many runs of words next to each other; of each, so many texts.
MOST_STEMS, MOST_RUNS, RUN, MOST_TEXTS = 16, 6, 5, 100


def find_any(editions: EditionQuerySet, words: list[str], language: str, limit: int) -> list[Edition]:
    """Return up to `limit` of `editions` in `language` that share most of the rarest of `words`, the closest first.

    The words are best given in the order of the passage. Whole texts; two queries, whatever the passage is.
    """
    stems = list(dict.fromkeys(stem for word in words for stem in _words.stems(word, language)))
    groups = _groups(stems)
    if not groups:
        return []
    scores: dict[int, float] = defaultdict(float)
    having: dict[int, list[int]] = defaultdict(list)
    for group, edition in engines.current().sharing(editions.filter(language=language), groups, MOST_TEXTS + 1):
        having[group].append(edition)
    for keys in having.values():
        for key in keys:
            scores[key] += 1 / len(keys)
    closest = sorted(scores, key=lambda key: (-scores[key], -key))[:limit]
    found = Edition.objects.select_related("statement", "category").in_bulk(closest)
    return [found[key] for key in closest]


def _groups(stems: Sequence[str]) -> list[tuple[str, ...]]:
    """Return what is looked up: the longest stems, which are the rarest, and runs from all parts of the passage."""
    longest = sorted(stems, key=len, reverse=True)[:MOST_STEMS]
    runs = [tuple(stems[start : start + RUN]) for start in range(0, len(stems) - RUN + 1, RUN)]
    step = max(1, -(-len(runs) // MOST_RUNS))
    return [*((stem,) for stem in longest), *runs[::step][:MOST_RUNS]]
