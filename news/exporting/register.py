"""The register of digests as an export carries it: the line of each text beside it, the end and the signatures once."""

from datetime import datetime
from typing import Any

from news.jsonfeed.writing import exact
from news.models import Edition, RegisterKey, RegisterSignature
from news.register import lines


def state(at: datetime) -> dict[str, Any]:
    """Return the end of the register as it is at the aware instant `at`, its keys, and all signatures."""
    head = lines.head(at)
    keys = RegisterKey.objects.filter(added_at__lte=at).order_by("pk")
    made = RegisterSignature.objects.filter(signed_at__lte=at, line__entered_at__lte=at).select_related("key")
    return {
        "count": head.position,
        "head": head.chain,
        "keys": [
            {"public_key": key.public_key, "added_at": exact(key.added_at), "endorsement": key.endorsement}
            for key in keys
        ],
        "signatures": [
            {
                "position": one.line_id,
                "public_key": one.key.public_key,
                "signed_at": exact(one.signed_at),
                "signature": one.signature,
            }
            for one in made.order_by("pk")
        ],
    }


def line(edition: Edition, *, is_gone: bool = False) -> dict[str, Any] | None:
    """Return the line of an edition that came with it from the database; its digest only where the words are gone."""
    found = getattr(edition, "line", None)
    if found is None:
        return None
    told = {"position": found.position, "entered_at": exact(found.entered_at)}
    return told | {"digest": found.digest} if is_gone else told
