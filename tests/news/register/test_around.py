"""Whoever copies a page of ours has copied our words: what the page prints around them is no difference."""

from urllib.parse import urlencode

import pytest

from embassy.models import Mission
from news import actions
from news.models import Use
from tests.factories import (
    DAY,
    NOW,
    make_category,
    make_clock,
    make_counter,
    make_document,
    make_live,
    make_next,
    make_picture,
    make_press_contact,
    make_translation,
    make_withdrawn,
    shown_in_text,
)
from tests.reading import lines

pytestmark = pytest.mark.django_db

WORDS = "<p>The mission regrets the harm done in the harbour.</p>{}<p>For {{days:fire}} days no answer has come.</p>"


@pytest.fixture(autouse=True)
def world(now):
    make_clock()
    make_counter(slug="fire")
    make_press_contact()
    Mission.objects.create(name={"en": "Embassy of Arcadia", "ru": "Посольство Аркадии"})


def rich(language="en", **fields):
    """A statement with all that a page can print around it, and a translation; returns the second of two editions."""
    other = "ru" if language == "en" else "en"
    labels = {"caption": "The harbour", "credit": "Embassy", "alt": "A picture of the harbour"}
    lead, inside = make_picture(**labels), make_picture(**labels | {"caption": "The people in the harbour"})
    text = {
        "title": "Harbour “of {days:fire} days”",
        "body": WORDS.format(shown_in_text(inside)),
        "category": make_category({"en": "Letters", "ru": "Письма"}),
        "picture": lead,
        "attachments": (make_document(caption="The “whole” report"),),
    } | fields
    first = make_live(language=language, at=NOW - 2 * DAY, **text)
    note = "A date was corrected.\nSo was a name."
    second = make_next(first, at=NOW - DAY, change_note=note, **text)
    second = actions.release(second, by=None, at=NOW - DAY)
    actions.release(make_translation(first, language=other, at=NOW - DAY), by=None, at=NOW - DAY)
    return second


def copied(visitor, address, *, start=""):
    """Return the lines of a page from its headline, or from `start`, to the end of its article."""
    page = visitor.get(address)
    html = page.content.decode()
    article = lines(html[html.index("<article") : html.index("</article>")])
    first = lines(html[html.index(start or "<h1") : html.index("</article>")])
    return article[len(article) - len(first) :]


def answer(visitor, pasted, prefix=""):
    form = "application/x-www-form-urlencoded"
    page = visitor.post(f"{prefix}/verify/", urlencode({"text": pasted}), content_type=form)
    found = lines(page)
    return found[found.index("Verify a text" if not prefix else "Проверить текст") + 1 :]


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("end", ["\n", "\r\n\r\n"])
def test_a_copy_of_the_whole_page_is_authentic(visitor, language, end):
    edition = rich(language)
    assert Use.objects.filter(edition=edition).count() == 3
    for start in ("", "<article"):
        page = copied(visitor, edition.get_absolute_url(), start=start)
        assert len(page) >= 18
        whole = ["Authentic", "This is our text, word for word."]
        assert answer(visitor, end.join(page))[:2] == whole, page
        # As a browser copies it, whose stylesheet gives the credit a line of its own.
        parted = end.join(page).replace(" Picture: Embassy", f"{end}Picture: Embassy")
        parted = parted.replace(" Иллюстрация: Embassy", f"{end}Иллюстрация: Embassy")
        parted = parted.replace("(SHA-256): ", f"(SHA-256):{end}")
        assert answer(visitor, parted)[:2] == whole


def test_a_copy_of_a_superseded_and_of_a_withdrawn_page_is_authentic(visitor):
    second = rich()
    first = second.statement.editions.get(sequence=1)
    withdrawn = make_withdrawn(title="Port", body="<p>Other words, which were not quite right.</p>")
    for address in (first.get_edition_url(), withdrawn.get_absolute_url()):
        page = copied(visitor, address, start="<article")
        assert answer(visitor, "\n".join(page))[0] == "Authentic", page


def test_a_copy_of_any_line_out_of_its_place_is_a_change(visitor):
    edition = rich()
    page = copied(visitor, edition.get_absolute_url())
    body = page.index("The mission regrets the harm done in the harbour.")
    around = [n for n in range(len(page)) if n > body + 3 or 0 < n < body]
    assert len(around) > 12
    for n in around:
        moved = [line for m, line in enumerate(page) if m != n]
        at = moved.index(page[body])
        joined = "\n".join([*moved[:at], f"{moved[at]} {page[n]}", *moved[at + 1 :]])
        assert answer(visitor, joined)[0] == "Changed", page[n]


def test_what_another_page_prints_is_a_change(visitor):
    rich()
    bare = make_live(title="Port", body="<p>Nothing has been said of the port until today.</p>")
    page = copied(visitor, bare.get_absolute_url())
    assert answer(visitor, "\n".join(page))[0] == "Authentic"
    foreign = ["Читать по-русски", "The harbour Picture: Embassy", "Changes", "No. 1", "Letters"]
    for line in foreign:
        for place in (1, 2):
            assert answer(visitor, "\n".join([*page[:place], line, *page[place:]]))[0] == "Changed", line


def test_what_is_only_planned_is_not_told(visitor):
    edition = rich()
    planned = make_next(edition, change_note="Nobody knows this yet.")
    actions.schedule(planned, public_from=NOW + DAY, by=None, at=NOW)
    page = copied(visitor, edition.get_absolute_url())
    place = page.index("Changes") + 1
    forged = [*page[:place], "27 October 2021, 00:41 (Moscow): Nobody knows this yet.", *page[place:]]
    assert answer(visitor, "\n".join(forged))[0] == "Changed"


def test_a_citation_alone_is_no_text(visitor):
    edition = rich()
    page = copied(visitor, edition.get_absolute_url())
    assert answer(visitor, "\n".join(page[page.index("Cite this statement") :]))[0] == "Unknown"


def test_a_changed_word_is_the_only_one_that_is_marked(visitor):
    edition = rich()
    page = "\n".join(copied(visitor, edition.get_absolute_url())).replace("the harm done", "no harm done")
    found = answer(visitor, page)
    assert found[0] == "Changed"
    assert [line for line in found if "[yours:" in line] == [
        "The mission regrets [ours: the] [yours: no] harm done in the harbour."
    ]
    assert sum(line.count("[ours:") + line.count("[yours:") for line in found) == 2
