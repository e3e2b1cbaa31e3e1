"""Moving a site: its export, an empty site like it, and what a visitor finds there."""

import json
import os
import re
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from io import StringIO
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import parse_qs, urljoin, urlsplit

from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.test.utils import override_settings

from embassy import pages, storing
from news.models import LibraryFile, Statement
from tests.factories import make_document, make_live, make_picture, shown_in_text
from tests.reading import addresses, content
from tests.uploads import picture as picture_of

T = TypeVar("T")
HOST = "http://testserver"
MOST = 10_000 if "EXAMPLES" in os.environ else 1


class _Over(Exception):  # noqa: N818
    pass


@contextmanager
def a_site() -> Iterator[None]:
    """Make a site that is gone afterwards, its stored files too."""
    pages.clear()
    with suppress(_Over), storing.all_or_nothing(), transaction.atomic():
        yield
        raise _Over


def export(folder: Path, name: str = "site") -> dict[str, bytes]:
    """Export the site; return every file that was written, by its path, the feed as `feed`."""
    file = folder / f"{name}.json"
    call_command("export_statements", str(file), stdout=StringIO())
    files = folder / f"{name}.json.files"
    found = {str(one.relative_to(files)): one.read_bytes() for one in files.rglob("*") if one.is_file()}
    return found | {"feed": file.read_bytes()}


def take(folder: Path, name: str = "site", **options: Any) -> str:
    """Import an export; return what the command says, problems first."""
    out, err = StringIO(), StringIO()
    call_command("import_statements", str(folder / f"{name}.json"), stdout=out, stderr=err, **options)
    return err.getvalue() + out.getvalue()


def from_elsewhere(folder: Path, tell: Callable[[], T]) -> T:
    """Export what `tell` makes on another, empty site; return what `tell` returned."""
    assert not Statement.objects.exists()
    with a_site(), override_settings(ALLOWED_HOSTS=["elsewhere.example"]):
        told = tell()
        export(folder)
    return told


def edit(folder: Path, change: Callable[[Any], object]) -> None:
    """Let `change` change the exported feed."""
    path = folder / "site.json"
    feed = json.loads(path.read_bytes())
    change(feed)
    path.write_text(json.dumps(feed))


CONTENT = picture_of("PNG", (50, 40), color=(1, 2, 3))


def illustrated() -> LibraryFile:
    """Make a statement that shows a picture of CONTENT at its head and in its text, and offers a document."""
    picture: LibraryFile = make_picture(content=CONTENT, alt="Theirs")
    make_live(picture=picture, body=f"<p>A</p>{shown_in_text(picture)}", attachments=(make_document("p.pdf"),))
    return picture


def stored() -> set[str]:
    """Return the names of all that the library has stored."""
    tokens = default_storage.listdir("library")[0] if default_storage.exists("library") else []
    return {f"{token}/{name}" for token in tokens for name in default_storage.listdir(f"library/{token}")[1]}


def visit(paths: Iterable[str]) -> dict[str, tuple[int, bytes]]:
    """Return what a visitor gets at these addresses."""
    pages.clear()
    client = Client()
    answers = {path: client.get(path) for path in paths}
    return {path: (answer.status_code, content(answer)) for path, answer in answers.items()}


def walk(start: Iterable[str]) -> dict[str, tuple[int, bytes]]:
    """Return what a visitor gets at every address that leads on from `start`.

    Of the many pages of a kind only the first that is found; with EXAMPLES in the environment all of them.
    """
    pages.clear()
    client, found, kinds = Client(), dict[str, tuple[int, bytes]](), Counter[str]()
    waiting = deque(start)
    asked = set(waiting)
    while waiting:
        path = waiting.popleft()
        kinds[_kind(path)] += path not in found and path not in asked
        if path in found or (path not in asked and kinds[_kind(path)] > MOST):
            continue
        answer = client.get(path)
        found[path] = (answer.status_code, content(answer))
        if answer.status_code in {301, 302}:
            waiting.append(urljoin(path, answer.headers["Location"]))
        elif answer.headers["Content-Type"].startswith("text/html"):
            joined = (urljoin(HOST + path, address) for address in addresses(answer))
            waiting += [one.removeprefix(HOST) or "/" for one in joined if _is_ours(one)]
    return found


def _kind(path: str) -> str:
    parts = urlsplit(path)
    kind = re.sub(r"[0-9]+", "9", re.sub(r"(/messages/[0-9]+/)(?!editions/)[^/]+/$", r"\1slug/", parts.path))
    return f"{kind}?{sorted(parse_qs(parts.query))}"


def _is_ours(address: str) -> bool:
    parts = urlsplit(address)
    is_page = not parts.path.startswith(("/static/", "/admin/"))
    return f"{parts.scheme}://{parts.netloc}" == HOST and is_page and not parts.fragment
