"""What a journalist copies, and where it leads."""

from datetime import date
from hashlib import sha256
from html import escape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embassy import moment
from embassy.models import Mission
from news import actions, citing, richtext
from news.models import Edition
from news.register import canonical
from tests.factories import DAY, MINUTE, NOW, make_counter, make_live, make_next, make_withdrawn
from tests.generated import examples
from tests.reading import lines, links, tags

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def mission(now):
    Mission.objects.create(name={"en": "Embassy of Ruritania", "ru": "Посольство Руритании"})


def quoted(visitor: Any, path: str) -> list[str]:
    """Return what stands between “Cite this statement” and the end of the block."""
    page = lines(visitor.get(path))
    start = page.index("Cite this statement")
    return page[start + 2 : page.index(next(line for line in page if line.startswith("Digest"))) + 1]


def test_the_citation_names_mission_title_number_edition_date_and_the_short_address(visitor):
    edition = make_live(title="Talks", date=date(2021, 10, 2))
    digest = Edition.objects.get(pk=edition.pk)
    assert quoted(visitor, edition.get_absolute_url()) == [
        "Embassy of Ruritania, “Talks”, statement No. 1, edition 1, 2 October 2021, http://testserver/1",
        "Copy the citation",
        "Short address: http://testserver/1",
        f"Digest of these words (SHA-256): {canonical.digest(digest)}",
    ]


def test_the_digest_is_that_of_the_canonical_text(visitor):
    edition = make_live()
    printed = quoted(visitor, edition.get_absolute_url())[-1].rpartition(" ")[2]
    assert printed == sha256(canonical.text(edition)).hexdigest()


def test_a_superseded_text_is_cited_at_its_own_address_by_its_own_digest(visitor):
    first = make_live(title="Talks")
    second = actions.release(make_next(first, at=NOW - MINUTE, title="More talks"), by=None, at=NOW - MINUTE)
    old, new = quoted(visitor, "/messages/1/editions/1/"), quoted(visitor, second.get_absolute_url())
    address = "http://testserver/messages/1/editions/1/"
    assert old[0] == f"Embassy of Ruritania, “Talks”, statement No. 1, edition 1, 25 October 2021, {address}"
    assert new[0].startswith("Embassy of Ruritania, “More talks”, statement No. 1, edition 2, 25 October 2021, ")
    assert old[-1] != new[-1]
    (asked,) = [link for link in links(visitor.get("/messages/1/editions/1/")) if "/verify/?" in link]
    assert "edition 1" in " ".join(lines(visitor.get(asked))).lower()


def test_a_withdrawn_statement_is_cited_as_withdrawn(visitor):
    edition = make_withdrawn(title="Talks")
    assert quoted(visitor, edition.get_absolute_url())[0] == (
        "Embassy of Ruritania, “Talks”, statement No. 1, edition 2, 25 October 2021 (withdrawn), http://testserver/1"
    )


def test_a_russian_statement_is_cited_in_russian_under_the_same_short_address(visitor):
    edition = make_live(title="Переговоры", language="ru")
    (field,) = tags(visitor.get(edition.get_absolute_url()), "textarea")
    page = visitor.get(edition.get_absolute_url()).content.decode()
    assert "Посольство Руритании" in page.split("<textarea", 1)[1].split("</textarea>")[0]
    assert "25 октября 2021, http://testserver/1</textarea>" in page
    assert "readonly" in field


def test_a_title_that_quotes_is_quoted_with_inner_marks(visitor):
    edition = make_live(title="“The sea”: drawings")
    assert "Ruritania, “‘The sea’: drawings”, statement" in quoted(visitor, edition.get_absolute_url())[0]


def test_a_number_of_a_counter_is_cited_as_it_stands(visitor):
    make_counter(slug="fire", date=date(2021, 10, 24))
    edition = make_live(title="Day {days:fire}")
    assert "“Day 1”" in quoted(visitor, edition.get_absolute_url())[0]


def test_the_button_waits_for_its_module_and_the_link_asks_about_this_number(visitor):
    edition = make_live()
    answer = visitor.get(edition.get_absolute_url())
    (button,) = [one for one in tags(answer, "button") if "data-copy" in one]
    assert (button["data-copy"], "hidden" in button) == ("citation", True)
    assert "/verify/?of=1" in links(answer)
    assert "/messages/1/editions/1/canonical.txt" in links(answer)


def test_what_can_be_typed_from_paper_leads_to_the_statement_in_its_language(visitor):
    edition = make_live(title="Пожар", language="ru")
    answers = [visitor.get(path) for path in ("/1", "/1/", "/ru/1")]
    assert {(one.status_code, one.headers["Location"]) for one in answers} == {(301, edition.get_absolute_url())}


def test_the_description_is_the_summary_or_how_the_text_begins():
    told = citing.description(make_live(summary="A\n summary."), {})
    untold = make_live(summary="", body="<p>One &amp; <b>t</b>wo.</p><ul><li>Three</li></ul>")
    assert (told, citing.description(untold, {})) == ("A summary.", "One & two. Three")


@examples(60)
@given(st.text(st.sampled_from("ab <>&\"'/{}=\n"), max_size=60), st.integers(1, 200))
def test_the_description_of_any_text_is_one_short_line_without_tags(words, times):
    body = richtext.clean(f'<p><a title="{escape(words)}" href="/x">{escape(words)}</a></p>' * times).html
    line = citing.description(Edition(title="T", summary="", body=body), {})
    assert len(line) <= citing.LONGEST_DESCRIPTION
    assert line == " ".join(line.split())
    assert "href" not in line


def test_a_card_and_a_description_go_with_a_shared_link(visitor):
    edition = make_live(title='A "title"', summary="A summary.")
    answer = visitor.get(edition.get_absolute_url())
    said = {one.get("property", one.get("name")): one.get("content") for one in tags(answer, "meta")}
    assert (
        said
        | {
            "og:type": "article",
            "og:title": 'A "title"',
            "og:site_name": "Embassy of Ruritania",
            "og:description": "A summary.",
            "description": "A summary.",
            "og:url": "http://testserver/messages/1/a-title/",
            "og:image": "http://testserver/messages/1/editions/1/card.png",
            "og:image:alt": 'A "title", 25 October 2021',
            "twitter:card": "summary_large_image",
        }
        == said
    )


def test_a_text_that_is_to_come_is_not_cited_yet(visitor):
    live = make_live(title="Now", at=NOW - DAY)
    actions.schedule(make_next(live, title="Later"), public_from=NOW + MINUTE, by=None, at=NOW)
    assert "“Now”, statement No. 1, edition 1" in quoted(visitor, "/messages/1/now/")[0]
    with moment.at(NOW + MINUTE):
        assert "“Later”, statement No. 1, edition 2" in quoted(visitor, "/messages/1/later/")[0]
