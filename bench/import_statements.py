# ruff: noqa: INP001, T201  a program that prints
"""How long an import of 10,000 items of 4 KB takes, and how much memory: must be under 60 s and 300 MB.

    .venv/bin/python bench/import_statements.py [ITEMS]

Works in a database of its own that is thrown away: SQLite in a temporary folder, or with DATABASE_URL a new database
beside the one named there.
"""

import json
import os
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from scratch import scratch_site

ITEMS = 10_000
MOST_SECONDS, MOST_MEGABYTES = 60, 300
SENTENCE = "The mission notes the report and will answer it in due course. "


def write_feed(path: Path, number: int) -> None:
    """Write a feed of `number` items, the newest first, each with 4 KB of HTML."""
    body = "".join(f"<p>{SENTENCE * 5}</p>" for _ in range(13))[:4_000]
    newest = datetime(2021, 10, 25, 12, tzinfo=UTC)
    items = [
        {
            "id": f"bench-{n}",
            "title": f"Statement {n} on a matter of interest",
            "summary": SENTENCE * 2,
            "content_html": body,
            "date_published": (newest - timedelta(hours=5 * n)).isoformat(),
            "tags": [f"Category {n % 4}"],
        }
        for n in range(number)
    ]
    path.write_text(json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Bench", "items": items}))


def megabytes() -> float:
    """Return the most memory that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> int:
    """Import, print the two figures, and say by the exit code whether they hold."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else ITEMS
    with tempfile.TemporaryDirectory() as folder:
        feed = Path(folder) / "feed.json"
        # In a child: the memory that writing the feed takes is not the import's.
        if (child := os.fork()) == 0:
            write_feed(feed, number)
            os._exit(0)
        os.waitpid(child, 0)
        with scratch_site(Path(folder)):
            from django.core.management import call_command
            from django.db import connection

            started = time.monotonic()
            call_command("import_statements", str(feed))
            seconds = time.monotonic() - started
            print(f"{connection.vendor}: {number} items in {seconds:.1f} s, at most {megabytes():.0f} MB")
    return 0 if seconds < MOST_SECONDS and megabytes() < MOST_MEGABYTES else 1


if __name__ == "__main__":
    sys.exit(main())
