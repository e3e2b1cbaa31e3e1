"""Downloaded pages of the register, checked without the site: what a reader can do who kept an older copy. Pure."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from news.register import publishing
from news.register.chain import NO_LINE, Entry, chained, instant_text
from news.register.checking import faults_of_keys, faults_of_signature

Page = dict[str, Any]
_LINE: dict[str, type] = {
    "position": int,
    "number": int,
    "edition": int,
    "language": str,
    "public_from": str,
    "digest": str,
    "chain": str,
}
_KEY: dict[str, type] = {"public_key": str, "added_at": str, "endorsement": str}
_SIGNATURE: dict[str, type] = {"position": int, "chain": str, "signed_at": str, "public_key": str, "signature": str}


class NoPage(ValueError):  # noqa: N818  a sentence for whoever checks
    """The file is no page of a register; the text says why."""


def read(content: bytes) -> Page:
    """Return the page that was downloaded; raises NoPage for anything else."""
    try:
        page = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise NoPage("it is no JSON") from error
    if not isinstance(page, dict) or page.get("format") != publishing.FORMAT:
        raise NoPage(f"it does not say “{publishing.FORMAT}”")
    signature = [page["signature"]] if page.setdefault("signature", None) else []
    parts: list[tuple[Any, dict[str, type]]] = [
        (page.get("lines"), _LINE),
        (page.get("keys"), _KEY),
        (signature, _SIGNATURE),
    ]
    is_whole = isinstance(page.get("count"), int) and isinstance(page.get("head"), str)
    if not is_whole or not all(_are(rows, kinds) for rows, kinds in parts):
        raise NoPage("it is not whole")
    return page


def faults(pages: Iterable[Page], trusted: str = "") -> Iterator[str]:
    """Yield once for each line of the pages, in order, and each key and signature: a sentence, "" without a fault.

    `trusted` is the public key, in hexadecimal, that the reader has from the mission by another way.
    """
    pages = list(pages)
    found: dict[int, dict[str, Any]] = {}
    for line in (line for page in pages for line in page["lines"]):
        if found.setdefault(line["position"], line) != line:
            yield f"Two files disagree about line {line['position']}."
    before: dict[str, Any] = {"position": 0, "chain": NO_LINE}
    for position in sorted(found):
        yield _fault(found[position], before)
        before = found[position]
    for page in pages:
        yield from _faults_of_state(page, found, trusted)


def _fault(line: dict[str, Any], before: dict[str, Any]) -> str:
    position = line["position"]
    if position != before["position"] + 1:
        if before["position"]:
            return f"Line {before['position'] + 1} is missing: download that page too."
        return f"Line 1 is missing: the files begin with line {position}."
    try:
        begun = datetime.fromisoformat(line["public_from"])
        entry = Entry(line["number"], line["edition"], line["language"], begun, line["digest"])
        # The chain is over the text of the instant: written in another way it is another line.
        is_chained = instant_text(begun) == line["public_from"]
        is_chained = is_chained and chained(before["chain"], position, entry) == line["chain"]
    except (ValueError, OverflowError):
        is_chained = False
    return "" if is_chained else f"Line {position} does not continue the chain."


def _faults_of_state(page: Page, found: dict[int, dict[str, Any]], trusted: str) -> Iterator[str]:
    """Yield what the head, the keys and the signature of a page contradict."""
    signature = page["signature"]
    ends = [("the head", page["count"], page["head"])]
    ends += [("the signature", signature["position"], signature["chain"])] if signature else []
    for name, position, chain in ends:
        line = found.get(position)
        if line is not None and line["chain"] != chain:
            yield f"Line {position} is not the one that {name} speaks of."
    if page["count"] and page["count"] not in found:
        yield f"Line {page['count']}, the last one, is missing: download that page too."
    yield from faults_of_keys(page["keys"], trusted)
    if signature:
        yield from faults_of_signature(signature, page["keys"])
    elif trusted:
        yield "The register is not signed."


def _are(rows: Any, kinds: dict[str, type]) -> bool:
    """Tell whether all rows have all their parts."""
    return isinstance(rows, list) and all(
        isinstance(row, dict) and all(isinstance(row.get(name), kind) for name, kind in kinds.items()) for row in rows
    )
