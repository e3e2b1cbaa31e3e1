# ruff: noqa: INP001, T201  a program that prints
"""Whether the cost of a page grows with the archive: each page at 1,000 and at 100,000 statements, as a ratio.

    .venv/bin/python bench/pages.py [FEW MANY]

Also prints how the database finds the newest ten. Works in a database of its own that is thrown away: SQLite in a
temporary folder, or with DATABASE_URL a new database beside the one named there.
"""

import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from scratch import scratch_site

FEW, MANY = 1_000, 100_000
DAYS = 3_650
NEWEST = datetime(2021, 10, 25, 12, tzinfo=UTC)
REPEATS = 30
WORST_RATIO = 2.0


def fill(first: int, last: int) -> None:
    """Add statements numbered `first` to `last`, spread evenly over ten years, two of three in English."""
    from news.models import Category, Edition, Statement
    from news.states import State

    category = Category.objects.first() or Category.objects.create(name="News")
    body = f"<p>{'The mission notes the report. ' * 20}</p>" * 4
    for start in range(first, last + 1, 5_000):
        numbers = range(start, min(start + 5_000, last + 1))
        Statement.objects.bulk_create(
            Statement(pk=n, number=n, tag=f"tag:bench,2021:{n}", language="ru" if n % 3 == 0 else "en") for n in numbers
        )
        Edition.objects.bulk_create(
            Edition(
                statement_id=n,
                language="ru" if n % 3 == 0 else "en",
                sequence=1,
                title=f"Statement {n}",
                summary="A summary.",
                body=body,
                date=(NEWEST - timedelta(days=n * 7 % DAYS)).date(),
                category=category if n % 2 else None,
                state=State.APPROVED,
                public_from=NEWEST - timedelta(days=n * 7 % DAYS),
                announced_at=NEWEST - timedelta(days=n * 7 % DAYS),
                changed_at=NEWEST,
                approved_at=NEWEST,
            )
            for n in numbers
        )


def measure(path: str) -> float:
    """Return the fewest milliseconds that the page takes when it is made anew, its months counted before."""
    from django.test import Client

    from embassy import pages

    client, times = Client(headers={"host": "localhost"}), []
    for _ in range(REPEATS):
        pages.clear()
        started = time.perf_counter()
        answer = client.get(path)
        times.append(time.perf_counter() - started)
        assert answer.status_code == 200, (path, answer.status_code)  # noqa: S101  a bench that measures errors is none
    return min(times) * 1000


def paths() -> dict[str, str]:
    """Return the pages to measure; the deep one begins near the end of the archive."""
    from news.models import Edition

    english = Edition.objects.listed(NEWEST).filter(language="en").order_by("date", "statement_id")
    near_the_end = english.select_related("statement")[40].statement.number
    return {
        "home": "/",
        "archive, newest": "/messages/",
        "archive, oldest": f"/messages/?before={near_the_end}",
        "archive, one category": "/messages/?category=news",
        "archive, from and to": "/messages/?from=2015-01-01&to=2015-02-01",
        "year": "/messages/2015/",
        "month": "/messages/2015/06/",
        "category": "/category/news/",
        "statement": Edition.objects.get(statement__number=500).get_absolute_url(),
    }


def count_months() -> float:
    """Return the milliseconds that counting the months takes: once per site version and change of the timeline."""
    from django.core.cache import cache
    from django.utils import translation

    from news import archive

    cache.clear()
    with translation.override("en"):
        started = time.perf_counter()
        archive.years()
        return (time.perf_counter() - started) * 1000


def plans() -> dict[str, str]:
    """Return how the database answers the queries of lists."""
    from news.models import Category, Edition

    at = datetime.now(UTC)
    listed = Edition.objects.listed(at).filter(language="en").newest_first().with_names()
    position = Edition.objects.filter(language="en").order_by("date", "statement_id")[40]
    category = Category.objects.get()
    queries = {
        "newest ten": listed[:10],
        "oldest page": listed.older_than(position)[:26],
        "month": listed.filter(date__range=(date(2015, 6, 1), date(2015, 6, 30)))[:26],
        "one category (page)": listed.filter(category=category)[:26],
        "one category (filter)": listed.filter(category__slug="news")[:26],
        "featured": Edition.objects.featured(at).filter(language="en").newest_first().with_names()[:1],
    }
    return {name: query.explain() for name, query in queries.items()}


def main() -> int:
    """Print the ratios, and say by the exit code whether every page costs the same."""
    few, many = (int(number) for number in sys.argv[1:3]) if len(sys.argv) > 2 else (FEW, MANY)
    with tempfile.TemporaryDirectory() as folder, scratch_site(Path(folder)):
        from django.db import connection

        results: dict[str, list[float]] = {}
        first = 1
        for last in (few, many):
            fill(first, last)
            first = last + 1
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("ANALYZE")  # as its autovacuum would
            for name, path in paths().items():
                results.setdefault(name, []).append(measure(path))
            results.setdefault("(counting the months)", []).append(count_months())
        print(f"{connection.vendor}: {few} and {many} statements")
        for name, (small, large) in results.items():
            print(f"  {name:24} {small:7.1f} ms {large:7.1f} ms   ratio {large / small:.2f}")
        for name, plan in plans().items():
            print(f"  {name}:\n    " + plan.replace("\n", "\n    "))
        worst = max(large / small for name, (small, large) in results.items() if not name.startswith("("))
    return 0 if worst < WORST_RATIO else 1


if __name__ == "__main__":
    sys.exit(main())
