"""Documents: taken by ending and content alike; programs, locks, bombs and disguises are refused in a sentence."""

import pytest

from news.library import documents, intake
from news.library.refusal import Refused
from news.models import LibraryFile
from tests import uploads

DOCUMENT = LibraryFile.Kind.DOCUMENT


def prepare(name, content):
    return intake.prepare(uploads.upload(name, content), DOCUMENT)


@pytest.mark.parametrize("ending", documents.OFFICE)
def test_an_office_document_is_stored_as_it_is_with_our_type(ending):
    content = uploads.office(ending)
    (stored,) = prepare(f"Programme.{ending.upper()}", content).renditions
    assert stored == (f"programme.{ending}", documents.OFFICE[ending].content_type, 0, 0, content)


def test_a_pdf_is_stored_as_it_is_under_a_latin_name():
    content = uploads.pdf(b"/OpenAction [3 0 R /Fit] /Names 5 0 R", stream=b"2 0 <</Type /Page /Contents (JS)>>")
    (stored,) = prepare("Программа концерта.pdf", content).renditions
    assert stored == ("programma-kontserta.pdf", "application/pdf", 0, 0, content)


DOCX = uploads.office("docx")
PROTECTED = bytearray(DOCX)
PROTECTED[PROTECTED.index(b"PK\x01\x02") + 8] |= 1
PACKED = b"2 0 <</S /JavaScript /JS 5 0 R>>"
RELATIONS = "word___rels__settings.xml.rels"


def relations(*targets, kind="attachedTemplate"):
    """Return a part that relates the document to `targets` outside of it."""
    found = "".join(f'<Relationship Type="x/{kind}" Target="{one}" TargetMode="External"/>' for one in targets)
    return f'<Relationships xmlns="x">{found}</Relationships>'


# As they are written, and as a check that only looks for words would not see them.
FETCHES = [
    (RELATIONS, relations("https://x/a.dotm").encode()),
    (RELATIONS, relations("&#104;ttp://x/a.dotm").encode()),
    (RELATIONS, ('<?xml version="1.0" encoding="UTF-16"?>' + relations("http://x/a.dotm")).encode("utf-16")),
    (RELATIONS.removesuffix("rels") + "RELS", relations("http://x/a.dotm").encode()),
    *(
        (RELATIONS, relations(target).encode())
        for target in (r"file:///\\evil\a.dotm", r"\\evil\a.dotm", "//evil/a.dotm")
    ),
]
HOSTILE = [
    ("a.pdf", b"", "is empty"),
    ("a.pdf", b"<html>%PDF-1.7 %%EOF", "is not what its name says"),
    ("a.pdf", uploads.pdf()[:-7], "is not what its name says"),
    ("a.pdf", uploads.picture("JPEG"), "is not what its name says"),
    ("a.pdf", uploads.pdf(b"/Names <</JavaScript 3 0 R>>"), "holds a script"),
    ("a.pdf", uploads.pdf(b"/AA <</O <</S /JavaScript /JS (app.alert\\(1\\))>>>>"), "holds a script"),
    ("a.pdf", uploads.pdf(b"/S /#4aavaScript"), "holds a script"),
    ("a.pdf", uploads.pdf(b"/S/Launch/F(cmd.exe)"), "holds a script"),
    ("a.pdf", uploads.pdf(b"/Names <</EmbeddedFiles 3 0 R>>"), "holds a script"),
    ("a.pdf", uploads.pdf(stream=PACKED), "holds a script"),
    ("a.pdf", uploads.pdf(stream=PACKED).replace(b"/ObjStm", b"/Obj#53tm"), "holds a script"),
    ("a.pdf", uploads.pdf(stream=PACKED).replace(b">>\nstream\n", b">>\nstream \n"), "holds a script"),
    ("a.pdf", uploads.pdf(b"\n%stream\n/AA <</S /JavaScript /JS ()>>\n%endstream\n"), "holds a script"),
    ("a.pdf", uploads.pdf(b"/OpenAction <</S /SubmitForm /F (http://x)>>"), "holds a script"),
    ("a.pdf", uploads.pdf(b"/Encrypt 9 0 R"), "is protected"),
    ("a.docx", DOCX[:-30], "is not what its name says"),
    ("a.docx", DOCX.replace(b"document", b"documend", 1), "is not what its name says"),
    ("a.docx", b"<html>" + DOCX, "is not what its name says"),
    ("a.docx", uploads.office("xlsx"), "is not what its name says"),
    ("a.odt", uploads.office("ods"), "is not what its name says"),
    ("a.odt", DOCX, "is not what its name says"),
    ("a.xlsx", b"PK\x03\x04", "is not what its name says"),
    ("a.docx", uploads.office("docx", word__vbaProject_bin=b"x").replace(b"Project_bin", b"Project.bin"), "macros"),
    ("a.xlsx", uploads.office("xlsx", xl__activeX__activeX1=b"x"), "macros"),
    ("a.odt", uploads.office("odt", Basic__Standard__Module1=b"x"), "macros"),
    *(("a.docx", uploads.office("docx", **{part: held}), "fetches a template") for part, held in FETCHES),
    ("a.docx", uploads.office("docx", **{RELATIONS: b"<Relationships><Rel"}), "is not what its name says"),
    ("a.docx", bytes(PROTECTED), "is protected"),
    ("a.odt", uploads.office("odt", **{"META-INF__manifest.xml": b"<manifest:encryption-data/>"}), "is protected"),
    ("a.docx", uploads.zip_of_much(), "unpacks to more"),
    ("a.docx", uploads.office("docx", **{f"p{n}": b"" for n in range(5_001)}), "unpacks to more"),
    ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "save it as docx or PDF"),
    ("a.xlsm", uploads.office("xlsx"), "save it as xlsx or PDF"),
    ("a.zip", DOCX, "is no document"),
    ("a.html", b"<script>alert(1)</script>", "is no document"),
    ("a.svg", b"<svg/>", "is no document"),
    ("a.pdf.exe", uploads.pdf(), "is no document"),
    ("a", uploads.pdf(), "is no document"),
]


@pytest.mark.parametrize(("name", "content", "why"), HOSTILE, ids=[f"{n}-{i}" for i, (n, _c, _w) in enumerate(HOSTILE)])
def test_what_is_no_plain_document_is_refused_by_name(name, content, why):
    with pytest.raises(Refused) as refused:
        prepare(name, content)
    assert f"“{name}”" in str(refused.value)
    assert why in str(refused.value)


def test_links_to_click_and_the_template_of_the_own_machine_are_no_obstacle():
    link = relations("https://port.example/", kind="hyperlink")
    templates = relations(r"file:///C:\a.dotx", r"C:\a.dotx", "file:///home/a.dotx", "a.dotx")
    for held in (link, templates):
        prepare("a.docx", uploads.office("docx", **{RELATIONS: held.encode()}))


def test_a_pdf_of_beginnings_without_an_end_costs_no_time_that_grows_with_its_square():
    prepare("a.pdf", b"%PDF-1.7\n" + b"stream\n" * 1_000_000 + b"%%EOF\n")
