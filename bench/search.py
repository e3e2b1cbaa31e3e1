# ruff: noqa: INP001, S311, T201  a program that prints, and that makes up texts
"""How long the search takes among 100,000 statements of 4 KB, in milliseconds of server time: must be under 50.

    .venv/bin/python bench/search.py [STATEMENTS]

For words that few, some and most texts have, phrases and exclusions, in all three orders; with the number of queries,
which must be the same as among 100, and with the plans. Works in a database of its own that is thrown away: SQLite in a
temporary folder, or with DATABASE_URL a new database beside the one named there. Filling it takes some minutes.
"""

import itertools
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from scratch import scratch_site

FEW, MANY = 100, 100_000
DAYS = 3_650
NEWEST = datetime(2021, 10, 25, 12, tzinfo=UTC)
REPEATS = 7
MOST_MILLISECONDS = 50.0
ASKED = {
    "rare word (1 of 300)": "raretopic",
    "middling word (5 %)": "middling",
    "common word (20 %)": "minister",
    "very common word (60 %)": "mission",
    "words of one year": "summit",
    "two words": "mission minister",
    "six words": "mission minister middling red tape summit",
    "phrase": '"red tape"',
    "phrase of common words, rare": '"minister mission"',
    "exclusion": "mission -minister",
    "no such word": "mission nowhere",
    "word of the other language": "миссия",
}
RANDOM = random.Random(1)


def vocabulary(letters: str, number: int = 20_000) -> list[str]:
    """Return made-up words."""
    words: set[str] = set()
    while len(words) < number:
        words.add("".join(RANDOM.choices(letters, k=RANDOM.randint(3, 10))))
    return sorted(words, key=lambda _word: RANDOM.random())


VOCABULARIES = {"en": vocabulary("abcdefghiklmnoprstuvw"), "ru": vocabulary("абвгдежзиклмнопрстух")}
# As in any language: the tenth word comes a tenth as often as the first.
WEIGHTS = list(itertools.accumulate(1 / (rank + 3) for rank in range(20_000)))


def text(language: str, day: date, length: int) -> list[str]:
    """Return the words of a text, some of those that are asked for among them."""
    words = RANDOM.choices(VOCABULARIES[language], cum_weights=WEIGHTS, k=length)
    chances: dict[str, float] = {"raretopic": 0.003, "middling": 0.05, "minister": 0.2, "red": 0.2, "tape": 0.2}
    chances |= {"red tape": 0.1, "mission": 0.6, "summit": 0.9 if day.year == 2015 else 0.0}
    if language == "ru":
        chances = {"миссия": 0.6}
    for word, chance in chances.items():
        if RANDOM.random() < chance:
            words[RANDOM.randrange(length)] = word
    return words


def fill(first: int, last: int) -> None:
    """Add statements numbered `first` to `last`, spread evenly over ten years, two of three in English."""
    from news.models import Category, Edition, Statement
    from news.search import engines
    from news.states import State

    categories = [Category.objects.get_or_create(slug=f"c{n}", defaults={"name": f"Category {n}"})[0] for n in range(5)]
    for start in range(first, last + 1, 1_000):
        numbers = range(start, min(start + 1_000, last + 1))
        languages = {n: "ru" if n % 3 == 0 else "en" for n in numbers}
        Statement.objects.bulk_create(
            Statement(pk=n, number=n, tag=f"tag:bench,2021:{n}", language=languages[n]) for n in numbers
        )
        editions = []
        for n in numbers:
            begun = NEWEST - timedelta(days=n * 7 % DAYS)
            words = text(languages[n], begun.date(), 620)
            paragraphs = (" ".join(words[at : at + 100]) for at in range(0, 620, 100))
            edition = Edition(statement_id=n, language=languages[n], sequence=1, state=State.APPROVED)
            edition.title, edition.summary = f"Statement {' '.join(words[:6])}", " ".join(words[6:20])
            edition.body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
            edition.date, edition.category = begun.date(), categories[n % 5] if n % 2 else None
            edition.public_from = edition.announced_at = begun
            edition.changed_at = edition.approved_at = NEWEST
            editions.append(edition)
        engines.current().enter(Edition.objects.bulk_create(editions))


def listed() -> Any:
    """Return what the English archive may show."""
    from news.models import Edition

    return Edition.objects.listed(NEWEST).filter(language="en")


def first_page(editions: Any, words: str, order: str) -> int:
    """Do what the archive does for the first page of results, down to the counts; return how many there are."""
    from news.search import finding, query

    found = finding.find(editions, query.parse(words, "en"), order=finding.Order(order))
    found.page("")
    _ = found.years, found.categories
    return found.total


def measured(ask: Callable[[], int]) -> tuple[float, int, int]:
    """Return the fewest milliseconds, what was found, and how many queries it took."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        found = ask()
    times = []
    for _ in range(REPEATS):
        started = time.perf_counter()
        ask()
        times.append(time.perf_counter() - started)
    return min(times) * 1_000, found, len(queries)


def results() -> Iterator[tuple[str, float, int, int]]:
    """Yield each question with its milliseconds, how many it found, and its queries."""
    from news.models import Category

    for order in ("best", "newest", "oldest"):
        for name, words in ASKED.items():
            yield f"{name}, {order}", *measured(lambda words=words, order=order: first_page(listed(), words, order))
    narrowed = {
        "one category": listed().filter(category=Category.objects.get(slug="c1")),
        "one month": listed().filter(date__gte=date(2015, 6, 1), date__lte=date(2015, 6, 30)),
    }
    for name, editions in narrowed.items():
        yield (
            f"very common word, {name}",
            *measured(lambda editions=editions: first_page(editions, "mission", "newest")),
        )


def plans() -> Iterator[tuple[str, str]]:
    """Yield how the database answers the questions of a page."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for order in ("best", "newest"):
        with CaptureQueriesContext(connection) as queries:
            first_page(listed(), "mission minister", order)
        for query in queries:
            *settings, question = [part for part in query["sql"].split("; ") if not part.endswith("DEFAULT")]
            with connection.cursor() as cursor:
                explain = "EXPLAIN (ANALYZE, COSTS OFF)" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
                for part in [*(part.replace("LOCAL ", "") for part in settings), f"{explain} {question}"]:
                    cursor.execute(part)
                yield order, "\n    ".join(str(row[-1]) for row in cursor.fetchall())
                if connection.vendor == "postgresql":
                    cursor.execute("RESET ALL")


def main() -> int:
    """Print the figures, and say by the exit code whether they hold."""
    many = int(sys.argv[1]) if len(sys.argv) > 1 else MANY
    with tempfile.TemporaryDirectory() as folder, scratch_site(Path(folder)):
        from django.db import connection

        from news.search import indexing

        fill(1, FEW)
        few = list(results())
        started = time.monotonic()
        fill(FEW + 1, many)
        print(f"{connection.vendor}: {many} statements, filled in {time.monotonic() - started:.0f} s")
        started = time.monotonic()
        indexing.tidy()  # as after a large import
        print(f"  made tidy in {time.monotonic() - started:.1f} s")
        found = list(results())
        for name, milliseconds, total, count in found:
            print(f"  {name:40} {milliseconds:6.1f} ms   {total:5} found   {count} queries")
        for order, plan in plans():
            print(f"  {order}:\n    {plan}")
    is_quick = max(milliseconds for _, milliseconds, *_ in found) < MOST_MILLISECONDS
    # Where nothing was found no message is asked for: one query fewer.
    both = [(one[-1], other[-1]) for one, other in zip(few, found, strict=True) if one[2] and other[2]]
    return 0 if is_quick and both and all(one == other for one, other in both) else 1


if __name__ == "__main__":
    sys.exit(main())
