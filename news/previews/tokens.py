"""The secret part of a preview link's address: made, given out once, and known again by its digest."""

import hashlib
import secrets

# 256 random bits in 43 characters. Whoever tries a million addresses a second meets one of a million live links
# after about 10^57 years: tries need no limit.
BYTES = 32


def make() -> str:
    """Return a new token: the one time at which anybody but the outlet sees it."""
    return secrets.token_urlsafe(BYTES)


def digest(token: str) -> str:
    """Return what is stored of the token. So many random bits need no salt: there is no table of them."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def is_same(first: str, second: str) -> bool:
    """Compare two digests in a time that does not tell how much of them is the same."""
    return secrets.compare_digest(first, second)
