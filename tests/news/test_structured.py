"""What machines read of a statement, held against the vocabulary of schema.org."""

import json
import re
from datetime import date, datetime
from typing import Any

import pytest

from embassy import moment
from embassy.models import Mission
from news import actions, richtext
from news.actions import Text
from tests.factories import (
    DAY,
    MINUTE,
    NOW,
    make_category,
    make_clock,
    make_live,
    make_next,
    make_picture,
    make_removed,
    make_withdrawn,
)
from tests.reading import tags

pytestmark = pytest.mark.django_db
HOST = "http://testserver"


@pytest.fixture(autouse=True)
def mission(now):
    make_clock("Moscow", "Europe/Moscow")
    Mission.objects.create(name={"en": "Embassy of Ruritania", "ru": "Посольство Руритании"})


def read(visitor: Any, path: str) -> dict[str, Any]:
    """Return the data of the page, as a machine finds it."""
    html = visitor.get(path).content.decode()
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    found: dict[str, Any] = json.loads(block)
    return found


def corrected():
    """A statement in English with all that one can have: a category, a picture, a correction, a translation."""
    news = make_category({"en": "News", "ru": "Новости"})
    words = {"title": "Talks", "summary": "About talks.", "category": news, "picture": make_picture()}
    first = make_live(at=NOW - DAY, **words)
    second = make_next(first, at=NOW - 60 * MINUTE, **words)
    edition = actions.release(second, by=None, at=NOW - 60 * MINUTE)
    russian = Text(title="Переговоры", date=date(2021, 10, 25))
    draft = actions.write(russian, language="ru", translation_of=edition.statement, by=None, at=NOW - 30 * MINUTE)
    return edition, actions.release(draft, by=None, at=NOW - 30 * MINUTE)


def test_a_statement_is_a_news_article_of_the_mission(visitor):
    edition, russian = corrected()
    address, translation = (HOST + one.get_absolute_url() for one in (edition, russian))
    mission = {"@type": "GovernmentOrganization", "name": "Embassy of Ruritania", "url": f"{HOST}/"}
    found = read(visitor, edition.get_absolute_url())
    card, picture = found.pop("image")
    assert found == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": address,
        "url": address,
        "mainEntityOfPage": address,
        "headline": "Talks",
        "description": "About talks.",
        "inLanguage": "en",
        "datePublished": "2021-10-25T00:41:00+03:00",
        "dateModified": "2021-10-25T23:41:00+03:00",
        "isAccessibleForFree": True,
        "publisher": mission,
        "author": mission,
        "identifier": [
            {"@type": "PropertyValue", "propertyID": "register number", "value": "1"},
            edition.statement.tag,
        ],
        "version": 2,
        "articleSection": "News",
        "correction": [
            {
                "@type": "CorrectionComment",
                "text": "A date was corrected.",
                "datePublished": "2021-10-25T23:41:00+03:00",
            }
        ],
        "workTranslation": [{"@type": "NewsArticle", "@id": translation, "url": translation, "inLanguage": "ru"}],
    }
    assert card == f"{HOST}/messages/1/editions/2/card.png"
    assert [visitor.head(one).headers["Content-Type"] for one in (card, picture)] == ["image/png", "image/png"]


def test_a_translation_names_its_original_in_its_own_language(visitor):
    edition, russian = corrected()
    found = read(visitor, russian.get_absolute_url())
    assert found["translationOfWork"]["url"] == HOST + edition.get_absolute_url()
    assert "workTranslation" not in found
    assert (found["publisher"]["name"], found["inLanguage"]) == ("Посольство Руритании", "ru")


def test_a_translation_whose_original_is_gone_names_nothing(visitor):
    edition, russian = corrected()
    actions.remove(edition.statement, reason="A reason.", by=None, at=NOW - MINUTE)
    assert not {"translationOfWork", "workTranslation"} & read(visitor, russian.get_absolute_url()).keys()


def test_a_minor_edition_moves_no_date(visitor):
    first = make_live(title="Talks", at=NOW - DAY)
    before = read(visitor, first.get_absolute_url())
    actions.release(make_next(first, at=NOW - MINUTE, title="Talks", minor=True), by=None, at=NOW - MINUTE)
    after = read(visitor, first.get_absolute_url())
    assert (after["dateModified"], after["datePublished"]) == (before["dateModified"], before["datePublished"])
    assert (before["version"], after["version"]) == (1, 2)


def test_a_withdrawn_statement_says_so(visitor):
    found = read(visitor, make_withdrawn().get_absolute_url())
    assert (found["creativeWorkStatus"], found["correction"][0]["text"]) == ("Withdrawn", "It was wrong.")


def test_what_was_removed_before_it_came_back_leaves_no_date_and_no_note(visitor):
    removed = make_removed(title="Secret", until=NOW - 3 * MINUTE)
    draft = make_next(removed, at=NOW - 2 * MINUTE, title="Back")
    actions.release(draft, by=None, at=NOW - 2 * MINUTE)
    found = read(visitor, "/messages/1/back/")
    assert found["datePublished"] == found["dateModified"] == "2021-10-26T00:39:00+03:00"


def test_nothing_of_a_text_that_is_to_come_is_in_the_data(visitor):
    live = make_live(title="Now")
    actions.schedule(make_next(live, title="Xlater", change_note="Xnote"), public_from=NOW + MINUTE, by=None, at=NOW)
    assert "X" not in json.dumps(read(visitor, "/messages/1/now/"))
    with moment.at(NOW + MINUTE):
        assert read(visitor, "/messages/1/xlater/")["correction"][0]["text"] == "Xnote"


@pytest.mark.parametrize(
    "words", ["</script><script>alert(1)</script>", "<!--<script>", "]]>", "\u2028\u2029", "&amp;&lt;", '"\\"', "😀"]
)
def test_whatever_a_text_says_the_data_stays_data(visitor, words):
    edition = make_live(title=f"T {words} T", summary=f"S {words}")
    answer = visitor.get(edition.get_absolute_url())
    assert [one.get("type") for one in tags(answer, "script")].count("application/ld+json") == 1
    assert [one for one in tags(answer, "script") if one.get("type") not in {"module", "application/ld+json"}] == []
    assert read(visitor, edition.get_absolute_url())["headline"] == f"T {words} T"


def test_the_block_holds_no_sign_that_html_reads():
    block = str(richtext.data_block({"a": "<>&\u2028\u2029é"}))
    start, end = '<script type="application/ld+json">', "</script>"
    inside = block.removeprefix(start).removesuffix(end)
    assert inside == r'{"a":"\u003c\u003e\u0026\u2028\u2029é"}'


def test_the_vocabulary_of_schema_org_knows_every_word_in_its_place(visitor):
    vocabulary = pytest.importorskip("schema_org", reason="the vocabulary of schema.org is not installed")
    edition, russian = corrected()
    withdrawn = make_withdrawn(category=make_category("More"))
    for path in (edition.get_absolute_url(), russian.get_absolute_url(), withdrawn.get_absolute_url()):
        found = read(visitor, path)
        model = as_model(vocabulary, {name: value for name, value in found.items() if name != "@context"})
        assert json.loads(model.to_jsonld_json()) == without_ids(found)
    with pytest.raises(ValueError, match="headlin"):
        as_model(vocabulary, {"@type": "NewsArticle", "headlin": "T"})
    with pytest.raises(ValueError, match="publisher"):
        as_model(vocabulary, {"@type": "NewsArticle", "publisher": {"@type": "NewsArticle"}})


def as_model(vocabulary: Any, node: dict[str, Any]) -> Any:
    """Return the node as the vocabulary's own model, which refuses unknown words and values out of place."""
    kind = getattr(vocabulary, node["@type"])
    ranges = {one.schema_name: one.ranges for one in kind.SCHEMA_PROPERTIES}

    def value(name: str, one: Any) -> Any:
        if isinstance(one, list):
            return [value(name, part) for part in one]
        if isinstance(one, dict):
            return as_model(vocabulary, one)
        return datetime.fromisoformat(one) if "DateTime" in ranges.get(name, ()) else one

    return kind(**{name: value(name, one) for name, one in node.items() if not name.startswith("@")})


def without_ids(node: Any) -> Any:
    """Return the node without what JSON-LD itself says of it."""
    if isinstance(node, list):
        return [without_ids(one) for one in node]
    if isinstance(node, dict):
        return {name: without_ids(one) for name, one in node.items() if name != "@id"}
    return node
