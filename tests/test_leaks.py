"""An anonymous visitor who tries every address finds what is public at that instant, and nothing else."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from urllib.parse import urljoin, urlsplit

import pytest
import time_machine
from django.db.models import Max
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from embassy import pages, version
from news import actions
from news.cards import keeping
from news.models import Category, Edition, Rendition, Statement
from tests.factories import (
    DAY,
    MINUTE,
    NOW,
    make_category,
    make_clock,
    make_counter,
    make_document,
    make_draft,
    make_live,
    make_next,
    make_offer,
    make_picture,
    make_removed,
    make_scheduled,
    make_withdrawn,
    overwrite,
    shown_in_text,
    text,
)
from tests.newsroom import signed_in
from tests.reading import addresses, content
from tests.uploads import pdf

pytestmark = pytest.mark.django_db

LATER = NOW + DAY
OURS = {"localhost", "testserver"}


def secret(word: str, **fields):
    """Return the fields of an edition that says `word` wherever staff can write."""
    picture = make_picture(alt=f"P {word}")
    files = {"picture": make_picture(caption=f"C {word}"), "attachments": (make_document(content=pdf(word.encode())),)}
    body = f"<p>B <a href='/{word}'>{word}</a></p>{shown_in_text(picture)}"
    return {"title": f"Of {word}", "summary": f"S {word}.", "body": body} | files | fields


def build() -> None:
    """Make one statement of each kind, each with a word of its own."""
    make_clock()
    news = make_category("News")
    make_counter("xcounterlater", shown_from=LATER)
    make_counter("xcounterpast", shown_until=NOW)
    make_live(**secret("xlive", category=news))
    make_draft(**secret("xdraft", category=news, featured_until=NOW + 9 * DAY))
    make_scheduled(LATER, **secret("xscheduled", category=news, featured_until=NOW + 9 * DAY))
    make_scheduled(LATER, **secret("xrussian", category=news), language="ru")
    make_withdrawn(**secret("xwithdrawn", category=news))
    make_removed(**secret("xremoved", category=news))

    first = make_live(**secret("xfirst"))
    soon = make_next(first, at=NOW - MINUTE, **secret("xsecond", change_note="Note xsecondnote."))
    actions.schedule(soon, public_from=LATER, by=None, at=NOW - MINUTE)
    make_next(make_live(**secret("xthird")), at=NOW - MINUTE, **secret("xfourth", change_note="Note xfourthnote."))
    old = make_live(**secret("xold"), at=NOW - 2 * DAY)
    actions.release(make_next(old, at=NOW - DAY, **secret("xnew")), by=None, at=NOW - DAY)

    back = make_removed(**secret("xclosed"), until=NOW - 9 * MINUTE)
    actions.release(make_next(back, at=NOW - MINUTE, **secret("xback")), by=None, at=NOW - MINUTE)
    original = make_live(**secret("xoriginal"))
    make_offer(caption="C xoffered")
    translation = actions.write(
        text(**secret("xtranslation")), language="ru", translation_of=original.statement, by=None, at=NOW - DAY
    )
    actions.schedule(translation, public_from=LATER, by=None, at=NOW - DAY)


NOW_PUBLIC = {"xlive", "xwithdrawn", "xfirst", "xthird", "xold", "xnew", "xback", "xoriginal", "xoffered"}
LATER_PUBLIC = {"xscheduled", "xrussian", "xsecond", "xsecondnote", "xtranslation", "xcounterlater"}
NEVER_PUBLIC = {"xdraft", "xfourth", "xfourthnote", "xremoved", "xclosed", "xcounterpast"}


def patterns(resolver: URLResolver, parameters: tuple[str, ...] = ()) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the name and the parameters of every address that the site can build, the newsroom's apart."""
    for pattern in resolver.url_patterns:
        own = (*parameters, *pattern.pattern.converters)
        if isinstance(pattern, URLPattern):
            yield str(pattern.pattern), own
        elif pattern.app_name != "admin":
            yield from ((str(pattern.pattern) + tail, found) for tail, found in patterns(pattern, own))


def values() -> dict[str, list[str]]:
    """Return what each parameter of an address is tried with."""
    numbers = range(1, (Statement.objects.aggregate(last=Max("number"))["last"]) + 2)
    return {
        "number": [str(number) for number in numbers],
        "sequence": ["1", "2", "3"],
        "slug": [
            *Category.objects.values_list("slug", flat=True),
            "of-xdraft",
            "of-xscheduled",
            "of-xremoved",
            "wrong",
        ],
        "year": ["2020", "2021", "2022"],
        "part": ["1", "2"],
        "month": ["01", "10", "11", "12"],
        # Files are asked for one by one: a token with another file's name is nothing.
        "token": ["A" * 22],
        "name": ["40.webp"],
        # The look of a mission: its stylesheet says nothing but colours and a face, its emblem is nobody's here.
        "light": ["8c1c13"],
        "dark": ["ffb4a9"],
        "face": ["sans"],
        "digest": ["0" * 64],
        # Of a preview link: nobody was given it.
        "secret": ["x", "A" * 43],
        # The site as at an instant: a visitor is sent to the door, whatever stands behind it.
        "instant": ["2021-10-26T21:41Z"],
        "rest": ["messages/1/"],
    }


def every_address() -> Iterator[str]:
    """Yield every address that the URL patterns can build for what is in the database, in each language."""
    known = values()
    for route, parameters in patterns(get_resolver()):
        missing = set(parameters) - set(known)
        assert not missing, f"say in values() what {route} is tried with: {missing}"
        for chosen in product(*(known[name] for name in parameters)):
            path = route
            for name, value in zip(parameters, chosen, strict=True):
                start = path.rindex("<", 0, path.index(f"{name}>"))
                path = path[:start] + value + path[path.index(">", start) + 1 :]
            yield from (f"/{path}", f"/ru/{path}")
    for rendition in Rendition.objects.select_related("file"):
        yield f"/files/{rendition.file.token}/{rendition.name}"
    queries = [f"before={number}" for number in known["number"]]
    queries += [f"category={slug}" for slug in Category.objects.values_list("slug", flat=True)]
    queries += [f"q={word}" for word in NOW_PUBLIC | LATER_PUBLIC | NEVER_PUBLIC]
    queries += ["from=2021-10-25", "to=2021-10-25", "from=1900-01-01&to=2199-12-31"]
    queries += ["language=all", "order=oldest&language=all", "print=all", "print=all&language=all&order=oldest"]
    yield from (f"{prefix}/messages/?{query}" for prefix in ("", "/ru") for query in queries)
    yield from (f"{prefix}/verify/?of={number}" for prefix in ("", "/ru") for number in known["number"])


@dataclass
class Crawl:
    """What a visitor found, and what the answers were."""

    words: set[str] = field(default_factory=set)
    statuses: dict[str, int] = field(default_factory=dict)


def crawl(starts: Iterable[str], client: Client | None = None, inside: str = "") -> Crawl:
    """Ask for every address given, and for every one that an answer names; `inside` stands before each of them."""
    client, found, waiting = client or Client(), Crawl(), list(starts)
    words = NOW_PUBLIC | LATER_PUBLIC | NEVER_PUBLIC
    while waiting:
        address = waiting.pop()
        parts = urlsplit(address)
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        is_ours = parts.scheme in {"", "http", "https"} and parts.netloc in OURS | {""}
        if (
            not is_ours
            or not path.startswith("/")
            or path.startswith(("/static/", "/admin/"))
            or path in found.statuses
        ):
            continue
        answer = client.get(inside + path)
        found.statuses[path] = answer.status_code
        # An answer may repeat the visitor's own words: it leads to the same address in another language.
        asked = parts.path.removeprefix("/ru").strip("/")
        sent = content(answer)
        everything = (sent.decode(errors="replace") + repr(answer.headers)).replace(asked or "/", "").lower()
        # Feeds tell that a statement is withdrawn, by its title alone (tests/news/feeds).
        told = {"xwithdrawn"} if "/feeds/" in path else set()
        found.words |= {word for word in words if word in everything and f"q={word}" not in path} - told
        if answer.status_code in {301, 302}:
            waiting.append(urljoin(path, answer.headers["Location"].replace(inside, "", 1)))
        else:
            page = sent.decode() if "html" in answer.headers["Content-Type"] else ""
            waiting += [urljoin(path, link.replace(inside, "", 1)) for link in addresses(page)]
    return found


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[time_machine.Traveller]:
    # A picture hides its words from this reader: what a card would show is sent in its place.
    monkeypatch.setattr(keeping, "draw", lambda card: repr(card).encode() + keeping.END)
    monkeypatch.setattr(keeping, "FOLDER", "cards-to-read")
    with time_machine.travel(NOW, tick=False) as traveller:
        build()
        yield traveller


def test_by_links_a_visitor_finds_what_is_public_and_nothing_else(clock):
    assert crawl(["/", "/ru/"]).words == NOW_PUBLIC - {"xwithdrawn"}


def test_by_trying_every_address_a_visitor_finds_what_is_public_a_minute_before_and_at_its_instant(clock):
    before = version.number()
    clock.move_to(LATER - MINUTE)
    found = crawl(["/", "/ru/", *every_address()])
    assert found.words == NOW_PUBLIC
    assert len(found.statuses) > 300
    assert set(found.statuses.values()) == {200, 301, 404, 410}
    # A page of results repeats the words that were asked for: tests/news/views/test_search.py holds it to them.
    kept_pages = [page for page in pages._store._pages.values() if "q=" not in page.key.address]
    kept = b"".join(page.content + repr(page.headers).encode() for page in kept_pages).lower()
    assert {word for word in LATER_PUBLIC | NEVER_PUBLIC if word.encode() in kept} <= {
        "xdraft",
        "xscheduled",
        "xremoved",
    }
    # Nothing runs, and nobody writes.
    clock.move_to(LATER)
    assert crawl(["/", "/ru/"]).words == (NOW_PUBLIC | LATER_PUBLIC) - {"xwithdrawn"}
    assert crawl(["/", "/ru/", *every_address()]).words == NOW_PUBLIC | LATER_PUBLIC
    assert version.number() == before


def test_a_preview_link_adds_its_own_text_until_it_ends_and_nothing_else(clock):
    scheduled = Edition.objects.get(title="Of xscheduled")
    link, token = actions.share(
        scheduled.statement, outlet="x", expires_at=LATER - DAY / 2, is_fixed=True, by=None, at=NOW
    )
    path = f"/preview/{token}/"
    assert crawl(["/", "/ru/", path]).words == NOW_PUBLIC - {"xwithdrawn"} | {"xscheduled"}
    assert crawl([f"{path}{rest}" for rest in ("x", "messages/1/", f"files/{token}/x", "../1/")]).words <= NOW_PUBLIC
    assert token not in repr(pages._store._pages)
    clock.move_to(link.expires_at)
    assert crawl(["/", "/ru/", path]).words == NOW_PUBLIC - {"xwithdrawn"}


def test_the_site_as_at_an_instant_is_what_a_visitor_finds_then(clock, writer):
    starts = ["/", "/ru/", *(f"/messages/{number}/" for number in values()["number"])]
    walked = crawl(starts, signed_in(writer), f"/admin/as-at/{LATER:%Y-%m-%dT%H:%MZ}")
    clock.move_to(LATER)
    visited = crawl(starts)
    assert walked == visited
    assert not walked.words & {"xdraft", "xfourth", "xfourthnote"}


def test_the_crawl_would_see_a_leak(clock):
    overwrite(Edition.objects.filter(title="Of xdraft"), title="Of xlive")
    assert "xlive" in crawl(["/messages/1/"]).words
    overwrite(Edition.objects.filter(title="Of xlive", state="approved"), summary="xdraft", date=date(2021, 10, 26))
    assert "xdraft" in crawl(["/"]).words
