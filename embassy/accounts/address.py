"""From where a request comes: the one place that works it out."""

import re
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

# Some proxies write the port too: `192.0.2.1:4711`, `[2001:db8::1]:4711`.
_WITH_PORT = re.compile(r"\[(?P<six>[^\]]+)\](:[0-9]+)?|(?P<four>[0-9.]+):[0-9]+")


def client_address(request: HttpRequest) -> str:
    """Return the client's IP address; empty where nobody vouches for one (a command, a Unix socket).

    Each proxy appends to X-Forwarded-For the address that called it, and what the client wrote itself stands to the
    left of that. So only the entry that our own outermost proxy wrote counts: TRUSTED_PROXIES from the right.
    """
    proxies: int = settings.TRUSTED_PROXIES
    hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    named = _clean(hops[-proxies]) if proxies and len(hops) >= proxies else ""
    return named or _clean(request.META.get("REMOTE_ADDR", ""))


def lockout_address(request: HttpRequest) -> str | None:
    """Return the address under which wrong guesses are counted: of IPv6 the /64 network, which is one customer's."""
    found = client_address(request)
    if ":" in found:
        return str(ip_network(f"{found}/64", strict=False).network_address)
    return found or None


def _clean(text: str) -> str:
    text = text.strip()
    if match := _WITH_PORT.fullmatch(text):
        text = match["six"] or match["four"]
    try:
        # Without the scope of a link-local address, which is no part of it.
        found = ip_address(text.partition("%")[0])
    except ValueError:
        return ""
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    return str(found)
