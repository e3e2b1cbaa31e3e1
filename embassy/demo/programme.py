"""A PDF of one page, written by hand: what a press office attaches to an announcement."""

LINES = (
    (22, "Spring season of concerts"),
    (12, "Embassy of the Demo Republic, London"),
    (12, ""),
    (13, "12 March   Strings by candlelight"),
    (13, "26 March   Songs of two coasts"),
    (13, "9 April    Piano, four hands"),
    (13, "23 April   Young soloists"),
    (12, ""),
    (11, "Admission is free. The doors open at 18:30."),
)


def programme() -> bytes:
    """Return the document, with a title and a language for those who have it read aloud."""
    page = b"BT 72 760 Td " + b" ".join(
        b"/F1 %d Tf 0 -%d Td (%s) Tj" % (size, size + 10, words.encode("latin-1")) for size, words in LINES
    )
    page += b" ET"
    objects = [
        b"<</Type /Catalog /Pages 2 0 R /Lang (en) /ViewerPreferences <</DisplayDocTitle true>>>>",
        b"<</Type /Pages /Kids [3 0 R] /Count 1>>",
        b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources <</Font <</F1 5 0 R>>>>>>",
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(page), page),
        b"<</Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding>>",
        b"<</Title (Spring season of concerts)>>",
    ]
    content, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(content)
    content += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    content += b"trailer\n<</Size %d /Root 1 0 R /Info 6 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return content
