"""Cards are drawn once and kept in the storage, named by a digest of all they show. A cache: it may be emptied."""

import json
from dataclasses import astuple
from hashlib import sha256

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from news.cards.drawing import Card, draw

FOLDER = "cards"
# Raised when `drawing` draws the same words otherwise.
DRAWING = 1
# How every PNG ends (W3C PNG, the chunk IEND); one that was cut off while it was written does not.
END = b"IEND\xaeB`\x82"


def picture(card: Card) -> bytes:
    """Return the card as a PNG, drawn now or kept from before."""
    path = _path(card)
    kept = _read(path)
    if kept.endswith(END):
        return kept
    drawn = draw(card)
    _keep(path, drawn, is_spoilt=bool(kept))
    return drawn


def _path(card: Card) -> str:
    shown = json.dumps([DRAWING, *astuple(card)]).encode()
    name = sha256(shown).hexdigest()
    return f"{FOLDER}/{name[:2]}/{name}.png"


def _read(path: str) -> bytes:
    try:
        with default_storage.open(path) as file:
            return bytes(file.read())
    except OSError:
        return b""


def _keep(path: str, content: bytes, *, is_spoilt: bool) -> None:
    try:
        if is_spoilt:
            default_storage.delete(path)
        saved = default_storage.save(path, ContentFile(content))
        if saved != path:  # another process was quicker
            default_storage.delete(saved)
    except OSError:
        return  # a full disk costs time, not the card
