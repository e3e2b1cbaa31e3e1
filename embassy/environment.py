"""The settings that operators give as environment variables: each is described here, once.

`settings.py` asks for values; the README's table and the sentence on a wrong value come from the same lines.
"""

import os
import re
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit, urlunsplit

import environ
from django.core.exceptions import ImproperlyConfigured


class Setting(NamedTuple):
    """One environment variable: its name, its default as a person reads it, and what it does."""

    name: str
    default: str
    meaning: str


SETTINGS = (
    Setting("DATA_DIR", "`var/`; in the container `/data`", "The one folder that is written to and must be backed up."),
    Setting(
        "DATABASE_URL",
        "SQLite in `DATA_DIR`",
        "`postgres://user:password@host:5432/name`, or `sqlite:////path/to/file`.",
    ),
    Setting(
        "SEARCH_URL",
        "the database itself",
        "An outside search engine: `elasticsearch9+https://user:password@host:9200/name`, likewise `elasticsearch7`, "
        "`elasticsearch8`, `opensearch2`, `opensearch3`. Its client package is yours to install (docs/search.md).",
    ),
    Setting(
        "SECRET_KEY",
        "made once, kept in `DATA_DIR`",
        "At least 50 characters; the same in every container of one site.",
    ),
    Setting(
        "ALLOWED_HOSTS",
        "`localhost,127.0.0.1,[::1]`",
        "The host names the site answers to, separated by commas. The first one is used by `render`.",
    ),
    Setting(
        "HTTPS",
        "`off`",
        "`on` behind a proxy that speaks TLS and sets `X-Forwarded-Proto`: redirects to https, HSTS, secure cookies.",
    ),
    Setting(
        "TRUSTED_PROXIES",
        "`0`",
        "How many proxies in front add to `X-Forwarded-For`, 0 to 9. Too low: everybody seems to come from the proxy, "
        "and one who guesses passwords locks out others. Too high: visitors can lie about their address.",
    ),
    Setting(
        "SECOND_FACTOR",
        "`required`",
        "`required`: every account also gives a code of its owner’s phone. `off` for trials: the password alone.",
    ),
    Setting(
        "LANGUAGES",
        "`en,ru`",
        "Languages of the site, separated by commas; the first has no prefix in addresses (docs/languages.md).",
    ),
    Setting(
        "SECURITY_CONTACT",
        "none",
        "Where to report security holes: email addresses or `https://` pages, separated by commas. "
        "`/.well-known/security.txt` says them (RFC 9116).",
    ),
    Setting("TIME_ZONE", "`UTC`", "The home zone while the site has no clock yet; an IANA name."),
    Setting("WEB_CONCURRENCY", "`2`", "Server processes, 1 to 64."),
    Setting("WEB_THREADS", "`4`", "Threads in each server process, 1 to 64."),
    Setting("LOG_LEVEL", "`INFO`", "`DEBUG`, `INFO`, `WARNING` or `ERROR`."),
)


# The engines that modelsearch speaks to, the module of each one's client, and the package that brings it.
SEARCH_ENGINES = {f"elasticsearch{number}": ("elasticsearch", f"'elasticsearch=={number}.*'") for number in (7, 8, 9)}
SEARCH_ENGINES |= {f"opensearch{number}": ("opensearchpy", f"'opensearch-py=={number}.*'") for number in (2, 3)}


def wrong(name: str, problem: str) -> ImproperlyConfigured:
    """Build the one sentence that names a setting and says what to write."""
    return ImproperlyConfigured(f"{name} {problem}")


class Environment:
    """Typed access to the environment; a variable that is not in SETTINGS cannot be asked for."""

    def __init__(self, values: Mapping[str, str] = os.environ) -> None:
        self._values = values
        self._known = {setting.name for setting in SETTINGS}

    def text(self, name: str, default: str = "") -> str:
        """Return the variable's text, stripped; an empty variable counts as not set."""
        if name not in self._known:
            raise KeyError(name)
        return self._values.get(name, "").strip() or default

    def choice(self, name: str, default: str, choices: tuple[str, ...]) -> str:
        """Return one of `choices`; raises ImproperlyConfigured for anything else."""
        value = self.text(name, default)
        if value not in choices:
            raise wrong(name, f"is {value!r}; write one of: {', '.join(choices)}.")
        return value

    def switch(self, name: str) -> bool:
        """Return whether the variable is `on`; not set means off."""
        return self.choice(name, "off", ("on", "off")) == "on"

    def whole(self, name: str, default: int, low: int, high: int) -> int:
        """Return a whole number between `low` and `high`, both included."""
        value = self.text(name, str(default))
        if not re.fullmatch(r"[0-9]{1,6}", value) or not low <= int(value) <= high:
            raise wrong(name, f"is {value!r}; write a whole number from {low} to {high}.")
        return int(value)

    def names(self, name: str, default: str) -> list[str]:
        """Return the comma-separated parts, without blanks and empty ones."""
        parts = [part.strip() for part in self.text(name, default).split(",") if part.strip()]
        if not parts:
            raise wrong(name, "names nothing; write at least one, separated by commas.")
        return parts

    def hosts(self, name: str, default: str) -> list[str]:
        """Return host names; a scheme, port or path in one is refused with the sentence that says so."""
        hosts = self.names(name, default)
        for host in hosts:
            if not re.fullmatch(r"\*|\.?[A-Za-z0-9_.-]+|\[[0-9A-Fa-f:.]+\]", host):
                raise wrong(name, f"holds {host!r}; write host names only, without scheme, port or path.")
        return hosts

    def contacts(self, name: str) -> list[str]:
        """Return contacts as RFC 9116 writes them, `mailto:` or `https:` addresses; none where none is given."""
        if not self.text(name):
            return []
        found = []
        for contact in self.names(name, ""):
            is_page = re.fullmatch(r"https://[!-~]+", contact) is not None
            if not is_page and not re.fullmatch(r"(mailto:)?[A-Za-z0-9.!#$&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+", contact):
                raise wrong(name, f"holds {contact!r}; write an email address or a page that begins with https://.")
            found.append(contact if is_page else f"mailto:{contact.removeprefix('mailto:')}")
        return found

    def database(self, name: str, default: Path) -> dict[str, Any]:
        """Return Django's settings for the database: SQLite or PostgreSQL, nothing else."""
        address = self.text(name)
        if not address:
            return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(default)}
        expected = "write postgres://user:password@host:5432/name or sqlite:////path/to/file."
        try:
            parts = urlsplit(address)
            _ = parts.port
            # A host in an SQLite address is a slash that was forgotten; the folder it meant would be lost in silence.
            is_wanted = parts.scheme in {"postgres", "postgresql"} or (parts.scheme == "sqlite" and not parts.netloc)
            known = is_wanted and "://" in address and len(parts.path) > 1
        except ValueError:
            known = False
        if not known:
            # The address is not repeated: it can hold a password.
            raise wrong(name, f"is not an address this project understands; {expected}")
        return dict(environ.Env.db_url_config(address))

    def search(self, name: str) -> dict[str, Any]:
        """Return modelsearch's settings for the outside search engine; none where none is named."""
        address = self.text(name)
        if not address:
            return {}
        engine, _, url = address.partition("+")
        try:
            parts = urlsplit(url)
            _ = parts.port
            known = bool(parts.scheme in {"http", "https"} and parts.hostname)
        except ValueError:
            known = False
        if engine not in SEARCH_ENGINES or not known:
            # The address is not repeated: it can hold a password.
            raise wrong(
                name, f"is no address of a search engine; write {' or '.join(SEARCH_ENGINES)}, then +https://…."
            )
        module, package = SEARCH_ENGINES[engine]
        if find_spec(module) is None:
            raise wrong(name, f"asks for {engine}, whose client is not installed: pip install {package}")
        prefix = parts.path.strip("/") or "embassy"
        return {
            "BACKEND": f"modelsearch.backends.{engine}",
            "URLS": [urlunsplit(parts._replace(path="", query="", fragment=""))],
            "INDEX_PREFIX": f"{prefix}_",
            "TIMEOUT": 5,
            "ATOMIC_REBUILD": True,
        }
