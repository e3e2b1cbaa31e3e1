"""How well a text fits what was asked, by its own words alone. Pure.

What other texts say has no part in it, as it has in BM25, which weighs a word by how many texts have it: else the order
of two messages would tell of words in a third that nobody may see yet.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise

from news.search.query import Query

# A word of the title counts as much as so many of the text.
TITLE_WEIGHT = 8
# As in BM25 (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009): how soon saying a word again adds
# little, and how much a long text has to say it more often. What is long is said here, for it is not to be counted.
SOON, BY_LENGTH, USUAL_LENGTH = 1.2, 0.75, 300
# Words that stand side by side as they were typed count as much again as so many words.
SIDE_BY_SIDE = 2.0
# Of many words so many are counted in the text, the longest, which are the rarest; in the title all are.
MOST_IN_TEXT = 12


def scorer(query: Query, token: Callable[[str], str]) -> Callable[[str, str], float]:
    """Return what scores a text, by its title and body as the index keeps them: words with one space between.

    `token` makes a stem into a word of the index. The higher the score, the better the text fits.
    """
    terms = [[" ".join(map(token, stems)) for stems in term] for term in query.wanted]
    words = sorted({words for term in terms for words in term}, key=lambda words: (-len(words), words))
    weighed = [(_whole(one), 1.0, number < MOST_IN_TEXT) for number, one in enumerate(words)]
    pairs = {pair for both in pairwise(terms) for pair in _side_by_side(both)}
    typed = set(_side_by_side(terms)) if len(terms) > 1 else set()
    weighed += [(_whole(one), SIDE_BY_SIDE, one in typed) for one in sorted(pairs | typed)]

    def score(title: str, text: str) -> float:
        length = title.count(" ") + text.count(" ") + 2
        slowness = SOON * (1 - BY_LENGTH + BY_LENGTH * length / USUAL_LENGTH)
        title, text, total = _whole(title), _whole(text), 0.0
        for run, weight, is_in_text in weighed:
            count = TITLE_WEIGHT * title.count(run) + (text.count(run) if is_in_text else 0)
            total += weight * count / (count + slowness)
        return total

    return score


def _side_by_side(terms: Sequence[Sequence[str]]) -> list[str]:
    """Return the terms in a row, in each language that was asked for: a term has one stem for each, or one for all."""
    most = max(map(len, terms))
    return [" ".join(term[min(number, len(term) - 1)] for term in terms) for number in range(most)]


def _whole(words: str) -> str:
    """Return words with a space on each side, so that only whole ones are found; said twice running counts once."""
    return f" {words} "
