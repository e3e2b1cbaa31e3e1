"""A pytest plugin: where no browser is installed, its tests are skipped and named at the end.

REQUIRE_BROWSER=1 refuses that.
"""

import ctypes
import os
import shutil
import sys

import pytest

REASON = "no browser is installed"
ADVICE = "apt-get install chromium libatomic1"


def _find() -> str | None:
    if sys.platform == "linux":
        try:
            # Playwright's driver needs it, and a small Debian does not have it.
            ctypes.CDLL("libatomic.so.1")
        except OSError:
            return None
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


CHROMIUM = _find()


def pytest_configure() -> None:
    if os.environ.get("REQUIRE_BROWSER") == "1" and not CHROMIUM:
        raise pytest.UsageError(f"REQUIRE_BROWSER=1, and {REASON}: {ADVICE}")


# Last: tests/browser/conftest.py has set the marks by then.
@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if not CHROMIUM and item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason=REASON))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    left_out = [report for report in terminalreporter.stats.get("skipped", []) if REASON in str(report.longrepr)]
    if left_out:
        terminalreporter.section(f"not run: {REASON}")
        for report in left_out:
            terminalreporter.line(report.nodeid)
        terminalreporter.line(f"{len(left_out)} tests need Chromium: {ADVICE}, then make test again.")
