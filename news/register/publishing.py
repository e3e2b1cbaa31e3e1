"""The register as anybody can read it: its end, the keys, the newest signature, and its lines by the thousand."""

from datetime import datetime
from typing import Any

from news.models import RegisterKey, RegisterSignature
from news.register import lines
from news.register.chain import Line, instant_text

FORMAT = "Embassy register 1"


def state(at: datetime) -> dict[str, Any]:
    """Return what the register is as a whole at the aware instant `at`: for JSON, its keys in a fixed order."""
    head = lines.head(at)
    return {
        "format": FORMAT,
        "count": head.position,
        "head": head.chain,
        "keys": [key(one) for one in RegisterKey.objects.filter(added_at__lte=at).order_by("pk")],
        "signature": _newest_signature(at),
    }


def line(line: Line) -> dict[str, Any]:
    """Return a line for JSON: all that its chain is made over, and nothing else."""
    return {
        "position": line.position,
        "number": line.entry.number,
        "edition": line.entry.edition,
        "language": line.entry.language,
        "public_from": instant_text(line.entry.public_from),
        "digest": line.entry.digest,
        "chain": line.chain,
    }


def key(key: RegisterKey) -> dict[str, str]:
    """Return a public key for JSON."""
    added = instant_text(key.added_at)
    return {"public_key": key.public_key, "added_at": added, "endorsement": key.endorsement}


def signature(signature: RegisterSignature) -> dict[str, Any]:
    """Return a signature for JSON, with all that it is made over."""
    return {
        "position": signature.line.position,
        "chain": signature.line.chain,
        "signed_at": instant_text(signature.signed_at),
        "public_key": signature.key.public_key,
        "signature": signature.signature,
    }


def _newest_signature(at: datetime) -> dict[str, Any] | None:
    made = RegisterSignature.objects.filter(signed_at__lte=at, line__entered_at__lte=at).select_related("line", "key")
    newest = made.order_by("-pk").first()
    return signature(newest) if newest else None
