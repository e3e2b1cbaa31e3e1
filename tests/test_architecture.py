"""The arrows of the design, held by reading the code: who imports whom, who reads a clock, who trusts HTML."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APPS = ("embassy", "news", "counters")
FILES = {path.relative_to(ROOT).as_posix(): path for app in APPS for path in sorted((ROOT / app).rglob("*.py"))}
TEMPLATES = {path.relative_to(ROOT).as_posix(): path for path in sorted((ROOT / "templates").rglob("*.*"))}

LOWER_FLOOR = {"browsers", "mission", "moment", "version", "zoned", "labels", "log", "logged"}
LOWER_FLOOR |= {"look", "opening", "storing"}
# Which floors of an app a floor may import; a floor is a module or a package right under the app.
NEWS_FLOORS = {
    "states": set(),
    "texttokens": set(),
    "addresses": {"texttokens"},
    "models": {"states", "texttokens", "addresses", "models"},
    "permissions": {"states"},
    "references": set(),
    "richtext": {"references", "texttokens"},
    "library": {"models", "library"},
    "compare": {"texttokens", "richtext", "compare"},
    "previews": {"states", "models", "previews"},
    "jsonfeed": {"models", "texttokens", "richtext", "library", "jsonfeed"},
    "exporting": {"models", "jsonfeed", "register", "exporting"},
    "search": {"states", "models", "texttokens", "archive", "search"},
    "register": {"addresses", "models", "texttokens", "richtext", "compare", "library", "search", "register"},
    "actions": {
        "states",
        "addresses",
        "models",
        "permissions",
        "richtext",
        "texttokens",
        "previews",
        "library",
        "register",
        "search",
        "actions",
    },
}
ABOVE = {"actions", "admin", "views", "forms", "urls", "feeds", "management", "templatetags"}
# What tells the time of the machine: of datetime, date and Django's timezone under whatever name, and of `time`.
CLOCKS = {"now", "utcnow", "today", "localtime", "localdate"}
TIME_CLOCKS = {"time", "time_ns", "localtime", "gmtime", "ctime", "asctime", "clock_gettime", "strftime"}
CLOCK_IMPORTS = {f"time.{name}" for name in TIME_CLOCKS} | {f"django.utils.timezone.{name}" for name in CLOCKS}
CLOCK_IMPORTS |= {"django.db.models.functions.Now"}


@cache
def tree(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path):
    """Yield the full name of everything that a file imports, wherever in the file it does."""
    package = path.relative_to(ROOT).parent.parts
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = [*package[: len(package) - node.level + 1]] if node.level else []
            base += node.module.split(".") if node.module else []
            yield from (".".join([*base, alias.name]) for alias in node.names)


def ours(path):
    """Yield (app, floor) for what a file imports of ours."""
    for name in imported(path):
        app, _, rest = name.partition(".")
        if app in APPS:
            yield app, rest.partition(".")[0]


def arrows(app):
    return [(name, *target) for name, path in FILES.items() if name.startswith(f"{app}/") for target in ours(path)]


def floor(name):
    return name.split("/")[1].removesuffix(".py")


def test_the_files_are_found():
    known = {"embassy/moment.py", "news/actions/__init__.py", "news/models/edition.py", "counters/elapsed.py"}
    assert known - FILES.keys() == set()
    assert "templates/base.html" in TEMPLATES


@pytest.mark.parametrize("app", ["news", "counters"])
def test_an_app_imports_itself_and_the_lower_floor_of_embassy(app):
    wrong = [
        arrow for arrow in arrows(app) if not (arrow[1] == app or (arrow[1] == "embassy" and arrow[2] in LOWER_FLOOR))
    ]
    assert wrong == []


def test_the_lower_floor_of_embassy_stands_on_itself():
    lower = LOWER_FLOOR | {"models"}
    wrong = [
        arrow
        for arrow in arrows("embassy")
        if floor(arrow[0]) in lower and not (arrow[1] == "embassy" and arrow[2] in lower)
    ]
    assert wrong == []


def test_nobody_but_embassy_itself_imports_its_upper_floor():
    upper = {floor(name) for name in FILES if name.startswith("embassy/")} - LOWER_FLOOR - {"models", "__init__"}
    assert upper >= {"settings", "urls", "wsgi", "middleware", "views", "pages", "management"}
    wrong = [
        arrow for app in ("news", "counters") for arrow in arrows(app) if arrow[1] == "embassy" and arrow[2] in upper
    ]
    assert wrong == []


@pytest.mark.parametrize("name", NEWS_FLOORS)
def test_a_floor_of_news_imports_what_lies_below_it(name):
    below = NEWS_FLOORS[name]
    found = {arrow for arrow in arrows("news") if floor(arrow[0]) == name and arrow[1] == "news"}
    assert {arrow for arrow in found if arrow[2] not in below} == set()
    assert below & (ABOVE - {name}) == set()


def test_states_and_the_day_arithmetic_import_nothing_of_ours():
    assert [arrow for arrow in arrows("news") if floor(arrow[0]) == "states"] == []
    assert [arrow for arrow in arrows("counters") if floor(arrow[0]) == "elapsed"] == []


def test_models_of_counters_do_not_import_what_shows_them():
    wrong = [arrow for arrow in arrows("counters") if floor(arrow[0]) == "models" and arrow[2] in ABOVE]
    assert wrong == []


def clock_readings(path):
    """Yield the lines on which a file reads a clock, or takes a name with which it could."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Attribute):
            owner = node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
            if (node.attr in CLOCKS and owner != "moment") or (owner == "time" and node.attr in TIME_CLOCKS):
                yield node.lineno
        elif isinstance(node, ast.ImportFrom):
            if {f"{node.module}.{alias.name}" for alias in node.names} & CLOCK_IMPORTS:
                yield node.lineno
        elif isinstance(node, ast.Import):
            # Under another name it would tell the time unseen.
            yield from (node.lineno for alias in node.names if alias.name == "time" and alias.asname)
        elif isinstance(node, ast.keyword) and node.arg in {"auto_now", "auto_now_add"}:
            yield node.value.lineno


def test_one_file_reads_the_clock():
    readings = {name: list(clock_readings(path)) for name, path in FILES.items()}
    assert {name for name, lines in readings.items() if lines} == {"embassy/moment.py"}


@pytest.mark.parametrize(
    "line",
    [
        "datetime.now(UTC)",
        "datetime.datetime.utcnow()",
        "date.today()",
        "dt.datetime.now()",
        "time.time()",
        "from time import time",
        "time.localtime()",
        "import time as t",
        "timezone.now()",
        "tz.localtime(x)",
        "from django.utils.timezone import now",
        "from django.db.models.functions import Now",
        "x = models.DateTimeField(auto_now=True)",
        "default = datetime.now",
    ],
)
def test_every_way_to_read_a_clock_is_seen(line, tmp_path):
    (tmp_path / "x.py").write_text(line)
    assert list(clock_readings(tmp_path / "x.py")) == [1]


@pytest.mark.parametrize(
    "line", ["time.monotonic()", "time.perf_counter()", "moment.now()", "moment.today()", "date(1, 1, 1)"]
)
def test_what_reads_no_clock_is_not_taken_for_one(line, tmp_path):
    (tmp_path / "x.py").write_text(line)
    assert list(clock_readings(tmp_path / "x.py")) == []


def test_templates_read_no_clock():
    assert [
        name
        for name, path in TEMPLATES.items()
        if re.search(r"{%\s*now\b|\|\s*(timesince|timeuntil)\b", path.read_text())
    ] == []


def names_used(path):
    """Return every name that the code of a file speaks of: names, attributes, imports."""
    nodes = list(ast.walk(tree(path)))
    found = {node.id for node in nodes if isinstance(node, ast.Name)}
    found |= {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    return found | {
        alias.name for node in nodes if isinstance(node, ast.Import | ast.ImportFrom) for alias in node.names
    }


def test_one_file_says_which_html_is_trusted():
    trusting = {"mark_safe", "SafeText", "html_safe", "__html__"}
    assert {name for name, path in FILES.items() if names_used(path) & trusting} == {"news/richtext.py"}


def test_nothing_but_the_type_of_trusted_html_is_used_elsewhere():
    calls = {
        name
        for name, path in FILES.items()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "SafeString"
    }
    assert calls == set()


def test_no_template_trusts_html():
    trust = re.compile(r"\|\s*safe(seq)?\b|autoescape\s+off")
    assert [name for name, path in TEMPLATES.items() if trust.search(path.read_text())] == []
    assert [
        text for text in ("{{ a|safe }}", "{{ a| safeseq }}", "{% autoescape off %}") if not trust.search(text)
    ] == []
