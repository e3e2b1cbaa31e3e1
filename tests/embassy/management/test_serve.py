import re
import socket
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from tests.programs import Server, free_port, manage

# The programs start with the production settings: one process each, to be quick.
SMALL = {"WEB_CONCURRENCY": "1"}
FIRST_ACCOUNT = (
    "Nobody can sign in yet; make the first account: docker exec -it CONTAINER python manage.py createsuperuser"
)
PASSWORD = re.compile(r"^Sign in as press with the password (\S+) \(shown this once\)$", re.MULTILINE)


def test_a_site_comes_up_says_where_it_is_and_stops_when_asked(tmp_path: Path):
    with Server(tmp_path / "output", settings=SMALL | {"DATA_DIR": str(tmp_path / "data")}) as server:
        assert server.wait() == "ok\n"
        assert server.wait("/readyz") == "ready\n"
        assert server.stop() == 0
    lines = server.output.splitlines()
    assert lines[:3] == [f"Site:  {server.address}/", f"Admin: {server.address}/admin/", FIRST_ACCOUNT]
    assert "Traceback" not in server.output


def test_a_request_in_flight_is_answered_before_the_stop(tmp_path: Path):
    with Server(tmp_path / "output", settings=SMALL | {"DATA_DIR": str(tmp_path / "data")}) as server:
        server.wait()
        host, port = server.address.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=20) as visitor:
            # Half a form: the view has begun and waits for the rest.
            visitor.sendall(b"POST /admin/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 8\r\n\r\nhalf")
            time.sleep(1)
            server.process.terminate()
            time.sleep(1)
            assert server.process.poll() is None
            visitor.sendall(b"half")
            # Refused for want of a token. Where no static files are collected that page fails: an answer too.
            assert visitor.recv(100).split(b"\r\n")[0] in {
                b"HTTP/1.1 403 Forbidden",
                b"HTTP/1.1 500 Internal Server Error",
            }
        assert server.process.wait(30) == 0


def test_a_second_start_keeps_key_account_and_data(tmp_path: Path):
    own = SMALL | {"DATA_DIR": str(tmp_path / "data")}
    with Server(tmp_path / "first", "--trial", settings=own) as server:
        server.wait()
        server.stop()
    assert PASSWORD.search(server.output)
    key = (tmp_path / "data" / "secret-key").read_text()
    counted = count(tmp_path / "data")
    with Server(tmp_path / "second", "--trial", settings=own) as server:
        server.wait()
        server.stop()
    assert "password" not in server.output
    assert FIRST_ACCOUNT not in server.output
    assert (tmp_path / "data" / "secret-key").read_text() == key
    assert count(tmp_path / "data") == counted
    assert counted[0] == 4
    assert counted[1] >= 60


def count(folder: Path) -> tuple[int, int]:
    """Return how many accounts and statements there are."""
    with closing(sqlite3.connect(folder / "embassy.sqlite3")) as database:
        query = "SELECT (SELECT count(*) FROM auth_user), (SELECT count(*) FROM news_statement)"
        accounts, statements = database.execute(query).fetchone()
    return accounts, statements


def test_two_that_start_at_once_on_one_empty_folder_both_come_up(tmp_path: Path):
    both_come_up(tmp_path, {"DATA_DIR": str(tmp_path / "data")})
    assert count(tmp_path / "data")[0] == 4


@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="asks for PostgreSQL: make test DATABASE_URL=postgres://…"
)
def test_two_that_start_at_once_on_one_empty_postgresql_both_come_up(tmp_path: Path):
    name = f"embassy_serve_{free_port()}"
    database = settings.DATABASES["default"]
    server = {key: database[key.upper()] for key in ("host", "port", "user", "password")}
    with psycopg.connect(dbname="postgres", autocommit=True, **server) as admin:
        admin.execute(f"CREATE DATABASE {name}")
        try:
            user = f"{database['USER']}:{database['PASSWORD']}"
            address = f"postgres://{user}@{database['HOST']}:{database['PORT'] or 5432}/{name}"
            both_come_up(tmp_path, {"DATA_DIR": str(tmp_path / "data"), "DATABASE_URL": address})
        finally:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


def both_come_up(folder: Path, own: dict[str, str]) -> None:
    with (
        Server(folder / "first", "--trial", settings=SMALL | own) as first,
        Server(folder / "second", "--trial", settings=SMALL | own) as second,
    ):
        assert (first.wait("/readyz"), second.wait("/readyz")) == ("ready\n", "ready\n")
        assert (first.stop(), second.stop()) == (0, 0)
    # One of them, and only one, made the accounts: the administrator and one for each role.
    assert len(PASSWORD.findall(first.output + second.output)) == 1


def refusal(*arguments: str, **own: str) -> str:
    """Return the one line that a refused start prints."""
    ended = manage("serve", *arguments, **own)
    lines = ended.stderr.splitlines()
    assert (ended.returncode, ended.stdout, len(lines)) == (1, "", 1), ended.stderr
    return lines[0]


def test_a_busy_port_is_refused(tmp_path: Path):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        line = refusal(f"--bind=127.0.0.1:{port}", DATA_DIR=str(tmp_path))
    assert line == (
        f"CommandError: Port {port} is in use: stop the other program, or choose another port (make run PORT=8001)."
    )


def test_a_database_that_does_not_answer_is_refused_without_the_password(tmp_path: Path):
    address = f"postgres://embassy:geheim@127.0.0.1:{free_port()}/embassy"
    line = refusal(f"--bind=127.0.0.1:{free_port()}", DATA_DIR=str(tmp_path), DATABASE_URL=address)
    assert line.startswith("CommandError: DATABASE_URL: the database does not answer (")
    assert "Connection refused" in line
    assert "geheim" not in line


@pytest.mark.parametrize("options", ["sslmode=geheim1", "no_such_option=1", "connect_timeout=x"])
def test_an_option_that_the_database_does_not_know_is_refused(tmp_path: Path, options: str):
    address = f"postgres://embassy:geheim@127.0.0.1:{free_port()}/embassy?{options}"
    line = refusal(f"--bind=127.0.0.1:{free_port()}", DATA_DIR=str(tmp_path), DATABASE_URL=address)
    assert line.startswith("CommandError: DATABASE_URL: the database does not answer (")


def test_a_data_folder_that_cannot_be_written_is_refused_even_with_a_key_given(tmp_path: Path):
    (tmp_path / "file").touch()
    line = refusal(f"--bind=127.0.0.1:{free_port()}", DATA_DIR=str(tmp_path / "file"), SECRET_KEY="x" * 50)
    assert "cannot write in DATA_DIR" in line


def test_a_file_that_is_no_database_is_refused(tmp_path: Path):
    (tmp_path / "embassy.sqlite3").write_bytes(b"not a database, but long enough to be taken for one" * 100)
    line = refusal(f"--bind=127.0.0.1:{free_port()}", DATA_DIR=str(tmp_path))
    assert line.startswith("CommandError: The SQLite file of DATABASE_URL is damaged (")
