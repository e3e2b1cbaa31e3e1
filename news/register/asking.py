"""What somebody asks about: a register number, an address of this site, a digest; anything else is a text. Pure."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import split_domain_port, validate_host

LONGEST = 500
_DIGEST = re.compile(r"[0-9a-f]{64}", re.IGNORECASE)
_NUMBER = r"([1-9][0-9]{0,8})"
# “12”, “No. 12”, “№ 12, edition 2”: few enough letters around that no sentence is taken for a number.
_CITED = re.compile(
    rf"(?:[^\W\d]{{0,12}}\s?(?:No|Nr|№|#)\.?)?\s*{_NUMBER}(?:,?\s*[^\W\d]{{1,12}}\.?\s*{_NUMBER})?\.?", re.IGNORECASE
)
_PATH = re.compile(
    rf"(?:/[a-z]{{2,3}}(?:-[a-z0-9]+)*)?/(?:messages/)?{_NUMBER}(?:/editions/{_NUMBER})?(?:/(?!\d+/?\Z)[^/]*)?/?",
    re.IGNORECASE,
)
_SCHEME = re.compile(r"https?://", re.IGNORECASE)


@dataclass(frozen=True)
class Asked:
    """A place in the register: by number and perhaps edition, or by digest; or an address of another site."""

    number: int = 0
    edition: int = 0
    digest: str = ""
    is_foreign: bool = False


def read(typed: str) -> Asked | None:
    """Return what `typed` asks about; None where it is a text."""
    typed = typed.strip()
    if len(typed) > LONGEST or not typed:
        return None
    if _DIGEST.fullmatch(typed):
        return Asked(digest=typed.lower())
    cited = _CITED.fullmatch(typed)
    if cited:
        return _asked(cited)
    if any(char.isspace() for char in typed):
        return None
    return _address(typed)


def _address(typed: str) -> Asked | None:
    """Read an address, with its scheme or without."""
    has_scheme = _SCHEME.match(typed) is not None
    try:
        parts = urlsplit(typed if has_scheme or typed.startswith("/") else f"//{typed}")
        host = parts.hostname or ""
    except ValueError:
        return None
    path = _PATH.fullmatch(parts.path)
    if host and not validate_host(split_domain_port(host)[0], settings.ALLOWED_HOSTS):
        return Asked(is_foreign=True) if has_scheme else None
    if path is None:
        return Asked() if has_scheme else None
    return _asked(path)


def _asked(found: re.Match[str]) -> Asked:
    return Asked(int(found[1]), int(found[2] or 0))
