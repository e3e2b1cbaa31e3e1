"""`make pictures` shows every kind of page: a new one is found by itself, and none of its addresses leads nowhere."""

import importlib
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver, resolve
from PIL import Image

from docs.pictures import sheets
from docs.pictures.newsroom import Site, furnish
from docs.pictures.shown import PARTS
from tests.programs import ROOT, environment

# What answers no page: files, data, what only a form sends to, and ways on to another page.
NO_PAGES = re.compile(
    r"(admin:(logout|jsi18n|autocomplete|view_on_site|end_sessions|\w+_export|\w+_find|\w+_restore|\w+_preview_\w+"
    r"|news_picture_(small|file|thumbnail)|news_statement_delete|embassy_logrow_(add|delete|change|history)"
    r"|embassy_mission_(add|delete))"
    r"|machines:.*|news:(card|atom|rss|json|number|short|preview_file)|set_language|instant|manifest|security_txt|files:\w+|look"
    r"|emblem)$"
)
# Django draws them alike for every model; one of each is shown.
ALIKE = re.compile(r"admin:(?!news_statement)\w+_(history|delete)$")


def names(patterns: Any, space: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else space)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield f"{space}{pattern.name}"


@pytest.fixture
def site(db: None) -> Site:
    # A test that emptied the database took the groups along.
    importlib.import_module("news.migrations.0008_roles").make_groups(apps, None)
    return furnish("en")


def test_every_kind_of_page_is_among_them(site: Site):
    shown = [page for part in ("public", "newsroom", "admin") for page in PARTS[part][1] if page.status == 200]
    found = {resolve(urlsplit(page.address.format_map(site.places)).path).view_name for page in shown}
    every = {name for name in names(get_resolver().url_patterns) if not NO_PAGES.match(name)}
    assert {name for name in every - found if not ALIKE.match(name)} == set()


def test_no_two_pages_of_a_part_have_one_name():
    for _kind, pages in PARTS.values():
        assert sorted(page.name for page in pages) == sorted({page.name for page in pages})


def command(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    order = [sys.executable, "-m", "docs.pictures", *arguments]
    env = environment(**settings)
    return subprocess.run(order, cwd=ROOT, env=env, capture_output=True, text=True, check=False)


def test_a_part_that_is_not_there_is_refused_with_the_names_of_those_that_are():
    refused = command("nonsense")
    assert refused.returncode == 2
    assert "no language nonsense; there are public, newsroom, admin, hard, empty, en, ru, ar" in refused.stderr


def test_without_chromium_a_sentence_says_how_to_get_it():
    refused = command("public", PATH="/nowhere")
    assert (refused.returncode, refused.stderr) == (
        1,
        "make pictures needs Chromium, and none is installed: apt-get install chromium libatomic1.\n",
    )


def test_sheets_are_no_larger_than_a_viewer_takes_and_hold_every_page(tmp_path: Path):
    for language, page in (("en", "public-home"), ("ru", "public-home"), ("en", "admin-log")):
        for width in (320, 768, 1280, 1920):
            for scheme in ("light", "dark"):
                file = tmp_path / language / f"{page}-{width}-{scheme}.png"
                file.parent.mkdir(exist_ok=True)
                Image.new("RGB", (width, 5_000)).save(file)
    assert sheets.draw_all(tmp_path, ["a note"]) == 2
    drawn = sorted((tmp_path / "sheets").iterdir())
    assert [file.name for file in drawn] == ["admin-01-log.png", "public-01-home.png"]
    for file in drawn:
        with Image.open(file) as image:
            assert max(image.size) <= sheets.LARGEST
    index = (tmp_path / "index.html").read_text()
    assert set(re.findall(r"<summary>([^<]+)<", index)) == {"en/public-home", "ru/public-home", "en/admin-log"}
    assert "<li>a note</li>" in index
