"""Feeds to import, and what an import must not change."""

import json
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core import serializers

VERSION = "https://jsonfeed.org/version/1.1"


def item(identifier: Any = "a", **fields: Any) -> dict[str, Any]:
    """Return a good item; only what differs is named, and None leaves a field out."""
    whole = {
        "id": identifier,
        "title": f"Title {identifier}",
        "summary": f"Summary {identifier}",
        "content_html": f"<p>Body {identifier}</p>",
        "date_published": "2021-10-20T12:00:00+03:00",
    }
    return {name: value for name, value in (whole | fields).items() if value is not None}


def feed(*items: Any, **fields: Any) -> dict[str, Any]:
    return {"version": VERSION, "title": "A feed", "items": list(items)} | fields


def write(folder: Path, *items: Any, **fields: Any) -> str:
    """Write a feed to a file; return its name."""
    path = folder / "feed.json"
    path.write_text(json.dumps(feed(*items, **fields)))
    return str(path)


def dump() -> list[str]:
    """Return every row of every table."""
    return [serializers.serialize("json", model._default_manager.order_by("pk")) for model in apps.get_models()]
