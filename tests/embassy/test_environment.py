import re
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import example, given
from hypothesis import strategies as st

from embassy.environment import SETTINGS, Environment
from tests.programs import ROOT, manage

NAMES = [setting.name for setting in SETTINGS]
HERE = Path("/data/embassy.sqlite3")


def test_text_is_stripped_and_empty_counts_as_not_set():
    env = Environment({"TIME_ZONE": " Europe/London ", "LANGUAGES": " "})
    assert (env.text("TIME_ZONE"), env.text("LANGUAGES", "en")) == ("Europe/London", "en")


def test_a_variable_that_is_not_described_cannot_be_asked_for():
    with pytest.raises(KeyError):
        Environment({"DEBUG": "1"}).text("DEBUG")


@pytest.mark.parametrize(
    ("ask", "value", "sentence"),
    [
        (lambda env: env.switch("HTTPS"), "yes", "HTTPS is 'yes'; write one of: on, off."),
        (lambda env: env.choice("LOG_LEVEL", "INFO", ("INFO", "ERROR")), "loud", "write one of: INFO, ERROR."),
        (lambda env: env.whole("WEB_THREADS", 4, 1, 64), "x", "WEB_THREADS is 'x'; write a whole number from 1 to 64."),
        (lambda env: env.whole("WEB_THREADS", 4, 1, 64), "0", "WEB_THREADS is '0'; write a whole number from 1 to 64."),
        (lambda env: env.whole("WEB_THREADS", 4, 1, 64), "65", "from 1 to 64."),
        (lambda env: env.whole("WEB_THREADS", 4, 1, 64), "²", "from 1 to 64."),
        (lambda env: env.names("LANGUAGES", "en"), " , ", "LANGUAGES names nothing; write at least one"),
        (
            lambda env: env.hosts("ALLOWED_HOSTS", "x"),
            "https://a.example",
            "holds 'https://a.example'; write host names",
        ),
        (lambda env: env.hosts("ALLOWED_HOSTS", "x"), "a.example:80", "without scheme, port or path."),
    ],
)
def test_a_wrong_value_gets_one_sentence(ask, value: str, sentence: str):
    env = Environment(dict.fromkeys(NAMES, value))
    with pytest.raises(ImproperlyConfigured, match=re.escape(sentence)):
        ask(env)


@pytest.mark.parametrize(
    "address",
    [
        "mysql://embassy:geheim@db/embassy",
        "postgres://embassy:geheim@db",
        "postgres://embassy:geheim@db:x/embassy",
        "postgres://embassy:geheim@[db/embassy",
        "postgres:embassy:geheim",
        "sqlite://var/geheim.sqlite3",
        "geheim",
    ],
)
def test_a_wrong_database_address_is_not_repeated(address: str):
    with pytest.raises(ImproperlyConfigured) as caught:
        Environment({"DATABASE_URL": address}).database("DATABASE_URL", HERE)
    assert str(caught.value) == (
        "DATABASE_URL is not an address this project understands; "
        "write postgres://user:password@host:5432/name or sqlite:////path/to/file."
    )


@pytest.mark.parametrize(
    "address",
    [
        "https://embassy:geheim@search:9200",
        "elasticsearch6+https://embassy:geheim@search",
        "elasticsearch9",
        "elasticsearch9+geheim",
        "opensearch3+https://embassy:geheim@search:x",
        "opensearch3+https://[geheim",
        "opensearch3+ftp://embassy:geheim@search",
    ],
)
def test_a_wrong_address_of_a_search_engine_is_not_repeated(address: str):
    with pytest.raises(ImproperlyConfigured, match=r"SEARCH_URL is no address of a search engine; write ") as caught:
        Environment({"SEARCH_URL": address}).search("SEARCH_URL")
    assert "geheim" not in str(caught.value)


def test_a_search_engine_needs_its_client(monkeypatch):
    address = "elasticsearch8+https://embassy:p%40ss@search.example:9200/press"
    env = Environment({"SEARCH_URL": address})
    sentence = "SEARCH_URL asks for elasticsearch8, whose client is not installed: pip install 'elasticsearch==8.*'"
    with pytest.raises(ImproperlyConfigured, match=re.escape(sentence)):
        env.search("SEARCH_URL")
    monkeypatch.setattr("embassy.environment.find_spec", lambda _name: True)
    asked = env.search("SEARCH_URL")
    assert asked["BACKEND"] == "modelsearch.backends.elasticsearch8"
    assert (asked["URLS"], asked["INDEX_PREFIX"]) == (["https://embassy:p%40ss@search.example:9200"], "press_")
    assert Environment({}).search("SEARCH_URL") == {}


@pytest.mark.parametrize("folder", ["/data", "/srv/a b", "/srv/50%25", "/srv/what?#"])
def test_the_database_lies_in_the_data_folder_whatever_its_name(folder: str):
    database = Environment({}).database("DATABASE_URL", Path(folder) / "embassy.sqlite3")
    assert database == {"ENGINE": "django.db.backends.sqlite3", "NAME": f"{folder}/embassy.sqlite3"}


def test_a_postgres_address_is_taken_apart():
    env = Environment({"DATABASE_URL": "postgres://embassy:p%40ss@db.example:6432/press?sslmode=require"})
    database = env.database("DATABASE_URL", HERE)
    wanted = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "press",
        "USER": "embassy",
        "PASSWORD": "p@ss",
        "HOST": "db.example",
        "PORT": 6432,
        "OPTIONS": {"sslmode": "require"},
    }
    assert {key: database[key] for key in wanted} == wanted


def ask_for(name: str, value: str) -> Any:
    env = Environment({name: value})
    asked = {
        "DATABASE_URL": lambda: env.database(name, HERE),
        "ALLOWED_HOSTS": lambda: env.hosts(name, "localhost"),
        "HTTPS": lambda: env.switch(name),
        "LANGUAGES": lambda: env.names(name, "en"),
        "TRUSTED_PROXIES": lambda: env.whole(name, 0, 0, 9),
        "SECOND_FACTOR": lambda: env.choice(name, "required", ("required", "off")),
        "WEB_CONCURRENCY": lambda: env.whole(name, 2, 1, 64),
        "WEB_THREADS": lambda: env.whole(name, 4, 1, 64),
        "LOG_LEVEL": lambda: env.choice(name, "INFO", ("INFO",)),
    }
    return asked.get(name, lambda: env.text(name))()


@given(st.sampled_from(NAMES), st.text())
def test_any_text_is_understood_or_refused_by_name(name: str, value: str):
    try:
        ask_for(name, value)
    except ImproperlyConfigured as error:
        assert str(error).startswith(f"{name} ")


URLISH = st.lists(
    st.sampled_from(
        ["postgres", "sqlite", "mysql", "://", ":", "/", "@", "[", "]", "?", "#", "%", "=", "&", "a", "1", "é"]
    )
)


@given(URLISH.map("".join), URLISH.map("".join))
@example("postgres://embassy:", "@db/name?options")
@example("postgres://embassy:", "@db/name?conn_max_age=x")
def test_no_refusal_of_a_database_address_holds_its_password(before: str, after: str):
    try:
        Environment({"DATABASE_URL": f"{before}geheim{after}"}).database("DATABASE_URL", HERE)
    except ImproperlyConfigured as error:
        assert "geheim" not in str(error)
        assert str(error).startswith("DATABASE_URL ")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATA_DIR", "/dev/null/data"),
        ("DATABASE_URL", "oracle://embassy:geheim@db/x"),
        ("SEARCH_URL", "elasticsearch9+http://embassy:geheim@search:9200/"),
        ("SECRET_KEY", "short"),
        ("ALLOWED_HOSTS", "https://a.example/"),
        ("HTTPS", "1"),
        ("TRUSTED_PROXIES", "one"),
        ("SECOND_FACTOR", "on"),
        ("LANGUAGES", "klingon"),
        ("SECURITY_CONTACT", "nobody"),
        ("TIME_ZONE", "Mars/Olympus"),
        ("WEB_CONCURRENCY", "x"),
        ("WEB_THREADS", "-1"),
        ("LOG_LEVEL", "loud"),
    ],
)
@pytest.mark.parametrize("command", ["check", "serve"])
def test_a_wrong_setting_stops_the_start_with_one_line(name: str, value: str, command: str, tmp_path: Path):
    ended = manage(command, **({"DATA_DIR": str(tmp_path)} | {name: value}))
    assert (ended.returncode, ended.stdout, len(ended.stderr.splitlines())) == (1, "", 1)
    assert ended.stderr.startswith(f"Embassy cannot start: {name} ")
    assert "geheim" not in ended.stderr


def test_every_setting_has_a_wrong_value_above():
    tried = test_a_wrong_setting_stops_the_start_with_one_line.pytestmark[1].args[1]
    assert [name for name, _ in tried] == NAMES


def test_the_readme_lists_the_settings_as_the_code_describes_them():
    table = re.search(r"<!-- settings -->\n(.*)<!-- /settings -->", (ROOT / "README.md").read_text(), re.DOTALL)
    rows = [f"| `{setting.name}` | {setting.default} | {setting.meaning} |" for setting in SETTINGS]
    assert table
    assert table[1].strip().splitlines() == ["| setting | default | meaning |", "|---|---|---|", *rows]
