"""Saving is atomic: a server that is killed in the midst of it loses nothing that it has acknowledged."""

import http.client
import sqlite3
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psycopg
import pytest
from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import connection

from tests.programs import Server, free_port

SAVES = 500
KILLED_AFTER = (170, 340)
WRITERS = 6
PASSWORD = "correct horse battery staple"
# Django compares the two and keeps neither: a page to take them from is not needed.
TOKEN = "x" * 32

Ask = Callable[[str], list[Any]]


class Newsroom:
    """Several people who save drafts over HTTP, one connection each, and note what was acknowledged."""

    def __init__(self) -> None:
        self.acknowledged: set[str] = set()
        self.tried: dict[str, list[str]] = {}
        self.session = ""
        self.address = ""
        self.is_up = threading.Event()
        self.begun = threading.Semaphore(0)
        self._numbers = count(1)
        self._lock = threading.Lock()

    def sign_in(self) -> None:
        answer = self._post("/admin/login/", {"username": "press", "password": PASSWORD, "next": "/admin/"})
        assert answer.status == 302
        cookies = answer.headers.get_all("Set-Cookie")
        self.session = next(one for one in cookies if one.startswith("sessionid=")).partition(";")[0]

    def write(self) -> None:
        """Save a new draft, change it, and so on; what fails is not tried again."""
        draft = ""
        while (number := self._next()) <= SAVES:
            self.is_up.wait()
            self.begun.release()
            try:
                address = self.save(f"Save {number}.", draft)
            except (OSError, http.client.HTTPException):
                address = draft  # killed: nobody knows whether it was saved
            draft = "" if draft else address

    def save(self, title: str, draft: str = "") -> str:
        """Save a draft, a new one where none is given; return its address."""
        if draft:
            self.tried[draft].append(title)
        answer = self._post(draft or "/admin/news/statement/add/", words(title))
        assert answer.status == 302, answer.status
        self.acknowledged.add(title)
        address = answer.headers["Location"]
        self.tried.setdefault(address, [title])
        return address

    def _next(self) -> int:
        with self._lock:
            return next(self._numbers)

    def _post(self, path: str, fields: dict[str, str]) -> http.client.HTTPResponse:
        cookies = f"csrftoken={TOKEN}; {self.session}"
        headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
        with closing(http.client.HTTPConnection(self.address.removeprefix("http://"), timeout=30)) as line:
            line.request("POST", path, urlencode(fields | {"csrfmiddlewaretoken": TOKEN}), headers)
            answer = line.getresponse()
            answer.read()
            return answer


def account() -> str:
    """Return the command that makes an account: one round of hashing, because the clock of the suite is running."""
    hashed = PBKDF2PasswordHasher().encode(PASSWORD, "salt", 1)
    fields = {"username": "press", "password": hashed, "date_joined": "2021-10-25 00:00:00+00:00"}
    fields |= dict.fromkeys(("first_name", "last_name", "email"), "")
    values = ", ".join(f"'{value}'" for value in fields.values())
    return (
        f"INSERT INTO auth_user (is_superuser, is_staff, is_active, {', '.join(fields)}) "
        f"VALUES (TRUE, TRUE, TRUE, {values}) RETURNING id"
    )


def measured(newsroom: Newsroom, ask: Ask) -> tuple[int, int]:
    """Return by how much a new draft raises the site version, and by how much a change of one does."""
    draft = newsroom.save("The first draft.")
    new = version(ask)
    newsroom.save("The first change.", draft)
    return new, version(ask) - new


def version(ask: Ask) -> int:
    return int(ask("SELECT number FROM embassy_siteversion")[0][0])


def words(title: str) -> dict[str, str]:
    return {"title": title, "body": f"<p>Words of {title}</p>", "date": "2021-10-25", "language": "en", "_save": "1"}


@pytest.fixture
def database(tmp_path: Path) -> Iterator[tuple[dict[str, str], Ask]]:
    """The settings of a server on an empty database of the kind that is under test, and a way to ask that database."""
    own = {"DATA_DIR": str(tmp_path / "data"), "WEB_CONCURRENCY": "2", "SECOND_FACTOR": "off", "LOG_LEVEL": "WARNING"}
    if connection.vendor == "sqlite":
        with_file = tmp_path / "data" / "embassy.sqlite3"

        def ask(query: str) -> list[Any]:
            with closing(sqlite3.connect(with_file, isolation_level=None)) as file:
                return file.execute(query).fetchall()

        yield own, ask
        return
    name, known = f"embassy_killed_{free_port()}", settings.DATABASES["default"]
    server = {key: known[key.upper()] for key in ("host", "port", "user", "password")}
    address = f"{known['USER']}:{known['PASSWORD']}@{known['HOST']}:{known['PORT'] or 5432}/{name}"
    with psycopg.connect(dbname="postgres", autocommit=True, **server) as admin:
        admin.execute(f"CREATE DATABASE {name}")
        try:
            with psycopg.connect(dbname=name, autocommit=True, **server) as line:
                yield own | {"DATABASE_URL": f"postgres://{address}"}, lambda query: line.execute(query).fetchall()
        finally:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_a_server_killed_during_five_hundred_saves_loses_none_that_it_acknowledged(
    tmp_path: Path, database: tuple[dict[str, str], Ask]
) -> None:
    own, ask = database
    newsroom = Newsroom()
    people = [threading.Thread(target=newsroom.write) for _ in range(WRITERS)]
    for killing, until in enumerate((*KILLED_AFTER, None)):
        with Server(tmp_path / f"output-{killing}", settings=own) as server:
            server.wait("/readyz")
            newsroom.address = server.address
            if not killing:
                ask(account())
                newsroom.sign_in()
                ones = measured(newsroom, ask)
                for person in people:
                    person.start()
            newsroom.is_up.set()
            if until is None:
                for person in people:
                    person.join(60)
                break
            for _save in range(until - (KILLED_AFTER[killing - 1] if killing else 0)):
                assert newsroom.begun.acquire(timeout=30)
            newsroom.is_up.clear()
            server.kill()

    logged = dict(ask("SELECT title, verb FROM embassy_logrow WHERE verb IN ('write', 'change')"))
    rows = ask("SELECT count(*) FROM embassy_logrow WHERE verb IN ('write', 'change')")
    assert rows == [(len(logged),)]
    # Nothing that was acknowledged is lost; what was cut off is at most what everybody had in hand.
    assert newsroom.acknowledged - set(logged) == set()
    assert SAVES + 2 - len(newsroom.acknowledged) <= WRITERS * len(KILLED_AFTER)
    # Each draft has the words acknowledged last, or some that were sent after them and cut off.
    drafts = ask("SELECT '/admin/news/statement/' || statement_id || '/change/', title, body FROM news_edition")
    editions = {address: title for address, title, _body in drafts}
    for address, tried in newsroom.tried.items():
        last = max(number for number, title in enumerate(tried) if title in newsroom.acknowledged)
        assert editions[address] in tried[last:]
    # Nothing is half there: no words without their row in the log, no statement without a text, no body of another.
    assert set(editions.values()) - set(logged) == set()
    assert {body for _address, _title, body in drafts} == {words(title)["body"] for title in editions.values()}
    assert ask("SELECT id FROM news_statement EXCEPT SELECT statement_id FROM news_edition") == []
    assert ask("SELECT edition_pk FROM embassy_logrow WHERE verb = 'write' EXCEPT SELECT id FROM news_edition") == []
    verbs = Counter(logged.values())
    assert version(ask) == verbs["write"] * ones[0] + verbs["change"] * ones[1]
    if connection.vendor == "sqlite":
        assert ask("PRAGMA integrity_check") == [("ok",)]
        assert ask("PRAGMA foreign_key_check") == []
