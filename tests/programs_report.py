"""A pytest plugin: tests whose program is not installed are skipped, and named at the end.

REQUIRE_PROGRAMS=1 refuses that.
"""

import ctypes
import os
import shutil
import sys
from typing import NamedTuple

import pytest


class Program(NamedTuple):
    """What some tests drive: where it is, what is said where it is not, and how to get it."""

    path: str | None
    reason: str
    advice: str


def _chromium() -> str | None:
    if sys.platform == "linux":
        try:
            # Playwright's driver needs it, and a small Debian does not have it.
            ctypes.CDLL("libatomic.so.1")
        except OSError:
            return None
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


CHROMIUM = _chromium()
# By the mark that a test has.
PROGRAMS = {
    "browser": Program(CHROMIUM, "no browser is installed", "apt-get install chromium libatomic1"),
    "java": Program(shutil.which("java"), "no Java is installed", "apt-get install default-jre-headless"),
}


def pytest_configure() -> None:
    missing = [f"{program.reason}: {program.advice}" for program in PROGRAMS.values() if not program.path]
    if os.environ.get("REQUIRE_PROGRAMS") == "1" and missing:
        raise pytest.UsageError(f"REQUIRE_PROGRAMS=1, and {'; '.join(missing)}")


# Last: tests/browser/conftest.py has set the marks by then.
@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for mark, program in PROGRAMS.items():
        for item in items:
            if not program.path and item.get_closest_marker(mark):
                item.add_marker(pytest.mark.skip(reason=program.reason))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    for program in PROGRAMS.values():
        left_out = [report for report in skipped if program.reason in str(report.longrepr)]
        if left_out:
            terminalreporter.section(f"not run: {program.reason}")
            for report in left_out:
                terminalreporter.line(report.nodeid)
            terminalreporter.line(f"{len(left_out)} tests need it: {program.advice}, then make test again.")
