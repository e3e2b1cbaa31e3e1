# ruff: noqa: INP001, T201  a program that prints
"""What a page weighs and how soon it is painted: the demo on the real server, a cold Chromium on a slow line.

    .venv/bin/python bench/paint.py

The line and the processor are those that Lighthouse takes for a phone: 150 ms there and back, 1.6 Mbit/s, a processor
four times slower. Each page is loaded a few times; the best counts, for what else this machine does only adds. The
largest contentful paint (LCP) is also given as a ratio to that of a page of three bytes on the same line. Pictures are
weighed, but are not in the sum. Ends with 1 where a limit that does not depend on the machine is broken.
"""

import re
import sys
import tempfile
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.programs import Server, manage

ROUND_TRIP, BITS, SLOWER = 150, 1_600_000, 4
REPEATS = 3
MOST_BYTES, MOST_LCP = 60_000, 1_000
WINDOWS = {"phone": (360, 780), "desktop": (1280, 800)}
LANGUAGES = {"en": "", "ru": "/ru"}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
]
# As in production, but for the place: nothing of the developer's is touched. The editor's files are not measured.
SETTINGS = """
from embassy.settings import *
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
"""
WATCH = """
    window.seen = { lcp: 0, cls: 0, tasks: [], moved: "" };
    const named = (node) => {
        const element = node?.localName ? node : node?.parentElement;
        return element ? element.localName + (element.className ? "." + element.className : "") : "?";
    };
    const watch = (type, note) =>
        new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true });
    watch("largest-contentful-paint", (entry) => { seen.lcp = entry.startTime; });
    watch("layout-shift", (entry) => {
        seen.cls += entry.value;
        seen.moved ||= entry.sources.map((source) => named(source.node)).join(", ");
    });
    watch("longtask", (entry) => { seen.tasks.push([entry.startTime, entry.duration]); });
"""
READ = """() => ({
    ...window.seen,
    fcp: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0,
    blocking: performance.getEntriesByType("resource")
        .filter((one) => one.renderBlockingStatus === "blocking" && /[.]m?js([?]|$)/.test(one.name))
        .map((one) => one.name),
})"""


@dataclass(frozen=True)
class Figures:
    """What a page costs: milliseconds, shift of its layout, bytes by kind, scripts that block its paint, what moved."""

    lcp: float
    fcp: float
    cls: float
    tbt: float
    sizes: dict[str, int]
    blocking: tuple[str, ...]
    moved: str

    @property
    def weight(self) -> int:
        """Return the bytes over the wire, pictures aside."""
        return sum(size for kind, size in self.sizes.items() if kind != "Image")


@contextmanager
def demo(folder: Path) -> Iterator[str]:
    """Serve the demo as in production; gives its address."""
    (folder / "measured.py").write_text(SETTINGS)
    settings = {"DATA_DIR": str(folder / "data"), "PYTHONPATH": str(folder), "DJANGO_SETTINGS_MODULE": "measured"}
    (folder / "data").mkdir()
    for command in (["migrate", "-v0"], ["collectstatic", "--noinput", "-v0"], ["load_demo"]):
        done = manage(*command, **settings)
        if done.returncode:
            raise SystemExit(f"{command[0]} failed: {done.stderr.strip()}")
    with Server(folder / "output", settings=settings) as server:
        server.wait()
        yield server.address


def measure(browser: Any, address: str, window: tuple[int, int], *, is_throttled: bool = True) -> Figures:
    """Load the page once, with nothing in the browser's cache."""
    width, height = window
    context = browser.new_context(viewport={"width": width, "height": height}, device_scale_factor=2 - width // 1000)
    page = context.new_page()
    wire, kinds, sizes = context.new_cdp_session(page), {}, Counter[str]()
    wire.on("Network.responseReceived", lambda told: kinds.update({told["requestId"]: told["type"]}))
    wire.on(
        "Network.loadingFinished",
        lambda told: sizes.update({kinds.get(told["requestId"], "Other"): int(told["encodedDataLength"])}),
    )
    wire.send("Network.enable")
    if is_throttled:
        line = {"offline": False, "latency": ROUND_TRIP, "downloadThroughput": BITS / 8, "uploadThroughput": BITS / 16}
        wire.send("Network.emulateNetworkConditions", line)
        wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.add_init_script(WATCH)
    page.goto(address, timeout=60_000)
    # What comes late, shifts late: letters, and what scripts do.
    page.evaluate("document.fonts.ready.then(() => new Promise((done) => setTimeout(done, 700)))")
    read = page.evaluate(READ)
    context.close()
    tbt = sum(max(0, lasted - 50) for begun, lasted in read["tasks"] if begun >= read["fcp"])
    return Figures(read["lcp"], read["fcp"], read["cls"], tbt, dict(sizes), tuple(read["blocking"]), read["moved"])


def best(browser: Any, address: str, window: tuple[int, int]) -> Figures:
    """Load the page a few times; return the least of each figure, and the worst shift and weight."""
    runs = [measure(browser, address, window) for _ in range(REPEATS)]
    least = {name: min(getattr(run, name) for run in runs) for name in ("lcp", "fcp", "tbt")}
    return replace(max(runs, key=lambda run: run.weight), cls=max(run.cls for run in runs), **least)


def statement(site: str, prefix: str) -> str:
    """Return the path of the first statement on the home page."""
    with urllib.request.urlopen(f"{site}{prefix}/") as answer:  # noqa: S310  our own address
        found = re.search(rf'href="({prefix}/messages/[1-9][0-9]*/[^/"]+/)"', answer.read().decode())
    if found is None:
        raise SystemExit("The home page leads to no statement.")
    return found[1]


def broken(name: str, page: str, found: Figures) -> Iterator[str]:
    """Say which limits the figures break."""
    if page == "home" and found.weight > MOST_BYTES:
        yield f"{name} weighs {found.weight:,} bytes without pictures, more than {MOST_BYTES:,}."
    if found.cls > 0:
        yield f"{name} shifts while it loads, by {found.cls:.4f} ({found.moved}); nothing may."
    if found.tbt > 0:
        yield f"{name} keeps the browser busy for {found.tbt:.0f} ms too long; not at all is the limit."
    if found.blocking:
        yield f"{name} waits with its first paint for {', '.join(found.blocking)}."


def main() -> int:
    """Print a table, and say by the exit code whether the limits hold."""
    from playwright.sync_api import sync_playwright

    from tests.programs_report import CHROMIUM

    if CHROMIUM is None:
        raise SystemExit("bench/paint.py needs Chromium, and none is installed: apt-get install chromium libatomic1.")
    faults: list[str] = []
    with (
        tempfile.TemporaryDirectory(prefix="paint-") as folder,
        demo(Path(folder)) as site,
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS) as browser,
    ):
        nothing = best(browser, f"{site}/healthz", WINDOWS["phone"]).lcp
        line = f"{ROUND_TRIP} ms, {BITS / 1e6} Mbit/s, processor {SLOWER} times slower"
        print(
            f"{line}; a page of three bytes: LCP {nothing:.0f} ms; limits: LCP {MOST_LCP} ms, home {MOST_BYTES:,} bytes"
        )
        print(f"{'':22}   LCP  ratio   FCP     CLS  TBT     bytes   HTML    CSS  fonts scripts other (pictures)")
        for language, prefix in LANGUAGES.items():
            paths = {"home": f"{prefix}/", "statement": statement(site, prefix), "archive": f"{prefix}/messages/"}
            for page, path in paths.items():
                for window, size in WINDOWS.items():
                    name, found = f"{page}, {language}, {window}", best(browser, site + path, size)
                    print(row(name, found, nothing), flush=True)
                    faults += broken(name, page, found)
    for fault in faults:
        print(fault)
    return 1 if faults else 0


def row(name: str, found: Figures, nothing: float) -> str:
    """Return the line of a page."""
    kinds = ("Document", "Stylesheet", "Font", "Script")
    rest = found.weight - sum(found.sizes.get(kind, 0) for kind in kinds)
    sizes = " ".join(f"{found.sizes.get(kind, 0):6}" for kind in kinds)
    late = "!" if found.lcp > MOST_LCP else " "
    times = f"{found.lcp:5.0f}{late} {found.lcp / nothing:5.1f} {found.fcp:5.0f}  {found.cls:6.4f} {found.tbt:4.0f}"
    return f"{name:22} {times}  {found.weight:8,} {sizes} {rest:6} ({found.sizes.get('Image', 0)})"


if __name__ == "__main__":
    sys.exit(main())
