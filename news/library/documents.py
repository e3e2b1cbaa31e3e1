"""Documents: PDF and the office formats by ending and by content; stored as they came, served for download only.

A document cannot be drawn anew. What protects readers is how it is served (`serving`): with our type, as a download,
under a policy that runs nothing. The checks here keep what a press office does not mean to hand out away from
journalists: programs in documents, files inside files, what bursts when it is opened.
"""

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple
from xml.etree import ElementTree as ET
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext as _

from news.library import names
from news.library.refusal import Refused

MOST_BYTES = 25 * 1024 * 1024
MOST_UNPACKED = 200 * 1024 * 1024
MOST_PARTS = 5_000
LARGEST_TYPES = 1024 * 1024


class Format(NamedTuple):
    """An office format: its type, the part that makes it one, and what stands in its list of types."""

    content_type: str
    part: str = "mimetype"
    within: bytes = b""


_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
PDF = "application/pdf"
# Not doc, xls and ppt: what programs they hold can be seen only by taking them apart. A newer format costs one click.
OFFICE = {
    "docx": Format(_OOXML + "wordprocessingml.document", "word/document.xml", b"wordprocessingml.document.main+xml"),
    "xlsx": Format(_OOXML + "spreadsheetml.sheet", "xl/workbook.xml", b"spreadsheetml.sheet.main+xml"),
    "pptx": Format(
        _OOXML + "presentationml.presentation", "ppt/presentation.xml", b"presentationml.presentation.main+xml"
    ),
    "odt": Format(_ODF + "text"),
    "ods": Format(_ODF + "spreadsheet"),
    "odp": Format(_ODF + "presentation"),
}
OLD = {"doc": "docx", "xls": "xlsx", "ppt": "pptx", "rtf": "docx", "docm": "docx", "xlsm": "xlsx", "pptm": "pptx"}
# Programs: macros, controls, packaged objects; in either family of formats.
_PROGRAMS = re.compile(r"(vbaProject|vbaData|/activeX/|oleObject\d*\.bin$|^Basic/|^Scripts/)", re.IGNORECASE)
# What an office document fetches by itself when it is opened: a template, a picture. A link waits to be clicked.
# A template on a disk of the writer's own machine is nowhere for anybody else.
_OWN_DISK = re.compile(r"(?:file:/{0,3})?[A-Za-z]:[\\/]|file:///(?![\\/])|(?![A-Za-z][A-Za-z0-9+.-]*:)[^\\/]")
_END = rb"(?=[\s/<>\[\](){}%]|$)"
# Long enough to be looked for everywhere: no packed stream holds them by chance, and none can hide them.
_ACTIVE = re.compile(
    rb"/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia|XFA|GoToE|ImportData|SubmitForm)" + _END,
)
_SHORT = re.compile(rb"/JS" + _END)
# With whatever stands behind the word: readers' programs are patient.
_BEGIN, _FINISH = re.compile(rb"stream[ \t]*+\r?\n?"), b"endstream"
# How a list of objects begins: the number of the first, and where it stands. Its own name can be written in many ways.
_OBJECTS = re.compile(rb"\s*\d+\s+\d+\s")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")


def content_type(name: str, data: bytes) -> str:
    """Return the type of the document that is in `data` and that its name says; refuse anything else."""
    ending = names.extension(name)
    if ending == "pdf":
        _require_plain_pdf(name, data)
        return PDF
    if ending in OFFICE:
        _require_plain_office(name, data, OFFICE[ending])
        return OFFICE[ending].content_type
    if ending in OLD:
        sentence = _("“%(name)s” may hold programs that nobody sees: save it as %(ending)s or PDF.")
        raise Refused(sentence % {"name": name, "ending": OLD[ending]})
    sentence = _("“%(name)s” is no document that can be taken: save it as PDF, or as one of %(known)s.")
    raise Refused(sentence % {"name": name, "known": ", ".join(OFFICE)})


def _require_plain_pdf(name: str, data: bytes) -> None:
    # Readers' programs look for the beginning anywhere in the first kilobyte: so could another kind of file hide.
    if not re.match(rb"%PDF-[12]\.\d", data) or b"%%EOF" not in data[-2048:]:
        raise Refused(_broken(name))
    streams = list(_streams(data))
    packed = _packed_objects(data, streams)
    ends = [0, *(end for _start, end in streams)]
    starts = [*(start for start, _end in streams), len(data)]
    outside = b"".join(data[end:start] for end, start in zip(ends, starts, strict=True))
    visible = _unescaped(outside + packed)
    if re.search(rb"/Encrypt\b", visible):
        # Nobody here can look inside, and readers’ programs for the blind often cannot either.
        raise Refused(_("“%(name)s” is protected by a password or by limits: save it without them.") % {"name": name})
    if _SHORT.search(visible) or _ACTIVE.search(_unescaped(data + packed)):
        sentence = _(
            "“%(name)s” holds a script, a form program or another file: print it to a new PDF and choose that."
        )
        raise Refused(sentence % {"name": name})


def _streams(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield where each stream's content begins and ends; one look over the whole, however often one only begins."""
    at = 0
    while (begun := _BEGIN.search(data, at)) and (end := data.find(_FINISH, begun.end())) >= 0:
        yield begun.end(), end
        at = end + len(_FINISH)


def _packed_objects(data: bytes, streams: list[tuple[int, int]]) -> bytes:
    """Return what stands in the packed lists of objects: since PDF 1.5 most of a document's structure does."""
    found, left = [], MOST_UNPACKED // 4
    for start, end in streams:
        body = memoryview(data)[start:end]
        try:
            if _OBJECTS.match(zlib.decompressobj().decompress(body[:4096], 64)):
                found.append(zlib.decompressobj().decompress(body, max(left, 1)))
                left -= len(found[-1])
        except zlib.error:
            continue
    return b"\n".join(found)


def _unescaped(data: bytes) -> bytes:
    return _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), data)


def _require_plain_office(name: str, data: bytes, wanted: Format) -> None:
    # An archive may follow anything else in one file: this one begins with its first part.
    if not data.startswith(b"PK\x03\x04"):
        raise Refused(_broken(name))
    try:
        with ZipFile(BytesIO(data)) as archive:
            _require_sound_archive(name, archive)
            parts = set(archive.namelist())
            if wanted.part not in parts or not _is(archive, wanted):
                raise Refused(_broken(name))
            fetches = any(_fetches(archive.read(part)) for part in parts if part.lower().endswith(".rels"))
    except (BadZipFile, OSError, EOFError, ValueError, RuntimeError, NotImplementedError, KeyError, zlib.error):
        raise Refused(_broken(name)) from None
    if any(_PROGRAMS.search(part) for part in parts):
        sentence = _("“%(name)s” holds macros or other programs: save it without them, or as PDF.")
        raise Refused(sentence % {"name": name})
    if fetches:
        sentence = _(
            "“%(name)s” fetches a template, a picture or data from elsewhere when it is opened: save it as PDF."
        )
        raise Refused(sentence % {"name": name})


def _fetches(relations: bytes) -> bool:
    try:
        # As a reader's program does: entities, encodings and names of elements are not matched but read. Entities that
        # burst are refused by the parser itself (expat 2.4 and later).
        root = ET.fromstring(relations)  # noqa: S314
    except ET.ParseError:
        raise ValueError from None
    return any(
        one.get("TargetMode", "").lower() == "external"
        and not one.get("Type", "").endswith("/hyperlink")
        and not _OWN_DISK.match(one.get("Target", "").strip())
        for one in root.iter()
    )


def _require_sound_archive(name: str, archive: ZipFile) -> None:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        sentence = _("“%(name)s” unpacks to more than a document needs: save it anew, with smaller pictures in it.")
        raise Refused(sentence % {"name": name})
    manifest = "META-INF/manifest.xml"
    is_locked = any(part.flag_bits & 1 for part in parts)
    if not is_locked and manifest in archive.namelist():
        with archive.open(manifest) as listed:
            is_locked = b"encryption-data" in listed.read(LARGEST_TYPES)
    if is_locked:
        raise Refused(_("“%(name)s” is protected by a password or by limits: save it without them.") % {"name": name})
    # Reads every part to its stated end: a part that is longer, shorter or damaged does not pass.
    if archive.testzip() is not None:
        raise Refused(_broken(name))


def _is(archive: ZipFile, wanted: Format) -> bool:
    if wanted.part == "mimetype":
        with archive.open("mimetype") as stated:
            return stated.read(LARGEST_TYPES).strip() == wanted.content_type.encode()
    with archive.open("[Content_Types].xml") as types:
        return wanted.within in types.read(LARGEST_TYPES)


def _broken(name: str) -> str:
    sentence = _(
        "“%(name)s” is not what its name says: it is damaged, not complete, or something else. Open it in the program "
        "that wrote it and save it again."
    )
    return sentence % {"name": name}
