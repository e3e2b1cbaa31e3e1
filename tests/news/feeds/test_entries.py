"""What a feed says of a statement: whole, readable far from its page, and nothing that is not public."""

import re
from html import escape
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from news import actions
from news.feeds.entries import entries
from news.jsonfeed.content import absolute_links
from news.models import Edition
from news.xmltext import fit
from tests import reading
from tests.factories import DAY, MINUTE, NOW, make_live, make_next, make_scheduled, overwrite
from tests.generated import examples

WORDS = ["See the first, another, the end, a paper, the press office."]
BASE = "https://mission.example/messages/1/title/"


def entry(edition: Edition) -> Any:
    (found,) = entries([edition], absolute=lambda path: f"https://mission.example{path}", at=NOW)
    return found


def test_every_address_is_absolute(now, site):
    html = entry(site.rich).html
    own = f"https://mission.example{site.rich.get_absolute_url()}"
    assert reading.links(html)[:5] == [
        "https://mission.example/messages/1/",
        f"{own}other/?a=1&b=2",
        f"{own}#end",
        "https://paper.example/x",
        "mailto:press@mission.example",
    ]
    files = [tag["src"] for tag in reading.tags(html, "img")] + reading.links(html)[5:]
    assert len(files) == 4
    assert all(address.startswith("https://mission.example/files/") for address in files)
    assert reading.addresses(html) == {*reading.links(html), *files}


def test_the_text_is_whole_with_its_pictures_documents_and_numbers(now, site):
    html = entry(site.rich).html
    assert [tag["alt"] for tag in reading.tags(html, "img")] == ["The quay", "Boats & nets"]
    lines = [line.partition(" (")[0] for line in reading.lines(html)]
    assert lines == ["Picture: A. Smith", *WORDS, "It is day 10.", "Documents", "The programme", "Annex"]
    assert "days:" not in html
    assert reading.tags(html, "data") == []


@pytest.mark.django_db
def test_a_change_is_told_by_its_note_and_what_was_removed_takes_its_notes_along(now):
    live = make_live(at=NOW - 9 * DAY)
    noted = actions.release(
        make_next(live, at=NOW - 8 * DAY, change_note="The <first> note."), by=None, at=NOW - 8 * DAY
    )
    actions.schedule(make_next(noted, change_note="Not yet."), public_from=NOW + DAY, by=None, at=NOW)
    assert "Not yet." not in entry(noted).html
    assert reading.lines(entry(noted).html)[-1].endswith(": The <first> note.")
    other = make_live(at=NOW - 9 * DAY)
    other = actions.release(make_next(other, at=NOW - 8 * DAY, change_note="Gone."), by=None, at=NOW - 8 * DAY)
    actions.remove(other.statement, reason="A court said so.", by=None, at=NOW - 7 * DAY)
    back = actions.release(make_next(other, at=NOW - MINUTE, change_note="Back."), by=None, at=NOW - MINUTE)
    html = entry(back).html
    assert ("Gone." in html, "Back." in html) == (False, True)
    assert [note.change_note for note in back.statement.change_notes(back)] == ["Back."]


def test_what_is_withdrawn_is_told_as_such_without_its_words(now, site):
    found = entry(site.withdrawn)
    assert (found.title, found.summary, found.enclosures) == ("Withdrawn: Of lost", "It was wrong.", [])
    assert reading.lines(found.html) == [
        "This statement is withdrawn. 24 October 2021, 00:41 (Moscow)",
        "It was wrong.",
    ]


@pytest.mark.django_db
def test_what_no_xml_can_hold_is_left_out(visitor, clock):
    edition = make_live()
    unfit = "a\x0b\x1f\ufffe\uffffb"
    overwrite(Edition.objects.filter(pk=edition.pk), title=unfit, summary=unfit, body=f"<p>{unfit}</p>")
    for path in ("/feeds/atom.xml", "/feeds/rss.xml"):
        assert "ab" in "".join(ET.fromstring(visitor.get(path).content).itertext())


@examples(200)
@given(st.text(st.characters(exclude_categories=[])))
def test_whatever_text_is_fit_for_xml(text):
    kept = ET.fromstring(f"<a>{fit(text).replace('&', '').replace('<', '').replace('>', '')}</a>").text or ""
    assert len(kept) <= len(text)


@examples(200)
@given(st.text("/\\:?#[]@.x &\"<>'a1\t\n", max_size=30))
@example("//[x")
@example("http://[")
@example("?a=1&b=2")
def test_whatever_a_link_says_it_becomes_absolute_and_stays_one_link(address):
    html = f'<p><a title="x &gt; href" href="{escape(address)}">word</a></p>'
    (link,) = reading.links(absolute_links(html, BASE))
    assert ":" in link
    assert reading.lines(absolute_links(html, BASE)) == ["word"]
    assert absolute_links(absolute_links(html, BASE), BASE) == absolute_links(html, BASE)


@pytest.mark.parametrize("name", ["atom.xml", "rss.xml"])
def test_no_address_of_a_feed_is_relative(visitor, site, name):
    elements = list(ET.fromstring(visitor.get(f"/feeds/{name}").content).iter())
    found = [value for one in elements for key, value in one.attrib.items() if key in {"href", "url"}]
    found += [one.text for one in elements if one.tag.rpartition("}")[2] in {"link", "uri"} and one.text]
    assert [address for address in found if not address.startswith("http://testserver/")] == []
    html = [one.text or "" for one in elements if one.tag.rpartition("}")[2] in {"content", "encoded"}]
    inside = {urlsplit(address).scheme for text in html for address in reading.addresses(text)}
    assert (len(found) > 7, len(html), inside) == (True, 3, {"http", "mailto"})


@pytest.mark.parametrize("name", ["atom.xml", "rss.xml", "feed.json"])
def test_no_feed_has_words_that_are_not_for_lists(visitor, site, name):
    for path in (f"/feeds/{name}", f"/feeds/news/{name}", f"/ru/feeds/{name}"):
        words = re.findall(r"\bx[a-z]{4,}", visitor.get(path).content.decode())
        assert set(words) <= {"xmlns"}


def test_nothing_tells_of_what_is_to_come(visitor, site):
    paths = [f"{prefix}/feeds/{name}" for prefix in ("", "/ru") for name in ("atom.xml", "rss.xml", "feed.json")]
    before = {path: visitor.get(path).content for path in paths}
    soon = make_next(site.rich, at=NOW, title="Of tomorrow", change_note="Tomorrow.")
    actions.schedule(soon, public_from=NOW + DAY, by=None, at=NOW)
    make_scheduled(NOW + DAY)
    translation = make_next(site.russian, at=NOW, change_note="Завтра.")
    actions.schedule(translation, public_from=NOW + DAY, by=None, at=NOW)
    assert {path: visitor.get(path).content for path in paths} == before
