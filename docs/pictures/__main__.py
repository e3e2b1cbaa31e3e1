# ruff: noqa: T201  a program that prints
"""Take pictures of every kind of page: `make pictures`. A site that is made for it, at a fixed instant, and a browser.

A part of them: PICTURES="public en", by the names of parts and languages. PICTURES=sheets draws the sheets anew,
PICTURES=readme the four pictures of the README, from what was taken.
"""

import argparse
import multiprocessing
import os
import shutil
import sys
import time
from concurrent.futures import Future, ProcessPoolExecutor, wait
from pathlib import Path

from docs import stage
from docs.pictures import readme, sheets
from docs.pictures.taking import LANGUAGES, Job, take

PARTS = {
    "public": "what visitors see, with every error page",
    "newsroom": "what press staff do with statements: lists, forms in each state, every verb, previews, history",
    "admin": "the door, security, the library, labels, accounts, the log",
    "hard": "a site with long, unbroken, many: public pages and lists",
    "empty": "a site that nobody has filled yet",
}
TARGET = stage.ROOT / "var" / "pictures"


def main() -> int:
    """Take what was asked for, draw the sheets, and say what seemed wrong."""
    asked, begun = _asked(), time.monotonic()
    if asked is None:
        for one in readme.draw(TARGET, stage.ROOT / "docs" / "look"):
            print(f"{_short(one)}: {one.stat().st_size // 1024} KB")
        return 0
    parts, languages = asked
    notes: list[str] = []
    if parts:
        stage.chromium("make pictures")
        if {*parts} == {*PARTS} and {*languages} == {*LANGUAGES}:
            shutil.rmtree(TARGET, ignore_errors=True)
        notes = _take([Job(part, language, TARGET) for part in parts for language in languages], begun)
    drawn = sheets.draw_all(TARGET, notes if parts else None)
    taken, minutes = _count(), (time.monotonic() - begun) / 60
    for line in notes:
        print(line)
    print(f"{taken} pictures, {drawn} sheets in {_short(TARGET)}/sheets, index.html; {minutes:.1f} minutes.")
    return 1 if any("not taken" in line for line in notes) else 0


def _asked() -> tuple[list[str], list[str]] | None:
    names = ", ".join(f"{name} ({what})" for name, what in PARTS.items())
    parser = argparse.ArgumentParser(
        prog="make pictures",
        description="Takes pictures of every kind of page at 320, 768, 1280 and 1920 pixels, light, dark and on paper, "
        f"in English, Russian and Arabic, into {_short(TARGET)}. With make: PICTURES='public en'.",
        epilog=f"Parts: {names}. Languages: {', '.join(LANGUAGES)}. "
        "The word sheets draws the contact sheets alone, readme the README's pictures.",
    )
    choices = [*PARTS, *LANGUAGES, "sheets", "readme", "all"]
    parser.add_argument("names", nargs="*", metavar="NAME", help="parts and languages; without any: all of them")
    asked = parser.parse_args().names or os.environ.get("PICTURES", "").replace(",", " ").split()
    if unknown := [name for name in asked if name not in choices]:
        parser.error(f"There is no part and no language {', '.join(unknown)}; there are {', '.join(choices)}.")
    parts = [name for name in PARTS if name in asked]
    languages = [name for name in LANGUAGES if name in asked]
    if asked == ["readme"]:
        return None
    if asked == ["sheets"]:
        return [], []
    return parts or [*PARTS], languages or [*LANGUAGES]


def _take(jobs: list[Job], begun: float) -> list[str]:
    """Take all jobs, as many at once as there are processors, and show how far it is."""
    notes: list[str] = []
    fresh = multiprocessing.get_context("spawn")
    # A process for each job: a site's settings cannot be changed in one that has begun.
    with ProcessPoolExecutor(os.cpu_count(), mp_context=fresh, max_tasks_per_child=1) as pool:
        running: set[Future[list[str]]] = {pool.submit(take, job) for job in jobs}
        while running:
            done, running = wait(running, timeout=2)
            for job in done:
                notes += job.result()
            words = f"{len(jobs) - len(running)} of {len(jobs)} parts, {_count()} pictures"
            print(f"\r{words}, {time.monotonic() - begun:.0f} s ", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return sorted(notes)


def _count() -> int:
    return sum(1 for language in LANGUAGES for _ in (TARGET / language).glob("*.png"))


def _short(path: Path) -> str:
    return str(path.relative_to(stage.ROOT))


if __name__ == "__main__":
    sys.exit(main())
